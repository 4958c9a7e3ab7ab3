"""Why no improvement was found, or what must be filled in before one can be looked for."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from chuyi_desktop.domain.formula import Expression
from chuyi_desktop.domain.programme import Condition, Requirement, Threshold, TierRule
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.planning.condition_demands import condition_demand
from chuyi_desktop.scoring.planning.describing import names, points_words
from chuyi_desktop.scoring.planning.integer_program import IntegerProgram, Solver, Watch
from chuyi_desktop.scoring.planning.item_points import hundredths
from chuyi_desktop.scoring.planning.lever_variables import place_levers
from chuyi_desktop.scoring.planning.logic import tell
from chuyi_desktop.scoring.planning.quantity import NotLinearError
from chuyi_desktop.scoring.planning.reach import limits_of, tier_conditions
from chuyi_desktop.scoring.planning.tier_program import Question, Setting, draw_up
from chuyi_desktop.scoring.planning.translation import Translator

_FAR = Fraction(3000)


def missing_context(asked: Question) -> tuple[str, ...]:
    """Names of what says which kind of school it is, is 未填, and decides conditions that the tier needs."""
    limits = limits_of(asked.terms.tier.rule)
    needed = {group for group, most in limits.items() if most == 0}
    open_ = {
        rule.id
        for rule in asked.verdict.conditions
        if rule.outcome is Outcome.MISSING and rule.group in needed
    }
    conditions = tier_conditions(asked.programme, (asked.terms.tier,))
    translator = _translator(asked, IntegerProgram())
    fields: dict[str, None] = {}
    for condition in conditions:
        if condition.id in open_:
            for tree in _contexts(condition):
                fields |= dict.fromkeys(_unknown(tree, asked, translator))
    known = asked.programme.indicators
    contexts = tuple(one for one in fields if one in known and not known[one].kind.is_number)
    return tuple(names(asked, contexts))


def _translator(asked: Question, program: IntegerProgram) -> Translator:
    variables = place_levers(program, asked.levers.values(), _FAR, frozenset())
    return Translator(asked.facts, asked.levers, variables)


def _contexts(condition: Condition) -> Iterator[Expression]:
    if condition.applies_when is not None:
        yield condition.applies_when
    if isinstance(condition.rule, Threshold):
        yield from (case.when for case in condition.rule.cases if case.when is not None)
    if isinstance(condition.rule, Requirement):
        yield condition.rule.holds


def _unknown(tree: Expression, asked: Question, translator: Translator) -> Iterator[str]:
    year = asked.assessment.year
    if translator.moves(tree, year):
        return
    value = translator.value(tree, year)
    if isinstance(value, Missing):
        yield from value.fields


def reasons(asked: Question, solver: Solver, watch: Watch, *, stopped: bool, proved: bool) -> tuple[str, ...]:
    """Sentences on which rules cannot be met within the school's limits."""
    tier = asked.terms.tier.name
    if stopped:
        return (say("plan.none.time", {"tier": tier}),)
    found = [*_conditions(asked, solver, watch), *_points(asked, solver, watch)]
    found = found or [say("plan.none.together", {"tier": tier})]
    return (*found,) if proved else (*found, say("plan.none.unproved"))


def _conditions(asked: Question, solver: Solver, watch: Watch) -> Iterator[str]:
    """The fewest conditions that would have to be given up, besides those the tier forgives."""
    program = IntegerProgram()
    translator = _translator(asked, program)
    limits = limits_of(asked.terms.tier.rule)
    given_up: dict[str, tuple[Condition, int]] = {}
    for group in asked.programme.condition_groups:
        if group.id not in limits:
            continue
        extra: list[int] = []
        for condition in group.conditions:
            try:
                demand = condition_demand(condition, asked.facts, translator)
            except NotLinearError:
                continue
            lost, kept = program.switch(), program.switch()
            tell(program, demand, (kept,))
            program.demand({lost: 1, kept: 1}, 1)
            given_up[condition.id] = condition, lost
            extra.append(lost)
        if extra:
            over = program.variable(0, len(extra), Fraction(1))
            program.demand({over: 1, **dict.fromkeys(extra, -1)}, -limits[group.id])
            for each in extra:
                # Among equals none is given up without need.
                program.variables[each].cost = Fraction(1, 1000)
    solved = solver.solve(program, watch, max(0.5, watch.seconds_left() / 2))
    if solved.values is None:
        return
    lost_ones = [one for one, switch in given_up.values() if solved.values[switch]]
    beyond = len(lost_ones) > sum(
        most for group, most in limits.items() if any(g.id == group for g in asked.programme.condition_groups)
    )
    if beyond:
        titles = say("plan.listed").join(
            say("plan.titled", {"title": condition.title}) for condition in lost_ones
        )
        yield say("plan.none.conditions", {"tier": asked.terms.tier.name, "titles": titles})
    unfilled = tuple(names(asked, tuple(translator.unknown)))
    if beyond and unfilled:
        yield say("plan.none.unfilled", {"names": "、".join(unfilled)})


def _points(asked: Question, solver: Solver, watch: Watch) -> Iterator[str]:
    """How many points are in reach at most, where they are too few."""
    minimum = asked.terms.tier.rule.minimum_points
    if minimum is None:
        return
    nothing = replace(asked.terms.tier, rule=TierRule(minimum_points=Decimal(0)))
    drawn = draw_up(replace(asked, tiers=(nothing,)), Setting(_FAR, grades=frozenset()))
    for variable in drawn.program.variables:
        variable.cost = Fraction(0)
    short = drawn.program.variable(0, hundredths(minimum), Fraction(1))
    terms: dict[int, int] = {short: 1}
    least = hundredths(minimum)
    for each in drawn.credits.values():
        least -= each.constant
        terms |= each.terms
    drawn.program.demand(terms, least)
    solved = solver.solve(drawn.program, watch, max(0.5, watch.seconds_left() / 2))
    if solved.values is not None and solved.values[short] > 0:
        most = hundredths(minimum) - solved.values[short]
        params = {"tier": asked.terms.tier.name, "most": points_words(most), "minimum": minimum}
        yield say("plan.none.points", params)
