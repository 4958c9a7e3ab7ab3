"""The outlook: what may still become of a verdict, and which missing inputs decide most."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from chuyi_desktop.domain.assessment import Assessment, Field
from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.programme import Condition, Programme, ScoredItem
from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.outlook.ground import Ground, Leaf
from chuyi_desktop.scoring.outlook.judging import EITHER, MET, Score, hundredths, judge, points_of, score
from chuyi_desktop.scoring.outlook.leaves import corners, cut, field_of, grid_for, label_of, width
from chuyi_desktop.scoring.outlook.profiles import LARGEST_EXACT, Profiles, TierRules, hull_of
from chuyi_desktop.scoring.outlook.ranges import BUDGET, Bounds, Budget, bounds
from chuyi_desktop.scoring.outlook.results import OpenInput, Outlook, RuleRange
from chuyi_desktop.scoring.outlook.spans import Span, is_known
from chuyi_desktop.scoring.verdicts import assess

_RULE_BUDGET = 120
"""Boxes looked at for the bounds of one rule."""
_DECIDING_BUDGET = 12_000
"""Rules judged to find out which inputs can settle the tier."""
_DECIDING_DEPTH = 5
_MOST_PROFILES = 64
"""Pairs of profiles that are added one by one; of more only what they are between."""


def outlook(programme: Programme, assessment: Assessment, budget: int = BUDGET) -> Outlook:
    """What the school can still come out with, whatever it fills in.

    Every figure that is not filled in takes any value of its field, every statement any answer, every rubric
    any level. A figure declared 不适用, and a value that cannot be computed, as in a division by zero, leave
    their rules open, as in the verdict. ``budget`` is in rules judged.
    """
    ground = Ground(programme, assessment, fill=True)
    small = programme.maximum.scaleb(2) <= LARGEST_EXACT
    found = bounds(ground, budget) if small else _unlooked(programme, assessment)
    rules = tuple(_ranged(rule, ground) for rule in _rules(programme))
    ranked = _open_inputs(ground, rules, found)
    tiers = tuple(programme.tiers[at] for at in sorted(at for at in found.results if at is not None))
    params = {
        "lowest": grouped(points_of(found.low)),
        "highest": grouped(points_of(found.high)),
        "tiers": "、".join(tier.name for tier in tiers),
        "count": len(ranked),
    }
    return Outlook(
        points_of(found.low),
        points_of(found.high),
        programme.maximum,
        tiers,
        None in found.results and bool(programme.tiers),
        found.exact,
        rules,
        ranked,
        "".join(_said(found, params, scored=bool(programme.maximum), tiers=bool(tiers))),
    )


def _unlooked(programme: Programme, assessment: Assessment) -> Bounds:
    """The bounds of the verdict itself, where there are too many points to tell totals apart."""
    verdict = assess(programme, assessment)
    low, high = hundredths(verdict.points), hundredths(verdict.points + verdict.open_points)
    places: set[int | None] = {programme.tiers.index(tier) for tier in verdict.possible_tiers}
    if not any(tier.rule.asks_nothing for tier in programme.tiers):
        places.add(None)
    return Bounds(low, high, frozenset(places), False, {}, (), Budget(0))  # noqa: FBT003  # exact: no


def _said(found: Bounds, params: dict[str, object], *, scored: bool, tiers: bool) -> Iterator[str]:
    if scored:
        yield say("gap.outlook.points" if found.low < found.high else "gap.outlook.points_settled", params)
    if tiers:
        yield say("gap.outlook.tiers" if len(found.results) > 1 else "gap.outlook.tier_settled", params)
    if params["count"]:
        yield say("gap.outlook.open", params)
    if not found.exact:
        yield say("gap.outlook.outer")


def _rules(programme: Programme) -> Iterator[Condition | ScoredItem]:
    for group in programme.condition_groups:
        yield from group.conditions
    yield from programme.scored_items()


# Each rule by itself


def _ranged(rule: Condition | ScoredItem, ground: Ground) -> RuleRange:
    """The bounds of one rule, cut up as far as a small budget goes."""
    root = {leaf: ground.span(leaf) for leaf in ground.leaves_of(rule)}
    spans = {leaf: span for leaf, span in root.items() if not is_known(span)}
    inner = _Told()
    pieces, outer = [spans], _Told()
    outer.take(rule, spans, ground)
    for _ in range(_RULE_BUDGET if spans else 0):
        outer = inner.copy()
        kept = [each for each in pieces if outer.take(rule, each, ground, beyond=inner)]
        if not kept or outer == inner:
            break
        pieces = [half for each in kept for half in _halves(each, ground)]
        if not pieces or len(pieces) > _RULE_BUDGET:
            break
        for each in pieces:
            for at in (0, 1):
                point = {leaf: corners(span, grid_for(leaf, ground))[at] for leaf, span in each.items()}
                inner.take(rule, point, ground)
    outcomes = tuple(outcome for outcome in Outcome if outcome in outer.outcomes)
    if isinstance(rule, ScoredItem):
        low, high = points_of(outer.low), points_of(outer.high)
        return RuleRange(rule.id, rule.title, outcomes, low, high, rule.maximum)
    return RuleRange(rule.id, rule.title, outcomes)


@dataclass(slots=True)
class _Told:
    """Outcomes and points found so far."""

    outcomes: frozenset[Outcome] = frozenset()
    low: int = 1
    high: int = 0

    def copy(self) -> "_Told":
        return _Told(self.outcomes, self.low, self.high)

    def take(
        self,
        rule: Condition | ScoredItem,
        spans: dict[Leaf, Span],
        ground: Ground,
        *,
        beyond: "_Told | None" = None,
    ) -> bool:
        """Take in what a box gives; whether that is more than ``beyond`` has."""
        box = ground.box(spans)
        if isinstance(rule, ScoredItem):
            found = score(rule, box)
            outcomes, low, high = _item_outcomes(rule, found), found.low, found.high
        else:
            outcomes, low, high = judge(rule, box).outcomes, 1, 0
        new = beyond is None or not (outcomes <= beyond.outcomes and beyond.covers(low, high))
        if new or beyond is None:
            self.outcomes |= outcomes
            if low <= high:
                self.low, self.high = (
                    (low, high) if self.low > self.high else (min(self.low, low), max(self.high, high))
                )
        return new

    def covers(self, low: int, high: int) -> bool:
        """Whether these points are among those found."""
        return low > high or (self.low <= low and high <= self.high)


def _item_outcomes(item: ScoredItem, found: Score) -> frozenset[Outcome]:
    full = int(item.maximum.scaleb(2))
    met = MET if found.high >= full else frozenset()
    return met | (EITHER - MET if found.low < full else frozenset())


def _halves(spans: dict[Leaf, Span], ground: Ground) -> list[dict[Leaf, Span]]:
    leaf = max(spans, key=lambda each: (width(spans[each], grid_for(each, ground)), each))
    halves = cut(spans[leaf], grid_for(leaf, ground))
    return [] if halves is None else [{**spans, leaf: halves.near}, {**spans, leaf: halves.far}]


# What is missing


def _open_inputs(ground: Ground, rules: Sequence[RuleRange], found: Bounds) -> tuple[OpenInput, ...]:
    undecided = {each.id: each for each in rules if not each.decided}
    hanging: dict[Field, tuple[list[str], list[str], set[Leaf]]] = {}
    for rule in _rules(ground.programme):
        if rule.id not in undecided:
            continue
        for leaf in sorted(ground.leaves_of(rule)):
            if is_known(ground.span(leaf)):
                continue
            kept = hanging.setdefault(field_of(leaf, ground), ([], [], set()))
            kept[2].add(leaf)
            ids = kept[1] if isinstance(rule, ScoredItem) else kept[0]
            if rule.id not in ids:
                ids.append(rule.id)
    deciding = _deciding(ground, found)
    made = [
        _open_input(ground, field, *kept, undecided, decides=bool(kept[2] & deciding))
        for field, kept in hanging.items()
    ]
    made.sort(key=lambda each: (not each.decides_tier, -len(each.conditions), -each.points, each.field.key))
    return tuple(made)


def _open_input(  # all that is told of it
    ground: Ground,
    field: Field,
    conditions: list[str],
    items: list[str],
    leaves: set[Leaf],
    undecided: dict[str, RuleRange],
    *,
    decides: bool,
) -> OpenInput:
    points = sum(
        ((undecided[each].highest or Decimal(0)) - (undecided[each].lowest or Decimal(0)) for each in items),
        Decimal(0),
    )
    label = _label(ground, field, leaves)
    params = {
        "label": label,
        "conditions": len(conditions),
        "items": len(items),
        "points": grouped(points),
    }
    parts = []
    if conditions:
        parts.append(say("gap.open.conditions", params))
    if items:
        parts.append(say("gap.open.items", params))
    if decides:
        parts.append(say("gap.open.decides", params))
    message = say("gap.open", {"label": label, "what": "；".join(parts)})
    return OpenInput(field, label, tuple(conditions), tuple(items), points, decides, message)


def _label(ground: Ground, field: Field, leaves: set[Leaf]) -> str:
    table = ground.facts.table(field.key) if field.item == "" else None
    return table.name if table is not None else label_of(min(leaves), ground)


def _deciding(ground: Ground, found: Bounds) -> frozenset[Leaf]:
    """The leaves of which some value settles the tier, whatever else is filled in; as far as was looked."""
    if len(found.results) < 2 or ground.programme.maximum.scaleb(2) > LARGEST_EXACT:  # noqa: PLR2004  # not settled
        return frozenset()
    tiers = TierRules(ground.programme)
    rest = _rests(tiers, found)
    chosen: set[Leaf] = set()
    found.purse.left = _DECIDING_BUDGET
    for part, others in zip(found.parts, rest, strict=True):
        root = part.root
        for leaf in part.leaves:
            for span in _candidates(root[leaf], leaf, ground):
                if found.purse.spent:
                    return frozenset(chosen)
                if _settled(tiers, others, part.look({**root, leaf: span}).profiles):
                    chosen.add(leaf)
                    break
    return frozenset(chosen)


def _settled(tiers: TierRules, others: Profiles, profiles: Profiles) -> bool:
    """Whether only one tier is left."""
    whole = tiers.hulls_together(hull_of(others), hull_of(profiles))
    if len(tiers.within_reach(whole)) == 1:
        return True
    few = len(others) * len(profiles) <= _MOST_PROFILES
    return few and len(tiers.results(tiers.together(others, profiles))) == 1


def _candidates(span: Span, leaf: Leaf, ground: Ground, depth: int = _DECIDING_DEPTH) -> Iterator[Span]:
    """The ends of a span, then ever smaller pieces of it."""
    grid = grid_for(leaf, ground)
    if depth == _DECIDING_DEPTH:
        yield from corners(span, grid)
    halves = cut(span, grid) if depth else None
    if halves is not None:
        for half in (halves.far, halves.near):
            yield half
            yield from _candidates(half, leaf, ground, depth - 1)


def _rests(tiers: TierRules, found: Bounds) -> list[Profiles]:
    """For each part what all others may give."""
    wholes = [part.everything for part in found.parts]
    before = [found.settled]
    for whole in wholes:
        before.append(tiers.together(before[-1], whole))
    rests: list[Profiles] = []
    after = tiers.nothing
    for others, whole in zip(reversed(before[:-1]), reversed(wholes), strict=True):
        rests.append(tiers.together(others, after))
        after = tiers.together(after, whole)
    return rests[::-1]
