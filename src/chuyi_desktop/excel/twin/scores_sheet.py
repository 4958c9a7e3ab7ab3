"""The sheet 评分: every scored item with its points and the most it can give, and the sums of sections."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from chuyi_desktop.app.ports import JudgedSchool
from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.programme import Bands, Linear, Programme, Rubric
from chuyi_desktop.domain.verdict import SectionScore
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.cells import number_format
from chuyi_desktop.excel.grid import KEY_ROLE
from chuyi_desktop.excel.identity import HEAD_MARK, SheetKey
from chuyi_desktop.excel.plan import Head, Look
from chuyi_desktop.excel.twin.calculation import Calculation
from chuyi_desktop.excel.twin.conditions_sheet import marked, subject_field
from chuyi_desktop.excel.twin.items import POINT_DIGITS, ItemSteps, SectionSteps
from chuyi_desktop.excel.twin.notation import ERRORS, Cached, number, quoted_sheet, text
from chuyi_desktop.excel.twin.pen import HEAD_ROW, Pen, as_shown_short, shown_short
from chuyi_desktop.excel.widths import row_height
from chuyi_desktop.excel.words import source_words

_SEQ, _NAME, _METHOD, _SCHOOL, _MAXIMUM, _POINTS, _RESULT, _SOURCE = range(1, 9)
POINTS_FORMAT = "0.00"


def heads() -> tuple[Head, ...]:
    """The columns of the sheet."""
    return (
        Head(KEY_ROLE, HEAD_MARK, 4, hidden=True),
        Head("seq", say("excel.head.seq"), 6),
        Head("name", say("twin.head.item"), 32),
        Head("method", say("twin.head.method"), 48),
        Head("school", say("twin.head.school"), 14),
        Head("maximum", say("twin.head.maximum"), 9),
        Head("points", say("twin.head.points"), 10),
        Head("result", say("twin.head.result"), 14),
        Head("source", say("twin.head.source"), 44),
    )


@dataclass(frozen=True, slots=True)
class SectionCells:
    """Where the sums of a section stand."""

    score: SectionScore
    maximum: str
    points: str
    open_points: str


@dataclass(slots=True)
class ScoresSheet:
    """Writes the sheet; ``sections`` tells where the sums stand."""

    pen: Pen
    programme: Programme
    calculation: Calculation
    judged: JudgedSchool
    sections: list[SectionCells] = field(default_factory=list)
    _told: dict[str, str] = field(init=False)
    _row: int = HEAD_ROW + 1

    def __post_init__(self) -> None:
        self._told = {item.id: item.explanation for item in self.judged.verdict.items}

    def write(self, name: str, key: SheetKey, sections: Sequence[SectionSteps]) -> None:
        """All sections."""
        title = say("twin.title.scores")
        sheet = self.pen.sheet(name, key, title, say("twin.hint.scores"), heads())
        scores = {score.id: score for score in self.judged.verdict.sections}
        for steps in sections:
            self._section(sheet, name, steps, scores[steps.section.id])
        last = max(self._row - 1, HEAD_ROW + 1)
        self.pen.judged(sheet, HEAD_ROW + 1, last, _RESULT)
        for column in (_SCHOOL, _POINTS):
            self.pen.unfilled(sheet, HEAD_ROW + 1, last, column)
        self.pen.finish(sheet, title)

    def _section(self, sheet: Worksheet, name: str, steps: SectionSteps, score: SectionScore) -> None:
        """The band with the sums, then the items."""
        band, first, last = self._row, self._row + 1, self._row + len(steps.items)
        styles, pen = self.pen.styles, self.pen
        pen.text(sheet, band, _SEQ, steps.section.title, styles.band())
        for column in range(_NAME, _SOURCE + 1):
            sheet.write_blank(band, column, None, styles.band())

        def over(column: int) -> str:
            return f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"

        still = f"SUMIF({over(_POINTS)},{text(say('twin.missing'))},{over(_MAXIMUM)})"
        sums: tuple[tuple[int, str, Decimal], ...] = (
            (_MAXIMUM, f"ROUND(SUM({over(_MAXIMUM)}),{POINT_DIGITS})", score.maximum),
            (_POINTS, f"ROUND(SUM({over(_POINTS)}),{POINT_DIGITS})", score.points),
            (_RESULT, f"ROUND({still},{POINT_DIGITS})", score.open_points),
        )
        formats = {_RESULT: f'"{say("twin.head.open")} "{POINTS_FORMAT};;""'}
        for column, formula, value in sums:
            style = styles.band_figure(formats.get(column, POINTS_FORMAT))
            pen.formula(sheet, band, column, formula, float(value), style)
        sheet.set_row(band, 24)
        self._row += 1
        for at, item in enumerate(steps.items, 1):
            self._item(sheet, str(at), item)
        places = [xl_rowcol_to_cell(band, column, row_abs=True, col_abs=True) for column, _, _ in sums]
        cells = [f"{quoted_sheet(name)}{place}" for place in places]
        self.sections.append(SectionCells(score, *cells))

    def _item(self, sheet: Worksheet, seq: str, steps: ItemSteps) -> None:
        item, pen, styles, row = steps.item, self.pen, self.pen.styles, self._row
        widths = [head.width for head in heads()]
        name, method = marked(item.title, item.provenance), self._method(steps)
        source, now = source_words(item.provenance), self.calculation.value(steps.points)
        info = styles.cell(Look.INFO)
        pen.text(sheet, row, _SEQ, seq, styles.cell(Look.NUMBERING))
        pen.text(sheet, row, _NAME, name, styles.cell(Look.NAME))
        pen.text(sheet, row, _METHOD, method, info)
        self._school(sheet, row, steps)
        pen.number(sheet, row, _MAXIMUM, item.maximum, styles.cell(Look.COMPUTED, POINTS_FORMAT))
        points = f"IFERROR({steps.points},{text(say('twin.missing'))})"
        value = say("twin.missing") if now in ERRORS else now
        pen.formula(sheet, row, _POINTS, points, value, styles.cell(Look.COMPUTED, POINTS_FORMAT))
        self._result(sheet, row, steps, now)
        pen.note(sheet, row, _POINTS, self._told.get(item.id, ""))
        pen.text(sheet, row, _SOURCE, source, info)
        texts = [(name, widths[_NAME]), (method, widths[_METHOD]), (source, widths[_SOURCE])]
        sheet.set_row(row, row_height(texts, 24))
        self._row += 1

    def _result(self, sheet: Worksheet, row: int, steps: ItemSteps, now: Cached) -> None:
        full, some = text(say("twin.full_points")), text(say("twin.some_points"))
        none, waiting = text(say("twin.no_points")), text(say("twin.open"))
        place, maximum = steps.points, number(steps.item.maximum)
        judged = f"IF({place}={maximum},{full},IF({place}=0,{none},{some}))"
        if now in ERRORS:
            code = "twin.open"
        elif now == float(steps.item.maximum):
            code = "twin.full_points"
        else:
            code = "twin.some_points" if now else "twin.no_points"
        formula = f"IF(ISERROR({place}),{waiting},{judged})"
        self.pen.formula(sheet, row, _RESULT, formula, say(code), self.pen.styles.result())

    def _school(self, sheet: Worksheet, row: int, steps: ItemSteps) -> None:
        if steps.value is None or isinstance(steps.item.method, Rubric):
            self.pen.text(sheet, row, _SCHOOL, say("twin.none"), self.pen.styles.cell(Look.LOCKED))
            return
        indicator = subject_field(steps.item.method.subject, self.programme)
        code = number_format(indicator, None) if indicator is not None else "General"
        style = self.pen.styles.cell(Look.COMPUTED, "General" if code == "@" else code)
        value = as_shown_short(self.calculation.value(steps.value))
        self.pen.formula(sheet, row, _SCHOOL, shown_short(steps.value), value, style)

    def _method(self, steps: ItemSteps) -> str:
        match steps.item.method:
            case Rubric(levels):
                told = [
                    say("twin.level", {"title": each.title, "points": grouped(each.points)})
                    for each in levels
                ]
                return say("twin.rubric", {"levels": "，".join(told)})
            case Bands() as bands:
                return self._bands(bands)
            case Linear() as linear:
                return self._linear(linear, steps.item.maximum)

    def _bands(self, bands: Bands) -> str:
        comparison = Comparison.AT_LEAST if bands.rising else Comparison.AT_MOST
        field_of = subject_field(bands.subject, self.programme)
        told = [
            say(
                "twin.band",
                {
                    "bound": self.judged.signed(comparison, each.bound, field_of),
                    "points": grouped(each.points),
                },
            )
            for each in bands.steps
        ]
        params = {
            "subject": self.judged.words(bands.subject),
            "steps": "，".join(told),
            "otherwise": grouped(bands.otherwise),
        }
        return say("twin.bands", params)

    def _linear(self, linear: Linear, maximum: Decimal) -> str:
        params = {
            "subject": self.judged.words(linear.subject),
            "zero": grouped(linear.zero_at),
            "full": grouped(linear.full_at),
            "points": grouped(maximum),
        }
        return say("twin.linear", params)
