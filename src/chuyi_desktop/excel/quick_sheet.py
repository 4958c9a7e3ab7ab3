"""The rows of a worksheet as nearly every program writes them, read without an XML parser.

The result is that of :class:`SheetHandler`, which also reads every piece that is written otherwise.
"""

import re
from collections.abc import Callable, Sequence
from typing import IO
from xml.sax.xmlreader import AttributesImpl

from openpyxl.utils import column_index_from_string

from chuyi_desktop.excel.quick_parts import (
    ATTRIBUTES,
    SPACE,
    TEXT,
    UnusualError,
    contents,
    demand_once,
    parse_piece,
    plain,
)
from chuyi_desktop.excel.sheet import Cell, Sheet
from chuyi_desktop.excel.stored_cells import Reader, StoredCells
from chuyi_desktop.excel.xml_parts import LAST_COLUMN, LAST_ROW, SheetHandler

_OPENING = re.compile(r"<sheetData>")
_ROW_MARK, _CELL = '<row r="', '<c r="'
_ROW = re.compile(rf'{SPACE}{_ROW_MARK}([1-9]\d{{0,6}})"({ATTRIBUTES})>{SPACE}', re.ASCII)
_ROW_START = re.compile(rf"({ATTRIBUTES})>{SPACE}{_CELL}([A-Z]+)", re.ASCII)
_EMPTY_ROW = re.compile(rf'{SPACE}{_ROW_MARK}[1-9]\d{{0,6}}"({ATTRIBUTES})/>', re.ASCII)
_HEAD = (
    r'(?: s="(?P<style>\d{1,9})")?(?: t="(?P<kind>[A-Za-z]+)")?'
    r'(?: s="(?P<late_style>\d{1,9})")?'
)
_FORMULA = rf"(?P<formula><f(?P<attributes>{ATTRIBUTES})(?:/>|>{TEXT}</f>))?"
_BEFORE_VALUE = re.compile(f"{_HEAD}>{_FORMULA}", re.ASCII)
_WITHOUT_VALUE = re.compile(
    rf"{_HEAD}(?:/>|>{_FORMULA}(?:<v/>|<v></v>)?</c>"
    rf'|><is><t(?: xml:space="preserve")?>(?P<text>{TEXT})</t></is></c>)',
    re.ASCII,
)
_TEXT = re.compile(TEXT)
_LETTERS = re.compile(r"[A-Z]{1,3}")
_NOT_AROUND = frozenset({"row", "c", "v", "t", "rPh"})
_ROW_END = "</row>"
_VALUE, _END = "<v>", "</v></c>"
_MOST_KEPT = 50_000
"""Writings of a cell that are remembered: choices, dates, blanks come again and again."""
_LONGEST_KEPT = 500
"""Characters of one that is."""


def read_sheet(stream: IO[bytes], sheet: Sheet, stored: StoredCells, count: Callable[[int], None]) -> None:
    """Put the cells of a worksheet part into ``sheet``. Raises UnusualError, or what the parser and the
    stored cells raise, where the parser must read all of it; ``count`` may refuse."""
    handler = SheetHandler(sheet, stored, count)
    rows = _Rows(handler, sheet, stored, count)
    for piece in contents(stream, _OPENING, "</row>", "</sheetData>", rows.around):
        rows.take(piece)


class _Around(SheetHandler):
    """What stands around the rows; rows and texts have no place there."""

    def start(self, name: str, attrs: AttributesImpl) -> None:
        if name in _NOT_AROUND:
            raise UnusualError
        super().start(name, attrs)


class _Columns(dict[str, int]):
    """Column numbers by letters."""

    def __missing__(self, letters: str) -> int:
        number = column_index_from_string(letters) if _LETTERS.fullmatch(letters) else 0
        if not 1 <= number <= LAST_COLUMN:
            raise UnusualError
        self[letters] = number
        return number


class _Readers(dict[str, Reader]):
    """Readers of values by what stands before them."""

    def __init__(self, stored: StoredCells) -> None:
        super().__init__()
        self._stored = stored

    def __missing__(self, before: str) -> Reader:
        match = _BEFORE_VALUE.fullmatch(before)
        if match is None:
            raise UnusualError
        kind, style, formula = _shape(match)
        if kind == "inlineStr":
            raise UnusualError
        reader = self._stored.reader(kind, style, formula=formula)
        if len(self) < _MOST_KEPT and len(before) <= _LONGEST_KEPT:
            self[before] = reader
        return reader


def _shape(match: re.Match[str]) -> tuple[str, int, bool]:
    """Type, style, and whether there is a formula."""
    style, late = match["style"], match["late_style"]
    if style and late:
        raise UnusualError
    if match["attributes"]:
        demand_once(match["attributes"])
    return match["kind"] or "n", int(style or late or 0), match["formula"] is not None


class _Cells(dict[str, Cell | None]):
    """Cells by how they are written behind their place, each understood once."""

    def __init__(self, stored: StoredCells) -> None:
        super().__init__()
        self._stored = stored
        self._readers = _Readers(stored)

    def __missing__(self, written: str) -> Cell | None:
        cell = self.understood(written)
        if len(self) >= _MOST_KEPT:
            self.clear()
        if len(written) <= _LONGEST_KEPT:
            self[written] = cell
        return cell

    def understood(self, written: str) -> Cell | None:
        """What is written; None for a blank cell."""
        before, _, rest = written.partition(_VALUE)
        text = rest.removesuffix(_END)
        if text.isdecimal() and text != rest:
            return self._readers[before](text)
        written = written.rstrip(" \t\n")
        before, _, rest = written.partition(_VALUE)
        text = rest.removesuffix(_END)
        if text == rest or not text:
            return self._without_value(written)
        reader = self._readers[before]
        if not _TEXT.fullmatch(text):
            raise UnusualError
        return reader(plain(text))

    def _without_value(self, written: str) -> Cell | None:
        match = _WITHOUT_VALUE.fullmatch(written)
        if match is None:
            raise UnusualError
        kind, style, formula = _shape(match)
        if (match["text"] is not None) != (kind == "inlineStr"):
            if match["text"] is None and not formula:
                return None
            raise UnusualError
        return self._stored.cell(kind, style, plain(match["text"] or ""), formula=formula)


