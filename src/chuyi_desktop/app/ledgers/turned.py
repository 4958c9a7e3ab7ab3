"""A sheet looked at on its side: where indicators stand as heads beside one another, with a row of values
for each year."""

from collections.abc import Sequence

from chuyi_desktop.app.ledgers.ports import CellRule, LedgerSheet
from chuyi_desktop.domain.indicator import Fillable
from chuyi_desktop.domain.problem import Place
from chuyi_desktop.domain.typed_input import Reading

MOST_ROWS = 60
"""Filled rows of a sheet that may be looked at on its side: each becomes a column."""


class Turned:
    """``sheet`` with its rows as columns; the names of cells stay those of the file. Rows keep their order
    but not their numbers: the third filled row is the third column."""

    def __init__(self, sheet: LedgerSheet) -> None:
        self._sheet = sheet
        self._rows = tuple(sheet.row_numbers[:MOST_ROWS])
        self._columns: dict[int, list[int]] = {}
        for at, row in enumerate(self._rows, 1):
            for column in sheet.filled(row):
                self._columns.setdefault(column, []).append(at)

    @property
    def name(self) -> str:
        """What the clerk calls it."""
        return self._sheet.name

    @property
    def row_numbers(self) -> Sequence[int]:
        """The columns of the sheet with anything in them."""
        return sorted(self._columns)

    @property
    def last_column(self) -> int:
        """How many of its rows are filled."""
        return len(self._rows)

    def filled(self, row: int) -> Sequence[int]:
        """The filled ones."""
        return self._columns.get(row, [])

    def text(self, row: int, column: int) -> str:
        """What a person sees."""
        return self._sheet.text(self._rows[column - 1], row)

    def head(self, row: int, column: int) -> str:
        """The same: nothing is merged here."""
        return self.text(row, column)

    def cell(self, row: int, column: int) -> str:
        """The name of the cell in the file."""
        return self._sheet.cell(self._rows[column - 1], row)

    def reach(self, row: int) -> int:
        """Nothing is merged here."""
        return row

    def spreads(self, row: int) -> bool:
        """Nothing is merged here."""
        del row
        return False

    def looks(self, row: int, column: int) -> str:
        """The kind of content."""
        return self._sheet.looks(self._rows[column - 1], row)

    def read(self, row: int, column: int, field: Fillable, rule: CellRule, place: Place) -> Reading:
        """The content as a value."""
        return self._sheet.read(self._rows[column - 1], row, field, rule, place)
