"""Set cells of a roster from what a person typed, take rows away, or say 本表无数据."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count as counting
from itertools import islice

from chuyi_desktop.app.changes import Plan
from chuyi_desktop.app.ports import Stamp
from chuyi_desktop.domain.assessment import (
    Assessment,
    Change,
    DeclaredEmpty,
    Field,
    FieldKind,
    Origin,
    OriginKind,
    Row,
)
from chuyi_desktop.domain.indicator import Table
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.typed_input import read_typed
from chuyi_desktop.domain.values import Value

Cell = tuple[str, str]
"""A cell of a roster: row id and column id."""


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """Changes worked out for a roster. Cells with an error in ``problems`` keep what they have; the other
    cells of their row are in ``plan`` all the same."""

    plan: Plan
    problems: Mapping[Cell, Problem] = field(default_factory=dict)

    @property
    def refused(self) -> Mapping[Cell, Problem]:
        """The cells that keep what they have."""
        return {
            cell: problem for cell, problem in self.problems.items() if problem.severity is Severity.ERROR
        }


def fresh_row_ids(assessment: Assessment, table: Table, count: int) -> tuple[str, ...]:
    """Ids for ``count`` rows that the roster does not have yet."""
    taken = {row.id for row in assessment.rows(table.id) or ()}
    return tuple(islice(unused_row_ids(taken), count))


def unused_row_ids(taken: Container[str]) -> Iterator[str]:
    """Ids of rows, without end, that are not ``taken``."""
    return (name for number in counting(1) if (name := f"r{number:05}") not in taken)


def plan_cells(
    assessment: Assessment, table: Table, texts: Mapping[str, Mapping[str, str]], stamp: Stamp
) -> RosterPlan:
    """What typing ``texts`` (row id, then column id, to text) would do. Empty text clears a cell; a row id
    the roster does not have is a new row at its end, made where at least one cell is accepted."""
    origin = Origin(OriginKind.TYPED, stamp.who, stamp.when)
    rows = assessment.rows(table.id) or ()
    existing = {row.id: row for row in rows}
    position = 1 + max((row.position for row in rows), default=-1)
    changes: list[Change] = []
    problems: dict[Cell, Problem] = {}
    for row_id, cells in texts.items():
        old = existing.get(row_id)
        filled = dict(old.cells) if old is not None else {}
        for column_id, problem in _typed(table, filled, cells):
            problems[row_id, column_id] = problem
        if old is None and not filled:
            continue
        place = Field(FieldKind.ROW, table.id, assessment.year, row_id)
        if old is None:
            position += 1
        row = Row(row_id, position - 1 if old is None else old.position, filled, origin)
        change = assessment.change(place, row)
        if change is not None:
            changes.append(change)
    if changes:
        changes += _no_longer_empty(assessment, table)
    return RosterPlan(Plan(tuple(changes), tuple(problems.values())), problems)


def plan_rows_gone(assessment: Assessment, table: Table, row_ids: Iterable[str]) -> Plan:
    """Take rows away."""
    fields = (Field(FieldKind.ROW, table.id, assessment.year, row_id) for row_id in row_ids)
    changes = (assessment.change(place, None) for place in fields)
    return Plan(tuple(change for change in changes if change is not None))


def plan_declared_empty(assessment: Assessment, table: Table, stamp: Stamp, *, empty: bool) -> Plan:
    """Say 本表无数据, or take it back. A roster with rows is not empty: nothing is planned then."""
    if empty and assessment.rows(table.id):
        return Plan()
    origin = Origin(OriginKind.TYPED, stamp.who, stamp.when)
    place = Field(FieldKind.EMPTY_TABLE, table.id, assessment.year)
    change = assessment.change(place, DeclaredEmpty(origin) if empty else None)
    return Plan((change,) if change else ())


def _typed(table: Table, filled: dict[str, Value], cells: Mapping[str, str]) -> list[tuple[str, Problem]]:
    """Put ``cells`` into ``filled``; what was found wrong, by column id."""
    problems = []
    for column_id, text in cells.items():
        column = table.by_id[column_id]
        if not text.strip():
            filled.pop(column_id, None)
            continue
        reading = read_typed(text, column, place=Place(label=column.name))
        if reading.problem is not None:
            problems.append((column_id, reading.problem))
        if reading.value is not None:
            filled[column_id] = reading.value
    return problems


def _no_longer_empty(assessment: Assessment, table: Table) -> Sequence[Change]:
    change = assessment.change(Field(FieldKind.EMPTY_TABLE, table.id, assessment.year), None)
    return (change,) if change else ()
