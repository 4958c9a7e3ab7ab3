"""A form pack's workbook, as somebody worked on it, as texts by row and column."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from chuyi_desktop.app.ports import PackReading, PackSheet, ReadPackLine, ReadPackSheet
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.values import canonical
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.grid import by_unique_words, plain_head
from chuyi_desktop.excel.identity import HEAD_MARK
from chuyi_desktop.excel.pack_writing import MARK
from chuyi_desktop.excel.sheet import Cell, ErrorValue, Sheet, column_letters
from chuyi_desktop.excel.workbook_file import WorkbookFile

_SEARCHED_ROWS = 40
_FEWEST_HEADS = 2
_MOST_PROBLEMS = 500
_MOST_ROWS = 5000


def read_pack_workbook(source: Path, form: Sequence[PackSheet]) -> PackReading:
    """What the sheets of ``form`` say. Raises InputError for what is no workbook of a pack."""
    with WorkbookFile(source) as book:
        sheets = list(book.sheets())
    found: list[ReadPackSheet] = []
    problems: list[Problem] = []
    for wanted in form:
        sheet = _find(wanted, sheets)
        if sheet is None:
            params = {"name": wanted.name}
            problems.append(Problem("sheets.no_sheet", place=Place(source.name, wanted.name), params=params))
        else:
            read = _Reader(wanted, sheet, source.name, problems.append).read()
            found += [] if read is None else [read]
    if not found:
        raise InputError("sheets.not_pack", file=source.name)
    return PackReading(source.name, tuple(found), tuple(problems[:_MOST_PROBLEMS]))


def _find(wanted: PackSheet, sheets: Sequence[Sheet]) -> Sheet | None:
    """By its mark, whatever it is called now; else by its name."""
    for sheet in sheets:
        if _marked_row(sheet, f"{MARK} {wanted.key}"):
            return sheet
    return next((sheet for sheet in sheets if sheet.name.strip() == wanted.name), None)


def _marked_row(sheet: Sheet, mark: str) -> int:
    """The row that has the mark, 0 where none has it: rows may have been put above it."""
    for row in sorted(sheet.rows)[:_SEARCHED_ROWS]:
        if any(cell.text == mark for cell in sheet.rows[row].values()):
            return row
    return 0


class _Reader:
    """One sheet."""

    def __init__(self, form: PackSheet, sheet: Sheet, file: str, tell: Callable[[Problem], None]) -> None:
        self._form, self._sheet, self._file, self._tell = form, sheet, file, tell
        self._roles = by_unique_words((column.head, column.role) for column in form.columns)

    def read(self) -> ReadPackSheet | None:
        """Its rows; None, with the problem told, where its heads are gone."""
        head_row = self._head_row()
        if head_row is None:
            self._problem("sheets.no_heads", "")
            return None
        columns = self._columns(head_row)
        lines = []
        for number in sorted(self._sheet.rows):
            if number <= head_row:
                continue
            cells = self._line(number, columns)
            if cells:
                lines.append(ReadPackLine(number, cells))
        letters = {role: column_letters(column) for column, role in columns.items()}
        return ReadPackSheet(self._form.key, self._sheet.name, letters, tuple(lines[:_MOST_ROWS]))

    def _problem(self, code: str, cell: str, severity: Severity = Severity.ERROR, **params: object) -> None:
        self._tell(Problem(code, severity, Place(self._file, self._sheet.name, cell), params))

    def _head_row(self) -> int | None:
        best, most = None, 0
        for row in sorted(self._sheet.rows)[:_SEARCHED_ROWS]:
            cells = self._sheet.rows[row].values()
            if any(cell.text == HEAD_MARK for cell in cells):
                return row
            known = sum(plain_head(cell.text) in self._roles for cell in cells if cell.text)
            if known > most:
                best, most = row, known
        return best if most >= min(_FEWEST_HEADS, len(self._form.columns)) else None

    def _columns(self, head_row: int) -> dict[int, str]:
        """Roles by column: by the words of the heads, else by the hidden row of roles above them."""
        heads = self._sheet.rows.get(head_row, {})
        hidden = self._sheet.rows.get(_marked_row(self._sheet, f"{MARK} {self._form.key}"), {})
        known = {column.role for column in self._form.columns}
        found: dict[int, str] = {}
        last = max((max(row, default=0) for row in self._sheet.rows.values()), default=0)
        for column in range(1, last + 1):
            cell, above = heads.get(column), hidden.get(column)
            text = "" if cell is None else cell.text
            if text == HEAD_MARK:
                continue
            role = self._roles.get(plain_head(text)) or (above.text if above is not None else "")
            if role in known and role not in found.values():
                found[column] = role
            elif text:
                place = f"{column_letters(column)}{head_row}"
                self._problem("sheets.unknown_column", place, Severity.WARNING, head=text)
        return found

    def _line(self, number: int, columns: dict[int, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for column, role in columns.items():
            cell = self._sheet.cell(number, column)
            text = "" if cell is None else self._text(cell, f"{column_letters(column)}{number}")
            if text:
                found[role] = text
        return found

    def _text(self, cell: Cell, place: str) -> str:
        content = cell.content
        if cell.formula:
            self._problem("sheets.formula_cell", place)
            return ""
        if isinstance(content, ErrorValue):
            self._problem("sheets.error_cell", place, found=content.text)
            return ""
        if isinstance(content, bool):
            return say("sheets.option.yes_no.true" if content else "sheets.option.yes_no.false")
        if isinstance(content, Decimal):
            return f"{canonical(content * 100)}%" if cell.percent else canonical(content)
        if isinstance(content, datetime):
            return content.date().isoformat()
        return "" if content is None else content.replace("\r\n", "\n").replace("\r", "\n").strip()
