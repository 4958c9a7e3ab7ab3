"""What the commands for departments show in the terminal."""

from collections.abc import Iterator
from datetime import date

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from chuyi_desktop.app.departments.deliveries import BOTH, Conflict, DepartmentState, MergePlan
from chuyi_desktop.app.departments.shares import Supplied, filling
from chuyi_desktop.app.departments.words import choice_words, due_words, moment_words, who_words
from chuyi_desktop.app.split_workbook import Split
from chuyi_desktop.domain.assessment import Assessment, FieldKind
from chuyi_desktop.domain.wording import say

_NUMBERS = frozenset({"indicators", "tables", "others", "asked", "filled", "blank", "stated"})


def split_table(done: Split, assessment: Assessment) -> Table:
    """The workbooks that were written."""
    table = _table("department", "indicators", "tables", "others", "filled", "file")
    for share, path in done.files:
        indicators, tables = share.count(FieldKind.VALUE), share.count(FieldKind.ROW)
        state = filling(share, assessment)
        _add(
            table,
            share.department,
            str(indicators),
            str(tables),
            str(share.count(FieldKind.TEXT, FieldKind.ATTESTATION, FieldKind.RATING)),
            f"{state.filled}/{state.asked}",
            path.name,
        )
    return table


def deliveries_table(plan: MergePlan) -> Table:
    """The workbooks that came back."""
    table = _table("file", "department", "filled", "stated", "state")
    for delivery in plan.deliveries:
        filled = "" if delivery.refused else f"{delivery.filled}/{delivery.asked}"
        stated = "" if delivery.refused else str(len(delivery.statements))
        state = "refused" if delivery.refused else "fine"
        shown = Text(say(f"departments.state.{state}"), style="red" if delivery.refused else "green")
        _add(table, delivery.key, delivery.department, filled, stated, shown)
    return table


def states_table(states: tuple[DepartmentState, ...], today: date) -> Table:
    """How far every department is."""
    table = _table("department", "asked", "filled", "blank", "handed_out", "due", "delivered")
    none = say("departments.not_yet")
    for state in states:
        out, back = state.handed_out, state.delivered
        _add(
            table,
            state.department,
            str(state.filling.asked),
            str(state.filling.filled),
            str(len(state.filling.blank)),
            none if out is None else moment_words(out.when),
            due_words(state, today),
            none if back is None else moment_words(back.when),
        )
    return table


def owners_table(items: tuple[Supplied, ...]) -> Table:
    """Who supplies what; a department the school named itself stands out."""
    table = _table("id", "title", "usual", "owner")
    for item in items:
        style = "bold" if item.owner != item.usual else ""
        _add(table, item.id, item.title, item.usual, Text(item.owner, style=style))
    return table


def conflict_lines(conflict: Conflict) -> Iterator[RenderableType]:
    """A disagreement: who says what, and what to write to choose it."""
    code = "departments.conflict.last_year" if conflict.last_year else "departments.conflict"
    yield Text(
        say(code, {"title": conflict.title, "last": conflict.last_year}),
        style="" if conflict.chosen else "yellow",
    )
    table = _table("says", "who", "where", "choice")
    for said in conflict.said:
        _add(table, said.shown, who_words(said), said.source, _choice(conflict, said.key))
    if BOTH in conflict.choices:
        _add(table, say("departments.both"), "", "", _choice(conflict, BOTH))
    yield table
    if conflict.chosen:
        yield Text(
            say("departments.conflict.chosen", {"chosen": choice_words(conflict.chosen)}), style="green"
        )


def _choice(conflict: Conflict, key: str) -> str:
    return say("departments.choice", {"id": conflict.id, "key": key})


def _table(*columns: str) -> Table:
    table = Table()
    for column in columns:
        justify = "right" if column in _NUMBERS else "left"
        table.add_column(say(f"departments.head.{column}"), justify=justify, overflow="fold")  # type: ignore[arg-type]  # one of rich's words
    return table


def _add(table: Table, *cells: str | Text) -> None:
    """A row as it is written: file names and notes may hold what rich would take for markup."""
    table.add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in cells))
