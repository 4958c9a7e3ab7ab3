"""结论: how a school stands, with every rule's whole derivation."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from chuyi_desktop.domain.assessment import Explanation, Origin
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.programme import Check, ThresholdCase, Tier
from chuyi_desktop.domain.provenance import Provenance
from chuyi_desktop.domain.told import Told
from chuyi_desktop.domain.values import Maybe
from chuyi_desktop.domain.wording import say


class Outcome(StrEnum):
    """How a rule came out. A scored item is met with full points and unmet with fewer."""

    MET = "met"
    UNMET = "unmet"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


class RuleKind(StrEnum):
    """The kind of a judged rule."""

    THRESHOLD = "threshold"
    REQUIREMENT = "requirement"
    AT_LEAST_OF = "at_least_of"
    ATTESTED = "attested"
    BANDS = "bands"
    LINEAR = "linear"
    RUBRIC = "rubric"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a roster that a derivation read: ``number`` counts from 1, ``origin`` says who brought it in
    and, for an import, from which file, sheet and row."""

    number: int
    row_id: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """A number a derivation used: which, of which year, its value as computed with and as shown, its unit.

    Of a roster ``value`` is how many rows it has, and ``rows`` are these.
    """

    id: str
    label: str
    year: int
    value: Maybe
    shown: str
    origin: Origin | None = None
    unit: str = ""
    rows: tuple[ReadRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What was computed on the way to a result: a derived indicator of a year, or what a formula makes of a
    roster, ``rows`` then being those that counted. ``formula`` is in the language, ``words`` the same with
    the names of the field; ``value`` is after rounding to ``digits`` (None: not rounded)."""

    id: str
    label: str
    year: int
    formula: str
    words: str
    value: Maybe
    shown: str
    unit: str = ""
    digits: int | None = None
    rows: tuple[ReadRow, ...] = ()


@dataclass(frozen=True)
class Trace:
    """A derivation: ``formula`` in the language, ``reading`` in words and the very numbers computed
    with, the ``inputs``, the ``result`` after rounding to ``digits`` (None: not rounded) with its ``unit``,
    and the ``steps`` between the inputs and the result, in the order of computing."""

    formula: Told[str] = Told()
    reading: Told[str] = Told()
    inputs: Told[tuple[Input, ...]] = Told()
    result: Maybe  # type: ignore[misc]  # Told() is no default
    digits: int | None = None
    unit: str = ""
    steps: Told[tuple[Step, ...]] = Told(())


@dataclass(frozen=True, slots=True)
class Award:
    """How the points of a scored item came about, ``words`` saying so: by bands the ``bound`` that was
    reached (None: none was); in proportion between ``zero_at`` and ``full_at``; or by the ``level`` (its id)
    that the school chose."""

    words: str
    bound: Decimal | None = None
    zero_at: Decimal | None = None
    full_at: Decimal | None = None
    level: str = ""


@dataclass(frozen=True)
class RuleOutcome:
    """One rule judged. ``group`` is its condition group or scored section; ``gap`` is what is missing to
    the threshold, positive, None where met, missing or without a number; ``points`` are None for a
    condition and where 未填; ``options`` are the parts of a k-of-n.

    ``shown_threshold`` has its sign in front (``≥ 20 ㎡``) and names every threshold that may count while
    the context is 未填; ``threshold`` is then None. A scored item's threshold is where full points begin.

    The way to it: ``trace`` derives the value; ``cases`` are the thresholds that may count, chosen by the
    figures of ``context`` (``threshold_reason`` says it in words); ``applies`` derives whether the rule is
    for this school at all, None where it is for every school; ``answer`` is what the school itself declared,
    an attestation or a level, with the number of files (``proofs``) attached; ``award`` tells how the points
    came about.
    """

    id: str
    title: str
    kind: RuleKind
    programme_id: str
    group: str
    outcome: Outcome
    provenance: Provenance
    explanation: Told[str] = Told()
    value: Maybe  # type: ignore[misc]  # Told() is no default
    shown: Told[str] = Told()
    unit: str = ""
    comparison: Comparison | None = None
    threshold: Decimal | None = None
    shown_threshold: Told[str] = Told("")
    threshold_reason: Told[str] = Told("")
    gap: Decimal | None = None
    points: Decimal | None = None
    maximum: Decimal | None = None
    trace: Told[Trace | None] = Told(None)
    options: tuple["RuleOutcome", ...] = ()
    cases: tuple[ThresholdCase, ...] = ()
    context: Told[tuple[Input, ...]] = Told(())
    applies: Told[Trace | None] = Told(None)
    answer: Told[Input | None] = Told(None)
    proofs: int = 0
    award: Told[Award | None] = Told(None)


@dataclass(frozen=True, slots=True)
class SectionScore:
    """Points of a scored section: ``points`` earned for certain, ``open_points`` still 未填."""

    id: str
    title: str
    points: Decimal
    open_points: Decimal
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A roster row in which a check does not hold: ``number`` counts from 1, ``name`` is what its first
    required text says, ``columns`` are the ids of the cells that were read, ``found`` says what they hold."""

    row_id: str
    number: int
    name: str
    columns: tuple[str, ...]
    where: str
    found: str
    shown: tuple[Input, ...]

    @property
    def message(self) -> str:
        """Row and values in one line."""
        return say("scoring.found_row", {"where": self.where, "found": self.found})


@dataclass(frozen=True)
class Finding:
    """A check that does not hold. ``shown`` gives the values it read, label by label; ``where`` they stand,
    what was ``found``, and what was ``wanted``, in words; ``advice`` and source are the check's.

    A check of rows has one finding for its roster, with the first ``rows`` of all ``row_count`` in which it
    does not hold; ``shown`` is then each row's own.
    """

    check: Check
    message: Told[str] = Told()
    shown: Told[tuple[Input, ...]] = Told()
    explanation: Explanation | None  # type: ignore[misc]  # Told() is no default
    settled: bool  # type: ignore[misc]  # Told() is no default
    """Whether nothing more is asked of the school for it."""
    where: Told[str] = Told("")
    found: Told[str] = Told("")
    wanted: Told[str] = Told("")
    rows: Told[tuple[FoundRow, ...]] = Told(())
    row_count: int = 0

    @property
    def row_messages(self) -> tuple[str, ...]:
        """The rows told, a line each, and how many more there are."""
        return self.told_rows(len(self.rows))

    def told_rows(self, most: int) -> tuple[str, ...]:
        """The first ``most`` of them, and how many more there are."""
        told = tuple(row.message for row in self.rows[:most])
        more = self.row_count - len(told)
        return (*told, say("scoring.found_more", {"count": more})) if more > 0 else told

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of handing in."""
        return self.check.grade.blocks and not self.settled


@dataclass(frozen=True)
class Verdict:
    """结论 of an assessment under a programme.

    ``tier`` is None while missing data leaves more than one tier open; ``possible_tiers`` are those still
    open, best first. Where a programme has no tier that every school reaches, ``tier`` is also None while
    none may come out, and ``possible_tiers`` is empty where none does. ``points`` are earned for certain,
    ``open_points`` hang on missing data.
    """

    programme_id: str
    programme_name: str
    pack_version: str
    pack_hash: str
    year: int
    tier: Tier | None
    possible_tiers: tuple[Tier, ...]
    points: Decimal
    open_points: Decimal
    maximum: Decimal
    reference_points: Decimal
    conditions: tuple[RuleOutcome, ...]
    items: tuple[RuleOutcome, ...]
    sections: tuple[SectionScore, ...]
    derived: Told[Mapping[str, Trace]] = Told()
    findings: tuple[Finding, ...]  # type: ignore[misc]  # Told() is no default

    @property
    def rules(self) -> tuple[RuleOutcome, ...]:
        """Conditions, then scored items."""
        return self.conditions + self.items

    @property
    def blocked(self) -> bool:
        """Whether a check stands in the way of handing in."""
        return any(finding.blocks for finding in self.findings)

    def count(self, outcome: Outcome) -> int:
        """How many conditions came out so."""
        return sum(1 for rule in self.conditions if rule.outcome is outcome)
