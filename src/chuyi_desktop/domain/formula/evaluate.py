"""A formula's value: exact decimals, and 未填 as a third value that spreads only where it decides."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol, assert_never

from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.formula.tree import (
    Aggregate,
    Aggregation,
    Arithmetic,
    Both,
    Choose,
    Compare,
    Comparison,
    Constant,
    Either,
    Expression,
    Fold,
    Name,
    Negative,
    Not,
    Operator,
    Round,
    YearOf,
)
from chuyi_desktop.domain.values import (
    ARITHMETIC,
    Maybe,
    Missing,
    MissingReason,
    Value,
    round_half_up,
    total,
)
from chuyi_desktop.domain.wording import say

RosterRow = Mapping[str, Maybe]
"""The cells of a roster row by column id."""


class Facts(Protocol):
    """What a formula can ask: values of indicators and rows of rosters."""

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        """The value of an indicator, ``years_back`` years before the assessment's year."""

    def rows(self, table_id: str) -> Sequence[RosterRow] | Missing:
        """The rows of a roster; missing where the school has said nothing, empty for 本表无数据."""


def evaluate(tree: Expression, facts: Facts) -> Maybe:  # noqa: C901, PLR0911, PLR0912  # one case a node
    """The value of ``tree``. Raises InputError where a pack compares or computes with the wrong kinds."""
    match tree:
        case Constant(constant):
            return constant
        case Name(id, years_back):
            return facts.value(id, years_back)
        case Negative(operand):
            value = evaluate(operand, facts)
            return value if isinstance(value, Missing) else ARITHMETIC.minus(_number(value, "-"))
        case Arithmetic(operator, left, right):
            return _compute(operator, evaluate(left, facts), evaluate(right, facts))
        case Compare(comparison, left, right):
            return compare(comparison, evaluate(left, facts), evaluate(right, facts))
        case Both(left, right):
            return _settled(evaluate(left, facts), evaluate(right, facts), settles=False)
        case Either(left, right):
            return _settled(evaluate(left, facts), evaluate(right, facts), settles=True)
        case Not(operand):
            value = evaluate(operand, facts)
            return value if isinstance(value, Missing) else not _yes_no(value, "not")
        case Choose():
            return _choose(tree, facts)
        case Round(operand, digits):
            value = evaluate(operand, facts)
            return value if isinstance(value, Missing) else round_half_up(_number(value, "round"), digits)
        case YearOf(operand):
            value = evaluate(operand, facts)
            return value if isinstance(value, Missing) else Decimal(_date(value, "year_of").year)
        case Fold(aggregation, operands):
            return _fold(aggregation, [evaluate(operand, facts) for operand in operands])
        case Aggregate():
            return _aggregate(tree, facts)
        case _:
            assert_never(tree)


def compare(comparison: Comparison, left: Maybe, right: Maybe) -> bool | Missing:
    """``left comparison right``; missing where either side is."""
    missing = [side for side in (left, right) if isinstance(side, Missing)]
    if missing:
        return Missing.joined(missing)
    if comparison is Comparison.EQUAL:
        return left == right
    if comparison is Comparison.UNEQUAL:
        return left != right
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _ordered(comparison, left.compare(right))
    if isinstance(left, date) and isinstance(right, date):
        return _ordered(comparison, Decimal((left - right).days))
    wrong = right if isinstance(left, Decimal | date) else left
    raise _wrong_kind(comparison, "number", wrong)


def _ordered(comparison: Comparison, difference: Decimal) -> bool:
    match comparison:
        case Comparison.AT_LEAST:
            return difference >= 0
        case Comparison.AT_MOST:
            return difference <= 0
        case Comparison.MORE:
            return difference > 0
        case _:
            return difference < 0


