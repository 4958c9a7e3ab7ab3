"""What the import of a school's own tables (台账) asks of the outside. The excel room fills it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from chuyi_desktop.app.ports import Progress, silent
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.indicator import Fillable
from chuyi_desktop.domain.problem import Place, Problem
from chuyi_desktop.domain.typed_input import Reading


class Share(StrEnum):
    """How a ledger writes the shares of a percent field where it writes them without a sign."""

    PERCENT = "percent"
    """65 is 65 %."""
    FRACTION = "fraction"
    """0.65 is 65 %."""


@dataclass(frozen=True, slots=True)
class CellRule:
    """How the cells of a ledger's column are to be read: the ``unit`` stated for them, empty for that of the
    field, and how shares are written."""

    unit: str = ""
    share: Share = Share.PERCENT


class LedgerSheet(Protocol):
    """One sheet of the school's own file, or the only one of a text file. Rows and columns count from 1; a
    block merged downwards says the same in each of its rows."""

    @property
    def name(self) -> str:
        """What the clerk calls it."""

    @property
    def row_numbers(self) -> Sequence[int]:
        """The rows with anything in them, in order."""

    @property
    def last_column(self) -> int:
        """The last column with anything in it; 0 for an empty sheet."""

    def filled(self, row: int) -> Sequence[int]:
        """The columns that are filled in a row itself, in order; merged blocks from above do not count."""

    def text(self, row: int, column: int) -> str:
        """What a person sees in a cell, empty for a blank one."""

    def head(self, row: int, column: int) -> str:
        """The same for a row of heads: a block merged to the right says the same in each of its columns."""

    def cell(self, row: int, column: int) -> str:
        """The name of a cell: ``C7``."""

    def reach(self, row: int) -> int:
        """The lowest row that blocks merged downwards from ``row`` reach; ``row`` where there are none."""

    def spreads(self, row: int) -> bool:
        """Whether a block of the row is merged over most of the sheet's columns, as titles and notes are."""

    def looks(self, row: int, column: int) -> str:
        """The kind of content: ``text``, ``number``, ``percent``, ``date``, ``other``; empty for blank."""

    def read(self, row: int, column: int, field: Fillable, rule: CellRule, place: Place) -> Reading:
        """The content of a cell as a value for ``field``."""


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """The school's own file, read. ``notes`` say what of the file was left alone: macros, links.

    ``markable`` says that refused cells can be marked in a copy of it.
    """

    path: Path
    sheets: Sequence[LedgerSheet]
    notes: tuple[Problem, ...] = ()
    markable: bool = False

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    def sheet(self, name: str) -> LedgerSheet | None:
        """The sheet of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


class Ledgers(Protocol):
    """Reads table files of any kind that schools have, and compares words."""

    def open(self, source: Path, progress: Progress = silent) -> LedgerFile:
        """The cells of ``source``, all of them. Raises InputError for what is no table."""

    def likeness(self, words: str, others: Sequence[str]) -> Sequence[int]:
        """How alike ``words`` is to each of ``others``, 0 to 100."""


class NoLedgers:
    """Where no reader of ledgers is there."""

    def open(self, source: Path, progress: Progress = silent) -> LedgerFile:
        """Raises InputError always."""
        del progress
        raise InputError("ledger.no_reader", file=source.name)

    def likeness(self, words: str, others: Sequence[str]) -> Sequence[int]:
        """Only the same is alike."""
        return [100 * (words == other) for other in others]


NO_LEDGERS = NoLedgers()
"""Where nothing else is given."""
