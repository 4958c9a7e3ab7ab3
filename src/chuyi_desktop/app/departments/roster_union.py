"""The rows of several versions of a roster brought together, where the clerk wants all of them."""

from collections import Counter
from collections.abc import Mapping, Sequence

from chuyi_desktop.app.departments.field_marks import row_mark
from chuyi_desktop.app.ports import SheetRoster, SheetRow
from chuyi_desktop.domain.assessment import Row

_Version = Sequence[SheetRow]


def union(
    table_id: str, ours: Sequence[Row], versions: Sequence[SheetRoster], base: Mapping[str, str]
) -> SheetRoster:
    """All rows of ``ours`` and of ``versions``, equal rows once. A row that went out (``base``: mark by id)
    is taken as whoever changed it has it, twice where two changed it differently, and is gone where somebody
    deleted it and nobody changed it. New rows follow in the order of ``versions``."""
    mine = [SheetRow(row.id, row.cells, row.origin.source if row.origin else "") for row in ours]
    every: list[_Version] = [mine, *(version.rows for version in versions)]
    kept = [row for row_id in _known(mine, base) for row in _settled(row_id, every, base)]
    counts = Counter(row_mark(row.cells) for row in kept)
    return SheetRoster(table_id, (*kept, *_added(every, base, counts)))


def _known(mine: _Version, base: Mapping[str, str]) -> list[str]:
    """The ids that went out: those that are still here in our order, then the others."""
    here = [row.row_id for row in mine if row.row_id in base]
    return [*here, *(row_id for row_id in base if row_id not in set(here))]


def _settled(row_id: str, every: Sequence[_Version], base: Mapping[str, str]) -> list[SheetRow]:
    found = [next((row for row in version if row.row_id == row_id), None) for version in every]
    changed = {
        row_mark(row.cells): row for row in found if row is not None and row_mark(row.cells) != base[row_id]
    }
    if changed:
        first, *others = changed.values()
        return [first, *(SheetRow("", row.cells, row.source) for row in others)]
    return [] if None in found else [row for row in found if row is not None][:1]


def _added(every: Sequence[_Version], base: Mapping[str, str], counts: Counter[str]) -> list[SheetRow]:
    """Rows that did not go out, each as often as the version has it that has it most."""
    added: list[SheetRow] = []
    for version in every:
        seen: Counter[str] = Counter()
        for row in version:
            if row.row_id in base:
                continue
            mark = row_mark(row.cells)
            seen[mark] += 1
            if seen[mark] > counts[mark]:
                counts[mark] += 1
                added.append(row)
    return added
