"""The sheet 承诺与自评: what the school declares true, and the level it gives itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chuyi_desktop.domain.assessment import Assessment, Attestation, Field, FieldKind, Rating
from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.indicator import Choice, Column, ValueKind
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.domain.programme import Attested, Condition, Programme, Rubric, ScoredItem
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
from chuyi_desktop.excel.words import NOTE_FIELD, source_words, yes_no_options

_TAB = "#7A6B8F"


def declaration_heads() -> tuple[Head, ...]:
    """The columns of the sheet."""
    return (
        Head(KEY_ROLE, HEAD_MARK, 4, hidden=True),
        Head("seq", say("excel.head.seq"), 6),
        Head("name", say("excel.head.declaration"), 30),
        Head("guide", say("excel.head.statement"), 48),
        Head("answer", say("excel.head.answer"), 16),
        Head("note", say("excel.head.declaration_note"), 30),
        Head("evidence", say("excel.head.evidence"), 26),
        Head("source", say("excel.head.source"), 44),
    )


def attested(programme: Programme) -> dict[str, Condition]:
    """The conditions that a school attests, by id."""
    return {each.id: each for each in programme.conditions() if isinstance(each.rule, Attested)}


def rubrics(programme: Programme) -> dict[str, ScoredItem]:
    """The items whose level a school chooses, by id."""
    return {item.id: item for item in programme.scored_items() if isinstance(item.method, Rubric)}


def answer_field(rule: Condition | ScoredItem) -> Column:
    """What the answer cell of a rule is typed as; levels are told apart by points where titles are equal."""
    if isinstance(rule, Condition):
        return Column("answer", rule.title, ValueKind.YES_NO)
    levels = rule.method.levels if isinstance(rule.method, Rubric) else ()
    titles = [level.title.strip() for level in levels]
    choices: list[Choice] = []
    for level, title in zip(levels, titles, strict=True):
        label = title
        if titles.count(title) > 1:
            label = say("excel.level", {"title": title, "points": grouped(level.points)})
        if any(choice.label == label for choice in choices):
            label = level.id
        choices.append(Choice(level.id, label))
    return Column("answer", rule.title, ValueKind.CHOICE, choices=tuple(choices))


def plan_declarations(programme: Programme, assessment: Assessment, name: str) -> SheetPlan:
    """The sheet of all attested conditions and rubrics."""
    key = SheetKey(programme.id, assessment.year, SheetKind.DECLARATIONS)
    hint = say("excel.hint.declarations")
    lines = tuple(_lines(programme, assessment))
    return SheetPlan(key, name, say("excel.sheet.declarations"), hint, declaration_heads(), lines, tab=_TAB)


def _lines(programme: Programme, assessment: Assessment) -> Iterator[Line]:
    conditions, items = attested(programme), rubrics(programme)
    if conditions:
        yield Line(band=say("excel.band.attested"))
    for number, condition in enumerate(conditions.values(), 1):
        given = assessment.attestation(condition.id)
        answer = None if given is None else yes_no_options()[0 if given.holds else 1]
        statement = condition.rule.statement if isinstance(condition.rule, Attested) else ""
        yield _line(number, condition, statement, answer, given.note if given else "", yes_no_options())
    if items:
        yield Line(band=say("excel.band.rubrics"))
    for number, item in enumerate(items.values(), 1):
        rating = assessment.rating(item.id)
        labels = {choice.id: choice.label for choice in answer_field(item).choices}
        answer = labels.get(rating.level_id, rating.level_id) if rating else None
        yield _line(
            number, item, _levels(item, labels), answer, rating.note if rating else "", tuple(labels.values())
        )


def _levels(item: ScoredItem, labels: Mapping[str, str]) -> str:
    levels = item.method.levels if isinstance(item.method, Rubric) else ()
    lines = [
        say(
            "excel.level_line",
            {
                "title": labels[level.id],
                "points": grouped(level.points),
                "description": level.description,
            },
        ).rstrip("：")
        for level in levels
    ]
    return "\n".join(lines)


def _line(
    number: int,
    rule: Condition | ScoredItem,
    statement: str,
    answer: str | None,
    note: str,
    options: tuple[str, ...],
) -> Line:
    guide = "\n".join(part for part in (statement, rule.note) if part)
    slots = {
        "seq": Slot(Look.NUMBERING, str(number)),
        "name": Slot(Look.NAME, rule.title),
        "guide": Slot(Look.INFO, guide),
        "answer": Slot(Look.INPUT, answer, answer_field(rule), options, strict=True, help=statement),
        "note": Slot(Look.INPUT, note or None, NOTE_FIELD),
        "evidence": Slot(Look.INFO, rule.evidence),
        "source": Slot(Look.INFO, source_words(rule.provenance)),
    }
    return Line(rule.id, slots)


@dataclass(frozen=True, slots=True)
class DeclarationReader:
    """Reads the sheet of attested conditions and rubrics."""

    programme: Programme
    gathered: Gathered

    def read(self, sheet: Sheet) -> bool:
        """Take what the sheet says; False where its heads cannot be found."""
        located = understood(sheet, declaration_heads(), self.gathered.reporter)
        if located is None:
            return False
        rules: dict[str, Condition | ScoredItem] = {**attested(self.programme), **rubrics(self.programme)}
        by_title = by_unique_words((rule.title, rule) for rule in rules.values())
        for line in located.lines():
            self._line(line, located, line.meant(by_title, rules))
        return True

    def _line(self, line: LineFound, located: Located, rule: Condition | ScoredItem | None) -> None:
        answer_cell, note_cell = line.cells.get("answer"), line.cells.get("note")
        if answer_cell is None and note_cell is None:
            return
        role = "answer" if answer_cell is not None else "note"
        place = located.place(line.number, role, rule.title if rule else "")
        reporter = self.gathered.reporter
        if rule is None:
            reporter.report(
                "excel.unknown_declaration", Severity.WARNING, place.sheet, place.cell, found=line.called
            )
            return
        if answer_cell is None:
            reporter.report("excel.note_without_answer", Severity.ERROR, place.sheet, place.cell, rule.title)
            return
        note = ""
        if note_cell is not None:
            note_place = located.place(line.number, "note", rule.title)
            note = str(self.gathered.value(note_cell, NOTE_FIELD, "", note_place) or "")
        answer = self.gathered.value(answer_cell, answer_field(rule), "", place)
        if isinstance(answer, bool):
            self.gathered.fill(Field(FieldKind.ATTESTATION, rule.id), Attestation(answer, note), place)
        elif answer is not None:
            self.gathered.fill(Field(FieldKind.RATING, rule.id), Rating(str(answer), note), place)
