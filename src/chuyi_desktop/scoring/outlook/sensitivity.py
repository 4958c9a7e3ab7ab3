"""Which figures lie near a threshold: those to count again first, and to prove first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.display import grouped, in_unit, number_of, show
from chuyi_desktop.domain.formula.tree import Aggregation
from chuyi_desktop.domain.programme import Condition, Linear, Programme, ScoredItem
from chuyi_desktop.domain.values import ARITHMETIC, round_half_up
from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.outlook.domains import Grid
from chuyi_desktop.scoring.outlook.ground import Box, Ground, Leaf, LeafKind
from chuyi_desktop.scoring.outlook.judging import (
    Judgement,
    Score,
    hundredths,
    judge,
    points_of,
    score,
)
from chuyi_desktop.scoring.outlook.leaves import field_of, grid_for, indicator_of, label_of, value_of
from chuyi_desktop.scoring.outlook.profiles import LARGEST_EXACT, Profiles, TierRules, added, bits_of
from chuyi_desktop.scoring.outlook.results import Miscount, NearThreshold, Sensitivity
from chuyi_desktop.scoring.outlook.search import Ask, Found, nearest

REACH = Decimal(5)
"""Percent by which a count is thought to be wrong at most; one unit at least."""
_MOST_TOTALS = 400
"""Totals of points looked at one by one over a stretch."""

State = Judgement | Score


def sensitivity(programme: Programme, assessment: Assessment, reach: Decimal = REACH) -> Sensitivity:
    """The known numbers of which another within ``reach`` percent, or a unit, turns the tier or a rule."""
    ground = Ground(programme, assessment, fill=False)
    looks = _Looks(ground)
    found = [near for leaf in looks.leaves for near in _near(looks, leaf, reach)]
    found.sort(key=_rank)
    turning = sum(1 for near in found if near.tier_turns)
    params = {"reach": grouped(reach), "count": len(found), "turning": turning}
    code = "gap.near.tiers" if turning else "gap.near.rules" if found else "gap.near.none"
    return Sensitivity(reach, tuple(found), say(code, params))


def first_to_check(programme: Programme, assessment: Assessment) -> tuple[NearThreshold, ...]:
    """The numbers to check and to prove first: those that turn the tier, then those that turn a rule."""
    return sensitivity(programme, assessment).inputs


def _rank(near: NearThreshold) -> tuple[bool, bool, Decimal, str]:
    turns = near.tier_turns or near.rule_turns
    shares = [turn.share for turn in turns if turn.share is not None]
    return not near.tier_turns, not shares, min(shares, default=Decimal(0)), near.label


class _Looks:
    """The rules of one school as they stand, and what each rests on."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.tiers = TierRules(ground.programme)
        self.exact = hundredths(ground.programme.maximum) <= LARGEST_EXACT
        self.rules: list[tuple[str, Condition | ScoredItem]] = []
        for group in ground.programme.condition_groups:
            self.rules += ((group.id, condition) for condition in group.conditions)
        self.rules += (("", item) for item in ground.programme.scored_items())
        self.now = [_state(rule, ground.base) for _, rule in self.rules]
        leaves = {leaf for _, rule in self.rules for leaf in ground.leaves_of(rule)}
        self.leaves = sorted(leaf for leaf in leaves if self._is_count(leaf))

    def _is_count(self, leaf: Leaf) -> bool:
        """Whether it is a known number that somebody counted."""
        value = value_of(self.ground.span(leaf))
        if not isinstance(value, Decimal) or leaf.kind not in {LeafKind.VALUE, LeafKind.ROSTER}:
            return False
        node = self.ground.aggregates.get(leaf)
        return node is None or node.aggregation is Aggregation.COUNT

    def around(self, leaf: Leaf) -> "_Around":
        """What turns when one leaf is another number."""
        own = [at for at, (_, rule) in enumerate(self.rules) if leaf in self.ground.leaves_of(rule)]
        others = [at for at in range(len(self.rules)) if at not in set(own)]
        profiles = self.profiles(others, [self.now[at] for at in others]) if self.exact else {}
        return _Around(self, leaf, own, profiles)

    def profiles(self, places: Sequence[int], states: Sequence[State]) -> Profiles:
        """What some rules give in these states."""
        unmet: list[tuple[str, bool, bool]] = []
        bits = 1
        for at, state in zip(places, states, strict=True):
            if isinstance(state, Score):
                bits = added(bits, bits_of(state))
            else:
                group = self.rules[at][0]
                may = Outcome.UNMET in state.outcomes
                unmet.append((group, state.outcomes == {Outcome.UNMET}, may))
        return self.tiers.profiles(unmet, bits)


def _state(rule: Condition | ScoredItem, box: Box) -> State:
    return score(rule, box) if isinstance(rule, ScoredItem) else judge(rule, box)


