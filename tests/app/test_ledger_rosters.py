"""A ledger into a roster: rows known again, old to new, all or nothing, one deed."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.app.import_ledger import plan_ledger, take_ledger, understand
from chuyi_desktop.app.ledgers.layout import with_keys
from chuyi_desktop.app.ledgers.plan import Fate, LedgerPlan, Mode
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import Change, DeclaredEmpty, Field, FieldKind, OriginKind
from chuyi_desktop.domain.indicator import Column, Table, ValueKind
from chuyi_desktop.domain.values import Value
from tests.app.ledger_sheet import TextSheet, ledger_file, ledger_session
from tests.builders import programme

TABLE = Table(
    "teachers",
    "教师明细表",
    (
        Column("name", "姓名", ValueKind.TEXT, required=True),
        Column("hours", "课时", ValueKind.DECIMAL, "学时"),
        Column("room", "办公室", ValueKind.TEXT),
        Column("phone", "电话", ValueKind.TEXT),
    ),
)
HEADS = ("姓名", "课时", "办公室")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return ledger_session(tmp_path, programme(tables=[TABLE]))


def _plan(session: Session, *rows: tuple[str, ...], mode: Mode = Mode.UPDATE) -> LedgerPlan:
    file = ledger_file(TextSheet((HEADS, *rows)))
    return plan_ledger(session, file, understand(session, file, "teachers"), mode)


def _take(session: Session, *rows: tuple[str, ...], mode: Mode = Mode.UPDATE) -> LedgerPlan:
    plan = _plan(session, *rows, mode=mode)
    take_ledger(session, plan)
    return plan


def _rows(session: Session) -> list[tuple[str, dict[str, Value]]]:
    return [(row.id, dict(row.cells)) for row in session.assessment.rows("teachers") or ()]


def _fates(plan: LedgerPlan) -> list[Fate]:
    return [row.fate for row in plan.rows]


FIRST = (("周梅", "12", "东楼"), ("刘伟", "10", ""), ("陈静", "8", "西楼"))


def test_new_rows_come_in_one_deed_with_file_sheet_and_cell(session: Session) -> None:
    plan = _take(session, *FIRST)
    assert _fates(plan) == [Fate.NEW] * 3
    row = (session.assessment.rows("teachers") or ())[1]
    assert row.cells == {"name": "刘伟", "hours": Decimal(10)}
    assert row.origin is not None
    assert (row.origin.kind, row.origin.source) == (OriginKind.IMPORTED, "台账.xlsx 的“台账”A3")
    deed = session.workspace.journal()[0]
    assert "导入台账 台账.xlsx" in deed.stamp.label
    assert len(deed.changes) == 3
    session.undo()
    assert session.assessment.rows("teachers") is None


def test_the_same_file_again_changes_nothing_and_makes_no_deed(session: Session) -> None:
    _take(session, *FIRST)
    deeds = len(session.workspace.journal())
    plan = _take(session, *FIRST)
    assert _fates(plan) == [Fate.SAME] * 3
    assert plan.plan.changes == ()
    assert len(session.workspace.journal()) == deeds


def test_changed_cells_go_from_old_to_new_and_all_else_stays(session: Session) -> None:
    _take(session, *FIRST)
    kept = (session.assessment.rows("teachers") or ())[0]
    phone = session.assessment.change(
        Field(FieldKind.ROW, "teachers", 2026, kept.id),
        type(kept)(kept.id, kept.position, {**kept.cells, "phone": "1234"}),
    )
    assert phone is not None
    session.make([phone], "填写")
    plan = _take(session, ("陈静", "9", "西楼"), ("周梅", "", "南楼"), ("新来", "1", ""))
    assert _fates(plan) == [Fate.CHANGED, Fate.CHANGED, Fate.NEW]
    assert plan.rows[0].changed == ("hours",)
    assert (plan.rows[0].before["hours"], plan.rows[0].after["hours"]) == (Decimal(8), Decimal(9))
    assert plan.absent_rows == ("r00002",)
    assert any("1 行不在这份台账里，原样保留" in problem.sentence for problem in plan.plan.problems)
    assert _rows(session) == [
        ("r00001", {"name": "周梅", "hours": Decimal(12), "room": "南楼", "phone": "1234"}),
        ("r00002", {"name": "刘伟", "hours": Decimal(10)}),
        ("r00003", {"name": "陈静", "hours": Decimal(9), "room": "西楼"}),
        ("r00004", {"name": "新来", "hours": Decimal(1)}),
    ]


def test_replacing_removes_what_is_absent_clears_blanks_and_keeps_ids(session: Session) -> None:
    _take(session, *FIRST)
    plan = _take(session, ("陈静", "8", ""), ("周梅", "12", "东楼"), mode=Mode.REPLACE)
    assert any("将删去" in problem.sentence for problem in plan.plan.problems)
    assert _rows(session) == [
        ("r00003", {"name": "陈静", "hours": Decimal(8)}),
        ("r00001", {"name": "周梅", "hours": Decimal(12), "room": "东楼"}),
    ]
    assert _take(session, ("陈静", "8", ""), ("周梅", "12", "东楼"), mode=Mode.REPLACE).plan.changes == ()


def test_adding_touches_no_row_that_is_known(session: Session) -> None:
    _take(session, *FIRST)
    plan = _take(session, ("周梅", "99", "北楼"), ("新来", "1", ""), mode=Mode.ADD)
    assert _fates(plan) == [Fate.KEPT, Fate.NEW]
    assert _rows(session)[0][1]["hours"] == Decimal(12)
    assert len(_rows(session)) == 4


def test_one_refused_cell_keeps_everything_out_and_is_named_with_its_cell(session: Session) -> None:
    plan = _take(session, ("周梅", "12", ""), ("刘伟", "很多", ""))
    assert plan.refused
    assert _fates(plan) == [Fate.NEW, Fate.REFUSED]
    problem = plan.plan.problems[0]
    assert (problem.place.sheet, problem.place.cell) == ("台账", "B3")
    assert "“很多”不是数" in problem.sentence
    assert session.assessment.rows("teachers") is None


def test_two_of_one_name_are_two_rows_and_are_told(session: Session) -> None:
    twice = (("周梅", "12", "东楼"), ("周梅", "7", "西楼"))
    plan = _take(session, *twice)
    assert _fates(plan) == [Fate.NEW, Fate.NEW]
    assert any("“周梅”有几行（第 2、3 行）" in problem.sentence for problem in plan.plan.problems)
    assert _take(session, *reversed(twice)).plan.changes == ()
    changed = _take(session, ("周梅", "8", "西楼"), ("周梅", "12", "东楼"))
    assert _fates(changed) == [Fate.CHANGED, Fate.SAME]
    assert changed.rows[0].row_id == "r00002"


def test_a_blank_required_cell_is_warned_of_and_its_row_taken(session: Session) -> None:
    plan = _take(session, ("", "12", "东楼"))
    assert not plan.refused
    assert any("缺“姓名”" in problem.sentence for problem in plan.plan.problems)
    assert _take(session, ("", "12", "东楼")).plan.changes == ()


def test_rows_without_a_key_are_the_same_only_where_all_of_them_is(session: Session) -> None:
    _take(session, ("", "12", "东楼"))
    plan = _take(session, ("", "7", "西楼"), ("", "12", "东楼"))
    assert _fates(plan) == [Fate.NEW, Fate.SAME]


def test_rows_end_a_roster_declared_empty(session: Session) -> None:
    empty = Field(FieldKind.EMPTY_TABLE, "teachers", 2026)
    session.make([Change(empty, None, DeclaredEmpty())], "本表无数据")
    _take(session, *FIRST)
    assert empty not in session.assessment.fields


def test_a_dash_is_a_blank_where_no_text_is_wanted(session: Session) -> None:
    plan = _take(session, ("周梅", "—", "—"))
    assert _rows(session) == [("r00001", {"name": "周梅", "room": "—"})]
    assert any("“—”按空白处理" in problem.sentence for problem in plan.plan.problems)


def test_the_clerk_says_by_what_rows_are_known(session: Session) -> None:
    _take(session, *FIRST)
    file = ledger_file(TextSheet((HEADS, ("周美", "12", "东楼"))))
    layout = with_keys(understand(session, file, "teachers"), ("room",))
    plan = plan_ledger(session, file, layout)
    assert plan.rows[0].changed == ("name",)


def test_a_row_that_lacks_part_of_its_key_is_known_by_the_rest(session: Session) -> None:
    file = ledger_file(TextSheet((HEADS, ("周梅", "12", ""), ("刘伟", "10", "东楼"))))
    layout = with_keys(understand(session, file, "teachers"), ("name", "room"))
    take_ledger(session, plan_ledger(session, file, layout))
    later = ledger_file(TextSheet((HEADS, ("周梅", "13", "西楼"), ("刘伟", "10", "南楼"))))
    plan = plan_ledger(session, later, layout)
    assert _fates(plan) == [Fate.CHANGED, Fate.NEW]
    assert plan.rows[0].row_id == "r00001"


_CELL = st.sampled_from(["", "1", "2", "3.5"])
_LINE = st.tuples(st.sampled_from(["甲", "乙", "丙", ""]), _CELL, st.sampled_from(["", "东", "西"]))


@given(st.lists(_LINE, min_size=1, max_size=8), st.lists(_LINE, max_size=8), st.sampled_from(Mode))
def test_importing_twice_is_importing_once(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[tuple[str, str, str]],
    second: list[tuple[str, str, str]],
    mode: Mode,
) -> None:
    session = ledger_session(tmp_path_factory.mktemp("ws"), programme(tables=[TABLE]))
    _take(session, *first)
    plan = _take(session, *second, mode=mode)
    after = _rows(session)
    again = _take(session, *second, mode=mode)
    if not plan.refused:
        assert again.plan.changes == ()
    assert _rows(session) == after
    for _, cells in after:
        assert cells
