"""The operations of the formula language on values: exact decimals, and 未填 as a third value."""

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.formula.tree import Aggregation, Comparison, Operator
from chuyi_desktop.domain.values import ARITHMETIC, Maybe, Missing, MissingReason, Value, total
from chuyi_desktop.domain.wording import say


def compare(comparison: Comparison, left: Maybe, right: Maybe) -> bool | Missing:
    """``left comparison right``; missing where either side is."""
    if isinstance(left, Missing) or isinstance(right, Missing):
        return Missing.joined([side for side in (left, right) if isinstance(side, Missing)])
    if comparison is Comparison.EQUAL:
        return left == right
    if comparison is Comparison.UNEQUAL:
        return left != right
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return ORDERED[comparison](left, right)
    if isinstance(left, date) and isinstance(right, date):
        return ORDERED[comparison](Decimal((left - right).days), Decimal(0))
    dated = isinstance(left, date) and isinstance(right, Decimal)
    wrong = left if dated or not isinstance(left, Decimal | date) else right
    raise wrong_kind(comparison, "number", wrong)


ORDERED: Mapping[Comparison, Callable[[Decimal, Decimal], bool]] = {
    Comparison.AT_LEAST: operator.ge,
    Comparison.AT_MOST: operator.le,
    Comparison.MORE: operator.gt,
    Comparison.LESS: operator.lt,
}
"""The comparisons that only numbers, and dates, can be held against each other by."""


def divide(left: Decimal, right: Decimal) -> Decimal | Missing:
    """``left / right``; nothing where ``right`` is 0."""
    return Missing(MissingReason.DIVISION_BY_ZERO) if right == 0 else ARITHMETIC.divide(left, right)


COMPUTED: Mapping[Operator, Callable[[Decimal, Decimal], Decimal | Missing]] = {
    Operator.ADD: ARITHMETIC.add,
    Operator.SUBTRACT: ARITHMETIC.subtract,
    Operator.MULTIPLY: ARITHMETIC.multiply,
    Operator.DIVIDE: divide,
}
"""What each operator makes of two numbers."""


def compute(sign: Operator, left: Maybe, right: Maybe) -> Decimal | Missing:
    """``left sign right``; missing where either side is."""
    if isinstance(left, Missing) or isinstance(right, Missing):
        return Missing.joined([side for side in (left, right) if isinstance(side, Missing)])
    return COMPUTED[sign](number(left, sign), number(right, sign))


def settled(left: Maybe, right: Maybe, *, settles: bool) -> bool | Missing:
    """and/or by Kleene's logic: ``settles`` on one side decides, whatever the other is."""
    sides = [side if isinstance(side, Missing) else yes_no(side, "and/or") for side in (left, right)]
    if settles in sides:
        return settles
    missing = [side for side in sides if isinstance(side, Missing)]
    return Missing.joined(missing) if missing else not settles


def fold(aggregation: Aggregation, operands: Sequence[Maybe]) -> Decimal | Missing:
    """The sum, smallest, largest or average of ``operands``; missing where any is."""
    missing = [operand for operand in operands if isinstance(operand, Missing)]
    if missing:
        return Missing.joined(missing)
    return folded(aggregation, [number(operand, aggregation) for operand in operands])


def folded(aggregation: Aggregation, numbers: Sequence[Decimal]) -> Decimal:
    """The sum, smallest, largest or average of ``numbers``."""
    match aggregation:
        case Aggregation.MINIMUM:
            return min(numbers)
        case Aggregation.MAXIMUM:
            return max(numbers)
        case Aggregation.AVERAGE:
            return ARITHMETIC.divide(total(numbers), Decimal(len(numbers)))
        case _:
            return total(numbers)


def aggregated(aggregation: Aggregation, cells: Sequence[Maybe]) -> Decimal | Missing:
    """What is made of the cells of the rows that count."""
    if aggregation is Aggregation.COUNT:
        return Decimal(len(cells))
    missing = [cell for cell in cells if isinstance(cell, Missing)]
    if missing:
        return Missing.joined(missing)
    if aggregation is Aggregation.DISTINCT:
        return Decimal(len(set(cells)))
    if not cells:
        return Decimal(0) if aggregation is Aggregation.SUM else Missing(MissingReason.NO_ROWS)
    return fold(aggregation, cells)


def number(value: Maybe, operation: str) -> Decimal:
    """``value``, known to be a number. Raises InputError, naming the operation, for another kind."""
    if isinstance(value, Decimal):
        return value
    raise wrong_kind(operation, "number", value)


def day(value: Maybe, operation: str) -> date:
    """``value``, known to be a date. Raises InputError, naming the operation, for another kind."""
    if isinstance(value, date):
        return value
    raise wrong_kind(operation, "date", value)


def yes_no(value: Maybe, operation: str) -> bool:
    """``value``, known to be yes or no. Raises InputError, naming the operation, for another kind."""
    if isinstance(value, bool):
        return value
    raise wrong_kind(operation, "yes_no", value)


def wrong_kind(operation: str, wanted: str, found: Maybe) -> InputError:
    """The error of a pack that compares or computes with the wrong kind."""
    return InputError(
        "formula.kinds",
        operation=operation,
        wanted=say(f"formula.kind.{wanted}"),
        found=say(f"formula.kind.{_kind_name(found)}"),
    )


def _kind_name(value: Value | Missing) -> str:
    match value:
        case bool():
            return "yes_no"
        case Decimal():
            return "number"
        case date():
            return "date"
        case _:
            return "text"