@dataclass(slots=True)
class _Around:
    """One leaf, the rules that rest on it, and what all others give."""

    looks: _Looks
    leaf: Leaf
    own: list[int]
    rest: Profiles
    known: dict[object, frozenset[int | None]] = field(default_factory=dict)

    def box(self, grid: Grid, first: int, last: int) -> Box:
        """The leaf somewhere between two places."""
        return self.looks.ground.box({self.leaf: grid.span(first, last)})

    def states(self, box: Box) -> list[State]:
        """How the rules that rest on the leaf stand over a box."""
        return [_state(self.looks.rules[at][1], box) for at in self.own]

    @property
    def before(self) -> list[State]:
        """How they stand now."""
        return [self.looks.now[at] for at in self.own]

    def tiers(self, states: Sequence[State]) -> frozenset[int | None]:
        """The tiers that come out of definite states."""
        profiles = self.looks.profiles(self.own, states)
        key = tuple(sorted(profiles.items()))
        if key not in self.known:
            tiers = self.looks.tiers
            self.known[key] = tiers.results(tiers.together(self.rest, profiles))
        return self.known[key]

    def tier_turns(self, grid: Grid, first: int, last: int) -> bool | None:
        """Whether the tiers are others than now everywhere (True) or nowhere (False) between two places."""
        states = self.states(self.box(grid, first, last))
        now = self.tiers(self.before)
        if all(state.definite for state in states):
            return self.tiers(states) != now
        sure = [state for state in states if isinstance(state, Judgement)]
        scores = [state for state in states if isinstance(state, Score)]
        totals = sum(state.high - state.low for state in scores)
        if not all(state.definite for state in sure) or any(state.missing for state in scores):
            return None
        if totals > _MOST_TOTALS:
            return None
        # The conditions are what they are; of the points every total between is looked at.
        low = sum(state.low for state in scores)
        found = {self._at(sure, total) != now for total in range(low, low + totals + 1)}
        return found.pop() if len(found) == 1 else None

    def _at(self, sure: Sequence[Judgement], total: int) -> frozenset[int | None]:
        states: list[State] = []
        conditions, first = iter(sure), True
        for state in self.before:
            if isinstance(state, Judgement):
                states.append(next(conditions))
            else:
                points = total if first else 0
                states.append(Score(points, points, (points,), missing=False, reached=points))
                first = False
        return self.tiers(states)

    def rule_turns(self, grid: Grid, first: int, last: int) -> bool | None:
        """Whether some rule comes out otherwise everywhere (True) or nowhere (False) between two places."""
        unsure = False
        for at, before, state in self._pairs(self.box(grid, first, last)):
            turned = _turned(self.looks.rules[at][1], before, state)
            if turned:
                return True
            unsure = unsure or turned is None
        return None if unsure else False

    def turned(self, box: Box) -> list[tuple[Condition | ScoredItem, State, State]]:
        """The rules that come out otherwise at a place, with how they stand before and after."""
        rules = self.looks.rules
        return [
            (rules[at][1], before, state)
            for at, before, state in self._pairs(box)
            if _turned(rules[at][1], before, state)
        ]

    def _pairs(self, box: Box) -> Iterator[tuple[int, State, State]]:
        return iter(zip(self.own, self.before, self.states(box), strict=True))


def _turned(rule: Condition | ScoredItem, before: State, after: State) -> bool | None:
    """Whether a rule comes out otherwise everywhere (True) or nowhere (False) in a box."""
    if isinstance(before, Judgement) and isinstance(after, Judgement):
        if before.outcomes.isdisjoint(after.outcomes):
            return True
        return before.outcomes != after.outcomes if after.definite else None
    if not isinstance(rule, ScoredItem) or not isinstance(before, Score) or not isinstance(after, Score):
        raise TypeError(rule)
    if isinstance(rule.method, Linear):
        # In proportion nothing turns at any one number.
        return False
    if after.definite:
        return (before.low, before.high, before.missing) != (after.low, after.high, after.missing)
    return None


# A figure and its other numbers


def _near(looks: _Looks, leaf: Leaf, reach: Decimal) -> Iterator[NearThreshold]:
    grid, value = grid_for(leaf, looks.ground), value_of(looks.ground.span(leaf))
    if grid is None or not isinstance(value, Decimal):
        return
    around = looks.around(leaf)
    tier_turns: list[Miscount] = []
    rule_turns: list[Miscount] = []
    exact = True
    for first, last in _ways(grid, value, reach):
        tier = _nearest(around, grid, first, last, tier=True) if looks.exact else Found(None, given_up=True)
        rule = _nearest(around, grid, first, last, tier=False)
        exact = exact and not (tier.given_up or rule.given_up)
        if tier.place is not None:
            tier_turns.append(_tier_turn(around, grid, tier.place, value))
        if rule.place is not None:
            rule_turns.append(_rule_turn(around, grid, rule.place, value))
    if tier_turns or rule_turns:
        yield _told(around, value, tier_turns, rule_turns, exact=exact)


def _nearest(around: _Around, grid: Grid, first: int, last: int, *, tier: bool) -> Found:
    turns = around.tier_turns if tier else around.rule_turns
    ask: Ask = lambda low, high: turns(grid, low, high)  # noqa: E731  # the grid filled in
    return nearest(first, last, ask)


