"""可变指标: what a plan may move, from where, within which bounds, at what cost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from chuyi_desktop.domain.assessment import Assessment, Field, FieldKind
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Condition,
    Programme,
    Rubric,
    ScoredItem,
)
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.planning.improvement import Terms
from chuyi_desktop.scoring.planning.new_rows import RosterLever, roster_lever
from chuyi_desktop.scoring.planning.reach import Reach
from chuyi_desktop.scoring.points import bounded


@dataclass(frozen=True, slots=True)
class FigureLever:
    """A typed figure that moves in whole steps of ``step`` from ``start`` (0 where 未填, then ``known`` is
    false) between ``lower`` and ``upper`` steps; ``upper`` is None where nothing bounds it. A step costs
    ``cost``."""

    field: Field
    indicator: Indicator
    step: Fraction
    start: int
    known: bool
    lower: int
    upper: int | None
    cost: Fraction


@dataclass(frozen=True, slots=True)
class AnswerLever:
    """An attested condition that is answered 否 or not at all."""

    field: Field
    condition: Condition
    cost: Fraction


@dataclass(frozen=True, slots=True)
class LevelLever:
    """A rubric with levels that give more points: (level id, points, cost)."""

    field: Field
    item: ScoredItem
    levels: tuple[tuple[str, Decimal, Fraction], ...]


Lever = FigureLever | AnswerLever | LevelLever | RosterLever


@dataclass(frozen=True, slots=True)
class Playing:
    """What decides the tier: conditions, and items where points count."""

    conditions: Sequence[Condition]
    items: Sequence[ScoredItem]
    reach: Reach


def levers(
    programme: Programme, assessment: Assessment, facts: SchoolFacts, terms: Terms, playing: Playing
) -> dict[Field, Lever]:
    """Every lever by its field, in the order of the programme; frozen ones are left out."""
    found: dict[Field, Lever] = {}
    candidates: tuple[Lever, ...] = (
        *_figures(programme, assessment, terms, playing.reach),
        *_answers(assessment, terms, playing.conditions),
        *_levels(assessment, terms, playing.items),
        *_rosters(programme, assessment, facts, terms, playing),
    )
    for lever in candidates:
        if lever.field not in terms.frozen:
            found[lever.field] = lever
    return found


def all_conditions(conditions: Sequence[Condition]) -> Iterator[Condition]:
    """Conditions, and the options of every k-of-n."""
    for condition in conditions:
        yield condition
        if isinstance(condition.rule, AtLeastOf):
            yield from all_conditions(condition.rule.options)


def _figures(
    programme: Programme, assessment: Assessment, terms: Terms, reach: Reach
) -> Iterator[FigureLever]:
    for indicator_id, year in _in_order(programme, reach):
        indicator = programme.indicators[indicator_id]
        entry = assessment.entry(indicator_id, year)
        if not indicator.kind.is_number or (entry is not None and entry.not_applicable):
            continue
        value = assessment.value(indicator_id, year)
        earlier = year != assessment.year
        if isinstance(value, Decimal) and not earlier:
            yield _figure(indicator, year, value, terms)
        elif isinstance(value, Missing):
            yield _figure(indicator, year, None, terms)


def _in_order(programme: Programme, reach: Reach) -> list[tuple[str, int]]:
    order = {name: at for at, name in enumerate(programme.indicators)}
    return sorted(reach.figures, key=lambda key: (order.get(key[0], -1), -key[1]))


def _figure(indicator: Indicator, year: int, value: Decimal | None, terms: Terms) -> FigureLever:
    place = Field(FieldKind.VALUE, indicator.id, year)
    digits = indicator.decimals
    if value is not None:
        exponent = value.normalize().as_tuple().exponent
        # A figure typed under another version of the pack may have more decimals than are asked for now.
        digits = max(digits, -exponent if isinstance(exponent, int) else digits)
    step = Fraction(1, 10**digits)
    start = 0 if value is None else int(Fraction(value) / step)
    least, most = terms.limits.get(place, (None, None))
    # Where the pack sets no least, an amount or a count is never below nothing.
    own_least = Decimal(0) if indicator.minimum is None else indicator.minimum
    lower = _steps_up(own_least, step) if value is None else min(start, _steps_up(own_least, step))
    upper = None if indicator.maximum is None else _steps_down(indicator.maximum, step)
    if upper is not None and value is not None:
        upper = max(upper, start)
    if least is not None:
        lower = max(lower, _steps_up(least, step))
    if most is not None:
        upper = _steps_down(most, step) if upper is None else min(upper, _steps_down(most, step))
    factor = Fraction(terms.costs.get(place, Decimal(1)))
    size = Fraction(1) if value is None else max(abs(Fraction(value)), Fraction(1))
    return FigureLever(place, indicator, step, start, value is not None, lower, upper, factor * step / size)


def _steps_up(value: Decimal, step: Fraction) -> int:
    return ceil(Fraction(value) / step)


def _steps_down(value: Decimal, step: Fraction) -> int:
    return floor(Fraction(value) / step)


def _answers(assessment: Assessment, terms: Terms, conditions: Sequence[Condition]) -> Iterator[AnswerLever]:
    for condition in all_conditions(conditions):
        answer = assessment.attestation(condition.id)
        if isinstance(condition.rule, Attested) and (answer is None or not answer.holds):
            place = Field(FieldKind.ATTESTATION, condition.id)
            yield AnswerLever(place, condition, Fraction(terms.costs.get(place, Decimal(1))))


def _levels(assessment: Assessment, terms: Terms, items: Sequence[ScoredItem]) -> Iterator[LevelLever]:
    for item in items:
        if not isinstance(item.method, Rubric):
            continue
        place = Field(FieldKind.RATING, item.id)
        factor = Fraction(terms.costs.get(place, Decimal(1)))
        rating = assessment.rating(item.id)
        ids = [level.id for level in item.method.levels]
        # No level yet, or one this version of the pack does not have, is a step below the last one.
        at = ids.index(rating.level_id) if rating is not None and rating.level_id in ids else len(ids)
        now = bounded(item.method.levels[at].points, item) if at < len(ids) else Decimal(0)
        better = [
            (level.id, bounded(level.points, item), factor * abs(at - number))
            for number, level in enumerate(item.method.levels)
            if bounded(level.points, item) > now
        ]
        if better:
            yield LevelLever(place, item, tuple(better))


def _rosters(
    programme: Programme, assessment: Assessment, facts: SchoolFacts, terms: Terms, playing: Playing
) -> Iterator[RosterLever]:
    for (table_id, year), aggregates in playing.reach.aggregates.items():
        table = programme.tables.get(table_id)
        if table is None or year != assessment.year:
            continue
        place = Field(FieldKind.ROW, table_id, year)
        cost = Fraction(terms.costs.get(place, Decimal(1)))
        lever = roster_lever(place, table, aggregates, facts, cost, terms.limits.get(place, (None, None)))
        if lever is not None:
            yield lever
