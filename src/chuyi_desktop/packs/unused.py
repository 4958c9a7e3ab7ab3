"""What is defined or asked and then used nowhere."""

from collections.abc import Iterable, Mapping

from chuyi_desktop.domain.formula import Expression, tables_used
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.rule_formulas import formulas_of, read_outside_rows
from chuyi_desktop.packs.formulas import Names, years_needed
from chuyi_desktop.packs.models import PackModel, SourceModel
from chuyi_desktop.packs.spot import Spot

_SHOWN = 5
"""Idle entries told one by one of a catalogue file; while its packs are being written there are many."""


def formulas(programme: Programme) -> list[Expression]:
    """Every formula of a programme's rules and checks."""
    found = [tree for condition in programme.conditions() for tree in formulas_of(condition)]
    found += [tree for item in programme.scored_items() for tree in formulas_of(item)]
    return found + [tree for check in programme.checks for tree in read_outside_rows(check, programme.tables)]


def note_idle(programme: Programme, model: PackModel, spot: Spot) -> None:
    """Warn of rosters asked that are neither counted nor printed, and of earlier years nobody looks at."""
    trees = formulas(programme)
    trees += [one.formula for one in programme.indicators.values() if one.formula is not None]
    rosters = {node.table for tree in trees for node in tables_used(tree)}
    years: dict[str, int] = {}
    for tree in trees:
        for key, back in years_needed(tree, programme.indicators)[0].items():
            years[key] = max(back, years.get(key, 0))
    shown = _shown_tables(programme)
    for index, key in enumerate(model.tables):
        if key not in rosters | shown:
            name = programme.tables[key].name
            (spot / "tables" / index).mild.fault("audit.table_asked_idle", id=key, name=name)
    _note_idle_indicators(programme, model, spot, set(years))


def _shown_tables(programme: Programme) -> set[str]:
    shown: set[str] = set()
    for part in programme.dossier:
        if part.kind == "tables":
            shown |= _listed(part.settings.get("tables"), programme.tables)
        elif part.kind == "table":
            shown.add(str(part.settings.get("table")))
    return shown


def _note_idle_indicators(programme: Programme, model: PackModel, spot: Spot, used: set[str]) -> None:
    """Indicators asked that no formula reads and the dossier's profile does not print, where it has one."""
    profiles = [part for part in programme.dossier if part.kind == "profile"]
    if not profiles:
        return
    by_section = {section.id: section for section in programme.sections}
    shown: set[str] = set()
    for part in profiles:
        first = [] if part.settings.get("indicators") else [section.id for section in programme.sections[:1]]
        shown |= _listed(part.settings.get("indicators"), ())
        for key in _listed(part.settings.get("sections"), first):
            shown |= {asked.indicator_id for asked in by_section[key].asked}
    for number, section in enumerate(model.sections):
        for index, key in enumerate(section.indicators):
            indicator = programme.indicators[key]
            if key not in used | shown and not indicator.is_derived:
                here = spot / "sections" / number / "indicators" / index
                here.mild.fault("audit.asked_idle", id=key, name=indicator.name)


def _listed(setting: object, default: Iterable[str]) -> set[str]:
    return {str(each) for each in (setting if isinstance(setting, list | tuple) else default)}


def note_idle_names(
    names: Names, programmes: Iterable[Programme], where: Mapping[tuple[str, str], Spot]
) -> None:
    """Warn of indicators and rosters of the catalogue that no pack has; of many in one file, of the first."""
    used: set[tuple[str, str]] = set()
    for programme in programmes:
        used |= {("indicators", key) for key in programme.indicators}
        used |= {("tables", key) for key in programme.tables}
    idle: dict[str, list[Spot]] = {}
    for (kind, key), spot in where.items():
        known = names.indicators.get(key) if kind == "indicators" else names.tables.get(key)
        if kind == "documents" or known is None or (kind, key) in used:
            continue
        found = idle.setdefault(spot.located.file, [])
        found.append(spot)
        if len(found) <= _SHOWN:
            code = "audit.indicator_idle" if kind == "indicators" else "audit.table_idle"
            spot.mild.key_fault(code, id=key, name=known.name)
    for found in idle.values():
        if len(found) > _SHOWN:
            found[_SHOWN].mild.key_fault("audit.more_idle", count=len(found) - _SHOWN)


def documents_named(data: object) -> set[str]:
    """The documents that sources anywhere in ``data`` refer to."""
    if isinstance(data, list):
        return {key for entry in data for key in documents_named(entry)}
    if not isinstance(data, dict):
        return set()
    found = {key for entry in data.values() for key in documents_named(entry)}
    if "basis" in data and set(data) <= set(SourceModel.model_fields) and data.get("document"):
        found.add(str(data["document"]))
    return found
