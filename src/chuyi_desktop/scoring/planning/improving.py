"""The cheapest improvements that reach a tier, several different ones, each judged by the engine."""

from dataclasses import replace
from decimal import Decimal

from chuyi_desktop.domain.assessment import Assessment, Field
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.planning.applying import changes, cost_of
from chuyi_desktop.scoring.planning.describing import names, steps, told_cost
from chuyi_desktop.scoring.planning.found import Found
from chuyi_desktop.scoring.planning.improvement import Improvement, Improvements, Terms
from chuyi_desktop.scoring.planning.integer_program import Solver, Watch
from chuyi_desktop.scoring.planning.levers import FigureLever, Lever
from chuyi_desktop.scoring.planning.new_rows import RosterLever
from chuyi_desktop.scoring.planning.reached import reaches
from chuyi_desktop.scoring.planning.reasons import missing_context, reasons
from chuyi_desktop.scoring.planning.search import Search
from chuyi_desktop.scoring.planning.tier_program import Question, question
from chuyi_desktop.scoring.verdicts import assess

_BRANCHES = 4
"""Levers of a plan, the dearest first, without which another one is looked for."""

_FIRST_SHARE = 0.6
"""How much of the time the search for the cheapest may take where others are looked for too."""


def improve(
    programme: Programme, assessment: Assessment, terms: Terms, solver: Solver, watch: Watch
) -> Improvements:
    """Improvements for ``terms``, cheapest first. Each is re-scored: what it promises, the engine says.

    Nothing is done for a school whose tier is reached; where it is decided by something 未填 that no plan can
    set (what kind of school it is), the answer says what to fill in first. Raises CancelledError where
    ``watch`` does.
    """
    facts = SchoolFacts(programme, assessment)
    verdict = assess(programme, assessment)
    asked = question(programme, assessment, facts, verdict, terms)
    if reaches(programme, terms.tier, verdict):
        return _reached(asked)
    unfilled = missing_context(asked)
    if unfilled:
        said = say("plan.none.context", {"names": "、".join(unfilled), "tier": terms.tier.name})
        return Improvements(terms.tier, (), (said,))
    search = Search(asked, solver, watch)
    watch.at(0, terms.plans)
    share = _FIRST_SHARE if terms.plans > 1 else 1
    first = search.cheapest(frozenset(), watch.seconds_left() * share)
    if not isinstance(first, Found):
        why = reasons(asked, solver, watch, stopped=first.stopped, proved=first.proved)
        return Improvements(terms.tier, (), why)
    found = _different(asked, search, first, watch)
    plans = tuple(_improvement(asked, each) for each in found)
    return Improvements(terms.tier, plans, notes=_notes(asked, terms, len(plans), watch))


def _reached(asked: Question) -> Improvements:
    tier = asked.verdict.tier or asked.terms.tier
    plan = Improvement(
        (), Decimal(0), tier, optimal=True, gap=Decimal(0), verdict=asked.verdict, changes=(), new_findings=()
    )
    said = say("plan.reached", {"tier": tier.name})
    return Improvements(asked.terms.tier, (plan,), notes=(said,), reached=True)


def _different(asked: Question, search: Search, first: Found, watch: Watch) -> list[Found]:
    """The cheapest, then the cheapest that do without one of the levers of those before: each plan lacks a
    lever that every earlier one moves, or moves others."""
    found, pool = [first], [(frozenset[Field](), first)]
    candidates: dict[frozenset[Field], tuple[frozenset[Field], Found]] = {}
    tried: set[frozenset[Field]] = {frozenset()}
    while len(found) < asked.terms.plans:
        still, latest = pool[-1]
        for place in _dearest(asked, latest):
            without = still | {place}
            if without in tried or watch.seconds_left() <= 0:
                continue
            tried.add(without)
            share = (asked.terms.plans - len(found)) * _BRANCHES
            other = search.cheapest(without, max(0.5, watch.seconds_left() / share * 2))
            if isinstance(other, Found):
                candidates.setdefault(other.moves.moved, (without, other))
        known = [each.moves.moved for each in found]
        # One that moves all the levers of an earlier plan and more is no other way, only a longer one.
        fresh = [
            (moved, pair)
            for moved, pair in candidates.items()
            if not any(before <= moved for before in known)
        ]
        if not fresh:
            break
        moved, pair = min(fresh, key=lambda one: one[1][1].cost)
        del candidates[moved]
        pool.append(pair)
        found.append(pair[1])
        watch.at(len(found), asked.terms.plans)
    return sorted(found, key=lambda each: each.cost)


