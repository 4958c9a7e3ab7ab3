"""Formulas of a pack: parsed, then held against the indicators and rosters they speak of.

What each part of a formula is (number, text …, with its unit where one is known) is worked out before any
school has typed anything, so a rule that could never be computed is refused while the pack is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import assert_never

from chuyi_desktop.domain.formula import Expression, FormulaError, parse, references, tables_used
from chuyi_desktop.domain.formula.references import parts
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
    Fold,
    Name,
    Negative,
    Not,
    Operator,
    Round,
    YearOf,
)
from chuyi_desktop.domain.indicator import REPORT_YEAR, Column, Indicator, Table, ValueKind
from chuyi_desktop.domain.units import YEARS, same_unit
from chuyi_desktop.domain.wording import say
from chuyi_desktop.packs.nearest import hint, listed
from chuyi_desktop.packs.spot import Spot

NUMBER, TEXT, YES_NO, DATE = "number", "text", "yes_no", "date"
_KIND = {
    ValueKind.INTEGER: NUMBER,
    ValueKind.DECIMAL: NUMBER,
    ValueKind.TEXT: TEXT,
    ValueKind.CHOICE: TEXT,
    ValueKind.YES_NO: YES_NO,
    ValueKind.DATE: DATE,
}
_ORDERED = {NUMBER, DATE}


@dataclass(frozen=True, slots=True)
class Names:
    """What formulas may speak of. ``faulty`` ids exist but could not be read: nothing is said of them."""

    indicators: Mapping[str, Indicator]
    tables: Mapping[str, Table]
    faulty: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a part of a formula is. ``unit`` is empty where none is known."""

    kind: str
    unit: str = ""
    field: Indicator | Column | None = None
    constant: str | None = None


def read_formula(
    text: str, spot: Spot, names: Names, wanted: str, row_of: Table | None = None
) -> Expression | None:
    """``text`` as a formula giving a value of kind ``wanted``; else None, with its mistakes noted. Where it
    is of the rows of ``row_of``, a name means a column of it first."""
    try:
        tree = parse(text)
    except FormulaError as error:
        spot.text_fault(error.at, error.code, **error.params)
        return None
    reader = _Reader(text, spot, names, row_of=row_of)
    before = len(spot.problems)
    shape = reader.shape(tree)
    if shape is not None and shape.kind != wanted:
        reader.wrong_kind(tree, "packs.formula_gives", wanted, shape)
    return tree if len(spot.problems) == before else None


