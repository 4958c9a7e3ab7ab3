"""Scored items judged: their points, how they came about, and what full points would take."""

from dataclasses import replace
from decimal import Decimal

from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.programme import Bands, Linear, Rubric, ScoredItem, ScoredSection
from chuyi_desktop.domain.values import Maybe, Missing
from chuyi_desktop.domain.verdict import Outcome, RuleKind, RuleOutcome, SectionScore
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
    points, way = None, ""
    if isinstance(found.value, Decimal):
        points = band_points(bands, found.value, item)
        band = best_band(bands, found.value)
        way = (
            say("scoring.band.none")
            if band is None
            else say("scoring.band.reached", {"band": signed(comparison, band.bound, found.field)})
        )
    judged = _item(item, section, facts, RuleKind.BANDS, points, found.value)
    return _measured(judged, found, comparison, None if top is None else top.bound, way)


def _by_share(linear: Linear, item: ScoredItem, section: ScoredSection, facts: SchoolFacts) -> RuleOutcome:
    found = derivation(linear.subject, facts)
    comparison = Comparison.AT_LEAST if linear.full_at >= linear.zero_at else Comparison.AT_MOST
    points, way = None, ""
    if isinstance(found.value, Decimal):
        points = linear_points(linear, found.value, item)
        ends = {
            "zero": said_number(linear.zero_at, found.field),
            "full": said_number(linear.full_at, found.field),
        }
        way = say("scoring.linear", ends)
    judged = _item(item, section, facts, RuleKind.LINEAR, points, found.value)
    return _measured(judged, found, comparison, linear.full_at, way)


def _measured(
    judged: RuleOutcome, found: Derivation, comparison: Comparison, full_at: Decimal | None, way: str
) -> RuleOutcome:
    """``judged`` with the number it rests on; its threshold is where full points begin."""
    distance = None
    if judged.outcome is Outcome.UNMET:
        distance = gap(found.value, full_at, comparison, step_digits(found.field))
    said = [found.trace.reading, way, _result(judged, found.why_missing)]
    return replace(
        judged,
        explanation=COMMA.join(part for part in said if part),
        shown=found.shown,
        unit=found.unit,
        comparison=None if full_at is None else comparison,
        threshold=full_at,
        shown_threshold="" if full_at is None else signed(comparison, full_at, found.field),
        gap=distance,
        trace=found.trace,
    )


def _by_level(rubric: Rubric, item: ScoredItem, section: ScoredSection, facts: SchoolFacts) -> RuleOutcome:
    rating = facts.assessment.rating(item.id)
    level_id = None if rating is None else rating.level_id
    chosen = next((level for level in rubric.levels if level.id == level_id), None)
    if chosen is None:
        # No level chosen, or one that this version of the pack does not have.
        judged = _item(item, section, facts, RuleKind.RUBRIC, None, Missing(fields=(item.id,)))
        return replace(judged, explanation=_result(judged, say("scoring.level.why")))
    points = bounded(chosen.points, item)
    judged = _item(item, section, facts, RuleKind.RUBRIC, points, chosen.id)
    proofs = len(facts.assessment.evidence(item.id))
    code = "scoring.level.proved" if proofs else "scoring.level.unproved"
    said = [say(code, {"level": chosen.title, "count": proofs}), _result(judged, "")]
    return replace(judged, explanation=COMMA.join(said), shown=chosen.title)


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
        shown=shown(value, None),
        points=points,
        maximum=item.maximum,
    )


def _result(judged: RuleOutcome, why: str) -> str:
    maximum = grouped(judged.maximum or Decimal(0))
    if judged.points is None:
        return say("scoring.points.open", {"why": why, "maximum": maximum})
    return say("scoring.points", {"points": grouped(judged.points), "maximum": maximum})
