"""forms/parts/: pieces that several packs have in common, written once and named by each pack.

A part has two halves: what stands before the pack's own entries and what stands after them. Every entry
remembers the file it came from, so that a mistake is reported where it was written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chuyi_desktop.packs.files import Origin, PackFiles
from chuyi_desktop.packs.models import PackModel, PartModel, PieceModel, SharedPartModel
from chuyi_desktop.packs.source import Source
from chuyi_desktop.packs.spot import Step

FOLDER = "parts"
_FRONT = frozenset({"cover", "notes", "commitment", "contents"})
"""Parts that a dossier has once; a pack that writes one itself means it instead of the shared one."""


@dataclass(frozen=True, slots=True)
class SharedPart:
    """A file of forms/parts/."""

    model: SharedPartModel
    source: Source


def merged(model: PackModel, files: PackFiles, parts: Sequence[SharedPart]) -> tuple[PackModel, PackFiles]:
    """The pack with the entries of ``parts`` around its own, in the order in which it names them."""
    values: dict[str, object] = {}
    origins: dict[tuple[Step, Step], Origin] = {}
    for key in PieceModel.model_fields:
        found = _around(key, _before(key, parts), _own(key, model, files), _after(key, parts))
        values[key] = [entry for entry, _ in found]
        origins |= {(key, index): origin for index, (_, origin) in enumerate(found)}
    return model.model_copy(update=values), replace(files, origins=origins)


_Entry = tuple[object, Origin]
_Entries = list[_Entry]


def _around(key: str, before: _Entries, own: _Entries, after: _Entries) -> _Entries:
    """The pack's own entries between the shared ones; but its own cover, 填写说明, 诚信承诺书 or 目录
    stands in the place of the shared one, instead of it."""
    if key != "dossier":
        return before + own + after
    instead = {kind: entry for entry in own if (kind := _kind(entry)) in _FRONT}
    replaced = {kind for entry in (*before, *after) if (kind := _kind(entry)) in instead}
    rest = [entry for entry in own if _kind(entry) not in replaced]
    return (
        [instead.get(_kind(entry), entry) for entry in before]
        + rest
        + [instead.get(_kind(entry), entry) for entry in after]
    )


def _kind(entry: _Entry) -> str:
    model, _ = entry
    return model.kind if isinstance(model, PartModel) else ""


def _own(key: str, model: PackModel, files: PackFiles) -> _Entries:
    source = files.parts.get(key, files.head)
    return [(entry, (source, (key, index))) for index, entry in enumerate(getattr(model, key))]


def _before(key: str, parts: Sequence[SharedPart]) -> _Entries:
    return [entry for part in parts for entry in _half(key, "before", part.model.before, part.source)]


def _after(key: str, parts: Sequence[SharedPart]) -> _Entries:
    return [entry for part in parts for entry in _half(key, "after", part.model.after, part.source)]


def _half(key: str, half: str, piece: PieceModel, source: Source) -> _Entries:
    return [(entry, (source, (half, key, index))) for index, entry in enumerate(getattr(piece, key))]
