"""Consistency checks: what does not fit together in the figures."""

from collections.abc import Sequence

from chuyi_desktop.domain.assessment import Explanation
from chuyi_desktop.domain.formula import evaluate
from chuyi_desktop.domain.formula.evaluate import RosterRow
from chuyi_desktop.domain.programme import Check, Grade
from chuyi_desktop.domain.values import Maybe, Missing
from chuyi_desktop.domain.verdict import Finding
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.derivation import derivation
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.reading import numbers, words

SHORTEST_EXPLANATION = 6
"""Characters an explanation needs."""


class _Reads:
    """The facts, noticing whether anything that was read is missing."""

    def __init__(self, facts: SchoolFacts) -> None:
        self._facts = facts
        self.missed = False

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        value = self._facts.value(indicator_id, years_back)
        self.missed = self.missed or isinstance(value, Missing)
        return value

    def rows(self, table_id: str) -> Sequence[RosterRow] | Missing:
        rows = self._facts.rows(table_id)
        self.missed = self.missed or isinstance(rows, Missing)
        return rows


def run_check(check: Check, facts: SchoolFacts) -> Finding | None:
    """The finding where ``check`` does not hold; None where it holds or reads something that is 未填."""
    reads = _Reads(facts)
    if evaluate(check.holds, reads) is not False or reads.missed:
        return None
    found = derivation(check.holds, facts)
    params = {
        "title": check.title,
        "basis": found.basis,
        "words": words(check.holds, facts),
        "numbers": numbers(check.holds, facts),
    }
    explanation = facts.assessment.explanation(check.id)
    message = say("scoring.finding", params)
    return Finding(check, message, found.trace.inputs, explanation, settled(check.grade, explanation))


def settled(grade: Grade, explanation: Explanation | None) -> bool:
    """Whether nothing more is asked of the school for a finding of ``grade``."""
    explained = explanation is not None and len("".join(explanation.text.split())) >= SHORTEST_EXPLANATION
    match grade:
        case Grade.HINT:
            return True
        case Grade.EXPLAIN:
            return explained
        case Grade.NEAR_MANDATORY:
            return explained and explanation is not None and explanation.confirmed_by_head
        case Grade.MANDATORY:
            return False
