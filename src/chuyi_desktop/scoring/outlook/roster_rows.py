"""Rosters with other rows: what rows of some kind added, or taken away, make of every count and sum."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice, product

from chuyi_desktop.domain.assessment import Change, DeclaredEmpty, Field, FieldKind, Row
from chuyi_desktop.domain.formula import Expression, evaluate, references
from chuyi_desktop.domain.formula.evaluate import RosterRow
from chuyi_desktop.domain.formula.references import parts
from chuyi_desktop.domain.formula.tree import Aggregate, Aggregation, Constant
from chuyi_desktop.domain.indicator import Column, Table, ValueKind
from chuyi_desktop.domain.typed_input import default_of
from chuyi_desktop.domain.values import ARITHMETIC, Maybe, Missing, Value
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.facts import RowFacts
from chuyi_desktop.scoring.outlook.ground import Ground, Leaf
from chuyi_desktop.scoring.outlook.spans import NOTHING, Span, either, known

MOST_ADDED = 1000
"""Rows that a change adds at most."""
_MOST_MADE = 50
"""Rows that are added one by one where that cannot be computed at once."""
_MOST_STEPS = 500
"""Whole numbers tried on either side of a cell's own."""
_MOST_TRIED = 4000
"""Combinations of cells tried for a row that counts."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one roster as facts, for its aggregates."""

    listed: Sequence[RosterRow]

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        """Nothing: an aggregate reads columns only."""
        del indicator_id, years_back
        return Missing()

    def rows(self, table_id: str) -> Sequence[RosterRow]:
        """The rows."""
        del table_id
        return self.listed


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster of the assessment's year with its rows as they are; none where nothing was said."""

    ground: Ground
    table: Table
    rows: tuple[Row, ...]
    cells: tuple[RosterRow, ...]

    def leaves(self) -> list[tuple[Leaf, Aggregate]]:
        """Everything that is made of it."""
        found = self.ground.aggregates.items()
        year = self.ground.year
        return [(leaf, node) for leaf, node in found if node.table == self.table.id and leaf.year == year]

    def counts(self, where: Expression | None, row: RosterRow) -> Maybe:
        """Whether a row counts."""
        return True if where is None else evaluate(where, RowFacts(self.ground.facts, self.table, row))

    def with_rows(self, row: RosterRow, first: int, last: int) -> dict[Leaf, Span]:
        """Everything made of it, with some number of such rows more, from ``first`` to ``last``."""
        return {leaf: self._added(node, row, first, last) for leaf, node in self.leaves()}

    def only(self, kept: Sequence[RosterRow]) -> dict[Leaf, Span]:
        """Everything made of it, with these rows alone."""
        return {leaf: known(evaluate(node, Rows(kept))) for leaf, node in self.leaves()}

    def _added(self, node: Aggregate, row: RosterRow, first: int, last: int) -> Span:
        counts = self.counts(node.where, row)
        before = evaluate(node, Rows(self.cells))
        if isinstance(counts, Missing):
            return NOTHING
        if not counts:
            return known(before)
        cell = Decimal(1) if node.column is None else row.get(node.column, Missing())
        if node.aggregation in {Aggregation.COUNT, Aggregation.SUM}:
            if isinstance(before, Decimal) and isinstance(cell, Decimal):
                ends = [ARITHMETIC.add(before, ARITHMETIC.multiply(cell, Decimal(n))) for n in (first, last)]
                return either(known(ends[0]), known(ends[1]))
            return NOTHING
        # Of the others each is the same or moves one way with every row more.
        low, high = (
            known(evaluate(node, Rows((*self.cells, *[row] * n)))) for n in (first, min(last, _MOST_MADE))
        )
        return either(low, high) if last <= _MOST_MADE or first == last else NOTHING


def roster_of(ground: Ground, table_id: str) -> Roster | None:
    """The roster of that id in the assessment's year; None where a pack has none."""
    table = ground.facts.table(table_id)
    if table is None:
        return None
    cells = ground.facts.rows(table_id)
    rows = ground.assessment.rows(table_id, ground.year) or ()
    return Roster(ground, table, rows, () if isinstance(cells, Missing) else tuple(cells))


def row_that_counts(roster: Roster, node: Aggregate) -> dict[str, Value] | None:
    """Cells of a row that ``node`` counts, as undemanding as can be; None where none was found."""
    base = {
        column.id: _usual(column, roster) for column in roster.table.columns if _is_wanted(column, roster)
    }
    read = () if node.where is None else tuple(dict.fromkeys(each.id for each in references(node.where)))
    columns = [roster.table.by_id[each] for each in read if each in roster.table.by_id]
    tried = product(*(_candidates(column, node.where, roster) for column in columns))
    for values in islice(tried, _MOST_TRIED):
        cells = base | {column.id: value for column, value in zip(columns, values, strict=True)}
        if roster.counts(node.where, cells) is True:
            return cells
    return None


def _is_wanted(column: Column, roster: Roster) -> bool:
    """Whether a row should say it: a required cell, or one that something made of the roster reads."""
    if column.required:
        return True
    return any(
        column.id == node.column
        or (node.where is not None and column.id in {each.id for each in references(node.where)})
        for _, node in roster.leaves()
    )


