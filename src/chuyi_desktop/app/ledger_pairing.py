"""Which row of a roster a row of a ledger is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chuyi_desktop.domain.assessment import Row
from chuyi_desktop.domain.problem import Problem, Severity
from chuyi_desktop.domain.values import Value

_FEW_PAIRS = 2500
"""Pairs of rows with the same key that are compared one by one; of more, rows go by their order."""
_Key = tuple[Value | None, ...]


@dataclass(slots=True)
class FileRow:
    """A row of the file, read; ``old`` is the row of the roster that it is."""

    number: int
    cells: dict[str, Value]
    problems: tuple[Problem, ...]
    old: Row | None = None

    @property
    def refused(self) -> bool:
        """Whether something in it cannot be taken."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def pair(
    rows: Sequence[FileRow], existing: Sequence[Row], keys: Sequence[str], taken: Sequence[str]
) -> list[list[FileRow]]:
    """Find for each of ``rows`` the row of the roster that it is, by the columns ``keys``; ``taken`` are all
    columns that the file has. Gives the rows that share their key with others of the file."""
    groups: dict[_Key, tuple[list[FileRow], list[Row]]] = {}
    for row in rows:
        groups.setdefault(_key(row.cells, keys), ([], []))[0].append(row)
    for old in existing:
        groups.setdefault(_key(old.cells, keys), ([], []))[1].append(old)
    shared = []
    for key, (new, there) in groups.items():
        _pair_same(new, there, taken)
        if all(part is None for part in key):
            # Nothing says who they are: only the same content is the same row.
            continue
        _pair_rest(new, there)
        if len(new) > 1:
            shared.append(new)
    _pair_partial(rows, existing, keys)
    return shared


def _pair_same(new: Sequence[FileRow], there: Sequence[Row], taken: Sequence[str]) -> None:
    same: dict[_Key, list[Row]] = {}
    for old in there:
        same.setdefault(_key(old.cells, taken), []).append(old)
    for row in new:
        twins = same.get(_key(row.cells, taken))
        if twins:
            row.old = twins.pop(0)


def _pair_rest(new: Sequence[FileRow], there: Sequence[Row]) -> None:
    """The only ones left with a key, or else the most alike."""
    left = [row for row in new if row.old is None]
    used = {row.old.id for row in new if row.old is not None}
    free = [old for old in there if old.id not in used]
    if len(left) * len(free) <= _FEW_PAIRS:
        _pair_nearest(left, free)
    else:
        for row, old in zip(left, free, strict=False):
            row.old = old


def _pair_nearest(left: Sequence[FileRow], free: Sequence[Row]) -> None:
    scored = sorted(
        (-sum(old.cells.get(name) == value for name, value in row.cells.items()), at, to)
        for at, row in enumerate(left)
        for to, old in enumerate(free)
    )
    used: set[int] = set()
    for _, at, to in scored:
        if left[at].old is None and to not in used:
            left[at].old = free[to]
            used.add(to)


def _pair_partial(rows: Sequence[FileRow], existing: Sequence[Row], keys: Sequence[str]) -> None:
    """Rows whose keys agree as far as both have them: a teacher without a date of birth is the one of that
    name who has one, where there is only one."""
    if len(keys) <= 1:
        return
    used = {row.old.id for row in rows if row.old is not None}
    free: dict[Value, list[Row]] = {}
    for old in existing:
        first = old.cells.get(keys[0])
        if old.id not in used and first is not None:
            free.setdefault(first, []).append(old)
    wanting: dict[Value, list[FileRow]] = {}
    for row in rows:
        first = row.cells.get(keys[0])
        if row.old is None and first in free:
            wanting.setdefault(first, []).append(row)
    for first, new in wanting.items():
        if len(new) == len(free[first]) == 1 and _agree(new[0].cells, free[first][0].cells, keys):
            new[0].old = free[first][0]


def _agree(one: Mapping[str, Value], other: Mapping[str, Value], names: Sequence[str]) -> bool:
    return all(name not in one or name not in other or one[name] == other[name] for name in names)


def _key(cells: Mapping[str, Value], names: Sequence[str]) -> _Key:
    return tuple(cells.get(name) for name in names)
