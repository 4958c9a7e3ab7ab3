"""Formulas as quantities and demands over the variables of the levers.

Whatever no lever changes is worked out by the engine itself. A number that depends on a choice made by a
formula (``if``, ``min``, ``max``) becomes several, each with what must hold for it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from chuyi_desktop.domain.assessment import Field
from chuyi_desktop.domain.formula import Expression, evaluate
from chuyi_desktop.domain.formula.tree import (
    Aggregate,
    Aggregation,
    Arithmetic,
    Both,
    Choose,
    Compare,
    Comparison,
    Either,
    Fold,
    Name,
    Negative,
    Not,
    Operator,
    Round,
)
from chuyi_desktop.scoring.facts import SchoolFacts, rounding
from chuyi_desktop.scoring.planning.lever_variables import LeverVariables
from chuyi_desktop.scoring.planning.levers import Lever
from chuyi_desktop.scoring.planning.logic import FALSE, TRUE, Logic, all_of, some_of
from chuyi_desktop.scoring.planning.moving import Moving
from chuyi_desktop.scoring.planning.quantity import (
    OPPOSITE,
    Affine,
    NotLinearError,
    Quantity,
    Signs,
    compare,
    constant,
)
from chuyi_desktop.scoring.planning.reckoning import computed, is_number, summed
from chuyi_desktop.scoring.planning.stretches import Stretches

Found = TypeVar("Found")

MOST_CASES = 128
"""Cases a number may fall into before it is taken to be out of reach."""


@dataclass(frozen=True, slots=True)
class Case:
    """A number, and what must hold for it to be that number."""

    guard: Logic
    quantity: Quantity


class Translator(Moving):
    """Reads formulas for one integer program. ``approximate`` says whether anything had to be taken more
    narrowly than the engine takes it."""

    def __init__(self, facts: SchoolFacts, levers: Mapping[Field, Lever], variables: LeverVariables) -> None:
        super().__init__(facts, levers, variables)
        self._numbers: dict[tuple[str, int], tuple[tuple[Case, ...], bool]] = {}
        """What is known of each name already, and whether it had to be taken more narrowly."""
        self.stretches = Stretches(variables.program)
        self.cautious = False
        """Whether points are to be credited rather a trace too low than too high."""
        self.relaxed = False
        """Whether what would have to be taken more narrowly is to be let go instead."""
        self.approximate = False

    @property
    def signs(self) -> Signs:
        """What the bounds of the variables say."""
        each = enumerate(self.variables.program.variables)
        return Signs({number: (variable.lower, variable.upper) for number, variable in each})

    def eased(self, translate: Callable[[], Found], at_most: Found) -> Found:
        """What ``translate`` gives; where that is narrower than the engine and the program is a relaxed one,
        ``at_most``, which asks for less than the engine ever does."""
        if not self.relaxed:
            return translate()
        before, self.approximate = self.approximate, False
        try:
            found = translate()
        except NotLinearError:
            return at_most
        else:
            return at_most if self.approximate else found
        finally:
            self.approximate = before

    # Yes and no

    def truth(self, tree: Expression, year: int, *, wanted: bool) -> Logic:  # one case a node
        """What must hold so that ``tree`` is certainly yes (or, not ``wanted``, certainly no)."""
        if not self.moves(tree, year):
            return TRUE if self.value(tree, year) is wanted else FALSE
        match tree:
            case Both(left, right):
                parts = (self.truth(left, year, wanted=wanted), self.truth(right, year, wanted=wanted))
                return all_of(*parts) if wanted else some_of(*parts)
            case Either(left, right):
                parts = (self.truth(left, year, wanted=wanted), self.truth(right, year, wanted=wanted))
                return some_of(*parts) if wanted else all_of(*parts)
            case Not(operand):
                return self.truth(operand, year, wanted=not wanted)
            case Choose():
                return self._chosen_truth(tree, year, wanted=wanted)
            case Compare(comparison, left, right):
                return self._compare(left, comparison if wanted else OPPOSITE[comparison], right, year)
            case Name(name, years_back):
                indicator = self._facts.indicator(name)
                if indicator is not None and indicator.formula is not None:
                    return self.truth(indicator.formula, year - years_back, wanted=wanted)
        self.approximate = True
        return FALSE

    def _chosen_truth(self, tree: Choose, year: int, *, wanted: bool) -> Logic:
        then = self.truth(tree.then, year, wanted=wanted)
        otherwise = self.truth(tree.otherwise, year, wanted=wanted)
        if self.stays_open(tree.condition, year):
            # The engine takes what both ways come to.
            return all_of(then, otherwise)
        return some_of(
            all_of(self.truth(tree.condition, year, wanted=True), then),
            all_of(self.truth(tree.condition, year, wanted=False), otherwise),
        )

    def _compare(self, left: Expression, comparison: Comparison, right: Expression, year: int) -> Logic:
        signs = self.signs
        found: list[Logic] = []
        before = self.approximate
        cases = self.numbers(left, year)
        if comparison in {Comparison.AT_LEAST, Comparison.MORE} and self._is_minimum(left, year) and cases:
            # New rows never raise a least: kept as it is, it is as high as it can be. Where there is none
            # yet, they may make one.
            self.approximate = before
        for one in cases:
            for other in self.numbers(right, year):
                guard = all_of(one.guard, other.guard)
                if guard == FALSE:
                    continue
                if is_number(other.quantity):
                    value = other.quantity.top.constant
                    found.append(all_of(guard, compare(one.quantity, comparison, value, signs=signs)))
                else:
                    found.append(all_of(guard, self._differ(one, other, comparison, signs)))
        return some_of(*found)

    def _is_minimum(self, tree: Expression, year: int) -> bool:
        if isinstance(tree, Name):
            indicator = self._facts.indicator(tree.id)
            formula = None if indicator is None else indicator.formula
            return formula is not None and self._is_minimum(formula, year - tree.years_back)
        return isinstance(tree, Aggregate) and tree.aggregation is Aggregation.MINIMUM

    def _differ(self, one: Case, other: Case, comparison: Comparison, signs: Signs) -> Logic:
        """``one comparison other``, where both may move."""
        less = other.quantity.scaled(Fraction(-1), Fraction(0))
        difference, error = summed(one.quantity, less)
        if not error:
            return compare(difference, comparison, Fraction(0), signs=signs)
        # Rounding on the way may take the difference that far: ask for as much more, and say so.
        self.approximate = True
        match comparison:
            case Comparison.AT_LEAST | Comparison.MORE:
                return compare(difference, comparison, error, signs=signs)
            case Comparison.AT_MOST | Comparison.LESS:
                return compare(difference, comparison, -error, signs=signs)
            case _:
                return FALSE

    # Numbers

    def numbers(self, tree: Expression, year: int) -> tuple[Case, ...]:  # noqa: PLR0911  # one case a node
        """The numbers ``tree`` may be; none where it is 未填 and stays so."""
        if not self.moves(tree, year):
            value = self.value(tree, year)
            return (Case(TRUE, constant(value)),) if isinstance(value, Decimal) else ()
        match tree:
            case Name(name, years_back):
                return self._named(name, year - years_back)
            case Negative(operand):
                minus = Fraction(-1)
                return tuple(
                    Case(each.guard, each.quantity.scaled(minus, Fraction(0)))
                    for each in self.numbers(operand, year)
                )
            case Arithmetic(operator, left, right):
                return self._combined(operator, self.numbers(left, year), self.numbers(right, year))
            case Round(operand, digits):
                return tuple(
                    Case(each.guard, each.quantity.rounded(digits)) for each in self.numbers(operand, year)
                )
            case Choose(condition, then, otherwise):
                return self._chosen(condition, then, otherwise, year)
            case Fold(aggregation, operands):
                return self._folded(aggregation, operands, year)
            case Aggregate():
                return self._aggregated(tree, year)
        self.approximate = True
        return ()

    def _named(self, name: str, year: int) -> tuple[Case, ...]:
        key = (name, year)
        if key not in self._numbers:
            before, self.approximate = self.approximate, False
            self._numbers[key] = self._find(name, year), self.approximate
            self.approximate = before
        found, narrowed = self._numbers[key]
        self.approximate = self.approximate or narrowed
        return found

    def _find(self, name: str, year: int) -> tuple[Case, ...]:
        indicator = self._facts.indicator(name)
        if indicator is None or indicator.formula is None:
            figure = self.variables.figures.get((name, year))
            return () if figure is None else (Case(TRUE, Quantity(figure)),)
        found = self.numbers(indicator.formula, year)
        digits = rounding(indicator)
        if digits is None:
            return found
        return tuple(Case(each.guard, each.quantity.rounded(digits)) for each in found)

    def _combined(self, operator: Operator, left: Sequence[Case], right: Sequence[Case]) -> tuple[Case, ...]:
        found: list[Case] = []
        if len(left) * len(right) > MOST_CASES:
            self.approximate = True
            return ()
        for one in left:
            for other in right:
                guard = all_of(one.guard, other.guard)
                if guard == FALSE:
                    continue
                made, narrowed = computed(operator, one.quantity, other.quantity)
                self.approximate = self.approximate or narrowed
                if made is not None:
                    found.append(Case(guard, made))
        return tuple(found)

    def _chosen(
        self, condition: Expression, then: Expression, otherwise: Expression, year: int
    ) -> tuple[Case, ...]:
        if self.stays_open(condition, year):
            # Both ways might come to the same number, which the engine would take.
            self.approximate = True
            return ()
        found: list[Case] = []
        for tree, wanted in ((then, True), (otherwise, False)):
            guard = self.truth(condition, year, wanted=wanted)
            if guard != FALSE:
                found.extend(
                    Case(all_of(guard, each.guard), each.quantity) for each in self.numbers(tree, year)
                )
        return tuple(found)

    def _folded(
        self, aggregation: Aggregation, operands: Sequence[Expression], year: int
    ) -> tuple[Case, ...]:
        listed = [self.numbers(operand, year) for operand in operands]
        if aggregation in {Aggregation.MINIMUM, Aggregation.MAXIMUM}:
            return self._extreme(aggregation, operands, listed, year)
        found: tuple[Case, ...] = (Case(TRUE, constant(Decimal(0))),)
        for each in listed:
            found = self._combined(Operator.ADD, found, each)
        if aggregation is Aggregation.AVERAGE:
            share = Fraction(1, len(operands))
            return tuple(Case(each.guard, each.quantity.scaled(share, Fraction(0))) for each in found)
        return found

    def _extreme(
        self,
        aggregation: Aggregation,
        operands: Sequence[Expression],
        listed: Sequence[tuple[Case, ...]],
        year: int,
    ) -> tuple[Case, ...]:
        """Each operand in turn, where it is the least (or the most) of all."""
        better = Comparison.AT_MOST if aggregation is Aggregation.MINIMUM else Comparison.AT_LEAST
        found: list[Case] = []
        for at, cases in enumerate(listed):
            others = [tree for number, tree in enumerate(operands) if number != at]
            guard = all_of(*(self._compare(operands[at], better, other, year) for other in others))
            found.extend(Case(all_of(guard, each.guard), each.quantity) for each in cases)
        return tuple(found)

    def _aggregated(self, tree: Aggregate, year: int) -> tuple[Case, ...]:
        lever = self.roster(tree, year)
        if lever is None or tree not in lever.aggregates:
            return ()
        added = self.variables.aggregate(lever, lever.aggregates.index(tree))
        if not lever.whole or tree.aggregation not in {Aggregation.COUNT, Aggregation.SUM}:
            # Another kind of row, or one more different value, might do it more cheaply.
            self.approximate = True
        now = evaluate(tree, self._facts.in_year(year)) if lever.known else Decimal(0)
        if added is None or not isinstance(now, Decimal):
            return ()
        return (Case(TRUE, Quantity(added.plus(Affine(Fraction(now))))),)
