"""A ledger of names and values into the indicators."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.app.import_ledger import (
    assign,
    assign_row,
    plan_ledger,
    remembered,
    take_ledger,
    understand,
)
from chuyi_desktop.app.ledgers.layout import INDICATORS, Layout, Role, value_target
from chuyi_desktop.app.ledgers.plan import Fate, LedgerPlan, Skip
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.indicator import Indicator, ValueKind
from chuyi_desktop.domain.values import Value
from tests.app.ledger_sheet import TextSheet, ledger_file, ledger_session
from tests.app.school import small_programme

HEADS = ("序号", "指标", "单位", "2024年", "上年", "2026年度", "备注")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return ledger_session(tmp_path, small_programme())


def _read(session: Session, *lines: tuple[str, ...]) -> tuple[Layout, LedgerPlan]:
    file = ledger_file(TextSheet(lines))
    layout = understand(session, file, INDICATORS)
    return layout, plan_ledger(session, file, layout)


def _values(plan: LedgerPlan) -> dict[tuple[str, int], Value | None]:
    return {(value.indicator_id, value.year): value.after for value in plan.values}


def test_names_units_and_years_are_found_and_values_converted(session: Session) -> None:
    layout, plan = _read(
        session,
        ("学校基本数据",),
        HEADS,
        ("1", "学生数", "人", "2900", "3000", "3,091", ""),
        ("2", "其中：专任教师数", "人", "", "155", "157人", "含聘用"),
        ("3", "占地面积", "亩", "", "", "120", ""),
        ("4", "生师比", "", "", "", "19.7", ""),
        ("5", "食堂桌数", "张", "", "", "3", ""),
        ("", "合计", "", "", "", "9", ""),
    )
    assert layout.head_row == 2
    assert [column.target for column in layout.columns][1:] == [
        Role.NAME,
        Role.UNIT,
        value_target(2024),
        value_target(2025),
        value_target(2026),
        Role.NOTE,
    ]
    assert _values(plan) == {
        ("student_count", 2024): Decimal(2900),
        ("student_count", 2025): Decimal(3000),
        ("student_count", 2026): Decimal(3091),
        ("full_time_teacher_count", 2025): Decimal(155),
        ("full_time_teacher_count", 2026): Decimal(157),
        ("site_area", 2026): Decimal(80000),
    }
    reasons = {row.name: str(row.reason) for row in layout.rows}
    assert "与别名“学生数”相同" in reasons["学生数"]
    assert "单位为亩，将换算为㎡" in reasons["占地面积"]
    assert "自动计算" in reasons["生师比"]
    assert plan.skipped == {Skip.NO_TARGET: (6, 7), Skip.TOTAL: (8,)}
    assert any(problem.sentence.startswith("“食堂桌数”一行没有导入") for problem in plan.plan.problems)


def test_values_come_in_with_their_cells_and_again_change_nothing(session: Session) -> None:
    lines = (("指标", "数值"), ("在校生数", "3091"), ("专任教师数", "157"))
    _, plan = _read(session, *lines)
    take_ledger(session, plan)
    entry = session.assessment.entry("student_count")
    assert entry is not None
    assert entry.origin is not None
    assert entry.origin.source == "台账.xlsx 的“台账”B2"
    _, again = _read(session, *lines)
    assert [value.fate for value in again.values] == [Fate.SAME, Fate.SAME]
    assert again.plan.changes == ()
    _, other = _read(session, ("指标", "数值"), ("在校生数", "3100"))
    assert [(value.fate, value.before, value.after) for value in other.values] == [
        (Fate.CHANGED, Decimal(3091), Decimal(3100))
    ]


def test_a_list_without_heads_is_understood_by_its_names(session: Session) -> None:
    layout, plan = _read(session, ("在校生数", "3091"), ("专任教师数（人）", "157"), ("占地面积（亩）", "3"))
    assert layout.head_row == 0
    assert _values(plan) == {
        ("student_count", 2026): Decimal(3091),
        ("full_time_teacher_count", 2026): Decimal(157),
        ("site_area", 2026): Decimal(2000),
    }


def test_not_applicable_is_a_reason(session: Session) -> None:
    _, plan = _read(session, ("指标", "数值"), ("占地面积", "不适用：租用校舍"), ("在校生数", "1"))
    take_ledger(session, plan)
    entry = session.assessment.entry("site_area")
    assert entry is not None
    assert entry.not_applicable == "租用校舍"


def test_a_bad_value_keeps_everything_out(session: Session) -> None:
    _, plan = _read(session, ("指标", "数值"), ("在校生数", "3091"), ("占地面积", "20千克"))
    assert plan.refused
    assert plan.plan.problems[0].place.cell == "B3"
    take_ledger(session, plan)
    assert session.assessment.entry("student_count") is None


def test_the_clerk_corrects_rows_and_columns_and_it_is_remembered(session: Session) -> None:
    lines = (("指标", "甲", "乙"), ("在校生数", "3091", "1"), ("老师", "157", "2"))
    file = ledger_file(TextSheet(lines))
    layout = understand(session, file, INDICATORS)
    assert plan_ledger(session, file, layout).refused
    layout = assign(session, file, layout, 2, value_target(2026))
    layout = assign_row(session, layout, 3, "full_time_teacher_count")
    take_ledger(session, plan_ledger(session, file, layout))
    assert session.assessment.value("full_time_teacher_count") == Decimal(157)
    again = understand(session, file, INDICATORS, mapping=remembered(session, INDICATORS))
    assert again.remembered
    assert plan_ledger(session, file, again).plan.changes == ()
    assert len(plan_ledger(session, file, again).values) == 2


def test_a_year_to_come_is_not_offered(session: Session) -> None:
    layout, _ = _read(session, ("指标", "2026年", "2027年"), ("在校生数", "3091", "4000"))
    assert [column.target for column in layout.columns] == [Role.NAME, value_target(2026), ""]


def test_indicators_beside_one_another_with_a_row_a_year(session: Session) -> None:
    layout, plan = _read(
        session,
        ("学校基本数据", "", "", ""),
        ("年度", "在校生数", "占地面积（亩）", "食堂桌数"),
        ("2025年", "3000", "", "5"),
        ("2026年", "3091", "120", "6"),
    )
    assert layout.turned
    assert _values(plan) == {
        ("student_count", 2025): Decimal(3000),
        ("student_count", 2026): Decimal(3091),
        ("site_area", 2026): Decimal(80000),
    }
    assert [value.cell for value in plan.values] == ["B3", "B4", "C4"]
    assert not plan.refused
    left = [problem for problem in plan.plan.problems if "食堂桌数" in problem.sentence]
    assert left[0].place.cell == "D2"


def test_corrections_of_rows_survive_corrections_of_columns(session: Session) -> None:
    lines = (("指标", "甲", "乙"), ("在校生数", "3091", "1"), ("老师", "157", "2"))
    file = ledger_file(TextSheet(lines))
    layout = assign_row(session, understand(session, file, INDICATORS), 3, "full_time_teacher_count")
    layout = assign_row(session, layout, 2, "")
    layout = assign(session, file, layout, 3, value_target(2026))
    assert [row.target for row in layout.rows] == ["", "full_time_teacher_count"]
    assert _values(plan_ledger(session, file, layout)) == {("full_time_teacher_count", 2026): Decimal(2)}


@pytest.mark.parametrize(
    ("shares", "wanted", "told_of"),
    [
        (("0.93", "0.9", "0.955"), ("93", "90", "95.5"), 0),
        (("93", "90", "95.5"), ("93", "90", "95.5"), 0),
        (("0.93", "90", "95.5"), ("0.93", "90", "95.5"), 1),
    ],
)
def test_a_row_of_shares_is_read_as_a_whole_and_flagged_where_written_both_ways(
    tmp_path: Path, shares: tuple[str, ...], wanted: tuple[str, ...], told_of: int
) -> None:
    small = small_programme()
    rate = Indicator("satisfaction", "学生满意度", ValueKind.DECIMAL, "%", digits=2)
    programme = replace(small, indicators={**small.indicators, "satisfaction": rate})
    session = ledger_session(tmp_path, programme)
    _, plan = _read(
        session,
        ("指标", "单位", "2024年", "2025年", "2026年"),
        ("在校生数", "人", "2900", "3000", "3091"),
        ("学生满意度", "", *shares),
    )
    found = [plan_value for (key, _), plan_value in sorted(_values(plan).items()) if key == "satisfaction"]
    assert found == [Decimal(each) for each in wanted]
    assert sum("写法不一" in problem.sentence for problem in plan.plan.problems) == told_of
