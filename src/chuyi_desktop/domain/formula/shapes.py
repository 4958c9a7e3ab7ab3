"""Shapes of formulas that are asked of every row of a roster, and can be asked faster."""

from chuyi_desktop.domain.formula.tree import Both, Compare, Comparison, Constant, Either, Expression, Name
from chuyi_desktop.domain.values import Value


def membership(tree: Expression) -> tuple[Name, frozenset[Value]] | None:
    """``title = "a" or title = "b" or …``, the most common thing asked of a row, as one name and the values
    it may have; None for anything else."""
    match tree:
        case Compare(Comparison.EQUAL, Name() as name, Constant(value)):
            return name, frozenset({value})
        case Either(left, right):
            one, other = membership(left), membership(right)
            if one is not None and other is not None and one[0] == other[0]:
                return one[0], one[1] | other[1]
    return None


def never_fails(tree: Expression) -> bool:
    """Whether ``tree`` is yes, no or 未填 whatever kinds its names have."""
    match tree:
        case Compare(Comparison.EQUAL | Comparison.UNEQUAL, Name() | Constant(), Name() | Constant()):
            return True
        case Both(left, right) | Either(left, right):
            return never_fails(left) and never_fails(right)
    return False
