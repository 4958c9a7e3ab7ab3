"""The search for improvements: solve, let the engine judge, learn, and solve again."""

from dataclasses import replace
from fractions import Fraction

from chuyi_desktop.domain.assessment import Field
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.scoring.planning.applying import total_cost
from chuyi_desktop.scoring.planning.found import Found, Nothing, below, nothing_cheaper
from chuyi_desktop.scoring.planning.inquiry import MOST_ROUNDS, Inquiry
from chuyi_desktop.scoring.planning.integer_program import Ending, Solved, Solver, Watch
from chuyi_desktop.scoring.planning.item_points import hundredths
from chuyi_desktop.scoring.planning.lever_variables import read_moves
from chuyi_desktop.scoring.planning.tidying import Tidying
from chuyi_desktop.scoring.planning.tier_program import (
    STRICT_KEPT,
    Question,
    Setting,
    TierProgram,
    cheapest_unit,
)

_RADII = (3, 60, 3000, 10**5)
"""How far levers may move at first, by cost; farther only where nothing is found so near."""
_BOUND_SHARE = 0.1
"""How much of the time is kept for a bound where nothing was proved."""
_CHEAPER = 1 - Fraction(1, 10**7)
"""What counts as cheaper: by more than a ten-millionth."""
_DEARER = 2 - _CHEAPER


