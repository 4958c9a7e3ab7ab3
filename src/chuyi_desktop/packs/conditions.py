"""Condition groups of a pack."""

from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Condition,
    ConditionGroup,
    Requirement,
    Rule,
    Threshold,
    ThresholdCase,
)
from chuyi_desktop.packs.desk import Desk
from chuyi_desktop.packs.formulas import NUMBER, YES_NO
from chuyi_desktop.packs.models import AtLeastOfModel, CaseModel, ConditionModel, GroupModel, ThresholdModel
from chuyi_desktop.packs.nearest import listed
from chuyi_desktop.packs.spot import Spot

_RULES = ("threshold", "requires", "at_least_of", "attested")


def read_groups(models: list[GroupModel], spot: Spot, desk: Desk) -> tuple[ConditionGroup, ...]:
    """The pack's own groups, with their mistakes noted."""
    return tuple(_group(model, spot / "conditions" / index, desk) for index, model in enumerate(models))


def _group(model: GroupModel, spot: Spot, desk: Desk) -> ConditionGroup:
    conditions = tuple(
        _condition(condition, spot / "conditions" / index, desk)
        for index, condition in enumerate(model.conditions)
    )
    return ConditionGroup(model.id, model.title, desk.pack_id, conditions)


def _condition(model: ConditionModel, spot: Spot, desk: Desk) -> Condition:
    applies = None
    if model.applies_when is not None:
        applies = desk.formula(model.applies_when, spot / "applies_when", YES_NO)
    return Condition(
        id=model.id,
        title=model.title,
        rule=_rule(model, spot, desk),
        provenance=desk.sources.of(model.source, spot),
        applies_when=applies,
        note=model.note or "",
        evidence=model.evidence or "",
    )


def _rule(model: ConditionModel, spot: Spot, desk: Desk) -> Rule:
    given = [key for key in _RULES if getattr(model, key) is not None]
    if len(given) != 1:
        spot.fault("packs.one_rule", id=model.id, keys=listed(_RULES), found=listed(given) or "—")
    if model.threshold is not None:
        return _threshold(model.threshold, spot / "threshold", desk)
    if model.requires is not None:
        return Requirement(desk.formula(model.requires, spot / "requires", YES_NO))
    if model.at_least_of is not None:
        return _at_least_of(model.at_least_of, spot / "at_least_of", desk)
    return Attested(model.attested or "")


def _at_least_of(model: AtLeastOfModel, spot: Spot, desk: Desk) -> AtLeastOf:
    if model.count > len(model.options):
        (spot / "count").fault("packs.more_than_options", count=model.count, options=len(model.options))
    options = []
    for index, option in enumerate(model.options):
        here = spot / "options" / index
        if option.at_least_of is not None:
            (here / "at_least_of").key_fault("packs.nested_options", id=option.id)
        options.append(_condition(option, here, desk))
    return AtLeastOf(model.count, tuple(options))


def _threshold(model: ThresholdModel, spot: Spot, desk: Desk) -> Threshold:
    subject = desk.formula(model.subject, spot / "subject", NUMBER)
    if (model.value is None) == (not model.cases):
        spot.fault("packs.value_or_cases")
    if model.value is not None:
        return Threshold(subject, model.comparison, (ThresholdCase(model.value),))
    cases = tuple(_case(case, spot / "cases" / index, desk) for index, case in enumerate(model.cases))
    for index, case in enumerate(cases):
        last = index == len(cases) - 1
        if last and case.when is not None:
            (spot / "cases" / index / "when").key_fault("packs.last_case")
        elif not last and case.when is None:
            (spot / "cases" / index).fault("packs.case_without_when")
    return Threshold(subject, model.comparison, cases)


def _case(model: CaseModel, spot: Spot, desk: Desk) -> ThresholdCase:
    when = None if model.when is None else desk.formula(model.when, spot / "when", YES_NO)
    source = None if model.source is None else desk.sources.read(model.source, spot / "source")
    return ThresholdCase(model.value, when, model.label or "", source)
