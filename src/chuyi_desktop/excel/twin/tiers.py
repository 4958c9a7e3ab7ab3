"""Tiers as steps: which a school may come out with. The rule is that of :mod:`chuyi_desktop.scoring.tiers`: a
tier is possible exactly if the worst outcome that reaches it reaches no better one.

Of the points only this is asked: whether a total is possible that is enough for one tier and too few for a
better one. Totals can be walked through from the fewest points to the most, one item one level at a time; as
long as no such step is larger than the distance between the two tiers, the walk cannot step over it, and the
two ends decide. Where a step is larger, ``exact`` is false: a tier may then be called possible that is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from chuyi_desktop.domain.programme import Programme, Tier, TierRule
from chuyi_desktop.domain.values import round_half_up, total
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.twin.calculation import Calculation, Step, StepKind
from chuyi_desktop.excel.twin.conditions import GroupSteps
from chuyi_desktop.excel.twin.items import POINT_DIGITS, ItemSteps
from chuyi_desktop.excel.twin.notation import Cached


@dataclass(frozen=True, slots=True)
class TierSteps:
    """The tiers: by each whether it is possible, whether none at all is, how many are, and the points that
    are certain and that are possible at most."""

    possible: tuple[tuple[Tier, str], ...]
    none: str
    count: str
    fewest_points: str
    most_points: str
    exact: bool


def tier_steps(
    programme: Programme,
    groups: Sequence[GroupSteps],
    items: Sequence[ItemSteps],
    verdict: Verdict,
    calculation: Calculation,
) -> TierSteps:
    """The steps of all tiers."""
    return _Tiers(programme, {each.group.id: each for each in groups}, items, verdict, calculation).steps()


@dataclass(slots=True)
class _Tiers:
    programme: Programme
    groups: Mapping[str, GroupSteps]
    items: Sequence[ItemSteps]
    verdict: Verdict
    calculation: Calculation

    def steps(self) -> TierSteps:
        fewest = self._points("twin.step.fewest_points", most=False)
        most = self._points("twin.step.most_points", most=True)
        tiers, possible = self.programme.tiers, []
        for at, tier in enumerate(tiers):
            reached = self._reaching(tier.rule, most)
            better = [self._reached(each.rule, tier.rule, fewest) for each in tiers[:at]]
            tests = ",".join([*reached, *(f"NOT({each})" for each in better)]) or "TRUE"
            now = tier in self.verdict.possible_tiers
            place = self._add(say("twin.step.tier", {"name": tier.name}), f"AND({tests})", now=now)
            possible.append((tier, place))
        failed = [f"NOT({self._reached(each.rule, TierRule(), fewest)})" for each in tiers]
        none = self._add(
            say("twin.step.no_tier"), f"AND({','.join(failed) or 'TRUE'})", now=self._none_possible()
        )
        counted = "+".join(place for _, place in possible) or "0"
        count = self._add(
            say("twin.step.tier_count"), f"0+{counted}", now=float(len(self.verdict.possible_tiers))
        )
        return TierSteps(tuple(possible), none, count, fewest, most, self._exact())

    def _none_possible(self) -> bool:
        """Whether the worst outcome of all reaches no tier."""
        unmet = {group: float(self.calculation.value(steps.most)) for group, steps in self.groups.items()}
        points = sum((self._ends(each)[0] for each in self.items), Decimal(0))
        return not any(
            (tier.rule.minimum_points is None or points >= _hundredths(tier.rule.minimum_points))
            and all(unmet.get(group, 0) <= most for group, most in limits(tier.rule).items())
            for tier in self.programme.tiers
        )

    def _ends(self, steps: ItemSteps) -> tuple[Decimal, Decimal]:
        now = self.calculation.value(steps.points)
        if isinstance(now, float):
            return Decimal(str(now)), Decimal(str(now))
        return steps.fewest, steps.most

    def _points(self, code: str, *, most: bool) -> str:
        parts = [f"IFERROR({each.points},{each.most if most else each.fewest})" for each in self.items]
        now = total(self._ends(each)[1 if most else 0] for each in self.items)
        formula = f"ROUND({'+'.join(parts) or '0'},{POINT_DIGITS})"
        return self._add(say(code), formula, now=float(now))

    def _add(self, label: str, formula: str, *, now: Cached) -> str:
        return self.calculation.add(Step(StepKind.TIER, label, formula, now))

    def _reaching(self, rule: TierRule, most_points: str) -> list[str]:
        """Whether anything reaches a tier."""
        found = [
            f"{self.groups[group].fewest}<={most}"
            for group, most in limits(rule).items()
            if group in self.groups
        ]
        if rule.minimum_points is not None and _hundredths(rule.minimum_points) > 0:
            found.append(f"{most_points}>={_hundredths(rule.minimum_points)}")
        return found

    def _reached(self, better: TierRule, rule: TierRule, fewest_points: str) -> str:
        """Whether the worst outcome that reaches ``rule`` also reaches ``better``."""
        own, tests = limits(rule), []
        for group, most in limits(better).items():
            if group not in self.groups:
                continue
            place = self.groups[group].most
            worst = f"MIN({place},{own[group]})" if group in own else place
            tests.append(f"{worst}<={most}")
        wanted = _hundredths(better.minimum_points or Decimal(0))
        if wanted > max(Decimal(0), _hundredths(rule.minimum_points or Decimal(0))):
            tests.append(f"{fewest_points}>={wanted}")
        return f"AND({','.join(tests)})" if tests else "TRUE"

    def _exact(self) -> bool:
        """Whether no step of points is larger than the distance between two tiers."""
        largest = max((_largest_step(each) for each in self.items), default=Decimal(0))
        bounds = [_hundredths(each.rule.minimum_points or Decimal(0)) for each in self.programme.tiers]
        apart = [
            better - worse for at, worse in enumerate(bounds) for better in bounds[:at] if 0 < worse < better
        ]
        return all(largest <= distance for distance in apart)


def limits(rule: TierRule) -> dict[str, int]:
    """How many conditions of a group may be unmet at most, by group."""
    found = dict.fromkeys(rule.all_met, 0)
    for group, most in rule.most_unmet:
        found[group] = min(most, found.get(group, most))
    return found


def _largest_step(steps: ItemSteps) -> Decimal:
    if steps.attainable is None:
        return Decimal("0.01")
    return max((high - low for low, high in pairwise(steps.attainable)), default=Decimal(0))


def _hundredths(points: Decimal) -> Decimal:
    return round_half_up(points, POINT_DIGITS)