def _usual(column: Column, roster: Roster) -> Value:
    """What a cell says where it does not matter: the least there is."""
    default = default_of(column)
    if default is not None:
        return default
    match column.kind:
        case ValueKind.YES_NO:
            return False
        case ValueKind.CHOICE:
            return column.choices[-1].id
        case ValueKind.TEXT:
            return say("gap.row.new")
        case ValueKind.DATE:
            dates = [row[column.id] for row in roster.cells if column.id in row]
            found = [each for each in dates if isinstance(each, date)]
            return found[-1] if found else date(roster.ground.year, 1, 1)
        case _:
            return max(Decimal(0), column.minimum or Decimal(0))


def _candidates(column: Column, where: Expression | None, roster: Roster) -> list[Value]:
    """Values worth trying in a cell: the least demanding first."""
    said = [row[column.id] for row in roster.cells if column.id in row]
    known_values: list[Value] = [value for value in said if not isinstance(value, Missing)]
    constants = [] if where is None else list(_constants(where))
    match column.kind:
        case ValueKind.YES_NO:
            return [False, True]
        case ValueKind.CHOICE:
            return [choice.id for choice in reversed(column.choices)]
        case ValueKind.TEXT:
            return [say("gap.row.new"), *(each for each in constants if isinstance(each, str))]
        case ValueKind.DATE:
            return list(dict.fromkeys(known_values)) or [_usual(column, roster)]
        case _:
            step = Decimal(1).scaleb(-column.decimals)
            numbers = [each for each in constants if isinstance(each, Decimal)]
            near = [number + change for number in numbers for change in (Decimal(0), step, -step)]
            low, high = column.minimum, column.maximum
            plain: list[Value] = [Decimal(0), Decimal(1), *near]
            fit = [
                each
                for each in [*plain, *known_values]
                if isinstance(each, Decimal)
                and (low is None or each >= low)
                and (high is None or each <= high)
            ]
            return list(dict.fromkeys(fit))


def _constants(tree: Expression) -> Iterator[Value]:
    if isinstance(tree, Constant):
        yield tree.value
    for part in parts(tree):
        yield from _constants(part)


def adding(roster: Roster, rows: Sequence[Mapping[str, Value]]) -> tuple[Change, ...]:
    """The changes that add rows."""
    year = roster.ground.year
    start = max((row.position for row in roster.rows), default=-1) + 1
    taken = {row.id for row in roster.rows}
    empty = Field(FieldKind.EMPTY_TABLE, roster.table.id, year)
    declared = roster.ground.assessment.fields.get(empty)
    changes = [Change(empty, declared, None)] if isinstance(declared, DeclaredEmpty) else []
    for at, cells in enumerate(_distinct(rows, roster.table)):
        row_id = f"new{at + 1}"
        while row_id in taken:
            row_id += "x"
        row = Row(row_id, start + at, dict(cells))
        changes.append(Change(Field(FieldKind.ROW, roster.table.id, year, row_id), None, row))
    return tuple(changes)


def _distinct(rows: Sequence[Mapping[str, Value]], table: Table) -> list[dict[str, Value]]:
    """The rows, with the texts that stand for new ones told apart by number."""
    new = say("gap.row.new")
    texts = {column.id for column in table.columns if column.kind is ValueKind.TEXT}
    return [
        {key: f"{new}{at}" if key in texts and value == new else value for key, value in row.items()}
        for at, row in enumerate(rows, 1)
    ]


def corrections(roster: Roster, node: Aggregate, cells: RosterRow) -> list[tuple[Column, Value]]:
    """For each cell the smallest change with which the row no longer counts, relatively smallest first."""
    read = () if node.where is None else tuple(dict.fromkeys(each.id for each in references(node.where)))
    found: list[tuple[Decimal, Column, Value]] = []
    for name in read:
        column = roster.table.by_id.get(name)
        now = cells.get(name)
        if column is None or now is None or isinstance(now, Missing):
            continue
        for effort, value in _others(column, now):
            if roster.counts(node.where, {**cells, name: value}) is False:
                found.append((effort, column, value))
                break
    found.sort(key=lambda each: each[0])
    return [(column, value) for _, column, value in found]


def _others(column: Column, now: Value) -> Iterator[tuple[Decimal, Value]]:
    """Other values of a cell, the nearest first, with the relative change."""
    if isinstance(now, bool):
        yield Decimal(1), not now
    elif isinstance(now, Decimal):
        low, high = column.minimum, column.maximum
        for step in range(1, _MOST_STEPS):
            for value in (now + step, now - step):
                if (low is None or value >= low) and (high is None or value <= high):
                    yield ARITHMETIC.divide(Decimal(step), max(abs(now), Decimal(1))), value
    elif column.kind is ValueKind.CHOICE:
        for choice in reversed(column.choices):
            if choice.id != now:
                yield Decimal(1), choice.id


def changing(roster: Roster, rows: Sequence[Row]) -> tuple[Change, ...]:
    """The changes that put these rows in the place of those of the same id."""
    now = {row.id: row for row in roster.rows}
    year = roster.ground.year
    return tuple(
        Change(Field(FieldKind.ROW, roster.table.id, year, row.id), now[row.id], row) for row in rows
    )


def removing(roster: Roster, rows: Sequence[Row]) -> tuple[Change, ...]:
    """The changes that take rows away; a roster left without any is declared empty."""
    year = roster.ground.year
    gone = [Change(Field(FieldKind.ROW, roster.table.id, year, row.id), row, None) for row in rows]
    if len(rows) == len(roster.rows):
        gone.append(Change(Field(FieldKind.EMPTY_TABLE, roster.table.id, year), None, DeclaredEmpty()))
    return tuple(gone)
