"""Which values a formula can take at all, whatever a school types within the bounds of its fields.

Interval arithmetic over exact fractions: never too narrow, so that what it calls impossible is impossible.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import assert_never

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
from chuyi_desktop.domain.indicator import Fillable, Indicator, Table

Bound = Fraction | None
"""None is no bound."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``least`` to ``most``, both included."""

    least: Bound = None
    most: Bound = None

    @property
    def is_point(self) -> bool:
        """Whether it is one number."""
        return self.least is not None and self.least == self.most

    def meets(self, comparison: Comparison, other: "Interval") -> "Truth":
        """What comparing a number of this with one of ``other`` can give."""
        match comparison:
            case Comparison.AT_LEAST:
                return Truth(not _below(self, other), not _not_below(self, other))
            case Comparison.LESS:
                return self.meets(Comparison.AT_LEAST, other).denied
            case Comparison.AT_MOST:
                return other.meets(Comparison.AT_LEAST, self)
            case Comparison.MORE:
                return self.meets(Comparison.AT_MOST, other).denied
            case Comparison.EQUAL:
                apart = _below(self, other) or _below(other, self)
                return Truth(not apart, not (self.is_point and self == other))
            case Comparison.UNEQUAL:
                return self.meets(Comparison.EQUAL, other).denied
            case _:
                assert_never(comparison)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a yes/no formula can come out as."""

    yes: bool = True
    no: bool = True

    @property
    def denied(self) -> "Truth":
        """The same of its opposite."""
        return Truth(self.no, self.yes)


Range = Interval | Truth | None
"""None for texts and dates, of which nothing is said."""


def point(number: Decimal | int) -> Interval:
    """Exactly one number."""
    return Interval(Fraction(number), Fraction(number))


@dataclass(slots=True)
class Ranges:
    """Ranges of formulas over ``indicators`` and ``tables``."""

    indicators: Mapping[str, Fillable]
    tables: Mapping[str, Table]

    def with_columns(self, table_id: str) -> "Ranges":
        """The same for formulas over the rows of a roster."""
        table = self.tables.get(table_id)
        return self if table is None else Ranges({**self.indicators, **table.by_id}, self.tables)

    def of(self, tree: Expression) -> Range:  # noqa: C901, PLR0911, PLR0912  # one case a node
        """What ``tree`` can give."""
        match tree:
            case Constant(value):
                return _constant(value)
            case Name(id):
                return self._field(self.indicators.get(id))
            case Negative(operand):
                return _negated(self.number(operand))
            case Arithmetic(operator, left, right):
                return _computed(operator, self.number(left), self.number(right))
            case Compare(comparison, left, right):
                return self._compared(comparison, left, right)
            case Both(left, right):
                a, b = self.truth(left), self.truth(right)
                return Truth(a.yes and b.yes, a.no or b.no)
            case Either(left, right):
                a, b = self.truth(left), self.truth(right)
                return Truth(a.yes or b.yes, a.no and b.no)
            case Not(operand):
                return self.truth(operand).denied
            case Choose(condition, then, otherwise):
                return self._chosen(self.truth(condition), self.of(then), self.of(otherwise))
            case Round(operand, digits):
                return rounded(self.number(operand), digits)
            case YearOf():
                return Interval(Fraction(MINYEAR), Fraction(MAXYEAR))
            case Fold(aggregation, operands):
                return _folded(aggregation, [self.number(operand) for operand in operands])
            case Aggregate():
                return self._aggregated(tree)
            case _:
                assert_never(tree)

    def number(self, tree: Expression) -> Interval:
        """The same of a formula that gives a number."""
        found = self.of(tree)
        return found if isinstance(found, Interval) else Interval()

    def truth(self, tree: Expression) -> Truth:
        """The same of a formula that gives yes or no."""
        found = self.of(tree)
        return found if isinstance(found, Truth) else Truth()

    def _field(self, field: Fillable | None) -> Range:
        if field is None:
            return None
        if isinstance(field, Indicator) and field.formula is not None:
            computed = self.of(field.formula)
            if isinstance(computed, Interval) and field.digits is not None:
                return rounded(computed, field.digits)
            return computed
        if not field.kind.is_number:
            return None
        return Interval(_bound(field.minimum), _bound(field.maximum))

    def _compared(self, comparison: Comparison, left: Expression, right: Expression) -> Truth:
        a, b = self.of(left), self.of(right)
        return a.meets(comparison, b) if isinstance(a, Interval) and isinstance(b, Interval) else Truth()

    @staticmethod
    def _chosen(condition: Truth, then: Range, otherwise: Range) -> Range:
        if not condition.no:
            return then
        if not condition.yes:
            return otherwise
        if isinstance(then, Interval) and isinstance(otherwise, Interval):
            return _around(then, otherwise)
        if isinstance(then, Truth) and isinstance(otherwise, Truth):
            return Truth(then.yes or otherwise.yes, then.no or otherwise.no)
        return None

    def _aggregated(self, tree: Aggregate) -> Interval:
        if tree.aggregation in {Aggregation.COUNT, Aggregation.DISTINCT}:
            return Interval(Fraction(0))
        table = self.tables.get(tree.table)
        column = self._field(None if table is None else table.by_id.get(tree.column or ""))
        if not isinstance(column, Interval):
            return Interval()
        if tree.aggregation is not Aggregation.SUM:
            return column
        # No row, or any number of rows.
        most = Fraction(0) if column.most is not None and column.most <= 0 else None
        return Interval(Fraction(0) if column.least is not None and column.least >= 0 else None, most)


def _bound(value: Decimal | None) -> Bound:
    return None if value is None else Fraction(value)


def _constant(value: object) -> Range:
    if isinstance(value, bool):
        return Truth(yes=value, no=not value)
    return point(value) if isinstance(value, Decimal) else None


def _below(one: Interval, other: Interval) -> bool:
    """Whether every number of ``one`` is less than every one of ``other``."""
    return one.most is not None and other.least is not None and one.most < other.least


def _not_below(one: Interval, other: Interval) -> bool:
    """Whether no number of ``one`` is less than one of ``other``."""
    return one.least is not None and other.most is not None and one.least >= other.most


def _around(one: Interval, other: Interval) -> Interval:
    return Interval(_least([one.least, other.least]), _most([one.most, other.most]))


def _least(bounds: list[Bound]) -> Bound:
    known = [bound for bound in bounds if bound is not None]
    return min(known) if len(known) == len(bounds) else None


def _most(bounds: list[Bound]) -> Bound:
    known = [bound for bound in bounds if bound is not None]
    return max(known) if len(known) == len(bounds) else None


def _negated(operand: Interval) -> Interval:
    return Interval(
        None if operand.most is None else -operand.most, None if operand.least is None else -operand.least
    )


def _computed(operator: Operator, left: Interval, right: Interval) -> Interval:
    match operator:
        case Operator.ADD:
            return Interval(_sum(left.least, right.least), _sum(left.most, right.most))
        case Operator.SUBTRACT:
            return _computed(Operator.ADD, left, _negated(right))
        case Operator.MULTIPLY:
            return _product(left, right)
        case Operator.DIVIDE:
            return _product(left, _inverse(right))
        case _:
            assert_never(operator)


def _sum(one: Bound, other: Bound) -> Bound:
    return None if one is None or other is None else one + other


def _product(left: Interval, right: Interval) -> Interval:
    if None not in {left.least, left.most, right.least, right.most}:
        products: list[Bound] = [
            a * b
            for a in (left.least, left.most)
            for b in (right.least, right.most)
            if a is not None and b is not None
        ]
        return Interval(_least(products), _most(products))
    if left.least is not None and right.least is not None and left.least >= 0 and right.least >= 0:
        most = None if left.most is None or right.most is None else left.most * right.most
        return Interval(left.least * right.least, most)
    return Interval()


def _inverse(operand: Interval) -> Interval:
    """``1 / operand``; dividing by zero gives no value, so zero itself does not count."""
    least, most = operand.least, operand.most
    if least is not None and least >= 0:
        return Interval(Fraction(0) if not most else 1 / most, 1 / least if least else None)
    if most is not None and most <= 0:
        return _negated(_inverse(_negated(operand)))
    return Interval()


def _folded(aggregation: Aggregation, operands: list[Interval]) -> Interval:
    lows, highs = [each.least for each in operands], [each.most for each in operands]
    match aggregation:
        case Aggregation.MINIMUM:
            known = [high for high in highs if high is not None]
            return Interval(_least(lows), min(known) if known else None)
        case Aggregation.MAXIMUM:
            known = [low for low in lows if low is not None]
            return Interval(max(known) if known else None, _most(highs))
        case Aggregation.AVERAGE:
            return Interval(_least(lows), _most(highs))
        case _:
            total = point(0)
            for operand in operands:
                total = _computed(Operator.ADD, total, operand)
            return total


def rounded(operand: Interval, digits: int) -> Interval:
    """Every number of ``operand`` rounded half up to ``digits``: rounding keeps order."""
    return Interval(_half_up(operand.least, digits), _half_up(operand.most, digits))


def _half_up(value: Bound, digits: int) -> Bound:
    if value is None:
        return None
    scaled = floor(abs(value) * 10**digits + Fraction(1, 2))
    return Fraction(scaled if value >= 0 else -scaled, 10**digits)