def _ways(grid: Grid, value: Decimal, reach: Decimal) -> Iterator[tuple[int, int]]:
    """The places below, and above, a value, as far as they can be typed and are within reach."""
    most = max(ARITHMETIC.divide(ARITHMETIC.multiply(abs(value), reach), Decimal(100)), Decimal(1))
    low, high = grid.place_above(value - most), grid.place_below(value + most)
    floor = max(grid.low, 0) if value >= 0 else grid.low
    below, above = grid.place_below(value), grid.place_above(value)
    if below == above:
        below, above = below - 1, above + 1
    if below >= max(low, floor):
        yield below, max(low, floor)
    if above <= min(high, grid.high):
        yield above, min(high, grid.high)


def _tier_turn(around: _Around, grid: Grid, place: int, value: Decimal) -> Miscount:
    box = around.box(grid, place, place)
    states = around.states(box)
    before, after = (_tier_names(around, each) for each in (around.before, states))
    rules = tuple(rule.id for rule, _, _ in around.turned(box))
    said = say("gap.near.tier", {"before": before, "after": after})
    return _miscount(around, grid, place, value, before, after, rules, said)


def _tier_names(around: _Around, states: Sequence[State]) -> str:
    names = around.looks.ground.programme.tiers
    places = around.tiers(states)
    told = [names[at].name for at in sorted(at for at in places if at is not None)]
    if None in places or not told:
        told.append(say("gap.near.no_tier"))
    return say("gap.near.or").join(told)


def _rule_turn(around: _Around, grid: Grid, place: int, value: Decimal) -> Miscount:
    turned = around.turned(around.box(grid, place, place))
    said = [
        say(
            "gap.near.rule",
            {"title": rule.title, "before": _state_name(before), "after": _state_name(after)},
        )
        for rule, before, after in turned
    ]
    (first, *_) = turned
    before, after = _state_name(first[1]), _state_name(first[2])
    rules = tuple(rule.id for rule, _, _ in turned)
    return _miscount(around, grid, place, value, before, after, rules, "，".join(said))


def _state_name(state: State) -> str:
    if isinstance(state, Score):
        if state.missing:
            return say("report.outcome.missing")
        return say("gap.near.points", {"points": grouped(points_of(state.low))})
    settled = len(state.outcomes) == 1
    outcome = next(iter(state.outcomes)) if settled else Outcome.MISSING
    return say(f"report.outcome.{outcome}")


def _miscount(  # all that is told of it
    around: _Around,
    grid: Grid,
    place: int,
    value: Decimal,
    before: str,
    after: str,
    rules: tuple[str, ...],
    said: str,
) -> Miscount:
    there = grid.at(place)
    other = there if isinstance(there, Decimal) else value
    difference = ARITHMETIC.subtract(other, value)
    share = ARITHMETIC.divide(abs(difference), abs(value)) if value else None
    params = {
        "difference": _amount(abs(difference), _unit(around)),
        "share": "" if share is None else say("gap.near.share", {"share": _percent(share)}),
        "what": said,
    }
    message = say("gap.near.fewer" if difference < 0 else "gap.near.more", params)
    return Miscount(other, difference, share, before, after, rules, message)


def _percent(share: Decimal) -> str:
    """A share in percent, with a decimal; of a very small one that it is below."""
    percent = round_half_up(ARITHMETIC.multiply(share, Decimal(100)), 1)
    return grouped(percent) if percent else say("gap.near.tiny")


def _amount(difference: Decimal, unit: str) -> str:
    number = grouped(difference)
    return say("scoring.percent_points", {"number": number}) if unit == "%" else in_unit(number, unit)


def _unit(around: _Around) -> str:
    indicator = indicator_of(around.leaf, around.looks.ground)
    return say("gap.unit.rows") if indicator is None else indicator.unit


def _told(
    around: _Around,
    value: Decimal,
    tier_turns: list[Miscount],
    rule_turns: list[Miscount],
    *,
    exact: bool,
) -> NearThreshold:
    ground, leaf = around.looks.ground, around.leaf
    indicator, unit = indicator_of(leaf, ground), _unit(around)
    shown = in_unit(number_of(value, unit), unit) if indicator is None else show(value, indicator)
    rules = {rule for turn in (*tier_turns, *rule_turns) for rule in turn.rules}
    proofs = sum(len(ground.assessment.evidence(key)) for key in sorted({leaf.key, *rules}))
    label = label_of(leaf, ground)
    turns = tier_turns or rule_turns
    params = {
        "label": label,
        "shown": shown,
        "turns": "；".join(turn.message for turn in turns),
        "todo": say("gap.near.check" if proofs else "gap.near.check_and_prove"),
    }
    return NearThreshold(
        field_of(leaf, ground),
        label,
        value,
        shown,
        unit,
        tuple(tier_turns),
        tuple(rule_turns),
        proofs,
        exact,
        say("gap.near", params),
    )
