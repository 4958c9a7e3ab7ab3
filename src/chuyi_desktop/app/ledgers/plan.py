"""What taking a ledger would do: every value as it will be stored, what is refused and why, which rows are
passed over. Values only; ``ledgers.rosters`` and ``ledgers.figures`` make them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from chuyi_desktop.app.changes import Plan
from chuyi_desktop.app.ledgers.layout import Layout
from chuyi_desktop.domain.problem import Problem
from chuyi_desktop.domain.values import Value


class Mode(StrEnum):
    """What becomes of the roster's rows."""

    UPDATE = "update"
    """Rows known again by their keys are brought up to date, others are added; rows that the file does not
    have stay, and so do cells that the file leaves blank."""
    ADD = "add"
    """Only rows not known yet are added; the others stay as they are."""
    REPLACE = "replace"
    """Afterwards the roster has the file's rows and no others, in the file's order; columns that the file
    does not have stay in rows known again."""


class Fate(StrEnum):
    """What becomes of a row or value of the file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"
    """Known already and, adding only, left as it is."""
    REFUSED = "refused"
    """Something in it cannot be taken."""


class Skip(StrEnum):
    """Why a row of the file is passed over."""

    BLANK = "blank"
    TOTAL = "total"
    """合计, 小计 …"""
    NOTE = "note"
    """A note or signature line."""
    HEAD = "head"
    """The heads once more, as on every printed page."""
    NO_TARGET = "no_target"
    """A row of an indicator ledger that is matched to no indicator."""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row of the file for a roster: its row number there, its row id in the roster (empty where refused),
    what stood and what will stand. ``problems`` are those of its cells."""

    number: int
    row_id: str
    fate: Fate
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """The columns (ids) whose value will be another."""
        names = dict.fromkeys((*self.before, *self.after))
        return tuple(name for name in names if self.before.get(name) != self.after.get(name))


@dataclass(frozen=True, slots=True)
class PlannedValue:
    """A cell of the file for an indicator and year; ``after`` is None where it is refused."""

    cell: str
    indicator_id: str
    year: int
    found: str
    fate: Fate
    before: Value | None
    after: Value | None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class LedgerPlan:
    """Everything that taking the sheet would do. ``plan`` holds the changes and all problems; it is refused
    as a whole where any cell is."""

    file: str
    layout: Layout
    mode: Mode
    plan: Plan
    rows: tuple[PlannedRow, ...] = ()
    values: tuple[PlannedValue, ...] = ()
    skipped: Mapping[Skip, tuple[int, ...]] = field(default_factory=dict)
    """The numbers of the rows passed over."""
    absent_rows: tuple[str, ...] = ()
    """Ids of rows of the roster that the file does not have."""

    @property
    def refused(self) -> bool:
        """Whether nothing of it can be taken."""
        return self.plan.refused

    def count(self, fate: Fate) -> int:
        """How many rows or values have this fate."""
        return sum(1 for row in self.rows if row.fate is fate) + sum(
            1 for value in self.values if value.fate is fate
        )
