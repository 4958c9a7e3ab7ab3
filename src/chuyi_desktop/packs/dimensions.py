"""Dimensions of formulas: ㎡ ÷ 人 against ㎡/人, and 万元 against 元.

Countables (人, 册, 个, 台 …) are loose by the custom of the field: 生均 values are said in ㎡ or 元, not in
㎡/人, and one thing for each of another has no unit at all. Area, money, length and time are strict, and so
is the size of the unit. A number written in the formula may be a conversion (10000) or carry a meaning of its
own, so that only what no number explains is a mistake.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import log10

from chuyi_desktop.domain.formula.references import parts
from chuyi_desktop.domain.formula.tree import (
    Aggregate,
    Aggregation,
    Arithmetic,
    Choose,
    Compare,
    Constant,
    Expression,
    Fold,
    Name,
    Negative,
    Operator,
    Round,
)
from chuyi_desktop.domain.indicator import Fillable, Table
from chuyi_desktop.domain.units import UNITS, find_unit

_STRICT = frozenset({"area", "money", "length", "hours"})
_SHARE = "share"
_CLEAR = 2
"""From 100 times on, a difference of size is no rule's own factor but a conversion forgotten."""
_PER_HEAD = frozenset({Fraction(1), Fraction(1, 100), Fraction(1, 1000), Fraction(1, 10000)})
"""每生, 每百生, 每千生, 每万人."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """Powers of what is measured, the size of the unit, and the ``constant`` it was multiplied by."""

    powers: Mapping[str, int]
    size: Fraction = Fraction(1)
    constant: Fraction = Fraction(1)

    @property
    def strict(self) -> dict[str, int]:
        """The powers that must agree."""
        return {key: power for key, power in self.powers.items() if key in _STRICT and power}

    @property
    def scaled(self) -> Fraction:
        """The size of one unit of the formula's value, if every constant is a conversion."""
        return self.size / self.constant if self.constant else self.size


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sides that do not measure the same (``times`` None) or not in units of one size."""

    tree: Expression
    left: Dimension
    right: Dimension
    times: Fraction | None = None


@dataclass(slots=True)
class Dimensions:
    """Dimensions of formulas over ``indicators`` and ``tables``; ``clashes`` gathers what does not fit."""

    indicators: Mapping[str, Fillable]
    tables: Mapping[str, Table]
    clashes: list[Clash]

    def of(self, tree: Expression) -> Dimension | None:  # noqa: C901, PLR0911  # one case a node
        """The dimension of ``tree``; None where nothing is known of it, as of a bare number."""
        match tree:
            case Name(id):
                found = self.indicators.get(id)
                return None if found is None or not found.kind.is_number else read_unit(found.unit)
            case Negative(operand) | Round(operand, _):
                return self.of(operand)
            case Arithmetic(operator, left, right) if operator in {Operator.MULTIPLY, Operator.DIVIDE}:
                return self._product(operator, left, right)
            case Arithmetic(_, left, right) | Choose(_, left, right):
                return self._alike(tree, left, right)
            case Compare(_, left, right):
                self._alike(tree, left, right)
                return None
            case Fold(_, operands):
                known = [each for operand in operands if (each := self.of(operand)) is not None]
                for each in known[1:]:
                    self._match(tree, known[0], each)
                return known[0] if known else None
            case Aggregate(aggregation, table, column) if column is not None:
                return self._column(aggregation, table, column)
            case Aggregate() | Constant():
                return None
            case _:
                for part in parts(tree):
                    self.of(part)
                return None

    def _product(self, operator: Operator, left: Expression, right: Expression) -> Dimension | None:
        power = 1 if operator is Operator.MULTIPLY else -1
        number = _number(right)
        if number is not None:
            found = self.of(left)
            return None if found is None else replace(found, constant=found.constant * number**power)
        number = _number(left)
        if number is not None and power == 1:
            found = self.of(right)
            return None if found is None else replace(found, constant=found.constant * number)
        one, other = self.of(left), self.of(right)
        if one is None or other is None:
            return None
        powers = dict(one.powers)
        for key, each in other.powers.items():
            powers[key] = powers.get(key, 0) + power * each
        return Dimension(powers, one.size * other.size**power, one.constant * other.constant**power)

    def _alike(self, tree: Expression, left: Expression, right: Expression) -> Dimension | None:
        one, other = self.of(left), self.of(right)
        if one is not None and other is not None:
            self._match(tree, one, other)
        return one or other

    def _match(self, tree: Expression, one: Dimension, other: Dimension) -> None:
        if one.strict != other.strict:
            if one.constant == other.constant == 1:
                self.clashes.append(Clash(tree, one, other))
            return
        times = one.scaled / other.scaled
        if one.size != other.size and _is_forgotten(times, one, other):
            self.clashes.append(Clash(tree, one, other, times))

    def _column(self, aggregation: Aggregation, table_id: str, column_id: str) -> Dimension | None:
        table = self.tables.get(table_id)
        column = None if table is None else table.by_id.get(column_id)
        if column is None or aggregation is Aggregation.DISTINCT or not column.kind.is_number:
            return None
        return read_unit(column.unit)


def _number(tree: Expression) -> Fraction | None:
    """A constant that can be a factor."""
    if isinstance(tree, Negative):
        return _number(tree.operand)
    if isinstance(tree, Constant) and not isinstance(tree.value, str | bool) and tree.value:
        return Fraction(tree.value)
    return None


def _is_forgotten(times: Fraction, one: Dimension, other: Dimension) -> bool:
    if times == 1:
        return False
    return one.constant == other.constant == 1 or abs(log10(times)) >= _CLEAR


def misfit(found: Dimension, unit: str) -> Clash | None:
    """How a formula's dimension fails the ``unit`` its indicator is said to be in; None where it fits."""
    declared = read_unit(unit)
    if declared is None:
        declared = Dimension({})
    clash = Clash(Constant(value=True), found, declared)
    if found.strict != declared.strict:
        return clash if found.constant == 1 else None
    compound = "/" in unit
    if compound and _without_zeros(found.powers) != _without_zeros(declared.powers):
        return clash
    times = found.scaled / declared.size
    if times == 1 or (not compound and _has_divisor(found) and times in _PER_HEAD):
        return None
    sized = found.size != declared.size or bool(found.strict)
    forgotten = found.constant == 1 or (sized and abs(log10(times)) >= _CLEAR)
    return replace(clash, times=times) if sized and forgotten else None


