"""The sheet of a roster: typed columns, a row a thing, and one cell to say 本表无数据."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chuyi_desktop.app.ports import SheetRoster, SheetRow
from chuyi_desktop.domain.assessment import Assessment, Row
from chuyi_desktop.domain.indicator import Column, Table, ValueKind
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.domain.typed_input import read_typed
from chuyi_desktop.domain.units import find_unit
from chuyi_desktop.domain.values import Value
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.cells import fits_cell, shown_in_cell
from chuyi_desktop.excel.grid import (
    KEY_ROLE,
    HeadReader,
    LineFound,
    Located,
    MergedDown,
    head_reader,
    locate,
    plain_head,
)
from chuyi_desktop.excel.identity import HEAD_MARK
from chuyi_desktop.excel.plan import Head, Look, Slot
from chuyi_desktop.excel.reading import Gathered, source
from chuyi_desktop.excel.sheet import Cell, Sheet, column_letters
from chuyi_desktop.excel.words import kind_help, yes_no_options

_TOTAL = re.compile(r"(?:合|总|小|共)\s*计[:：]?")
_EMPTY_ANSWER = Column("empty", "", ValueKind.YES_NO)
_NARROWEST = 8


def column_role(column_id: str) -> str:
    """The role of a roster's column."""
    return f"column:{column_id}"


def roster_heads(table: Table) -> tuple[Head, ...]:
    """The columns of a roster's sheet: units in brackets, required columns with a star."""
    return (
        Head(KEY_ROLE, HEAD_MARK, 4, hidden=True),
        Head("seq", say("excel.head.seq"), 6),
        *(
            Head(
                column_role(column.id),
                _head_words(column),
                max(column.width, _NARROWEST, 2 * len(column.name) + 2),
                required=column.required,
                help="\n".join(part for part in (column.definition, kind_help(column)) if part),
            )
            for column in table.columns
        ),
    )


def _head_words(column: Column) -> str:
    unit = f"\n（{column.unit}）" if column.unit else ""
    star = " *" if column.required else ""
    return f"{column.name}{star}{unit}"


def column_options(column: Column) -> tuple[str, ...]:
    """What may be chosen in a column; nothing where it is free."""
    if column.kind is ValueKind.YES_NO:
        return yes_no_options()
    return tuple(choice.label for choice in column.choices) if column.kind is ValueKind.CHOICE else ()


def column_slot(column: Column, value: Value | None, options: tuple[str, ...] | None = None) -> Slot:
    """The cell of a column; a text no cell can hold stays in the program. Who has many gives the column's
    ``options``, found once."""
    if options is None:
        options = column_options(column)
    content = None if value is None else shown_in_cell(value, column)
    if isinstance(content, str) and not fits_cell(content):
        return Slot(Look.LOCKED, say("excel.kept_in_program"))
    return Slot(Look.INPUT, content, column, options, strict=True)


def roster_rows(table: Table, assessment: Assessment) -> Iterator[tuple[Row, Mapping[str, Slot]]]:
    """The rows of the assessment's year with their cells by role."""
    columns = [(column, column_role(column.id), column_options(column)) for column in table.columns]
    for row in assessment.rows(table.id) or ():
        cells = {
            role: column_slot(column, row.cells[column.id], options)
            for column, role, options in columns
            if column.id in row.cells
        }
        yield row, cells


