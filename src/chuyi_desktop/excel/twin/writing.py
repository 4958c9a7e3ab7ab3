"""The live twin, whole: the ordinary workbook with its formulas and the sheets that show the results."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from chuyi_desktop.app.ports import JudgedSchool, Progress
from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.indicator import SCHOOL_NAME
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.guide import ListedSheet, write_guide
from chuyi_desktop.excel.identity import SheetKey, SheetKind, identity_of
from chuyi_desktop.excel.plan import Look, SheetPlan, Slot, sheet_names
from chuyi_desktop.excel.rendering import HINT_ROW, render_plan
from chuyi_desktop.excel.roster_rendering import render_roster
from chuyi_desktop.excel.sections import value_role
from chuyi_desktop.excel.styles import FACE, SIZE, Styles
from chuyi_desktop.excel.twin.calculation_sheet import write_calculation
from chuyi_desktop.excel.twin.compiling import Compiled, compile_twin
from chuyi_desktop.excel.twin.conclusion_sheet import ConclusionSheet, Results
from chuyi_desktop.excel.twin.conditions_sheet import ConditionsSheet
from chuyi_desktop.excel.twin.derived_sheet import DerivedSteps, figure, write_derived
from chuyi_desktop.excel.twin.notation import STEPS, Cached, quoted_sheet
from chuyi_desktop.excel.twin.pen import Pen, as_shown
from chuyi_desktop.excel.twin.places import Places, find_places
from chuyi_desktop.excel.twin.scores_sheet import ScoresSheet
from chuyi_desktop.excel.validation import Lists
from chuyi_desktop.excel.words import writable
from chuyi_desktop.excel.writing import OPTIONS, WantedSheet, wanted_sheets, write_identity

_OWN = ("conclusion", "conditions", "scores", "derived")


@dataclass(frozen=True, slots=True)
class Twin:
    """A written twin: the bytes of its file, what every formula's cell should show, by sheet and cell, and
    what stands in it as a constant."""

    content: bytes
    expected: Mapping[tuple[str, str], Cached]
    fixed: tuple[str, ...]


def write_twin(
    programme: Programme,
    assessment: Assessment,
    judged: JudgedSchool,
    progress: Progress,
    *,
    stale: bool = False,
) -> Twin:
    """The twin of the assessment's workbook. ``stale`` gives every formula a wrong result to show until it is
    computed anew, for tests of the formulas themselves."""
    buffer = BytesIO()
    book = Workbook(buffer, OPTIONS)
    book.formats[0].set_font_name(FACE)
    book.formats[0].set_font_size(SIZE)
    book.set_calc_mode("auto")
    writer = _Writer(book, programme, assessment, judged, progress)
    writer.write(stale=stale)
    book.close()
    return Twin(buffer.getvalue(), writer.expected, tuple(writer.fixed))


class _Writer:
    """Writes one twin."""

    def __init__(
        self,
        book: Workbook,
        programme: Programme,
        assessment: Assessment,
        judged: JudgedSchool,
        progress: Progress,
    ) -> None:
        self.book, self.programme, self.assessment = book, programme, assessment
        self.judged, self.progress = judged, progress
        self.expected: dict[tuple[str, str], Cached] = {}
        self.fixed: list[str] = []
        self.styles = Styles(book)
        self.caption = f"{writable(programme.name)} {assessment.year}"
        self.wanted = tuple(wanted_sheets(programme, assessment))
        self._name_sheets()

    def _name_sheets(self) -> None:
        """The ordinary sheets get the names they have in the ordinary workbook."""
        ordinary = [say("excel.sheet.guide"), *(each.title for each in self.wanted)]
        hidden = [say(f"excel.sheet.{kind}") for kind in ("handed_out", "lists", "identity")]
        own = [say(f"twin.sheet.{kind}") for kind in (*_OWN, "calculation")]
        names = sheet_names([*ordinary, *hidden, *own])
        self.guide_name = names[0]
        self.names = names[1 : len(ordinary)]
        self.lists_name, self.identity_name = names[len(ordinary) + 1], names[len(ordinary) + 2]
        self.own_names = dict(zip((*_OWN, "calculation"), names[-5:], strict=True))

    def write(self, *, stale: bool) -> None:
        """All sheets."""
        plans = {
            name: each.plan(name) for name, each in zip(self.names, self.wanted, strict=True) if each.plan
        }
        rosters = [
            (name, self.programme.tables[each.table_id])
            for name, each in zip(self.names, self.wanted, strict=True)
            if each.table_id
        ]
        places = find_places(plans.values(), rosters, self.assessment)
        compiled = compile_twin(self.programme, self.assessment, self.judged, places)
        self.fixed = list(compiled.fixed)
        pen = Pen(self.book, self.styles, self.own_names["calculation"], self.caption, stale, self.expected)
        self._properties()
        self._front(compiled)
        self._results(pen, compiled, places)
        self._data(pen, plans, compiled)
        write_calculation(pen, self._key("calculation"), compiled.calculation)

    def _key(self, kind: str) -> SheetKey:
        return SheetKey(self.programme.id, self.assessment.year, SheetKind.LIVE, kind)

    def _properties(self) -> None:
        self.book.set_properties(
            {
                "title": self.caption,
                "subject": say("excel.guide.title", {"name": writable(self.programme.name)}),
                "comments": say("excel.properties"),
                "created": datetime(self.assessment.year, 1, 1, tzinfo=UTC),
            }
        )

    def _front(self, compiled: Compiled) -> None:
        counts = {
            "conclusion": 0,
            "conditions": sum(len(group.conditions) for group in compiled.groups),
            "scores": sum(len(section.items) for section in compiled.sections),
            "derived": len(compiled.derived),
        }
        listed = [
            ListedSheet(self.own_names[kind], say(f"twin.about.{kind}", {"count": count}))
            for kind, count in counts.items()
            if count or kind == "conclusion"
        ]
        listed += [ListedSheet(name, each.about) for name, each in zip(self.names, self.wanted, strict=True)]
        identity = identity_of(self.programme, self.assessment.year)
        school = self.assessment.value(SCHOOL_NAME)
        write_guide(self.book, self.guide_name, self.programme, identity, school, listed, self.styles)

    def _results(self, pen: Pen, compiled: Compiled, places: Places) -> None:
        """The sheets on which people read, 结论 before those it sums up."""
        calculation, judged = compiled.calculation, self.judged
        scores = ScoresSheet(pen, self.programme, calculation, judged)
        results = Results(
            compiled.groups, scores.sections, compiled.tiers, calculation, places, compiled.fixed
        )
        conclusion = ConclusionSheet(pen, self.programme, self.assessment, judged, results)
        front = conclusion.start(self.own_names["conclusion"], self._key("conclusion"))
        front.activate()
        if compiled.groups:
            conditions = ConditionsSheet(pen, self.programme, calculation, judged)
            conditions.write(self.own_names["conditions"], self._key("conditions"), compiled.groups)
        if compiled.sections:
            scores.write(self.own_names["scores"], self._key("scores"), compiled.sections)
        if compiled.derived:
            write_derived(
                pen, self.own_names["derived"], self._key("derived"), compiled.derived, calculation, judged
            )
        conclusion.write(front)

    def _data(self, pen: Pen, plans: Mapping[str, SheetPlan], compiled: Compiled) -> None:
        """The sheets of the ordinary workbook."""
        lists = Lists(self.lists_name)
        for done, (name, each) in enumerate(zip(self.names, self.wanted, strict=True)):
            label = say("excel.progress.writing", {"sheet": name})
            self.progress(done, len(self.wanted), label)
            if name in plans:
                plan = self._living(plans[name], pen, compiled)
                render_plan(self.book, plan, self.styles, lists, self.caption)
                continue
            self._roster(name, each, lists, label, done)
        lists.write(self.book, SheetKey(self.programme.id, self.assessment.year, SheetKind.LISTS))
        write_identity(self.book, self.identity_name, identity_of(self.programme, self.assessment.year))
        self.progress(len(self.wanted), len(self.wanted), say("excel.progress.saving"))

    def _roster(self, name: str, each: WantedSheet, lists: Lists, label: str, done: int) -> None:
        table = self.programme.tables[each.table_id]
        rows = render_roster(
            self.book, name, table, self.programme, self.assessment, self.styles, lists, self.caption
        )
        for _ in rows:
            self.progress(done, len(self.wanted), label)

    def _living(self, plan: SheetPlan, pen: Pen, compiled: Compiled) -> SheetPlan:
        """``plan`` with the derived indicators computed where the ordinary workbook says that they are."""
        derived = {each.indicator.id: each for each in compiled.derived}
        steps, role = quoted_sheet(self.own_names["calculation"]), value_role(self.assessment.year)
        lines = []
        for row, line in enumerate(plan.lines, HINT_ROW + 2):
            found, slot = derived.get(line.key), line.slots.get(role)
            if found is None or slot is None or slot.look is not Look.LOCKED:
                lines.append(line)
                continue
            column = [head.role for head in plan.heads].index(role)
            value = as_shown(compiled.calculation.value(found.piece.text))
            self.expected[plan.name, xl_rowcol_to_cell(row, column)] = value
            living = _computed(found, value, steps, stale=pen.stale)
            lines.append(replace(line, slots={**line.slots, role: living}))
        return replace(plan, lines=tuple(lines))


def _computed(found: DerivedSteps, value: Cached, steps: str, *, stale: bool) -> Slot:
    formula = "=" + figure(found).replace(STEPS, steps)
    shown = Decimal(0) if stale else Decimal(str(value)) if isinstance(value, float) else writable(str(value))
    return Slot(Look.COMPUTED, shown, found.indicator, formula=formula)
