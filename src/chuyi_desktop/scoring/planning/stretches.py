"""Divisors that may move, cut into stretches in which a product with them is bounded by straight lines."""

from fractions import Fraction

from chuyi_desktop.scoring.planning.integer_program import IntegerProgram
from chuyi_desktop.scoring.planning.quantity import Affine, whole_numbers

Cut = tuple[tuple[int | None, Fraction, Fraction], ...]
"""Stretches of a divisor: the switch that is on in it, the least and the most."""


class Stretches:
    """The stretches of one integer program."""

    def __init__(self, program: IntegerProgram) -> None:
        self._program = program
        self._known: dict[object, Cut] = {}
        self.divisors: set[int] = set()
        """Variables in divisors of shared points: while they stand still, all is linear."""

    def of(self, divisor: Affine, low: Fraction, high: Fraction) -> Cut:
        """Stretches (switch, least, most) of a divisor: below, at and above what it is now. Exactly one
        switch is on; it is None where the divisor never moves. What several items share is cut up once."""
        if divisor.is_constant or low == high:
            return ((None, low, high),)
        self.divisors |= divisor.terms.keys()
        key = (divisor.constant, tuple(sorted(divisor.terms.items())))
        if key not in self._known:
            self._known[key] = self._cut_up(divisor, max(low, Fraction(0)), high)
        return self._known[key]

    def _cut_up(self, divisor: Affine, low: Fraction, high: Fraction) -> Cut:
        program = self._program
        now = divisor.constant
        ends = [(low, now), (now, now), (now, high)] if low < now < high else [(low, high)]
        if len(ends) == 1:
            return ((None, low, high),)
        found = [(program.switch(), least, most) for least, most in ends]
        program.demand({switch: 1 for switch, _, _ in found}, 1)
        for switch, least, most in found:
            terms, at = whole_numbers(divisor.plus(Affine(-least)))
            program.demand(terms, -at, (switch,))
            terms, at = whole_numbers(Affine(most).plus(divisor, Fraction(-1)))
            program.demand(terms, -at, (switch,))
        return tuple(found)
