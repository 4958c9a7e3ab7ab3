"""A worksheet as cells: what a reader found and everything else looks at."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from openpyxl.utils import column_index_from_string, get_column_letter

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """``#DIV/0!`` and its like."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell. ``content`` is None for a formula that no program has computed yet."""

    content: str | Decimal | bool | datetime | ErrorValue | None
    formula: bool = False
    percent: bool = False

    @property
    def text(self) -> str:
        """The text of a text cell; empty for every other."""
        return self.content.strip() if isinstance(self.content, str) else ""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block, its corners included; rows and columns count from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """A worksheet: filled cells by row and column, both from 1."""

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)

    def cell(self, row: int, column: int) -> Cell | None:
        """What stands at a place; None for a blank cell."""
        return self.rows.get(row, {}).get(column)


def column_letters(number: int) -> str:
    """1 is ``A``, 27 ``AA``."""
    return str(get_column_letter(number))


def parse_reference(reference: str) -> tuple[int, int] | None:
    """Row and column of ``C7`` or ``$C$7``; None for anything else."""
    match = _REFERENCE.fullmatch(reference.replace("$", "").upper())
    return (int(match[2]), column_index_from_string(match[1])) if match else None
