"""A ``where`` as Excel expressions over whole columns of a roster: 1 for the rows in which it surely holds,
and 1 for those in which it surely does not; a row with 0 in both is one that cannot be told yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
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
from chuyi_desktop.domain.indicator import Column, Table, ValueKind
from chuyi_desktop.domain.typed_input import default_of
from chuyi_desktop.domain.values import Value
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.twin.notation import number, text

CLEAN_DIGITS = 9
"""Decimals that numbers within a row are compared to: far more than are typed, fewer than a double tells."""
_ORDER = {
    Comparison.AT_LEAST: ">=",
    Comparison.AT_MOST: "<=",
    Comparison.MORE: ">",
    Comparison.LESS: "<",
}


class UntranslatableError(Exception):
    """A formula of a kind that no workbook needs so far: its value is written as a constant instead."""


@dataclass(frozen=True, slots=True)
class Truth:
    """Yes or no in every row: ``yes`` where it surely holds, ``no`` where it surely does not."""

    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """A number in every row: ``value``, and ``known`` where it is filled in. ``cells`` are those of a column
    that may also hold texts, the head among them: they can be compared, but not computed with."""

    value: str
    known: str
    whole: bool = False
    cells: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A text in every row, as the cells of ``column`` show it; or a ``constant``."""

    value: str = ""
    known: str = "1"
    column: Column | None = None
    constant: str | None = None


Vector = Truth | Numbers | Words


def both(one: str, other: str) -> str:
    """1 where both are."""
    if "0" in {one, other}:
        return "0"
    return other if one == "1" else one if other == "1" else f"{one}*{other}"


def either(one: str, other: str) -> str:
    """1 where one of the two is, which are never both."""
    if "1" in {one, other}:
        return "1"
    return other if one == "0" else one if other == "0" else f"({one}+{other})"


def any_of(one: str, other: str) -> str:
    """1 where one of the two is."""
    if "1" in {one, other}:
        return "1"
    return other if one == "0" else one if other == "0" else f"(1-(1-{one})*(1-{other}))"