class _Steps(dict[str, tuple[Cell | None, int]]):
    """What is written from behind the place of a cell up to the row number of the next one: the cell, and
    the column of the next."""

    def __init__(self, cells: _Cells, columns: _Columns) -> None:
        super().__init__()
        self._cells, self._columns = cells, columns

    def __missing__(self, written: str) -> tuple[Cell | None, int]:
        own, mark, letters = written.rpartition(_CELL)
        if not mark:
            raise UnusualError
        step = self._cells.understood(own), self._columns[letters]
        if len(self) >= _MOST_KEPT:
            self.clear()
        if len(written) <= _LONGEST_KEPT:
            self[written] = step
        return step


class _Starts(dict[str, int]):
    """What is written from behind the number of a row up to that of its first cell: the column of that."""

    def __init__(self, columns: _Columns) -> None:
        super().__init__()
        self._columns = columns

    def __missing__(self, written: str) -> int:
        match = _ROW_START.fullmatch(written)
        if match is None:
            raise UnusualError
        demand_once(match[1], "r")
        column = self._columns[match[2]]
        if len(self) < _MOST_KEPT and len(written) <= _LONGEST_KEPT:
            self[written] = column
        return column


class _Rows:
    """Takes rows, piece by piece."""

    def __init__(
        self, handler: SheetHandler, sheet: Sheet, stored: StoredCells, count: Callable[[int], None]
    ) -> None:
        self.around = _Around(sheet, stored, count)
        self._handler, self._sheet, self._count = handler, sheet, count
        self._columns = _Columns()
        self._cells = _Cells(stored)
        self._steps = _Steps(self._cells, self._columns)
        self._starts = _Starts(self._columns)

    def take(self, text: str) -> None:
        """Whole rows, or what is behind the last one."""
        *rows, rest = text.split(_ROW_END)
        taken = self._take(rows)
        if taken < len(rows) or rest.strip(" \t\n"):
            parse_piece(_ROW_END.join([*rows[taken:], rest]), "sheetData", self._handler)

    def _take(self, rows: Sequence[str]) -> int:
        """Take rows up to one that is not of the ordinary form; how many."""
        kept = number = column = 0
        taken = 0
        for row in rows:
            try:
                number, column, filled = self._row(row)
            except (UnusualError, LookupError, ValueError, ArithmeticError):
                break
            taken += 1
            if filled:
                kept += len(filled)
                known = self._sheet.rows.setdefault(number, filled)
                if known is not filled:
                    known.update(filled)
        self._count(kept)
        if taken:
            self._handler.go_on_after(number, column)
        return taken

    def _row(self, row: str) -> tuple[int, int, dict[int, Cell]]:
        """Its number, its last column, its filled cells."""
        try:
            return self._stepped(row)
        except (UnusualError, LookupError, ValueError):
            # Its number stands in it elsewhere, say.
            return self._searched(row)

    def _stepped(self, row: str) -> tuple[int, int, dict[int, Cell]]:
        """A row split by its own number, which stands in the place of every cell: the pieces in between come
        again from row to row."""
        digits = row[len(_ROW_MARK) : row.index('"', len(_ROW_MARK))]
        first, start, *pieces, last = row.split(digits + '"')
        if first != _ROW_MARK:
            raise UnusualError
        column, steps = self._starts[start], self._steps
        filled: dict[int, Cell] = {}
        blanks = 0
        for piece in pieces:
            cell, following = steps[piece]
            if cell is None:
                blanks += 1
            else:
                filled[column] = cell
            column = following
        cell = self._cells[last]
        if cell is None:
            blanks += 1
        else:
            filled[column] = cell
        if blanks + len(filled) != len(pieces) + 1:
            # One place twice.
            raise UnusualError
        return _row_number(digits), column, filled

    def _searched(self, row: str) -> tuple[int, int, dict[int, Cell]]:
        """The same cell by cell."""
        first, *written = row.split(_CELL)
        digits = self._start(first)
        filled: dict[int, Cell] = {}
        blanks = column = 0
        for one in written:
            reference, _, rest = one.partition('"')
            column = self._columns[reference.removesuffix(digits)]
            cell = self._cells[rest]
            if cell is None:
                blanks += 1
            else:
                filled[column] = cell
        if blanks + len(filled) != len(written):
            raise UnusualError
        return _row_number(digits), column, filled

    def _start(self, text: str) -> str:
        """The number of the row that begins, in digits, after others that have nothing in them."""
        at = 0
        while match := _EMPTY_ROW.match(text, at):
            demand_once(match[1], "r")
            at = match.end()
        match = _ROW.fullmatch(text, at)
        if match is None:
            raise UnusualError
        demand_once(match[2], "r")
        return match[1]


def _row_number(digits: str) -> int:
    number = int(digits)
    if not 1 <= number <= LAST_ROW or str(number) != digits:
        raise UnusualError
    return number
