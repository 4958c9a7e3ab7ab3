"""Which tiers come out of which conditions and points: sets of profiles, and what they add up to."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from chuyi_desktop.domain.programme import Programme, Tier
from chuyi_desktop.scoring.outlook.judging import Score, hundredths

Unmet = tuple[int, ...]
"""How many conditions are unmet in each group that tiers ask about, counted no further than tiers ask."""
Profiles = Mapping[Unmet, int]
"""Totals of points possible with so many unmet: bit n is n hundredths."""


class Hull(NamedTuple):
    """Between what unmet counts and totals are."""

    fewest: Unmet
    most: Unmet
    low: int
    high: int


LARGEST_EXACT = 1_000_000
"""Hundredths of points up to which totals are told apart one by one."""


def run(low: int, high: int) -> int:
    """The bits from ``low`` to ``high``."""
    return ((1 << (high - low + 1)) - 1) << low


def bits_of(score: Score) -> int:
    """The points an item may give, as bits."""
    if score.steps is None:
        return run(score.low, score.high)
    found = 0
    for step in score.steps:
        found |= 1 << step
    return found


def added(one: int, other: int) -> int:
    """Every sum of a number of the one and a number of the other."""
    if one.bit_count() < other.bit_count():
        one, other = other, one
    found = 0
    while other:
        start = (other & -other).bit_length() - 1
        rest = other >> start
        # The length of the run of bits that begins here.
        length = (~rest & (rest + 1)).bit_length() - 1
        found |= _spread(one, length) << start
        other = (rest >> length) << (start + length)
    return found


def _spread(bits: int, length: int) -> int:
    """``bits`` shifted by 0, 1, … ``length - 1``, together."""
    reach = 1
    while reach < length:
        step = min(reach, length - reach)
        bits |= bits << step
        reach += step
    return bits


class TierRules:
    """The tiers of a programme, over unmet counts and totals."""

    def __init__(self, programme: Programme) -> None:
        self.tiers = programme.tiers
        known = {group.id for group in programme.condition_groups}
        limits = [self._limits(tier) for tier in programme.tiers]
        asked = {name for each in limits for name in each if name in known}
        self.groups = tuple(group.id for group in programme.condition_groups if group.id in asked)
        self._caps = tuple(max(each.get(group, 0) for each in limits) + 1 for group in self.groups)
        self._rules = [
            (
                tuple(each.get(group) for group in self.groups),
                max(0, hundredths(tier.rule.minimum_points or Decimal(0))),
            )
            for tier, each in zip(programme.tiers, limits, strict=True)
        ]
        self.nothing: Profiles = {tuple(0 for _ in self.groups): 1}
        """Nothing unmet and no points: adding it changes nothing."""

    @staticmethod
    def _limits(tier: Tier) -> dict[str, int]:
        limits = dict.fromkeys(tier.rule.all_met, 0)
        for group, most in tier.rule.most_unmet:
            limits[group] = min(most, limits.get(group, most))
        return limits

    def profiles(self, unmet: Iterable[tuple[str, bool, bool]], bits: int) -> Profiles:
        """All combinations of conditions, each given with its group, whether it must and whether it may be
        unmet, and of totals."""
        low, high = dict.fromkeys(self.groups, 0), dict.fromkeys(self.groups, 0)
        for group, must, may in unmet:
            if group in low:
                low[group] += must
                high[group] += may
        ranges = [
            range(min(low[group], cap), min(high[group], cap) + 1)
            for group, cap in zip(self.groups, self._caps, strict=True)
        ]
        return dict.fromkeys(product(*ranges), bits)

    def together(self, one: Profiles, other: Profiles) -> Profiles:
        """Both at once, independently of each other."""
        found: dict[Unmet, int] = {}
        for a, totals in one.items():
            for b, more in other.items():
                key = tuple(min(x + y, cap) for x, y, cap in zip(a, b, self._caps, strict=True))
                found[key] = found.get(key, 0) | added(totals, more)
        return found

    def results(self, profiles: Profiles) -> frozenset[int | None]:
        """The places of the tiers that come out somewhere; None among them where none does."""
        found: set[int | None] = set()
        for unmet, totals in profiles.items():
            left = totals
            for at, (limits, least) in enumerate(self._rules):
                if any(
                    limit is not None and count > limit for count, limit in zip(unmet, limits, strict=True)
                ):
                    continue
                if left >> least:
                    found.add(at)
                left &= (1 << least) - 1
                if not left:
                    break
            if left:
                found.add(None)
        return frozenset(found)

    def hulls_together(self, one: Hull, other: Hull) -> Hull:
        """Between what both together are."""
        fewest, most = (
            tuple(min(x + y, cap) for x, y, cap in zip(a, b, self._caps, strict=True))
            for a, b in ((one.fewest, other.fewest), (one.most, other.most))
        )
        return Hull(fewest, most, one.low + other.low, one.high + other.high)

    def within_reach(self, hull: Hull) -> frozenset[int | None]:
        """The tiers that something between may come out with; more rather than less."""
        found: set[int | None] = set()
        for at, (limits, least) in enumerate(self._rules):
            pairs = [pair for pair in zip(limits, hull.fewest, hull.most, strict=True) if pair[0] is not None]
            if hull.high >= least and all(fewest <= (limit or 0) for limit, fewest, _ in pairs):
                found.add(at)
            if hull.low >= least and all(most <= (limit or 0) for limit, _, most in pairs):
                return frozenset(found)
        return frozenset(found | {None})


def joined(one: Profiles, other: Profiles) -> dict[Unmet, int]:
    """The one or the other."""
    found = dict(one)
    for key, totals in other.items():
        found[key] = found.get(key, 0) | totals
    return found


def hull_of(profiles: Profiles) -> Hull:
    """Between what the profiles are."""
    columns = list(zip(*profiles, strict=True))
    return Hull(tuple(map(min, columns)), tuple(map(max, columns)), *ends(profiles))


def within(one: Profiles, other: Profiles) -> bool:
    """Whether ``other`` has all of ``one``."""
    return all(totals & ~other.get(key, 0) == 0 for key, totals in one.items())


def ends(profiles: Profiles) -> tuple[int, int]:
    """The fewest and the most points."""
    totals = 0
    for each in profiles.values():
        totals |= each
    return (totals & -totals).bit_length() - 1, totals.bit_length() - 1
