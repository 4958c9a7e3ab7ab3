"""What is said of a condition judged: what it asks, and how it came out."""

from collections.abc import Sequence

from chuyi_desktop.domain.formula import Expression
from chuyi_desktop.domain.formula.tree import Name
from chuyi_desktop.domain.programme import AtLeastOf
from chuyi_desktop.domain.verdict import Outcome, RuleOutcome
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.derivation import COMMA
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.reading import numbers, words


def asked_words(holds: Expression, facts: SchoolFacts, *, with_numbers: bool) -> str:
    """``要求 甲 ≥ 乙，即 4 ≥ 3``. A bare answer is not asked for twice (项目是否立项 是，符合), and what
    compares no numbers is not written out with them (“公办” = “公办”)."""
    if isinstance(holds, Name) and with_numbers:
        return ""
    computed = numbers(holds, facts)
    counts = with_numbers and any(map(str.isdigit, computed))
    code = "scoring.requirement.numbers" if counts else "scoring.requirement"
    return say(code, {"words": words(holds, facts), "numbers": computed})


def options_words(
    rule: AtLeastOf, options: Sequence[RuleOutcome], certain: int, outcome: Outcome
) -> list[str]:
    """How many options were asked for, which are met and which are open."""
    said = [say("scoring.options.asked", {"count": rule.count, "total": len(options)})]
    for wanted, code in (
        (Outcome.MET, "scoring.options.of_met"),
        (Outcome.MISSING, "scoring.options.of_missing"),
    ):
        titles = [option.title for option in options if option.outcome is wanted]
        if titles or wanted is Outcome.MET:
            named = say("scoring.options.titles", {"titles": "、".join(titles)}) if titles else ""
            said.append(say(code, {"count": len(titles), "titles": named}))
    short = say("scoring.options.short", {"count": rule.count - certain})
    said.append(result_words(outcome, "", short))
    return said


def result_words(outcome: Outcome, why: str, unmet: str) -> str:
    """How it came out: ``why`` it is open, or what makes it ``unmet``."""
    match outcome:
        case Outcome.MET:
            return say("scoring.met")
        case Outcome.UNMET:
            return unmet
        case Outcome.NOT_APPLICABLE:
            return say("scoring.not_applicable")
        case Outcome.MISSING:
            return say("scoring.open.because", {"why": why}) if why else say("scoring.open")


def joined(parts: Sequence[str]) -> str:
    """All that is said, in one sentence."""
    return COMMA.join(part for part in parts if part)