class _Reader:
    """One formula; inside ``where`` the columns of ``table`` stand in for indicators, elsewhere those of
    ``row_of`` come before them."""

    def __init__(
        self,
        text: str,
        spot: Spot,
        names: Names,
        table: Table | None = None,
        row_of: Table | None = None,
    ) -> None:
        self._text = text
        self._spot = spot
        self._names = names
        self._table = table
        self._row_of = row_of

    def shape(self, tree: Expression) -> _Shape | None:  # noqa: C901, PLR0911, PLR0912  # one case a node
        """What ``tree`` is; None where a mistake in it was noted."""
        match tree:
            case Constant(value):
                return _constant(value)
            case Name():
                return self._name(tree)
            case Negative(operand):
                return self._wanted(operand, NUMBER)
            case Arithmetic():
                return self._arithmetic(tree)
            case Compare():
                return self._compare(tree)
            case Both(left, right) | Either(left, right):
                self._wanted(left, YES_NO)
                self._wanted(right, YES_NO)
                return _Shape(YES_NO)
            case Not(operand):
                return self._wanted(operand, YES_NO)
            case Choose(condition, then, otherwise):
                self._wanted(condition, YES_NO)
                return self._alike(then, otherwise)
            case Round(operand):
                return self._wanted(operand, NUMBER)
            case YearOf(operand):
                return self._wanted(operand, DATE) and _Shape(NUMBER, YEARS)
            case Fold(aggregation, operands):
                found = [self._wanted(operand, NUMBER) for operand in operands]
                for first, second in pairwise(operands):
                    self._same_unit(first, second)
                unit = next((shape.unit for shape in found if shape is not None), "")
                return _Shape(NUMBER, unit if aggregation is not Aggregation.COUNT else "")
            case Aggregate():
                return self._aggregate(tree)
            case _:
                assert_never(tree)

    def wrong_kind(self, tree: Expression, code: str, wanted: str, found: _Shape) -> None:
        """Note that ``tree`` is of another kind than is wanted there."""
        kinds = {"wanted": say(f"formula.kind.{wanted}"), "found": say(f"formula.kind.{found.kind}")}
        self._spot.text_fault(self._at(tree), code, **kinds)

    def _at(self, tree: Expression) -> int:
        """About where ``tree`` stands: at its first name, or its first text."""
        if isinstance(tree, Name | Aggregate) and tree.at:
            return tree.at
        if isinstance(tree, Constant) and isinstance(tree.value, str):
            return max(self._text.find(tree.value), 0) + 1
        return next((at for part in parts(tree) if (at := self._at(part)) > 1), 1)

    def _wanted(self, tree: Expression, kind: str) -> _Shape | None:
        shape = self.shape(tree)
        if shape is not None and shape.kind != kind:
            self.wrong_kind(tree, "packs.part_kind", kind, shape)
            return None
        return shape

    def _name(self, name: Name) -> _Shape | None:
        if self._table is not None:
            return self._column(name)
        columns: Mapping[str, Column] = {} if self._row_of is None else self._row_of.by_id
        if name.id in columns and not name.years_back:
            return _field(columns[name.id])
        found = REPORT_YEAR if name.id == REPORT_YEAR.id else self._names.indicators.get(name.id)
        if found is not None:
            return _field(found)
        if name.id not in self._names.faulty:
            code = "packs.roster_as_indicator" if name.id in self._names.tables else "packs.unknown_indicator"
            code = "packs.unknown_column_or_indicator" if columns else code
            known = hint(name.id, [*columns, *self._names.indicators])
            self._spot.text_fault(name.at, code, found=name.id, hint=known)
        return None

    def _column(self, name: Name) -> _Shape | None:
        table = self._table
        if table is None:
            return None
        if name.id in table.by_id and name.years_back == 0:
            return _field(table.by_id[name.id])
        known = hint(name.id, table.by_id)
        self._spot.text_fault(name.at, "packs.unknown_column", table=table.name, found=name.id, hint=known)
        return None

    def _arithmetic(self, tree: Arithmetic) -> _Shape | None:
        left, right = self._wanted(tree.left, NUMBER), self._wanted(tree.right, NUMBER)
        if tree.operator in {Operator.MULTIPLY, Operator.DIVIDE} or left is None or right is None:
            return None if left is None or right is None else _Shape(NUMBER)
        self._note_units(tree.left, left, right)
        return _Shape(NUMBER, left.unit or right.unit)

    def _compare(self, tree: Compare) -> _Shape:
        left, right = self.shape(tree.left), self.shape(tree.right)
        if left is None or right is None:
            return _Shape(YES_NO)
        if left.kind != right.kind:
            self.wrong_kind(tree.right, "packs.part_kind", left.kind, right)
        elif tree.comparison not in {Comparison.EQUAL, Comparison.UNEQUAL} and left.kind not in _ORDERED:
            self.wrong_kind(tree.left, "packs.part_kind", NUMBER, left)
        else:
            self._note_units(tree.left, left, right)
            self._note_choice(tree.right, left, right)
            self._note_choice(tree.left, right, left)
        return _Shape(YES_NO)

    def _alike(self, then: Expression, otherwise: Expression) -> _Shape | None:
        shape = self.shape(then)
        if shape is None:
            self.shape(otherwise)
            return None
        return self._wanted(otherwise, shape.kind) and _Shape(shape.kind, shape.unit)

    def _same_unit(self, first: Expression, second: Expression) -> None:
        quiet = _Reader(self._text, Spot(self._spot.located, []), self._names, self._table, self._row_of)
        left, right = quiet.shape(first), quiet.shape(second)
        if left is not None and right is not None:
            self._note_units(first, left, right)

    def _note_units(self, tree: Expression, left: _Shape, right: _Shape) -> None:
        if left.unit and right.unit and not same_unit(left.unit, right.unit):
            self._spot.text_fault(self._at(tree), "packs.units", left=left.unit, right=right.unit)

    def _note_choice(self, tree: Expression, field: _Shape, constant: _Shape) -> None:
        """A text compared with a choice must be the id of one of its options."""
        if field.field is None or field.field.kind is not ValueKind.CHOICE or constant.constant is None:
            return
        ids = [choice.id for choice in field.field.choices]
        if constant.constant not in ids:
            options = listed(f"{choice.id}（{choice.label}）" for choice in field.field.choices)
            params = {"name": field.field.name, "found": constant.constant, "options": options}
            self._spot.text_fault(self._at(tree), "packs.unknown_choice", **params)

    def _aggregate(self, tree: Aggregate) -> _Shape | None:
        if self._table is not None:
            self._spot.text_fault(tree.at, "packs.roster_in_where")
            return None
        table = self._names.tables.get(tree.table)
        if table is None:
            if tree.table not in self._names.faulty:
                known = hint(tree.table, self._names.tables)
                self._spot.text_fault(tree.at, "packs.unknown_table", found=tree.table, hint=known)
            return None
        if tree.where is not None:
            inside = _Reader(self._text, self._spot, self._names, table)
            inside._wanted(tree.where, YES_NO)
        if tree.column is None:
            return _Shape(NUMBER)
        return self._aggregated_column(tree, table, tree.column)

    def _aggregated_column(self, tree: Aggregate, table: Table, column_id: str) -> _Shape | None:
        column = table.by_id.get(column_id)
        if column is None:
            params = {"table": table.name, "found": column_id, "hint": hint(column_id, table.by_id)}
            self._spot.text_fault(tree.at, "packs.unknown_column", **params)
            return None
        if tree.aggregation is Aggregation.DISTINCT:
            return _Shape(NUMBER)
        if not column.kind.is_number:
            self.wrong_kind(tree, "packs.part_kind", NUMBER, _field(column))
            return None
        return _Shape(NUMBER, column.unit)


