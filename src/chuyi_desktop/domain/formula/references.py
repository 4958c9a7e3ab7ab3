"""What a formula refers to, and the same formula with other parts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import get_args

from chuyi_desktop.domain.formula.tree import Aggregate, Expression, Name

NODES = get_args(Expression)
"""The classes of all nodes of a formula."""
_FIELDS = {node: tuple(item.name for item in fields(node)) for node in NODES}
"""Worked out once: reading all packs asks for the parts of some fifty thousand nodes."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An indicator a formula reads, ``years_back`` years before the assessment's."""

    id: str
    years_back: int = 0
    at: int = 0


def parts(tree: Expression) -> Iterator[Expression]:
    """The direct sub-expressions of ``tree``, in reading order."""
    for name in _FIELDS[type(tree)]:
        value = getattr(tree, name)
        if type(value) in _FIELDS:
            yield value
        elif isinstance(value, tuple):
            yield from (entry for entry in value if type(entry) in _FIELDS)


def references(tree: Expression) -> tuple[Reference, ...]:
    """Every indicator ``tree`` reads, in reading order, each once; columns in ``where`` are no indicators."""
    found: dict[tuple[str, int], Reference] = {}
    for node in _outside_rosters(tree):
        if isinstance(node, Name):
            found.setdefault((node.id, node.years_back), Reference(node.id, node.years_back, node.at))
    return tuple(found.values())


def tables_used(tree: Expression) -> tuple[Aggregate, ...]:
    """Every roster aggregate in ``tree``, in reading order."""
    return tuple(node for node in _outside_rosters(tree) if isinstance(node, Aggregate))


def _outside_rosters(tree: Expression) -> Iterator[Expression]:
    yield tree
    if not isinstance(tree, Aggregate):
        for part in parts(tree):
            yield from _outside_rosters(part)


def rewritten(tree: Expression, change: Callable[[Expression], Expression | None]) -> Expression:
    """``tree`` with every node for which ``change`` has another one replaced; rosters stay as they are."""
    changed = change(tree)
    if changed is not None:
        return changed
    if isinstance(tree, Aggregate):
        return tree
    changes: dict[str, object] = {}
    for name in _FIELDS[type(tree)]:
        value = getattr(tree, name)
        if type(value) in _FIELDS:
            inner = rewritten(value, change)
            if inner is not value:
                changes[name] = inner
        elif isinstance(value, tuple):
            parts_ = tuple(rewritten(part, change) for part in value)
            if any(new is not old for new, old in zip(parts_, value, strict=True)):
                changes[name] = parts_
    # What nothing changes in stays the very same tree.
    return replace(tree, **changes) if changes else tree  # type: ignore[arg-type]  # fields of the same types
