"""What a rule is to come to, as a question that a box answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from chuyi_desktop.domain.programme import Bands, Condition, Rubric, ScoredItem
from chuyi_desktop.domain.verdict import Outcome, RuleOutcome
from chuyi_desktop.scoring.outlook.ground import Box
from chuyi_desktop.scoring.outlook.judging import hundredths, judge, points_of, score
from chuyi_desktop.scoring.outlook.results import Aim
from chuyi_desktop.scoring.points import attainable


@dataclass(frozen=True, slots=True)
class Goal:
    """A rule and what it is to come to; ``points`` in hundredths for an item."""

    rule: Condition | ScoredItem
    aim: Aim
    points: int = 0

    def reached(self, box: Box) -> bool | None:
        """Whether everywhere in the box (True), nowhere (False), or neither can be said."""
        if isinstance(self.rule, ScoredItem):
            found = score(self.rule, box)
            return True if found.surely(self.points) else False if found.never(self.points) else None
        judged = judge(self.rule, box)
        return True if judged.surely_met else False if judged.never_met else None

    def points_in(self, box: Box) -> Decimal | None:
        """The points the item then gives."""
        return points_of(score(self.rule, box).low) if isinstance(self.rule, ScoredItem) else None


def goals(rule: Condition | ScoredItem, judged: RuleOutcome) -> Iterator[Goal]:
    """What the rule is to come to: met, or full points, and by bands and levels the next better."""
    if not isinstance(rule, ScoredItem):
        if judged.outcome in {Outcome.UNMET, Outcome.MISSING}:
            yield Goal(rule, Aim.MET)
        return
    full = hundredths(rule.maximum)
    now = None if judged.points is None else hundredths(judged.points)
    if now == full:
        return
    steps = attainable(rule)
    if steps is None:
        yield Goal(rule, Aim.FULL, full)
        return
    better = [points for points in map(hundredths, steps) if now is None or points > now]
    if now is not None and better and isinstance(rule.method, Bands | Rubric) and better[0] != better[-1]:
        yield Goal(rule, Aim.BETTER, better[0])
    if better:
        # Where no band or level gives full points, the most there is.
        yield Goal(rule, Aim.FULL, better[-1])
