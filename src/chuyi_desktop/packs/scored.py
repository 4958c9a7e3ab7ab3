"""Scored sections of a pack: methods, and that points add up at every level."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from chuyi_desktop.domain.programme import (
    Band,
    Bands,
    Level,
    Linear,
    Method,
    Rubric,
    ScoredItem,
    ScoredSection,
)
from chuyi_desktop.domain.values import canonical
from chuyi_desktop.packs.desk import Desk, note_repeated
from chuyi_desktop.packs.formulas import NUMBER
from chuyi_desktop.packs.models import (
    BandsModel,
    LinearModel,
    RubricModel,
    ScoredItemModel,
    ScoredSectionModel,
    ScoringModel,
)
from chuyi_desktop.packs.nearest import listed
from chuyi_desktop.packs.spot import Spot

_METHODS = ("bands", "linear", "rubric")


def read_scoring(model: ScoringModel | None, spot: Spot, desk: Desk) -> tuple[ScoredSection, ...]:
    """The scored sections, with their mistakes noted; none where nothing is scored."""
    if model is None:
        return ()
    here = spot / "scoring"
    sections = tuple(
        _section(section, here / "sections" / index, desk) for index, section in enumerate(model.sections)
    )
    _note_sum(model.points, [section.points for section in model.sections], here / "points")
    return sections


def _note_sum(stated: Decimal, parts: Sequence[Decimal], spot: Spot) -> None:
    total = sum(parts, Decimal(0))
    if stated != total:
        spot.fault("packs.sum", stated=canonical(stated), total=canonical(total))


def _section(model: ScoredSectionModel, spot: Spot, desk: Desk) -> ScoredSection:
    items = tuple(_item(item, spot / "items" / index, desk) for index, item in enumerate(model.items))
    _note_sum(model.points, [item.points for item in model.items], spot / "points")
    return ScoredSection(model.id, model.title, items)


def _item(model: ScoredItemModel, spot: Spot, desk: Desk) -> ScoredItem:
    if model.points <= 0:
        (spot / "points").fault("packs.positive")
    return ScoredItem(
        id=model.id,
        title=model.title,
        maximum=model.points,
        method=_method(model, spot, desk),
        provenance=desk.sources.of(model.source, spot),
        note=model.note or "",
        evidence=model.evidence or "",
    )


def _method(model: ScoredItemModel, spot: Spot, desk: Desk) -> Method:
    given = [key for key in _METHODS if getattr(model, key) is not None]
    if len(given) != 1:
        spot.fault("packs.one_method", id=model.id, keys=listed(_METHODS), found=listed(given) or "—")
    if model.bands is not None:
        return _bands(model.bands, model.points, spot / "bands", desk)
    if model.linear is not None:
        return _linear(model.linear, spot / "linear", desk)
    return _rubric(model.rubric, model.points, spot / "rubric")


def _bands(model: BandsModel, maximum: Decimal, spot: Spot, desk: Desk) -> Bands:
    subject = desk.formula(model.subject, spot / "subject", NUMBER)
    _note_falling([step.points for step in model.steps], maximum, spot / "steps")
    for index, (one, next_one) in enumerate(pairwise(model.steps), 1):
        in_order = one.bound > next_one.bound if model.rising else one.bound < next_one.bound
        if not in_order:
            code = "packs.bands_falling" if model.rising else "packs.bands_rising"
            (spot / "steps" / index / "bound").fault(code)
    if not 0 <= model.otherwise < model.steps[-1].points:
        (spot / "otherwise").fault("packs.otherwise")
    steps = tuple(Band(step.bound, step.points) for step in model.steps)
    return Bands(subject, steps, model.rising, model.otherwise)


def _linear(model: LinearModel, spot: Spot, desk: Desk) -> Linear:
    if model.zero_at == model.full_at:
        (spot / "full_at").fault("packs.same_ends")
    subject = desk.formula(model.subject, spot / "subject", NUMBER)
    return Linear(subject, model.zero_at, model.full_at)


def _rubric(model: RubricModel | None, maximum: Decimal, spot: Spot) -> Rubric:
    levels = [] if model is None else model.levels
    if levels:
        _note_falling([level.points for level in levels], maximum, spot / "levels")
    note_repeated((level.id, spot / "levels" / index / "id") for index, level in enumerate(levels))
    return Rubric(
        tuple(Level(level.id, level.title, level.points, level.description or "") for level in levels)
    )


def _note_falling(points: Sequence[Decimal], maximum: Decimal, spot: Spot) -> None:
    """Points begin with the item's most and fall from step to step, never below zero."""
    if points[0] != maximum:
        (spot / 0 / "points").fault("packs.best_is_maximum", maximum=canonical(maximum))
    for index in range(1, len(points)):
        if not 0 <= points[index] < points[index - 1]:
            (spot / index / "points").fault("packs.points_falling")
