"""A pack's workbook without Excel: what was exported, changed, as if it had been read again."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from chuyi_desktop.app.ports import PackBook, PackLine, PackReading, ReadPackLine, ReadPackSheet
from chuyi_desktop.excel.sheet import column_letters

FIRST_ROW = 5
Cells = Mapping[str, str]


def read_back(book: PackBook, file: str = "pack.xlsx") -> PackReading:
    """``book`` as a reader finds it."""
    sheets = []
    for sheet in book.sheets:
        letters = {column.role: column_letters(number) for number, column in enumerate(sheet.columns, 2)}
        lines = tuple(ReadPackLine(row, line.cells) for row, line in enumerate(sheet.lines, FIRST_ROW))
        sheets.append(ReadPackSheet(sheet.key, sheet.name, letters, lines))
    return PackReading(file, tuple(sheets), ())


def with_lines(
    book: PackBook, sheet: str, change: Callable[[tuple[PackLine, ...]], tuple[PackLine, ...]]
) -> PackBook:
    """``book`` with the lines of a sheet changed."""
    return replace(
        book,
        sheets=tuple(
            replace(one, lines=change(one.lines)) if one.key == sheet else one for one in book.sheets
        ),
    )


def with_cells(book: PackBook, sheet: str, row: tuple[str, str], **cells: str) -> PackBook:
    """``book`` with cells of the one row whose ``row`` (role and text) it is; an empty text clears a cell."""
    role, text = row
    seen = [
        line for one in book.sheets if one.key == sheet for line in one.lines if line.cells.get(role) == text
    ]
    assert len(seen) == 1, (sheet, row, len(seen))

    def change(lines: tuple[PackLine, ...]) -> tuple[PackLine, ...]:
        return tuple(
            line
            if line.cells.get(role) != text
            else replace(line, cells={key: cell for key, cell in {**line.cells, **cells}.items() if cell})
            for line in lines
        )

    return with_lines(book, sheet, change)


def with_line(book: PackBook, sheet: str, after: tuple[str, str], **cells: str) -> PackBook:
    """``book`` with a row more, behind the one whose ``after`` (role and text) it is."""

    def change(lines: tuple[PackLine, ...]) -> tuple[PackLine, ...]:
        at = next(number for number, line in enumerate(lines, 1) if line.cells.get(after[0]) == after[1])
        return (*lines[:at], PackLine(1, cells), *lines[at:])

    return with_lines(book, sheet, change)


def row_of(book: PackBook, sheet: str, row: tuple[str, str]) -> int:
    """The number of a row as :func:`read_back` gives it."""
    lines = next(one.lines for one in book.sheets if one.key == sheet)
    return next(number for number, line in enumerate(lines, FIRST_ROW) if line.cells.get(row[0]) == row[1])


def cell_of(book: PackBook, sheet: str, row: tuple[str, str], role: str) -> str:
    """The place of a cell as problems name it: sheet and cell."""
    found = next(one for one in book.sheets if one.key == sheet)
    column = next(number for number, one in enumerate(found.columns, 2) if one.role == role)
    return f"{found.name}!{column_letters(column)}{row_of(book, sheet, row)}"
