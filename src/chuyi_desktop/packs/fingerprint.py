"""The hash of a programme: equal for equal meaning, on every machine."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum

from chuyi_desktop.domain.formula import write
from chuyi_desktop.domain.formula.references import NODES
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.values import canonical

_AS_THEY_ARE = frozenset({str, bool, int, type(None)})
_NODES = frozenset(NODES)
_FORM = "chuyi-pack-1"
"""The way of writing down; another way is another name, so that hashes never collide by accident."""


Written = dict[int, tuple[object, str]]
"""Indicators and rosters as they are written down, by their identity: packs share most of them."""
_SHARED = frozenset({"indicators", "tables"})


def fingerprint(programme: Programme, written: Written | None = None) -> str:
    """SHA-256 over everything the programme says, shared indicators and included packs resolved; not over
    ``pack_hash`` itself, nor over how the files were written, split or ended their lines."""
    known = {} if written is None else written
    content = {name: getattr(programme, name) for name in _fields(Programme) if name != "pack_hash"}
    told = {
        name: _mapping({key: _once(one, known) for key, one in value.items()})
        if name in _SHARED
        else _json(_plain(value))
        for name, value in content.items()
    }
    text = f"[{_json(_FORM)},{_mapping(told)}]"
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _mapping(texts: Mapping[str, str]) -> str:
    """What ``_json`` makes of a mapping whose values it has made something of already."""
    return "{" + ",".join(f"{_json(key)}:{texts[key]}" for key in sorted(texts)) + "}"


def _once(value: object, written: Written) -> str:
    """What is shared, as text. The value itself is kept too, so that its identity stays its own."""
    if id(value) not in written:
        written[id(value)] = (value, _json(_plain(value)))
    return written[id(value)][1]


def _plain(value: object) -> object:
    """``value`` as JSON knows it; numbers as exact text, formulas as they are written."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind in _NODES:
        return write(value)  # type: ignore[arg-type]  # one of the classes of nodes
    if is_dataclass(value):
        return {name: _plain(getattr(value, name)) for name in _fields(kind)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return canonical(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    raise TypeError(kind.__name__)


_FIELDS: dict[type, tuple[str, ...]] = {}


def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass that say what it is, not what follows from them; worked out once a class."""
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(item.name for item in fields(kind) if item.init)
    return _FIELDS[kind]
