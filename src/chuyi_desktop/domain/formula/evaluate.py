"""A formula's value: exact decimals, and 未填 as a third value that spreads only where it decides."""

from chuyi_desktop.domain.formula.compiled import Facts, RosterRow, compiled
from chuyi_desktop.domain.formula.operations import compare
from chuyi_desktop.domain.formula.tree import Expression
from chuyi_desktop.domain.values import Maybe

__all__ = ["Facts", "RosterRow", "compare", "evaluate"]


def evaluate(tree: Expression, facts: Facts) -> Maybe:
    """The value of ``tree``. Raises InputError where a pack compares or computes with the wrong kinds."""
    return compiled(tree)(facts)
