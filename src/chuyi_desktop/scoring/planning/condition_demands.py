"""Conditions and checks as demands over the levers."""

from collections.abc import Sequence
from functools import partial

from chuyi_desktop.domain.formula import references, tables_used
from chuyi_desktop.domain.formula.tree import Compare, Constant, Expression
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Check,
    Condition,
    Grade,
    Programme,
    Requirement,
    Threshold,
    Tier,
)
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.failing import fails
from chuyi_desktop.scoring.planning.integer_program import IntegerProgram
from chuyi_desktop.scoring.planning.logic import FALSE, TRUE, Atom, Logic, all_of, at_least, some_of, tell
from chuyi_desktop.scoring.planning.reach import limits_of
from chuyi_desktop.scoring.planning.translation import Translator

_LET_GO: Logic = TRUE
"""What a relaxed program asks of a rule that it cannot be told exactly."""


def tier_demand(programme: Programme, tier: Tier, facts: SchoolFacts, translator: Translator) -> Logic:
    """What the conditions of ``tier`` ask: no more of each group unmet than it allows."""
    limits = limits_of(tier.rule)
    parts: list[Logic] = []
    for group in programme.condition_groups:
        if group.id in limits:
            each = [
                translator.eased(partial(condition_demand, condition, facts, translator), _LET_GO)
                for condition in group.conditions
            ]
            parts.append(at_least(len(each) - limits[group.id], each))
    return all_of(*parts)


def condition_demand(
    condition: Condition, facts: SchoolFacts, translator: Translator, *, option: bool = False
) -> Logic:
    """What makes ``condition`` certainly not unmet; as an ``option`` of a k-of-n, certainly met."""
    if condition.applies_when is None:
        return _rule_demand(condition, facts, translator, option=option)
    year = facts.year
    if option:
        applies = translator.truth(condition.applies_when, year, wanted=True)
        return all_of(applies, _rule_demand(condition, facts, translator, option=True))
    spared = translator.truth(condition.applies_when, year, wanted=False)
    if spared == TRUE:
        return TRUE
    return some_of(spared, _rule_demand(condition, facts, translator, option=False))


def _rule_demand(condition: Condition, facts: SchoolFacts, translator: Translator, *, option: bool) -> Logic:
    match condition.rule:
        case Threshold() as rule:
            return _threshold(rule, facts, translator, option=option)
        case Requirement(holds):
            return translator.truth(holds, facts.year, wanted=True)
        case AtLeastOf(count, options):
            each = [condition_demand(one, facts, translator, option=True) for one in options]
            return at_least(count, each)
        case Attested():
            answer = facts.assessment.attestation(condition.id)
            if answer is not None and answer.holds:
                return TRUE
            switch = translator.variables.answers.get(condition.id)
            return FALSE if switch is None else Atom((({switch: 1}, 1),))


def _threshold(rule: Threshold, facts: SchoolFacts, translator: Translator, *, option: bool) -> Logic:
    """The first case that holds gives the threshold; one that cannot be told must be met as well."""
    year = facts.year
    either: list[Logic] = []
    besides: list[Logic] = []
    before: list[Logic] = []
    for case in rule.cases:
        met = translator.truth(
            Compare(rule.comparison, rule.subject, Constant(case.value)), year, wanted=True
        )
        if case.when is None:
            either.append(all_of(*before, met))
            break
        if not translator.moves(case.when, year) and isinstance(translator.value(case.when, year), Missing):
            besides.append(met)
            continue
        either.append(all_of(*before, translator.truth(case.when, year, wanted=True), met))
        before.append(translator.truth(case.when, year, wanted=False))
    else:
        if not option:
            either.append(all_of(*before))
    return all_of(*besides, some_of(*either))


def keep_checks(
    program: IntegerProgram,
    checks: Sequence[Check],
    facts: SchoolFacts,
    translator: Translator,
    grades: frozenset[Grade],
) -> None:
    """Demand that every check of ``grades`` that does not speak against the school now does not then.

    A check is not judged while it reads something that is 未填. Checks that read rosters are left to the
    engine: rows that must agree with a typed figure follow the change, they do not stand in its way.
    """
    for check in checks:
        holds = check.holds
        if check.grade not in grades or check.table or holds is None or tables_used(holds):
            continue
        if _rosters_behind(holds, facts) or not translator.moves(holds, facts.year) or fails(holds, facts):
            continue
        before = translator.approximate, dict(translator.unknown)
        demand = translator.eased(partial(translator.truth, holds, facts.year, wanted=True), _LET_GO)
        switches = _filled(holds, facts, translator)
        narrowed = translator.approximate
        translator.approximate, translator.unknown = before
        if switches is None:
            continue
        # A check that is kept more narrowly than it asks may shut out a cheaper way.
        translator.approximate = narrowed
        if not switches:
            if demand != FALSE:
                tell(program, demand)
            continue
        kept = program.switch()
        tell(program, demand, (kept,))
        program.demand({kept: 1, **dict.fromkeys(switches, -1)}, 1 - len(switches))


def _filled(holds: Expression, facts: SchoolFacts, translator: Translator) -> tuple[int, ...] | None:
    """Switches of the figures that ``holds`` reads and that are 未填 now; None where one stays so."""
    switches: dict[int, None] = {}
    for indicator_id, year in _typed(holds, facts.year, facts):
        figure = translator.variables.figures.get((indicator_id, year))
        if figure is not None:
            switches |= dict.fromkeys(figure.needs)
        elif isinstance(facts.in_year(year).value(indicator_id, 0), Missing):
            return None
    return tuple(switches)


def _typed(tree: Expression, year: int, facts: SchoolFacts) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for one in references(tree):
        indicator = facts.indicator(one.id)
        if indicator is not None and indicator.formula is not None:
            found.extend(_typed(indicator.formula, year - one.years_back, facts))
        else:
            found.append((one.id, year - one.years_back))
    return found


def _rosters_behind(tree: Expression, facts: SchoolFacts) -> bool:
    for one in references(tree):
        indicator = facts.indicator(one.id)
        if indicator is not None and indicator.formula is not None:
            formula = indicator.formula
            if tables_used(formula) or _rosters_behind(formula, facts):
                return True
    return False
