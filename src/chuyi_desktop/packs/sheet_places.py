"""From the line and column of a generated file back to the sheet and cell that it was made from."""

from collections.abc import Mapping
from dataclasses import replace

from chuyi_desktop.app.ports import PackReading
from chuyi_desktop.domain.problem import Place, Problem
from chuyi_desktop.domain.wording import ZH_CN
from chuyi_desktop.packs.sheet_forms import PROJECT
from chuyi_desktop.packs.sheet_layout import OTHERS, ROWS, TABLES, head, kind_word
from chuyi_desktop.packs.sheet_reading import Row, SheetData, at_steps
from chuyi_desktop.packs.source import Source, read_text
from chuyi_desktop.packs.spot import Steps


class Origins:
    """Which cells the generated ``files`` were made from."""

    def __init__(self, files: Mapping[str, str], reading: PackReading, sheets: SheetData) -> None:
        self._files, self._reading, self._sheets = files, reading, sheets
        self._sources: dict[str, Source | None] = {}

    def told(self, problem: Problem) -> Problem:
        """``problem`` at its cell, in words for a workbook; as it is where it comes from elsewhere."""
        source = self._source(problem.place.file)
        if source is None:
            return problem
        least = 2 if source.file.startswith(_CATALOGUE) else 1
        wanted = _sheets_steps(_steps_at(source, problem.place, least), source, self._sheets)
        if wanted is None:
            return problem
        place = _place(wanted, self._sheets) or _project(self._reading)
        if problem.code == "packs.missing_key":
            return _missing(problem, wanted, place, self._sheets)
        room, _, rest = problem.code.partition(".")
        code = f"sheets.{room}.{rest}"
        told = replace(problem, code=code if code in ZH_CN else problem.code, place=place)
        return _with_head(told, wanted, self._sheets)

    def place_of(self, kind: str, key: str) -> Place:
        """Where an entry of the catalogue stands on the sheets."""
        steps = _entry_steps((kind, key), self._sheets)
        return (steps and _place(steps, self._sheets)) or Place(self._reading.file)

    def _source(self, file: str) -> Source | None:
        if file not in self._sources:
            text = self._files.get(file)
            self._sources[file] = None if text is None else read_text(text, file, [])
        return self._sources[file]


_CATALOGUE = "catalogue/"


def _steps_at(source: Source, place: Place, least: int) -> Steps:
    """The piece that stands at a place of a file, or the nearest one before it; ``least`` steps deep, as the
    first entry begins where the whole mapping of entries does."""
    wanted = (place.line, place.column)
    best: tuple[tuple[int, int], int] = ((0, 0), 0)
    found: Steps = ()
    for positions in (source.positions.values, source.positions.keys):
        for steps, where in positions.items():
            if where > wanted or len(steps) < least:
                continue
            # Of several pieces that begin at the very place the whole is meant, not its first part.
            rank = (where, -len(steps) if where == wanted else len(steps))
            if rank > best:
                best, found = rank, steps
    return found


def _sheets_steps(steps: Steps, source: Source, sheets: SheetData) -> Steps | None:
    """Where the sheets' data has what stands at ``steps`` of a file; None where it comes from elsewhere."""
    if source.file.startswith(_CATALOGUE):
        return _entry_steps(steps, sheets)
    match steps:
        case ("sections", int() as page, "indicators", int() as number, *_):
            key = at_steps(source.data, steps[:4])
            return ("sections", page, ROWS, str(key)) if key is not None else ("sections", page, number)
        case ("sections", int() as page, "earlier_years", str() as key, *_):
            return ("sections", page, ROWS, key, "#earlier")
        case ("tables", int(), *_):
            return (TABLES, str(at_steps(source.data, steps[:2])), "#asked")
    return steps


def _entry_steps(steps: Steps, sheets: SheetData) -> Steps | None:
    """An entry of the catalogue on 指标 or 明细表."""
    if len(steps) < 2:  # noqa: PLR2004  # kind and id
        return None
    kind, key, *rest = steps
    if kind == "tables":
        return (TABLES, key, *rest) if (TABLES, key) in sheets.rows else None
    for row in sheets.rows:
        if row[-2:] in {(ROWS, key), (OTHERS, key)}:
            return (*row, *rest)
    return None


def _place(steps: Steps, sheets: SheetData) -> Place | None:
    """The cell of a piece, else of the row it stands in."""
    while steps:
        if steps in sheets.cells:
            return sheets.cells[steps]
        if steps in sheets.rows:
            return sheets.rows[steps].place()
        inside = [cell for cell in sheets.cells if cell[: len(steps)] == steps]
        if inside and steps not in sheets.rows and not any(row[: len(steps)] == steps for row in sheets.rows):
            return sheets.cells[inside[0]]
        steps = steps[:-1]
    return None


def _project(reading: PackReading) -> Place:
    sheet = next((one for one in reading.sheets if one.key == PROJECT.key), None)
    return Place(reading.file, "" if sheet is None else sheet.name)


def _with_head(problem: Problem, steps: Steps, sheets: SheetData) -> Problem:
    """``problem`` with the head of its column where it would name a key of the file."""
    key = problem.params.get("key")
    row, path = _row_of(steps, sheets)
    if key is None or row is None:
        return problem
    role = row.role_of(path)
    return replace(problem, params={**problem.params, "key": head(row.form.key, role)}) if role else problem


def _row_of(steps: Steps, sheets: SheetData) -> tuple[Row | None, tuple[str, ...]]:
    """The row that a piece stands in, and the way to the piece in its entry."""
    above = steps
    while above and above not in sheets.rows:
        above = above[:-1]
    return sheets.rows.get(above), tuple(str(step) for step in steps[len(above) :])


def _missing(problem: Problem, steps: Steps, place: Place, sheets: SheetData) -> Problem:
    """A key that is not there as the cell that is empty."""
    key = str(problem.params.get("key", ""))
    row, before = _row_of(steps, sheets)
    if row is None:
        if not any(kind.name == key for kind in PROJECT.kinds):
            return replace(problem, place=place)
        there = sheets.heads.get(key)
        place = Place(place.file, place.sheet) if there is None else there.place("content")
        params: dict[str, object] = {"name": kind_word(PROJECT.key, key)}
        return replace(problem, code="sheets.missing_row", place=place, params=params)
    role = row.role_of((*before, key))
    if not role:
        return replace(problem, place=row.place())
    words: dict[str, object] = {"head": head(row.form.key, role)}
    return replace(problem, code="sheets.missing", place=row.place(role), params=words)
