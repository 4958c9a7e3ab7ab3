"""The second look at a forms folder, once it reads without a mistake: what reads well and cannot be meant.

Only ``forms check`` takes it: a window that opens a pack does not wait for it.
"""

from collections.abc import Iterable, Mapping, Sequence

from chuyi_desktop.domain.problem import Problem
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.packs.audit import audit
from chuyi_desktop.packs.catalogue import Catalogue
from chuyi_desktop.packs.files import PackFiles
from chuyi_desktop.packs.measures import note_rules, note_unit
from chuyi_desktop.packs.models import PackModel
from chuyi_desktop.packs.parts import SharedPart
from chuyi_desktop.packs.source import Source
from chuyi_desktop.packs.spot import Spot
from chuyi_desktop.packs.unused import documents_named, note_idle, note_idle_names

Pack = tuple[Programme, PackModel, PackFiles]


def look_again(
    catalogue: Catalogue,
    sources: Iterable[Source],
    parts: Mapping[str, SharedPart | None],
    packs: Sequence[Pack],
    *,
    whole: bool,
) -> list[Problem]:
    """What is wrong in meaning, and as warnings what smells. ``whole``: every pack of the folder could be
    read, so that what none of them uses is used nowhere."""
    problems: list[Problem] = []
    where = _entries(sources, problems)
    for (kind, key), spot in where.items():
        if kind == "indicators" and key in catalogue.names.indicators:
            note_unit(catalogue.names.indicators[key], catalogue.names, spot)
    for programme, model, files in packs:
        spot = Spot(files, problems)
        audit(programme, model, spot)
        note_rules(programme, model, catalogue.names, spot)
        note_idle(programme, model, spot)
    if whole and packs:
        note_idle_names(catalogue.names, [programme for programme, _, _ in packs], where)
        _note_idle_documents(catalogue, sources, packs, where)
        named = {name for _, model, _ in packs for name in model.parts}
        for name, part in parts.items():
            if part is not None and name not in named:
                Spot(part.source, problems).mild.fault("audit.part_idle", name=name)
    return problems


def _entries(sources: Iterable[Source], problems: list[Problem]) -> dict[tuple[str, str], Spot]:
    """Where each entry of the catalogue stands."""
    found: dict[tuple[str, str], Spot] = {}
    for source in sources:
        data = source.data if isinstance(source.data, dict) else {}
        for kind, entries in data.items():
            for key in entries if isinstance(entries, dict) else ():
                found.setdefault((str(kind), str(key)), Spot(source, problems) / str(kind) / str(key))
    return found


def _note_idle_documents(
    catalogue: Catalogue, sources: Iterable[Source], packs: Sequence[Pack], where: dict[tuple[str, str], Spot]
) -> None:
    named: set[str] = set()
    for source in sources:
        named |= documents_named(source.data)
    for _, _, files in packs:
        for source in files.all_sources:
            named |= documents_named(source.data)
    for key, document in catalogue.documents.items():
        if key not in named and ("documents", key) in where:
            where["documents", key].mild.key_fault("audit.document_idle", id=key, title=document.title)
