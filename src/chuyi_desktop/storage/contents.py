"""Contents of fields as JSON, the way the journal keeps their old and new state, and exact comparison."""

from collections.abc import Callable, Mapping
from datetime import datetime

from chuyi_desktop.domain.assessment import (
    Attestation,
    Content,
    DeclaredEmpty,
    Entry,
    EvidenceLink,
    Explanation,
    Field,
    FieldKind,
    Origin,
    OriginKind,
    Rating,
    Row,
    Text,
)
from chuyi_desktop.storage.values import UnreadableRowError, cells_from_json, cells_to_json, read, written

Json = dict[str, object]

KINDS: Mapping[FieldKind, type[Content]] = {
    FieldKind.VALUE: Entry,
    FieldKind.ROW: Row,
    FieldKind.EMPTY_TABLE: DeclaredEmpty,
    FieldKind.TEXT: Text,
    FieldKind.ATTESTATION: Attestation,
    FieldKind.RATING: Rating,
    FieldKind.EXPLANATION: Explanation,
    FieldKind.EVIDENCE: EvidenceLink,
}
"""What a field of each kind can hold."""


def demand_fit(field: Field, content: Content | None) -> None:
    """Refuse a content that its field cannot hold: a fault of the program, never of the user."""
    shared = field.kind in {FieldKind.VALUE, FieldKind.ROW, FieldKind.EMPTY_TABLE}
    if shared != (field.year is not None):
        raise ValueError(f"year of {field}")
    if content is None:
        return
    if type(content) is not KINDS[field.kind]:
        raise TypeError(f"{type(content).__name__} in {field}")
    item = (
        content.id
        if isinstance(content, Row)
        else content.sha256
        if isinstance(content, EvidenceLink)
        else ""
    )
    if item != field.item:
        raise ValueError(f"{item!r} in {field}")


def same(one: Content | None, other: Content | None) -> bool:
    """Whether two contents are the same, origin apart. Stricter than ``==``: 是 is not the number 1."""
    if one is None or other is None:
        return one is other
    return body(one) == body(other)


def body(content: Content) -> Json:
    """``content`` without its origin."""
    match content:
        case Entry(value, _, note, not_applicable):
            pair = None if value is None else list(written(value))
            return {"value": pair, "note": note, "not_applicable": not_applicable}
        case Row(row_id, position, cells):
            return {"id": row_id, "position": position, "cells": cells_to_json(cells)}
        case DeclaredEmpty():
            return {"declared_empty": True}
        case Text(text):
            return {"text": text}
        case Attestation(holds, note):
            return {"holds": holds, "note": note}
        case Rating(level_id, note):
            return {"level_id": level_id, "note": note}
        case Explanation(text, confirmed):
            return {"text": text, "confirmed_by_head": confirmed}
        case EvidenceLink(sha256, name, media_type, size, position):
            return {
                "sha256": sha256,
                "name": name,
                "media_type": media_type,
                "size": size,
                "position": position,
            }


def to_json(content: Content | None) -> Json | None:
    """``content`` whole, None for nothing there."""
    if content is None:
        return None
    origin = content.origin
    if origin is None:
        return body(content)
    kept = {
        "kind": origin.kind.value,
        "who": origin.who,
        "when": origin.when.isoformat(),
        "source": origin.source,
    }
    return body(content) | {"origin": kept}


def from_json(kind: FieldKind, found: object) -> Content | None:
    """What ``to_json`` wrote for a field of ``kind``. Raises UnreadableRowError for anything else."""
    if found is None:
        return None
    if not isinstance(found, dict):
        raise UnreadableRowError(f"content {found!r}")
    try:
        return _READERS[kind](found, _origin(found.get("origin")))
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableRowError(f"{kind} {found!r}") from error


def _origin(found: object) -> Origin | None:
    if found is None:
        return None
    if not isinstance(found, dict):
        raise UnreadableRowError(f"origin {found!r}")
    when = datetime.fromisoformat(found["when"])
    return Origin(OriginKind(found["kind"]), found["who"], when, found["source"])


def _entry(found: Json, origin: Origin | None) -> Entry:
    pair = found["value"]
    if pair is not None and not isinstance(pair, list):
        raise UnreadableRowError(f"value {pair!r}")
    value = None if pair is None else read(*pair)
    return Entry(value, origin, _text(found, "note"), _text(found, "not_applicable"))


def _link(found: Json, origin: Origin | None) -> EvidenceLink:
    names = (_text(found, "sha256"), _text(found, "name"), _text(found, "media_type"))
    return EvidenceLink(*names, _whole(found, "size"), _whole(found, "position"), origin)


def _text(found: Json, key: str) -> str:
    value = found[key]
    if not isinstance(value, str):
        raise UnreadableRowError(f"{key} {value!r}")
    return value


def _whole(found: Json, key: str) -> int:
    value = found[key]
    if not isinstance(value, int):
        raise UnreadableRowError(f"{key} {value!r}")
    return value


_READERS: Mapping[FieldKind, Callable[[Json, Origin | None], Content]] = {
    FieldKind.VALUE: _entry,
    FieldKind.ROW: lambda found, origin: Row(
        _text(found, "id"), _whole(found, "position"), cells_from_json(found["cells"]), origin
    ),
    FieldKind.EMPTY_TABLE: lambda _, origin: DeclaredEmpty(origin),
    FieldKind.TEXT: lambda found, origin: Text(_text(found, "text"), origin),
    FieldKind.ATTESTATION: lambda found, origin: Attestation(
        found["holds"] is True, _text(found, "note"), origin
    ),
    FieldKind.RATING: lambda found, origin: Rating(_text(found, "level_id"), _text(found, "note"), origin),
    FieldKind.EXPLANATION: lambda found, origin: Explanation(
        _text(found, "text"), found["confirmed_by_head"] is True, origin
    ),
    FieldKind.EVIDENCE: _link,
}
