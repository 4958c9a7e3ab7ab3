"""How values and faults are written for people."""

from datetime import date
from decimal import Decimal

import pytest

from chuyi_desktop.domain.display import grouped, show
from chuyi_desktop.domain.errors import CancelledError, ChuyiError, InputError
from chuyi_desktop.domain.indicator import Choice, Column, Display, Fillable, Indicator, ValueKind
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.provenance import Basis, Provenance
from chuyi_desktop.domain.values import Maybe, Missing, MissingReason

D = Decimal
PEOPLE = Indicator("p", "在校生", ValueKind.INTEGER, "人")
SHARE = Column("s", "占比", ValueKind.DECIMAL, "%")
RATIO = Indicator("r", "生师比", ValueKind.DECIMAL, display=Display.ONE_TO)
KIND = Indicator("k", "类型", ValueKind.CHOICE, choices=(Choice("eng", "工科"),))


@pytest.mark.parametrize(
    ("value", "field", "text"),
    [
        (D(3091), PEOPLE, "3,091 人"),
        (D(-3091), PEOPLE, "-3,091 人"),
        (D("1E+6"), PEOPLE, "1,000,000 人"),
        (D("50.960"), SHARE, "50.96%"),
        (D("19.69"), RATIO, "1:19.69"),
        (D("5"), Column("s", "占比", ValueKind.DECIMAL, "‰"), "5‰"),
        (D("2019"), Indicator("y", "建校年份", ValueKind.INTEGER, "年"), "2019 年"),
        (D("1019.690"), Indicator("t", "生师比", ValueKind.DECIMAL, display=Display.TO_ONE), "1,019.69:1"),
        (D("0.05"), None, "0.05"),
        (D("-0.05"), None, "-0.05"),
        (True, None, "是"),
        (False, None, "否"),
        (date(2024, 9, 1), None, "2024年9月1日"),
        ("eng", KIND, "工科"),
        ("gone", KIND, "gone"),
        ("文字", None, "文字"),
        (Missing(), PEOPLE, "未填"),
        (Missing(MissingReason.DIVISION_BY_ZERO), PEOPLE, "未填（除数为 0）"),
        (Missing(MissingReason.NO_ROWS), PEOPLE, "未填（明细表无数据）"),
        (Missing(MissingReason.NOT_APPLICABLE), PEOPLE, "不适用"),
    ],
)
def test_show(value: Maybe, field: Fillable | None, text: str) -> None:
    assert show(value, field) == text


def test_without_unit() -> None:
    assert show(D(3091), PEOPLE, with_unit=False) == "3,091"
    assert grouped(D("1234567.50")) == "1,234,567.5"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(), ""),
        (Place(file="criteria.yaml", line=3, column=7), "criteria.yaml:3:7"),
        (Place(file="a.xlsx", sheet="办学条件", cell="C7"), "办学条件!C7"),
        (Place(file="a.xlsx"), "a.xlsx"),
        (Place(sheet="办学条件", cell="C7", label="在校生"), "办学条件!C7 在校生"),
    ],
)
def test_places(place: Place, text: str) -> None:
    assert str(place) == text


def test_problems_and_failures_are_sentences() -> None:
    problem = Problem("input.not_yes_no", place=Place(cell="C7"), params={"found": "也许"})
    assert str(problem) == "C7：“也许”不是“是”或“否”"
    assert problem.severity is Severity.ERROR
    error = InputError("input.not_yes_no", details="x", found="也许")
    assert isinstance(error, ChuyiError)
    assert str(error) == error.sentence == "“也许”不是“是”或“否”"
    assert (error.details, error.params) == ("x", {"found": "也许"})
    assert str(CancelledError())


def test_citations() -> None:
    whole = Provenance(Basis.NATIONAL, "中等职业学校设置标准", "教职成〔2010〕12号", "第七条")
    assert whole.citation == "《中等职业学校设置标准》（教职成〔2010〕12号）第七条"
    assert Provenance(Basis.REFERENCE, note="参考").citation == ""
