"""A question put to the solver and its answers to the engine, as often as there is time; what is learnt about
points on the way holds for every further question."""

from collections.abc import Iterable
from dataclasses import replace

from chuyi_desktop.domain.assessment import Field
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.scoring.planning.applying import changes
from chuyi_desktop.scoring.planning.integer_program import Ending, Solved, Solver, Watch
from chuyi_desktop.scoring.planning.item_points import Level, hundredths
from chuyi_desktop.scoring.planning.lever_variables import Moves
from chuyi_desktop.scoring.planning.levers import FigureLever
from chuyi_desktop.scoring.planning.new_rows import RosterLever
from chuyi_desktop.scoring.planning.reached import reaches
from chuyi_desktop.scoring.planning.tier_program import Question, Setting, TierProgram, draw_up
from chuyi_desktop.scoring.verdicts import assess

MOST_ROUNDS = 60
"""Solutions the engine is asked about in one search."""
_SOLVER_SHARE = 0.6
"""How much of the time that is left a single solution may take."""


class Inquiry:
    """One question, its solver and its time."""

    def __init__(self, asked: Question, solver: Solver, watch: Watch) -> None:
        self.asked = asked
        self.watch = watch
        self.end = 0.0
        """What the watch shows when the search that is on has to be over."""
        self._solver = solver
        self._levels: set[Level] = set()

    def left(self) -> float:
        """Seconds left for the search that is on."""
        return self.watch.seconds_left() - self.end

    def drawn(self, setting: Setting) -> TierProgram:
        """The program for ``setting`` with all that was learnt."""
        return draw_up(self.asked, replace(setting, levels=frozenset(self._levels)))

    def solve(self, drawn: TierProgram) -> Solved:
        """What the solver says, looked at exactly: what does not hold is no proof of anything."""
        seconds = max(0.3, self.left() * _SOLVER_SHARE)
        solved = self._solver.solve(drawn.program, self.watch, seconds)
        if solved.values is not None and not drawn.program.holds(solved.values):
            return replace(solved, ending=Ending.STOPPED)
        return solved

    def judge(self, moves: Moves) -> Verdict:
        """What the engine says once ``moves`` are made."""
        asked = self.asked
        made = changes(moves, asked.levers, asked.assessment)
        return assess(asked.programme, asked.assessment.after(made))

    def reached(self, verdict: Verdict) -> bool:
        """Whether ``verdict`` says the tier for certain."""
        return reaches(self.asked.programme, self.asked.terms.tier, verdict)

    def learn(self, drawn: TierProgram, solved: Solved, verdict: Verdict) -> bool:
        """Note every item that was credited with more points than the engine gives; whether any was."""
        before = len(self._levels)
        judged = {rule.id: rule.points for rule in verdict.items}
        for item_id, credit in drawn.credits.items():
            points = judged[item_id]
            earned = 0 if points is None else hundredths(points)
            if solved.values is not None and credit.of(solved.values) > earned:
                self._levels.add((item_id, earned + 1))
        return len(self._levels) > before

    def is_known(self, place: Field) -> bool:
        """Whether the school filled in what the lever moves."""
        lever = self.asked.levers[place]
        return lever.known if isinstance(lever, FigureLever | RosterLever) else True

    def known_ones(self, places: Iterable[Field]) -> frozenset[Field]:
        """Those of ``places`` that the school filled in."""
        return frozenset(filter(self.is_known, places))
