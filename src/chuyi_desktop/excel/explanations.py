"""The sheet 审核说明: the school's words on what the checks may find."""

from dataclasses import dataclass

from chuyi_desktop.domain.assessment import Assessment, Explanation, Field, FieldKind
from chuyi_desktop.domain.indicator import Column, ValueKind
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.domain.programme import Check, Programme
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.grid import (
    KEY_ROLE,
    LineFound,
    Located,
    by_unique_words,
    understood,
)
from chuyi_desktop.excel.identity import HEAD_MARK, SheetKey, SheetKind
from chuyi_desktop.excel.plan import Head, Line, Look, SheetPlan, Slot
from chuyi_desktop.excel.reading import Gathered
from chuyi_desktop.excel.sheet import Sheet
from chuyi_desktop.excel.words import NOTE_FIELD, yes_no_options

_TAB = "#7A6B8F"
_CONFIRMED = Column("confirmed", "", ValueKind.YES_NO)


def explanation_heads() -> tuple[Head, ...]:
    """The columns of the sheet."""
    return (
        Head(KEY_ROLE, HEAD_MARK, 4, hidden=True),
        Head("seq", say("excel.head.seq"), 6),
        Head("name", say("excel.head.check"), 44),
        Head("grade", say("excel.head.grade"), 12),
        Head("guide", say("excel.head.advice"), 44),
        Head("text", say("excel.head.explanation"), 56),
        Head("confirmed", say("excel.head.confirmed"), 14),
    )


def plan_explanations(programme: Programme, assessment: Assessment, name: str) -> SheetPlan:
    """The sheet of all checks."""
    lines = tuple(
        _line(number, check, assessment.explanation(check.id))
        for number, check in enumerate(programme.checks, 1)
    )
    key = SheetKey(programme.id, assessment.year, SheetKind.EXPLANATIONS)
    hint = say("excel.hint.explanations")
    return SheetPlan(key, name, say("excel.sheet.explanations"), hint, explanation_heads(), lines, tab=_TAB)


def _line(number: int, check: Check, given: Explanation | None) -> Line:
    yes, no = yes_no_options()
    confirmed = None if given is None else yes if given.confirmed_by_head else no
    slots = {
        "seq": Slot(Look.NUMBERING, str(number)),
        "name": Slot(Look.NAME, check.title),
        "grade": Slot(Look.NUMBERING, say(f"report.grade.{check.grade}")),
        "guide": Slot(Look.INFO, check.advice),
        "text": Slot(Look.INPUT, (given.text or None) if given else None, NOTE_FIELD),
        "confirmed": Slot(Look.INPUT, confirmed, _CONFIRMED, yes_no_options(), strict=True),
    }
    return Line(check.id, slots)


@dataclass(frozen=True, slots=True)
class ExplanationReader:
    """Reads the sheet of the checks."""

    programme: Programme
    gathered: Gathered

    def read(self, sheet: Sheet) -> bool:
        """Take what the sheet says; False where its heads cannot be found."""
        located = understood(sheet, explanation_heads(), self.gathered.reporter)
        if located is None:
            return False
        by_id = {check.id: check for check in self.programme.checks}
        by_title = by_unique_words((check.title, check) for check in self.programme.checks)
        for line in located.lines():
            self._line(line, located, line.meant(by_title, by_id))
        return True

    def _line(self, line: LineFound, located: Located, check: Check | None) -> None:
        role = next((role for role in ("text", "confirmed") if role in line.cells), None)
        if role is None:
            return
        place = located.place(line.number, role, check.title if check else "")
        if check is None:
            self.gathered.reporter.report(
                "excel.unknown_check", Severity.WARNING, place.sheet, place.cell, found=line.called
            )
            return
        read: dict[str, object] = {}
        for each, wanted in (("text", NOTE_FIELD), ("confirmed", _CONFIRMED)):
            cell = line.cells.get(each)
            if cell is None:
                continue
            read[each] = self.gathered.value(cell, wanted, "", located.place(line.number, each, check.title))
            if read[each] is None:
                return
        text, confirmed = str(read.get("text", "")), bool(read.get("confirmed", False))
        if text or confirmed:
            self.gathered.fill(Field(FieldKind.EXPLANATION, check.id), Explanation(text, confirmed), place)
