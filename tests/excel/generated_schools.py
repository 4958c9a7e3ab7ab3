"""Schools of every kind for a programme: whole, half filled in, on the edge of every threshold, with zeros to
divide by and quotients that end right between two decimals."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from chuyi_desktop.domain.assessment import (
    Assessment,
    Attestation,
    Content,
    DeclaredEmpty,
    Entry,
    Field,
    FieldKind,
    Rating,
    Row,
)
from chuyi_desktop.domain.formula.references import references
from chuyi_desktop.domain.indicator import Fillable, Table, ValueKind
from chuyi_desktop.domain.programme import (
    Attested,
    Bands,
    Linear,
    Programme,
    Rubric,
    Threshold,
)
from chuyi_desktop.domain.values import Value, round_half_up
from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.scoring import assess

_ROUND = (
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    11,
    12,
    13,
    16,
    20,
    25,
    40,
    64,
    80,
    125,
    160,
    200,
    320,
    400,
    625,
    800,
    1600,
    2000,
    3125,
)
"""Divisors that leave quotients right between two decimals, among others."""
_TEXTS = (
    "甲公司",
    "乙公司",
    "丙?",
    "*",
    "~星",
    "=1+1",
    "-5",
    "+86",
    "@x",
    "无",
    "001",
    "不适用于此",
    "合计表",
)
_TRIES = 6
_FIRST_DAY = date(1850, 1, 1)
_DAYS = 64_000


def schools(programme: Programme, sample: Assessment, count: int, seed: int = 0) -> Iterator[Assessment]:
    """``count`` assessments, the same for the same ``seed``: most are ``sample`` with changes."""
    for number in range(count):
        maker = _Maker(programme, sample, random.Random(f"{programme.id} {seed} {number}"))  # noqa: S311  # no secret
        match number % 4:
            case 0:
                yield maker.new()
            case 1:
                yield maker.good()
            case _:
                yield maker.changed()


def full_school(programme: Programme, year: int, seed: int = 0) -> Assessment:
    """A school that left nothing out."""
    nobody = Assessment("made", programme.id, programme.version, programme.pack_hash, year, {})
    maker = _Maker(programme, nobody, random.Random(f"full {programme.id} {seed}"))  # noqa: S311  # no secret
    maker.missing = 0.0
    return maker.new()


class _Maker:
    """Makes one school."""

    def __init__(self, programme: Programme, sample: Assessment, dice: random.Random) -> None:
        self.programme, self.sample, self.dice = programme, sample, dice
        self.year = sample.year
        self.missing = dice.choice((0.0, 0.02, 0.1, 0.3, 0.6, 1.0))
        self.kindness = dice.choice((0.5, 0.9, 1.0))
        self.edges = _edges(programme)

    def new(self) -> Assessment:
        """A school made up from nothing."""
        fields: dict[Field, Content] = {}
        for place, maker in self._places():
            if self.dice.random() >= self.missing:
                fields |= maker(place)
        return self._assessment(fields)

    def changed(self) -> Assessment:
        """The sample, with a few or many fields changed or emptied."""
        fields = dict(self.sample.fields)
        share = self.dice.choice((0.02, 0.1, 0.3))
        emptied = self.dice.choice((0.0, 0.0, 0.1, 0.5))
        for place, maker in self._places():
            if self.dice.random() >= share:
                continue
            for known in [each for each in fields if _same_thing(each, place)]:
                del fields[known]
            if self.dice.random() >= emptied:
                fields |= maker(place)
        return self._assessment(fields)

    def good(self) -> Assessment:
        """The best of a few changed samples in which everything is declared and rated as well as can be."""
        self.kindness, best, most = 1.0, self.sample, Decimal(-1)
        for _ in range(_TRIES):
            made = self.changed()
            fields = dict(made.fields)
            for place, maker in self._places():
                if place.kind in {FieldKind.ATTESTATION, FieldKind.RATING} and self.dice.random() < 0.99:
                    fields |= maker(place)
            made = self._assessment(fields)
            verdict = assess(self.programme, made)
            reached = verdict.points + 5 * verdict.count(Outcome.MET) - 20 * len(verdict.possible_tiers)
            if reached > most:
                best, most = made, reached
        return best

    def _assessment(self, fields: dict[Field, Content]) -> Assessment:
        programme = self.programme
        return Assessment("made", programme.id, programme.version, programme.pack_hash, self.year, fields)

    def _places(self) -> Iterator[tuple[Field, Callable[[Field], dict[Field, Content]]]]:
        for section in self.programme.sections:
            for asked in section.asked:
                if self.programme.indicators[asked.indicator_id].is_derived:
                    continue
                for back in range(asked.earlier_years + 1):
                    yield Field(FieldKind.VALUE, asked.indicator_id, self.year - back), self._value
        for table in self.programme.tables:
            yield Field(FieldKind.EMPTY_TABLE, table, self.year), self._roster
        for condition in self.programme.conditions():
            if isinstance(condition.rule, Attested):
                yield Field(FieldKind.ATTESTATION, condition.id), self._answer
        for item in self.programme.scored_items():
            if isinstance(item.method, Rubric):
                yield Field(FieldKind.RATING, item.id), self._answer

    def _value(self, place: Field) -> dict[Field, Content]:
        if self.dice.random() < 0.03:
            return {place: Entry(None, not_applicable="本校不涉及")}
        return {place: Entry(self._typed(self.programme.indicators[place.key]))}

    def _answer(self, place: Field) -> dict[Field, Content]:
        if place.kind is FieldKind.ATTESTATION:
            return {place: Attestation(holds=self.dice.random() < self.kindness)}
        item = next(each for each in self.programme.scored_items() if each.id == place.key)
        assert isinstance(item.method, Rubric)
        best = self.dice.random() < self.kindness
        return {place: Rating((item.method.levels[0] if best else self.dice.choice(item.method.levels)).id)}

    def _roster(self, place: Field) -> dict[Field, Content]:
        if self.dice.random() < 0.15:
            return {place: DeclaredEmpty()}
        table, blank = self.programme.tables[place.key], self.dice.choice((0.0, 0.0, 0.05, 0.4))
        found: dict[Field, Content] = {}
        for number in range(self.dice.choice((1, 2, 5, 12))):
            cells = self._cells(table, blank)
            if cells:
                row_id = f"row {number}"
                found[Field(FieldKind.ROW, table.id, self.year, row_id)] = Row(row_id, number, cells)
        return found

    def _cells(self, table: Table, blank: float) -> dict[str, Value]:
        return {column.id: self._typed(column) for column in table.columns if self.dice.random() >= blank}

    def _typed(self, field: Fillable) -> Value:
        match field.kind:
            case ValueKind.YES_NO:
                return self.dice.random() < self.kindness
            case ValueKind.CHOICE:
                return self.dice.choice(field.choices).id
            case ValueKind.DATE:
                return _FIRST_DAY + timedelta(days=self.dice.randrange(_DAYS))
            case ValueKind.TEXT:
                return self.dice.choice(_TEXTS)
            case _:
                return self._number(field)

    def _number(self, field: Fillable) -> Decimal:
        step = Decimal(1).scaleb(-field.decimals)
        edges = self.edges.get(field.id, ())
        kind = self.dice.random()
        if kind < 0.05:
            value = Decimal(0)
        elif edges and kind < 0.4:
            value = self.dice.choice(edges) + step * self.dice.choice((-1, 0, 0, 1))
        elif kind < 0.8:
            value = Decimal(self.dice.choice(_ROUND)) * self.dice.choice((1, 1, 1, 10, 100))
            if self.dice.random() < 0.3:
                value = value / 8
        else:
            value = Decimal(self.dice.randrange(10 ** self.dice.randrange(1, 7))) * step
        value = round_half_up(abs(value), field.decimals)
        if field.minimum is not None:
            value = max(value, field.minimum)
        return value if field.maximum is None else min(value, field.maximum)


def _same_thing(known: Field, place: Field) -> bool:
    if place.kind is FieldKind.EMPTY_TABLE:
        return known.key == place.key and known.kind in {FieldKind.ROW, FieldKind.EMPTY_TABLE}
    return known == place


def _edges(programme: Programme) -> dict[str, tuple[Decimal, ...]]:
    """The numbers on which something turns, by the indicators a rule reads first."""
    found: dict[str, list[Decimal]] = {}
    for condition in programme.conditions():
        if isinstance(condition.rule, Threshold):
            for read in references(condition.rule.subject):
                found.setdefault(read.id, []).extend(case.value for case in condition.rule.cases)
    for item in programme.scored_items():
        if isinstance(item.method, Bands | Linear):
            bounds = (
                [step.bound for step in item.method.steps]
                if isinstance(item.method, Bands)
                else [item.method.zero_at, item.method.full_at]
            )
            for read in references(item.method.subject):
                found.setdefault(read.id, []).extend(bounds)
    return {name: tuple(values) for name, values in found.items()}
