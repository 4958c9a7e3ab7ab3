"""A form pack as a workbook: its sheets, the words that explain them, lists to pick from."""

from datetime import UTC, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chuyi_desktop.app.ports import PackBook, PackColumn, PackLine, PackSheet
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.cells import EXACT_DIGITS
from chuyi_desktop.excel.identity import HEAD_MARK
from chuyi_desktop.excel.styles import BAND_FILL, FACE, HEAD_FILL, QUIET_INK, SIZE, Styles
from chuyi_desktop.excel.validation import Lists
from chuyi_desktop.excel.widths import row_height
from chuyi_desktop.excel.words import writable

MARK = "chuyi-pack-1"
"""What the first cell of every sheet begins with."""
KEY_ROW, TITLE_ROW, HINT_ROW, HEAD_ROW = range(4)
INFORMATION = "where"
_FIRST_ROW = HEAD_ROW + 1
_SPARE_ROWS = 300
"""Rows below the last one that already have their lists to pick from."""
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}
_LABEL_WIDTH, _WORDS_WIDTH = 22, 110
_CREATED = datetime(2026, 1, 1, tzinfo=UTC)
"""The same pack gives the same bytes."""
_TALLEST_ROW = 150.0


def pack_bytes(book: PackBook) -> bytes:
    """The workbook as the bytes of an .xlsx file."""
    buffer = BytesIO()
    workbook = Workbook(buffer, _OPTIONS)
    workbook.formats[0].set_font_name(FACE)
    workbook.formats[0].set_font_size(SIZE)
    title = say("sheets.guide.title", {"name": writable(book.title)})
    workbook.set_properties({"title": title, "created": _CREATED})
    styles = Styles(workbook)
    lists = Lists(say("sheets.sheet.lists"))
    _write_guide(workbook, title, book, styles)
    for sheet in book.sheets:
        _SheetWriter(workbook.add_worksheet(sheet.name), sheet, styles, lists).write()
    lists.write(workbook, f"{MARK} lists")
    workbook.close()
    return buffer.getvalue()


def _write_guide(workbook: Workbook, title: str, book: PackBook, styles: Styles) -> None:
    sheet = workbook.add_worksheet(say("sheets.sheet.guide"))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 1, _LABEL_WIDTH)
    sheet.set_column(2, 2, _WORDS_WIDTH)
    sheet.write_string(KEY_ROW, 0, f"{MARK} guide")
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    sheet.write_string(TITLE_ROW, 1, title, styles.title())
    sheet.set_row(TITLE_ROW, 34)
    row = TITLE_ROW + 1
    quiet, plain = styles.of(font_color=QUIET_INK, valign="top"), styles.of(text_wrap=True, valign="top")
    names = {each.name for each in book.sheets}
    for label, words in book.guide:
        if not words:
            row += 1
            sheet.write_string(row, 1, label, styles.band())
            sheet.write_blank(row, 2, None, styles.band())
            sheet.set_row(row, 22)
        else:
            if label in names:
                link = styles.of(font_color="#2B6CB0", underline=1, valign="top")
                sheet.write_url(row, 1, f"internal:'{label}'!B{HEAD_ROW + 1}", link, label)
            else:
                sheet.write_string(row, 1, label, quiet)
            sheet.write_string(row, 2, words, plain)
            sheet.set_row(row, row_height([(words, _WORDS_WIDTH)], 20))
        row += 1
    sheet.set_tab_color(HEAD_FILL)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.activate()


class _SheetWriter:
    """One sheet of rows. The first column is hidden and marks the row of the heads."""

    def __init__(self, sheet: Worksheet, content: PackSheet, styles: Styles, lists: Lists) -> None:
        self._sheet = sheet
        self._content = content
        self._styles = styles
        self._lists = lists

    def write(self) -> None:
        """Heads, rows, lists to pick from."""
        sheet, content, styles = self._sheet, self._content, self._styles
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 3, None, {"hidden": True})
        sheet.write_string(KEY_ROW, 0, f"{MARK} {content.key}")
        sheet.set_row(KEY_ROW, None, None, {"hidden": True})
        sheet.write_string(TITLE_ROW, 1, content.name, styles.title())
        sheet.set_row(TITLE_ROW, 30)
        sheet.write_string(HINT_ROW, 1, content.about, styles.hint())
        sheet.write_string(HEAD_ROW, 0, HEAD_MARK)
        sheet.set_row(HEAD_ROW, 30)
        for number, column in enumerate(content.columns, 1):
            self._column(number, column)
        for number, line in enumerate(content.lines):
            self._line(_FIRST_ROW + number, line)
        sheet.freeze_panes(_FIRST_ROW, min(4, len(content.columns)))
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)

    def _column(self, number: int, column: PackColumn) -> None:
        sheet = self._sheet
        sheet.write_string(KEY_ROW, number, column.role)
        sheet.write_string(HEAD_ROW, number, column.head, self._styles.head())
        if column.help:
            sheet.write_comment(HEAD_ROW, number, writable(column.help), {"x_scale": 2, "font_size": 9})
        sheet.set_column(number, number, column.width, self._spare(column))
        if column.options:
            last = _FIRST_ROW + len(self._content.lines) + _SPARE_ROWS
            rule = {"validate": "list", "source": self._lists.source(column.options), "error_type": "warning"}
            rule |= {
                "error_title": say("excel.refuse.title"),
                "error_message": say("excel.refuse.options", {"wanted": ""}),
            }
            sheet.data_validation(_FIRST_ROW, number, last, number, rule)

    def _spare(self, column: PackColumn) -> Format:
        """Cells below the rows: texts, so that nothing typed turns into a date or a formula."""
        return self._styles.of(
            num_format="General" if column.is_number else "@", text_wrap=True, valign="top"
        )

    def _line(self, row: int, line: PackLine) -> None:
        texts = []
        for number, column in enumerate(self._content.columns, 1):
            text = line.cells.get(column.role, "")
            style = self._style(line.level, column)
            if not text:
                self._sheet.write_blank(row, number, None, style)
            elif column.is_number and len(text.strip("-").replace(".", "")) <= EXACT_DIGITS:
                self._sheet.write_number(row, number, float(text), style)
            else:
                self._sheet.write_string(row, number, text, style)
            texts.append((text, float(column.width)))
        self._sheet.set_row(row, min(row_height(texts, 20), _TALLEST_ROW))

    def _style(self, level: int, column: PackColumn) -> Format:
        looks: dict[str, object] = {
            "border": 1,
            "border_color": "#C9D3DB",
            "text_wrap": True,
            "valign": "top",
        }
        looks["num_format"] = "General" if column.is_number else "@"
        if level == 0:
            looks |= {"bg_color": BAND_FILL, "bold": column.role in {"kind", "id", "title", "name"}}
        elif level > 1:
            looks |= {"bg_color": "#F6F8F9"}
            if column.role == "kind":
                looks |= {"indent": level - 1}
        if column.role == INFORMATION:
            looks |= {"font_color": QUIET_INK, "font_size": 9}
        return self._styles.of(**looks)
