"""The sheet 条件: every condition, what the school has, what is asked, and how it comes out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from xlsxwriter.worksheet import Worksheet

from chuyi_desktop.app.ports import JudgedSchool
from chuyi_desktop.domain.formula.tree import Name
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.programme import AtLeastOf, Attested, Programme, Requirement, Threshold
from chuyi_desktop.domain.provenance import Basis, Provenance
from chuyi_desktop.domain.verdict import Outcome, RuleOutcome
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.cells import number_format
from chuyi_desktop.excel.grid import KEY_ROLE
from chuyi_desktop.excel.identity import HEAD_MARK, SheetKey
from chuyi_desktop.excel.plan import Head, Look
from chuyi_desktop.excel.twin.calculation import Calculation
from chuyi_desktop.excel.twin.conditions import CaseSteps, ConditionSteps, GroupSteps
from chuyi_desktop.excel.twin.notation import ERRORS, Cached, text
from chuyi_desktop.excel.twin.pen import HEAD_ROW, Pen, as_shown, as_shown_short, shown_short, shown_yes_no
from chuyi_desktop.excel.widths import row_height
from chuyi_desktop.excel.words import source_words

_SEQ, _NAME, _RULE, _SCHOOL, _STANDARD, _RESULT, _SOURCE = range(1, 8)
RESULT_CODES = {
    Outcome.MET: "twin.met",
    Outcome.UNMET: "twin.unmet",
    Outcome.MISSING: "twin.open",
    Outcome.NOT_APPLICABLE: "twin.not_applicable",
}
"""The words of outcomes, in the order of their numbers."""


def heads() -> tuple[Head, ...]:
    """The columns of the sheet."""
    return (
        Head(KEY_ROLE, HEAD_MARK, 4, hidden=True),
        Head("seq", say("excel.head.seq"), 6),
        Head("name", say("twin.head.condition"), 36),
        Head("rule", say("twin.head.asked"), 38),
        Head("school", say("twin.head.school"), 16),
        Head("standard", say("twin.head.standard"), 20),
        Head("result", say("twin.head.result"), 13),
        Head("source", say("twin.head.source"), 50),
    )


def marked(title: str, provenance: Provenance) -> str:
    """``title``, marked 参考 where no published text stands behind it."""
    if provenance.basis is not Basis.REFERENCE:
        return title
    return say("twin.reference", {"title": title})


def subject_field(tree: object, programme: Programme) -> Indicator | None:
    """The indicator a formula is, if it is one."""
    return programme.indicators.get(tree.id) if isinstance(tree, Name) else None


@dataclass(slots=True)
class ConditionsSheet:
    """Writes the sheet."""

    pen: Pen
    programme: Programme
    calculation: Calculation
    judged: JudgedSchool
    _outcomes: dict[tuple[str, str], RuleOutcome] = field(init=False)
    _group: str = ""
    _row: int = HEAD_ROW + 1

    def __post_init__(self) -> None:
        rules = self.judged.verdict.conditions
        options = tuple(option for rule in rules for option in rule.options)
        self._outcomes = {(rule.group, rule.id): rule for rule in (*rules, *options)}

    def write(self, name: str, key: SheetKey, groups: Sequence[GroupSteps]) -> None:
        """All groups."""
        title = say("twin.title.conditions")
        sheet = self.pen.sheet(name, key, title, say("twin.hint.conditions"), heads())
        for group in groups:
            self._band(sheet, group.group.title)
            self._group = group.group.id
            for number, steps in enumerate(group.conditions, 1):
                self._condition(sheet, str(number), steps.condition.title, steps)
                for at, option in enumerate(steps.options, 1):
                    words = say("twin.option", {"number": at, "title": option.condition.title})
                    self._condition(sheet, "", words, option)
        last = max(self._row - 1, HEAD_ROW + 1)
        self.pen.judged(sheet, HEAD_ROW + 1, last, _RESULT)
        self.pen.unfilled(sheet, HEAD_ROW + 1, last, _SCHOOL)
        self.pen.finish(sheet, title)

    def _band(self, sheet: Worksheet, title: str) -> None:
        style = self.pen.styles.band()
        self.pen.text(sheet, self._row, _SEQ, title, style)
        for column in range(_NAME, _SOURCE + 1):
            sheet.write_blank(self._row, column, None, style)
        sheet.set_row(self._row, 24)
        self._row += 1

    def _condition(self, sheet: Worksheet, number: str, title: str, steps: ConditionSteps) -> None:
        styles, widths, row = self.pen.styles, [head.width for head in heads()], self._row
        condition = steps.condition
        name = marked(title, condition.provenance)
        rule, source = self._rule_words(steps), self._sources(steps)
        info = styles.cell(Look.INFO)
        self.pen.text(sheet, row, _SEQ, number, styles.cell(Look.NUMBERING))
        self.pen.text(sheet, row, _NAME, name, styles.cell(Look.NAME))
        self.pen.text(sheet, row, _RULE, rule, info)
        self._school(sheet, row, steps)
        standard = self._standard(sheet, row, steps)
        outcome = steps.outcome
        words = ",".join(text(say(code)) for code in RESULT_CODES.values())
        now = say(RESULT_CODES[self._outcome(steps)])
        self.pen.formula(sheet, row, _RESULT, f"CHOOSE({outcome},{words})", now, styles.result())
        told = self._outcomes.get((self._group, condition.id))
        self.pen.note(sheet, row, _RESULT, "" if told is None else told.explanation)
        self.pen.text(sheet, row, _SOURCE, source, info)
        texts = [
            (name, widths[_NAME]),
            (rule, widths[_RULE]),
            (standard, widths[_STANDARD]),
            (source, widths[_SOURCE]),
        ]
        sheet.set_row(row, row_height(texts, 24))
        self._row += 1

    def _outcome(self, steps: ConditionSteps) -> Outcome:
        """What the verdict says; it does not judge the options of a k-of-n that is not for this school."""
        found = self._outcomes.get((self._group, steps.condition.id))
        return found.outcome if found else list(RESULT_CODES)[int(self.calculation.value(steps.outcome)) - 1]

    def _rule_words(self, steps: ConditionSteps) -> str:
        condition, words = steps.condition, self.judged.words
        match condition.rule:
            case Threshold(subject):
                said = words(subject)
            case Requirement(holds):
                said = words(holds)
            case AtLeastOf(count, options):
                said = say("twin.at_least_of.rule", {"total": len(options), "count": count})
            case Attested(statement):
                said = statement
        if condition.applies_when is None:
            return said
        applies = say("twin.applies_when", {"words": words(condition.applies_when)})
        return f"{said}\n{applies}"

    def _sources(self, steps: ConditionSteps) -> str:
        found = [source_words(steps.condition.provenance)]
        found += [source_words(each.case.provenance) for each in steps.cases if each.case.provenance]
        return "\n".join(dict.fromkeys(found))

    def _school(self, sheet: Worksheet, row: int, steps: ConditionSteps) -> None:
        """What the school has."""
        place, styles = steps.value or "", self.pen.styles
        now = self.calculation.value(place)
        match steps.condition.rule:
            case AtLeastOf():
                style = styles.cell(Look.COMPUTED, say("twin.of_count"))
                self.pen.formula(sheet, row, _SCHOOL, place, now, style)
            case Threshold(subject):
                indicator = subject_field(subject, self.programme)
                code = number_format(indicator, None) if indicator is not None else "General"
                style = styles.cell(Look.COMPUTED, "General" if code == "@" else code)
                self.pen.formula(sheet, row, _SCHOOL, shown_short(place), as_shown_short(now), style)
            case _:
                style = styles.cell(Look.COMPUTED)
                value = say("twin.missing") if now in ERRORS else as_shown(now)
                self.pen.formula(sheet, row, _SCHOOL, shown_yes_no(place), value, style)

    def _standard(self, sheet: Worksheet, row: int, steps: ConditionSteps) -> str:
        """What is asked; where it hangs on the school, a formula that says which case counts."""
        style = self.pen.styles.cell(Look.NUMBERING)
        match steps.condition.rule:
            case Threshold() as rule:
                standards = [
                    self._case_words(each, rule, single=len(steps.cases) == 1) for each in steps.cases
                ]
            case Requirement():
                standards = [say("twin.must_hold")]
            case AtLeastOf(count):
                standards = [say("twin.at_least_of", {"count": count})]
            case Attested():
                standards = [say("twin.attested")]
        if all(each.holds is None for each in steps.cases):
            self.pen.text(sheet, row, _STANDARD, standards[0], style)
            return standards[0]
        formula, now = text(say("twin.none")), say("twin.none")
        for each, words in reversed(list(zip(steps.cases, standards, strict=True))):
            if each.holds is None:
                formula, now = text(words), words
                continue
            waiting = text(say("twin.case.open"))
            formula = f"IF(ISERROR({each.holds}),{waiting},IF({each.holds},{text(words)},{formula}))"
            now = self._case_now(self.calculation.value(each.holds), words, now)
        self.pen.formula(sheet, row, _STANDARD, formula, now, style)
        return max(standards, key=len)

    @staticmethod
    def _case_now(holds: Cached, words: str, otherwise: str) -> str:
        if holds is True:
            return words
        return otherwise if holds is False else say("twin.case.open")

    def _case_words(self, steps: CaseSteps, rule: Threshold, *, single: bool) -> str:
        field = subject_field(rule.subject, self.programme)
        standard = self.judged.signed(rule.comparison, steps.case.value, field)
        if single and steps.case.when is None:
            return standard
        if steps.case.label:
            return say("twin.case", {"label": steps.case.label, "standard": standard})
        if steps.case.when is None:
            return say("twin.case.other", {"standard": standard})
        return say("twin.case", {"label": self.judged.words(steps.case.when), "standard": standard})
