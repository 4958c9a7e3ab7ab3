"""Departments' workbooks through real files: what is handed out, what comes back, what is lost on the way."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.departments.register import Register, read_register, write_register
from chuyi_desktop.app.departments.shares import Owners, part_of, shares
from chuyi_desktop.app.merge_workbooks import make_merge, plan_merge
from chuyi_desktop.app.ports import ShareCover, silent
from chuyi_desktop.app.read_deliveries import read_deliveries
from chuyi_desktop.app.session import Session
from chuyi_desktop.app.split_workbook import handed_out, split_workbook, workspace_mark
from chuyi_desktop.domain.assessment import Assessment, Content, Entry, Field, FieldKind
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.excel.workbooks import ExcelWorkbooks
from tests.app.school import small_program
from tests.builders import YEAR
from tests.excel.generated import Case, cases
from tests.excel.school import filled_fields, small_assessment, small_programme, value
from tests.fakes import MemoryLibrary

DEPARTMENTS = ("教务处", "人事处", "总务处")


def session_of(folder: Path, programme: Programme, fields: Mapping[Field, Content]) -> Session:
    """A workspace of the programme with ``fields``, over memory but with real workbooks."""
    program = replace(small_program(folder), library=MemoryLibrary(programme), workbooks=ExcelWorkbooks())
    session = begin(program, folder / "ws", programme.id, YEAR, {})
    changes = [session.assessment.change(place, content) for place, content in fields.items()]
    session.make([change for change in changes if change is not None], "填写")
    return session


def filled_by_departments(session: Session, filled: Assessment, folder: Path) -> list[Path]:
    """The workbooks as they come back: handed out with what the session has, filled in as ``filled`` is."""
    paths = []
    for number, share in enumerate(shares(session.programme, YEAR, _owners(session))):
        cover = ShareCover(
            share.department, "", workspace_mark(session), handed_out(share, session.assessment)
        )
        path = folder / f"{number}.xlsx"
        part = part_of(session.programme, share)
        session.program.workbooks.write_share(part, filled, cover, path, silent)
        paths.append(path)
    return paths


def _owners(session: Session) -> Owners:
    return read_register(session.workspace.folder).owners


def _at_random(session: Session, data: st.DataObject) -> None:
    """Things go to departments as chance has it."""
    ids = [item.id for share in shares(session.programme, YEAR, Owners()) for item in share.items]
    items = {item: data.draw(st.sampled_from(DEPARTMENTS)) for item in ids}
    write_register(session.workspace.folder, Register(Owners(items=items)))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(), st.data())
def test_what_departments_fill_in_apart_comes_together_whole(case: Case, data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        session = session_of(Path(name), case.programme, {})
        _at_random(session, data)
        paths = filled_by_departments(session, case.assessment, Path(name))
        plan = plan_merge(session, read_deliveries(session, data.draw(st.permutations(paths))))
        assert (plan.refused, plan.conflicts, plan.awaited) == ((), (), ())
        make_merge(session, plan)
        assert _by_words(session.assessment.fields) == _by_words(case.assessment.fields)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(), st.data())
def test_a_workbook_nobody_touched_says_nothing(case: Case, data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        session = session_of(Path(name), case.programme, case.assessment.fields)
        _at_random(session, data)
        paths = [path for _, path in split_workbook(session, Path(name) / "out").files]
        for delivery in read_deliveries(session, paths):
            assert delivery.statements == ()
            assert delivery.cleared == ()
            problems = [each for each in delivery.problems if each.code != "excel.required_missing"]
            assert problems == []


def _by_words(fields: Mapping[Field, Content]) -> tuple[object, object]:
    """Fields, with rows by what they hold; ids of rows are the program's own."""
    rows: dict[str, list[tuple[int, object]]] = {}
    for place, content in fields.items():
        if place.kind is FieldKind.ROW:
            rows.setdefault(place.key, []).append((content.position, content.cells))  # type: ignore[union-attr]  # rows
    plain = {place: content for place, content in fields.items() if place.kind is not FieldKind.ROW}
    return plain, {
        key: [cells for _, cells in sorted(found, key=lambda row: row[0])] for key, found in rows.items()
    }


# One workbook, as a department has it


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_of(tmp_path, small_programme(), filled_fields())


def _split(session: Session, folder: Path, department: str) -> Path:
    ((_, path),) = split_workbook(
        session, folder, departments=[department], due=date(2026, 9, 10), contact="李老师"
    ).files
    return path


