"""Marks of contents: short texts that are equal for equal contents. A department's workbook carries those of
what it was handed out with, so that what it left alone is told from what it says."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chuyi_desktop.domain.assessment import Attestation, Content, Entry, Explanation, Rating, Text
from chuyi_desktop.domain.values import Value, canonical

_SIZE = 12
"""Bytes of a mark; nobody forges one, and two of a workbook never meet by accident."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a value and of its note; empty where there is none."""

    value: str = ""
    note: str = ""


def marks(content: Content | None) -> Marks:
    """The marks of what one field holds; rows of a roster are marked by :func:`row_mark`."""
    match content:
        case Entry():
            return Marks(_entry(content), _note(content.note))
        case Text():
            return Marks(_mark("text", content.text))
        case Attestation():
            return Marks(_mark("holds", _written(content.holds)), _note(content.note))
        case Rating():
            return Marks(_mark("level", content.level_id), _note(content.note))
        case Explanation():
            return Marks(_mark("explained", content.text, _written(content.confirmed_by_head)))
        case _:
            return Marks()


def row_mark(cells: Mapping[str, Value]) -> str:
    """The mark of a roster's row, whatever its id."""
    return _mark("row", *(f"{column}={_written(value)}" for column, value in sorted(cells.items())))


def roster_mark(rows: Iterable[Mapping[str, Value]]) -> str:
    """The mark of a roster's rows in their order; of none it is that of 本表无数据."""
    return _mark("roster", *(row_mark(cells) for cells in rows))


def _entry(entry: Entry) -> str:
    if entry.not_applicable:
        return _mark("not applicable", entry.not_applicable)
    return "" if entry.value is None else _mark("value", _written(entry.value))


def _note(note: str) -> str:
    return _mark("note", note) if note else ""


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return f"b{value}"
    if isinstance(value, Decimal):
        return f"n{canonical(value)}"
    if isinstance(value, date):
        return f"d{value.isoformat()}"
    return f"t{value}"


def _mark(*parts: str) -> str:
    """A digest of ``parts``; their lengths are in it, so that no two lists of parts read alike."""
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).hexdigest()
