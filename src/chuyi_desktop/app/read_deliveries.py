"""Departments' workbooks read back: what each says of its own fields other than it was handed out with."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chuyi_desktop.app.departments.deliveries import Delivery, Statement
from chuyi_desktop.app.departments.field_marks import Marks, marks, roster_mark
from chuyi_desktop.app.departments.register import read_register
from chuyi_desktop.app.departments.shares import shares
from chuyi_desktop.app.ports import HandedOut, Progress, ShareReading, SheetRoster, silent
from chuyi_desktop.app.session import Session
from chuyi_desktop.app.split_workbook import ENDING, workspace_mark
from chuyi_desktop.domain.assessment import Field, FieldKind
from chuyi_desktop.domain.errors import CancelledError, ChuyiError, InputError
from chuyi_desktop.domain.indicator import SCHOOL_NAME
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.wording import say

_NOT_WORK = ("~$", ".")
_MOST_STRAY = 20
"""So many cells outside a department's list are named; of the rest the number is."""


def read_deliveries(
    session: Session, sources: Sequence[Path], progress: Progress = silent
) -> tuple[Delivery, ...]:
    """What ``sources`` say, files or folders of them, each file once, ordered by department and name whatever
    the order given. A file that cannot be used is among them, refused, with the reason among its problems.
    Changes nothing; a worker thread may run it. Raises InputError for a folder without workbooks."""
    files = (file for source in sources for file in _files(source))
    paths = tuple({file.resolve(): file for file in files}.values())
    found = []
    for done, (path, key) in enumerate(zip(paths, _keys(paths), strict=True)):
        progress(done, len(paths), say("departments.progress.reading", {"file": path.name}))
        found.append(_delivery(session, path, key))
    return tuple(sorted(found, key=lambda delivery: (delivery.department, delivery.key)))


def _files(source: Path) -> list[Path]:
    """The workbooks that ``source`` stands for; what Excel and WPS keep beside an open one is none."""
    if not source.is_dir():
        return [source]
    there = sorted(path for path in source.iterdir() if path.suffix.casefold() == ENDING and path.is_file())
    found = [path for path in there if not path.name.startswith(_NOT_WORK)]
    if not found:
        raise InputError("departments.no_files", folder=source)
    return found


def _keys(paths: Sequence[Path]) -> list[str]:
    """What each file is called by: its name, with as much of its folder as tells it from the others."""
    names = Counter(path.name for path in paths)
    longer = [path.name if names[path.name] == 1 else f"{path.parent.name}/{path.name}" for path in paths]
    counts = Counter(longer)
    return [key if counts[key] == 1 else str(path) for key, path in zip(longer, paths, strict=True)]


def _delivery(session: Session, path: Path, key: str) -> Delivery:
    try:
        reading = session.program.workbooks.read_share(
            path, session.programme, session.assessment.year, silent
        )
    except CancelledError:
        raise
    except ChuyiError as error:
        return _refused(path, key, Problem(error.code, place=Place(path.name), params=error.params))
    reason = _not_ours(session, path, reading)
    if reason is not None:
        return _refused(path, key, reason)
    owners = read_register(session.workspace.folder).owners
    department = owners.departments.get(reading.department, reading.department)
    lines, problems = _lines(session, path, department, reading.handed_out)
    if not lines:
        return _refused(path, key, *problems)
    judged = _Judged(lines, reading, path.name)
    statements = tuple(judged.statements())
    return Delivery(
        path,
        key,
        department,
        statements,
        judged.filled,
        sum(1 for line in lines.values() if _counts(line.field)),
        judged.cleared(),
        (*reading.reading.problems, *problems, *judged.stray()),
    )


def _refused(path: Path, key: str, *problems: Problem) -> Delivery:
    return Delivery(path, key, "", (), 0, 0, (), problems)


