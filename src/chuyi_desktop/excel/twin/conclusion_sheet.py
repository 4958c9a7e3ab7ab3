"""The sheet 结论: the tier, the points, how conditions and sections stand, and what is still missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from chuyi_desktop.app.ports import JudgedSchool
from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.indicator import SCHOOL_NAME
from chuyi_desktop.domain.programme import Programme, TierRule
from chuyi_desktop.domain.values import ARITHMETIC, Missing, round_half_up
from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.identity import SheetKey
from chuyi_desktop.excel.plan import Look
from chuyi_desktop.excel.rendering import HINT_ROW, PROTECTION, start_sheet
from chuyi_desktop.excel.styles import LINE
from chuyi_desktop.excel.twin.calculation import LONGEST_FORMULA, Calculation
from chuyi_desktop.excel.twin.conclusion_rows import LAST, Rows
from chuyi_desktop.excel.twin.conditions import GroupSteps
from chuyi_desktop.excel.twin.conditions_sheet import marked
from chuyi_desktop.excel.twin.gaps import warn_of_rows, write_gaps
from chuyi_desktop.excel.twin.inputs import read
from chuyi_desktop.excel.twin.notation import text
from chuyi_desktop.excel.twin.pen import TAB, Pen
from chuyi_desktop.excel.twin.places import Places
from chuyi_desktop.excel.twin.scores_sheet import POINTS_FORMAT, SectionCells
from chuyi_desktop.excel.twin.tiers import TierSteps
from chuyi_desktop.excel.widths import row_height
from chuyi_desktop.excel.words import source_words

_WIDTHS = (4, 26, 13, 13, 13, 13, 13, 40)
_A4 = 9
_BAR = 20
"""Letters of a full bar."""
_LONGEST_LIST = 300
"""Characters of a list of titles."""
_OUTCOMES = (Outcome.MET, Outcome.UNMET, Outcome.MISSING, Outcome.NOT_APPLICABLE)
TIER_CELL, POINTS_CELL = "C5", "C6"
"""Where the tier stands, and the points of a programme that has any."""


@dataclass(frozen=True, slots=True)
class Results:
    """What the sheet sums up."""

    groups: Sequence[GroupSteps]
    sections: Sequence[SectionCells]
    tiers: TierSteps
    calculation: Calculation
    places: Places
    fixed: Sequence[str] = ()
    """What stands in the workbook as a constant."""


@dataclass(slots=True)
class ConclusionSheet:
    """Writes the sheet."""

    pen: Pen
    programme: Programme
    assessment: Assessment
    judged: JudgedSchool
    results: Results
    rows: Rows = field(init=False)

    def write(self, sheet: Worksheet) -> None:
        """All of it, from top to bottom."""
        self._overview(sheet)
        if self.programme.tiers:
            self._tiers(sheet)
        if self.results.groups:
            self._groups(sheet)
        if self.results.sections:
            self._sections(sheet)
        write_gaps(self.rows, self.results.calculation)
        warn_of_rows(self.rows, self.results.places)
        sheet.protect("", PROTECTION)
        sheet.set_tab_color(TAB)
        sheet.set_portrait()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer(f"&C&8{say('excel.print.page', {'page': '&P', 'pages': '&N'})}")

    def start(self, name: str, key: SheetKey) -> Worksheet:
        """The sheet with its title; it comes before the sheets that it sums up."""
        params = {"name": self.programme.name, "year": self.assessment.year}
        title, hint = say("twin.title.conclusion", params), say("twin.hint.conclusion")
        sheet = start_sheet(self.pen.book, name, key, title, hint, self.pen.styles)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width, None, {"hidden": True} if column == 0 else {})
        self.rows = Rows(self.pen, sheet, HINT_ROW + 1)
        return sheet

    # The tier and the points

    def _overview(self, sheet: Worksheet) -> None:
        self._school()
        style = self.pen.styles.of(
            bold=True,
            font_size=16,
            font_color="#8A3B12",
            border=1,
            border_color=LINE,
            text_wrap=True,
            indent=1,
        )
        self.rows.label(say("twin.tier"))
        formula, now = self._tier_words()
        self.rows.wide(2, LAST, formula, now, style, height=40)
        self._points(sheet)
        if not self.results.tiers.exact:
            self.rows.note(say("twin.bound_only"))
        if self.results.fixed:
            labels = say("twin.comma").join(dict.fromkeys(self.results.fixed))
            self.rows.note(say("twin.fixed", {"labels": labels}))

    def _school(self) -> None:
        self.rows.label(say("twin.school"))
        cell = self.results.places.values.get((SCHOOL_NAME, self.assessment.year))
        school = self.assessment.value(SCHOOL_NAME)
        nobody = say("twin.no_school")
        now = nobody if isinstance(school, Missing) else str(school)
        formula = text(now)
        if cell is not None:
            formula = (
                f"IFERROR({read(cell.reference, self.programme.indicators[SCHOOL_NAME])},{text(nobody)})"
            )
        style = self.pen.styles.of(border=1, border_color=LINE, text_wrap=True, indent=1)
        self.rows.wide(2, LAST, formula, now, style, height=26)

    def _tier_words(self) -> tuple[str, str]:
        tiers, verdict = self.results.tiers, self.judged.verdict
        if not tiers.possible:
            return text(say("twin.without_tiers")), say("twin.without_tiers")
        names = {tier.id: marked(tier.name, tier.provenance) for tier, _ in tiers.possible}
        between, nowhere = say("twin.between"), say("twin.no_tier")
        one = text(nowhere)
        for tier, place in reversed(tiers.possible):
            one = f"IF({place},{text(names[tier.id])},{one})"
        listed = "&".join(
            f'IF({place},{text(between + names[tier.id])},"")' for tier, place in tiers.possible
        )
        listed += f'&IF({tiers.none},{text(between + nowhere)},"")'
        many = f"{text(say('twin.undecided'))}&MID({listed},{len(between) + 1},999)"
        decided = f"{tiers.count}+IF({tiers.none},1,0)=1"
        possible = [names[tier.id] for tier in verdict.possible_tiers]
        if self.results.calculation.value(tiers.none):
            possible.append(nowhere)
        now = say("twin.undecided") + between.join(possible)
        if len(possible) == 1:
            now = possible[0] if verdict.tier is None else names[verdict.tier.id]
        return f"IF({decided},{one},{many})", now

    def _points(self, sheet: Worksheet) -> None:
        verdict, row = self.judged.verdict, self.rows.row
        if not self.results.sections:
            return
        number = self.pen.styles.of(
            bold=True, font_size=14, num_format=POINTS_FORMAT, border=1, border_color=LINE, align="center"
        )
        plain = self.pen.styles.of(num_format=POINTS_FORMAT, border=1, border_color=LINE, align="center")
        quiet = self.pen.styles.cell(Look.NUMBERING)
        self.rows.label(say("twin.points"))
        sections = self.results.sections
        points = f"ROUND({'+'.join(each.points for each in sections)},2)"
        still = f"ROUND({'+'.join(each.open_points for each in sections)},2)"
        self.pen.formula(sheet, row, 2, points, float(verdict.points), number)
        self.pen.text(sheet, row, 3, say("twin.maximum"), quiet)
        self.pen.number(sheet, row, 4, verdict.maximum, plain)
        self.pen.text(sheet, row, 5, say("twin.open_points"), quiet)
        self.pen.formula(sheet, row, 6, still, float(verdict.open_points), plain)
        words = f"{say('twin.reference_points')} {grouped(verdict.reference_points)}"
        self.pen.text(
            sheet,
            row,
            LAST,
            f"{words}：{say('twin.reference_points.note')}",
            self.pen.styles.cell(Look.INFO),
        )
        sheet.set_row(row, 34)
        self.rows.row += 1

    # Tables

    def _tiers(self, sheet: Worksheet) -> None:
        self.rows.head(
            (1, 1, say("twin.head.tier")),
            (2, 5, say("twin.head.demands")),
            (6, 6, say("twin.head.result")),
            (7, 7, say("twin.head.source")),
        )
        first = self.rows.row
        groups = {group.id: group.title for group in self.programme.condition_groups}
        for tier, place in self.results.tiers.possible:
            row = self.rows.row
            name, demands = marked(tier.name, tier.provenance), _demands(tier.rule, groups)
            source = source_words(tier.provenance)
            self.pen.text(sheet, row, 1, name, self.pen.styles.cell(Look.NAME))
            self.rows.merged(2, 5, demands, self.pen.styles.cell(Look.INFO))
            decided = f"{self.results.tiers.count}+IF({self.results.tiers.none},1,0)=1"
            words = [text(say(f"twin.{code}")) for code in ("reached", "possible", "not_this")]
            formula = f"IF({place},IF({decided},{words[0]},{words[1]}),{words[2]})"
            verdict = self.judged.verdict
            code = "not_this"
            if tier in verdict.possible_tiers:
                code = "reached" if verdict.tier is not None else "possible"
            self.pen.formula(sheet, row, 6, formula, say(f"twin.{code}"), self.pen.styles.result())
            self.pen.text(sheet, row, 7, source, self.pen.styles.cell(Look.INFO))
            widths = (sum(_WIDTHS[2:6]), _WIDTHS[7])
            sheet.set_row(
                row, row_height([(demands, widths[0]), (source, widths[1]), (name, _WIDTHS[1])], 24)
            )
            self.rows.row += 1
        self.pen.judged(sheet, first, self.rows.row - 1, 6)

    def _groups(self, sheet: Worksheet) -> None:
        codes = ("met", "unmet", "missing", "not_applicable")
        self.rows.head(
            (1, 1, say("twin.head.group")),
            (2, 2, say("twin.head.count")),
            *((at, at, say(f"report.outcome.{code}")) for at, code in enumerate(codes, 3)),
            (7, 7, say("twin.head.unmet")),
        )
        figure = self.pen.styles.cell(Look.NUMBERING)
        for steps in self.results.groups:
            row = self.rows.row
            self.pen.text(sheet, row, 1, steps.group.title, self.pen.styles.cell(Look.NAME))
            self.pen.number(sheet, row, 2, len(steps.conditions), figure)
            for at, outcome in enumerate(_OUTCOMES, 1):
                counted = "+".join(f"({each.outcome}={at})" for each in steps.conditions) or "0"
                now = float(sum(1 for each in self._outcomes(steps) if each is outcome))
                self.pen.formula(sheet, row, 2 + at, f"0+{counted}", now, figure)
            unmet = self._unmet(sheet, row, steps)
            sheet.set_row(row, row_height([(steps.group.title, _WIDTHS[1]), (unmet, _WIDTHS[7])], 30))
            self.rows.row += 1

    def _outcomes(self, steps: GroupSteps) -> list[Outcome]:
        return [each.outcome for each in self.judged.verdict.conditions if each.group == steps.group.id]

    def _unmet(self, sheet: Worksheet, row: int, steps: GroupSteps) -> str:
        """Names the conditions that are not met."""
        mark = say("twin.comma")
        titles = [each.condition.title for each in steps.conditions]
        named = "&".join(
            f'IF({each.outcome}=2,{text(mark + title)},"")'
            for each, title in zip(steps.conditions, titles, strict=True)
        )
        found = [
            title
            for title, outcome in zip(titles, self._outcomes(steps), strict=True)
            if outcome is Outcome.UNMET
        ]
        style = self.pen.styles.cell(Look.INFO)
        formula = f"MID({named},{len(mark) + 1},{_LONGEST_LIST})" if titles else '""'
        if len(formula) > LONGEST_FORMULA:
            self.pen.text(sheet, row, 7, "", style)
            return ""
        self.pen.formula(sheet, row, 7, formula, mark.join(found)[:_LONGEST_LIST], style)
        return mark.join(found)

    def _sections(self, sheet: Worksheet) -> None:
        self.rows.head(
            (1, 2, say("twin.head.section")),
            (3, 3, say("twin.head.maximum")),
            (4, 4, say("twin.head.points")),
            (5, 5, say("twin.head.open")),
            (6, 7, say("twin.head.share")),
        )
        figure = self.pen.styles.cell(Look.COMPUTED, POINTS_FORMAT)
        for each in self.results.sections:
            row = self.rows.row
            self.rows.merged(1, 2, each.score.title, self.pen.styles.cell(Look.NAME))
            for column, place, value in (
                (3, each.maximum, each.score.maximum),
                (4, each.points, each.score.points),
                (5, each.open_points, each.score.open_points),
            ):
                self.pen.formula(sheet, row, column, place, float(value), figure)
            self._share(sheet, row, each)
            sheet.set_row(row, 22)
            self.rows.row += 1

    def _share(self, sheet: Worksheet, row: int, cells: SectionCells) -> None:
        """The share of the points as a number and as a bar of letters, which every program can draw."""
        share = f"IF({cells.maximum}=0,0,{cells.points}/{cells.maximum})"
        maximum = cells.score.maximum
        now = round_half_up(ARITHMETIC.divide(cells.score.points, maximum), 4) if maximum else Decimal(0)
        shown = f"ROUND(ROUND({share},10),4)"
        style = self.pen.styles.cell(Look.NUMBERING, "0%")
        self.pen.formula(sheet, row, 6, shown, float(now), style)
        bar = self.pen.styles.of(
            font_name="Arial", font_size=8, font_color="#5B8C6E", indent=1, border=1, border_color=LINE
        )
        drawn = say("twin.bar") * int(round_half_up(now * _BAR, 0))
        self.pen.formula(sheet, row, 7, f"REPT({text(say('twin.bar'))},ROUND({shown}*{_BAR},0))", drawn, bar)


def _demands(rule: TierRule, groups: Mapping[str, str]) -> str:
    if rule.asks_nothing:
        return say("twin.tier.nothing")
    found = [say("twin.tier.all_met", {"group": groups.get(group, "")}) for group in rule.all_met]
    found += [
        say("twin.tier.most_unmet", {"group": groups.get(group, ""), "count": most})
        for group, most in rule.most_unmet
    ]
    if rule.minimum_points is not None:
        found.append(say("twin.tier.minimum_points", {"points": grouped(rule.minimum_points)}))
    return say("twin.tier.joined").join(found)
