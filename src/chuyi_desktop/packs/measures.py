"""Holds the dimensions of formulas against each other, and against the units that indicators state."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from chuyi_desktop.domain.formula import Expression
from chuyi_desktop.domain.formula.references import parts
from chuyi_desktop.domain.formula.tree import Aggregate, Name
from chuyi_desktop.domain.indicator import Column, Indicator, Table
from chuyi_desktop.domain.programme import Programme, Threshold
from chuyi_desktop.domain.values import canonical
from chuyi_desktop.packs.dimensions import Clash, Dimension, Dimensions, misfit, told
from chuyi_desktop.packs.formulas import Names
from chuyi_desktop.packs.models import ConditionModel, PackModel
from chuyi_desktop.packs.spot import Spot


def note_unit(indicator: Indicator, names: Names, spot: Spot) -> None:
    """Note where a derived indicator's formula, at ``spot``, does not give what its unit says."""
    if indicator.formula is None:
        return
    found = note_sides(indicator.formula, names, spot / "formula")
    clash = None if found is None else misfit(found, indicator.unit)
    if clash is None:
        return
    if clash.times is not None:
        (spot / "formula").fault("audit.scale", unit=indicator.unit, times=_times(clash))
    elif indicator.unit:
        (spot / "unit").fault("audit.dimension", unit=indicator.unit, found=told(clash.left))
    else:
        spot.mild.fault("audit.no_unit", found=told(clash.left))


def note_sides(tree: Expression, names: Names, spot: Spot, row_of: Table | None = None) -> Dimension | None:
    """Note where sides of a formula do not measure the same; what the whole measures."""
    clashes: list[Clash] = []
    columns: Mapping[str, Column] = {} if row_of is None else row_of.by_id
    found = Dimensions({**names.indicators, **columns}, names.tables, clashes).of(tree)
    for clash in clashes:
        at = max(_at(clash.tree), 1)
        if clash.times is None:
            spot.text_fault(at, "audit.sides", left=told(clash.left), right=told(clash.right))
        else:
            spot.text_fault(at, "audit.sides_scale", times=_times(clash))
    return found


def note_rules(programme: Programme, model: PackModel, names: Names, spot: Spot) -> None:
    """The same for every formula that the pack itself writes."""
    for tree, here in _written(programme, model, spot):
        note_sides(tree, names, here)
    checks = {check.id: check for check in programme.checks}
    for index, written in enumerate(model.checks):
        check = checks[written.id]
        if check.holds is not None:
            note_sides(check.holds, names, spot / "checks" / index / "holds", names.tables.get(check.table))


def _written(programme: Programme, model: PackModel, spot: Spot) -> Iterator[tuple[Expression, Spot]]:
    rules = {condition.id: condition for condition in programme.conditions()}
    for index, group in enumerate(model.conditions):
        for condition, here in _conditions(group.conditions, spot / "conditions" / index / "conditions"):
            rule = rules[condition.id].rule
            if isinstance(rule, Threshold):
                yield rule.subject, here / "threshold" / "subject"
            elif condition.requires is not None:
                yield rule.holds, here / "requires"  # type: ignore[union-attr]  # what `requires` is read to
    items = {item.id: item for item in programme.scored_items()}
    for number, section in enumerate([] if model.scoring is None else model.scoring.sections):
        for index, item in enumerate(section.items):
            subject = getattr(items[item.id].method, "subject", None)
            method = "bands" if item.bands is not None else "linear"
            if subject is not None:
                here = spot / "scoring" / "sections" / number / "items" / index
                yield subject, here / method / "subject"


def _conditions(models: list[ConditionModel], spot: Spot) -> Iterator[tuple[ConditionModel, Spot]]:
    for index, model in enumerate(models):
        yield model, spot / index
        if model.at_least_of is not None:
            yield from _conditions(model.at_least_of.options, spot / index / "at_least_of" / "options")


def _times(clash: Clash) -> str:
    found = clash.times or Fraction(1)
    times = max(found, 1 / found)
    return canonical(round(Decimal(times.numerator) / Decimal(times.denominator), 2))


def _at(tree: Expression) -> int:
    """Where a part of a formula begins: at its first name; 0 where it has none."""
    if isinstance(tree, Name | Aggregate):
        return tree.at
    return next((at for part in parts(tree) if (at := _at(part))), 0)
