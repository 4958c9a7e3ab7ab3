"""The whole question as one integer program: the cheapest moves of the levers that reach a tier."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import ceil, floor

from chuyi_desktop.domain.assessment import Assessment, Field
from chuyi_desktop.domain.programme import Grade, Programme, Tier
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.planning.condition_demands import keep_checks, tier_demand
from chuyi_desktop.scoring.planning.improvement import Terms
from chuyi_desktop.scoring.planning.integer_program import IntegerProgram
from chuyi_desktop.scoring.planning.item_points import Credit, Level, credit, hundredths
from chuyi_desktop.scoring.planning.lever_variables import (
    STAYING,
    LeverVariables,
    Moves,
    hold,
    place_levers,
)
from chuyi_desktop.scoring.planning.levers import (
    FigureLever,
    LevelLever,
    Lever,
    Playing,
    levers,
)
from chuyi_desktop.scoring.planning.logic import tell
from chuyi_desktop.scoring.planning.new_rows import RosterLever
from chuyi_desktop.scoring.planning.quantity import NotLinearError
from chuyi_desktop.scoring.planning.reach import (
    condition_trees,
    item_trees,
    reach_of,
    tier_conditions,
    tiers_in_play,
)
from chuyi_desktop.scoring.planning.translation import Translator

ALL_KEPT = frozenset({Grade.MANDATORY, Grade.NEAR_MANDATORY, Grade.EXPLAIN})
"""Checks that a plan must not turn against the school; hints it may."""
STRICT_KEPT = frozenset({Grade.MANDATORY, Grade.NEAR_MANDATORY})


_FINENESS = 10**7
"""Into how many parts a cost is divided where whole numbers are needed."""


@dataclass(frozen=True, slots=True)
class Question:
    """A tier to be reached from where the school stands."""

    programme: Programme
    assessment: Assessment
    facts: SchoolFacts
    verdict: Verdict
    terms: Terms
    tiers: tuple[Tier, ...]
    levers: Mapping[Field, Lever]


@dataclass(frozen=True, slots=True)
class Setting:
    """How a program is drawn up: how far levers may move, which stay ``still``, which checks are kept, how
    many hundredths more than asked for are demanded, and what was learnt about points. Levers of ``pinned``
    stand where ``at`` puts them; all together costs no more than ``dearest``. A ``cautious`` program rather
    misses a way by a trace than finds one that does not hold. What is 未填 costs nothing: ``free`` says how
    far it may move, None as far as the others. A ``relaxed`` program lets go of every rule that it would have
    to take more narrowly than the engine: no way is cheaper than its cheapest, which may be none."""

    radius: Fraction
    still: frozenset[Field] = frozenset()
    grades: frozenset[Grade] = ALL_KEPT
    margin: int = 0
    levels: frozenset[Level] = frozenset()
    pinned: frozenset[Field] = frozenset()
    at: Moves = STAYING
    dearest: Fraction | None = None
    cautious: bool = False
    free: Fraction | None = None
    relaxed: bool = False


@dataclass(slots=True)
class TierProgram:
    """The program with what its variables mean. ``approximate`` says that a part of the rules was taken more
    narrowly than the engine does, so that a cheaper way may exist; ``unknown`` are fields that are 未填 and
    that no plan can fill in."""

    program: IntegerProgram
    variables: LeverVariables
    credits: Mapping[str, Credit]
    approximate: bool
    unknown: tuple[str, ...]
    divisors: frozenset[Field] = frozenset()


def question(
    programme: Programme, assessment: Assessment, facts: SchoolFacts, verdict: Verdict, terms: Terms
) -> Question:
    """The question with every lever that matters for it."""
    tiers = tiers_in_play(programme, terms.tier)
    conditions = tier_conditions(programme, tiers)
    count = any(tier.rule.minimum_points is not None for tier in tiers)
    items = tuple(programme.scored_items()) if count else ()
    trees = [tree for condition in conditions for tree in condition_trees(condition)]
    trees += [tree for item in items for tree in item_trees(item)]
    reach = reach_of(programme, assessment.year, trees)
    reach.figures |= _held_by_checks(programme, facts, reach.figures)
    playing = Playing(conditions, items, reach)
    found = levers(programme, assessment, facts, terms, playing)
    return Question(programme, assessment, facts, verdict, terms, tiers, found)


def _held_by_checks(
    programme: Programme, facts: SchoolFacts, moving: AbstractSet[tuple[str, int]]
) -> set[tuple[str, int]]:
    """Known figures that checks tie to those that decide the tier, directly or through others: more teachers
    may take more staff in all."""
    tied = []
    for one in programme.checks:
        if one.grade in ALL_KEPT and not one.table and one.holds is not None:
            behind = reach_of(programme, facts.year, [one.holds])
            if not behind.aggregates:
                known = {(id_, year) for id_, year in behind.figures if year == facts.year}
                tied.append({key for key in known if not isinstance(facts.value(key[0], 0), Missing)})
    found = set(moving)
    while more := [each for each in tied if each & found and not each <= found]:
        found.update(*more)
    return found - moving


def draw_up(asked: Question, setting: Setting) -> TierProgram:
    """The program for ``asked``. Where a product of figures stands in the way, some are kept still."""
    still = setting.still
    for _ in range(len(asked.levers) + 1):
        try:
            return _draw_up(asked, setting, still)
        except _TooMuchError as error:
            still |= error.still
    raise AssertionError(still)


class _TooMuchError(Exception):
    """These levers have to be kept still for the rest to be linear."""

    def __init__(self, still: frozenset[Field]) -> None:
        self.still = still
        super().__init__()


def _draw_up(asked: Question, setting: Setting, still: frozenset[Field]) -> TierProgram:
    program = IntegerProgram()
    variables = place_levers(program, asked.levers.values(), setting.radius, still, setting.free)
    hold(variables, asked.levers, setting.at, setting.pinned)
    if setting.dearest is not None:
        _no_dearer(program, setting.dearest)
    translator = Translator(asked.facts, asked.levers, variables)
    translator.cautious = setting.cautious
    translator.relaxed = setting.relaxed
    try:
        credits_ = _credits(asked, setting, translator)
        _demand_tier(asked, setting, translator, credits_)
        keep_checks(program, asked.programme.checks, asked.facts, translator, setting.grades)
    except NotLinearError as error:
        raise _TooMuchError(_to_keep_still(error, variables, asked, still)) from None
    approximate = translator.approximate or still != setting.still
    owners = _owners(variables)
    divisors = frozenset(owners[number] for number in translator.stretches.divisors if number in owners)
    return TierProgram(program, variables, credits_, approximate, tuple(translator.unknown), divisors)


def _no_dearer(program: IntegerProgram, dearest: Fraction) -> None:
    """All together costs no more than ``dearest``. Rounding makes the row let a little more through, never
    less."""
    scale = _FINENESS / max(dearest, Fraction(1, _FINENESS))
    terms = {
        number: -floor(variable.cost * scale)
        for number, variable in enumerate(program.variables)
        if variable.cost > 0
    }
    program.demand(terms, -ceil(dearest * scale))


def _demand_tier(
    asked: Question, setting: Setting, translator: Translator, credits_: Mapping[str, Credit]
) -> None:
    """One of the tiers in play."""
    program = translator.variables.program
    switches: dict[int, int] = {}
    for tier in asked.tiers:
        when: tuple[int, ...] = ()
        if len(asked.tiers) > 1:
            switch = program.switch()
            switches[switch], when = 1, (switch,)
        tell(program, tier_demand(asked.programme, tier, asked.facts, translator), when)
        if tier.rule.minimum_points is not None:
            terms: dict[int, int] = {}
            least = hundredths(tier.rule.minimum_points) + setting.margin
            for each in credits_.values():
                least -= each.constant
                terms |= each.terms
            program.demand(terms, least, when)
    if switches:
        program.demand(switches, 1)


def _credits(asked: Question, setting: Setting, translator: Translator) -> dict[str, Credit]:
    if all(tier.rule.minimum_points is None for tier in asked.tiers):
        return {}
    judged = {rule.id: rule for rule in asked.verdict.items}
    by_item = {lever.item.id: lever for lever in asked.levers.values() if isinstance(lever, LevelLever)}
    found: dict[str, Credit] = {}
    for item in asked.programme.scored_items():
        credited = partial(
            credit,
            item,
            judged[item.id],
            translator,
            setting.levels,
            by_item.get(item.id),
            asked.assessment.year,
        )
        found[item.id] = translator.eased(credited, Credit(hundredths(item.maximum)))
    return found


def _to_keep_still(
    error: NotLinearError, variables: LeverVariables, asked: Question, still: frozenset[Field]
) -> frozenset[Field]:
    """The side of a product with fewer levers, figures that are known before such that are 未填."""
    owners = _owners(variables)
    sides = [frozenset(owners[number] for number in side if number in owners) for side in error.choices]
    sides = [side - still for side in sides if side - still]

    def weight(side: frozenset[Field]) -> tuple[int, int]:
        unknown = sum(1 for place in side if not _is_known(asked.levers[place]))
        return unknown, len(side)

    return min(sides, key=weight) if sides else frozenset(asked.levers) - still


def _is_known(lever: Lever) -> bool:
    return lever.known if isinstance(lever, FigureLever | RosterLever) else True


def _owners(variables: LeverVariables) -> dict[int, Field]:
    """The lever of every variable that can stand in a formula."""
    found: dict[int, Field] = {}
    for place, numbers in variables.up_down.items():
        found |= dict.fromkeys((number for number in numbers if number is not None), place)
    for place, rows in variables.rows.items():
        found |= dict.fromkeys(rows, place)
        found |= dict.fromkeys(variables.amounts[place].values(), place)
    return found


def cheapest_unit(asked: Question) -> Fraction:
    """The multiplier the school set lowest, 1 where it set none: costs are measured against it."""
    set_costs: Iterable[Fraction] = (Fraction(cost) for cost in asked.terms.costs.values() if cost > 0)
    return min((Fraction(1), *set_costs))
