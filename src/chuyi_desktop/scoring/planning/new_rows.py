"""Rows that could be added to a roster: kinds of rows that the formulas tell apart, a lever each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product

from chuyi_desktop.domain.assessment import Field
from chuyi_desktop.domain.formula import Expression, evaluate
from chuyi_desktop.domain.formula.evaluate import RosterRow
from chuyi_desktop.domain.formula.references import parts
from chuyi_desktop.domain.formula.tree import Aggregate, Aggregation, Compare, Constant, Name
from chuyi_desktop.domain.indicator import Column, Table, ValueKind
from chuyi_desktop.domain.values import Maybe, Missing, Value, total
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.planning.improvement import Bounds

MOST_TRIED = 4096
"""Combinations of cells looked at for one roster."""
MOST_KINDS = 48
"""Kinds of rows kept for one roster: those that most formulas count."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows with these ``cells``; ``counted`` are the aggregates that take them in."""

    cells: Mapping[str, Value]
    counted: frozenset[int]


@dataclass(frozen=True, slots=True)
class RosterLever:
    """Rows that may be added to ``table``. ``rows`` is how many it has, ``known`` whether the school said
    anything about it at all; ``most`` is how many rows may be added, None for any number, ``least`` how many
    must be. ``amounts`` are columns that are summed: what one step of the sum costs, and its size.

    ``whole`` says that ``kinds`` are all there are; else a cheaper plan may exist with another kind.
    """

    field: Field
    table: Table
    aggregates: tuple[Aggregate, ...]
    kinds: tuple[Kind, ...]
    rows: int
    known: bool
    least: int
    most: int | None
    cost: Fraction
    amounts: Mapping[str, tuple[Fraction, Fraction]]
    whole: bool


@dataclass(slots=True)
class _Cells:
    """The cells of one row, for a ``where``."""

    cells: Mapping[str, Maybe] = field(default_factory=dict)

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        """The cell of a column."""
        del years_back
        return self.cells.get(indicator_id, Missing(fields=(indicator_id,)))

    def rows(self, table_id: str) -> Missing:
        """No roster within a roster."""
        return Missing(fields=(table_id,))


def roster_lever(
    place: Field,
    table: Table,
    aggregates: Sequence[Aggregate],
    facts: SchoolFacts,
    cost: Fraction,
    limits: Bounds,
) -> RosterLever | None:
    """The rows that may be added to ``table``; None where adding rows cannot be reckoned with."""
    if any(one.aggregation is Aggregation.AVERAGE for one in aggregates):
        return None
    rows = facts.rows(table.id)
    known = not isinstance(rows, Missing)
    listed: Sequence[RosterRow] = () if isinstance(rows, Missing) else rows
    fixed = _fixed_cells(table, aggregates, listed)
    if fixed is None:
        return None
    kinds, whole = _kinds(table, aggregates, fixed)
    if not kinds:
        return None
    count = len(listed)
    least = 0 if limits[0] is None else max(0, int(limits[0].to_integral_value("ROUND_CEILING")) - count)
    most = None if limits[1] is None else max(0, int(limits[1].to_integral_value("ROUND_FLOOR")) - count)
    summed = sorted({one.column for one in aggregates if one.aggregation is Aggregation.SUM and one.column})
    amounts = {name: _amount(table.by_id[name], listed, cost) for name in summed if name in table.by_id}
    row_cost = cost / max(count, 1)
    return RosterLever(
        place, table, tuple(aggregates), kinds, count, known, least, most, row_cost, amounts, whole
    )


def _amount(column: Column, rows: Sequence[RosterRow], cost: Fraction) -> tuple[Fraction, Fraction]:
    step = Fraction(1, 10**column.decimals)
    cells = [row.get(column.id) for row in rows]
    now = Fraction(total(cell for cell in cells if isinstance(cell, Decimal)))
    return cost * step / max(abs(now), Fraction(1)), step


