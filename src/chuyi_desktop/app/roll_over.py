"""Begin the next year's assessment from an earlier one: what names and describes the school is taken over and
marked so; what was counted, declared, explained or proved of that year is not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from chuyi_desktop.app.begin import add_assessment, demand_year, new_head
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import (
    Assessment,
    Change,
    Content,
    Entry,
    Field,
    FieldKind,
    Origin,
    OriginKind,
    Row,
    Text,
)
from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.formula import Expression, references
from chuyi_desktop.domain.indicator import SCHOOL_NAME, Indicator, ValueKind
from chuyi_desktop.domain.programme import Condition, Programme, ScoredItem, Threshold
from chuyi_desktop.domain.rule_formulas import formulas_of
from chuyi_desktop.domain.values import Value
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.trends import shown_indicators


@dataclass(frozen=True, slots=True)
class Taken:
    """Something taken over: a value (``shown``), a narrative or the rows of a roster (``count``).
    ``decides``: rules are judged by it, so it is to be looked at first."""

    kind: FieldKind
    id: str
    title: str
    shown: str = ""
    count: int = 1
    decides: bool = False


class LeftOut(StrEnum):
    """What of the earlier assessment is not taken over."""

    NUMBERS = "numbers"
    """Figures, dates and yes/no answers of that year; they stay and are shown beside the new ones."""
    CHOICES = "choices"
    """Texts and choices that the new pack does not have any more."""
    ROSTERS = "rosters"
    NARRATIVES = "narratives"
    """Narratives that the new pack does not ask for."""
    ATTESTATIONS = "attestations"
    RATINGS = "ratings"
    EXPLANATIONS = "explanations"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class RollOver:
    """What beginning ``year`` from ``source_year`` would do. ``first`` are the fields that undoing leaves,
    ``then`` those that it takes back; ``left_out`` counts what stays behind; ``there`` is what the school
    has for the new year already, through another programme, and keeps."""

    programme: Programme
    source_year: int
    year: int
    taken: tuple[Taken, ...]
    left_out: tuple[tuple[LeftOut, int], ...]
    there: int
    first: tuple[Change, ...]
    then: tuple[Change, ...]


def plan_roll_over(session: Session, year: int, *, with_rosters: bool = False) -> RollOver:
    """What beginning ``year`` from the session's assessment, under the installed pack, would do. Nothing is
    changed. Raises InputError where ``year`` is not later, or has its assessment already."""
    demand_year(year)
    source = session.assessment
    if year <= source.year:
        raise InputError("roll_over.not_later", year=year, source=source.year)
    programme = session.program.library.programme(session.head.programme_id)
    if any((head.programme_id, head.year) == (programme.id, year) for head in session.workspace.heads()):
        raise InputError("roll_over.exists", year=year, programme=programme.name)
    stamp = session.program.stamp(say("roll_over.label", {"year": source.year}))
    origin = Origin(OriginKind.TAKEN_OVER, stamp.who, stamp.when, str(source.year))
    return _Copying(programme, source, year, origin, with_rosters=with_rosters).planned()


def make_roll_over(session: Session, plan: RollOver) -> Session:
    """Begin the year in one transaction; a session on it, in the same open workspace: closing one closes
    both. Undoing in it takes back what was taken over, but for the school's name."""
    session.demand_writable()
    head = new_head(session.program, plan.programme, plan.year)
    label = say("roll_over.label", {"year": plan.source_year})
    return add_assessment(
        session.program, session.workspace, plan.programme, head, plan.first, label, plan.then
    )


