"""Which tiers a school has, or may still have while data are missing."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from chuyi_desktop.domain.programme import Programme, ScoredItem, Tier, TierRule
from chuyi_desktop.domain.values import round_half_up
from chuyi_desktop.domain.verdict import RuleOutcome
from chuyi_desktop.scoring.conditions import Judged
from chuyi_desktop.scoring.points import POINT_DIGITS, attainable

_LARGEST_EXACT = 1_000_000
"""Hundredths of points up to which every possible total is looked at one by one."""


class _Totals:
    """Every total of points that is still possible, as the bits of one number: bit n is n hundredths."""

    def __init__(self, items: Iterable[tuple[ScoredItem, RuleOutcome]]) -> None:
        pairs = tuple(items)
        if sum(_hundredths(item.maximum) for item, _ in pairs) > _LARGEST_EXACT:
            self._low, self._high = _ends(pairs)
            self._bits: int | None = None
        else:
            bits = 1
            for item, judged in pairs:
                bits = _added(bits, item, judged)
            self._bits = bits

    def least_from(self, minimum: Decimal | None) -> int | None:
        """The smallest possible total that is at least ``minimum``; None where none is."""
        wanted = 0 if minimum is None else max(0, _hundredths(minimum))
        if self._bits is None:
            return max(wanted, self._low) if wanted <= self._high else None
        above = self._bits >> wanted
        return wanted + (above & -above).bit_length() - 1 if above else None


def possible_tiers(
    programme: Programme, judged: Mapping[str, Sequence[Judged]], items: Sequence[RuleOutcome]
) -> tuple[tuple[Tier, ...], bool]:
    """The tiers a school may come out with, best first, and whether it may come out with none.

    Conditions and items that are still open are taken to come out independently of each other. Every tier
    asks for few unmet conditions and many points, so a tier is the result somewhere exactly if it is the
    result of the worst outcome that reaches it: every better tier has its best chance to fail there.
    """
    totals = _Totals(zip(programme.scored_items(), items, strict=True))
    unmet = {group: _unmet_range(conditions) for group, conditions in judged.items()}
    found: list[Tier] = []
    for at, tier in enumerate(programme.tiers):
        worst = _worst_reaching(tier.rule, unmet, totals)
        if worst is not None and not any(_reaches(better.rule, *worst) for better in programme.tiers[:at]):
            found.append(tier)
    worst_of_all = _worst_reaching(TierRule(), unmet, totals)
    none = worst_of_all is not None and not any(
        _reaches(tier.rule, *worst_of_all) for tier in programme.tiers
    )
    return tuple(found), none


def _worst_reaching(
    rule: TierRule, unmet: Mapping[str, tuple[int, int]], totals: _Totals
) -> tuple[dict[str, int], int] | None:
    """The most unmet conditions and the fewest points that satisfy ``rule``; None where nothing does."""
    limits = _limits(rule)
    worst: dict[str, int] = {}
    for group, (fewest, most) in unmet.items():
        worst[group] = min(most, limits.get(group, most))
        if worst[group] < fewest:
            return None
    points = totals.least_from(rule.minimum_points)
    return None if points is None else (worst, points)


def _reaches(rule: TierRule, unmet: Mapping[str, int], points: int) -> bool:
    if rule.minimum_points is not None and points < _hundredths(rule.minimum_points):
        return False
    return all(unmet.get(group, 0) <= most for group, most in _limits(rule).items())


def _limits(rule: TierRule) -> dict[str, int]:
    limits = dict.fromkeys(rule.all_met, 0)
    for group, most in rule.most_unmet:
        limits[group] = min(most, limits.get(group, most))
    return limits


def _unmet_range(conditions: Sequence[Judged]) -> tuple[int, int]:
    """How many conditions are unmet at least and at most."""
    return (
        sum(1 for condition in conditions if condition.must_fail),
        sum(1 for condition in conditions if condition.may_fail),
    )


def _added(bits: int, item: ScoredItem, judged: RuleOutcome) -> int:
    """All totals of ``bits`` with all points the item may still bring."""
    if judged.points is not None:
        return bits << _hundredths(judged.points)
    points = attainable(item)
    if points is not None:
        added = 0
        for each in points:
            added |= bits << _hundredths(each)
        return added
    reach, most = 0, _hundredths(item.maximum)
    while reach < most:
        step = min(reach + 1, most - reach)
        bits |= bits << step
        reach += step
    return bits


def _ends(pairs: Sequence[tuple[ScoredItem, RuleOutcome]]) -> tuple[int, int]:
    low = high = 0
    for item, judged in pairs:
        points = (judged.points,) if judged.points is not None else attainable(item)
        ends = (Decimal(0), item.maximum) if points is None else points
        low, high = low + _hundredths(min(ends)), high + _hundredths(max(ends))
    return low, high


def _hundredths(points: Decimal) -> int:
    return int(round_half_up(points, POINT_DIGITS).scaleb(POINT_DIGITS))
