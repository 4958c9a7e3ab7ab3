"""What the outlook tells: ranges under missing data, gaps and their smallest changes, figures near a
threshold. Values with their words, for every face alike."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from chuyi_desktop.domain.assessment import Change, Field
from chuyi_desktop.domain.programme import Tier
from chuyi_desktop.domain.values import Maybe
from chuyi_desktop.domain.verdict import Outcome

# Ranges


@dataclass(frozen=True, slots=True)
class RuleRange:
    """What may still become of one rule: its possible outcomes; of an item also its points."""

    id: str
    title: str
    outcomes: tuple[Outcome, ...]
    lowest: Decimal | None = None
    highest: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def decided(self) -> bool:
        """Whether nothing that is still filled in changes it."""
        return len(self.outcomes) == 1 and self.lowest == self.highest


@dataclass(frozen=True, slots=True)
class OpenInput:
    """Something not filled in, and what hangs on it: undecided conditions and items by id, and the ``points``
    between the worst and the best of these items. ``decides_tier``: filled in alone, it can settle the tier.

    The field of a roster of which nothing is said is that of its rows, without an item.
    """

    field: Field
    label: str
    conditions: tuple[str, ...]
    items: tuple[str, ...]
    points: Decimal
    decides_tier: bool
    message: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a school can still come out with, whatever it fills in: points, tiers best first, every rule, and
    the missing inputs, those that decide most first.

    ``exact``: both ends of the points and every tier are reached by some filling; else they are outer bounds,
    and none is missing from them.
    """

    lowest: Decimal
    highest: Decimal
    maximum: Decimal
    possible_tiers: tuple[Tier, ...]
    none_possible: bool
    """Whether it may come out with no tier at all, in a programme where that can be."""
    exact: bool
    rules: tuple[RuleRange, ...]
    open_inputs: tuple[OpenInput, ...]
    message: str


# Gap


class Aim(StrEnum):
    """What a change is to reach."""

    MET = "met"
    """The condition is met."""
    FULL = "full"
    """The item gives its full points."""
    BETTER = "better"
    """The item gives the next better points."""


class Direction(StrEnum):
    """Which way a change goes."""

    MORE = "more"
    FEWER = "fewer"
    FILL = "fill"
    """Something not filled in is filled in, with no less than so much."""
    FILL_NO_MORE = "fill_no_more"
    """Something not filled in is filled in, with no more than so much."""
    ANSWER = "answer"
    """An answer, a choice or a level."""


@dataclass(frozen=True, slots=True)
class GapChange:
    """The smallest change of one input that reaches ``aim``. Applied to the assessment, ``edits`` do it.
    Of something not filled in it is the least (or most) that breaks nothing besides, where there is such.

    ``key`` is the id of the indicator, condition, item or roster; ``before`` and ``after`` are its values, of
    a roster the numbers of rows meant, or their sum. ``breaks`` are the ids of rules met now that would no
    longer be, and of blocking checks that would speak; ``breaks_titles`` their titles. ``points``: what the
    item then gives.
    """

    key: str
    label: str
    year: int
    aim: Aim
    direction: Direction
    before: Maybe
    after: Maybe
    difference: Decimal | None
    unit: str
    effort: Decimal | None
    """The relative change, None where there is nothing to compare with."""
    breaks: tuple[str, ...]
    breaks_titles: tuple[str, ...]
    worst: int
    """0 where it breaks nothing, 1 where only checks ask for other data to be changed with it, 2 where a rule
    met now would no longer be."""
    points: Decimal | None
    edits: tuple[Change, ...]
    message: str


@dataclass(frozen=True, slots=True)
class RuleGap:
    """A rule that is not met and every single change that meets it, the best first: those that break nothing,
    then the relatively smallest.

    ``needs`` are labels of missing inputs that must be filled in first. ``unsettled``: labels of inputs for
    which the search was given up, so that nothing is said of them. ``options`` are those of a k-of-n that
    are not met.
    """

    id: str
    title: str
    group: str
    outcome: Outcome
    gap: Decimal | None
    points: Decimal | None
    maximum: Decimal | None
    changes: tuple[GapChange, ...]
    needs: tuple[str, ...]
    unsettled: tuple[str, ...]
    options: tuple["RuleGap", ...]
    distance: str
    """How it stands, in words: 未达到，还差 5.58 ㎡."""
    message: str


@dataclass(frozen=True, slots=True)
class GapReport:
    """The rules between a school and ``tier``; with no tier all rules not met. ``reached``: nothing stands
    between. ``points_short``: points still missing to the tier's minimum, None where it asks for none."""

    tier: Tier | None
    reached: bool
    points_short: Decimal | None
    allowed_unmet: int
    """How many of the conditions listed may stay unmet for the tier."""
    rules: tuple[RuleGap, ...]
    message: str


# Sensitivity


@dataclass(frozen=True, slots=True)
class Miscount:
    """The nearest other number of an input at which something turns. ``difference`` is signed;
    ``share`` is relative, None beside a zero. For the tier ``before`` and ``after`` are names of tiers; for
    rules, ``rules`` are the ids of all that turn there."""

    value: Decimal
    difference: Decimal
    share: Decimal | None
    before: str
    after: str
    rules: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class NearThreshold:
    """A known number near which something turns, each way: the tier, or some rule. ``field`` is that of the
    indicator, or of a roster's rows. ``proofs`` are the evidence files linked to it or to the rules it is
    near."""

    field: Field
    label: str
    value: Decimal
    shown: str
    unit: str
    tier_turns: tuple[Miscount, ...]
    rule_turns: tuple[Miscount, ...]
    proofs: int
    exact: bool
    """Whether the search came to its end."""
    message: str


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Inputs near a threshold within ``reach`` percent: first those that turn the tier, nearest first."""

    reach: Decimal
    inputs: tuple[NearThreshold, ...]
    message: str
