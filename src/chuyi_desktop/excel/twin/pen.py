"""Writes the cells of the twin's own sheets, and remembers what every formula should come to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from chuyi_desktop.domain.values import round_half_up
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.identity import SheetKey
from chuyi_desktop.excel.plan import Head
from chuyi_desktop.excel.rendering import HINT_ROW, PROTECTION, put_heads, set_up_page, start_sheet
from chuyi_desktop.excel.styles import Styles
from chuyi_desktop.excel.twin.notation import ERRORS, STEPS, Cached, quoted_sheet, text
from chuyi_desktop.excel.words import writable

HEAD_ROW = HINT_ROW + 1
"""The row of the heads, from 0."""
TAB = "#A65E2E"
GOOD, BAD, WAITING, QUIET = (
    ("#E3F1E5", "#1E6B34"),
    ("#FBE3DF", "#A4262C"),
    ("#FFF2CC", "#7F6000"),
    ("#F3F4F6", "#6B7280"),
)


@dataclass(slots=True)
class Pen:
    """Writes into ``book``. ``stale``: formulas get a wrong result, so that only a program that computes the
    workbook anew can show the right one."""

    book: Workbook
    styles: Styles
    steps_sheet: str
    caption: str
    stale: bool = False
    expected: dict[tuple[str, str], Cached] = field(default_factory=dict)
    """What the formula of a sheet's cell should come to."""

    def sheet(self, name: str, key: SheetKey, title: str, hint: str, heads: Sequence[Head]) -> Worksheet:
        """A sheet with its key, title, hint and heads."""
        sheet = start_sheet(self.book, name, key, title, hint, self.styles)
        put_heads(sheet, heads, HEAD_ROW, self.styles)
        sheet.freeze_panes(HEAD_ROW + 1, 3)
        return sheet

    def finish(self, sheet: Worksheet, title: str) -> None:
        """Protection against slips, the tab's colour and the page."""
        sheet.protect("", PROTECTION)
        sheet.set_tab_color(TAB)
        set_up_page(sheet, title, HEAD_ROW, self.caption)

    def formula(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        formula: str,
        value: Cached,
        style: Format,
        *,
        is_array: bool = False,
    ) -> None:
        """A formula and its result as of now."""
        own = sheet.get_name() == self.steps_sheet
        written = "=" + formula.replace(STEPS, "" if own else quoted_sheet(self.steps_sheet))
        self.expected[sheet.get_name(), xl_rowcol_to_cell(row, column)] = value
        # Unlike a cell for words, a formula and its result have no way to say every character.
        result = 0 if self.stale else writable(value) if isinstance(value, str) else value
        if is_array:
            sheet.write_array_formula(row, column, row, column, f"{{{written}}}", style, result)
        else:
            sheet.write_formula(row, column, written, style, result)

    def text(self, sheet: Worksheet, row: int, column: int, words: str, style: Format) -> None:
        """Words, never a formula."""
        if words:
            sheet.write_string(row, column, words, style)
        else:
            sheet.write_blank(row, column, None, style)

    def note(self, sheet: Worksheet, row: int, column: int, derivation: str) -> None:
        """How a result came about when the workbook was written, as a comment on its cell."""
        if derivation:
            words = say("twin.note", {"derivation": derivation})
            options = {"x_scale": 2.6, "y_scale": 1.6, "author": say("excel.mark.author")}
            sheet.write_comment(row, column, writable(words)[:_LONGEST_NOTE], options)

    def number(self, sheet: Worksheet, row: int, column: int, value: Decimal | int, style: Format) -> None:
        """A number."""
        sheet.write_number(row, column, float(value), style)

    def judged(self, sheet: Worksheet, first: int, last: int, column: int) -> None:
        """Colours for results by the sign in front of their words, which stands for who sees no colours."""
        top = xl_rowcol_to_cell(first, column, col_abs=True)
        signs = (("√", GOOD), ("×", BAD), ("？", WAITING), ("△", WAITING), ("—", QUIET))
        for sign, (fill, ink) in signs:
            colours = self.styles.on_top(bg_color=fill, font_color=ink)
            rule = {"type": "formula", "criteria": f'=LEFT({top},1)="{sign}"', "format": colours}
            sheet.conditional_format(first, column, last, column, rule)

    def unfilled(self, sheet: Worksheet, first: int, last: int, column: int) -> None:
        """A colour for figures that say 未填."""
        top = xl_rowcol_to_cell(first, column, col_abs=True)
        fill, ink = WAITING
        colours = self.styles.on_top(bg_color=fill, font_color=ink)
        criteria = f"=LEFT({top},{len(say('twin.missing'))})={text(say('twin.missing'))}"
        sheet.conditional_format(
            first, column, last, column, {"type": "formula", "criteria": criteria, "format": colours}
        )


_LONGEST_NOTE = 1500
SHOWN_DIGITS = 6
"""Decimals that a number without a stated rounding is shown with."""


def shown(place: str) -> str:
    """A step's value as people read it: 未填 in the place of an error."""
    return _or_missing(place, place)


def shown_short(place: str) -> str:
    """The same of a number that may have no end."""
    return _or_missing(place, f"ROUND({place},{SHOWN_DIGITS})")


def _or_missing(place: str, value: str) -> str:
    missing, divided = text(say("twin.missing")), text(say("twin.divided_by_zero"))
    return f"IF(ISERROR({place}),IF(ERROR.TYPE({place})=2,{divided},{missing}),{value})"


def shown_yes_no(place: str) -> str:
    """A step's yes or no as people read it."""
    yes, no = text(say("input.yes")), text(say("input.no"))
    return f"IF(ISERROR({place}),{text(say('twin.missing'))},IF({place},{yes},{no}))"


def as_shown_short(value: Cached) -> Cached:
    """What :func:`shown_short` makes of a value."""
    if isinstance(value, float):
        return float(round_half_up(Decimal(repr(value)), SHOWN_DIGITS))
    return as_shown(value)


def as_shown(value: Cached) -> Cached:
    """What :func:`shown` and :func:`shown_yes_no` make of a value."""
    if isinstance(value, bool):
        return say("input.yes") if value else say("input.no")
    if value in ERRORS:
        return say("twin.missing") if value == "#N/A" else say("twin.divided_by_zero")
    return value
