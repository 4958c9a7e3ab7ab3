"""The hidden list of a department's workbook: which fields it was asked, and marks of what stood in them when
it was handed out. What a department left alone is so told from what it says."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlsxwriter import Workbook

from chuyi_desktop.app.ports import HandedOut
from chuyi_desktop.domain.assessment import Field, FieldKind
from chuyi_desktop.domain.values import canonical
from chuyi_desktop.excel.identity import SheetKey
from chuyi_desktop.excel.sheet import Cell, Sheet

_KIND, _KEY, _YEAR, _ITEM, _VALUE, _NOTE = range(1, 7)
_KINDS = frozenset(FieldKind)


def write_handed_out(book: Workbook, name: str, lines: Sequence[HandedOut], key: SheetKey) -> None:
    """The list, on a sheet that only a program finds. All of it is texts: ids like 001 stay what they are."""
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, str(key))
    for row, line in enumerate(lines, 1):
        place = line.field
        year = "" if place.year is None else str(place.year)
        texts = (str(place.kind), place.key, year, place.item, line.value, line.note)
        for column, text in enumerate(texts):
            if text:
                sheet.write_string(row, column, text)
    sheet.very_hidden()


def read_handed_out(sheet: Sheet) -> tuple[HandedOut, ...]:
    """The list as it stands; lines that make no sense are passed over."""
    return tuple(_lines(sheet))


def _lines(sheet: Sheet) -> Iterator[HandedOut]:
    for number in sorted(sheet.rows):
        cells = {column: _text(cell) for column, cell in sheet.rows[number].items()}
        kind, key, year = cells.get(_KIND, ""), cells.get(_KEY, ""), cells.get(_YEAR, "")
        if kind not in _KINDS or not key or not (year.isdecimal() or not year):
            continue
        place = Field(FieldKind(kind), key, int(year) if year else None, cells.get(_ITEM, ""))
        yield HandedOut(place, cells.get(_VALUE, ""), cells.get(_NOTE, ""))


def _text(cell: Cell) -> str:
    """A text, also where somebody's program made a number of it; empty for anything else."""
    return canonical(cell.content) if isinstance(cell.content, Decimal) else cell.text
