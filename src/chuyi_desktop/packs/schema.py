"""JSON Schemas of the YAML files, for editors that complete and check while a pack is written."""

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel

from chuyi_desktop.domain.errors import OutputError
from chuyi_desktop.domain.wording import say
from chuyi_desktop.packs.models import (
    CatalogueModel,
    FieldModel,
    PackModel,
    PackPartModel,
    PieceModel,
    SharedPartModel,
)
from chuyi_desktop.packs.plan import PARTS

SCHEMAS: Mapping[str, type[BaseModel]] = {
    "catalogue.schema.json": CatalogueModel,
    "pack.schema.json": PackModel,
    "pack-part.schema.json": PackPartModel,
    "shared-part.schema.json": SharedPartModel,
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_text(name: str) -> str:
    """The schema file ``name``, whole."""
    model = SCHEMAS[name]
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    for title, definition in definitions.items():
        _describe(title, definition)
    _describe(model.__name__, schema)
    if "PartModel" in definitions:
        definitions["PartModel"]["properties"]["kind"]["enum"] = list(PARTS)
    return json.dumps({"$schema": _DIALECT, **schema}, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _describe(model: str, definition: dict[str, object]) -> None:
    """Put the words of the message table in the place of names and docstrings meant for programmers."""
    definition.pop("title", None)
    definition.pop("description", None)
    properties = definition.get("properties")
    if not isinstance(properties, dict):
        return
    definition["description"] = say(f"packs.schema.{model}")
    for key, entry in properties.items():
        entry.pop("title", None)
        if entry.get("type") == "number":
            # Written as text by pydantic, because it is an exact decimal.
            entry.pop("default", None)
        entry["description"] = say(f"packs.schema.{_owner(model, key)}.{key}")


def _owner(model: str, key: str) -> str:
    """Keys that several models share are described once."""
    if model in {"PackModel", "PieceModel"} and key in PieceModel.model_fields:
        return "PackPartModel"
    if model == "PackModel" and key in PackPartModel.model_fields:
        return "PackPartModel"
    if model in {"IndicatorModel", "ColumnModel"} and key in FieldModel.model_fields:
        return "FieldModel"
    return model


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write every schema into ``folder``; the files written."""
    written = []
    for name in SCHEMAS:
        target = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            waiting = target.with_name(f"{name}.part")
            waiting.write_text(schema_text(name), "utf-8", newline="\n")
            waiting.replace(target)
        except OSError as error:
            raise OutputError("packs.schema_unwritable", file=target, reason=error.strerror) from error
        written.append(target)
    return tuple(written)
