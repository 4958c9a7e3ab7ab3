"""Rows of the sheet 结论, written one below the other."""

from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chuyi_desktop.excel.styles import QUIET_INK
from chuyi_desktop.excel.twin.notation import Cached
from chuyi_desktop.excel.twin.pen import Pen

FIRST, LAST = 1, 7
"""The columns of the sheet, from 0."""


@dataclass(slots=True)
class Rows:
    """The sheet as far as it is written; ``row`` is the next, from 0."""

    pen: Pen
    sheet: Worksheet
    row: int

    def label(self, words: str) -> None:
        """A label at the left; the row goes on."""
        self.pen.text(self.sheet, self.row, FIRST, words, self.pen.styles.head())

    def wide(self, first: int, last: int, formula: str, now: Cached, style: Format, height: float) -> None:
        """A formula over several columns, which ends the row."""
        self.sheet.merge_range(self.row, first, self.row, last, "", style)
        self.pen.formula(self.sheet, self.row, first, formula, now, style)
        self.sheet.set_row(self.row, height)
        self.row += 1

    def note(self, words: str) -> None:
        """A row of small words."""
        style = self.pen.styles.of(font_size=9, font_color=QUIET_INK, text_wrap=True, indent=1)
        self.sheet.merge_range(self.row, FIRST, self.row, LAST, words, style)
        self.sheet.set_row(self.row, 30)
        self.row += 1

    def merged(self, first: int, last: int, words: str, style: Format) -> None:
        """Words over several columns; the row goes on."""
        self.sheet.merge_range(self.row, first, self.row, last, "", style)
        self.pen.text(self.sheet, self.row, first, words, style)

    def head(self, *columns: tuple[int, int, str]) -> None:
        """The heads of a table, a blank row above: first and last column, words."""
        self.row += 1
        style = self.pen.styles.head()
        for first, last, words in columns:
            if first == last:
                self.pen.text(self.sheet, self.row, first, words, style)
            else:
                self.merged(first, last, words, style)
        self.sheet.set_row(self.row, 24)
        self.row += 1
