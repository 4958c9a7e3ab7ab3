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
KEPT_WHOLE = ((8.0, 5.0), (8.0, 4.0), (8.0, 3.0), (7.0, 3.0), (6.0, 3.0))
"""Widths, in ems, up to which a text with figures (a date, an amount) and one of words (a level) is not
broken, the best that the table has room for."""
MOST_FLOOR = 0.9
"""The most of a table's width that such texts may claim; long ones must wrap somewhere."""
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


def data_table(typesetter: Typesetter, table: DataTable, width: float, *, wide: bool) -> Grid:
    """A data table under its repeated head; smaller where it has many columns."""
    dense = len(table.columns) >= (MANY_COLUMNS_WIDE if wide else MANY_COLUMNS)
    head, cell = (DENSE_HEAD, DENSE_CELL) if dense else (TABLE_HEAD, TABLE_CELL)
    rows = [GridRow(tuple(GridCell(column.title, head) for column in table.columns))]
    rows += [_row(table, texts, cell) for texts in table.rows]
    if not table.rows and table.empty:
        rows.append(GridRow((GridCell(table.empty, replace(cell, side=Side.CENTER), len(table.columns)),)))
    if table.total is not None:
        rows.append(_row(table, table.total, replace(cell, face=head.face)))
    heads = [min(len(column.title), HEAD_CHARACTERS) * head.size + 2 * PAD_X + 1 for column in table.columns]
    floors = _floors(typesetter, table, cell, heads, width * MOST_FLOOR)
    return Grid(typesetter, [column.width for column in table.columns], rows, head=1, floors=floors)


def _floors(
    typesetter: Typesetter, table: DataTable, style: Style, heads: list[float], most: float
) -> list[float]:
    """How narrow each column may become: its head decides, and the short texts in it where there is room."""
    longest = int(2 * KEPT_WHOLE[0][0])
    measured = [
        [
            (typesetter.width(text, style), any(map(str.isdigit, text)))
            for text in {row[at] for row in table.rows}
            if len(text) <= longest
        ]
        for at in range(len(table.columns))
    ]
    for figures, words in KEPT_WHOLE:
        floors = []
        for floor, texts in zip(heads, measured, strict=True):
            kept = (width for width, has in texts if width <= (figures if has else words) * style.size)
            floors.append(max(floor, max(kept, default=0.0) + 2 * PAD_X + 1))
        if sum(floors) <= most:
            return floors
    return heads


def _row(table: DataTable, texts: tuple[str, ...], style: Style) -> GridRow:
    return GridRow(
        tuple(
            GridCell(text, replace(style, side=_SIDES[column.align]), decimal=column.align is Align.DECIMAL)
            for column, text in zip(table.columns, texts, strict=True)
        )
    )
