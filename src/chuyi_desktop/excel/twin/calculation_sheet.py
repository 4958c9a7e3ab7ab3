"""The sheet 计算 as it stands in the workbook: hidden, a row a step."""

from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.grid import KEY_ROLE
from chuyi_desktop.excel.identity import HEAD_MARK, SheetKey
from chuyi_desktop.excel.plan import Head, Look
from chuyi_desktop.excel.twin.calculation import FIRST_LINE, MISSING_COLUMN, VALUE_COLUMN, Calculation
from chuyi_desktop.excel.twin.conditions import union_table
from chuyi_desktop.excel.twin.notation import STEPS
from chuyi_desktop.excel.twin.pen import Pen

_KIND, _LABEL, _VALUE, _GAP, _PLACE, _UNION = 1, 2, 3, 4, 5, 7
UNION = f"{STEPS}$H${FIRST_LINE}:$N${FIRST_LINE + 6}"
"""The table of joined outcomes."""


def union(one: str, other: str) -> str:
    """The outcomes possible in one or the other."""
    return f"INDEX({UNION},{one},{other})"


def heads() -> tuple[Head, ...]:
    """The columns of the sheet."""
    return (
        Head(KEY_ROLE, HEAD_MARK, 4, hidden=True),
        Head("kind", say("twin.head.kind"), 10),
        Head("step", say("twin.head.step"), 70),
        Head("value", say("twin.head.value"), 18),
        Head("gap", say("twin.head.gap"), 10),
        Head("place", say("twin.head.place"), 22),
    )


def write_calculation(pen: Pen, key: SheetKey, calculation: Calculation) -> None:
    """All steps."""
    title, hint = say("twin.title.calculation"), say("twin.hint.calculation")
    sheet = pen.sheet(pen.steps_sheet, key, title, hint, heads())
    words, value = pen.styles.cell(Look.INFO), pen.styles.cell(Look.COMPUTED)
    gaps = 0
    for number, step in calculation.numbered():
        row = number - 1
        pen.text(sheet, row, _KIND, say(f"twin.kind.{step.kind}"), words)
        pen.text(sheet, row, _LABEL, step.label, words)
        pen.formula(sheet, row, _VALUE, step.formula, step.value, value, is_array=step.is_array)
        if step.gap:
            own = f"{VALUE_COLUMN}{number}"
            asked = step.gap.replace("{value}", own)
            above = f"{MISSING_COLUMN}${FIRST_LINE - 1}:{MISSING_COLUMN}{number - 1}"
            gaps += step.is_gap
            now = float(gaps) if step.is_gap else ""
            pen.formula(sheet, row, _GAP, f'IF({asked},COUNT({above})+1,"")', now, value)
            pen.text(sheet, row, _PLACE, step.place, words)
    for at, outcomes in enumerate(union_table()):
        for beside, both in enumerate(outcomes):
            pen.number(sheet, FIRST_LINE - 1 + at, _UNION + beside, both, words)
    pen.finish(sheet, title)
    sheet.hide()
