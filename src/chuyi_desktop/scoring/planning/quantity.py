"""Numbers of a formula as what a linear program can hold: a quotient of two linear sums, and what is then
done to it one step after another (rounding, times, plus)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, lcm

from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.scoring.planning.logic import FALSE, TRUE, Atom, Logic, all_of, some_of


class NotLinearError(Exception):
    """A product of figures that may all change; keeping those of ``choices`` as they are, one set of
    variables or the other, would make it linear."""

    def __init__(self, *choices: frozenset[int]) -> None:
        self.choices = choices
        super().__init__()


@dataclass(frozen=True, slots=True)
class Affine:
    """A constant and a sum of whole-number variables with factors; ``needs`` are the switches that say that
    a figure which is 未填 now is filled in."""

    constant: Fraction = Fraction(0)
    terms: Mapping[int, Fraction] = field(default_factory=dict)
    needs: frozenset[int] = frozenset()

    @property
    def is_constant(self) -> bool:
        """Whether no variable is in it."""
        return not self.terms

    def plus(self, other: "Affine", factor: Fraction = Fraction(1)) -> "Affine":
        """``self + factor × other``."""
        terms = dict(self.terms)
        for number, each in other.terms.items():
            terms[number] = terms.get(number, Fraction(0)) + factor * each
        kept = {number: each for number, each in terms.items() if each}
        return Affine(self.constant + factor * other.constant, kept, self.needs | other.needs)

    def times(self, factor: Fraction) -> "Affine":
        """``factor × self``."""
        if factor == 0:
            return Affine(needs=self.needs)
        terms = {number: factor * each for number, each in self.terms.items()}
        return Affine(factor * self.constant, terms, self.needs)

    def multiplied(self, other: "Affine") -> "Affine":
        """``self × other``, one of which must be constant."""
        if other.is_constant:
            return replace(self.times(other.constant), needs=self.needs | other.needs)
        if self.is_constant:
            return replace(other.times(self.constant), needs=self.needs | other.needs)
        raise NotLinearError(frozenset(self.terms), frozenset(other.terms))

    def on_grid(self, digits: int) -> bool:
        """Whether it always has at most ``digits`` decimals, for whole numbers in the variables."""
        scale = 10**digits
        return all((each * scale).denominator == 1 for each in (self.constant, *self.terms.values()))


ONE = Affine(Fraction(1))


@dataclass(frozen=True, slots=True)
class Rounded:
    """Round half up to ``digits`` decimals."""

    digits: int


@dataclass(frozen=True, slots=True)
class Scaled:
    """Times ``factor``, plus ``plus``."""

    factor: Fraction
    plus: Fraction


@dataclass(frozen=True, slots=True)
class Quantity:
    """``top ÷ bottom``, then ``steps``."""

    top: Affine
    bottom: Affine = ONE
    steps: tuple[Rounded | Scaled, ...] = ()

    @property
    def needs(self) -> frozenset[int]:
        """Switches that must be on for it to have a value."""
        return self.top.needs | self.bottom.needs

    @property
    def rounding_error(self) -> Fraction:
        """How far all rounding on the way may take it from the unrounded number."""
        error = Fraction(0)
        for step in self.steps:
            if isinstance(step, Rounded):
                error += Fraction(1, 2 * 10**step.digits)
            else:
                error *= abs(step.factor)
        return error

    @property
    def slope(self) -> tuple[Fraction, Fraction]:
        """Factor and constant of all steps but rounding, put together."""
        factor, plus = Fraction(1), Fraction(0)
        for step in self.steps:
            if isinstance(step, Scaled):
                factor, plus = factor * step.factor, plus * step.factor + step.plus
        return factor, plus

    def rounded(self, digits: int) -> "Quantity":
        """Rounded half up to ``digits`` decimals."""
        plain = self.bottom.is_constant and not self.steps
        if plain and self.top.times(1 / self.bottom.constant).on_grid(digits):
            return self
        return replace(self, steps=(*self.steps, Rounded(digits)))

    def scaled(self, factor: Fraction, plus: Fraction) -> "Quantity":
        """``factor × self + plus``."""
        if self.steps:
            return replace(self, steps=(*self.steps, Scaled(factor, plus)))
        return replace(self, top=self.top.times(factor).plus(self.bottom, plus))


def constant(value: Decimal) -> Quantity:
    """A number that no lever changes."""
    return Quantity(Affine(Fraction(value)))


def compare(quantity: Quantity, comparison: Comparison, value: Fraction, *, signs: "Signs") -> Logic:
    """``quantity comparison value`` as rows over the variables, exactly: every rounding is taken back."""
    match comparison:
        case Comparison.EQUAL:
            return all_of(
                compare(quantity, Comparison.AT_LEAST, value, signs=signs),
                compare(quantity, Comparison.AT_MOST, value, signs=signs),
            )
        case Comparison.UNEQUAL:
            return some_of(
                compare(quantity, Comparison.MORE, value, signs=signs),
                compare(quantity, Comparison.LESS, value, signs=signs),
            )
    for step in reversed(quantity.steps):
        if isinstance(step, Rounded):
            comparison, value = _unrounded(comparison, value, step.digits)
        elif step.factor == 0:
            return TRUE if _holds(comparison, step.plus, value) else FALSE
        else:
            value = (value - step.plus) / step.factor
            comparison = comparison if step.factor > 0 else _TURNED[comparison]
    return _compared(quantity, comparison, value, signs)


_TURNED = {
    Comparison.AT_LEAST: Comparison.AT_MOST,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.MORE: Comparison.LESS,
    Comparison.LESS: Comparison.MORE,
    Comparison.EQUAL: Comparison.EQUAL,
    Comparison.UNEQUAL: Comparison.UNEQUAL,
}
OPPOSITE = {
    Comparison.AT_LEAST: Comparison.LESS,
    Comparison.AT_MOST: Comparison.MORE,
    Comparison.MORE: Comparison.AT_MOST,
    Comparison.LESS: Comparison.AT_LEAST,
    Comparison.EQUAL: Comparison.UNEQUAL,
    Comparison.UNEQUAL: Comparison.EQUAL,
}


def _unrounded(comparison: Comparison, value: Fraction, digits: int) -> tuple[Comparison, Fraction]:
    """What the number before rounding half up, away from zero, must be so that the rounded one compares."""
    grid = Fraction(1, 10**digits)
    if comparison in {Comparison.AT_LEAST, Comparison.LESS}:
        lowest = ceil(value / grid)
    else:
        lowest = floor(value / grid) + 1
    # round(v) ≥ m·grid from v = (m − ½)·grid on; that very number is rounded away from zero.
    edge = (lowest - Fraction(1, 2)) * grid
    upwards = comparison in {Comparison.AT_LEAST, Comparison.MORE}
    inclusive = lowest > 0
    if upwards:
        return (Comparison.AT_LEAST if inclusive else Comparison.MORE), edge
    return (Comparison.LESS if inclusive else Comparison.AT_MOST), edge


def _holds(comparison: Comparison, left: Fraction, right: Fraction) -> bool:
    match comparison:
        case Comparison.AT_LEAST:
            return left >= right
        case Comparison.AT_MOST:
            return left <= right
        case Comparison.MORE:
            return left > right
        case Comparison.LESS:
            return left < right
        case Comparison.EQUAL:
            return left == right
        case Comparison.UNEQUAL:
            return left != right


class Signs:
    """Which signs a sum can take, from the bounds of the variables."""

    def __init__(self, bounds: Mapping[int, tuple[int, int]]) -> None:
        self._bounds = bounds

    def range(self, affine: Affine) -> tuple[Fraction, Fraction]:
        """The least and the most it can come to."""
        low = high = affine.constant
        for number, factor in affine.terms.items():
            ends = sorted(factor * end for end in self._bounds[number])
            low, high = low + ends[0], high + ends[1]
        return low, high


def _compared(quantity: Quantity, comparison: Comparison, value: Fraction, signs: Signs) -> Logic:
    """``top ÷ bottom comparison value``: times the divisor, which may be negative where its figures may."""
    bottom, needs = quantity.bottom, quantity.needs
    difference = quantity.top.plus(bottom, -value)
    if bottom.is_constant:
        if bottom.constant == 0:
            return FALSE
        turned = comparison if bottom.constant > 0 else _TURNED[comparison]
        return _signed(difference, turned, needs)
    low, high = signs.range(bottom)
    found: list[Logic] = []
    if high > 0:
        found.append(all_of(_signed(bottom, Comparison.MORE, needs), _signed(difference, comparison, needs)))
    if low < 0:
        turned = _TURNED[comparison]
        found.append(all_of(_signed(bottom, Comparison.LESS, needs), _signed(difference, turned, needs)))
    return some_of(*found)


def defined(quantity: Quantity, signs: Signs) -> Logic:
    """That it has a value at all: everything filled in, and the divisor not nothing."""
    filled = Atom((), quantity.needs) if quantity.needs else TRUE
    bottom = quantity.bottom
    if bottom.is_constant:
        return FALSE if bottom.constant == 0 else filled
    low, high = signs.range(bottom)
    found: list[Logic] = []
    if high > 0:
        found.append(_signed(bottom, Comparison.MORE, quantity.needs))
    if low < 0:
        found.append(_signed(bottom, Comparison.LESS, quantity.needs))
    return all_of(filled, some_of(*found))


def positive(affine: Affine) -> Logic:
    """That it is more than nothing."""
    return _signed(affine, Comparison.MORE, affine.needs)


def _signed(affine: Affine, comparison: Comparison, needs: frozenset[int]) -> Logic:
    """``affine comparison 0``."""
    if affine.is_constant and not needs:
        return TRUE if _holds(comparison, affine.constant, Fraction(0)) else FALSE
    if affine.is_constant:
        return Atom((), needs) if _holds(comparison, affine.constant, Fraction(0)) else FALSE
    if comparison in {Comparison.AT_MOST, Comparison.LESS}:
        affine, comparison = affine.times(Fraction(-1)), _TURNED[comparison]
    terms, at = whole_numbers(affine)
    return Atom(((terms, -at + (1 if comparison is Comparison.MORE else 0)),), needs)


def whole_numbers(affine: Affine) -> tuple[dict[int, int], int]:
    """Its factors and its constant times what makes all of them whole."""
    scale = lcm(*(each.denominator for each in (affine.constant, *affine.terms.values())))
    terms = {number: int(each * scale) for number, each in affine.terms.items()}
    return terms, int(affine.constant * scale)
