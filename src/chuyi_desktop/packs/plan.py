"""The plan of the printed dossier: known parts, each with settings that fit it and name what exists."""

from collections.abc import Iterable, Mapping

from chuyi_desktop.domain.programme import DossierPart
from chuyi_desktop.packs.models import PartModel, SettingsModel
from chuyi_desktop.packs.nearest import hint, listed
from chuyi_desktop.packs.spot import Spot

PARTS: Mapping[str, frozenset[str]] = {
    "cover": frozenset({"fields", "seals", "closing"}),
    "notes": frozenset({"lines"}),
    "commitment": frozenset({"lines"}),
    "contents": frozenset(),
    "profile": frozenset({"indicators", "sections"}),
    "verdict": frozenset(),
    "scores": frozenset(),
    "table": frozenset({"table"}),
    "tables": frozenset({"tables"}),
    "narratives": frozenset({"narratives"}),
    "findings": frozenset(),
    "opinions": frozenset({"levels"}),
    "evidence_list": frozenset(),
    "evidence": frozenset(),
}
"""The kinds of parts, and the settings each takes."""


def read_plan(
    models: list[PartModel], spot: Spot, named: Mapping[str, Iterable[str]]
) -> tuple[DossierPart, ...]:
    """The plan, with its mistakes noted; ``named`` has the ids that settings may refer to, by setting."""
    return tuple(_part(model, spot / "dossier" / index, named) for index, model in enumerate(models))


def _part(model: PartModel, spot: Spot, named: Mapping[str, Iterable[str]]) -> DossierPart:
    settings = _given(model.settings)
    if model.kind not in PARTS:
        (spot / "kind").fault("packs.unknown_part", found=model.kind, hint=hint(model.kind, PARTS))
        return DossierPart(model.kind)
    fitting = PARTS[model.kind]
    for key, value in settings.items():
        here = spot / "settings" / key
        if key not in fitting:
            names = listed(sorted(fitting)) or "—"
            here.key_fault("packs.setting_unfit", key=key, kind=model.kind, names=names)
        elif key in named:
            _note_unknown(value, here, tuple(named[key]))
    if model.kind == "table" and "table" not in settings:
        spot.fault("packs.missing_key", key="settings.table")
    return DossierPart(model.kind, model.title or "", settings)


def _given(model: SettingsModel) -> dict[str, object]:
    return {
        key: value for key in sorted(model.model_fields_set) if (value := getattr(model, key)) is not None
    }


def _note_unknown(value: object, spot: Spot, known: tuple[str, ...]) -> None:
    if isinstance(value, list):
        for index, entry in enumerate(value):
            _note_unknown(str(entry), spot / index, known)
    elif value not in known:
        spot.fault("packs.setting_unknown", found=value, hint=hint(str(value), known))
