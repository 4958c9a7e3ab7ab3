"""Scored items judged: their points, how they came about, and what full points would take."""

from collections.abc import Callable
from decimal import Decimal

from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.programme import Bands, Linear, Rubric, ScoredItem, ScoredSection
from chuyi_desktop.domain.told import Later, revised
from chuyi_desktop.domain.values import Maybe, Missing
from chuyi_desktop.domain.verdict import Award, Input, Outcome, RuleKind, RuleOutcome, SectionScore
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.derivation import COMMA, Derivation, derivation
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.points import band_points, best_band, bounded, linear_points, top_band
from chuyi_desktop.scoring.reading import said_number, shown
from chuyi_desktop.scoring.thresholds import gap, signed, step_digits


def score_item(item: ScoredItem, section: ScoredSection, facts: SchoolFacts) -> RuleOutcome:
    """The points of one item, with the whole way to them."""
    match item.method:
        case Bands() as bands:
            return _by_bands(bands, item, section, facts)
        case Linear() as linear:
            return _by_share(linear, item, section, facts)
        case Rubric() as rubric:
            return _by_level(rubric, item, section, facts)


def score_section(section: ScoredSection, items: tuple[RuleOutcome, ...]) -> SectionScore:
    """The points of a section, from its judged items."""
    points = sum((item.points for item in items if item.points is not None), Decimal(0))
    still_open = sum((item.maximum or Decimal(0) for item in items if item.points is None), Decimal(0))
    return SectionScore(section.id, section.title, points, still_open, section.maximum)


def _by_bands(bands: Bands, item: ScoredItem, section: ScoredSection, facts: SchoolFacts) -> RuleOutcome:
    found = derivation(bands.subject, facts)
    comparison = Comparison.AT_LEAST if bands.rising else Comparison.AT_MOST
    top = top_band(bands)
    value = found.value
    points = band_points(bands, value, item) if isinstance(value, Decimal) else None

    def award() -> Award | None:
        if not isinstance(value, Decimal):
            return None
        band = best_band(bands, value)
        if band is None:
            return Award(say("scoring.band.none"))
        reached = signed(comparison, band.bound, found.field)
        return Award(say("scoring.band.reached", {"band": reached}), bound=band.bound)

    judged = _item(item, section, facts, RuleKind.BANDS, points, value)
    return _measured(judged, found, comparison, None if top is None else top.bound, award)


def _by_share(linear: Linear, item: ScoredItem, section: ScoredSection, facts: SchoolFacts) -> RuleOutcome:
    found = derivation(linear.subject, facts)
    comparison = Comparison.AT_LEAST if linear.full_at >= linear.zero_at else Comparison.AT_MOST
    points = linear_points(linear, found.value, item) if isinstance(found.value, Decimal) else None

    def award() -> Award | None:
        if points is None:
            return None
        ends = {
            "zero": said_number(linear.zero_at, found.field),
            "full": said_number(linear.full_at, found.field),
        }
        return Award(say("scoring.linear", ends), zero_at=linear.zero_at, full_at=linear.full_at)

    judged = _item(item, section, facts, RuleKind.LINEAR, points, found.value)
    return _measured(judged, found, comparison, linear.full_at, award)


def _measured(
    judged: RuleOutcome,
    found: Derivation,
    comparison: Comparison,
    full_at: Decimal | None,
    award: Callable[[], Award | None],
) -> RuleOutcome:
    """``judged`` with the number it rests on; its threshold is where full points begin."""
    distance = None
    if judged.outcome is Outcome.UNMET:
        distance = gap(found.value, full_at, comparison, step_digits(found.field))

    def explained() -> str:
        given = award()
        said = [found.trace.reading, "" if given is None else given.words]
        return COMMA.join(part for part in [*said, _result(judged, found.why_missing)] if part)

    def standard() -> str:
        return "" if full_at is None else signed(comparison, full_at, found.field)

    return revised(
        judged,
        explanation=Later(explained),
        shown=Later(lambda: found.shown),
        unit=found.unit,
        comparison=None if full_at is None else comparison,
        threshold=full_at,
        shown_threshold=Later(standard),
        gap=distance,
        trace=Later(lambda: found.trace),
        award=Later(award),
    )


def _by_level(rubric: Rubric, item: ScoredItem, section: ScoredSection, facts: SchoolFacts) -> RuleOutcome:
    rating = facts.assessment.rating(item.id)
    level_id = None if rating is None else rating.level_id
    chosen = next((level for level in rubric.levels if level.id == level_id), None)
    if rating is None or chosen is None:
        # No level chosen, or one that this version of the pack does not have.
        judged = _item(item, section, facts, RuleKind.RUBRIC, None, Missing(fields=(item.id,)))
        return revised(judged, explanation=Later(lambda: _result(judged, say("scoring.level.why"))))
    judged = _item(item, section, facts, RuleKind.RUBRIC, bounded(chosen.points, item), chosen.id)
    proofs = facts.proofs(item.id)
    level, origin = chosen, rating.origin

    def way() -> str:
        code = "scoring.level.proved" if proofs else "scoring.level.unproved"
        return say(code, {"level": level.title, "count": proofs})

    return revised(
        judged,
        explanation=Later(lambda: COMMA.join([way(), _result(judged, "")])),
        shown=level.title,
        answer=Input(item.id, item.title, facts.year, level.id, level.title, origin),
        proofs=proofs,
        award=Later(lambda: Award(way(), level=level.id)),
    )


def _item(
    item: ScoredItem,
    section: ScoredSection,
    facts: SchoolFacts,
    kind: RuleKind,
    points: Decimal | None,
    value: Maybe,
) -> RuleOutcome:
    outcome = Outcome.MET if points == item.maximum else Outcome.UNMET
    return RuleOutcome(
        id=item.id,
        title=item.title,
        kind=kind,
        programme_id=facts.programme.id,
        group=section.id,
        outcome=Outcome.MISSING if points is None else outcome,
        provenance=item.provenance,
        explanation="",
        value=value,
        shown=Later(lambda: shown(value, None)),
        points=points,
        maximum=item.maximum,
    )


def _result(judged: RuleOutcome, why: str) -> str:
    maximum = grouped(judged.maximum or Decimal(0))
    if judged.points is None:
        return say("scoring.points.open", {"why": why, "maximum": maximum})
    return say("scoring.points", {"points": grouped(judged.points), "maximum": maximum})
