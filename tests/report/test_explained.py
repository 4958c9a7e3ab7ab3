"""The account of a derivation, part by part, on programmes made by hand."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from chuyi_desktop.domain.assessment import Assessment, Origin, OriginKind
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.indicator import Choice, Column, ValueKind
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Band,
    Bands,
    Linear,
    Programme,
    Requirement,
    ScoredItem,
)
from chuyi_desktop.domain.verdict import ReadRow
from chuyi_desktop.report.explain_words import account
from chuyi_desktop.report.explained import explained_check, explained_indicator, explained_rule
from chuyi_desktop.report.origin_words import origin_words, row_numbers, rows_origin
from chuyi_desktop.scoring import assess
from tests.builders import (
    SUGGESTION,
    assessment,
    case,
    check,
    choice,
    condition,
    count,
    derived,
    group,
    number,
    programme,
    roster,
    section,
    threshold,
)

WHEN = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
TEACHERS = roster(
    "teachers",
    "教师名册",
    Column("name", "姓名", ValueKind.TEXT),
    Column("title", "职称", ValueKind.CHOICE, choices=(Choice("high", "高级"), Choice("other", "其他"))),
)


def item(id_: str, method: Bands | Linear) -> ScoredItem:
    return ScoredItem(id_, f"评分{id_}", Decimal(10), method, SUGGESTION)


def pack() -> Programme:
    options = AtLeastOf(
        1, (condition("o1", threshold("students", ">=", 5000)), condition("o2", Attested("属实")))
    )
    subject = parse("students / teachers_count")
    return programme(
        count("students", "在校生数"),
        count("teachers_count", "教师数"),
        number("area", "占地面积", "㎡"),
        choice("field", "专业类别", work="工科", art="艺术"),
        derived("ratio", "生师比", "students / teachers_count"),
        derived("high", "高级教师数", 'count(teachers where title = "high")', "人", 0),
        tables=[TEACHERS],
        groups=[
            group(
                condition(
                    "area",
                    threshold("area", ">=", case(100, 'field = "work"', "工科类"), case(50)),
                    "占地",
                ),
                condition("grow", Requirement(parse("rising(students, 2)")), "逐年增长"),
                condition("high", threshold("high", ">=", 2), "高级教师"),
                condition("art", threshold("area", ">=", 10), "艺术场馆", applies_when='field = "art"'),
                condition("some", options, "几选一"),
            )
        ],
        scored=[
            section(
                item(
                    "bands",
                    Bands(
                        parse("ratio"),
                        (Band(Decimal(15), Decimal(10)), Band(Decimal(20), Decimal(5))),
                        rising=False,
                    ),
                ),
                item("linear", Linear(subject, Decimal(25), Decimal(15))),
            )
        ],
        checks=[check("fits", "teachers_count <= students")],
    )


SCHOOL = assessment(
    {"students": 1800, "teachers_count": 100, "area": Decimal(80), "field": "work"},
    earlier={2025: {"students": 1700}},
    rows={"teachers": [{"name": "张三", "title": "high"}, {"name": "李四", "title": "other"}]},
)


def told(rule_id: str, school: Assessment = SCHOOL) -> dict[str, list[str]]:
    programme_ = pack()
    found: dict[str, list[str]] = {}
    label = ""
    for line in account(explained_rule(programme_, school, assess(programme_, school), rule_id)):
        label = line.label or label
        found.setdefault(label, []).append(line.text)
    return found


def test_the_standard_and_why_it_is_this_one() -> None:
    lines = told("area")
    assert lines["标准"] == ["≥ 100 ㎡"]
    assert "工科" in lines["为何用它"][0]
    assert lines["为何用它"][1:3] == ["工科类：≥ 100 ㎡　← 本校适用", "其他学校：≥ 50 ㎡"]
    assert lines["结果"] == ["未达到，差 20 ㎡"]


def test_standards_that_may_count_while_the_context_is_missing() -> None:
    lines = told("area", assessment({"area": Decimal(80)}))
    assert [line for line in lines["为何用它"] if "可能适用" in line] == [
        "工科类：≥ 100 ㎡　← 可能适用",
        "其他学校：≥ 50 ㎡　← 可能适用",
    ]


def test_an_earlier_year_is_told_as_one() -> None:
    lines = told("grow")
    assert lines["公式"] == ["在校生数 > 2025年在校生数"]
    assert lines["所用的数"] == ["在校生数 1,800 人", "在校生数 1,700 人　← 2025 年的数"]
    assert lines["计算"] == ["代入：1,800 > 1,700 = 是"]


def test_a_roster_tells_the_rows_that_counted() -> None:
    lines = told("high")
    assert lines["所用的数"] == ["教师名册 2 行"]
    assert lines["计算"][0] == "教师名册中满足 职称 = “高级” 的行数 = 1（第 1 行）"


def test_for_which_schools_a_rule_is() -> None:
    assert told("art")["是否适用"][0] == "只对这样的学校：专业类别 = “艺术”；本校不适用"
    assert told("art")["结果"] == ["不适用"]
    unknown = told("art", assessment({"area": Decimal(80)}))
    assert unknown["是否适用"][0].endswith("本校是否适用尚不能确定")


def test_every_option_with_its_outcome() -> None:
    assert [line for line in told("some")["各选项"] if line.startswith("条件o")] == [
        "条件o1：未达到",
        "条件o2：未填",
    ]


def test_points_by_bands_and_in_proportion() -> None:
    assert told("bands")["计分办法"][1:] == [
        "≤ 15 得 10 分",
        "≤ 20 得 5 分　← 本校",
        "都没有达到，得 0 分",
    ]
    assert told("linear")["计分办法"][1] == "10 × (25 − 18) ÷ (25 − 15) = 7 分"
    assert told("linear")["计算"] == ["代入：1,800 ÷ 100 = 18"]
    assert told("linear", assessment({"students": 1}))["得分"] == ["未填，满分 10 分"]


def test_what_is_missing_is_told_and_no_rounding_of_it() -> None:
    lines = told("bands", assessment({"students": 1800}))
    assert "教师数（2026 年）　未填" in lines["所用的数"]
    assert lines["计算"] == ["生师比 = 在校生数 ÷ 教师数 = 未填"]


def test_an_account_says_what_the_verdict_says() -> None:
    programme_ = pack()
    verdict = assess(programme_, SCHOOL)
    for rule in verdict.rules:
        lines = account(explained_rule(programme_, SCHOOL, verdict, rule.id))
        assert any(line.text == rule.explanation for line in lines), rule.id
    for indicator_id in programme_.indicators:
        assert account(explained_indicator(programme_, SCHOOL, verdict, indicator_id))
    (fits,) = [
        line.text
        for line in account(explained_check(programme_, SCHOOL, verdict, "fits"))
        if line.label == "审核结果"
    ]
    assert fits == "没有发现问题"


@pytest.mark.parametrize(
    ("kind", "source", "words"),
    [
        (OriginKind.TYPED, "", "由 王 键入"),
        (OriginKind.IMPORTED, "填报.xlsx!C7", "由 王 从 填报.xlsx!C7 导入"),
        (OriginKind.IMPORTED, "", "由 王 键入"),
        (OriginKind.SAMPLE, "公报", "示例数据（公报）"),
        (OriginKind.TAKEN_OVER, "2025", "由 王 从 2025 年自评结转"),
    ],
)
def test_where_a_value_comes_from(kind: OriginKind, source: str, words: str) -> None:
    assert words in origin_words(Origin(kind, "王", WHEN, source))


def test_rows_of_one_import_are_told_together() -> None:
    sources = {
        at: Origin(OriginKind.IMPORTED, "王", WHEN, f"名册.xlsx 的“教师”A{at + 4}") for at in range(1, 4)
    }
    rows = [ReadRow(at, f"r{at}", origin) for at, origin in sources.items()]
    assert rows_origin(rows) == origin_words(replace(sources[1], source="名册.xlsx 的“教师”"))
    typed = [*rows, ReadRow(4, "r4", Origin(OriginKind.TYPED, "李", WHEN))]
    assert rows_origin(typed).startswith("3 行")
    assert "1 行" in rows_origin(typed)
    assert row_numbers(rows) == "第 1、2、3 行"
    assert row_numbers([ReadRow(at, "") for at in range(40)]) == "40 行"
    assert rows_origin([ReadRow(1, "")]) == ""
