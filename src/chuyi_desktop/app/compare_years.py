"""One programme over the years: two years side by side, and the trend of all years that have data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chuyi_desktop.app.begin import demand_year
from chuyi_desktop.app.blank import blank
from chuyi_desktop.app.named import find_named
from chuyi_desktop.app.own_pack import PackState, judging_pack
from chuyi_desktop.app.ports import AssessmentHead
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import Assessment, FieldKind
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring import assess
from chuyi_desktop.scoring.differences import RuleChange, VerdictDifference, difference, paired_rules
from chuyi_desktop.scoring.trends import (
    IndicatorPair,
    IndicatorTrend,
    JudgedYear,
    RuleTrend,
    indicator_pairs,
    indicator_trends,
    rule_trends,
)


@dataclass(frozen=True, slots=True)
class YearComparison:
    """A programme in two years, the earlier first. ``rules`` are all rules of both years, also those that
    came out the same; ``notes`` say how each year was judged, where that is not by its own assessment and
    its own pack."""

    before: JudgedYear
    after: JudgedYear
    indicators: tuple[IndicatorPair, ...]
    rules: tuple[RuleChange, ...]
    difference: VerdictDifference
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """A programme in every year from the first with data to the last; ``notes`` as for YearComparison."""

    years: tuple[JudgedYear, ...]
    indicators: tuple[IndicatorTrend, ...]
    rules: tuple[RuleTrend, ...]
    notes: tuple[str, ...]


def years_with_data(session: Session) -> tuple[int, ...]:
    """The years for which the school has an assessment of the session's programme, or figures or rosters
    that it asks for."""
    programme = session.programme
    asked = {indicator.id for indicator in programme.indicators.values() if not indicator.is_derived}
    years = {head.year for head in _heads(session)}
    for field in session.assessment.fields:
        known = asked if field.kind is FieldKind.VALUE else programme.tables
        if field.year is not None and field.key in known:
            years.add(field.year)
    return tuple(sorted(years))


def compare_years(session: Session, one: int, other: int) -> YearComparison:
    """The session's programme in two years. A year that the school has an assessment of is judged under its
    own pack; another from the school's figures of that year under the session's pack.

    Raises InputError for a year without any data.
    """
    if one == other:
        raise InputError("years.same", year=one)
    with_data = years_with_data(session)
    for year in (one, other):
        demand_year(year)
        if year not in with_data:
            there = "、".join(str(each) for each in with_data)
            raise InputError("years.no_data", year=year, years=there)
    before, after = (_judged(session, year) for year in sorted((one, other)))
    return YearComparison(
        before[0],
        after[0],
        indicator_pairs(before[0], after[0]),
        tuple(paired_rules(before[0].verdict, after[0].verdict)),
        difference(before[0].verdict, after[0].verdict),
        tuple(_notes((before, after))),
    )


def trends(session: Session, names: Sequence[str] = ()) -> Trends:
    """Every indicator and rule, or those of ``names`` (ids or titles), in every year from the first with data
    to the last. Raises InputError for a name that nothing has."""
    with_data = years_with_data(session)
    judged = tuple(_judged(session, year) for year in range(with_data[0], with_data[-1] + 1))
    years = tuple(each for each, _ in judged)
    wanted = [find_named(session.programme, name) for name in names]
    indicators = [each.id for each in wanted if each.kind == "indicator"]
    rules = [each.id for each in wanted if each.kind == "rule"]
    return Trends(
        years,
        indicator_trends(years, indicators) if indicators or not names else (),
        rule_trends(years, rules) if rules or not names else (),
        tuple(_notes(judged)),
    )


_Judged = tuple[JudgedYear, PackState]


def _heads(session: Session) -> tuple[AssessmentHead, ...]:
    wanted = session.head.programme_id
    return tuple(head for head in session.workspace.heads() if head.programme_id == wanted)


def _judged(session: Session, year: int) -> _Judged:
    if year == session.head.year:
        judged = JudgedYear(year, session.programme, session.assessment, session.verdict)
        return judged, session.pack.state
    head = next((head for head in _heads(session) if head.year == year), None)
    if head is None:
        unassessed = _unassessed(session.programme, session.assessment, year)
        verdict = assess(session.programme, unassessed)
        return JudgedYear(year, session.programme, unassessed, verdict, assessed=False), session.pack.state
    pack = judging_pack(session.program.library, session.workspace, head)
    assessment = session.workspace.assessment(head.id)
    return JudgedYear(year, pack.programme, assessment, assess(pack.programme, assessment)), pack.state


def _unassessed(programme: Programme, assessment: Assessment, year: int) -> Assessment:
    """The school's figures as an assessment of ``year`` would have them."""
    shared = {field: content for field, content in assessment.fields.items() if field.year is not None}
    return blank(programme, year, shared)


def _notes(judged: Sequence[_Judged]) -> Iterator[str]:
    unassessed = [each.year for each, _ in judged if not each.assessed]
    if unassessed:
        programme = next(each.programme for each, _ in judged if not each.assessed)
        years = "、".join(str(year) for year in unassessed)
        yield say("years.unassessed", {"years": years, "version": programme.version})
    for each, state in judged:
        if each.assessed and state in {PackState.NOT_KEPT, PackState.KEPT_UNUSABLE}:
            yield say("years.pack_not_kept", {"year": each.year, "version": each.programme.version})
    versions = {each.programme.pack_hash: each.programme.version for each, _ in judged if each.assessed}
    if len(versions) > 1:
        told = "、".join(
            say("years.own_version", {"year": each.year, "version": each.programme.version})
            for each, _ in judged
            if each.assessed
        )
        yield say("years.own_packs", {"told": told})
