"""提升方案: what a school may change to reach a tier, and the changes that do it. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from chuyi_desktop.domain.assessment import Change, Field
from chuyi_desktop.domain.programme import Tier
from chuyi_desktop.domain.values import Value
from chuyi_desktop.domain.verdict import Finding, Verdict

DEFAULT_PLANS = 3
"""Different improvements looked for where nothing else is said."""

Bounds = tuple[Decimal | None, Decimal | None]
"""The least and the most a figure may become; None where the school sets no limit."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the school wants and allows. A lever (可变指标) is addressed by its field: the value of an
    indicator, the answer to an attested condition, the level of a rubric, or the rows of a roster
    (``Field(ROW, table, year)`` without a row).

    ``frozen`` stay as they are; ``costs`` multiply the cost of a lever, which is otherwise the relative
    change of a figure, and 1 for an answer or a step of level.
    """

    tier: Tier
    frozen: frozenset[Field] = frozenset()
    limits: Mapping[Field, Bounds] = field(default_factory=dict)
    costs: Mapping[Field, Decimal] = field(default_factory=dict)
    plans: int = DEFAULT_PLANS


class LeverKind(StrEnum):
    """What is changed."""

    FIGURE = "figure"
    """The value of an indicator."""
    ANSWER = "answer"
    """The answer to an attested condition, from 否 or 未填 to 是."""
    LEVEL = "level"
    """The level of a rubric."""
    ROWS = "rows"
    """Rows added to a roster."""


@dataclass(frozen=True, slots=True)
class AddedRows:
    """``count`` new rows of a roster that have these ``cells``, by column id; ``shown`` is the same by column
    name and label. ``amounts`` are what the new rows must come to in sum, by column id."""

    count: int
    cells: Mapping[str, Value]
    shown: Mapping[str, str]
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    shown_amounts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One change of an improvement.

    ``id`` is what ``chuyi set`` takes: an id, ``id@year`` for an earlier year; the table's id for rows.
    ``before`` is None where nothing is filled in: the step then is an assumption (``assumed``) about a
    figure that the school must fill in first, and ``after`` is the least (or most) it may turn out to be.
    ``setting`` is ``after`` as ``chuyi set`` takes it. ``sentence`` is the whole step in words.
    """

    id: str
    field: Field
    kind: LeverKind
    title: str
    before: Value | None
    after: Value
    setting: str
    shown_before: str
    shown_after: str
    shown_difference: str
    unit: str
    cost: Decimal
    assumed: bool
    sentence: str
    adds: tuple[AddedRows, ...] = ()


@dataclass(frozen=True, slots=True)
class Improvement:
    """提升方案: changes after which the engine says ``tier`` for certain; ``verdict`` is what it says.

    ``optimal``: no cheaper one exists, proved, of those that turn no check against the school; what is 未填
    is looked at up to a hundred million. Else ``gap`` is the part of the cost that a cheaper one might still
    save, from 0 to 1, None where nothing is known of it. ``new_findings`` are checks that do not hold once
    the changes are made and hold, or are not judged, now: what must follow, as rosters that must agree.
    """

    steps: tuple[Step, ...]
    cost: Decimal
    tier: Tier
    optimal: bool
    gap: Decimal | None
    verdict: Verdict
    changes: tuple[Change, ...]
    new_findings: tuple[Finding, ...]

    @property
    def points(self) -> Decimal:
        """Points after the changes."""
        return self.verdict.points

    @property
    def assumptions(self) -> tuple[Step, ...]:
        """The steps that only assume what is 未填 now."""
        return tuple(step for step in self.steps if step.assumed)


@dataclass(frozen=True, slots=True)
class Improvements:
    """What was found for ``tier``, best first; where nothing was, ``reasons`` say why in sentences.

    ``reached`` says that the tier is reached already: the one improvement then changes nothing.
    """

    tier: Tier
    plans: tuple[Improvement, ...]
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reached: bool = False