@dataclass(slots=True)
class RowTranslator:
    """Translates formulas over the rows of ``table``, whose columns stand at ``ranges``."""

    table: Table
    ranges: Mapping[str, str]
    may_hold_in_blank_rows: bool = field(default=False, init=False)
    """Whether a result may be 1 in a row in which nothing is filled in."""
    needs_array: bool = field(default=False, init=False)
    """Whether a result takes an array formula: Excel looks into every row of an IF in no other."""

    def truth(self, tree: Expression) -> Truth:
        """A yes/no formula."""
        found = self.vector(tree)
        if not isinstance(found, Truth):
            raise UntranslatableError
        return found

    def vector(self, tree: Expression) -> Vector:  # noqa: C901, PLR0911, PLR0912  # one case a node
        """Any formula."""
        match tree:
            case Constant(value):
                return self._constant(value)
            case Name(id, years_back):
                return self._name(id, years_back)
            case Negative(operand):
                found = self._computable(operand)
                return Numbers(f"(-{found.value})", found.known, found.whole)
            case Arithmetic(operator, left, right):
                return self._arithmetic(operator, self._computable(left), self._computable(right))
            case Compare(comparison, left, right):
                return self._compare(comparison, self.vector(left), self.vector(right))
            case Both(left, right):
                one, other = self.truth(left), self.truth(right)
                return Truth(both(one.yes, other.yes), any_of(one.no, other.no))
            case Either(left, right):
                one, other = self.truth(left), self.truth(right)
                return Truth(any_of(one.yes, other.yes), both(one.no, other.no))
            case Not(operand):
                found_truth = self.truth(operand)
                return Truth(found_truth.no, found_truth.yes)
            case Choose():
                return self._choose(tree)
            case Round(operand, digits):
                found = self._computable(operand)
                return Numbers(f"ROUND({_clean(found)},{digits})", found.known, whole=digits == 0)
            case YearOf(operand):
                found = self._computable(operand)
                return Numbers(f"INT({found.value}/10000)", found.known, whole=True)
            case Fold(aggregation, operands):
                return self._fold(aggregation, [self._computable(each) for each in operands])
            case Aggregate():
                raise UntranslatableError
            case _:
                assert_never(tree)

    def column(self, column_id: str) -> Vector:
        """A column of the roster."""
        return self._name(column_id, 0)

    def _numbers(self, tree: Expression) -> Numbers:
        found = self.vector(tree)
        if not isinstance(found, Numbers):
            raise UntranslatableError
        return found

    def _computable(self, tree: Expression) -> Numbers:
        return self.computable(self._numbers(tree))

    def computable(self, numbers: Numbers) -> Numbers:
        """``numbers`` without texts."""
        if not numbers.cells:
            return numbers
        self.needs_array = True
        return Numbers(f"IF(ISNUMBER({numbers.value}),{numbers.value},0)", numbers.known, numbers.whole)

    def _constant(self, value: Value) -> Vector:
        if isinstance(value, bool):
            self.may_hold_in_blank_rows = True
            return Truth("1", "0") if value else Truth("0", "1")
        if isinstance(value, Decimal):
            return Numbers(number(value), "1", whole=value == value.to_integral_value())
        if isinstance(value, str):
            return Words(constant=value)
        raise UntranslatableError

    def _name(self, column_id: str, years_back: int) -> Vector:
        column = self.table.by_id.get(column_id)
        if column is None or years_back:
            raise UntranslatableError
        cells, default = self.ranges[column_id], default_of(column)
        if default is not None:
            self.may_hold_in_blank_rows = True
        match column.kind:
            case ValueKind.YES_NO:
                sides = [f"({cells}={text(say(f'input.{side}'))})" for side in ("yes", "no")]
                if default is not None:
                    at = 0 if default else 1
                    sides[at] = either(sides[at], f'({cells}="")')
                return Truth(sides[0], sides[1])
            case ValueKind.INTEGER | ValueKind.DECIMAL:
                known, whole = f"ISNUMBER({cells})", column.decimals == 0
                if not isinstance(default, Decimal):
                    return Numbers(cells, known, whole, cells=True)
                self.needs_array = True
                value = f"IF(ISNUMBER({cells}),{cells},{number(default)})"
                return Numbers(value, either(known, f'({cells}="")'), whole)
            case ValueKind.DATE:
                if default is not None:
                    raise UntranslatableError
                self.needs_array = True
                value = _days(cells)
                return Numbers(value, f"({value}>0)", whole=True)
            case ValueKind.CHOICE | ValueKind.TEXT:
                return Words(cells, "1" if default is not None else f'({cells}<>"")', column)

    def _arithmetic(self, operator: Operator, left: Numbers, right: Numbers) -> Numbers:
        known = both(left.known, right.known)
        if operator is Operator.DIVIDE:
            divisor = right.value
            # A row that divides by zero is not known; the others must not suffer from it.
            return Numbers(
                f"({left.value}/({divisor}+({divisor}=0)))", both(known, f"({divisor}<>0)"), whole=False
            )
        return Numbers(f"({left.value}{operator}{right.value})", known, left.whole and right.whole)

    def _compare(self, comparison: Comparison, left: Vector, right: Vector) -> Truth:
        match left, right:
            case Numbers(), Numbers():
                self.may_hold_in_blank_rows |= both(left.known, right.known) == "1"
                return _numbers_compared(comparison, left, right)
            case Words(), Words() if comparison in {Comparison.EQUAL, Comparison.UNEQUAL}:
                found = self._words_equal(left, right)
            case Truth(), Truth() if comparison in {Comparison.EQUAL, Comparison.UNEQUAL}:
                found = Truth(
                    either(both(left.yes, right.yes), both(left.no, right.no)),
                    either(both(left.yes, right.no), both(left.no, right.yes)),
                )
            case _:
                raise UntranslatableError
        return found if comparison is Comparison.EQUAL else Truth(found.no, found.yes)

    def _words_equal(self, left: Words, right: Words) -> Truth:
        if left.constant is not None and right.constant is not None:
            self.may_hold_in_blank_rows = True
            return Truth("1", "0") if left.constant == right.constant else Truth("0", "1")
        if left.constant is not None:
            left, right = right, left
        if left.column is None:
            raise UntranslatableError
        if right.constant is not None:
            return self._is_constant(left, left.column, right.constant)
        other = right.column
        if other is None or left.column.choices != other.choices or "1" in {left.known, right.known}:
            raise UntranslatableError
        known = both(left.known, right.known)
        same = f"EXACT({left.value},{right.value})"
        return Truth(both(f"{same}", known), both(f"(1-{same})", known))

    def _is_constant(self, words: Words, column: Column, constant: str) -> Truth:
        """A choice is compared by the label its cells show."""
        label: str | None = constant
        if column.kind is ValueKind.CHOICE:
            label = next((choice.label for choice in column.choices if choice.id == constant), None)
        if label is None:
            return Truth("0", words.known)
        same = f"EXACT({words.value},{text(label)})"
        default = default_of(column)
        if default is None:
            return Truth(f"{same}*1", both(f"(1-{same})", words.known))
        if default == constant:
            same = either(f"{same}*1", f'({words.value}="")')
        return Truth(same, f"(1-{same})")

    def _choose(self, tree: Choose) -> Vector:
        condition = self.truth(tree.condition)
        then, otherwise = self.vector(tree.then), self.vector(tree.otherwise)
        if isinstance(then, Truth) and isinstance(otherwise, Truth):
            return Truth(
                any_of(
                    both(then.yes, otherwise.yes),
                    either(both(condition.yes, then.yes), both(condition.no, otherwise.yes)),
                ),
                any_of(
                    both(then.no, otherwise.no),
                    either(both(condition.yes, then.no), both(condition.no, otherwise.no)),
                ),
            )
        if not isinstance(then, Numbers) or not isinstance(otherwise, Numbers):
            raise UntranslatableError
        then, otherwise = self.computable(then), self.computable(otherwise)
        same = both(f"({_clean(then)}={_clean(otherwise)})", both(then.known, otherwise.known))
        known = any_of(same, either(both(condition.yes, then.known), both(condition.no, otherwise.known)))
        value = f"({condition.yes}*{then.value}+(1-{condition.yes})*{otherwise.value})"
        return Numbers(value, known, then.whole and otherwise.whole)

    def _fold(self, aggregation: Aggregation, operands: Sequence[Numbers]) -> Numbers:
        found = operands[0]
        for each in operands[1:]:
            known = both(found.known, each.known)
            whole = found.whole and each.whole
            match aggregation:
                case Aggregation.MINIMUM | Aggregation.MAXIMUM:
                    sign = "<=" if aggregation is Aggregation.MINIMUM else ">="
                    first = f"({found.value}{sign}{each.value})"
                    value = f"({first}*{found.value}+(1-{first})*{each.value})"
                case _:
                    value = f"({found.value}+{each.value})"
            found = Numbers(value, known, whole)
        if aggregation is Aggregation.AVERAGE:
            return Numbers(f"({found.value}/{len(operands)})", found.known, whole=False)
        return found


def _numbers_compared(comparison: Comparison, left: Numbers, right: Numbers) -> Truth:
    known = both(left.known, right.known)
    one, other = _clean(left), _clean(right)
    if comparison in _ORDER:
        holds = f"({one}{_ORDER[comparison]}{other})"
    else:
        holds = f"({one}{'=' if comparison is Comparison.EQUAL else '<>'}{other})"
    if known == "1":
        return Truth(f"{holds}*1", f"(1-{holds})")
    return Truth(both(holds, known), both(f"(1-{holds})", known))


def _days(cells: str) -> str:
    """Dates as numbers like 20240901, 0 where there is none; those before 1906 are written as texts."""
    typed = f"YEAR({cells})*10000+MONTH({cells})*100+DAY({cells})"
    written = f"VALUE(LEFT({cells},4))*10000+VALUE(MID({cells},6,2))*100+VALUE(RIGHT({cells},2))"
    return f"IF(ISNUMBER({cells}),{typed},IFERROR({written},0))"


def _clean(numbers: Numbers) -> str:
    """Without the last digits in which doubles differ from decimals."""
    return numbers.value if numbers.whole or numbers.cells else f"ROUND({numbers.value},{CLEAN_DIGITS})"
