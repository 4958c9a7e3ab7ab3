"""Entries of a workbook that the catalogue does not have, or has otherwise, put into its files."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pydantic import BaseModel, ValidationError

from chuyi_desktop.domain.formula import FormulaError, parse, write
from chuyi_desktop.packs.models import IndicatorModel, TableModel
from chuyi_desktop.packs.sheet_words import Entry
from chuyi_desktop.packs.source import Source
from chuyi_desktop.packs.yaml_writing import file_text, yaml_text

_MODELS: Mapping[str, type[BaseModel]] = {"indicators": IndicatorModel, "tables": TableModel}
SCHEMA = "catalogue.schema.json"

Changes = dict[str, dict[str, Entry]]
"""Entries by kind (indicators, tables) and id."""


def changes(wanted: Changes, known: Changes) -> Changes:
    """The wanted entries that are new or say something else than the known ones."""
    return {
        kind: {
            key: entry
            for key, entry in entries.items()
            if key not in known[kind] or not _same(kind, entry, known[kind][key])
        }
        for kind, entries in wanted.items()
    }


def _same(kind: str, one: Entry, other: Entry) -> bool:
    return _plain(one) == _plain(other) or _meaning(kind, one) == _meaning(kind, other) is not None


def _plain(value: object) -> object:
    """Without what is left empty, formulas as they are parsed."""
    if isinstance(value, Mapping):
        return {
            key: _formula(entry) if key == "formula" else _plain(entry)
            for key, entry in value.items()
            if entry is not None
        }
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _formula(text: object) -> object:
    try:
        return write(parse(str(text)))
    except FormulaError:
        return text


def _meaning(kind: str, entry: Entry) -> object:
    try:
        found = _MODELS[kind].model_validate(dict(entry)).model_dump()
    except ValidationError:
        return None
    return _plain(found)


def changed_files(new: Changes, sources: Sequence[Source], fresh_file: str) -> dict[str, str]:
    """The texts of the catalogue's files that change: an entry is put where it stood, a new one into
    ``fresh_file``."""
    texts: dict[str, str] = {}
    left = {kind: dict(entries) for kind, entries in new.items()}
    for source in sources:
        text = source.text
        data = source.data if isinstance(source.data, dict) else {}
        for kind, entries in left.items():
            own = data.get(kind)
            here = [key for key in entries if isinstance(own, dict) and key in own]
            for key in here:
                text = _replaced(Source(source.file, text, data), kind, key, entries.pop(key))
        if text != source.text:
            texts[source.file] = text
    rest = {kind: entries for kind, entries in left.items() if entries}
    if rest:
        texts[fresh_file] = _added(rest, texts.get(fresh_file), sources, fresh_file)
    return texts


def _replaced(source: Source, kind: str, key: str, entry: Entry) -> str:
    """The text of a file with one entry put in the place of the one of the same id; whatever else stands
    there, comments too, stays as it is."""
    keys = source.positions.keys
    line = keys[kind, key][0]
    # The beginnings of all sections and of the entries of this one.
    others = [at[0] for steps, at in keys.items() if not steps[1:] or (steps[0] == kind and not steps[2:])]
    lines = source.text.split("\n")
    if others.count(line) > 1:
        data = dict(source.data) if isinstance(source.data, dict) else {}
        data[kind] = {**data[kind], key: entry}
        return file_text(data, SCHEMA)
    end = min((other for other in others if other > line), default=len(lines) + 1) - 1
    while end > line and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    indent = " " * (keys[kind, key][1] - 1)
    block = [
        f"{indent}{one}" if one else one for one in yaml_text({key: dict(entry)}).rstrip("\n").split("\n")
    ]
    return "\n".join([*lines[: line - 1], *block, *lines[end:]])


def _added(rest: Changes, text: str | None, sources: Sequence[Source], file: str) -> str:
    """The file of new entries, with those it already has."""
    data: dict[str, dict[str, object]] = {}
    old = next((source for source in sources if source.file == file), None)
    if old is not None and isinstance(old.data, dict):
        data = {kind: dict(entries) for kind, entries in old.data.items() if isinstance(entries, dict)}
    del text
    for kind, entries in rest.items():
        data.setdefault(kind, {}).update(entries)
    return file_text(data, SCHEMA)