def _words(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(
        str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None
    )


def test_it_holds_nothing_but_what_the_department_is_asked(session: Session, tmp_path: Path) -> None:
    path = _split(session, tmp_path / "out", "人事处")
    book = openpyxl.load_workbook(path)
    shown = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert shown == ["说明", "基本情况", "专任教师名册"]
    words = _words(path)
    for wanted in (
        "邵东市职业中等专业学校",
        "人事处",
        "2026年9月10日",
        "李老师",
        "部门负责人",
        "不含兼职",
        "专任教师数",
        "张三",
    ):
        assert wanted in words, wanted
    for foreign in ("建设规划", "就业率", "建校日期", "3091"):
        assert foreign not in words, foreign


def test_last_years_figure_is_shown_though_it_is_not_asked(session: Session, tmp_path: Path) -> None:
    change = session.assessment.change(value("site_area", YEAR - 1), Entry(Decimal(140000)))
    assert change is not None
    session.make([change], "填写")
    path = _split(session, tmp_path / "out", "总务处")
    book = openpyxl.load_workbook(path)
    sheet = book["办学条件：场地 设备"]
    heads = {str(cell.value): cell.column for cell in sheet[4]}
    cell = sheet.cell(5, heads["上年数（供参考）"])
    assert (cell.value, cell.protection.locked) == ("140,000", True)
    (delivery,) = read_deliveries(session, [path])
    assert (delivery.problems, delivery.statements) == ((), ())


def _without_hidden_sheets(book: Any) -> None:
    for sheet in [sheet for sheet in book if sheet.sheet_state != "visible"]:
        book.remove(sheet)


def _without_names(book: Any) -> None:
    _without_hidden_sheets(book)
    for name in list(book.defined_names):
        del book.defined_names[name]


@pytest.mark.parametrize("spoil", [_without_hidden_sheets, _without_names])
def test_whose_it_is_is_known_without_its_hidden_marks(
    session: Session, tmp_path: Path, spoil: Callable[[Any], None]
) -> None:
    path = _split(session, tmp_path / "out", "教务处")
    book = openpyxl.load_workbook(path)
    spoil(book)
    book.save(path)
    (delivery,) = read_deliveries(session, [path])
    assert delivery.department == "教务处"
    assert [(each.code, each.severity) for each in delivery.problems] == [
        ("departments.list_lost", Severity.WARNING)
    ]
    # All that stands in it is what the workspace has: there is nothing to choose.
    plan = plan_merge(session, [delivery])
    assert (plan.changes, plan.conflicts) == ((), ())


def test_a_row_pasted_from_another_department_is_ignored(session: Session, tmp_path: Path) -> None:
    path = _split(session, tmp_path / "out", "教务处")
    book = openpyxl.load_workbook(path)
    sheet = book["基本情况"]
    sheet.cell(9, 1).value, sheet.cell(9, 3).value, sheet.cell(9, 5).value = (
        "full_time_teacher_count",
        "专任教师数",
        99,
    )
    book.save(path)
    (delivery,) = read_deliveries(session, [path])
    assert [problem.code for problem in delivery.problems] == ["departments.not_own"]
    assert "E9" in delivery.problems[0].sentence
    assert delivery.statements == ()


def test_another_year_programme_or_school_is_refused(session: Session, tmp_path: Path) -> None:
    path = _split(session, tmp_path / "out", "教务处")
    books = ExcelWorkbooks()
    with pytest.raises(InputError, match="2026 年的"):
        books.read_share(path, session.programme, 2027, silent)
    other = replace(session.programme, id="other", name="别的项目")
    with pytest.raises(InputError, match="别的项目"):
        books.read_share(path, other, YEAR, silent)
    elsewhere = session_of(tmp_path / "b", session.programme, {value("school_name"): Entry("另一职校")})
    elsewhere.workspace._heads[0] = replace(  # type: ignore[attr-defined]  # the fake's: begun at another time
        elsewhere.head, created=elsewhere.head.created.replace(year=2020)
    )
    (delivery,) = read_deliveries(elsewhere, [path])
    assert [problem.code for problem in delivery.problems] == ["departments.other_school"]


def test_the_whole_workbook_is_no_departments(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "whole.xlsx"
    ExcelWorkbooks().write(session.programme, small_assessment(), path, silent)
    (delivery,) = read_deliveries(session, [path])
    assert [problem.code for problem in delivery.problems] == ["departments.not_a_share"]


def test_an_ordinary_import_takes_a_departments_workbook_too(session: Session, tmp_path: Path) -> None:
    path = _split(session, tmp_path / "out", "教务处")
    reading = ExcelWorkbooks().read(path, session.programme, YEAR, silent)
    assert reading.problems == ()
    assert {cell.field for cell in reading.cells} == {
        value("student_count"),
        value("student_count", YEAR - 1),
    }


def test_a_list_that_makes_no_sense_is_passed_over_line_by_line(session: Session, tmp_path: Path) -> None:
    path = _split(session, tmp_path / "out", "教务处")
    book = openpyxl.load_workbook(path)
    sheet = book["_发出时"]
    known = sheet.max_row
    for line in (
        ["value"],
        ["nonsense", "x", "2026"],
        ["value", "student_count", "soon"],
        [None, 3.5],
        ["row", "#N/A"],
    ):
        sheet.append(line)
    # A spreadsheet made a number of a year.
    sheet.cell(2, 3).value = 2026
    book.save(path)
    lines = ExcelWorkbooks().read_share(path, session.programme, YEAR, silent).handed_out
    assert lines is not None
    assert [line.field for line in lines] == [
        value("student_count"),
        value("student_count", YEAR - 1),
        value("student_count", YEAR - 2),
    ]
    assert known == 4
    (delivery,) = read_deliveries(session, [path])
    assert (delivery.statements, delivery.problems) == ((), ())
