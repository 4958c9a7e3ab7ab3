"""Points as an integer program credits them: never fewer than the engine gives, and made exact where needed.

Points by bands and levels are exact from the start. Points in proportion to a quotient are not linear: a
program is first told the most they could be, and told better wherever the engine found it too generous
(``Level``), until what it credits is what the engine gives.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.programme import Bands, Linear, Rubric, ScoredItem
from chuyi_desktop.domain.values import round_half_up
from chuyi_desktop.domain.verdict import RuleOutcome
from chuyi_desktop.scoring.planning.integer_program import IntegerProgram
from chuyi_desktop.scoring.planning.levers import LevelLever
from chuyi_desktop.scoring.planning.logic import FALSE, TRUE, Logic, all_of, some_of, tell
from chuyi_desktop.scoring.planning.quantity import (
    OPPOSITE,
    Affine,
    Quantity,
    compare,
    defined,
    positive,
    whole_numbers,
)
from chuyi_desktop.scoring.planning.translation import Case, Translator
from chuyi_desktop.scoring.points import POINT_DIGITS, bounded

Level = tuple[str, int]
"""An item, and hundredths of points which its value must be proved to earn."""


@dataclass(slots=True)
class Credit:
    """What an item is credited with, in hundredths: ``constant`` and the sum of ``terms``."""

    constant: int = 0
    terms: dict[int, int] = field(default_factory=dict)

    def of(self, values: Sequence[int]) -> int:
        """The hundredths that ``values`` are credited with."""
        return self.constant + sum(factor * values[number] for number, factor in self.terms.items())


def hundredths(points: Decimal) -> int:
    """Points as a whole number of hundredths."""
    return int(round_half_up(points, POINT_DIGITS).scaleb(POINT_DIGITS))


def credit(
    item: ScoredItem,
    judged: RuleOutcome,
    translator: Translator,
    levels: Iterable[Level],
    lever: LevelLever | None,
    year: int,
) -> Credit:
    """The credit of one item; ``judged`` is how the engine judges it now."""
    program = translator.variables.program
    now = 0 if judged.points is None else hundredths(judged.points)
    match item.method:
        case Rubric():
            switches = translator.variables.levels.get(item.id, {})
            found = Credit(now)
            for name, points, _ in () if lever is None else lever.levels:
                if name in switches:
                    found.terms[switches[name]] = hundredths(points) - now
            return found
        case Bands() as bands:
            if not translator.moves(bands.subject, year):
                return Credit(now)
            return _bands(bands, item, translator, program, year)
        case Linear() as linear:
            if not translator.moves(linear.subject, year):
                return Credit(now)
            wanted = sorted({points for name, points in levels if name == item.id})
            return _linear(linear, item, translator, wanted, year)


def _known(cases: Sequence[Case], translator: Translator) -> Logic:
    """That the number has a value at all."""
    signs = translator.signs
    return some_of(*(all_of(case.guard, defined(case.quantity, signs)) for case in cases))


def _reached(cases: Sequence[Case], comparison: Comparison, bound: Fraction, translator: Translator) -> Logic:
    signs = translator.signs
    return some_of(
        *(all_of(case.guard, compare(case.quantity, comparison, bound, signs=signs)) for case in cases)
    )


def _bands(
    bands: Bands, item: ScoredItem, translator: Translator, program: IntegerProgram, year: int
) -> Credit:
    """A switch for every number of points, on where a band with them is reached."""
    cases = translator.numbers(bands.subject, year)
    comparison = Comparison.AT_LEAST if bands.rising else Comparison.AT_MOST
    otherwise = hundredths(bounded(bands.otherwise, item))
    by_points: dict[int, list[Fraction]] = {}
    for step in bands.steps:
        by_points.setdefault(hundredths(bounded(step.points, item)), []).append(Fraction(step.bound))
    found = Credit()
    for points, bounds in sorted(by_points.items()):
        if points > 0:
            nearest = min(bounds) if bands.rising else max(bounds)
            _switch(found, points, _reached(cases, comparison, nearest, translator), program)
    if otherwise > 0:
        all_bounds = [bound for bounds in by_points.values() for bound in bounds]
        nearest = min(all_bounds) if bands.rising else max(all_bounds)
        if min(by_points, default=0) >= otherwise:
            missed = _known(cases, translator)
        else:
            missed = _reached(cases, OPPOSITE[comparison], nearest, translator)
        _switch(found, otherwise, missed, program)
    if found.terms:
        program.demand(dict.fromkeys(found.terms, -1), -1)
    return found


def _switch(found: Credit, points: int, logic: Logic, program: IntegerProgram) -> None:
    if logic != FALSE:
        switch = program.switch()
        tell(program, logic, (switch,))
        found.terms[switch] = points


def _linear(
    linear: Linear, item: ScoredItem, translator: Translator, levels: Sequence[int], year: int
) -> Credit:
    program = translator.variables.program
    cases = translator.numbers(linear.subject, year)
    most = hundredths(bounded(item.maximum, item))
    rising = linear.full_at >= linear.zero_at
    comparison = Comparison.AT_LEAST if rising else Comparison.AT_MOST
    zero, full = Fraction(linear.zero_at), Fraction(linear.full_at)
    found = Credit()
    if not cases or most <= 0:
        return found
    if zero == full:
        _switch(found, most, _reached(cases, Comparison.AT_LEAST, full, translator), program)
        return found
    earned = program.variable(0, most)
    found.terms[earned] = 1
    any_points = program.switch()
    program.demand({any_points: most, earned: -1}, 0)
    # A hundredth is there from half of it on: first and full points are demanded exactly, for all.
    for hundredth in sorted({1, most, *(level for level in levels if 0 < level <= most)}):
        bound = zero + (hundredth - Fraction(1, 2)) / 100 * (full - zero) / Fraction(item.maximum)
        reached = _reached(cases, comparison, bound, translator)
        if hundredth == 1:
            tell(program, reached, (any_points,))
            continue
        if reached == TRUE:
            continue
        switch = program.switch()
        tell(program, reached, (switch,))
        program.demand({earned: -1, switch: most - hundredth + 1}, 1 - hundredth)
    if len(cases) == 1 and cases[0].guard == TRUE:
        _slope(linear, item, cases[0].quantity, translator, earned, any_points)
    return found


def _slope(
    linear: Linear,
    item: ScoredItem,
    quantity: Quantity,
    translator: Translator,
    earned: int,
    any_points: int,
) -> None:
    """The most that may be earned, as a straight line: exact where the divisor is what it is now.

    ``earned ≤ 100·max·(value − zero) ÷ (full − zero) + ½`` times the divisor has a product of two variables
    in it; in each stretch of the divisor it is replaced by the two lines that bound it from below.
    """
    program, signs = translator.variables.program, translator.signs
    factor, plus = quantity.slope
    low, high = signs.range(quantity.bottom)
    if high <= 0:
        return
    if low < 0:
        # Points over a divisor below nothing make no sense, and where nothing is below zero there are none.
        tell(program, positive(quantity.bottom), (any_points,))
        over_nothing = signs.range(quantity.top)[0] >= 0 <= linear.zero_at <= linear.full_at
        translator.approximate = translator.approximate or not over_nothing or factor < 0 or plus > 0
        low = Fraction(0)
    zero, full = Fraction(linear.zero_at), Fraction(linear.full_at)
    most = program.variables[earned].upper
    turn = 1 if full > zero else -1
    # Rounding may help a value up; where a way is wanted that surely holds, it is taken to bring it down.
    help_ = -quantity.rounding_error if translator.cautious else quantity.rounding_error
    # turn·(factor·top + (plus − zero)·bottom) + error·bottom, in hundredths of points times the divisor
    share = quantity.top.times(turn * factor).plus(quantity.bottom, turn * (plus - zero) + help_)
    right = share.times(Fraction(item.maximum) * 100 / abs(full - zero)).plus(quantity.bottom, Fraction(1, 2))
    for switch, least, greatest in translator.stretches.of(quantity.bottom, low, high):
        when = (any_points,) if switch is None else (any_points, switch)
        points = Affine(terms={earned: Fraction(1)})
        # points·bottom ≥ points·least + bottom − least, as points ≥ 1 and bottom ≥ least
        lines = [points.times(least).plus(quantity.bottom).plus(Affine(-least))]
        if greatest is not None and greatest > least:
            # points·bottom ≥ most·bottom + greatest·points − most·greatest, as both are below their most
            line = quantity.bottom.times(Fraction(most)).plus(points, greatest)
            lines.append(line.plus(Affine(-most * greatest)))
        for line in lines:
            terms, at = whole_numbers(right.plus(line, Fraction(-1)))
            program.demand(terms, -at, when)
