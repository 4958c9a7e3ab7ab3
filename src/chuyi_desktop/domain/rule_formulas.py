"""The formulas that a rule of a programme rests on."""

from chuyi_desktop.domain.formula import Expression
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
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
