"""The formulas that a rule of a programme rests on."""

from collections.abc import Mapping
from decimal import Decimal

from chuyi_desktop.domain.formula import Expression, Reference, rewritten
from chuyi_desktop.domain.formula.tree import Constant, Name
from chuyi_desktop.domain.indicator import Table
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Check,
    Condition,
    Requirement,
    Rubric,
    ScoredItem,
    Threshold,
)


def formulas_of(rule: Condition | ScoredItem) -> tuple[Expression, ...]:
    """Every formula of a rule; options of a k-of-n are conditions with formulas of their own."""
    if isinstance(rule, ScoredItem):
        return () if isinstance(rule.method, Rubric) else (rule.method.subject,)
    applies = () if rule.applies_when is None else (rule.applies_when,)
    match rule.rule:
        case Threshold(subject, _, cases):
            return (*applies, subject, *(case.when for case in cases if case.when is not None))
        case Requirement(holds):
            return (*applies, holds)
        case AtLeastOf() | Attested():
            return applies


def read_outside_rows(check: Check, tables: Mapping[str, Table]) -> tuple[Expression, ...]:
    """What a check reads beside the cells of its own roster's rows: its formula, with something else in the
    place of the columns."""
    if check.holds is None:
        return ()
    table = tables.get(check.table)
    return (check.holds if table is None else without_columns(check.holds, table),)


def without_columns(tree: Expression, table: Table) -> Expression:
    """A formula over the rows of ``table`` with a number in the place of every column."""
    cell = Constant(Decimal(0))
    return rewritten(tree, lambda node: cell if isinstance(node, Name) and is_column(node, table) else None)


def is_column(name: Name | Reference, table: Table) -> bool:
    """Whether a name in a formula over the rows of ``table`` means one of its columns."""
    return name.years_back == 0 and name.id in table.by_id
