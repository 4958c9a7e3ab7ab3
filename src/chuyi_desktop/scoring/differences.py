"""What differs between two verdicts on a school: the one way of holding one against the other, whether the
pack, the figures or the year is another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import Finding, RuleOutcome, Trace, Verdict

ASPECTS = ("title", "kind", "formula", "threshold", "maximum", "provenance", "value", "outcome", "points")
"""What of a rule can change: first what the pack says, from ``value`` on what comes of it for this school."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule in two verdicts; None on the side that does not have it."""

    id: str
    before: RuleOutcome | None
    after: RuleOutcome | None
    aspects: tuple[str, ...] = ()
    """Which of ASPECTS differ, where both have it."""

    @property
    def differs(self) -> bool:
        """Whether the two sides are not the same."""
        return self.before is None or self.after is None or bool(self.aspects)


@dataclass(frozen=True, slots=True)
class FindingChange:
    """What a check found that is new, gone, or settled on one side only; None where it found nothing."""

    id: str
    before: Finding | None
    after: Finding | None

    @property
    def kind(self) -> str:
        """``added``, ``gone``, ``settled`` or ``unsettled``."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "gone"
        return "settled" if self.after.settled else "unsettled"

    @property
    def message(self) -> str:
        """What was found, as the later of the two sides says it."""
        found = self.after or self.before
        return "" if found is None else found.message


@dataclass(frozen=True, slots=True)
class DerivedChange:
    """A derived indicator whose value differs; None on the side that does not have it."""

    id: str
    before: Trace | None
    after: Trace | None


@dataclass(frozen=True, slots=True)
class VerdictDifference:
    """Two verdicts and what differs: rules in the order of the later, then those it does not have."""

    before: Verdict
    after: Verdict
    rules: tuple[RuleChange, ...]
    findings: tuple[FindingChange, ...]
    derived: tuple[DerivedChange, ...]

    @property
    def same_tier(self) -> bool:
        """Whether the tier, and the tiers still possible, are the same."""
        sides = [[tier.id for tier in each.possible_tiers] for each in (self.before, self.after)]
        tiers = [None if each.tier is None else each.tier.id for each in (self.before, self.after)]
        return tiers[0] == tiers[1] and sides[0] == sides[1]

    @property
    def anything(self) -> bool:
        """Whether anything that is told of a verdict differs."""
        points = [(each.points, each.open_points, each.maximum) for each in (self.before, self.after)]
        changed = bool(self.rules or self.findings or self.derived)
        return changed or not self.same_tier or points[0] != points[1]


def difference(before: Verdict, after: Verdict) -> VerdictDifference:
    """What differs between two verdicts."""
    rules = tuple(pair for pair in paired_rules(before, after) if pair.differs)
    findings = tuple(_findings(_found(before), _found(after)))
    derived = tuple(_derived(before.derived, after.derived))
    return VerdictDifference(before, after, rules, findings, derived)


def paired_rules(before: Verdict, after: Verdict) -> Iterator[RuleChange]:
    """Every rule, options of a k-of-n after it, also those that are the same."""
    old, new = every_rule(before), every_rule(after)
    for key, rule in new.items():
        earlier = old.get(key)
        yield RuleChange(key, earlier, rule, () if earlier is None else _aspects(earlier, rule))
    yield from (RuleChange(key, rule, None) for key, rule in old.items() if key not in new)


def every_rule(verdict: Verdict) -> dict[str, RuleOutcome]:
    """Conditions, options and scored items by id, in order."""
    return {each.id: each for rule in verdict.rules for each in (rule, *rule.options)}


def _aspects(before: RuleOutcome, after: RuleOutcome) -> tuple[str, ...]:
    one, two = _facets(before), _facets(after)
    return tuple(aspect for aspect in ASPECTS if one[aspect] != two[aspect])


def _facets(rule: RuleOutcome) -> dict[str, object]:
    return {
        "title": rule.title,
        "kind": rule.kind,
        "formula": "" if rule.trace is None else rule.trace.formula,
        "threshold": rule.shown_threshold,
        "maximum": rule.maximum,
        "provenance": rule.provenance,
        # Which fields are to blame for a missing value is not the value.
        "value": rule.value.reason if isinstance(rule.value, Missing) else rule.value,
        "outcome": rule.outcome,
        "points": rule.points,
    }


def _found(verdict: Verdict) -> dict[str, Finding]:
    return {finding.check.id: finding for finding in verdict.findings}


def _findings(old: Mapping[str, Finding], new: Mapping[str, Finding]) -> Iterator[FindingChange]:
    for key, finding in new.items():
        earlier = old.get(key)
        if earlier is None or earlier.settled != finding.settled:
            yield FindingChange(key, earlier, finding)
    yield from (FindingChange(key, finding, None) for key, finding in old.items() if key not in new)


def _derived(old: Mapping[str, Trace], new: Mapping[str, Trace]) -> Iterator[DerivedChange]:
    for key in dict.fromkeys((*new, *old)):
        one, two = old.get(key), new.get(key)
        if one is None or two is None or one.result != two.result:
            yield DerivedChange(key, one, two)