class Search:
    """Searches for one question. What is learnt about points holds for every search for it."""

    def __init__(self, asked: Question, solver: Solver, watch: Watch) -> None:
        self._asked = asked
        self._inquiry = Inquiry(asked, solver, watch)
        self._tidied = Tidying(self._inquiry).tidied

    def cheapest(self, still: frozenset[Field], seconds: float) -> Found | Nothing:
        """The cheapest moves, found within about ``seconds``, while the levers of ``still`` stay where they
        are. Checks that only want an explanation are let go where nothing else is to be found."""
        last = self._inquiry.watch.seconds_left() - seconds
        self._inquiry.end = last + seconds * _BOUND_SHARE
        setting = Setting(Fraction(0), still)
        found = self._within_reach(setting)
        if isinstance(found, Nothing) and not found.stopped:
            setting = replace(setting, grades=STRICT_KEPT)
            looser = self._within_reach(setting)
            found = looser if isinstance(looser, Found) else found
        if isinstance(found, Found) and not found.proved and found.bound is None:
            self._inquiry.end = last
            return self._proved_relaxed(found, setting)
        return found

    def _proved_relaxed(self, found: Found, setting: Setting) -> Found:
        """``found`` with what the question says of it without the rules that no program can be told exactly:
        where even so nothing is cheaper, it is the cheapest; else a cost below which nothing lies."""
        if self._inquiry.left() <= 0 or found.cost == 0:
            return found
        unit = cheapest_unit(self._asked)
        wide = replace(
            setting,
            radius=max(found.cost, unit),
            free=_RADII[-1] * unit,
            relaxed=True,
        )
        drawn = self._inquiry.drawn(wide)
        solved = self._inquiry.solve(drawn)
        if drawn.approximate:
            return found
        if solved.ending is Ending.OPTIMAL and (solved.bound or 0) >= found.cost * _CHEAPER:
            return replace(found, bound=found.cost, proved=True)
        return replace(found, bound=below(solved.bound, found.cost) or None)

    def _within_reach(self, setting: Setting) -> Found | Nothing:
        """Look near by first: small ranges keep the solver exact. What costs no more than the ranges allow
        for is the cheapest of all; where it costs more, the ranges are set to what it costs."""
        unit = cheapest_unit(self._asked)
        found: Found | Nothing = Nothing()
        for radius in _RADII:
            within = replace(setting, radius=radius * unit)
            first = self._inquiry.drawn(within)
            if first.divisors:
                divisors = self._inquiry.known_ones(first.divisors)
                pinned = replace(within, pinned=divisors, cautious=True)
                found = self._proved(within, self._refined(pinned), first)
            else:
                found = self._refined(within)
            if isinstance(found, Found):
                return self._proved_afar(found, within, first, _RADII[-1] * unit)
            if not first.variables.bounded or found.stopped:
                return found
        return found

    def _proved_afar(
        self, found: Found, within: Setting, first: TierProgram, farthest: Fraction
    ) -> Found | Nothing:
        """``found``, the best that is so near, held against what lies beyond: dearer moves where it costs
        more than the ranges allow for, and what costs nothing wherever it was held back."""
        variables = first.variables
        beyond = variables.bounded and found.cost > within.radius
        if found.cost == 0 or not (beyond or variables.free_bounded):
            return self._tidied(found, within)
        # What was proved so near is not proved of all; and no moves beyond the ranges are free.
        bound = found.bound
        if bound is not None:
            bound = None if variables.free_bounded else min(bound, within.radius)
        afar = replace(within, radius=max(within.radius, found.cost), free=farthest)
        return self._tidied(self._proved(afar, replace(found, proved=False, bound=bound), first), afar)

    def _refined(self, setting: Setting) -> Found | Nothing:
        """Solve until the engine agrees; what it corrects is told to the next program."""
        for round_ in range(MOST_ROUNDS):
            drawn = self._inquiry.drawn(setting)
            solved = self._inquiry.solve(drawn)
            if solved.ending is Ending.INFEASIBLE:
                return Nothing(proved=not drawn.approximate and setting.margin == 0, unknown=drawn.unknown)
            if solved.values is None:
                return Nothing(stopped=self._inquiry.left() <= 0, unknown=drawn.unknown)
            moves = read_moves(drawn.variables, self._asked.levers, solved.values)
            verdict = self._inquiry.judge(moves)
            if self._inquiry.reached(verdict):
                exact = not drawn.approximate and setting.margin == 0 and not setting.pinned
                cost = total_cost(moves, self._asked.levers)
                bound = below(solved.bound, cost) if exact else None
                proved = exact and solved.ending is Ending.OPTIMAL
                return Found(moves, verdict, cost, bound, proved or cost == 0, setting)
            learnt = self._inquiry.learn(drawn, solved, verdict)
            if self._inquiry.left() <= 0:
                return Nothing(stopped=True)
            if not learnt or round_ > MOST_ROUNDS // 2:
                # Ask for a little more than the tier does: dearer, but a way that is sure.
                setting = replace(setting, margin=setting.margin + self._short(verdict))
        return Nothing()

    def _proved(self, setting: Setting, best: Found | Nothing, first: TierProgram) -> Found | Nothing:
        """Look for something cheaper than ``best`` until there is none: then it is proved. On the way,
        divisors stand where the last solution put them, which makes the rest linear and often better."""
        bound = best.bound if isinstance(best, Found) else None
        while not (isinstance(best, Found) and best.cost == 0):
            cap = best.cost * _CHEAPER if isinstance(best, Found) else None
            drawn = self._inquiry.drawn(_narrowed(setting, cap))
            solved = self._inquiry.solve(drawn)
            if solved.ending is Ending.INFEASIBLE:
                if isinstance(best, Found) and not self._is_seen(best, setting):
                    break
                return nothing_cheaper(best, drawn)
            if not drawn.approximate and solved.bound is not None:
                bound = solved.bound if bound is None else max(bound, solved.bound)
            if solved.values is None:
                break
            better, settled = self._bettered(best, drawn, solved, setting, first)
            if settled or self._inquiry.left() <= 0:
                best = better
                break
            best = better
        if isinstance(best, Found):
            return best if best.proved else replace(best, bound=below(bound, best.cost))
        return Nothing(stopped=self._inquiry.left() <= 0)

    def _is_seen(self, best: Found, setting: Setting) -> bool:
        """Whether the solver, asked for what costs a hair more, sees that there is something: where it denies
        even the moves that are known, its denying anything cheaper proves nothing."""
        known = self._inquiry.solve(self._inquiry.drawn(_narrowed(setting, best.cost * _DEARER)))
        return known.ending is not Ending.INFEASIBLE

    def _bettered(
        self,
        best: Found | Nothing,
        drawn: TierProgram,
        solved: Solved,
        setting: Setting,
        first: TierProgram,
    ) -> tuple[Found | Nothing, bool]:
        """The best after one more solution, and whether nothing more is to be had."""
        if solved.values is None:
            return best, True
        moves = read_moves(drawn.variables, self._asked.levers, solved.values)
        verdict = self._inquiry.judge(moves)
        if self._inquiry.reached(verdict):
            done = solved.ending is Ending.OPTIMAL
            exact = done and not drawn.approximate
            cost = total_cost(moves, self._asked.levers)
            if isinstance(best, Found) and cost >= best.cost:
                # The cheapest of all costs as much; or far more: then floating point led the solver astray.
                sure = exact and cost * _CHEAPER <= best.cost
                return replace(best, proved=True, bound=best.cost) if sure else best, True
            return Found(moves, verdict, cost, cost if exact else None, exact, setting), done
        learnt = self._inquiry.learn(drawn, solved, verdict)
        if self._inquiry.left() <= 0:
            return best, True
        cap = best.cost * _CHEAPER if isinstance(best, Found) else None
        divisors = self._inquiry.known_ones(first.divisors)
        near = self._refined(replace(setting, pinned=divisors, at=moves, dearest=cap, cautious=True))
        return (near, False) if isinstance(near, Found) else (best, not learnt)

    def _short(self, verdict: Verdict) -> int:
        """Hundredths that the points fall short by, at least one."""
        asked = self._asked.terms.tier.rule.minimum_points
        return 1 if asked is None else max(1, hundredths(asked) - hundredths(verdict.points))


def _narrowed(setting: Setting, cap: Fraction | None) -> Setting:
    """``setting`` for what costs no more than ``cap``; what costs nothing may move as far as before."""
    if cap is None:
        return setting
    free = setting.radius if setting.free is None else setting.free
    return replace(setting, dearest=cap, radius=min(setting.radius, cap), free=free)
