"""The verdict over a box: per rule everything that may come out, and whether all of it does."""

from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from chuyi_desktop.domain.formula import Expression
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Bands,
    Condition,
    Linear,
    Requirement,
    Rubric,
    ScoredItem,
    Threshold,
)
from chuyi_desktop.domain.values import round_half_up
from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.scoring.outlook.ground import Box, Leaf, LeafKind, over
from chuyi_desktop.scoring.outlook.spans import (
    YES,
    Answers,
    Labels,
    Numbers,
    Span,
    answers,
    compared,
    known,
)
from chuyi_desktop.scoring.points import POINT_DIGITS, attainable, band_points, bounded, linear_points

Outcomes = frozenset[Outcome]
MET, UNMET = frozenset({Outcome.MET}), frozenset({Outcome.UNMET})
EITHER = MET | UNMET
ELSEWHERE = frozenset({Outcome.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What may become of a condition. ``definite``: everywhere in the box the engine's verdict leaves open
    exactly these outcomes."""

    outcomes: Outcomes
    definite: bool

    @property
    def surely_met(self) -> bool:
        """Whether it is met everywhere in the box."""
        return self.outcomes == MET

    @property
    def never_met(self) -> bool:
        """Whether it is met nowhere in the box."""
        return Outcome.MET not in self.outcomes or (self.definite and self.outcomes != MET)


def judge(condition: Condition, box: Box) -> Judgement:
    """What may become of ``condition`` over ``box``."""
    applies = _answer(condition.applies_when, box)
    if not (applies.yes or applies.missing):
        return Judgement(ELSEWHERE, definite=True)
    judged = _by_rule(condition, box)
    if applies == YES:
        return judged
    definite = judged.definite and not (applies.yes or applies.no)
    return Judgement(judged.outcomes | ELSEWHERE, definite)


def _by_rule(condition: Condition, box: Box) -> Judgement:
    match condition.rule:
        case Threshold() as rule:
            return _threshold(rule, box)
        case Requirement(holds):
            return _of(_answer(holds, box))
        case Attested():
            return _of(answers(box.leaf(Leaf(LeafKind.ATTESTED, condition.id, box.ground.year))))
        case AtLeastOf(count, options):
            return _at_least(count, [judge(option, box) for option in options])
        case _:
            assert_never(condition.rule)


def _answer(tree: Expression | None, box: Box) -> Answers:
    return YES if tree is None else answers(over(tree, box, box.ground.year))


def _of(found: Answers) -> Judgement:
    if found.missing:
        return Judgement(EITHER, definite=not (found.yes or found.no))
    if found.yes and found.no:
        return Judgement(EITHER, definite=False)
    return Judgement(MET if found.yes else UNMET, definite=True)


def _threshold(rule: Threshold, box: Box) -> Judgement:
    """The first case that holds counts; all that may be the first, while that is open."""
    value = over(rule.subject, box, box.ground.year)
    outcomes: Outcomes = frozenset()
    definite = True
    for case in rule.cases:
        holds = _answer(case.when, box)
        definite = definite and holds.yes + holds.no + holds.missing == 1
        if holds.yes or holds.missing:
            found = _of(answers(compared(rule.comparison, value, known(case.value))))
            outcomes |= found.outcomes
            definite = definite and found.definite
        if holds == YES:
            break
    else:
        outcomes |= ELSEWHERE
    return Judgement(outcomes, definite or len(outcomes) == 1)


def _at_least(count: int, options: list[Judgement]) -> Judgement:
    certain = sum(1 for option in options if option.outcomes == MET)
    most = sum(1 for option in options if Outcome.MET in option.outcomes)
    if certain >= count:
        return Judgement(MET, definite=True)
    if most < count:
        return Judgement(UNMET, definite=True)
    return Judgement(EITHER, all(option.definite for option in options))


# Points, in hundredths


@dataclass(frozen=True, slots=True)
class Score:
    """The points an item may give, in hundredths: some number of ``steps``, or every one from ``low`` to
    ``high`` where these are None. ``missing``: it may be without a value, and then every number attainable
    is among them. ``reached`` is the most that a value gives; None where it has none for certain."""

    low: int
    high: int
    steps: tuple[int, ...] | None
    missing: bool
    reached: int | None

    @property
    def definite(self) -> bool:
        """Whether everywhere in the box the engine's verdict leaves open exactly this."""
        return self.reached is None or (not self.missing and self.low == self.high)

    def surely(self, wanted: int) -> bool:
        """Whether everywhere in the box it gives at least so much."""
        return not self.missing and self.low >= wanted

    def never(self, wanted: int) -> bool:
        """Whether nowhere in the box it gives so much."""
        return self.reached is None or self.reached < wanted


def score(item: ScoredItem, box: Box) -> Score:
    """The points ``item`` may give over ``box``."""
    match item.method:
        case Bands(subject) as bands:
            found = over(subject, box, box.ground.year)
            values = _at_bounds(bands, found) if isinstance(found, Numbers) else []
            return _score(item, [hundredths(band_points(bands, value, item)) for value in values], found)
        case Linear(subject) as linear:
            found = over(subject, box, box.ground.year)
            if not isinstance(found, Numbers):
                return _score(item, [], found)
            ends = [linear_points(linear, value, item) for value in (found.low, found.high)]
            return _score(item, [hundredths(points) for points in ends], found, every=True)
        case Rubric(levels):
            chosen = box.leaf(Leaf(LeafKind.RATED, item.id, box.ground.year))
            options = chosen.options if isinstance(chosen, Labels) else frozenset()
            points = [bounded(level.points, item) for level in levels if options and level.id in options]
            return _score(item, [hundredths(each) for each in points], chosen)


def _at_bounds(bands: Bands, found: Numbers) -> list[Decimal]:
    """Values that stand for all of ``found``: between two bounds nothing changes."""
    start = found.low if bands.rising else found.high
    between = {step.bound for step in bands.steps if found.low <= step.bound <= found.high}
    return [start, *sorted(between)]


def _score(item: ScoredItem, points: list[int], found: Span, *, every: bool = False) -> Score:
    if points and not found.missing:
        steps = None if every else tuple(sorted(set(points)))
        return Score(min(points), max(points), steps, missing=False, reached=max(points))
    still = attainable(item)
    rest = (0, hundredths(item.maximum)) if still is None else tuple(map(hundredths, still))
    together = (*points, *rest)
    steps = None if still is None else tuple(sorted(set(together)))
    reached = max(points, default=None)
    return Score(min(together), max(together), steps, missing=True, reached=reached)


def hundredths(points: Decimal) -> int:
    """Points as a whole number of their smallest step."""
    return int(round_half_up(points, POINT_DIGITS).scaleb(POINT_DIGITS))


def points_of(hundreds: int) -> Decimal:
    """The points again."""
    return Decimal(hundreds).scaleb(-POINT_DIGITS).normalize() if hundreds else Decimal(0)
