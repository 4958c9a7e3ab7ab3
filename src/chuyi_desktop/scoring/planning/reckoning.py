"""Quantities added, subtracted, multiplied and divided, and how far that is exact."""

from fractions import Fraction

from chuyi_desktop.domain.formula.tree import Operator
from chuyi_desktop.scoring.planning.quantity import ONE, Affine, Quantity


def computed(operator: Operator, left: Quantity, right: Quantity) -> tuple[Quantity | None, bool]:
    """``left operator right``, None where that is a division by nothing; and whether rounding on the way was
    let go, so that the engine may find it a little more or less. Raises NotLinearError for a product of
    figures that may all change."""
    match operator:
        case Operator.ADD:
            made, error = summed(left, right)
            return made, error > 0
        case Operator.SUBTRACT:
            made, error = summed(left, right.scaled(Fraction(-1), Fraction(0)))
            return made, error > 0
        case Operator.MULTIPLY:
            return _product(left, right)
        case Operator.DIVIDE:
            if is_number(right):
                value = right.top.constant
                return None if value == 0 else left.scaled(1 / value, Fraction(0)), False
            one, other = _unrounded(left), _unrounded(right)
            made = Quantity(one.top.multiplied(other.bottom), one.bottom.multiplied(other.top))
            return made, _is_stepped(left, right)


def _product(left: Quantity, right: Quantity) -> tuple[Quantity, bool]:
    if is_number(right):
        return left.scaled(right.top.constant, Fraction(0)), False
    if is_number(left):
        return right.scaled(left.top.constant, Fraction(0)), False
    one, other = _unrounded(left), _unrounded(right)
    made = Quantity(one.top.multiplied(other.top), one.bottom.multiplied(other.bottom))
    return made, _is_stepped(left, right)


def _is_stepped(*quantities: Quantity) -> bool:
    return any(each.steps for each in quantities)


def summed(left: Quantity, right: Quantity) -> tuple[Quantity, Fraction]:
    """``left + right``, and how far rounding may take it from the truth."""
    if is_number(right):
        return left.scaled(Fraction(1), right.top.constant), Fraction(0)
    if is_number(left):
        return right.scaled(Fraction(1), left.top.constant), Fraction(0)
    error = left.rounding_error + right.rounding_error
    one, other = _unrounded(left), _unrounded(right)
    if one.bottom.terms == other.bottom.terms and one.bottom.constant == other.bottom.constant:
        bottom = Affine(one.bottom.constant, one.bottom.terms, one.bottom.needs | other.bottom.needs)
        return Quantity(one.top.plus(other.top), bottom), error
    top = one.top.multiplied(other.bottom).plus(other.top.multiplied(one.bottom))
    return Quantity(top, one.bottom.multiplied(other.bottom)), error


def _unrounded(quantity: Quantity) -> Quantity:
    if not quantity.steps:
        return quantity
    factor, plus = quantity.slope
    return Quantity(quantity.top, quantity.bottom).scaled(factor, plus)


def is_number(quantity: Quantity) -> bool:
    """Whether it is a plain number that is known."""
    return quantity.top.is_constant and quantity.bottom == ONE and not quantity.steps and not quantity.needs
