"""Workbooks in the binary format of Excel 97 to 2003 (.xls), which WPS writes under .et too."""

import os
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import xlrd

from chuyi_desktop.domain.errors import ChuyiError, InputError
from chuyi_desktop.excel.number_formats import NumberKind, kind_of
from chuyi_desktop.excel.sheet import Cell, ErrorValue, Merge, Sheet
from chuyi_desktop.excel.workbook_file import MOST_CELLS

LARGEST_OLD_FILE = 40 * 2**20
"""Bytes of an .xls file: the reader takes up to about ten times as much memory."""
_MOST_MERGES = 100_000
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_old_workbook(content: bytes, source: Path) -> tuple[list[Sheet], bool]:
    """The sheets, and whether dates count from 1904. Raises InputError for what is no such workbook."""
    file = source.name
    if _ENCRYPTED in content:
        raise InputError("excel.password", file=file)
    if len(content) > LARGEST_OLD_FILE:
        limit = LARGEST_OLD_FILE // 2**20
        raise InputError("excel.file_too_big", file=file, size=len(content) // 2**20, limit=limit)
    try:
        with open(os.devnull, "w", encoding="utf-8") as silence:  # noqa: PTH123 - a device, no path
            book = xlrd.open_workbook(
                file_contents=content, logfile=silence, formatting_info=True, ragged_rows=True
            )
            return _sheets(book, file), book.datemode == 1
    except ChuyiError:
        raise
    except Exception as error:
        # xlrd lets any exception through on a file that is damaged or made to hurt.
        encrypted = isinstance(error, xlrd.XLRDError) and "encrypt" in str(error).casefold()
        raise InputError(
            "excel.password" if encrypted else "ledger.no_xls", file=file, details=repr(error)
        ) from error


def _sheets(book: xlrd.Book, file: str) -> list[Sheet]:
    kinds = [
        kind_of(style.format_key, book.format_map[style.format_key].format_str)
        if style.format_key in book.format_map
        else NumberKind.PLAIN
        for style in book.xf_list
    ]
    sheets = []
    count = 0
    for found in book.sheets():
        sheet = Sheet(found.name)
        for row in range(found.nrows):
            filled = {}
            for column in range(found.row_len(row)):
                cell = _cell(found, row, column, kinds, book.datemode)
                if cell is not None:
                    filled[column + 1] = cell
            count += len(filled)
            if count > MOST_CELLS:
                raise InputError("excel.too_many_cells", file=file, limit=MOST_CELLS)
            if filled:
                sheet.rows[row + 1] = filled
        for top, bottom, left, right in found.merged_cells[:_MOST_MERGES]:
            sheet.merges.append(Merge(top + 1, left + 1, bottom, right))
        sheets.append(sheet)
    return sheets


def _cell(
    sheet: xlrd.sheet.Sheet, row: int, column: int, kinds: list[NumberKind], datemode: int
) -> Cell | None:
    value = sheet.cell_value(row, column)
    match sheet.cell_type(row, column):
        case xlrd.XL_CELL_TEXT:
            return Cell(value) if value.strip() else None
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE as kind:
            number = Decimal(format(value, ".15g")) if abs(value) < float("inf") else None
            if number is None:
                return Cell(ErrorValue(str(value)))
            if kind == xlrd.XL_CELL_DATE:
                return Cell(_moment(value, datemode) or number)
            style = sheet.cell_xf_index(row, column)
            percent = style < len(kinds) and kinds[style] is NumberKind.PERCENT
            return Cell(number, percent=percent)
        case xlrd.XL_CELL_BOOLEAN:
            return Cell(bool(value))
        case xlrd.XL_CELL_ERROR:
            return Cell(ErrorValue(xlrd.error_text_from_code.get(value, "#N/A")))
        case _:
            return None


def _moment(serial: float, datemode: int) -> datetime | None:
    try:
        return xlrd.xldate_as_datetime(serial, datemode) if serial >= 1 else None
    except (ValueError, OverflowError, xlrd.XLDateError):
        return None
