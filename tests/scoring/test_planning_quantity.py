"""Comparisons as rows over whole numbers say exactly what the engine's rounding and comparing say."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.formula.evaluate import compare as engine_compare
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.values import round_half_up
from chuyi_desktop.scoring.planning.logic import Atom, Logic, SomeOf
from chuyi_desktop.scoring.planning.quantity import Affine, Quantity, Signs, compare

MOST = 20
whole = st.integers(-MOST, MOST)
numbers = st.decimals(-9, 9, places=2)


def holds(logic: Logic, values: dict[int, int]) -> bool:
    """What the rows say of ``values``."""
    if isinstance(logic, Atom):
        return all(
            sum(factor * values[number] for number, factor in terms.items()) >= least
            for terms, least in logic.rows
        )
    held = [holds(part, values) for part in logic.parts]
    return sum(held) >= logic.count if isinstance(logic, SomeOf) else all(held)


@given(
    whole,
    whole,
    st.integers(0, 3),
    st.sampled_from([Decimal(100), Decimal(1), Decimal(-2), Decimal("0.5")]),
    st.integers(0, 3),
    st.sampled_from(Comparison),
    numbers,
)
def test_rounding_is_taken_back_exactly(
    top: int, bottom: int, inner: int, factor: Decimal, outer: int, comparison: Comparison, value: Decimal
) -> None:
    if bottom == 0:
        return
    exact = Fraction(top, bottom)
    # Only quotients that decimals hold exactly: the engine's own division stops after 28 digits.
    if (exact * 10**20).denominator != 1:
        return
    quotient = Decimal(top) / Decimal(bottom)
    rounded = round_half_up(round_half_up(quotient, inner) * factor + 1, outer)
    variables = Affine(terms={0: Fraction(1)}), Affine(terms={1: Fraction(1)})
    quantity = Quantity(*variables).rounded(inner).scaled(Fraction(factor), Fraction(1)).rounded(outer)
    signs = Signs({0: (-MOST, MOST), 1: (-MOST, MOST)})
    logic = compare(quantity, comparison, Fraction(value), signs=signs)
    assert holds(logic, {0: top, 1: bottom}) == engine_compare(comparison, rounded, value)


@given(whole, st.integers(1, MOST), st.sampled_from(Comparison), numbers)
def test_a_quotient_compares_as_it_is(top: int, bottom: int, comparison: Comparison, value: Decimal) -> None:
    quantity = Quantity(Affine(terms={0: Fraction(1)}), Affine(terms={1: Fraction(1)}))
    logic = compare(quantity, comparison, Fraction(value), signs=Signs({0: (-MOST, MOST), 1: (1, MOST)}))
    exact = Fraction(top, bottom) - Fraction(value)
    wanted = engine_compare(comparison, Decimal(exact.numerator), Decimal(0))
    assert holds(logic, {0: top, 1: bottom}) == wanted
