"""Which rules a number decides, directly or through what is computed from it."""

from collections.abc import Iterable, Mapping

from chuyi_desktop.domain.formula import Expression, references
from chuyi_desktop.domain.programme import Condition, Programme, ScoredItem
from chuyi_desktop.domain.rule_formulas import formulas_of


def uses(programme: Programme) -> Mapping[str, tuple[str, ...]]:
    """Titles of the rules that read an indicator, by its id, in the programme's order."""
    found: dict[str, dict[str, None]] = {}
    rules: list[Condition | ScoredItem] = [*programme.conditions(), *programme.scored_items()]
    for rule in rules:
        for indicator_id in _all_read(programme, formulas_of(rule)):
            found.setdefault(indicator_id, {})[rule.title] = None
    return {indicator_id: tuple(titles) for indicator_id, titles in found.items()}


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
