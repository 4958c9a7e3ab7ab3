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

_FORM = "chuyi-pack-1"
"""The way of writing down; another way is another name, so that hashes never collide by accident."""


def fingerprint(programme: Programme) -> str:
    """SHA-256 over everything the programme says, shared indicators and included packs resolved; not over
    ``pack_hash`` itself, nor over how the files were written, split or ended their lines."""
    content = _plain(programme)
    if isinstance(content, dict):
        del content["pack_hash"]
    text = json.dumps([_FORM, content], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _plain(value: object) -> object:
    """``value`` as JSON knows it; numbers as exact text, formulas as they are written."""
    if isinstance(value, NODES):
        return write(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return canonical(value)
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value) if item.init}
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    if value is None or isinstance(value, str | bool | int):
        return value
    raise TypeError(type(value).__name__)
