"""The gap: for every rule that is not met the smallest change of each single input that meets it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.formula.tree import Name
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.programme import AtLeastOf, Condition, Programme, ScoredItem, Threshold, Tier
from chuyi_desktop.domain.values import ARITHMETIC
from chuyi_desktop.domain.verdict import Outcome, RuleOutcome, Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.outlook.aims import Goal, goals
from chuyi_desktop.scoring.outlook.breaking import Breaking
from chuyi_desktop.scoring.outlook.gap_words import (
    step_difference,
    step_label,
    step_unit,
    step_words,
    with_breaks,
)
from chuyi_desktop.scoring.outlook.ground import Ground, Leaf, LeafKind
from chuyi_desktop.scoring.outlook.leaves import label_of
from chuyi_desktop.scoring.outlook.results import Aim, Direction, GapChange, GapReport, RuleGap
from chuyi_desktop.scoring.outlook.single import GivenUp, Step, Steps
from chuyi_desktop.scoring.outlook.spans import Nothing
from chuyi_desktop.scoring.thresholds import gap_words
from chuyi_desktop.scoring.verdicts import assess

_OPEN = frozenset({Outcome.UNMET, Outcome.MISSING})
_TOLD = 3
"""Changes told in a rule's own sentence, of each aim."""


def gap(
    programme: Programme,
    assessment: Assessment,
    *,
    tier_id: str | None = None,
    rule_id: str | None = None,
    everything: bool = False,
    verdict: Verdict | None = None,
) -> GapReport:
    """What stands between the school and a tier, by default the next better one than it is sure of; or one
    rule alone; or, with ``everything``, every rule not met. ``tier_id`` and ``rule_id`` are known to the
    programme. ``verdict``: that of the same assessment, where it is at hand."""
    found = assess(programme, assessment) if verdict is None else verdict
    gaps = Gaps(programme, assessment, found)
    if rule_id is not None:
        rules = tuple(gaps.of_rule(rule_id))
        reached = all(rule.outcome not in _OPEN for rule in rules)
        return GapReport(None, reached, None, 0, rules, "".join(rule.message for rule in rules))
    tier = None if everything else _wanted(programme, found, tier_id)
    asked = _asked(found, tier)
    rules = tuple(each for id_ in asked.rules for each in gaps.of_rule(id_))
    params = {
        "tier": "" if tier is None else tier.name,
        "count": asked.conditions,
        "allowed": asked.allowed,
        "points": grouped(asked.points_short or Decimal(0)),
    }
    return GapReport(
        tier, not rules, asked.points_short, asked.allowed, rules, _report_words(params, asked, tier)
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """The rules that stand in the way, by id, of which ``allowed`` conditions may."""

    rules: tuple[str, ...]
    conditions: int
    allowed: int
    points_short: Decimal | None


def _report_words(params: dict[str, object], asked: _Asked, tier: Tier | None) -> str:
    if tier is None:
        return say("gap.report.all" if asked.rules else "gap.report.none", params)
    if not asked.rules:
        return say("gap.report.reached", params)
    parts = []
    if asked.conditions:
        parts.append(say("gap.report.allowed" if asked.allowed else "gap.report.conditions", params))
    if asked.points_short:
        parts.append(say("gap.report.points", params))
    return say("gap.report.tier", {**params, "what": "，".join(parts)})


def _wanted(programme: Programme, verdict: Verdict, tier_id: str | None) -> Tier | None:
    """The tier asked for, else the next better one than the worst the school may come out with."""
    if tier_id is not None:
        return next(tier for tier in programme.tiers if tier.id == tier_id)
    worst = (
        programme.tiers.index(verdict.possible_tiers[-1]) if verdict.possible_tiers else len(programme.tiers)
    )
    certain = verdict.tier is not None or all(tier.rule.asks_nothing for tier in programme.tiers[-1:])
    if not certain:
        worst = len(programme.tiers)
    return programme.tiers[worst - 1] if worst > 0 and programme.tiers else None


def _asked(verdict: Verdict, tier: Tier | None) -> _Asked:
    conditions = [rule for rule in verdict.conditions if rule.outcome in _OPEN]
    items = [rule for rule in verdict.items if rule.outcome in _OPEN]
    if tier is None:
        rules = tuple(rule.id for rule in (*conditions, *items))
        return _Asked(rules, len(conditions), 0, None)
    limits = dict.fromkeys(tier.rule.all_met, 0)
    for group, most in tier.rule.most_unmet:
        limits[group] = min(most, limits.get(group, most))
    standing: list[RuleOutcome] = []
    allowed = 0
    for group, most in limits.items():
        unmet = [rule for rule in conditions if rule.group == group]
        if len(unmet) > most:
            standing += unmet
            allowed += most
    standing.sort(key=conditions.index)
    minimum = tier.rule.minimum_points
    short = None
    if minimum is not None:
        short = max(Decimal(0), ARITHMETIC.subtract(minimum, verdict.points))
    listed = (*standing, *(items if short else ()))
    return _Asked(tuple(rule.id for rule in listed), len(standing), allowed, short)


class Gaps:
    """The gaps of one school; everything it rests on is looked up once."""

    def __init__(self, programme: Programme, assessment: Assessment, verdict: Verdict) -> None:
        self.ground = Ground(programme, assessment, fill=False)
        self.breaking = Breaking(self.ground)
        self.steps = Steps(self.ground, self.breaking.harmless)
        self._rules: dict[str, Condition | ScoredItem] = {}
        for condition in programme.conditions():
            self._rules[condition.id] = condition
        for item in programme.scored_items():
            self._rules[item.id] = item
        # Every roster aggregate is known before rows are added, so that each is told of them.
        for rule in self._rules.values():
            self.ground.leaves_of(rule)
        self._judged = {each.id: each for rule in verdict.rules for each in (rule, *rule.options)}

    def of_rule(self, rule_id: str) -> Iterator[RuleGap]:
        """The gap of one rule; nothing where it is met or does not count here."""
        judged, rule = self._judged[rule_id], self._rules[rule_id]
        if judged.outcome not in _OPEN:
            return
        changes: list[GapChange] = []
        unsettled: list[str] = []
        for goal in goals(rule, judged):
            for step in self.steps.towards(goal):
                if isinstance(step, GivenUp):
                    unsettled.append(label_of(step.leaf, self.ground))
                else:
                    changes.append(self._change(step, goal))
        changes.sort(key=_order)
        options: tuple[RuleGap, ...] = ()
        if not isinstance(rule, ScoredItem) and isinstance(rule.rule, AtLeastOf):
            options = tuple(gap for option in rule.rule.options for gap in self.of_rule(option.id))
        needs = self._needs(rule) if judged.outcome is Outcome.MISSING else ()
        yield RuleGap(
            rule.id,
            rule.title,
            judged.group,
            judged.outcome,
            judged.gap,
            judged.points,
            judged.maximum,
            tuple(changes),
            needs,
            tuple(dict.fromkeys(unsettled)),
            options,
            self._distance(judged),
            self._message(judged, changes, needs, unsettled, options),
        )

    def _change(self, step: Step, goal: Goal) -> GapChange:
        broken = self.breaking.of(step, goal.rule.id)
        difference = step_difference(step)
        effort = None
        if step.direction not in {Direction.MORE, Direction.FEWER}:
            effort = Decimal(0)
        elif difference is not None and isinstance(step.before, Decimal) and step.before != 0:
            effort = ARITHMETIC.divide(difference.copy_abs(), step.before.copy_abs())
        points = goal.points_in(self.ground.box(step.spans))
        said = step_words(step, self.ground, goal)
        return GapChange(
            key=step.leaf.key if step.node is None else step.node.table,
            label=step_label(step, self.ground),
            year=step.leaf.year,
            aim=goal.aim,
            direction=step.direction,
            before=step.before,
            after=step.after,
            difference=difference,
            unit=step_unit(step, self.ground),
            effort=effort,
            breaks=tuple(each.id for each in broken),
            breaks_titles=tuple(each.title for each in broken),
            points=points,
            worst=max((1 if each.is_check else 2 for each in broken), default=0),
            edits=step.edits,
            message=with_breaks(said, broken),
        )

    def _needs(self, rule: Condition | ScoredItem) -> tuple[str, ...]:
        """What is not filled in, of the things a rule rests on."""
        found: dict[str, None] = {}
        for leaf in sorted(self.ground.leaves_of(rule)):
            if isinstance(self.ground.span(leaf), Nothing) and leaf.kind in {LeafKind.VALUE, LeafKind.ROSTER}:
                found.setdefault(self._need(leaf))
        return tuple(found)

    def _need(self, leaf: Leaf) -> str:
        if leaf.kind is LeafKind.ROSTER:
            table = self.ground.facts.table(self.ground.aggregates[leaf].table)
            if table is not None:
                return table.name
        return label_of(leaf, self.ground)

    def _message(
        self,
        judged: RuleOutcome,
        changes: list[GapChange],
        needs: tuple[str, ...],
        unsettled: list[str],
        options: tuple[RuleGap, ...],
    ) -> str:
        parts = [self._distance(judged)]
        if changes:
            parts += _told(changes)
        elif options:
            parts.append(say("gap.rule.options", {"titles": "、".join(each.title for each in options)}))
        elif needs:
            parts.append(say("gap.rule.needs", {"labels": "、".join(needs)}))
        elif not unsettled:
            parts.append(self._hopeless(judged))
        if unsettled:
            labels = "、".join(dict.fromkeys(unsettled))
            parts.append(say("gap.rule.unsettled", {"labels": labels}))
        return say("gap.rule", {"title": judged.title, "what": "；".join(part for part in parts if part)})

    def _hopeless(self, judged: RuleOutcome) -> str:
        rule = self._rules[judged.id]
        labels = dict.fromkeys(self._need(leaf) for leaf in sorted(self.ground.leaves_of(rule)))
        return say("gap.rule.hopeless", {"labels": "、".join(labels)})

    def _distance(self, judged: RuleOutcome) -> str:
        if judged.maximum is not None:
            if judged.points is None:
                return say("gap.rule.no_points", {"maximum": grouped(judged.maximum)})
            params = {"points": grouped(judged.points), "maximum": grouped(judged.maximum)}
            return say("gap.rule.points", params)
        if judged.outcome is Outcome.MISSING:
            return say("gap.rule.missing")
        if judged.gap is None or judged.comparison is None:
            return say("gap.rule.unmet")
        if judged.options:
            return say("gap.rule.short_options", {"count": grouped(judged.gap)})
        return gap_words(judged.gap, judged.comparison, self._subject_field(self._rules[judged.id]))

    def _subject_field(self, rule: Condition | ScoredItem) -> Indicator | None:
        if isinstance(rule, ScoredItem) or not isinstance(rule.rule, Threshold):
            return None
        subject = rule.rule.subject
        return self.ground.facts.indicator(subject.id) if isinstance(subject, Name) else None


def _told(changes: Sequence[GapChange]) -> Iterator[str]:
    """The first changes, those for the same points together."""
    said: dict[tuple[Aim, Decimal | None], list[str]] = {}
    for change in changes:
        said.setdefault((change.aim, change.points), []).append(change.message)
    for (aim, points), messages in said.items():
        joined = say("gap.rule.or").join(messages[:_TOLD])
        if aim is Aim.MET:
            yield joined
        else:
            yield say(f"gap.rule.{aim}", {"points": grouped(points or Decimal(0)), "changes": joined})


def _order(change: GapChange) -> tuple[int, bool, bool, Decimal, str]:
    """Those that break no rule first, then those no check speaks of; full points before some, then the least
    effort."""
    return (
        change.worst,
        change.aim is Aim.BETTER,
        change.effort is None,
        change.effort or Decimal(0),
        change.key,
    )