def _without_zeros(powers: Mapping[str, int]) -> dict[str, int]:
    return {key: power for key, power in powers.items() if power}


def _has_divisor(found: Dimension) -> bool:
    """Whether the value is for each of something countable."""
    return any(power < 0 and key not in _STRICT for key, power in found.powers.items())


def read_unit(text: str) -> Dimension | None:
    """A unit as written: ``㎡``, ``万元``, ``元/人``; None where none is written."""
    if not text:
        return None
    above, slash, below = text.partition("/")
    top, bottom = _simple(above), _simple(below) if slash else Dimension({})
    powers = dict(top.powers)
    for key, power in bottom.powers.items():
        powers[key] = powers.get(key, 0) - power
    return Dimension(powers, top.size / bottom.size)


def _simple(text: str) -> Dimension:
    unit = find_unit(text)
    if unit is None:
        return Dimension({text.strip(): 1})
    if unit.dimension == _SHARE:
        return Dimension({}, unit.factor / 100)
    return Dimension({unit.dimension: 1}, unit.factor)


def told(dimension: Dimension) -> str:
    """A dimension as a person writes it: ``㎡/人``."""
    above = [_symbol(key, power) for key, power in dimension.powers.items() if power > 0]
    below = [_symbol(key, -power) for key, power in dimension.powers.items() if power < 0]
    return "·".join(above or ["1"]) + "".join(f"/{each}" for each in below) if above or below else "1"


def _symbol(key: str, power: int) -> str:
    base = next((unit.symbol for unit in UNITS if unit.dimension == key and unit.factor == 1), key)
    return base if power == 1 else f"{base}^{power}"