def _compute(operator: Operator, left: Maybe, right: Maybe) -> Decimal | Missing:
    missing = [side for side in (left, right) if isinstance(side, Missing)]
    if missing:
        return Missing.joined(missing)
    a, b = _number(left, operator), _number(right, operator)
    match operator:
        case Operator.ADD:
            return ARITHMETIC.add(a, b)
        case Operator.SUBTRACT:
            return ARITHMETIC.subtract(a, b)
        case Operator.MULTIPLY:
            return ARITHMETIC.multiply(a, b)
        case Operator.DIVIDE:
            return Missing(MissingReason.DIVISION_BY_ZERO) if b == 0 else ARITHMETIC.divide(a, b)


def _settled(left: Maybe, right: Maybe, *, settles: bool) -> bool | Missing:
    """and/or by Kleene's logic: ``settles`` on one side decides, whatever the other is."""
    sides = [side if isinstance(side, Missing) else _yes_no(side, "and/or") for side in (left, right)]
    if settles in sides:
        return settles
    missing = [side for side in sides if isinstance(side, Missing)]
    return Missing.joined(missing) if missing else not settles


def _choose(tree: Choose, facts: Facts) -> Maybe:
    condition = evaluate(tree.condition, facts)
    if not isinstance(condition, Missing):
        return evaluate(tree.then if _yes_no(condition, "if") else tree.otherwise, facts)
    then, otherwise = evaluate(tree.then, facts), evaluate(tree.otherwise, facts)
    # Either way the same value: what is not known does not matter.
    return then if then == otherwise and not isinstance(then, Missing) else condition


def _fold(aggregation: Aggregation, operands: Sequence[Maybe]) -> Decimal | Missing:
    missing = [operand for operand in operands if isinstance(operand, Missing)]
    if missing:
        return Missing.joined(missing)
    numbers = [_number(operand, aggregation) for operand in operands]
    match aggregation:
        case Aggregation.MINIMUM:
            return min(numbers)
        case Aggregation.MAXIMUM:
            return max(numbers)
        case Aggregation.AVERAGE:
            return ARITHMETIC.divide(total(numbers), Decimal(len(numbers)))
        case _:
            return total(numbers)


class _RowFacts:
    """The cells of one row as the facts of a ``where``."""

    def __init__(self, row: RosterRow, table: str) -> None:
        self._row = row
        self._table = table

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        del years_back
        return self._row.get(indicator_id, Missing(fields=(f"{self._table}.{indicator_id}",)))

    def rows(self, table_id: str) -> Missing:
        return Missing(fields=(table_id,))


def _aggregate(tree: Aggregate, facts: Facts) -> Decimal | Missing:
    rows = facts.rows(tree.table)
    if isinstance(rows, Missing):
        return rows
    chosen: list[Maybe] = []
    for row in rows:
        row_facts = _RowFacts(row, tree.table)
        wanted = True if tree.where is None else evaluate(tree.where, row_facts)
        if isinstance(wanted, Missing):
            return wanted
        if _yes_no(wanted, "where"):
            chosen.append(Decimal(1) if tree.column is None else row_facts.value(tree.column, 0))
    return _aggregated(tree.aggregation, chosen)


def _aggregated(aggregation: Aggregation, cells: Sequence[Maybe]) -> Decimal | Missing:
    if aggregation is Aggregation.COUNT:
        return Decimal(len(cells))
    missing = [cell for cell in cells if isinstance(cell, Missing)]
    if missing:
        return Missing.joined(missing)
    if aggregation is Aggregation.DISTINCT:
        return Decimal(len(set(cells)))
    if not cells:
        return Decimal(0) if aggregation is Aggregation.SUM else Missing(MissingReason.NO_ROWS)
    return _fold(aggregation, cells)


def _number(value: Maybe, operation: str) -> Decimal:
    if isinstance(value, Decimal):
        return value
    raise _wrong_kind(operation, "number", value)


def _date(value: Maybe, operation: str) -> date:
    if isinstance(value, date):
        return value
    raise _wrong_kind(operation, "date", value)


def _yes_no(value: Maybe, operation: str) -> bool:
    if isinstance(value, bool):
        return value
    raise _wrong_kind(operation, "yes_no", value)


def _wrong_kind(operation: str, wanted: str, found: Maybe) -> InputError:
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
