"""A pack's files and the catalogue to a programme, resolved, or to everything that is wrong with it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from chuyi_desktop.domain.formula import Expression, references
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.programme import Check, ConditionGroup, Narrative, Programme
from chuyi_desktop.domain.rule_formulas import formulas_of, read_outside_rows
from chuyi_desktop.packs.asking import Asking, read_asking
from chuyi_desktop.packs.catalogue import Catalogue
from chuyi_desktop.packs.check_rules import read_checks
from chuyi_desktop.packs.conditions import read_groups
from chuyi_desktop.packs.desk import Desk, note_repeated
from chuyi_desktop.packs.fingerprint import fingerprint
from chuyi_desktop.packs.ids import note_ids
from chuyi_desktop.packs.models import IncludeModel, NarrativeModel, PackModel
from chuyi_desktop.packs.nearest import hint
from chuyi_desktop.packs.plan import read_plan
from chuyi_desktop.packs.provenances import Sources
from chuyi_desktop.packs.scored import read_scoring
from chuyi_desktop.packs.spot import Spot
from chuyi_desktop.packs.tiers import read_tiers

Included = Callable[[str, Spot], Programme | None]
"""Gives another pack, resolved; None, with its mistake noted at the spot, where it cannot be had."""


def resolve(
    pack_id: str, model: PackModel, spot: Spot, catalogue: Catalogue, included: Included
) -> Programme | None:
    """The programme; None, with every mistake noted, where the pack is faulty."""
    before = len(spot.problems)
    documents = dict(catalogue.documents) | model.documents
    for key in sorted(set(catalogue.documents) & set(model.documents)):
        (spot / "documents" / key).key_fault("packs.defined_twice", id=key, first="catalogue/")
    plain = Sources(documents, faulty=catalogue.faulty_documents)
    provenance = plain.read(model.source, spot / "source")
    asking = read_asking(model.sections, model.tables, spot, catalogue.names)
    desk = Desk(pack_id, asking, plain.read_default(model.default_source, spot / "default_source"))

    others = _include(model.include, spot, asking, included)
    groups = (*others.groups, *read_groups(model.conditions, spot, desk))
    scored = read_scoring(model.scoring, spot, desk)
    checks = (*others.checks, *read_checks(model.checks, spot / "checks", desk))
    narratives = _narratives(model.narratives, spot)
    maximum = sum((section.maximum for section in scored), Decimal(0))
    known = {group.id for group in groups} if others.whole else None
    tiers = read_tiers(model.tiers, known, maximum, spot, desk)
    note_ids(model, spot, catalogue, others.groups, others.checks)

    formulas = [
        *(tree for group in groups for condition in group.with_options() for tree in formulas_of(condition)),
        *(tree for section in scored for item in section.items for tree in formulas_of(item)),
        *(tree for check in checks for tree in read_outside_rows(check, catalogue.names.tables)),
    ]
    indicators = _used(asking, formulas)
    named = {
        "fields": [*indicators, *catalogue.names.faulty],
        "indicators": [*indicators, *catalogue.names.faulty],
        "sections": [section.id for section in asking.sections],
        "table": [*asking.tables, *catalogue.names.faulty],
        "tables": [*asking.tables, *catalogue.names.faulty],
        "narratives": [narrative.id for narrative in narratives],
    }
    plan = read_plan(model.dossier, spot, named)
    if len(spot.problems) > before:
        return None
    programme = Programme(
        id=pack_id,
        name=model.name,
        version=model.version,
        pack_hash="",
        applicant=model.applicant,
        purpose=model.purpose,
        provenance=provenance,
        indicators=indicators,
        tables={key: catalogue.names.tables[key] for key in asking.tables},
        sections=asking.sections,
        condition_groups=groups,
        scored_sections=scored,
        tiers=tiers,
        checks=checks,
        narratives=narratives,
        dossier=plan,
        unknown=tuple(model.unknown),
    )
    return replace(programme, pack_hash=fingerprint(programme, catalogue.written))


@dataclass(frozen=True, slots=True)
class _Others:
    """What comes from other packs; ``whole`` where all of them could be had."""

    groups: list[ConditionGroup]
    checks: list[Check]
    whole: bool


def _include(models: list[IncludeModel], spot: Spot, asking: Asking, included: Included) -> _Others:
    """Groups and checks of other packs, which keep their ids and sources."""
    groups: list[ConditionGroup] = []
    checks: list[Check] = []
    whole = True
    for index, model in enumerate(models):
        here = spot / "include" / index
        other = included(model.pack, here / "pack")
        if other is None:
            whole = False
            continue
        known = {group.id: group for group in other.condition_groups}
        for number, key in enumerate(model.groups):
            if key not in known:
                (here / "groups" / number).fault("packs.unknown_group", found=key, hint=hint(key, known))
        taken = [group for group in other.condition_groups if not model.groups or group.id in model.groups]
        groups += taken
        checks += other.checks if model.checks else ()
        conditions = [condition for group in taken for condition in group.with_options()]
        trees = [tree for condition in conditions for tree in formulas_of(condition)]
        taken_checks = other.checks if model.checks else ()
        trees += [tree for check in taken_checks for tree in read_outside_rows(check, other.tables)]
        _note_unasked(trees, [check.table for check in taken_checks if check.table], asking, here)
    return _Others(groups, checks, whole)


def _note_unasked(trees: Iterable[Expression], rosters: Iterable[str], asking: Asking, spot: Spot) -> None:
    """What included rules rest on and this pack does not ask, each noted once."""
    found = Spot(spot.located, [], spot.steps)
    for tree in trees:
        asking.note_unasked(tree, found)
    for table in rosters:
        asking.note_table_unasked(table, found)
    for problem in found.problems:
        if problem not in spot.problems:
            spot.problems.append(problem)


def _narratives(models: list[NarrativeModel], spot: Spot) -> tuple[Narrative, ...]:
    here = spot / "narratives"
    note_repeated((model.id, here / index / "id") for index, model in enumerate(models))
    for index, model in enumerate(models):
        if model.minimum > model.limit:
            (here / index / "minimum").fault("packs.bounds", least=model.minimum, most=model.limit)
    return tuple(
        Narrative(model.id, model.title, model.prompt or "", model.limit, model.minimum) for model in models
    )


def _used(asking: Asking, formulas: Iterable[Expression]) -> dict[str, Indicator]:
    """The indicators a programme has: those asked, in order, then those its formulas compute with."""
    known = asking.names.indicators
    found = {key: known[key] for key in asking.years}
    open_ids = [reference.id for tree in formulas for reference in references(tree)]
    open_ids += [key for indicator in found.values() for key in _inputs(indicator)]
    while open_ids:
        key = open_ids.pop(0)
        if key not in found and key in known:
            found[key] = known[key]
            open_ids += _inputs(known[key])
    return found


def _inputs(indicator: Indicator) -> list[str]:
    return [] if indicator.formula is None else [one.id for one in references(indicator.formula)]