@dataclass(frozen=True, slots=True)
class RosterReader:
    """Reads the sheets of rosters."""

    gathered: Gathered

    def head_reader(self, table: Table) -> HeadReader:
        """Understands the heads of a roster, by name and by alias."""
        aliases = [(alias, column_role(column.id)) for column in table.columns for alias in column.aliases]
        return head_reader(roster_heads(table), aliases)

    def read(self, sheet: Sheet, table: Table) -> bool:
        """Take what the sheet says; False where its heads cannot be found."""
        roles = {head.role for head in roster_heads(table)}
        located = locate(sheet, self.head_reader(table), roles, self.gathered.reporter)
        if located is None:
            return False
        located.report_strangers(self.gathered.reporter)
        rows = tuple(self._rows(located, table))
        declared = self._declared_empty(located)
        if declared is not None and rows:
            self.gathered.reporter.report(
                "excel.empty_but_rows", Severity.WARNING, sheet.name, declared, count=len(rows)
            )
        if rows or declared is not None:
            roster = SheetRoster(table.id, rows, declared_empty=declared is not None and not rows)
            self._keep(roster, sheet, table)
        return True

    def _keep(self, roster: SheetRoster, sheet: Sheet, table: Table) -> None:
        if table.id in self.gathered.rosters:
            self.gathered.reporter.report(
                "excel.roster_twice", Severity.ERROR, sheet.name, label=table.name, name=table.name
            )
            return
        self.gathered.rosters[table.id] = roster

    def _declared_empty(self, located: Located) -> str | None:
        """The cell that says 本表无数据; None where none does."""
        label = plain_head(say("excel.roster.empty"))
        for number in sorted(located.sheet.rows):
            if number >= located.head_row:
                return None
            filled = located.sheet.rows[number]
            for column in sorted(filled):
                if plain_head(filled[column].text) != label:
                    continue
                answers = [(other, filled[other]) for other in sorted(filled) if other > column]
                return self._says_empty(located, number, answers[:1])
        return None

    def _says_empty(self, located: Located, row: int, answers: list[tuple[int, Cell]]) -> str | None:
        for column, cell in answers:
            place = f"{column_letters(column)}{row}"
            content = cell.content
            text = "true" if content is True else content if isinstance(content, str) else str(content)
            reading = read_typed(text, _EMPTY_ANSWER)
            if reading.value is None:
                self.gathered.reporter.report(
                    "input.not_yes_no", Severity.ERROR, located.sheet.name, place, found=text[:40]
                )
            return place if reading.value is True else None
        return None

    def _rows(self, located: Located, table: Table) -> Iterator[SheetRow]:
        merged = MergedDown(located)
        units = _units(located, table)
        columns = [(column, column_role(column.id)) for column in table.columns]
        seen: set[str] = set()
        for line in located.lines():
            own = {role: cell for role, cell in line.cells.items() if role.startswith("column:")}
            if not own:
                continue
            # A copied row brings its hidden id along: only the first is the row itself.
            row_id = "" if line.key in seen else line.key
            if not row_id and self._is_total(line, located):
                continue
            cells = self._cells(line, {**merged.of(line.number), **own}, located, columns, units)
            if not cells and not row_id:
                continue
            # A row whose every cell was refused is still there: it must not look deleted.
            seen.add(row_id)
            first = min(own, key=lambda role: located.columns[role])
            yield SheetRow(row_id, cells, source(located.place(line.number, first)))

    def _is_total(self, line: LineFound, located: Located) -> bool:
        for role, cell in line.cells.items():
            if _TOTAL.fullmatch(cell.text):
                place = located.place(line.number, role)
                self.gathered.reporter.report(
                    "excel.total_row", Severity.WARNING, place.sheet, place.cell, found=cell.text
                )
                return True
        return False

    def _cells(
        self,
        line: LineFound,
        cells: Mapping[str, Cell],
        located: Located,
        columns: Sequence[tuple[Column, str]],
        units: Mapping[str, str],
    ) -> dict[str, Value]:
        values: dict[str, Value] = {}
        kept_in_program = say("excel.kept_in_program")
        for column, role in columns:
            cell = cells.get(role)
            if cell is None:
                if column.required and role in located.columns and column.default is None:
                    self._missing(line, located, column)
                continue
            if cell.text == kept_in_program:
                continue
            place = located.place(line.number, role, column.name)
            value = self.gathered.value(cell, column, units.get(role, ""), place)
            if value is not None:
                values[column.id] = value
        return values

    def _missing(self, line: LineFound, located: Located, column: Column) -> None:
        place = located.place(line.number, column_role(column.id))
        self.gathered.reporter.report(
            "excel.required_missing", Severity.WARNING, place.sheet, place.cell, column.name, name=column.name
        )


def _units(located: Located, table: Table) -> dict[str, str]:
    """The units stated in the heads, where the clerk changed them; other words in brackets mean nothing."""
    units = {}
    for column in table.columns:
        bracket = located.brackets.get(column_role(column.id), "")
        if column.kind.is_number and bracket and find_unit(bracket) is not None:
            units[column_role(column.id)] = bracket
    return units
