"""What the rules that decide a tier read: typed figures of every year, and rosters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from chuyi_desktop.domain.formula import Expression, references, tables_used
from chuyi_desktop.domain.formula.tree import Aggregate
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Condition,
    Programme,
    Requirement,
    Rubric,
    ScoredItem,
    Threshold,
    Tier,
    TierRule,
)


@dataclass(slots=True)
class Reach:
    """Typed indicators (id, year) and roster aggregates (table, year) behind formulas."""

    figures: set[tuple[str, int]] = field(default_factory=set)
    aggregates: dict[tuple[str, int], list[Aggregate]] = field(default_factory=dict)


def reach_of(programme: Programme, year: int, trees: Iterable[Expression]) -> Reach:
    """Everything ``trees`` read when seen from ``year``, through derived indicators."""
    found = Reach()
    seen: set[tuple[str, int]] = set()

    def follow(tree: Expression, seen_from: int) -> None:
        for aggregate in tables_used(tree):
            listed = found.aggregates.setdefault((aggregate.table, seen_from), [])
            if aggregate not in listed:
                listed.append(aggregate)
        for reference in references(tree):
            key = (reference.id, seen_from - reference.years_back)
            if key in seen:
                continue
            seen.add(key)
            indicator = programme.indicators.get(reference.id)
            if indicator is None:
                continue
            if indicator.formula is None:
                found.figures.add(key)
            else:
                follow(indicator.formula, key[1])

    for tree in trees:
        follow(tree, year)
    return found


def condition_trees(condition: Condition) -> Iterator[Expression]:
    """Every formula of a condition, options of a k-of-n too."""
    if condition.applies_when is not None:
        yield condition.applies_when
    match condition.rule:
        case Threshold(subject, _, cases):
            yield subject
            yield from (case.when for case in cases if case.when is not None)
        case Requirement(holds):
            yield holds
        case AtLeastOf(options=options):
            for option in options:
                yield from condition_trees(option)


def item_trees(item: ScoredItem) -> Iterator[Expression]:
    """The formula of a scored item, where it has one."""
    if not isinstance(item.method, Rubric):
        yield item.method.subject


def limits_of(rule: TierRule) -> dict[str, int]:
    """How many conditions of each group may be unmet."""
    limits = dict.fromkeys(rule.all_met, 0)
    for group, most in rule.most_unmet:
        limits[group] = min(most, limits.get(group, most))
    return limits


def tiers_in_play(programme: Programme, wanted: Tier) -> tuple[Tier, ...]:
    """The wanted tier, and better ones whose rule does not imply the wanted one's anyway."""
    at = next(number for number, tier in enumerate(programme.tiers) if tier.id == wanted.id)
    better = programme.tiers[:at]
    return (*(tier for tier in better if not _implies(tier.rule, wanted.rule)), wanted)


def _implies(strict: TierRule, loose: TierRule) -> bool:
    points_given = loose.minimum_points is None or (
        strict.minimum_points is not None and strict.minimum_points >= loose.minimum_points
    )
    limits = limits_of(strict)
    return points_given and all(
        group in limits and limits[group] <= most for group, most in limits_of(loose).items()
    )


def tier_conditions(programme: Programme, tiers: Iterable[Tier]) -> tuple[Condition, ...]:
    """Conditions of all groups that the rules of ``tiers`` name."""
    groups = {group for tier in tiers for group in limits_of(tier.rule)}
    return tuple(
        condition
        for group in programme.condition_groups
        if group.id in groups
        for condition in group.conditions
    )
