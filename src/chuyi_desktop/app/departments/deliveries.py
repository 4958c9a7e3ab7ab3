"""What departments delivered and what merging it comes to, as values: pages and commands show these."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from chuyi_desktop.app.departments.field_marks import Marks
from chuyi_desktop.app.departments.register import Delivered, HandOut
from chuyi_desktop.app.departments.shares import Filling
from chuyi_desktop.app.ports import SheetRoster
from chuyi_desktop.domain.assessment import Change, Content, Field, FieldKind
from chuyi_desktop.domain.problem import Problem, Severity

KEEP, BOTH = "keep", "both"
"""What a conflict can be settled by beside the key of a delivery: what the workspace has, or, of a roster,
the rows of all."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a workbook says of one field other than it was handed out with. ``states_value`` and
    ``states_note`` are the parts it says; ``base`` is what stood there, by its marks."""

    field: Field
    content: Content | SheetRoster
    source: str
    base: Marks
    states_value: bool
    states_note: bool
    base_rows: Mapping[str, str]
    """Of a roster: the mark of every row that was handed out, by its id."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A department's workbook as it came back. ``key`` tells it from the others of a run: the file's name,
    with its folder where two are called alike. ``filled`` counts its own fields that are not blank,
    ``cleared`` are those that went out filled and came back blank."""

    path: Path
    key: str
    department: str
    statements: tuple[Statement, ...]
    filled: int
    asked: int
    cleared: tuple[Field, ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether something in it keeps all of it out."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Said:
    """One of several words on a field: who says it (``key`` of a delivery, or KEEP), where, and what, as
    people read it."""

    key: str
    department: str
    source: str
    shown: str
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which two disagree. ``id`` is what a person calls it by; ``chosen`` is the key that settles
    it, empty while it is open; ``last_year`` is last year's value as people read it, where there is one."""

    field: Field
    id: str
    title: str
    said: tuple[Said, ...]
    last_year: str
    chosen: str

    @property
    def choices(self) -> tuple[str, ...]:
        """What it can be settled by."""
        keys = tuple(dict.fromkeys(each.key for each in self.said))
        return (*keys, BOTH) if self.field.kind is FieldKind.ROW else keys


class RemarkKind(StrEnum):
    """What is remarkable about a value that comes in; none of it stands in the way."""

    JUMP = "jump"
    """It differs from last year's by much."""
    EARLIER_CHANGED = "earlier_changed"
    """It changes a figure of an earlier year that was there."""
    CLEARED = "cleared"
    """A cell that was handed out filled came back blank; the value stays."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at: ``before`` and ``after`` as people read them, ``percent`` the change in percent
    as people read it, empty where it means nothing."""

    kind: RemarkKind
    field: Field
    title: str
    department: str
    file: str
    before: str
    after: str
    percent: str = ""


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging ``deliveries`` would do. ``changes`` are what nobody disputes, with what was chosen;
    ``conflicts`` are all disagreements, settled or not; ``awaited`` are departments that have delivered
    nothing, neither before nor now."""

    deliveries: tuple[Delivery, ...]
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    remarks: tuple[Remark, ...]
    awaited: tuple[str, ...]

    @property
    def open(self) -> tuple[Conflict, ...]:
        """The disagreements that nobody settled."""
        return tuple(conflict for conflict in self.conflicts if not conflict.chosen)

    @property
    def refused(self) -> tuple[Delivery, ...]:
        """The workbooks that cannot be taken."""
        return tuple(delivery for delivery in self.deliveries if delivery.refused)

    @property
    def whole(self) -> bool:
        """Whether nothing would be left behind."""
        return not self.open and not self.refused

    @property
    def fields(self) -> int:
        """How many fields would change; rows of a roster count as one."""
        return len({(change.field.kind, change.field.key, change.field.year) for change in self.changes})


@dataclass(frozen=True, slots=True)
class DepartmentState:
    """How far a department is: what it was asked and what is blank, what went out and what came back last."""

    department: str
    filling: Filling
    handed_out: HandOut | None
    delivered: Delivered | None
