from decimal import Decimal
from pathlib import Path

from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.import_workbook import import_workbook
from chuyi_desktop.app.ports import FilledCell, SheetRoster, SheetRow, WorkbookReading
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import Entry, Field, FieldKind, OriginKind, Rating
from chuyi_desktop.domain.problem import Place, Problem
from tests.app.school import small_program
from tests.fakes import ScriptedWorkbooks

STUDENTS = Field(FieldKind.VALUE, "student_count", 2026)
FILE = Path("填报.xlsx")


def _session(tmp_path: Path, reading: WorkbookReading) -> tuple[Session, ScriptedWorkbooks]:
    workbooks = ScriptedWorkbooks(reading)
    return begin(small_program(tmp_path, workbooks), tmp_path / "ws", "small", 2026, {}), workbooks


def _cell(value: int) -> FilledCell:
    return FilledCell(STUDENTS, Entry(Decimal(value)), "填报.xlsx 基本情况!C3")


def _roster(*rows: tuple[str, str]) -> SheetRoster:
    return SheetRoster("teachers", tuple(SheetRow(row_id, {"name": name}, "") for row_id, name in rows))


def _names(session: Session) -> list[tuple[str, object]]:
    return [(row.id, row.cells["name"]) for row in session.assessment.rows("teachers") or ()]


def test_a_value_comes_in_with_its_cell_and_a_second_import_changes_nothing(tmp_path: Path) -> None:
    session, _ = _session(tmp_path, WorkbookReading((_cell(3091),), (), ()))
    assert len(import_workbook(session, FILE).changes) == 1
    entry = session.assessment.entry("student_count")
    assert entry is not None
    assert entry.origin is not None
    assert (entry.origin.kind, entry.origin.source) == (OriginKind.IMPORTED, "填报.xlsx 基本情况!C3")
    assert import_workbook(session, FILE).changes == ()
    assert len(session.workspace.journal()) == 2  # begin, one import


def test_one_bad_cell_keeps_everything_out(tmp_path: Path) -> None:
    bad = Problem(
        "input.not_a_plain_number", place=Place("填报.xlsx", "基本情况", "C4"), params={"found": "很多"}
    )
    session, _ = _session(tmp_path, WorkbookReading((_cell(3091),), (), (bad,)))
    plan = import_workbook(session, FILE)
    assert plan.refused
    assert session.assessment.entry("student_count") is None


def test_a_note_survives_a_workbook_without_notes(tmp_path: Path) -> None:
    session, _ = _session(tmp_path, WorkbookReading((_cell(3091),), (), ()))
    change = session.assessment.change(STUDENTS, Entry(Decimal(1), note="含联办"))
    assert change is not None
    session.make([change], "填写")
    import_workbook(session, FILE)
    entry = session.assessment.entry("student_count")
    assert entry is not None
    assert (entry.value, entry.note) == (Decimal(3091), "含联办")


def test_a_note_alone_clears_no_value(tmp_path: Path) -> None:
    cell = FilledCell(STUDENTS, Entry(None, note="待核"), "")
    session, _ = _session(tmp_path, WorkbookReading((cell,), (), ()))
    change = session.assessment.change(STUDENTS, Entry(Decimal(7)))
    assert change is not None
    session.make([change], "填写")
    import_workbook(session, FILE)
    assert session.assessment.entry("student_count") == Entry(Decimal(7), note="待核")


def test_a_level_without_a_note_keeps_the_note(tmp_path: Path) -> None:
    field = Field(FieldKind.RATING, "party")
    session, _ = _session(tmp_path, WorkbookReading((FilledCell(field, Rating("good"), ""),), (), ()))
    change = session.assessment.change(field, Rating("fair", "见附件"))
    assert change is not None
    session.make([change], "自评")
    import_workbook(session, FILE)
    assert session.assessment.rating("party") == Rating("good", "见附件")


def test_roster_rows_without_ids_are_recognised_by_content(tmp_path: Path) -> None:
    session, workbooks = _session(tmp_path, WorkbookReading((), (_roster(("", "甲"), ("", "乙")),), ()))
    import_workbook(session, FILE)
    assert _names(session) == [("r00001", "甲"), ("r00002", "乙")]
    assert import_workbook(session, FILE).changes == ()
    workbooks.reading = WorkbookReading((), (_roster(("", "丙"), ("r00002", "乙乙"), ("", "甲")),), ())
    import_workbook(session, FILE)
    assert _names(session) == [("r00003", "丙"), ("r00002", "乙乙"), ("r00001", "甲")]


def test_rows_the_sheet_no_longer_has_go_and_come_back_by_undo(tmp_path: Path) -> None:
    session, workbooks = _session(tmp_path, WorkbookReading((), (_roster(("", "甲"), ("", "乙")),), ()))
    import_workbook(session, FILE)
    workbooks.reading = WorkbookReading((), (_roster(("r00002", "乙")),), ())
    import_workbook(session, FILE)
    assert _names(session) == [("r00002", "乙")]
    session.undo()
    assert _names(session) == [("r00001", "甲"), ("r00002", "乙")]


def test_an_id_twice_on_a_sheet_is_two_rows(tmp_path: Path) -> None:
    session, _ = _session(tmp_path, WorkbookReading((), (_roster(("a", "甲"), ("a", "乙")),), ()))
    import_workbook(session, FILE)
    assert sorted(name for _, name in _names(session)) == ["乙", "甲"]


def test_a_roster_declared_empty_is_zero_rows_not_missing(tmp_path: Path) -> None:
    declared = SheetRoster("teachers", (), declared_empty=True)
    session, workbooks = _session(tmp_path, WorkbookReading((), (declared,), ()))
    assert session.assessment.rows("teachers") is None
    import_workbook(session, FILE)
    assert session.assessment.rows("teachers") == ()
    workbooks.reading = WorkbookReading((), (_roster(("", "甲")),), ())
    import_workbook(session, FILE)
    assert _names(session) == [("r00001", "甲")]
    assert Field(FieldKind.EMPTY_TABLE, "teachers", 2026) not in session.assessment.fields
