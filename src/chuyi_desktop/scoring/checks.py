"""Consistency checks: what does not fit together in the figures."""

from chuyi_desktop.domain.assessment import Explanation
from chuyi_desktop.domain.programme import Check, Grade
from chuyi_desktop.domain.told import Later
from chuyi_desktop.domain.verdict import Finding
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.derivation import derivation
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.failing import fails
from chuyi_desktop.scoring.found_where import where
from chuyi_desktop.scoring.reading import numbers, words
from chuyi_desktop.scoring.row_checks import run_row_check

SHORTEST_EXPLANATION = 6
"""Characters an explanation needs."""


def run_check(check: Check, facts: SchoolFacts) -> Finding | None:
    """The finding where ``check`` does not hold; None where it holds or reads something that is 未填."""
    explanation = facts.assessment.explanation(check.id)
    done = settled(check.grade, explanation)
    if check.table or check.holds is None:
        rows = run_row_check(check, facts)
        return None if rows is None else rows.finding(explanation, settled=done)
    if not fails(check.holds, facts):
        return None
    holds = check.holds
    found = derivation(holds, facts)

    def message() -> str:
        params = {"title": check.title, "basis": found.basis, "words": words(holds, facts)}
        return say("scoring.finding", {**params, "numbers": numbers(holds, facts)})

    return Finding(
        check,
        Later(message),
        Later(lambda: found.inputs),
        explanation,
        done,
        Later(lambda: where(found.inputs, facts)),
        Later(lambda: found.basis),
        Later(lambda: words(holds, facts)),
    )


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
