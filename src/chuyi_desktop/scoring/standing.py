"""How a school stands, kept so that a change is judged again only where it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from chuyi_desktop.domain.assessment import Assessment, Change, Field
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.told import Later
from chuyi_desktop.domain.verdict import Finding, RuleOutcome, Trace, Verdict
from chuyi_desktop.scoring.checks import run_check
from chuyi_desktop.scoring.conditions import Judged, judge
from chuyi_desktop.scoring.derivation import derived
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.graph import Touched
from chuyi_desktop.scoring.items import score_item, score_section
from chuyi_desktop.scoring.tiers import possible_tiers


@dataclass(frozen=True, slots=True)
class _Judgements:
    """Every condition, item and check judged, in the order of the programme; None for a check that holds."""

    conditions: tuple[Judged, ...]
    items: tuple[RuleOutcome, ...]
    findings: tuple[Finding | None, ...]


class Standing:
    """An assessment judged. It never changes: ``after`` gives another one, which shares with this one
    whatever the changes do not touch, and whose verdict is the one that judging anew would give."""

    def __init__(self, programme: Programme, assessment: Assessment) -> None:
        self.programme = programme
        self._facts = SchoolFacts(programme, assessment)
        self._judgements = _judged_anew(self._facts)

    @property
    def assessment(self) -> Assessment:
        """What was judged."""
        return self._facts.assessment

    @cached_property
    def verdict(self) -> Verdict:
        """结论."""
        return _verdict(self._facts, self._judgements)

    def after(self, changes: Iterable[Change]) -> "Standing":
        """How the school stands with ``changes`` made in order."""
        made = tuple(changes)
        return self.moved_to(self.assessment.after(made), (change.field for change in made))

    def moved_to(self, assessment: Assessment, changed: Iterable[Field]) -> "Standing":
        """How the school stands with ``assessment``, which differs from this one's in ``changed`` only."""
        fields = frozenset(changed)
        standing = object.__new__(Standing)
        standing.programme = self.programme
        standing._facts = self._facts.after(assessment, fields)
        touched = [
            self._facts.graph.touched(
                place.kind, place.key, 0 if place.year is None else assessment.year - place.year
            )
            for place in fields
        ]
        standing._judgements = _judged_again(standing._facts, self._judgements, touched)
        return standing


def _judged_anew(facts: SchoolFacts) -> _Judgements:
    graph = facts.graph
    for id_ in graph.order:
        # All of them, also those that no rule reads: a pack that computes with wrong kinds is told at once.
        facts.value(id_, 0)
    return _Judgements(
        tuple(judge(condition, group, facts) for group, condition in graph.conditions),
        tuple(score_item(item, section, facts) for section, item in graph.items),
        tuple(run_check(check, facts) for check in facts.programme.checks),
    )


def _judged_again(facts: SchoolFacts, before: _Judgements, touched: Iterable[Touched]) -> _Judgements:
    graph = facts.graph
    conditions, items, findings = list(before.conditions), list(before.items), list(before.findings)
    every = tuple(touched)
    for at in frozenset().union(*(one.conditions for one in every)):
        group, condition = graph.conditions[at]
        conditions[at] = judge(condition, group, facts)
    for at in frozenset().union(*(one.items for one in every)):
        section, item = graph.items[at]
        items[at] = score_item(item, section, facts)
    for at in frozenset().union(*(one.checks for one in every)):
        findings[at] = run_check(facts.programme.checks[at], facts)
    return _Judgements(tuple(conditions), tuple(items), tuple(findings))


def _verdict(facts: SchoolFacts, judgements: _Judgements) -> Verdict:
    programme = facts.programme
    groups: dict[str, list[Judged]] = {group.id: [] for group in programme.condition_groups}
    for (group, _), judged in zip(facts.graph.conditions, judgements.conditions, strict=True):
        groups[group.id].append(judged)
    left = iter(judgements.items)
    sections = tuple(
        score_section(section, tuple(next(left) for _ in section.items))
        for section in programme.scored_sections
    )
    tiers, none_possible = possible_tiers(programme, groups, judgements.items)
    return Verdict(
        programme_id=programme.id,
        programme_name=programme.name,
        pack_version=programme.version,
        pack_hash=programme.pack_hash,
        year=facts.year,
        tier=tiers[0] if len(tiers) == 1 and not none_possible else None,
        possible_tiers=tiers,
        points=sum((section.points for section in sections), Decimal(0)),
        open_points=sum((section.open_points for section in sections), Decimal(0)),
        maximum=facts.graph.maximum,
        reference_points=facts.graph.reference_points,
        conditions=tuple(judged.rule for found in groups.values() for judged in found),
        items=judgements.items,
        sections=sections,
        derived=Later(lambda: _traces(facts)),
        findings=tuple(finding for finding in judgements.findings if finding is not None),
    )


def _traces(facts: SchoolFacts) -> dict[str, Trace]:
    """Every derived indicator of the assessment's year, with what it was computed from."""
    return {
        indicator.id: derived(indicator.id, facts).trace
        for indicator in facts.programme.indicators.values()
        if indicator.is_derived
    }
