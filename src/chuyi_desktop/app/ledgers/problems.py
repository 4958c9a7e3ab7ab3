"""Problems of a ledger, gathered: each refusal by itself, but what was only noted for every cell of a column
once, with how often."""

from dataclasses import dataclass, field, replace

from chuyi_desktop.domain.problem import Place, Problem, Severity

MOST_PROBLEMS = 2000
"""Refusals and warnings that are kept; more are counted."""


@dataclass(slots=True)
class Gathered:
    """The problems of one sheet; ``place`` is the sheet."""

    place: Place
    _kept: list[Problem] = field(default_factory=list)
    _notes: dict[tuple[str, str], tuple[Problem, int]] = field(default_factory=dict)
    _more: int = 0
    _more_errors: int = 0

    def tell(
        self, code: str, severity: Severity, cell: str = "", label: str = "", **params: object
    ) -> Problem:
        """A problem of a cell, or of the whole sheet."""
        problem = Problem(code, severity, replace(self.place, cell=cell, label=label), params)
        self.take(problem)
        return problem

    def take(self, problem: Problem, column: str = "") -> None:
        """Keep a problem; notes of the same kind in one ``column`` are counted."""
        if column and problem.severity is Severity.NOTE:
            first, count = self._notes.get((problem.code, column), (problem, 0))
            self._notes[problem.code, column] = (first, count + 1)
        elif len(self._kept) < MOST_PROBLEMS:
            self._kept.append(problem)
        else:
            self._more += 1
            self._more_errors += problem.severity is Severity.ERROR

    def problems(self) -> tuple[Problem, ...]:
        """All that was told: refusals first, as they stand in the file, then warnings, then notes."""
        notes = [
            first
            if count == 1
            else Problem(
                "ledger.note_and_more",
                Severity.NOTE,
                first.place,
                {"sentence": first.sentence, "count": count - 1},
            )
            for first, count in self._notes.values()
        ]
        more = []
        if self._more:
            severity = Severity.ERROR if self._more_errors else Severity.WARNING
            params = {"limit": MOST_PROBLEMS, "count": self._more}
            more.append(Problem("ledger.more_problems", severity, self.place, params))
        order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
        return tuple(sorted((*self._kept, *notes, *more), key=lambda each: order.index(each.severity)))
