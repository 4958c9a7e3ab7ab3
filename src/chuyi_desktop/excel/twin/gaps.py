"""What is still to be filled in, listed on the sheet 结论, and rows of rosters that no formula reads."""

from collections.abc import Sequence

from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.styles import ALERT_INK, QUIET_INK
from chuyi_desktop.excel.twin.calculation import FIRST_LINE, MISSING_COLUMN, Calculation, Step
from chuyi_desktop.excel.twin.conclusion_rows import FIRST, LAST, Rows
from chuyi_desktop.excel.twin.notation import STEPS, text
from chuyi_desktop.excel.twin.places import Places

MOST_GAPS = 40
"""Data that are listed one by one."""


def write_gaps(rows: Rows, calculation: Calculation) -> None:
    """How many data are missing, and the first of them with their sheets."""
    gaps = [step for step in calculation.steps if step.is_gap]
    count = f"MAX(0,{_numbers(calculation)})"
    before, after = say("twin.missing.title.before"), say("twin.missing.title.after")
    rows.row += 1
    band = rows.pen.styles.band()
    title = f"{text(before)}&{count}&{text(after)}"
    rows.wide(FIRST, LAST, title, f"{before}{len(gaps)}{after}", band, height=24)
    if not any(step.gap for step in calculation.steps):
        return
    for at in range(1, MOST_GAPS + 1):
        _gap(rows, at, gaps, calculation)
    before, after = say("twin.missing.more.before"), say("twin.missing.more.after")
    rest = len(gaps) - MOST_GAPS
    more = f'IF({count}>{MOST_GAPS},{text(before)}&({count}-{MOST_GAPS})&{text(after)},"")'
    now = f"{before}{rest}{after}" if rest > 0 else ""
    rows.wide(FIRST, LAST, more, now, rows.pen.styles.of(font_color=QUIET_INK, indent=1), height=20)


def warn_of_rows(rows: Rows, places: Places) -> None:
    """A warning of roster rows below those that the formulas read."""
    if not places.rosters:
        return
    counted = "+".join(f"COUNTA({each.below})" for each in places.rosters.values())
    style = rows.pen.styles.of(font_color=ALERT_INK, bold=True, text_wrap=True, indent=1)
    rows.wide(FIRST, LAST, f'IF({counted}>0,{text(say("twin.below"))},"")', "", style, height=20)


def _gap(rows: Rows, at: int, gaps: Sequence[Step], calculation: Calculation) -> None:
    last = calculation.last_line
    found = f"MATCH({at},{_numbers(calculation)},0)"
    nothing = say("twin.missing.enough") if at == 1 else ""
    label = f"IFERROR(INDEX({STEPS}$C${FIRST_LINE}:$C${last},{found}),{text(nothing)})"
    place = f'IFERROR(INDEX({STEPS}$F${FIRST_LINE}:$F${last},{found}),"")'
    step = gaps[at - 1] if at <= len(gaps) else None
    styles, sheet, row = rows.pen.styles, rows.sheet, rows.row
    style, quiet = styles.of(indent=1), styles.of(font_color=QUIET_INK, indent=1)
    sheet.merge_range(row, FIRST, row, LAST - 1, "", style)
    rows.pen.formula(sheet, row, FIRST, label, step.label if step else nothing, style)
    rows.pen.formula(sheet, row, LAST, place, step.place if step else "", quiet)
    sheet.set_row(row, 18)
    rows.row += 1


def _numbers(calculation: Calculation) -> str:
    return f"{STEPS}${MISSING_COLUMN}${FIRST_LINE}:${MISSING_COLUMN}${calculation.last_line}"
