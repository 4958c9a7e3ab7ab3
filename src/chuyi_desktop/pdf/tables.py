"""Forms and data tables of the dossier as grids."""

from dataclasses import replace

from chuyi_desktop.pdf.grid import PAD_X, Grid, GridCell, GridRow
from chuyi_desktop.pdf.styles import (
    DENSE_CELL,
    DENSE_HEAD,
    FORM_LABEL,
    FORM_VALUE,
    TABLE_CELL,
    TABLE_HEAD,
    Side,
    Style,
)
from chuyi_desktop.pdf.typesetter import Typesetter
from chuyi_desktop.report.blocks import Align, DataTable, Form

MANY_COLUMNS = 8
MANY_COLUMNS_WIDE = 12
HEAD_CHARACTERS = 3
"""Characters of a head that stay on one line."""
FORM_ROW = 30.0
"""The least height of a form's row: room to write by hand."""

_SIDES = {
    Align.LEFT: Side.LEFT,
    Align.CENTER: Side.CENTER,
    Align.RIGHT: Side.RIGHT,
    Align.DECIMAL: Side.RIGHT,
}


def form_table(typesetter: Typesetter, form: Form) -> Grid:
    """A label/value grid."""
    rows = [
        GridRow(
            tuple(
                GridCell(
                    cell.text,
                    FORM_LABEL if cell.label else replace(FORM_VALUE, side=_SIDES[cell.align]),
                    cell.span,
                )
                for cell in row
            ),
            FORM_ROW,
        )
        for row in form.rows
    ]
    return Grid(typesetter, form.widths, rows)


def data_table(typesetter: Typesetter, table: DataTable, *, wide: bool) -> Grid:
    """A data table under its repeated head; smaller where it has many columns."""
    dense = len(table.columns) >= (MANY_COLUMNS_WIDE if wide else MANY_COLUMNS)
    head, cell = (DENSE_HEAD, DENSE_CELL) if dense else (TABLE_HEAD, TABLE_CELL)
    rows = [GridRow(tuple(GridCell(column.title, head) for column in table.columns))]
    rows += [_row(table, texts, cell) for texts in table.rows]
    if not table.rows and table.empty:
        rows.append(GridRow((GridCell(table.empty, replace(cell, side=Side.CENTER), len(table.columns)),)))
    if table.total is not None:
        rows.append(_row(table, table.total, replace(cell, face=head.face)))
    floors = [min(len(column.title), HEAD_CHARACTERS) * head.size + 2 * PAD_X + 1 for column in table.columns]
    return Grid(typesetter, [column.width for column in table.columns], rows, head=1, floors=floors)


def _row(table: DataTable, texts: tuple[str, ...], style: Style) -> GridRow:
    return GridRow(
        tuple(
            GridCell(text, replace(style, side=_SIDES[column.align]), decimal=column.align is Align.DECIMAL)
            for column, text in zip(table.columns, texts, strict=True)
        )
    )
