"""Which rules a number decides, directly or through what is computed from it."""

from collections.abc import Iterable, Iterator, Mapping

from chuyi_desktop.domain.formula import Expression, references
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Condition,
    Programme,
    Requirement,
    Rubric,
    ScoredItem,
    Threshold,
)


def uses(programme: Programme) -> Mapping[str, tuple[str, ...]]:
    """Titles of the rules that read an indicator, by its id, in the programme's order."""
    found: dict[str, dict[str, None]] = {}
    rules: list[Condition | ScoredItem] = [*programme.conditions(), *programme.scored_items()]
    for rule in rules:
        for indicator_id in _all_read(programme, _formulas(rule)):
            found.setdefault(indicator_id, {})[rule.title] = None
    return {indicator_id: tuple(titles) for indicator_id, titles in found.items()}


def _formulas(rule: Condition | ScoredItem) -> Iterator[Expression]:
    if isinstance(rule, ScoredItem):
        if not isinstance(rule.method, Rubric):
            yield rule.method.subject
        return
    if rule.applies_when is not None:
        yield rule.applies_when
    match rule.rule:
        case Threshold(subject, _, cases):
            yield subject
            yield from (case.when for case in cases if case.when is not None)
        case Requirement(holds):
            yield holds
        case AtLeastOf() | Attested():
            # Options of a k-of-n are conditions of their own here.
            pass


def _all_read(programme: Programme, formulas: Iterable[Expression]) -> set[str]:
    seen: set[str] = set()
    waiting = [reference.id for formula in formulas for reference in references(formula)]
    while waiting:
        indicator_id = waiting.pop()
        if indicator_id in seen:
            continue
        seen.add(indicator_id)
        indicator = programme.indicators.get(indicator_id)
        if indicator is not None and indicator.formula is not None:
            waiting += [reference.id for reference in references(indicator.formula)]
    return seen
