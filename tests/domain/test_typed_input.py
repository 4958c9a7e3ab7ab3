"""What people type, as values."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.display import grouped, show
from chuyi_desktop.domain.indicator import Choice, Indicator, ValueKind
from chuyi_desktop.domain.problem import Place, Severity
from chuyi_desktop.domain.typed_input import LONGEST_TEXT, accept_number, read_typed

D = Decimal
PEOPLE = Indicator("p", "在校生", ValueKind.INTEGER, "人", minimum=D(0))
AREA = Indicator("a", "占地面积", ValueKind.DECIMAL, "㎡", minimum=D(0), digits=2)
MONEY = Indicator("m", "设备总值", ValueKind.DECIMAL, "万元", digits=4)
BOOKS = Indicator("b", "图书", ValueKind.INTEGER, "册")
SHARE = Indicator("s", "占比", ValueKind.DECIMAL, "%", maximum=D(100))
RATIO = Indicator("r", "生师比", ValueKind.DECIMAL, digits=2)
PLAIN = Indicator("n", "系数", ValueKind.DECIMAL)
TEXT = Indicator("t", "校名", ValueKind.TEXT)
DAY = Indicator("d", "建校日期", ValueKind.DATE)
YES = Indicator("y", "是否公办", ValueKind.YES_NO)
KIND = Indicator("k", "类型", ValueKind.CHOICE, choices=(Choice("eng", "工科"), Choice("art", "文科")))


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (PEOPLE, "3091", D(3091)),
        (PEOPLE, "３０９１", D(3091)),
        (PEOPLE, "3,091", D(3091)),
        (PEOPLE, "３，０９１ 人", D(3091)),
        (PEOPLE, "3091名", D(3091)),
        (PEOPLE, "3091.0", D(3091)),
        (PEOPLE, "+5", D(5)),
        (PEOPLE, "0", D(0)),
        (AREA, "141192", D(141192)),
        (AREA, "120亩", D(80000)),
        (AREA, "1 亩", D("666.67")),
        (AREA, "14.1192万平方米", D(141192)),
        (AREA, "44580㎡", D(44580)),
        (AREA, "44580 m²", D(44580)),
        (AREA, "4.458万㎡", D(44580)),
        (AREA, ".5", D("0.5")),
        (MONEY, "4,000万元", D(4000)),
        (MONEY, "40000000元", D(4000)),
        (MONEY, "0.4 亿元", D(4000)),
        (MONEY, "-3.5", D("-3.5")),
        (BOOKS, "13.26万册", D(132600)),
        (SHARE, "50.96％", D("50.96")),
        (SHARE, "5‰", D("0.5")),
        (RATIO, "1:19.7", D("19.7")),
        (RATIO, "1：19.69", D("19.69")),
        (PLAIN, "1e3", D(1000)),
        (TEXT, "  邵东县职业中等专业学校\r\n", "邵东县职业中等专业学校"),
        (DAY, "2024-09-01", date(2024, 9, 1)),
        (DAY, "2024年9月1日", date(2024, 9, 1)),
        (DAY, "２０２４．９", date(2024, 9, 1)),
        (DAY, "2024/9/30", date(2024, 9, 30)),
        (DAY, "2024-09-01 00:00:00", date(2024, 9, 1)),
        (YES, "是", True),
        (YES, "√", True),
        (YES, "Ｎｏ", False),
        (YES, "无", False),
        (KIND, "工科", "eng"),
        (KIND, " art ", "art"),
    ],
)
def test_understood(field: Indicator, text: str, value: object) -> None:
    reading = read_typed(text, field)
    assert reading.value == value
    assert type(reading.value) is type(value)
    assert reading.problem is None or reading.problem.severity is Severity.NOTE


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        (PEOPLE, "很多", "input.not_a_number"),
        (PEOPLE, "", "input.not_a_number"),
        (PEOPLE, "约300", "input.not_a_number"),
        (PEOPLE, "3,09", "input.not_a_number"),
        (PEOPLE, "1,2345", "input.not_a_number"),
        (PEOPLE, "1.2.3", "input.not_a_number"),
        (RATIO, "19,7", "input.not_a_plain_number"),
        (PEOPLE, "nan", "input.not_a_number"),
        (PEOPLE, "1:20", "input.not_a_number"),
        (PEOPLE, "9" * 61, "input.not_a_number"),
        (PLAIN, "很多", "input.not_a_plain_number"),
        (PEOPLE, "12.5", "input.not_whole"),
        (PEOPLE, "-1", "input.below_minimum"),
        (PEOPLE, "3091元", "input.wrong_unit"),
        (PLAIN, "5元", "input.wrong_unit"),
        (AREA, "1.234", "input.too_many_decimals"),
        (SHARE, "101", "input.above_maximum"),
        (PEOPLE, "1e30", "input.out_of_range"),
        (AREA, "1e999亩", "input.out_of_range"),
        (AREA, "1e-999", "input.out_of_range"),
        (TEXT, "a\x00b", "input.control_character"),
        (TEXT, "张\ue000", "input.private_character"),
        (TEXT, "\ud800", "input.control_character"),
        (TEXT, "长" * (LONGEST_TEXT + 1), "input.too_long"),
        (DAY, "2024-13-01", "input.not_a_date"),
        (DAY, "2023-02-29", "input.not_a_date"),
        (DAY, "去年", "input.not_a_date"),
        (DAY, "0000-01-01", "input.not_a_date"),
        (YES, "也许", "input.not_yes_no"),
        (KIND, "理科", "input.not_a_choice"),
    ],
)
def test_refused(field: Indicator, text: str, code: str) -> None:
    place = Place(sheet="办学条件", cell="C7")
    reading = read_typed(text, field, place=place)
    assert reading.value is None
    assert reading.problem is not None
    assert (reading.problem.code, reading.problem.place) == (code, place)
    assert reading.problem.severity is Severity.ERROR
    assert len(reading.problem.sentence) < 200


def test_a_conversion_is_told() -> None:
    problem = read_typed("120亩", AREA).problem
    assert problem is not None
    assert (problem.code, problem.severity) == ("input.converted", Severity.NOTE)
    assert problem.sentence == "“120亩”已换算为 80,000 ㎡"
    assert read_typed("120平方米", AREA).problem is None


def test_the_unit_of_a_column_head_counts_unless_the_text_has_its_own() -> None:
    assert read_typed("4000000", MONEY, unit="元").value == 400
    assert read_typed("400万元", MONEY, unit="元").value == 400
    assert accept_number(D(3), AREA, unit="公顷").value == 30000


def test_a_number_cell_is_held_against_the_bounds_too() -> None:
    assert accept_number(D("12.50"), AREA).value == D("12.5")
    refused = accept_number(D("-1"), AREA)
    assert refused.value is None
    assert refused.problem is not None
    assert refused.problem.code == "input.below_minimum"
    assert accept_number(D("NaN"), AREA).value is None


@given(st.text(max_size=80), st.sampled_from([PEOPLE, AREA, MONEY, RATIO, TEXT, DAY, YES, KIND]))
def test_any_text_is_read_or_refused(text: str, field: Indicator) -> None:
    reading = read_typed(text, field)
    assert (reading.value is None) == (
        reading.problem is not None and reading.problem.severity is Severity.ERROR
    )
    if reading.problem is not None:
        assert reading.problem.sentence


@given(
    st.sampled_from(
        [
            f"{number}{unit}"
            for number in ("1e999", "1e-999", "9e18", "-9e18", "1e19", "0", "9" * 40, "1e17")
            for unit in ("", "亩", "亿元", "万册", "‰", "人")
        ]
    ),
    st.sampled_from([PEOPLE, AREA, MONEY, BOOKS, SHARE, PLAIN]),
)
def test_extreme_numbers_are_read_or_refused(text: str, field: Indicator) -> None:
    reading = read_typed(text, field)
    assert reading.value is not None or reading.problem is not None


@given(st.decimals(0, 10**12, places=2))
def test_what_is_shown_reads_back(value: Decimal) -> None:
    assert read_typed(show(value, AREA), AREA).value == value
    assert read_typed(grouped(value), AREA).value == value


@given(st.dates(min_value=date(1000, 1, 1)))
def test_dates_read_back(day: date) -> None:
    assert read_typed(show(day, DAY), DAY).value == day
    assert read_typed(day.isoformat(), DAY).value == day
