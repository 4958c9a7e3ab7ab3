"""Puts a roster into a workbook: its rows, room for more, and the cell for 本表无数据."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from chuyi_desktop.domain.assessment import Assessment, DeclaredEmpty, Field, FieldKind
from chuyi_desktop.domain.indicator import Column, Table, ValueKind
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.cells import number_format
from chuyi_desktop.excel.identity import SheetKey, SheetKind
from chuyi_desktop.excel.plan import Head, Look, Slot
from chuyi_desktop.excel.rendering import (
    HINT_ROW,
    PROTECTION,
    put,
    put_heads,
    set_up_page,
    start_sheet,
    style_of,
)
from chuyi_desktop.excel.rosters import column_role, column_slot, roster_heads, roster_rows
from chuyi_desktop.excel.sheet import column_letters
from chuyi_desktop.excel.styles import Styles
from chuyi_desktop.excel.validation import Lists, rule
from chuyi_desktop.excel.widths import row_height

SPARE_ROWS = 600
"""Open rows below the filled ones; further rows are open too, only without a format."""
_DRAWN_ROWS = 20
_LAST_RULED_ROW = 30_000
_TAB = "#5F8A6B"
EMPTY_ROW = HINT_ROW + 1
HEAD_ROW = EMPTY_ROW + 1
EMPTY_COLUMN = 3
_LAST_COLUMN = 16_383
_UNPROTECTED = ("insert_rows", "delete_rows", "sort", "autofilter", "format_cells")


def render_roster(
    book: Workbook,
    name: str,
    table: Table,
    programme: Programme,
    assessment: Assessment,
    styles: Styles,
    lists: Lists,
    caption: str,
) -> Iterator[int]:
    """The sheet of a roster; yields the rows written so far, now and then."""
    key = SheetKey(programme.id, assessment.year, SheetKind.ROSTER, table.id)
    hint = say("excel.hint.roster") + (f"　{table.definition}" if table.definition else "")
    sheet = start_sheet(book, name, key, table.name, " ".join(hint.split("\n")), styles)
    heads = roster_heads(table)
    put_heads(sheet, heads, HEAD_ROW, styles)
    for column, head in enumerate(heads[1:], 1):
        kind = table.by_id[head.role.partition(":")[2]] if ":" in head.role else None
        sheet.set_column(column, column, head.width, _spare(kind, styles))
    _open_the_rest(sheet, len(heads), styles)
    sheet.set_column(0, 0, heads[0].width, styles.of(locked=False), {"hidden": True})
    is_empty = isinstance(
        assessment.fields.get(Field(FieldKind.EMPTY_TABLE, table.id, assessment.year)), DeclaredEmpty
    )
    _put_empty_cell(sheet, styles, lists, declared=is_empty and assessment.rows(table.id) == ())
    first = HEAD_ROW + 1
    row = first
    blanks = {column_role(column.id): column_slot(column, None) for column in table.columns}
    for content, cells in roster_rows(table, assessment):
        _put_row(sheet, row, content.id, {**blanks, **cells}, heads, styles)
        row += 1
        if row % 500 == 0:
            yield row - first
    _put_spare_rows(sheet, row, table, heads, styles)
    _set_rules(sheet, table, lists)
    sheet.freeze_panes(first, min(3, len(heads)))
    # The hidden ids are in the range, so that sorting takes them along.
    sheet.autofilter(HEAD_ROW, 0, max(row, first + _DRAWN_ROWS) - 1, len(heads) - 1)
    sheet.protect("", PROTECTION | dict.fromkeys(_UNPROTECTED, True))
    sheet.set_tab_color(_TAB)
    set_up_page(sheet, table.name, HEAD_ROW, caption)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letters(len(heads))}{_LAST_RULED_ROW}"})


def _open_the_rest(sheet: Worksheet, first: int, styles: Styles) -> None:
    """Open the columns beyond the table: a row can be deleted on a protected sheet only if all of it is
    open. XlsxWriter would then walk 16,384 columns for every row, so its note of the last one is put back;
    and what it notes of a column is made once for all of them."""
    last = sheet.dim_colmax
    sheet.set_column(first, first, None, styles.of(locked=False))
    sheet.col_info.update(dict.fromkeys(range(first, _LAST_COLUMN + 1), sheet.col_info[first]))
    sheet.dim_colmax = last


def _put_empty_cell(sheet: Worksheet, styles: Styles, lists: Lists, *, declared: bool) -> None:
    slot = Slot(
        Look.INPUT,
        say("input.yes") if declared else None,
        Column("empty", "", ValueKind.YES_NO),
        (say("input.yes"), say("input.no")),
        strict=True,
        help=say("excel.roster.empty_help"),
    )
    sheet.write_string(EMPTY_ROW, 2, say("excel.roster.empty"), styles.of(bold=True, align="right"))
    put(sheet, EMPTY_ROW, EMPTY_COLUMN, slot, styles.small_input())
    checked = rule(slot, lists, say("excel.roster.empty"))
    if checked is not None:
        sheet.data_validation(EMPTY_ROW, EMPTY_COLUMN, EMPTY_ROW, EMPTY_COLUMN, checked)
    sheet.set_row(EMPTY_ROW, 24)


def _put_row(
    sheet: Worksheet,
    row: int,
    row_id: str,
    cells: Mapping[str, Slot],
    heads: tuple[Head, ...],
    styles: Styles,
) -> None:
    sheet.write_string(row, 0, row_id, styles.of(locked=False))
    _put_number(sheet, row, styles)
    shown = []
    for index, slot in enumerate(cells.values(), 2):
        put(sheet, row, index, slot, style_of(slot, styles))
        if isinstance(slot.content, str):
            shown.append((slot.content, heads[index].width))
    sheet.set_row(row, row_height(shown, 20.0))


def _put_number(sheet: Worksheet, row: int, styles: Styles) -> None:
    """The running number as a formula, so that it stays right when rows are moved or deleted."""
    style = styles.running_number()
    sheet.write_formula(row, 1, f"=ROW()-{HEAD_ROW + 1}", style, row - HEAD_ROW)


def _put_spare_rows(
    sheet: Worksheet, first: int, table: Table, heads: tuple[Head, ...], styles: Styles
) -> None:
    """Open rows: some drawn, so that one sees where to type; the others drawn once they are filled, so
    that printing brings no pages of empty boxes."""
    drawn = [style_of(column_slot(column, None), styles) for column in table.columns]
    for row in range(first, first + _DRAWN_ROWS):
        _put_number(sheet, row, styles)
        for index, style in enumerate(drawn, 2):
            sheet.write_blank(row, index, None, style)
        sheet.set_row(row, 20)
    spare = [_spare(column, styles) for column in table.columns]
    for row in range(first + _DRAWN_ROWS, first + SPARE_ROWS):
        for index, style in enumerate(spare, 2):
            sheet.write_blank(row, index, None, style)
    top, last = first + _DRAWN_ROWS, column_letters(len(heads))
    sheet.conditional_format(
        top,
        1,
        _LAST_RULED_ROW,
        len(heads) - 1,
        {
            "type": "formula",
            "criteria": f"=COUNTA($C{top + 1}:${last}{top + 1})>0",
            "format": styles.drawn(),
        },
    )


def _spare(column: Column | None, styles: Styles) -> object:
    if column is None:
        return styles.spare("0", is_number=False)
    return styles.spare(number_format(column, None), is_number=column.kind.is_number)


def _set_rules(sheet: Worksheet, table: Table, lists: Lists) -> None:
    """A rule a column, down to where no roster reaches."""
    for index, column in enumerate(table.columns, 2):
        slot = replace(column_slot(column, None), help=column.definition)
        checked = rule(slot, lists, column.name + (" *" if column.required else ""))
        if checked is not None:
            sheet.data_validation(HEAD_ROW + 1, index, _LAST_RULED_ROW, index, checked)
