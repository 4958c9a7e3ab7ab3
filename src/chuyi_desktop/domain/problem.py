"""Faults in data as values: gathered, shown, jumped to, never raised."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from chuyi_desktop.domain.wording import say


class Severity(StrEnum):
    """How much a problem weighs for the operation that found it."""

    ERROR = "error"
    """The datum was refused."""
    WARNING = "warning"
    """The datum was taken, with something the user should know."""
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands, in the terms of the thing that was read.

    A workbook cell has ``file``, ``sheet`` and ``cell`` ("C7"); a pack has ``file``, ``line`` and
    ``column`` (from 1); a field of the assessment has ``label``, the words on screen.
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int = 0
    column: int = 0
    label: str = ""

    def __str__(self) -> str:
        if self.line:
            return f"{self.file}:{self.line}:{self.column}"
        where = "!".join(part for part in (self.sheet, self.cell) if part)
        return " ".join(part for part in (where or self.file, self.label) if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: ``code`` and ``params`` give its sentence, ``place`` where it is."""

    code: str
    severity: Severity = Severity.ERROR
    place: Place = Place()
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What is wrong and what to write instead."""
        return say(self.code, self.params)

    def __str__(self) -> str:
        place = str(self.place)
        return f"{place}：{self.sentence}" if place else self.sentence