class _Copying:
    """Works one plan out."""

    def __init__(
        self, programme: Programme, source: Assessment, year: int, origin: Origin, *, with_rosters: bool
    ) -> None:
        self._programme = programme
        self._source = source
        self._year = year
        self._origin = origin
        self._with_rosters = with_rosters
        self._deciding = _read_by_rules(programme)
        self._taken: list[Taken] = []
        self._changes: list[Change] = []
        self._left: Counter[LeftOut] = Counter()
        self._there = 0

    def planned(self) -> RollOver:
        for indicator in shown_indicators(self._programme):
            if not indicator.is_derived:
                self._take_value(indicator)
        self._take_narratives()
        self._take_rosters()
        for field in self._source.fields:
            if field.kind in _NEVER:
                self._left[_NEVER[field.kind]] += 1
        names = [change for change in self._changes if change.field.key == SCHOOL_NAME]
        return RollOver(
            self._programme,
            self._source.year,
            self._year,
            tuple(self._taken),
            tuple((kind, self._left[kind]) for kind in LeftOut if self._left[kind]),
            self._there,
            tuple(names),
            tuple(change for change in self._changes if change not in names),
        )

    def _take_value(self, indicator: Indicator) -> None:
        entry = self._source.entry(indicator.id)
        if entry is None or (entry.value is None and not entry.not_applicable):
            return
        if entry.value is None or not (_describes(indicator) or _is_context(indicator, self._programme)):
            self._left[LeftOut.NUMBERS] += 1
        elif not _still_fits(entry.value, indicator):
            self._left[LeftOut.CHOICES] += 1
        else:
            field = Field(FieldKind.VALUE, indicator.id, self._year)
            shown = show(entry.value, indicator)
            told = Taken(
                FieldKind.VALUE, indicator.id, indicator.name, shown, decides=indicator.id in self._deciding
            )
            self._take(field, Entry(entry.value, self._origin), told)

    def _take_narratives(self) -> None:
        asked = {narrative.id: narrative.title for narrative in self._programme.narratives}
        for field, content in self._source.fields.items():
            if not isinstance(content, Text):
                continue
            if field.key in asked:
                told = Taken(FieldKind.TEXT, field.key, asked[field.key])
                self._take(field, Text(content.text, self._origin), told)
            else:
                self._left[LeftOut.NARRATIVES] += 1

    def _take_rosters(self) -> None:
        for table in self._programme.tables.values():
            rows = self._source.rows(table.id) or ()
            if not rows:
                continue
            if not self._with_rosters:
                self._left[LeftOut.ROSTERS] += 1
            elif self._source.rows(table.id, self._year) is not None:
                self._there += 1
            else:
                for row in rows:
                    field = Field(FieldKind.ROW, table.id, self._year, row.id)
                    self._changes.append(
                        Change(field, None, Row(row.id, row.position, row.cells, self._origin))
                    )
                self._taken.append(Taken(FieldKind.ROW, table.id, table.name, count=len(rows), decides=True))

    def _take(self, field: Field, content: Content, told: Taken) -> None:
        """A field of the school may be filled in for the new year already; what belongs to an assessment
        cannot be."""
        if field.year is not None and field in self._source.fields:
            self._there += 1
            return
        self._changes.append(Change(field, None, content))
        self._taken.append(told)


_NEVER = {
    FieldKind.ATTESTATION: LeftOut.ATTESTATIONS,
    FieldKind.RATING: LeftOut.RATINGS,
    FieldKind.EXPLANATION: LeftOut.EXPLANATIONS,
    FieldKind.EVIDENCE: LeftOut.EVIDENCE,
}


def _describes(indicator: Indicator) -> bool:
    """Whether it names or classes the school rather than counting anything of a year."""
    return indicator.kind in {ValueKind.TEXT, ValueKind.CHOICE}


def _is_context(indicator: Indicator, programme: Programme) -> bool:
    """Whether a yes/no only says which standard is for this school."""
    return indicator.kind is ValueKind.YES_NO and any(
        indicator.id == read.id for tree in _contexts(programme) for read in references(tree)
    )


def _contexts(programme: Programme) -> Iterator[Expression]:
    for condition in programme.conditions():
        if condition.applies_when is not None:
            yield condition.applies_when
        if isinstance(condition.rule, Threshold):
            yield from (case.when for case in condition.rule.cases if case.when is not None)


def _still_fits(value: Value, indicator: Indicator) -> bool:
    """Whether the new pack's indicator can hold it."""
    if indicator.kind is ValueKind.CHOICE:
        return any(choice.id == value for choice in indicator.choices)
    return isinstance(value, bool) if indicator.kind is ValueKind.YES_NO else isinstance(value, str)


def _read_by_rules(programme: Programme) -> frozenset[str]:
    """The indicators that a condition or scored item rests on, also through derived ones."""
    rules: list[Condition | ScoredItem] = [*programme.conditions(), *programme.scored_items()]
    waiting = [tree for rule in rules for tree in formulas_of(rule)]
    found: set[str] = set()
    while waiting:
        for read in references(waiting.pop()):
            if read.id in found:
                continue
            found.add(read.id)
            indicator = programme.indicators.get(read.id)
            if indicator is not None and indicator.formula is not None:
                waiting.append(indicator.formula)
    return frozenset(found)
