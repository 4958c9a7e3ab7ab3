"""A sheet of cells as the import of ledgers looks at it; fills ``LedgerSheet``."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal

from chuyi_desktop.app.ledgers.ports import CellRule
from chuyi_desktop.domain.indicator import Fillable
from chuyi_desktop.domain.problem import Place
from chuyi_desktop.domain.typed_input import Reading
from chuyi_desktop.domain.values import canonical
from chuyi_desktop.excel.ledger.cell_reading import read_ledger_cell
from chuyi_desktop.excel.sheet import Cell, ErrorValue, Merge, Sheet, column_letters

_MOST = 0.6
_FEWEST = 3
_TALLEST_HEAD = 3
_HEAD_ROWS = 60
_MOST_IN_A_ROW = 500
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_DATE = re.compile(r"(?:19|20)\d\d\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{0,2}\s*日?)?(?:\s.*)?")
_BLANK = Cell("")


class SheetView:
    """A sheet; ``since_1904`` says from when its days count."""

    def __init__(self, sheet: Sheet, *, since_1904: bool = False) -> None:
        self._sheet = sheet
        self._since_1904 = since_1904
        self._numbers = sorted(sheet.rows)
        self._last = max((max(row) for row in sheet.rows.values()), default=0)
        self._down: dict[int, list[Merge]] = {}
        self._above: dict[int, list[Merge]] = {}
        wide: list[Merge] = []
        for block in sheet.merges:
            if block.bottom > block.top:
                self._down.setdefault(block.left, []).append(block)
            for row in range(block.top, min(block.bottom, _HEAD_ROWS) + 1):
                over = self._above.setdefault(row, [])
                if len(over) < _MOST_IN_A_ROW:
                    over.append(block)
            if block.right - block.left + 1 >= max(_FEWEST, _MOST * self._last):
                wide.append(block)
        for blocks in self._down.values():
            blocks.sort(key=lambda block: block.top)
        self._wide = _joined(wide)

    @property
    def name(self) -> str:
        """What the clerk calls it."""
        return self._sheet.name

    @property
    def row_numbers(self) -> Sequence[int]:
        """The rows with anything in them, in order."""
        return self._numbers

    @property
    def last_column(self) -> int:
        """The last column with anything in it."""
        return self._last

    def filled(self, row: int) -> Sequence[int]:
        """The columns that are filled in the row itself."""
        return sorted(self._sheet.rows.get(row, ()))

    def text(self, row: int, column: int) -> str:
        """What a person sees in a cell."""
        cell = self._cell(row, column)
        return "" if cell is None else _shown(cell)

    def head(self, row: int, column: int) -> str:
        """The same in a row of heads."""
        own = self.text(row, column)
        if own:
            return own
        for block in self._above.get(row, ()):
            if block.left <= column <= block.right:
                return self.text(block.top, block.left)
        return ""

    def cell(self, row: int, column: int) -> str:
        """The name of a cell."""
        return f"{column_letters(column)}{row}"

    def reach(self, row: int) -> int:
        """The lowest row that blocks merged downwards from ``row`` reach."""
        return max(
            (
                block.bottom
                for block in self._above.get(row, ())
                if block.top == row and block.bottom - row < _TALLEST_HEAD
            ),
            default=row,
        )

    def spreads(self, row: int) -> bool:
        """Whether a block of the row is merged over most of the columns."""
        index = bisect_right(self._wide, row, key=lambda span: span[0]) - 1
        return index >= 0 and row <= self._wide[index][1]

    def looks(self, row: int, column: int) -> str:
        """The kind of content."""
        cell = self._cell(row, column)
        content = _BLANK.content if cell is None else cell.content
        match content:
            case None | ErrorValue() | bool():
                return "other"
            case datetime():
                return "date"
            case Decimal():
                return "percent" if cell is not None and cell.percent else "number"
            case _:
                return _kind_of_text(content)

    def read(self, row: int, column: int, field: Fillable, rule: CellRule, place: Place) -> Reading:
        """The content of a cell as a value for ``field``."""
        cell = self._cell(row, column) or _BLANK
        return read_ledger_cell(cell, field, rule, place, since_1904=self._since_1904)

    def _cell(self, row: int, column: int) -> Cell | None:
        """The cell, or that of the block merged downwards which covers it."""
        filled = self._sheet.rows.get(row)
        if filled is not None and column in filled:
            return filled[column]
        blocks = self._down.get(column)
        if not blocks:
            return None
        index = bisect_left(blocks, row + 1, key=lambda block: block.top) - 1
        if index >= 0 and row <= blocks[index].bottom:
            return self._sheet.cell(blocks[index].top, column)
        return None


def _joined(blocks: Sequence[Merge]) -> list[tuple[int, int]]:
    """The rows that blocks cover as spans apart from one another, however the blocks overlap."""
    spans: list[tuple[int, int]] = []
    for block in sorted(blocks, key=lambda block: block.top):
        if spans and block.top <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], block.bottom))
        else:
            spans.append((block.top, block.bottom))
    return spans


def _shown(cell: Cell) -> str:
    content = cell.content
    match content:
        case None:
            return "="
        case ErrorValue():
            return content.text
        case bool():
            return "TRUE" if content else "FALSE"
        case datetime():
            return content.date().isoformat() if content.time() == time() else content.isoformat(" ")
        case Decimal():
            return f"{canonical(content * 100)}%" if cell.percent else canonical(content)
        case _:
            return content.strip()


def _kind_of_text(text: str) -> str:
    plain = text.strip()
    if not plain:
        return ""
    if plain.endswith(("%", "％")):
        return "percent"
    if _NUMBER.fullmatch(plain):
        return "number"
    return "date" if _DATE.fullmatch(plain) else "text"
