"""Linear programs in whole numbers, exact on this side of the solver's door."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import gcd
from typing import Protocol

from chuyi_desktop.domain.errors import OutputError

Terms = Mapping[int, int]
"""Coefficients by number of variable."""


@dataclass(slots=True)
class Variable:
    """A whole number from ``lower`` to ``upper``; each unit costs ``cost``."""

    lower: int
    upper: int
    cost: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Row:
    """The sum of ``terms`` is at least ``least``."""

    terms: Mapping[int, int]
    least: int


@dataclass(slots=True)
class IntegerProgram:
    """Minimise the cost of all variables so that every row holds."""

    variables: list[Variable] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def variable(self, lower: int, upper: int, cost: Fraction = Fraction(0)) -> int:
        """A new variable; its number."""
        self.variables.append(Variable(lower, upper, cost))
        return len(self.variables) - 1

    def switch(self, cost: Fraction = Fraction(0)) -> int:
        """A new variable that is 0 or 1."""
        return self.variable(0, 1, cost)

    def least(self, terms: Mapping[int, int]) -> int:
        """The least that ``terms`` can come to within the bounds of their variables."""
        found = 0
        for number, factor in terms.items():
            variable = self.variables[number]
            found += factor * (variable.lower if factor > 0 else variable.upper)
        return found

    def most(self, terms: Mapping[int, int]) -> int:
        """The most that ``terms`` can come to."""
        return -self.least({number: -factor for number, factor in terms.items()})

    def demand(self, terms: Mapping[int, int], least: int, when: Iterable[int] = ()) -> None:
        """The sum of ``terms`` is at least ``least`` when all switches of ``when`` are on.

        Coefficients are divided by what they have in common, and the switches get the smallest factor that
        lets the row go: both keep the solver's own rounding errors harmless.
        """
        plain = {number: factor for number, factor in terms.items() if factor}
        common = gcd(*plain.values()) if plain else 1
        if common > 1:
            plain = {number: factor // common for number, factor in plain.items()}
            least = -((-least) // common)
        slack = least - self.least(plain)
        if slack <= 0:
            return
        whole = dict(plain)
        for switch in when:
            whole[switch] = whole.get(switch, 0) - slack
            least -= slack
        self.rows.append(Row(whole, least))

    def holds(self, values: Sequence[int]) -> bool:
        """Whether every row and bound holds for ``values``, exactly."""
        if any(
            not variable.lower <= value <= variable.upper
            for variable, value in zip(self.variables, values, strict=True)
        ):
            return False
        return all(
            sum(factor * values[number] for number, factor in row.terms.items()) >= row.least
            for row in self.rows
        )

    def cost(self, values: Sequence[int]) -> Fraction:
        """What ``values`` cost, exactly."""
        return sum(
            (variable.cost * value for variable, value in zip(self.variables, values, strict=True) if value),
            Fraction(0),
        )


class Ending(StrEnum):
    """How a solver came to its end."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    STOPPED = "stopped"
    """Out of time; ``values`` may hold the best found so far."""


@dataclass(frozen=True, slots=True)
class Solved:
    """What a solver says: ``bound`` is a cost below which nothing can lie, None where it knows of none."""

    ending: Ending
    values: tuple[int, ...] | None = None
    bound: Fraction | None = None


class Watch(Protocol):
    """Time and patience, which the pure part has none of."""

    def seconds_left(self) -> float:
        """Seconds that may still be used; 0 or less where none are. May raise CancelledError."""

    def at(self, done: int, total: int) -> None:
        """Say how far the search is. May raise CancelledError."""


class Solver(Protocol):
    """Solves integer programs."""

    def solve(self, program: IntegerProgram, watch: Watch, seconds: float) -> Solved:
        """The cheapest solution found within ``seconds``; whole numbers, though worked out in floating point:
        the caller looks again whether they hold. Raises CancelledError where ``watch`` does."""


class NoSolver:
    """The solver of a program put together without one."""

    def solve(self, program: IntegerProgram, watch: Watch, seconds: float) -> Solved:
        """Raises OutputError: there is none."""
        del program, watch, seconds
        raise OutputError("plan.no_solver")


NO_SOLVER = NoSolver()
"""Where nothing else is given."""
