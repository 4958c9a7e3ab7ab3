"""HiGHS behind its door: right answers, an end when told so, and no numpy."""

import subprocess
import sys
from fractions import Fraction

import pytest

from chuyi_desktop.domain.errors import CancelledError, OutputError
from chuyi_desktop.scoring.planning.integer_program import Ending, IntegerProgram, NoSolver
from chuyi_desktop.solver import highs
from chuyi_desktop.solver.highs import HighsSolver
from tests.solver.watching import Patient


class _Impatient(Patient):
    """Gives up when first asked while the solver works."""

    def seconds_left(self) -> float:
        raise CancelledError


def knapsack(size: int) -> IntegerProgram:
    """Something that takes more than a moment."""
    program = IntegerProgram()
    items = [program.variable(0, 3, Fraction(17 * at % 41 + 7, 3)) for at in range(size)]
    for row in range(size // 2):
        weights = {item: (item * 31 + row * 17) % 53 + 1 for item in items}
        program.demand(weights, 23 * size + row)
    return program


def test_the_cheapest_solution_and_its_proof() -> None:
    program = IntegerProgram()
    x, y = program.variable(0, 10, Fraction(1)), program.variable(0, 10, Fraction(2))
    program.demand({x: 2, y: 3}, 17)
    program.demand({x: -1}, -6)
    solved = HighsSolver().solve(program, Patient(), 10)
    assert solved.ending is Ending.OPTIMAL
    assert solved.values == (6, 2)
    assert program.holds(solved.values)
    assert program.cost(solved.values) == 10
    assert solved.bound is not None
    assert abs(solved.bound - 10) < Fraction(1, 10**6)


def test_no_solution() -> None:
    program = IntegerProgram()
    x = program.variable(0, 3)
    program.demand({x: 2}, 9)
    assert HighsSolver().solve(program, Patient(), 10).ending is Ending.INFEASIBLE


def test_who_gives_up_gets_no_answer() -> None:
    with pytest.raises(CancelledError):
        HighsSolver().solve(knapsack(60), _Impatient(), 30)


def test_without_a_solver_the_user_is_told() -> None:
    with pytest.raises(OutputError, match="求解"):
        NoSolver().solve(IntegerProgram(), Patient(), 1)


def test_a_solver_that_cannot_be_loaded_is_told_as_one_that_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a machine whose own libraries are too old for it."""

    def too_old(spec: object) -> None:
        raise ImportError(spec)

    highs._core.cache_clear()  # loaded once in the life of a program
    monkeypatch.setattr(highs.importlib.util, "module_from_spec", too_old)
    with pytest.raises(OutputError, match="求解"):
        HighsSolver().solve(knapsack(3), Patient(), 1)
    # What could not be loaded is not kept.
    monkeypatch.undo()
    assert HighsSolver().solve(knapsack(3), Patient(), 10).values is not None


def test_numpy_is_not_needed() -> None:
    """The bundle leaves it out."""
    program = (
        "import sys; sys.modules['numpy'] = None\n"
        "from fractions import Fraction\n"
        "from chuyi_desktop.solver.highs import HighsSolver\n"
        "from chuyi_desktop.scoring.planning.integer_program import IntegerProgram\n"
        "from tests.solver.watching import Patient\n"
        "asked = IntegerProgram(); asked.demand({asked.variable(0, 9, Fraction(1)): 1}, 4)\n"
        "print(HighsSolver().solve(asked, Patient(), 5).values)\n"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "(4,)"