def _fixed_cells(
    table: Table, aggregates: Sequence[Aggregate], rows: Sequence[RosterRow]
) -> dict[str, Value] | None:
    """Cells that new rows get so that a least, a most and a number of different ones stay as they are."""
    found: dict[str, Value] = {}
    for one in aggregates:
        column = one.column
        if column is None or one.aggregation in {Aggregation.SUM, Aggregation.COUNT}:
            continue
        values = [value for row in rows if (value := row.get(column)) is not None]
        numbers = [value for value in values if isinstance(value, Decimal)]
        if one.aggregation is Aggregation.DISTINCT and values and not isinstance(values[0], Missing):
            found.setdefault(column, values[0])
        elif numbers and one.aggregation is Aggregation.MINIMUM:
            found.setdefault(column, min(numbers))
        elif numbers and one.aggregation is Aggregation.MAXIMUM:
            found.setdefault(column, max(numbers))
        elif column not in table.by_id or not table.by_id[column].kind.is_number:
            return None
    return found


def _kinds(
    table: Table, aggregates: Sequence[Aggregate], fixed: Mapping[str, Value]
) -> tuple[tuple[Kind, ...], bool]:
    """A kind for every set of aggregates that some row is counted by, those counted most often first."""
    wheres = [one.where for one in aggregates]
    names = list(dict.fromkeys(name for where in wheres if where is not None for name in _columns(where)))
    if any(name not in table.by_id for name in names):
        return (), False
    choices = [list(_candidates(table.by_id[name], wheres)) for name in names]
    found: dict[frozenset[int], Kind] = {}
    tried = 0
    for values in islice(product(*choices), MOST_TRIED):
        tried += 1
        cells = {**fixed, **dict(zip(names, values, strict=True))}
        counted = _counted(wheres, cells)
        if counted:
            found.setdefault(counted, Kind(cells, counted))
    size = 1
    for each in choices:
        size *= len(each)
    ordered = sorted(found.values(), key=lambda kind: -len(kind.counted))
    simple = all(_is_simple(where) for where in wheres if where is not None)
    return tuple(ordered[:MOST_KINDS]), size == tried and len(ordered) <= MOST_KINDS and simple


def _counted(wheres: Sequence[Expression | None], cells: Mapping[str, Value]) -> frozenset[int] | None:
    """The aggregates that take a row with ``cells`` in; None where one cannot tell."""
    found = set()
    for number, where in enumerate(wheres):
        wanted = True if where is None else evaluate(where, _Cells(cells))
        if isinstance(wanted, Missing):
            return None
        if wanted is True:
            found.add(number)
    return frozenset(found)


def _columns(tree: Expression) -> Iterator[str]:
    if isinstance(tree, Name):
        yield tree.id
    for part in parts(tree):
        yield from _columns(part)


def _compared(tree: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(tree, Compare):
        yield tree.left, tree.right
        yield tree.right, tree.left
    for part in parts(tree):
        yield from _compared(part)


def _is_simple(tree: Expression) -> bool:
    """Whether columns are only compared with constants: then the values tried stand for all."""
    return all(
        isinstance(left, Name | Constant)
        and isinstance(right, Name | Constant)
        and isinstance(left, Name) != isinstance(right, Name)
        for left, right in _compared(tree)
    )


def _candidates(column: Column, wheres: Sequence[Expression | None]) -> Iterator[Value]:
    """Values of ``column`` that formulas may tell apart; the less ambitious of equals are tried first."""
    constants = [
        other.value
        for where in wheres
        if where is not None
        for one, other in _compared(where)
        if isinstance(one, Name) and one.id == column.id and isinstance(other, Constant)
    ]
    match column.kind:
        case ValueKind.CHOICE:
            yield from (choice.id for choice in reversed(column.choices))
        case ValueKind.YES_NO:
            yield from (False, True)
        case ValueKind.TEXT:
            yield say("plan.text_to_fill")
            yield from (value for value in constants if isinstance(value, str))
        case ValueKind.INTEGER | ValueKind.DECIMAL:
            yield from _numbers(column, [value for value in constants if isinstance(value, Decimal)])
        case ValueKind.DATE:
            return


def _numbers(column: Column, constants: Sequence[Decimal]) -> Iterator[Decimal]:
    step = Decimal(1).scaleb(-column.decimals)
    tried = {value + step * away for value in constants for away in (-1, 0, 1)} or {Decimal(0)}
    for value in sorted(tried):
        fits = (column.minimum is None or value >= column.minimum) and (
            column.maximum is None or value <= column.maximum
        )
        if fits:
            yield value
