"""Puts planned sheets into a workbook with XlsxWriter. Text is only ever written as text: nothing a school
types becomes a formula."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chuyi_desktop.domain.indicator import Fillable
from chuyi_desktop.domain.values import canonical
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.cells import FIRST_DATE, fits_number, number_format
from chuyi_desktop.excel.identity import HEAD_MARK
from chuyi_desktop.excel.plan import Head, Line, Look, SheetPlan, Slot
from chuyi_desktop.excel.styles import Styles
from chuyi_desktop.excel.validation import Lists, rule
from chuyi_desktop.excel.widths import row_height
from chuyi_desktop.excel.words import writable

KEY_ROW, TITLE_ROW, HINT_ROW = 0, 1, 2
PROTECTION: dict[str, bool] = {"format_columns": True, "format_rows": True, "select_locked_cells": True}
"""Against slips, not against people: no password."""
_A4 = 9
_HEAD_HEIGHT = 33.0


def put(sheet: Worksheet, row: int, column: int, slot: Slot, style: Format) -> None:
    """One cell: numbers as numbers where a cell holds them exactly, texts as texts, dates as dates."""
    content = slot.content
    if slot.formula:
        formula = slot.formula.replace("{row}", str(row + 1))
        sheet.write_formula(row, column, formula, style, _formula_result(content))
    elif content is None or content == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(content, bool):
        sheet.write_boolean(row, column, content, style)
    elif isinstance(content, Decimal):
        if fits_number(content):
            sheet.write_number(row, column, float(content), style)
        else:
            sheet.write_string(row, column, canonical(content), style)
    elif isinstance(content, date):
        if content >= FIRST_DATE:
            sheet.write_datetime(row, column, content, style)
        else:
            sheet.write_string(row, column, content.isoformat(), style)
    else:
        sheet.write_string(row, column, content, style)


def _formula_result(content: object) -> object:
    if isinstance(content, Decimal):
        return float(content)
    text = str(content)
    return int(text) if text.isdecimal() else text


def style_of(slot: Slot, styles: Styles) -> Format:
    """The format of a slot."""
    if slot.look is Look.COMPUTED:
        code = number_format(slot.field, None)
        # A formula in a cell made for text would be shown instead of its result.
        return styles.cell(slot.look, "General" if code == "@" else code)
    is_number = _is_number(slot.field) and not isinstance(slot.content, str)
    text_number = isinstance(slot.content, Decimal) and not fits_number(slot.content)
    code = "@" if text_number or isinstance(slot.content, str) else number_format(slot.field, slot.content)
    return styles.cell(slot.look, code, is_number=is_number)


def _is_number(field: Fillable | None) -> bool:
    return field is not None and field.kind.is_number


def start_sheet(book: Workbook, name: str, key: object, title: str, hint: str, styles: Styles) -> Worksheet:
    """A sheet with its hidden key row, its title and its hint."""
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.write_string(KEY_ROW, 0, str(key))
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    sheet.write_string(TITLE_ROW, 1, title, styles.title())
    sheet.set_row(TITLE_ROW, 30)
    sheet.write_string(HINT_ROW, 1, hint, styles.hint())
    sheet.set_row(HINT_ROW, 20)
    return sheet


def put_heads(sheet: Worksheet, heads: Sequence[Head], row: int, styles: Styles) -> None:
    """The heads at ``row``, their roles in the key row, the widths of the columns."""
    for column, head in enumerate(heads):
        hidden = {"hidden": True} if head.hidden else {}
        sheet.set_column(column, column, head.width, None, hidden)
        if head.text == HEAD_MARK:
            sheet.write_string(row, column, HEAD_MARK)
            continue
        sheet.write_string(KEY_ROW, column, head.role)
        sheet.write_string(row, column, head.text, styles.head(required=head.required))
    height = row_height([(head.text, head.width) for head in heads if not head.hidden], _HEAD_HEIGHT)
    sheet.set_row(row, height)


def set_up_page(sheet: Worksheet, plan_title: str, head_row: int, caption: str) -> None:
    """A4 across, the heads on every page, as wide as the paper."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head_row)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    sheet.set_header(f"&L&8{_printable(caption)}&R&8{_printable(plan_title)}")
    sheet.set_footer(f"&C&8{say('excel.print.page', {'page': '&P', 'pages': '&N'})}")


def _printable(text: str) -> str:
    """Words for a page head, which takes 255 characters in all and reads ``&`` as a command."""
    return " ".join(writable(text)[:80].replace("&", "&&").split())


def render_plan(book: Workbook, plan: SheetPlan, styles: Styles, lists: Lists, caption: str) -> Worksheet:
    """A planned sheet, whole."""
    sheet = start_sheet(book, plan.name, plan.key, plan.title, plan.hint, styles)
    head_row = HINT_ROW + 1
    put_heads(sheet, plan.heads, head_row, styles)
    columns = {head.role: column for column, head in enumerate(plan.heads)}
    for row, line in enumerate(plan.lines, head_row + 1):
        if line.band:
            _put_band(sheet, row, line.band, plan.heads, styles)
        else:
            _put_line(sheet, row, line, plan, columns, styles, lists)
    sheet.freeze_panes(head_row + 1, plan.frozen)
    sheet.protect("", PROTECTION)
    if plan.tab:
        sheet.set_tab_color(plan.tab)
    set_up_page(sheet, plan.title, head_row, caption)
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{head_row + len(plan.lines) + 2}"})
    return sheet


def _put_band(sheet: Worksheet, row: int, words: str, heads: Sequence[Head], styles: Styles) -> None:
    sheet.write_string(row, 1, words, styles.band())
    for column in range(2, len(heads)):
        sheet.write_blank(row, column, None, styles.band())
    sheet.set_row(row, 24)


def _put_line(
    sheet: Worksheet,
    row: int,
    line: Line,
    plan: SheetPlan,
    columns: Mapping[str, int],
    styles: Styles,
    lists: Lists,
) -> None:
    sheet.write_string(row, 0, line.key)
    label = _label(line)
    shown = []
    for role, slot in line.slots.items():
        column = columns[role]
        is_writing = bool(line.least_height) and slot.look is Look.INPUT
        put(sheet, row, column, slot, styles.writing() if is_writing else style_of(slot, styles))
        if slot.alert_above is not None:
            alert = {"type": "cell", "criteria": ">", "value": slot.alert_above, "format": styles.alert()}
            sheet.conditional_format(row, column, row, column, alert)
        if isinstance(slot.content, str) and not slot.formula:
            shown.append((slot.content, plan.heads[column].width))
        if slot.look is Look.INPUT:
            checked = rule(slot, lists, label)
            if checked is not None:
                sheet.data_validation(row, column, row, column, checked)
    sheet.set_row(row, row_height(shown, max(line.least_height, 24.0)))


def _label(line: Line) -> str:
    name = line.slots.get("name")
    return name.content if name is not None and isinstance(name.content, str) else ""