def _constant(value: object) -> _Shape:
    if isinstance(value, bool):
        return _Shape(YES_NO)
    return _Shape(TEXT, constant=value) if isinstance(value, str) else _Shape(NUMBER)


def _field(field: Indicator | Column) -> _Shape:
    return _Shape(_KIND[field.kind], field.unit, field)


def years_needed(
    tree: Expression, indicators: Mapping[str, Indicator]
) -> tuple[dict[str, int], frozenset[str]]:
    """The typed indicators ``tree`` rests on, with how many years back, and its rosters; derived
    indicators are followed down to what a school types."""
    years: dict[str, int] = {}
    rosters: set[str] = set()
    _follow(tree, 0, indicators, years, rosters, frozenset())
    return years, frozenset(rosters)


def _follow(
    tree: Expression,
    back: int,
    indicators: Mapping[str, Indicator],
    years: dict[str, int],
    rosters: set[str],
    inside: frozenset[str],
) -> None:
    rosters.update(node.table for node in tables_used(tree))
    for reference in references(tree):
        indicator = indicators.get(reference.id)
        if indicator is None or reference.id in inside:
            continue
        total = back + reference.years_back
        if indicator.formula is None:
            years[reference.id] = max(total, years.get(reference.id, 0))
        else:
            _follow(indicator.formula, total, indicators, years, rosters, inside | {reference.id})
