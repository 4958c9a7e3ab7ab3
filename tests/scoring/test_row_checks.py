"""Checks of roster rows: each row by a formula, and rows that say the same twice."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.assessment import Explanation
from chuyi_desktop.domain.indicator import Choice, Column, ValueKind
from chuyi_desktop.domain.programme import Check, Grade
from chuyi_desktop.domain.values import Value
from chuyi_desktop.domain.verdict import Finding
from chuyi_desktop.scoring import assess
from chuyi_desktop.scoring.row_checks import MOST_TOLD
from tests.builders import YEAR, assessment, check, count, programme, roster, unlike

LEVELS = (Choice("senior", "高级"), Choice("none", "不是"))
STAFF = roster(
    "staff",
    "教师名册",
    Column("code", "工号", ValueKind.TEXT),
    Column("name", "姓名", ValueKind.TEXT, required=True),
    Column("begun", "开始日期", ValueKind.DATE),
    Column("ended", "结束日期", ValueKind.DATE),
    Column("total", "总额", ValueKind.DECIMAL, "万元"),
    Column("part", "其中财政", ValueKind.DECIMAL, "万元", default="0"),
    Column("level", "双师型等级", ValueKind.CHOICE, choices=LEVELS, default="none"),
    Column("trade", "是否专业教师", ValueKind.YES_NO),
)
CAP = count("cap", "上限", "万元")

Cells = Mapping[str, Value | int]


def found(rule: Check, *rows: Cells, cap: int | None = None) -> Finding | None:
    made = programme(CAP, tables=[STAFF], checks=[rule])
    findings = assess(made, assessment({"cap": cap}, rows={"staff": rows})).findings
    assert len(findings) <= 1
    return findings[0] if findings else None


DATES = check("dates", "ended >= begun", title="结束不早于开始", table="staff")


def test_a_finding_names_roster_row_fields_values_and_what_is_wanted() -> None:
    wrong = {"name": "张㛃", "begun": date(2024, 5, 1), "ended": date(2024, 4, 1)}
    finding = found(DATES, {"name": "李四"}, {**wrong, "name": "王五", "ended": date(2024, 6, 1)}, wrong)
    assert finding is not None
    assert finding.message == "结束不早于开始：“教师名册”有 1 行不符；每行应为 结束日期 ≥ 开始日期"
    assert (finding.where, finding.found, finding.wanted) == (
        "教师名册",
        "有 1 行不符",
        "结束日期 ≥ 开始日期",
    )
    assert finding.row_messages == ("第 3 行 张㛃：结束日期 2024年4月1日，开始日期 2024年5月1日",)
    (row,) = finding.rows
    assert (row.row_id, row.number, row.name, row.columns) == ("r2", 3, "张㛃", ("ended", "begun"))
    assert [each.id for each in row.shown] == ["staff.ended", "staff.begun"]


def test_a_row_without_a_name_is_told_by_its_number() -> None:
    finding = found(DATES, {"begun": date(2024, 5, 1), "ended": date(2024, 4, 1)})
    assert finding is not None
    assert finding.rows[0].where == "第 1 行"


def test_blank_cells_are_not_judged() -> None:
    assert found(DATES, {"begun": date(2024, 5, 1)}, {"ended": date(2024, 5, 1)}, {}) is None
    rule = check("part", "part > 5 and part <= total", table="staff")
    assert found(rule, {"part": 1}) is None, "not even where the rest would decide"
    assert found(rule, {"part": 1, "total": 2}) is not None


def test_a_blank_with_a_meaning_is_judged_by_it() -> None:
    rule = check("some", "part > 0", table="staff")
    finding = found(rule, {"name": "甲"})
    assert finding is not None
    assert "其中财政 0 万元" in finding.row_messages[0]


def test_choices_are_told_by_their_labels() -> None:
    finding = found(
        check("dual", 'level = "none" or trade', table="staff"), {"level": "senior", "trade": False}
    )
    assert finding is not None
    assert finding.wanted == "双师型等级 = “不是” 或 是否专业教师"
    assert finding.rows[0].found == "双师型等级 高级，是否专业教师 否"


def test_rows_can_be_held_against_indicators_and_sums() -> None:
    rule = check("cap", "part <= cap and part <= sum(staff.total)", table="staff")
    rows: tuple[Cells, ...] = ({"part": 1, "total": 2}, {"part": 3, "total": 2})
    assert found(rule, *rows) is None, "the indicator is 未填"
    finding = found(rule, *rows, cap=2)
    assert finding is not None
    assert [row.number for row in finding.rows] == [2]
    assert "上限 2 万元" in finding.rows[0].found
    assert "4" in finding.rows[0].found


def test_dates_are_held_against_the_year_of_the_assessment() -> None:
    rule = check("past", "year_of(begun) <= report_year", table="staff")
    finding = found(rule, {"begun": date(YEAR, 12, 31)}, {}, {"begun": date(YEAR + 1, 1, 1)})
    assert finding is not None
    assert finding.wanted == "年份(开始日期) ≤ 申报年度"
    assert finding.row_messages == (f"第 3 行：开始日期 {YEAR + 1}年1月1日，申报年度 {YEAR} 年",)


def test_a_roster_declared_empty_or_untouched_finds_nothing() -> None:
    assert found(DATES) is None
    made = programme(CAP, tables=[STAFF], checks=[DATES, unlike("u", "staff", "name")])
    assert assess(made, assessment({})).findings == ()


def test_many_rows_are_counted_and_the_first_told() -> None:
    wrong = {"total": 1, "part": 2}
    finding = found(check("part", "part <= total", table="staff"), *[wrong] * (MOST_TOLD + 3))
    assert finding is not None
    assert (finding.row_count, len(finding.rows)) == (MOST_TOLD + 3, MOST_TOLD)
    assert finding.row_messages[-1] == "另有 3 行，不再逐一列出"
    assert f"{MOST_TOLD + 3} 行" in finding.message


def test_one_explanation_settles_all_rows() -> None:
    made = programme(tables=[STAFF], checks=[replace(DATES, grade=Grade.EXPLAIN)])
    rows = [{"begun": date(2024, 5, 1), "ended": date(2024, 4, 1)}] * 2
    explained = {"dates": Explanation("系统导出的日期有误")}
    (finding,) = assess(made, assessment(rows={"staff": rows}, explained=explained)).findings
    assert finding.settled


def test_a_row_that_repeats_another_names_both() -> None:
    rule = unlike("twice", "staff", "name", "begun", title="同一人不重复")
    day = date(1980, 1, 1)
    finding = found(
        rule,
        {"name": "张 㛃", "begun": day},
        {"name": "张㛃", "begun": date(1981, 1, 1)},
        {"name": "张㛃", "begun": day},
    )
    assert finding is not None
    assert (
        finding.message == "同一人不重复：“教师名册”有 1 行与前面的行重复；各行的“姓名、开始日期”不应全部相同"
    )
    assert finding.row_messages == ("第 3 行 张㛃：姓名 张㛃，开始日期 1980年1月1日，与第 1 行相同",)
    assert finding.rows[0].columns == ("name", "begun")


def test_blank_numbers_are_not_alike() -> None:
    assert found(unlike("code", "staff", "code"), {"name": "甲"}, {"name": "乙"}, {"code": " "}) is None


amounts = st.one_of(st.none(), st.integers(0, 3))
codes = st.sampled_from([None, "a", "A", "b ", "b"])
rows = st.lists(st.tuples(codes, amounts, amounts), max_size=30)


@given(rows, st.one_of(st.none(), st.integers(0, 3)))
def test_rows_agree_with_a_naive_reading(
    drawn: list[tuple[str | None, int | None, int | None]], cap: int | None
) -> None:
    cells = [
        {key: value for key, value in zip(("code", "total", "part"), row, strict=True) if value is not None}
        for row in drawn
    ]
    by_formula = found(check("k", "part <= total and part <= cap", table="staff"), *cells, cap=cap)
    wrong = [
        number
        for number, (_, total, part) in enumerate(drawn, 1)
        if total is not None and cap is not None and ((part or 0) > total or (part or 0) > cap)
    ]
    assert (0 if by_formula is None else by_formula.row_count) == len(wrong)
    assert [row.number for row in (by_formula.rows if by_formula else ())] == wrong[:MOST_TOLD]
    alike = found(unlike("u", "staff", "code", "total"), *cells)
    keys = [
        None if code is None or total is None else (code.strip().lower(), Decimal(total))
        for code, total, _ in drawn
    ]
    again = [at + 1 for at, key in enumerate(keys) if key is not None and key in keys[:at]]
    assert [row.number for row in (alike.rows if alike else ())] == again[:MOST_TOLD]
    assert (0 if alike is None else alike.row_count) == len(again)
