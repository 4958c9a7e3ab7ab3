"""The sheet 导出指标: every derived indicator, its value, how it is computed and where that comes from."""

from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from chuyi_desktop.app.ports import JudgedSchool
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.cells import number_format
from chuyi_desktop.excel.grid import KEY_ROLE
from chuyi_desktop.excel.identity import HEAD_MARK, SheetKey
from chuyi_desktop.excel.plan import Head, Look
from chuyi_desktop.excel.sections import BLANK
from chuyi_desktop.excel.twin.calculation import Calculation
from chuyi_desktop.excel.twin.pen import HEAD_ROW, Pen, as_shown, shown, shown_yes_no
from chuyi_desktop.excel.twin.scalars import Piece, Sort
from chuyi_desktop.excel.widths import row_height
from chuyi_desktop.excel.words import source_words

_SEQ, _NAME, _VALUE, _UNIT, _RULE, _SOURCE = range(1, 7)


@dataclass(frozen=True, slots=True)
class DerivedSteps:
    """A derived indicator and where its value stands."""

    indicator: Indicator
    piece: Piece


def heads() -> tuple[Head, ...]:
    """The columns of the sheet."""
    return (
        Head(KEY_ROLE, HEAD_MARK, 4, hidden=True),
        Head("seq", say("excel.head.seq"), 6),
        Head("name", say("excel.head.indicator"), 32),
        Head("value", say("twin.head.number"), 18),
        Head("unit", say("excel.head.unit"), 9),
        Head("rule", say("twin.head.rule"), 60),
        Head("source", say("twin.head.source"), 52),
    )


def write_derived(
    pen: Pen,
    name: str,
    key: SheetKey,
    derived: tuple[DerivedSteps, ...],
    calculation: Calculation,
    judged: JudgedSchool,
) -> None:
    """A row an indicator."""
    title = say("twin.title.derived")
    sheet = pen.sheet(name, key, title, say("twin.hint.derived"), heads())
    styles, widths = pen.styles, [head.width for head in heads()]
    quiet, words = styles.cell(Look.NUMBERING), styles.cell(Look.INFO)
    for number, each in enumerate(derived, 1):
        row, indicator = HEAD_ROW + number, each.indicator
        rule = "" if indicator.formula is None else judged.words(indicator.formula)
        source = source_words(indicator.provenance)
        pen.text(sheet, row, _SEQ, str(number), quiet)
        pen.text(sheet, row, _NAME, indicator.name, styles.cell(Look.NAME))
        put_figure(pen, sheet, row, _VALUE, each, calculation)
        trace = judged.verdict.derived.get(indicator.id)
        pen.note(sheet, row, _VALUE, "" if trace is None else trace.reading)
        pen.text(sheet, row, _UNIT, indicator.unit or BLANK, quiet)
        pen.text(sheet, row, _RULE, rule, words)
        pen.text(sheet, row, _SOURCE, source, words)
        texts = [(indicator.name, widths[_NAME]), (rule, widths[_RULE]), (source, widths[_SOURCE])]
        sheet.set_row(row, row_height(texts, 24))
    pen.unfilled(sheet, HEAD_ROW + 1, HEAD_ROW + max(1, len(derived)), _VALUE)
    pen.finish(sheet, title)


def figure(each: DerivedSteps) -> str:
    """The formula of a cell that shows a derived indicator."""
    return shown_yes_no(each.piece.text) if each.piece.sort is Sort.YES_NO else shown(each.piece.text)


def put_figure(
    pen: Pen, sheet: Worksheet, row: int, column: int, each: DerivedSteps, calculation: Calculation
) -> None:
    """The value of a derived indicator."""
    code = number_format(each.indicator, None)
    style = pen.styles.cell(Look.COMPUTED, "General" if code == "@" else code)
    value = as_shown(calculation.value(each.piece.text))
    pen.formula(sheet, row, column, figure(each), value, style)
