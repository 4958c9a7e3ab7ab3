"""Where the typed cells of the ordinary workbook stand: the formulas of the twin read these very cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.indicator import Table
from chuyi_desktop.excel.identity import SheetKind
from chuyi_desktop.excel.plan import Line, Look, SheetPlan
from chuyi_desktop.excel.rendering import HINT_ROW
from chuyi_desktop.excel.roster_rendering import EMPTY_COLUMN, EMPTY_ROW, HEAD_ROW
from chuyi_desktop.excel.sheet import column_letters
from chuyi_desktop.excel.twin.notation import quoted_sheet

ROOM = 2_000
"""Rows of a roster that the formulas read beyond those filled in; rows below are noticed and said."""
FIRST_PLAN_LINE = HINT_ROW + 3
"""The row of the first line of a planned sheet, as Excel counts."""
_LAST_ROW = 1_048_576
_FIRST_COLUMN = 3
"""The first column of a roster's own, as Excel counts."""


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A typed cell: ``reference`` for formulas, ``sheet`` its sheet's name."""

    reference: str
    sheet: str


@dataclass(frozen=True, slots=True)
class RosterPlace:
    """The cells of a roster. Ranges begin at the heads, which nobody can delete, so that a row inserted below
    the heads is read too; ``mask`` takes the heads out again."""

    sheet: str
    columns: Mapping[str, str]
    """Ranges by column id."""
    mask: str
    empty: str
    """The answer to 本表无数据."""
    below: str
    """What lies under the ranges."""


@dataclass(frozen=True, slots=True)
class Places:
    """All typed cells: values by indicator and year, answers by rule, rosters by table."""

    values: Mapping[tuple[str, int], CellPlace]
    answers: Mapping[str, CellPlace]
    rosters: Mapping[str, RosterPlace]


def find_places(
    plans: Iterable[SheetPlan], rosters: Iterable[tuple[str, Table]], assessment: Assessment
) -> Places:
    """Where everything stands on planned sheets and on the sheets of ``rosters`` (name and table)."""
    values: dict[tuple[str, int], CellPlace] = {}
    answers: dict[str, CellPlace] = {}
    for plan in plans:
        columns = {head.role: column_letters(at) for at, head in enumerate(plan.heads, 1)}
        for row, line in enumerate(plan.lines, FIRST_PLAN_LINE):
            for role, slot in line.slots.items():
                place = _cell(plan.name, columns[role], row)
                if slot.look is Look.INPUT:
                    _keep(plan, line, role, place, values, answers)
    found = {table.id: roster_place(name, table, assessment) for name, table in rosters}
    return Places(values, answers, found)


def _keep(
    plan: SheetPlan,
    line: Line,
    role: str,
    place: CellPlace,
    values: dict[tuple[str, int], CellPlace],
    answers: dict[str, CellPlace],
) -> None:
    kind, _, year = role.partition(":")
    if plan.key.kind is SheetKind.SECTION and kind == "value":
        values.setdefault((line.key, int(year)), place)
    elif plan.key.kind is SheetKind.DECLARATIONS and role == "answer":
        answers[line.key] = place


def _cell(sheet: str, letters: str, row: int) -> CellPlace:
    return CellPlace(f"{quoted_sheet(sheet)}${letters}${row}", sheet)


def roster_place(name: str, table: Table, assessment: Assessment) -> RosterPlace:
    """Where the cells of a roster stand."""
    first = HEAD_ROW + 1
    last = first + len(assessment.rows(table.id) or ()) + ROOM
    prefix = quoted_sheet(name)

    def column(at: int, top: int, bottom: int) -> str:
        letters = column_letters(at)
        return f"{prefix}${letters}${top}:${letters}${bottom}"

    ranges = {each.id: column(at, first, last) for at, each in enumerate(table.columns, _FIRST_COLUMN)}
    left, right = column_letters(_FIRST_COLUMN), column_letters(_FIRST_COLUMN + len(table.columns) - 1)
    head = f"{prefix}${left}${first}"
    return RosterPlace(
        name,
        ranges,
        f"(ROW({column(_FIRST_COLUMN, first, last)})>ROW({head}))",
        f"{prefix}${column_letters(EMPTY_COLUMN + 1)}${EMPTY_ROW + 1}",
        f"{prefix}${left}${last + 1}:${right}${_LAST_ROW}",
    )
