"""A programme that four departments fill in, and their workbooks over memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.changes import Changed
from chuyi_desktop.app.departments.deliveries import Delivery, MergePlan
from chuyi_desktop.app.departments.register import read_register
from chuyi_desktop.app.departments.shares import shares
from chuyi_desktop.app.merge_workbooks import make_merge, plan_merge
from chuyi_desktop.app.ports import (
    FilledCell,
    HandedOut,
    ShareCover,
    ShareReading,
    SheetRoster,
    SheetRow,
    WorkbookReading,
)
from chuyi_desktop.app.read_deliveries import read_deliveries
from chuyi_desktop.app.session import Session
from chuyi_desktop.app.split_workbook import handed_out, workspace_mark
from chuyi_desktop.domain.assessment import Assessment, Content, Entry, Field, FieldKind, Row
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.problem import Problem
from chuyi_desktop.domain.programme import Asked, Programme, Section
from chuyi_desktop.domain.values import Value
from tests.app.school import INDICATORS, small_program, small_programme
from tests.fakes import MemoryLibrary, ScriptedWorkbooks

YEAR = 2026
ACADEMIC, STAFF, ESTATE, OFFICE = "教务处", "人事处", "总务处", "办公室"
_OWNERS = {
    "student_count": ACADEMIC,
    "full_time_teacher_count": STAFF,
    "senior_title_teacher_count": STAFF,
    "site_area": ESTATE,
}


def divided_programme() -> Programme:
    """The small programme, whose students are asked for two earlier years too."""
    whole = small_programme()
    sections = (
        Section("basics", "基本情况", tuple(Asked(each.id) for each in INDICATORS)),
        Section("again", "再问", (Asked("student_count", 2), Asked("site_area"))),
    )
    return replace(
        whole,
        indicators={key: replace(one, owner=_OWNERS.get(key, "")) for key, one in whole.indicators.items()},
        tables={key: replace(one, owner=STAFF) for key, one in whole.tables.items()},
        sections=sections,
    )


@dataclass
class SharedBooks(ScriptedWorkbooks):
    """Departments' workbooks: what was written, and what the test says came back."""

    handed: dict[Path, ShareCover] = field(default_factory=dict)
    back: dict[Path, ShareReading] = field(default_factory=dict)
    marked: list[tuple[Path, tuple[Problem, ...], Path]] = field(default_factory=list)

    def write_share(
        self, part: Programme, assessment: Assessment, cover: ShareCover, target: Path, progress: object
    ) -> None:
        del part, assessment, progress
        target.write_text(cover.department, "utf-8")
        self.handed[target] = cover

    def read_share(self, source: Path, programme: Programme, year: int, progress: object) -> ShareReading:
        del programme, year, progress
        if source not in self.back:
            raise InputError("excel.no_workbook", file=source.name)
        return self.back[source]


def session_of(tmp_path: Path, fields: Mapping[Field, Content] | None = None) -> Session:
    """A workspace in which ``fields`` are filled in."""
    program = replace(small_program(tmp_path, SharedBooks()), library=MemoryLibrary(divided_programme()))
    session = begin(program, tmp_path / "ws", "small", YEAR, {"school_name": "邵东职校"})
    type_in(session, fields or {})
    return session


def type_in(session: Session, fields: Mapping[Field, Content | None]) -> None:
    """Somebody types at the program itself."""
    changes = [session.assessment.change(place, content) for place, content in fields.items()]
    session.make([change for change in changes if change is not None], "填写")


def books(session: Session) -> SharedBooks:
    """The workbooks of a session."""
    found = session.program.workbooks
    assert isinstance(found, SharedBooks)
    return found


def value(indicator_id: str, year: int = YEAR) -> Field:
    """The field of a value."""
    return Field(FieldKind.VALUE, indicator_id, year)


STUDENTS, TEACHERS, AREA = value("student_count"), value("full_time_teacher_count"), value("site_area")
SAFE = Field(FieldKind.ATTESTATION, "safe")
PARTY = Field(FieldKind.RATING, "party")
PLAN = Field(FieldKind.TEXT, "plan")
ROSTER = Field(FieldKind.ROW, "teachers", YEAR)


def number(amount: int | str, note: str = "") -> Entry:
    """A number, with a note."""
    return Entry(Decimal(amount), note=note)


def list_of(session: Session, department: str) -> tuple[HandedOut, ...]:
    """What the workbook of a department carries that is written now."""
    owners = read_register(session.workspace.folder).owners
    every = shares(session.programme, YEAR, owners)
    (share,) = (each for each in every if each.department == department)
    return handed_out(share, session.assessment)


def book(
    session: Session,
    department: str,
    filled: Mapping[Field, Content],
    rows: Mapping[str, Sequence[tuple[str, Mapping[str, Value]]]] | None = None,
    *,
    name: str = "",
    problems: tuple[Problem, ...] = (),
    lines: tuple[HandedOut, ...] | None = (),
    school: str = "邵东职校",
    workspace: str = "",
) -> Path:
    """A department's workbook that came back with ``filled`` cells and rosters of ``rows`` (id and cells);
    ``lines`` are what it was handed out with, by default what one written now is."""
    path = session.workspace.folder / (name or f"{department}.xlsx")
    cells = tuple(FilledCell(place, content, f"{path.name}!{place.key}") for place, content in filled.items())
    rosters = tuple(
        SheetRoster(
            table_id,
            tuple(SheetRow(row_id, given, f"{path.name}!{at}") for at, (row_id, given) in enumerate(listed)),
            declared_empty=not listed,
        )
        for table_id, listed in (rows or {}).items()
    )
    known = list_of(session, department) if lines == () else lines
    books(session).back[path] = ShareReading(
        department,
        school,
        workspace or workspace_mark(session),
        known,
        WorkbookReading(cells, rosters, problems),
    )
    return path


def merge(session: Session, *paths: Path, choices: Mapping[Field, str] | None = None) -> Changed:
    """Read and merge, whole or not at all."""
    return make_merge(session, plan_merge(session, read_deliveries(session, paths), choices))


def deliveries(session: Session, *paths: Path) -> tuple[Delivery, ...]:
    """What came back."""
    return read_deliveries(session, paths)


def planned(session: Session, *paths: Path, choices: Mapping[Field, str] | None = None) -> MergePlan:
    """What merging would do."""
    return plan_merge(session, deliveries(session, *paths), choices)


def roster(session: Session) -> list[Mapping[str, Value]]:
    """The teachers as they are."""
    return [row.cells for row in session.assessment.rows("teachers") or ()]


def teacher_rows(*names: str) -> dict[Field, Content]:
    """Teachers in the workspace, with ids as the program makes them."""
    rows: dict[Field, Content] = {}
    for position, name in enumerate(names):
        row_id = f"r{position + 1:05}"
        rows[Field(FieldKind.ROW, "teachers", YEAR, row_id)] = Row(row_id, position, {"name": name})
    return rows
