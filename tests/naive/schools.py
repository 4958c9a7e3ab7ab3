"""Schools that may exist and schools that may not: assessments drawn from a programme by a seed."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from random import Random

from chuyi_desktop.domain.assessment import (
    Assessment,
    Attestation,
    Content,
    DeclaredEmpty,
    Entry,
    Explanation,
    Field,
    FieldKind,
    Rating,
    Row,
)
from chuyi_desktop.domain.formula import references
from chuyi_desktop.domain.indicator import Column, Indicator, Table, ValueKind
from chuyi_desktop.domain.programme import Attested, Bands, Linear, Programme, Rubric, Threshold
from chuyi_desktop.domain.values import Value

YEAR = 2026
ROUND = (1, 2, 4, 5, 8, 10, 16, 20, 25, 40, 50, 100, 157, 200, 500, 1000, 1200, 3091, 10000)
"""Counts that divide well, so that quotients come to lie on a bound."""
WORDS = ("", "短", "合并两校后属实", "  合并  ", "合 并 两 校", "合并两校了", "已核对无误，见附件")

Bounds = Mapping[str, tuple[Decimal, ...]]


def bounds(programme: Programme) -> dict[str, tuple[Decimal, ...]]:
    """The numbers that rules compare with, by the indicators that stand alone or with others before them."""
    found: dict[str, list[Decimal]] = {}
    for condition in programme.conditions():
        if isinstance(condition.rule, Threshold):
            for one in references(condition.rule.subject):
                found.setdefault(one.id, []).extend(case.value for case in condition.rule.cases)
    for item in programme.scored_items():
        if isinstance(item.method, Bands):
            for one in references(item.method.subject):
                found.setdefault(one.id, []).extend(step.bound for step in item.method.steps)
        elif isinstance(item.method, Linear):
            for one in references(item.method.subject):
                found.setdefault(one.id, []).extend((item.method.zero_at, item.method.full_at))
    return {name: tuple(values) for name, values in found.items()}


def school(programme: Programme, random: Random, filled: float | None = None) -> Assessment:
    """An assessment with about the share ``filled`` of everything filled in."""
    share = random.choice((0.0, 0.5, 0.8, 0.95, 1.0)) if filled is None else filled
    fields = figures(programme, random, share) | answers(programme, random, share)
    return Assessment("a", programme.id, programme.version, programme.pack_hash, YEAR, fields)


def figures(programme: Programme, random: Random, share: float) -> dict[Field, Content]:
    """Values and rosters of three years."""
    known = bounds(programme)
    fields: dict[Field, Content] = {}
    for year in (YEAR, YEAR - 1, YEAR - 2):
        for name, indicator in programme.indicators.items():
            if indicator.formula is None and random.random() < share:
                fields[Field(FieldKind.VALUE, name, year)] = entry(indicator, random, known.get(name, ()))
        for table in programme.tables.values():
            if random.random() < share and (year == YEAR or random.random() < 0.2):
                fields |= roster(table, random, year, blank=(1 - share) / 8)
    return fields


def answers(programme: Programme, random: Random, share: float) -> dict[Field, Content]:
    """Attestations, ratings and explanations."""
    fields: dict[Field, Content] = {}
    for condition in programme.conditions():
        if isinstance(condition.rule, Attested) and random.random() < share:
            fields[Field(FieldKind.ATTESTATION, condition.id)] = Attestation(random.random() < 0.9)
    for item in programme.scored_items():
        if isinstance(item.method, Rubric) and random.random() < share:
            level = random.choice([level.id for level in item.method.levels])
            fields[Field(FieldKind.RATING, item.id)] = Rating(level if random.random() < 0.97 else "gone")
    for check in programme.checks:
        if random.random() < 0.5:
            words = Explanation(random.choice(WORDS), confirmed_by_head=random.random() < 0.5)
            fields[Field(FieldKind.EXPLANATION, check.id)] = words
    return fields


def edited(programme: Programme, assessment: Assessment, random: Random) -> Assessment:
    """The same school with some of its fields taken away or said otherwise."""
    other = school(programme, random, filled=1.0)
    fields = dict(assessment.fields)
    places: list[Field] = sorted({*fields, *other.fields}, key=repr)
    for place in random.sample(places, k=min(len(places), random.choice((1, 3, 10, 40)))):
        if place in other.fields and random.random() < 0.7:
            fields[place] = other.fields[place]
        else:
            fields.pop(place, None)
    return Assessment("a", programme.id, programme.version, programme.pack_hash, assessment.year, fields)


def entry(indicator: Indicator, random: Random, bound: Iterable[Decimal]) -> Entry:
    """What a clerk may have typed."""
    if random.random() < 0.02:
        return Entry(None, not_applicable="学校没有这项")
    return Entry(value(indicator, random, tuple(bound)))


def value(field: Indicator | Column, random: Random, bound: tuple[Decimal, ...] = ()) -> Value:
    """A value of a field's kind."""
    match field.kind:
        case ValueKind.INTEGER | ValueKind.DECIMAL:
            return number(field, random, bound)
        case ValueKind.YES_NO:
            return random.random() < 0.6
        case ValueKind.CHOICE:
            return random.choice(field.choices).id
        case ValueKind.DATE:
            return date(random.randint(1950, 2030), random.randint(1, 12), random.randint(1, 28))
        case ValueKind.TEXT:
            return random.choice(("甲", "乙", "丙", "无", "2026"))


def number(field: Indicator | Column, random: Random, bound: tuple[Decimal, ...]) -> Decimal:
    """On a bound, beside one, round, common, or out of range."""
    whole = field.kind is ValueKind.INTEGER
    kind = random.random()
    if bound and kind < 0.4:
        found = random.choice(bound) + random.choice((0, 0, 1, -1))
    elif kind < 0.7:
        found = Decimal(random.choice(ROUND))
    elif kind < 0.75:
        found = Decimal(random.choice((0, -1, 10**9)))
    elif "年" in field.unit or "year" in field.id:
        found = Decimal(random.randint(1990, 2030))
    else:
        found = Decimal(random.randint(0, random.choice((3, 30, 120, 5000))))
    if not whole and random.random() < 0.3:
        found += Decimal(random.randint(0, 9999)).scaleb(-random.choice((1, 2, 4)))
    return Decimal(int(found)) if whole else found


def roster(table: Table, random: Random, year: int, blank: float) -> dict[Field, Content]:
    """Rows of a roster, some cells blank, or none at all."""
    rows = random.choice((0, 1, 2, 3, 6))
    if rows == 0:
        return {Field(FieldKind.EMPTY_TABLE, table.id, year): DeclaredEmpty()}
    found: dict[Field, Content] = {}
    order = random.sample(range(rows), rows)
    for at in range(rows):
        cells = {
            column.id: value(column, random)
            for column in table.columns
            if random.random() >= (blank if column.required else max(blank, 0.1))
        }
        found[Field(FieldKind.ROW, table.id, year, f"r{at}")] = Row(f"r{at}", order[at], cells)
    return found
