"""Ids are said once: evidence, answers and explanations are kept under them for years."""

from collections.abc import Iterable, Iterator, Sequence

from chuyi_desktop.domain.programme import Check, ConditionGroup
from chuyi_desktop.packs.catalogue import Catalogue
from chuyi_desktop.packs.desk import note_repeated
from chuyi_desktop.packs.models import ConditionModel, PackModel
from chuyi_desktop.packs.spot import Spot


def note_ids(
    model: PackModel,
    spot: Spot,
    catalogue: Catalogue,
    groups: Sequence[ConditionGroup],
    checks: Sequence[Check],
) -> None:
    """Note ids said twice in the pack, or in it and in the ``groups`` and ``checks`` it includes."""
    include = spot / "include"
    note_repeated(_ids(model.sections, spot / "sections"))
    note_repeated([*((group.id, include) for group in groups), *_ids(model.conditions, spot / "conditions")])
    note_repeated([*((check.id, include) for check in checks), *_ids(model.checks, spot / "checks")])
    rules = list(_rules(model, spot))
    note_repeated([*((each.id, include) for group in groups for each in group.with_options()), *rules])
    for key, here in rules:
        if key in catalogue.names.indicators:
            here.fault("packs.rule_as_indicator", id=key)


def _ids(models: Iterable[object], spot: Spot) -> Iterator[tuple[str, Spot]]:
    for index, model in enumerate(models):
        yield str(getattr(model, "id", "")), spot / index / "id"


def _rules(model: PackModel, spot: Spot) -> Iterator[tuple[str, Spot]]:
    """Conditions, their options, and scored items, with where their ids stand."""
    for index, group in enumerate(model.conditions):
        yield from _conditions(group.conditions, spot / "conditions" / index / "conditions")
    if model.scoring is not None:
        for index, section in enumerate(model.scoring.sections):
            yield from _ids(section.items, spot / "scoring" / "sections" / index / "items")


def _conditions(models: Sequence[ConditionModel], spot: Spot) -> Iterator[tuple[str, Spot]]:
    for index, model in enumerate(models):
        yield model.id, spot / index / "id"
        if model.at_least_of is not None:
            yield from _conditions(model.at_least_of.options, spot / index / "at_least_of" / "options")
