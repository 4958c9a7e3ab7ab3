"""What was found, made better: less assumed of what is 未填, and smaller steps."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from chuyi_desktop.domain.assessment import Field
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.scoring.planning.applying import cost_of, total_cost
from chuyi_desktop.scoring.planning.found import Found, Nothing, below
from chuyi_desktop.scoring.planning.inquiry import MOST_ROUNDS, Inquiry
from chuyi_desktop.scoring.planning.lever_variables import Moves, read_moves
from chuyi_desktop.scoring.planning.levers import FigureLever
from chuyi_desktop.scoring.planning.tier_program import Setting


class Tidying:
    """Makes better what one inquiry found."""

    def __init__(self, inquiry: Inquiry) -> None:
        self._inquiry = inquiry
        self._asked = inquiry.asked

    def tidied(self, found: Found | Nothing, setting: Setting) -> Found | Nothing:
        """As little as possible assumed of what is 未填; and where it is not proved, every step as small as
        the engine lets it be."""
        if not isinstance(found, Found):
            return found
        moves, verdict = self._least_claims(found.moves, found.verdict, setting)
        if not found.proved:
            moves, verdict = self._shrunk(moves, verdict)
        cost = total_cost(moves, self._asked.levers)
        bound = below(found.bound, cost)
        return replace(
            found, moves=moves, verdict=verdict, cost=cost, bound=bound, proved=found.proved or cost == 0
        )

    def _least_claims(self, moves: Moves, verdict: Verdict, setting: Setting) -> tuple[Moves, Verdict]:
        """The same changes of what is known with as little as possible assumed of what is 未填."""
        if all(map(self._inquiry.is_known, moves.moved)):
            return moves, verdict
        known = self._inquiry.known_ones(self._asked.levers)
        for _ in range(MOST_ROUNDS):
            again = self._inquiry.drawn(replace(setting, pinned=known, at=moves))
            for variable in again.program.variables:
                variable.cost = Fraction(0)
            for number, size in again.variables.claims.items():
                again.program.variables[number].cost = size
            solved = self._inquiry.solve(again)
            if solved.values is None or self._inquiry.watch.seconds_left() <= 0:
                break
            least = read_moves(again.variables, self._asked.levers, solved.values)
            judged = self._inquiry.judge(least)
            if self._inquiry.reached(judged):
                return least, judged
            if not self._inquiry.learn(again, solved, judged):
                break
        return self._shrunk(moves, verdict)

    def _shrunk(self, moves: Moves, verdict: Verdict) -> tuple[Moves, Verdict]:
        """Every figure moved back as far as the engine still agrees, the dearest first."""
        levers = self._asked.levers
        order = sorted(moves.moved, key=lambda place: -cost_of(place, moves, levers[place]))
        for place in order:
            for nearer in self._nearer(moves, place):
                if self._inquiry.watch.seconds_left() <= 0:
                    return moves, verdict
                judged = self._inquiry.judge(nearer)
                if not self._accepts(judged, verdict):
                    break
                moves, verdict = nearer, judged
        return moves, verdict

    def _accepts(self, judged: Verdict, before: Verdict) -> bool:
        old = {finding.check.id for finding in before.findings}
        new = {finding.check.id for finding in judged.findings}
        return self._inquiry.reached(judged) and new <= old

    def _nearer(self, moves: Moves, place: Field) -> Iterator[Moves]:
        """The same moves with one figure nearer to where it is now, in longer and longer strides."""
        lever = self._asked.levers[place]
        if not isinstance(lever, FigureLever):
            return
        if lever.known and not (
            lever.lower <= lever.start and (lever.upper is None or lever.start <= lever.upper)
        ):
            # The school's own limit moves it: there is no way back to where it is now.
            return
        goal, start = moves.figures[place], lever.start if lever.known else lever.lower
        size = abs(goal - start)
        way = 1 if goal > start else -1
        if size == 0:
            return
        step = 1
        while step <= size:
            at = goal - way * step
            figures = {**moves.figures, place: at}
            if at == lever.start and lever.known:
                del figures[place]
            yield replace(moves, figures=figures)
            step *= 2
