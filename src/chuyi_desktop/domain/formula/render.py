"""A tree back to text: in the language itself, or in the words and numbers of a reader."""

from collections.abc import Callable
from typing import assert_never

from chuyi_desktop.domain.formula.tree import (
    Aggregate,
    Arithmetic,
    Both,
    Choose,
    Compare,
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
from chuyi_desktop.domain.values import Value, canonical

_LOOSEST, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _UNARY = range(7)
_STRENGTH = {
    Operator.ADD: _SUM,
    Operator.SUBTRACT: _SUM,
    Operator.MULTIPLY: _PRODUCT,
    Operator.DIVIDE: _PRODUCT,
}


def literal(value: Value) -> str:
    """A constant as it is typed in a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"“{value}”" if '"' in value else f'"{value}"'
    return canonical(value)  # type: ignore[arg-type]  # no date literals


def plain_name(name: Name) -> str:
    """An indicator as it is typed in a formula."""
    return f"years_back({name.id}, {name.years_back})" if name.years_back else name.id


def plain_aggregate(tree: Aggregate) -> str:
    """A roster aggregate as it is typed in a formula."""
    subject = tree.table if tree.column is None else f"{tree.table}.{tree.column}"
    where = "" if tree.where is None else f" where {write(tree.where)}"
    return f"{tree.aggregation}({subject}{where})"


def write(  # noqa: C901  # one case a node
    tree: Expression,
    name: Callable[[Name], str] = plain_name,
    aggregate: Callable[[Aggregate], str] = plain_aggregate,
    signs: Callable[[str], str] = lambda sign: sign,
    constant: Callable[[Value], str] = literal,
) -> str:
    """``tree`` as text that parses back to an equal tree; the callables put other words for its leaves."""

    def within(node: Expression, outer: int) -> str:
        text, strength = inner(node)
        return f"({text})" if strength < outer else text

    def inner(node: Expression) -> tuple[str, int]:  # noqa: C901, PLR0911, PLR0912  # one case a node
        match node:
            case Constant(value):
                return constant(value), _UNARY + 1
            case Name():
                return name(node), _UNARY + 1
            case Aggregate():
                return aggregate(node), _UNARY + 1
            case Negative(operand):
                return f"{signs('-')}{within(operand, _UNARY)}", _UNARY
            case Arithmetic(operator, left, right):
                strength = _STRENGTH[operator]
                return f"{within(left, strength)} {signs(operator)} {within(right, strength + 1)}", strength
            case Compare(comparison, left, right):
                return f"{within(left, _SUM)} {signs(comparison)} {within(right, _SUM)}", _COMPARE
            case Both(left, right):
                return f"{within(left, _AND)} {signs('and')} {within(right, _NOT)}", _AND
            case Either(left, right):
                return f"{within(left, _LOOSEST)} {signs('or')} {within(right, _AND)}", _LOOSEST
            case Not(operand):
                return f"{signs('not')} {within(operand, _NOT)}", _NOT
            case Choose(condition, then, otherwise):
                return call("if", condition, then, otherwise), _UNARY + 1
            case Round(operand, digits):
                return f"{signs('round')}({within(operand, _LOOSEST)}, {digits})", _UNARY + 1
            case YearOf(operand):
                return call("year_of", operand), _UNARY + 1
            case Fold(aggregation, operands):
                return call(aggregation, *operands), _UNARY + 1
            case _:
                assert_never(node)

    def call(function: str, *arguments: Expression) -> str:
        return f"{signs(function)}({', '.join(within(argument, _LOOSEST) for argument in arguments)})"

    return within(tree, _LOOSEST)
