"""The sheet 文字材料: the narratives, with their limits and a count that follows the typing."""

from dataclasses import dataclass

from chuyi_desktop.domain.assessment import Assessment, Field, FieldKind, Text
from chuyi_desktop.domain.indicator import Column, ValueKind
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.domain.programme import Narrative, Programme
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.cells import fits_cell
from chuyi_desktop.excel.grid import KEY_ROLE, by_unique_words, understood
from chuyi_desktop.excel.identity import HEAD_MARK, SheetKey, SheetKind
from chuyi_desktop.excel.plan import Head, Line, Look, SheetPlan, Slot
from chuyi_desktop.excel.reading import Gathered
from chuyi_desktop.excel.sheet import Sheet

_TAB = "#8C7A5B"
_WRITING_HEIGHT = 180
_COUNT = '=LEN(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(E{row}," ",""),"　",""),CHAR(10),""))'
"""字符数（不计空格），of the text in column E."""
_NOT_COUNTED = str.maketrans("", "", " 　\n")


def text_heads() -> tuple[Head, ...]:
    """The columns of the sheet. The formula of the count relies on the text standing in column E."""
    return (
        Head(KEY_ROLE, HEAD_MARK, 4, hidden=True),
        Head("seq", say("excel.head.seq"), 6),
        Head("name", say("excel.head.narrative"), 20),
        Head("guide", say("excel.head.prompt"), 36),
        Head("text", say("excel.head.text"), 80),
        Head("count", say("excel.head.count"), 11),
        Head("limit", say("excel.head.limit"), 15),
    )


def plan_texts(programme: Programme, assessment: Assessment, name: str) -> SheetPlan:
    """The sheet of all narratives."""
    lines = tuple(
        _line(number, narrative, assessment.text(narrative.id))
        for number, narrative in enumerate(programme.narratives, 1)
    )
    key = SheetKey(programme.id, assessment.year, SheetKind.TEXTS)
    hint = say("excel.hint.texts")
    return SheetPlan(key, name, say("excel.sheet.texts"), hint, text_heads(), lines, tab=_TAB)


def _line(number: int, narrative: Narrative, text: str) -> Line:
    column = Column("text", narrative.title, ValueKind.TEXT)
    fits = fits_cell(text)
    writing = Slot(
        Look.INPUT if fits else Look.LOCKED, (text or None) if fits else say("excel.kept_in_program"), column
    )
    slots = {
        "seq": Slot(Look.NUMBERING, str(number)),
        "name": Slot(Look.NAME, narrative.title),
        "guide": Slot(Look.INFO, narrative.prompt),
        "text": writing,
        "count": Slot(
            Look.NUMBERING,
            str(len(text.translate(_NOT_COUNTED))),
            formula=_COUNT if fits else "",
            alert_above=narrative.limit,
        ),
        "limit": Slot(Look.NUMBERING, _limit(narrative)),
    }
    return Line(narrative.id, slots, least_height=_WRITING_HEIGHT)


def _limit(narrative: Narrative) -> str:
    code = "excel.limit.between" if narrative.minimum else "excel.limit.most"
    return say(code, {"minimum": narrative.minimum, "limit": narrative.limit})


@dataclass(frozen=True, slots=True)
class TextReader:
    """Reads the sheet of the narratives."""

    programme: Programme
    gathered: Gathered

    def read(self, sheet: Sheet) -> bool:
        """Take what the sheet says; False where its heads cannot be found."""
        located = understood(sheet, text_heads(), self.gathered.reporter)
        if located is None:
            return False
        by_id = {narrative.id: narrative for narrative in self.programme.narratives}
        by_title = by_unique_words((narrative.title, narrative) for narrative in self.programme.narratives)
        for line in located.lines():
            cell = line.cells.get("text")
            if cell is None or cell.text == say("excel.kept_in_program"):
                continue
            narrative = line.meant(by_title, by_id)
            place = located.place(line.number, "text", narrative.title if narrative else "")
            if narrative is None:
                self.gathered.reporter.report(
                    "excel.unknown_text", Severity.WARNING, place.sheet, place.cell, found=line.called
                )
                continue
            text = self.gathered.value(cell, Column("text", narrative.title, ValueKind.TEXT), "", place)
            if text is not None:
                self.gathered.fill(Field(FieldKind.TEXT, narrative.id), Text(str(text)), place)
        return True
