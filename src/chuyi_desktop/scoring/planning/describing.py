"""The steps of an improvement in a clerk's words."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor

from chuyi_desktop.domain.assessment import Field
from chuyi_desktop.domain.display import grouped, in_unit, number_of, show
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.programme import Rubric
from chuyi_desktop.domain.values import ARITHMETIC, canonical
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.planning.applying import as_decimal, cost_of, row_cells
from chuyi_desktop.scoring.planning.improvement import AddedRows, LeverKind, Step
from chuyi_desktop.scoring.planning.lever_variables import Moves
from chuyi_desktop.scoring.planning.levers import AnswerLever, FigureLever, LevelLever, Lever
from chuyi_desktop.scoring.planning.new_rows import RosterLever
from chuyi_desktop.scoring.planning.tier_program import Question

COST_DIGITS = 6
"""Decimals of a cost as it is told; the order of plans follows the exact cost."""


def told_cost(cost: Fraction) -> Decimal:
    """A cost in decimals: never nothing where it is something."""
    digits = COST_DIGITS
    while cost and Fraction(round(cost * 10**digits), 10**digits) == 0:
        digits += COST_DIGITS
    # Written out and read: a dear lever has more digits than the arithmetic of the field keeps.
    return Decimal(f"{floor(cost * 10**digits + Fraction(1, 2))}E-{digits}")


def steps(asked: Question, moves: Moves, at_least: frozenset[Field]) -> tuple[Step, ...]:
    """Every step, changes of what is known first, the dearest before others; ``at_least`` are assumptions
    that may also turn out higher."""
    found = [
        _step(asked, moves, place, lever, may_rise=place in at_least)
        for place, lever in asked.levers.items()
        if place in moves.moved
    ]
    return tuple(sorted(found, key=lambda step: (step.assumed, -step.cost)))


def _step(asked: Question, moves: Moves, place: Field, lever: Lever, *, may_rise: bool) -> Step:
    cost = told_cost(cost_of(place, moves, lever))
    match lever:
        case FigureLever():
            return _figure(asked, moves, lever, cost, may_rise=may_rise)
        case AnswerLever():
            return _answer(asked, lever, cost)
        case LevelLever():
            return _level(asked, moves, lever, cost)
        case RosterLever():
            return _rows(moves, lever, cost)


def _figure(asked: Question, moves: Moves, lever: FigureLever, cost: Decimal, *, may_rise: bool) -> Step:
    indicator, year = lever.indicator, lever.field.year
    after = as_decimal(moves.figures[lever.field] * lever.step)
    before = as_decimal(lever.start * lever.step) if lever.known else None
    earlier = year is not None and year != asked.assessment.year
    title = say("plan.of_year", {"title": indicator.name, "year": year}) if earlier else indicator.name
    shown_after = show(after, indicator)
    difference = _difference(before, after, indicator)
    params = {"title": title, "after": shown_after, "difference": difference}
    if before is None:
        code, shown_before = "plan.step.claim_least" if may_rise else "plan.step.claim", say("plan.unfilled")
    else:
        code, shown_before = "plan.step.figure", show(before, indicator)
        params["before"] = show(before, indicator, with_unit=False)
    return Step(
        id=f"{indicator.id}@{year}" if earlier else indicator.id,
        field=lever.field,
        kind=LeverKind.FIGURE,
        title=title,
        before=before,
        after=after,
        setting=canonical(after),
        shown_before=shown_before,
        shown_after=shown_after,
        shown_difference=difference,
        unit=indicator.unit,
        cost=cost,
        assumed=before is None,
        sentence=say(code, params),
    )


def _difference(before: Decimal | None, after: Decimal, indicator: Indicator) -> str:
    if before is None:
        return ""
    distance = ARITHMETIC.subtract(after, before)
    amount = in_unit(number_of(distance.copy_abs(), indicator.unit), indicator.unit)
    return say("plan.more" if distance > 0 else "plan.less", {"amount": amount})


def _answer(asked: Question, lever: AnswerLever, cost: Decimal) -> Step:
    answer = asked.assessment.attestation(lever.condition.id)
    yes = say("input.yes")
    before = say("plan.unfilled") if answer is None else say("input.no")
    params = {"title": lever.condition.title, "before": before, "after": yes}
    return Step(
        id=lever.condition.id,
        field=lever.field,
        kind=LeverKind.ANSWER,
        title=lever.condition.title,
        before=None if answer is None else answer.holds,
        after=True,
        setting=yes,
        shown_before=before,
        shown_after=yes,
        shown_difference="",
        unit="",
        cost=cost,
        assumed=False,
        sentence=say("plan.step.answer", params),
    )


def _level(asked: Question, moves: Moves, lever: LevelLever, cost: Decimal) -> Step:
    rating = asked.assessment.rating(lever.item.id)
    method = lever.item.method
    titles = {level.id: level.title for level in method.levels} if isinstance(method, Rubric) else {}
    chosen = moves.levels[lever.field]
    known = rating is not None and rating.level_id in titles
    before = titles[rating.level_id] if known and rating is not None else say("plan.unfilled")
    params = {"title": lever.item.title, "before": before, "after": titles[chosen]}
    return Step(
        id=lever.item.id,
        field=lever.field,
        kind=LeverKind.LEVEL,
        title=lever.item.title,
        before=rating.level_id if known and rating is not None else None,
        after=chosen,
        setting=chosen,
        shown_before=before,
        shown_after=titles[chosen],
        shown_difference="",
        unit="",
        cost=cost,
        assumed=False,
        sentence=say("plan.step.level", params),
    )


def _rows(moves: Moves, lever: RosterLever, cost: Decimal) -> Step:
    added = moves.rows[lever.field]
    amounts = moves.amounts.get(lever.field, {})
    adds = tuple(_added(lever, at, count, amounts) for at, count in added.items())
    number = sum(added.values())
    what = say("plan.listed").join(_row_words(each) for each in adds)
    before = say("plan.rows", {"count": lever.rows}) if lever.known else say("plan.unfilled")
    after = say("plan.rows", {"count": lever.rows + number})
    params = {"title": lever.table.name, "before": before, "after": after, "count": number, "what": what}
    return Step(
        id=lever.table.id,
        field=lever.field,
        kind=LeverKind.ROWS,
        title=lever.table.name,
        before=Decimal(lever.rows) if lever.known else None,
        after=Decimal(lever.rows + number),
        setting=str(lever.rows + number),
        shown_before=before,
        shown_after=after,
        shown_difference=say("plan.more", {"amount": say("plan.rows", {"count": number})}),
        unit=say("plan.row_unit"),
        cost=cost,
        assumed=not lever.known,
        sentence=say("plan.step.rows" if lever.known else "plan.step.rows_claim", params),
        adds=adds,
    )


def _added(lever: RosterLever, at: int, count: int, amounts: Mapping[tuple[int, str], int]) -> AddedRows:
    table, cells = lever.table, lever.kinds[at].cells
    shown = {table.by_id[name].name: show(value, table.by_id[name]) for name, value in cells.items()}
    summed: dict[str, Decimal] = {}
    for row in row_cells(lever, at, count, amounts):
        for name in lever.amounts:
            value = row.get(name)
            if name not in cells and isinstance(value, Decimal):
                summed[name] = summed.get(name, Decimal(0)) + value
    summed = {name: amount for name, amount in summed.items() if amount}
    shown_amounts = {table.by_id[name].name: show(value, table.by_id[name]) for name, value in summed.items()}
    return AddedRows(count, cells, shown, summed, shown_amounts)


def _row_words(added: AddedRows) -> str:
    words = [say("plan.cell", {"name": name, "value": value}) for name, value in added.shown.items()]
    words += [
        say("plan.cell_sum", {"name": name, "value": value}) for name, value in added.shown_amounts.items()
    ]
    if not words:
        return say("plan.rows", {"count": added.count})
    return say("plan.rows_with", {"count": added.count, "cells": "、".join(words)})


def names(asked: Question, fields: tuple[str, ...]) -> Iterator[str]:
    """The names of indicators, rosters and rules by id."""
    titles = asked.programme.rule_titles()
    for one in dict.fromkeys(fields):
        indicator, table = asked.programme.indicators.get(one), asked.programme.tables.get(one)
        if indicator is not None:
            yield indicator.name
        elif table is not None:
            yield table.name
        elif one in titles:
            yield titles[one]


def points_words(hundredths: int) -> str:
    """Hundredths of points in points."""
    return grouped(Decimal(hundredths).scaleb(-2))
