"""Set fields from what a person typed: names and ids to text, all or none."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from chuyi_desktop.app.changes import Plan
from chuyi_desktop.app.ports import Stamp
from chuyi_desktop.domain.assessment import (
    EARLIEST_YEAR,
    Assessment,
    Attestation,
    Change,
    Content,
    Entry,
    Field,
    FieldKind,
    Origin,
    OriginKind,
    Rating,
    Text,
)
from chuyi_desktop.domain.indicator import Choice, Column, Indicator, ValueKind
from chuyi_desktop.domain.problem import Place, Problem
from chuyi_desktop.domain.programme import Attested, Condition, Narrative, Programme, Rubric, ScoredItem
from chuyi_desktop.domain.typed_input import read_typed

Target = Indicator | Condition | ScoredItem | Narrative
YEAR_DIGITS = 4
"""A year is written so; a number of thousands of digits is not even read."""
_YES_NO = Column("", "", ValueKind.YES_NO)


def plan_settings(
    programme: Programme, assessment: Assessment, settings: Mapping[str, str], stamp: Stamp
) -> Plan:
    """``settings`` as changes: an indicator's value (``name@2025`` for an earlier year), the answer to an
    attested condition, the level of a rubric, a narrative. Empty text clears a field."""
    targets = _Targets(programme)
    origin = _typed(stamp)
    changes: dict[Field, Change] = {}
    problems: list[Problem] = []
    for name, text in settings.items():
        for result in targets.planned(assessment, name, text, origin):
            if isinstance(result, Problem):
                problems.append(result)
            elif result.field in changes:
                problems.append(Problem("app.setting_twice", params={"name": name}))
            else:
                changes[result.field] = result
    return Plan(tuple(changes.values()), tuple(problems))


def plan_value(
    assessment: Assessment, indicator: Indicator, text: str, stamp: Stamp, *, year: int | None = None
) -> Plan:
    """What typing ``text`` into an indicator's field would do; its note stays."""
    return _plan(_value(assessment, indicator, text, year or assessment.year, _typed(stamp)))


def plan_text(assessment: Assessment, narrative: Narrative, text: str, stamp: Stamp) -> Plan:
    """What writing ``text`` as a narrative would do."""
    return _plan(_text(assessment, narrative, text, _typed(stamp)))


def plan_answer(assessment: Assessment, rule: Condition | ScoredItem, text: str, stamp: Stamp) -> Plan:
    """What answering an attested condition, or choosing the level of a rubric, would do; the note stays."""
    if isinstance(rule, Condition):
        return _plan(_answer(assessment, rule, text, _typed(stamp)))
    return _plan(_level(assessment, rule, text, _typed(stamp)))


def _typed(stamp: Stamp) -> Origin:
    return Origin(OriginKind.TYPED, stamp.who, stamp.when)


def _plan(planned: Iterable[Change | Problem]) -> Plan:
    results = tuple(planned)
    return Plan(
        tuple(result for result in results if isinstance(result, Change)),
        tuple(result for result in results if isinstance(result, Problem)),
    )


def _value(
    assessment: Assessment, indicator: Indicator, text: str, year: int, origin: Origin
) -> Iterator[Change | Problem]:
    place = Place(label=indicator.name)
    field = Field(FieldKind.VALUE, indicator.id, year)
    if indicator.is_derived:
        yield Problem("app.derived", place=place)
        return
    old = assessment.entry(indicator.id, year)
    note = old.note if old is not None else ""
    if not text.strip():
        yield from _changed(assessment, field, Entry(None, origin, note) if note else None)
        return
    reading = read_typed(text, indicator, place=place)
    if reading.problem is not None:
        yield reading.problem
    if reading.value is not None:
        yield from _changed(assessment, field, Entry(reading.value, origin, note))


def _changed(assessment: Assessment, field: Field, content: Content | None) -> Iterator[Change]:
    change = assessment.change(field, content)
    if change is not None:
        yield change


class _Targets:
    """Everything in a programme that a person can name."""

    def __init__(self, programme: Programme) -> None:
        self._by_name: dict[str, Target] = {}
        titled: list[Condition | ScoredItem | Narrative] = [
            *programme.scored_items(),
            *programme.conditions(),
        ]
        for target in [*titled, *programme.narratives]:
            self._by_name.setdefault(target.title, target)
            self._by_name[target.id] = target
        for indicator in programme.indicators.values():
            for name in (*indicator.aliases, indicator.name, indicator.id):
                self._by_name[name] = indicator

    def planned(
        self, assessment: Assessment, name: str, text: str, origin: Origin
    ) -> Iterator[Change | Problem]:
        plain, _, year = name.partition("@")
        target = self._by_name.get(plain.strip())
        if target is None or (year and not year.isdecimal()):
            yield self._unknown(name, plain)
        elif year and not (len(year) <= YEAR_DIGITS and EARLIEST_YEAR <= int(year) <= assessment.year):
            # A figure of a year to come can only be a slip of the finger.
            params = {"found": year, "earliest": EARLIEST_YEAR, "latest": assessment.year}
            yield Problem("app.year", params=params)
        elif isinstance(target, Indicator):
            yield from _value(assessment, target, text, int(year or assessment.year), origin)
        elif isinstance(target, Narrative):
            yield from _text(assessment, target, text, origin)
        elif isinstance(target, Condition):
            yield from _answer(assessment, target, text, origin)
        else:
            yield from _level(assessment, target, text, origin)

    def _unknown(self, name: str, plain: str) -> Problem:
        near = get_close_matches(plain, self._by_name, n=3, cutoff=0.5)
        code = "app.unknown_field_near" if near else "app.unknown_field"
        return Problem(code, params={"name": name, "near": "、".join(near)})


def _text(
    assessment: Assessment, narrative: Narrative, text: str, origin: Origin
) -> Iterator[Change | Problem]:
    content = Text(text.strip(), origin) if text.strip() else None
    yield from _changed(assessment, Field(FieldKind.TEXT, narrative.id), content)


def _answer(
    assessment: Assessment, condition: Condition, text: str, origin: Origin
) -> Iterator[Change | Problem]:
    place = Place(label=condition.title)
    field = Field(FieldKind.ATTESTATION, condition.id)
    if not isinstance(condition.rule, Attested):
        yield Problem("app.computed_rule", place=place)
    elif not text.strip():
        yield from _changed(assessment, field, None)
    else:
        reading = read_typed(text, _YES_NO, place=place)
        if reading.problem is not None:
            yield reading.problem
        elif isinstance(reading.value, bool):
            old = assessment.attestation(condition.id)
            answer = Attestation(reading.value, old.note if old is not None else "", origin)
            yield from _changed(assessment, field, answer)


def _level(assessment: Assessment, item: ScoredItem, text: str, origin: Origin) -> Iterator[Change | Problem]:
    place = Place(label=item.title)
    field = Field(FieldKind.RATING, item.id)
    if not isinstance(item.method, Rubric):
        yield Problem("app.computed_rule", place=place)
        return
    if not text.strip():
        yield from _changed(assessment, field, None)
        return
    levels = tuple(Choice(level.id, level.title) for level in item.method.levels)
    reading = read_typed(text, Column("", "", ValueKind.CHOICE, choices=levels), place=place)
    if reading.problem is not None:
        yield reading.problem
    elif isinstance(reading.value, str):
        old = assessment.rating(item.id)
        rating = Rating(reading.value, old.note if old is not None else "", origin)
        yield from _changed(assessment, field, rating)