def _dearest(asked: Question, found: Found) -> list[Field]:
    """The levers that cost most in a plan; not those that a limit of the school's moves in any case."""
    order = {place: at for at, place in enumerate(asked.levers)}
    costs = {
        place: cost_of(place, found.moves, asked.levers[place])
        for place in found.moves.moved
        if not _must_move(asked.levers[place])
    }
    return sorted(costs, key=lambda place: (-costs[place], order[place]))[:_BRANCHES]


def _must_move(lever: Lever) -> bool:
    if isinstance(lever, RosterLever):
        return lever.least > 0
    if not isinstance(lever, FigureLever) or not lever.known:
        return False
    return lever.start < lever.lower or (lever.upper is not None and lever.start > lever.upper)


def _improvement(asked: Question, found: Found) -> Improvement:
    """``found`` as it is shown, from the verdict the engine gave on it."""
    made = changes(found.moves, asked.levers, asked.assessment)
    verdict = found.verdict
    before = {finding.check.id for finding in asked.verdict.findings}
    gap: Decimal | None = Decimal(0)
    if not found.proved:
        share = None if found.bound is None else (found.cost - found.bound) / found.cost
        gap = None if share is None else told_cost(share)
    return Improvement(
        steps=steps(asked, found.moves, _may_rise(asked, found)),
        cost=told_cost(found.cost),
        tier=verdict.tier or asked.terms.tier,
        optimal=found.proved,
        gap=gap,
        verdict=verdict,
        changes=made,
        new_findings=tuple(finding for finding in verdict.findings if finding.check.id not in before),
    )


def _may_rise(asked: Question, found: Found) -> frozenset[Field]:
    """Assumed figures that may turn out a tenth higher and the tier still be reached."""
    rising: set[Field] = set()
    for place, value in found.moves.figures.items():
        lever = asked.levers[place]
        if not isinstance(lever, FigureLever) or lever.known:
            continue
        higher = value + max(1, value // 10)
        if lever.upper is not None:
            higher = min(higher, lever.upper)
        moves = replace(found.moves, figures={**found.moves.figures, place: higher})
        made = changes(moves, asked.levers, asked.assessment)
        verdict = assess(asked.programme, asked.assessment.after(made))
        if reaches(asked.programme, asked.terms.tier, verdict):
            rising.add(place)
    return frozenset(rising)


def _notes(asked: Question, terms: Terms, count: int, watch: Watch) -> tuple[str, ...]:
    notes: list[str] = []
    if watch.seconds_left() <= 0:
        notes.append(say("plan.note.time"))
    elif count < terms.plans:
        notes.append(say("plan.note.fewer", {"count": count}))
    unfilled = _unfilled_items(asked)
    if unfilled:
        notes.append(say("plan.note.unfilled", {"names": "、".join(unfilled)}))
    return tuple(notes)


def _unfilled_items(asked: Question) -> tuple[str, ...]:
    """What is 未填 and earns nothing until it is filled in, as no plan may set it."""
    found: dict[str, None] = {}
    for rule in asked.verdict.items:
        if isinstance(rule.value, Missing):
            for one in rule.value.fields:
                indicator = asked.programme.indicators.get(one)
                if indicator is not None and not indicator.kind.is_number:
                    found[one] = None
    return tuple(names(asked, tuple(found)))