def _not_ours(session: Session, path: Path, reading: ShareReading) -> Problem | None:
    place = Place(path.name)
    if not reading.department:
        return Problem("departments.not_a_share", place=place)
    school = session.assessment.value(SCHOOL_NAME)
    ours = school if isinstance(school, str) else ""
    if ours and reading.school not in {"", ours} and reading.workspace != workspace_mark(session):
        return Problem(
            "departments.other_school", place=place, params={"there": reading.school, "ours": ours}
        )
    return None


def _lines(
    session: Session, path: Path, department: str, handed_out: Sequence[HandedOut] | None
) -> tuple[dict[Field, HandedOut], list[Problem]]:
    """What the workbook was asked, by field; where it lost its list, what its department is asked now."""
    place = Place(path.name)
    if handed_out:
        return {line.field: line for line in handed_out}, []
    register = read_register(session.workspace.folder)
    for share in shares(session.programme, session.assessment.year, register.owners):
        if share.department == department:
            lost = Problem("departments.list_lost", Severity.WARNING, place)
            return {field: HandedOut(field) for field in share.fields}, [lost]
    return {}, [Problem("departments.unknown_share", place=place, params={"department": department})]


def _counts(field: Field) -> bool:
    return not field.item and field.kind is not FieldKind.EXPLANATION


@dataclass(slots=True)
class _Judged:
    """A reading held against the list of what went out."""

    lines: Mapping[Field, HandedOut]
    reading: ShareReading
    file: str

    def statements(self) -> Iterator[Statement]:
        """What it says other than it was handed out with."""
        for cell in self.reading.reading.cells:
            line = self.lines.get(cell.field)
            if line is None:
                continue
            found, base = marks(cell.content), Marks(line.value, line.note)
            value = bool(found.value) and found.value != base.value
            note = bool(found.note) and found.note != base.note
            if value or note:
                yield Statement(cell.field, cell.content, cell.source, base, value, note, {})
        for field, roster in self._rosters():
            line = self.lines.get(field)
            if line is not None and roster_mark(row.cells for row in roster.rows) != line.value:
                source = roster.rows[0].source if roster.rows else self.file
                base_rows = {
                    each.field.item: each.value
                    for each in self.lines.values()
                    if each.field.item and each.field.key == field.key
                }
                yield Statement(
                    field,
                    roster,
                    source,
                    Marks(line.value),
                    states_value=True,
                    states_note=False,
                    base_rows=base_rows,
                )

    @property
    def filled(self) -> int:
        """How many of its own fields are not blank."""
        return sum(1 for field in self._said() if field in self.lines and _counts(field))

    def cleared(self) -> tuple[Field, ...]:
        """The fields that went out filled and came back blank."""
        said = self._said()
        return tuple(
            line.field
            for line in self.lines.values()
            if line.value and not line.field.item and line.field not in said
        )

    def stray(self) -> Iterator[Problem]:
        """A warning for what it says of fields that are not its own."""
        cells = [cell.source for cell in self.reading.reading.cells if cell.field not in self.lines] + [
            roster.rows[0].source if roster.rows else self.file
            for field, roster in self._rosters()
            if field not in self.lines
        ]
        for source in cells[:_MOST_STRAY]:
            yield self._warning("departments.not_own", source=source)
        if len(cells) > _MOST_STRAY:
            yield self._warning("departments.not_own_more", count=len(cells) - _MOST_STRAY)

    def _warning(self, code: str, **params: object) -> Problem:
        return Problem(code, Severity.WARNING, Place(self.file), params)

    def _said(self) -> set[Field]:
        """The fields with a value."""
        valued = {cell.field for cell in self.reading.reading.cells if marks(cell.content).value}
        return valued | {field for field, _ in self._rosters()}

    def _rosters(self) -> Iterator[tuple[Field, SheetRoster]]:
        """The rosters by the field each stands for; the list says of which year."""
        years = {
            line.field.key: line.field.year
            for line in self.lines.values()
            if line.field.kind is FieldKind.ROW
        }
        for roster in self.reading.reading.rosters:
            yield Field(FieldKind.ROW, roster.table_id, years.get(roster.table_id)), roster
