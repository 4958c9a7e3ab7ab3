"""Conditions judged: met, unmet, not for this school, or not to be said yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never

from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.formula import Expression, evaluate, write
from chuyi_desktop.domain.formula.tree import Comparison, Name
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Condition,
    ConditionGroup,
    Requirement,
    Threshold,
)
from chuyi_desktop.domain.values import Maybe, Missing, MissingReason
from chuyi_desktop.domain.verdict import Outcome, RuleKind, RuleOutcome, Trace
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.derivation import COMMA, derivation, inputs_of, listed, why_missing
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.reading import numbers, words
from chuyi_desktop.scoring.thresholds import (
    choose_case,
    gap,
    gap_words,
    outcomes,
    standard,
    step_digits,
)

EITHER = frozenset({Outcome.MET, Outcome.UNMET})
_OF_YES_NO = {True: frozenset({Outcome.MET}), False: frozenset({Outcome.UNMET})}


@dataclass(frozen=True, slots=True)
class Judged:
    """A condition judged; ``possible`` are the outcomes that missing data leaves open, one where it is
    settled."""

    rule: RuleOutcome
    possible: frozenset[Outcome]

    @property
    def may_fail(self) -> bool:
        """Whether it may stand against the school."""
        return Outcome.UNMET in self.possible

    @property
    def must_fail(self) -> bool:
        """Whether it stands against the school whatever is still filled in."""
        return self.possible == {Outcome.UNMET}


def judge(condition: Condition, group: ConditionGroup, facts: SchoolFacts) -> Judged:
    """How the school stands to one condition."""
    applies: Maybe = True if condition.applies_when is None else evaluate(condition.applies_when, facts)
    if applies is False:
        return _not_applicable(condition, group, facts)
    judged = _by_rule(condition, group, facts)
    if condition.applies_when is None or not isinstance(applies, Missing):
        return judged
    why = why_missing(applies, inputs_of([condition.applies_when], facts), facts)
    said = say("scoring.applies.open", {"explanation": judged.rule.explanation, "why": why})
    rule = replace(judged.rule, outcome=Outcome.MISSING, gap=None, explanation=said)
    return Judged(rule, judged.possible | {Outcome.NOT_APPLICABLE})


def settled(possible: frozenset[Outcome]) -> Outcome:
    """The outcome where only one is possible, else 未填."""
    return next(iter(possible)) if len(possible) == 1 else Outcome.MISSING


def _by_rule(condition: Condition, group: ConditionGroup, facts: SchoolFacts) -> Judged:
    match condition.rule:
        case Threshold() as rule:
            return _threshold(rule, condition, group, facts)
        case Requirement() as rule:
            return _requirement(rule, condition, group, facts)
        case AtLeastOf() as rule:
            return _at_least_of(rule, condition, group, facts)
        case Attested() as rule:
            return _attested(rule, condition, group, facts)
        case _:
            assert_never(condition.rule)


def _threshold(rule: Threshold, condition: Condition, group: ConditionGroup, facts: SchoolFacts) -> Judged:
    found = derivation(rule.subject, facts)
    choice = choose_case(rule, found.field, facts)
    possible = outcomes(choice, found.value, rule.comparison)
    outcome = settled(possible)
    distance = None
    if outcome is Outcome.UNMET:
        distance = gap(found.value, choice.value, rule.comparison, step_digits(found.field))
    asked = standard(choice, rule.comparison, found.field)
    said = [found.trace.reading]
    if len(choice.cases) == 1:
        said.append(say("scoring.standard", {"standard": asked}))
    said.append(choice.reason)
    said.append(_result(outcome, found.why_missing, gap_words(distance, rule.comparison, found.field)))
    case_source = None if choice.case is None else choice.case.provenance
    return Judged(
        RuleOutcome(
            id=condition.id,
            title=condition.title,
            kind=RuleKind.THRESHOLD,
            programme_id=group.programme_id,
            group=group.id,
            outcome=outcome,
            provenance=case_source or condition.provenance,
            explanation=_joined(said),
            value=found.value,
            shown=found.shown,
            unit=found.unit,
            comparison=rule.comparison,
            threshold=choice.value,
            shown_threshold=asked,
            threshold_reason=choice.reason,
            gap=distance,
            trace=found.trace,
        ),
        possible,
    )


def _requirement(
    rule: Requirement, condition: Condition, group: ConditionGroup, facts: SchoolFacts
) -> Judged:
    found = derivation(rule.holds, facts)
    possible = EITHER if isinstance(found.value, Missing) else _OF_YES_NO[found.value is True]
    outcome = settled(possible)
    asked = _asked(rule.holds, facts, with_numbers=outcome is not Outcome.MISSING)
    judged = say("scoring.holds") if outcome is Outcome.MET else ""
    unmet = say("scoring.holds_not")
    said = [found.basis, asked, judged or _result(outcome, found.why_missing, unmet)]
    trace = Trace(write(rule.holds), _joined(said[:2]), found.trace.inputs, found.value)
    return Judged(
        _plain(condition, group, RuleKind.REQUIREMENT, outcome, _joined(said), found.value, trace), possible
    )


def _asked(holds: Expression, facts: SchoolFacts, *, with_numbers: bool) -> str:
    """``要求 甲 ≥ 乙，即 4 ≥ 3``. A bare answer is not asked for twice (项目是否立项 是，符合), and what
    compares no numbers is not written out with them (“公办” = “公办”)."""
    if isinstance(holds, Name) and with_numbers:
        return ""
    computed = numbers(holds, facts)
    counts = with_numbers and any(map(str.isdigit, computed))
    code = "scoring.requirement.numbers" if counts else "scoring.requirement"
    return say(code, {"words": words(holds, facts), "numbers": computed})


def _attested(rule: Attested, condition: Condition, group: ConditionGroup, facts: SchoolFacts) -> Judged:
    answer = facts.assessment.attestation(condition.id)
    value: Maybe = Missing(fields=(condition.id,)) if answer is None else answer.holds
    possible = EITHER if answer is None else _OF_YES_NO[answer.holds]
    outcome = settled(possible)
    proofs = len(facts.assessment.evidence(condition.id))
    if answer is None:
        said = say("scoring.attested.open", {"statement": rule.statement})
    elif not answer.holds:
        said = say("scoring.attested.no", {"statement": rule.statement})
    elif proofs:
        said = say("scoring.attested.proved", {"statement": rule.statement, "count": proofs})
    else:
        said = say("scoring.attested.unproved", {"statement": rule.statement})
    return Judged(_plain(condition, group, RuleKind.ATTESTED, outcome, said, value), possible)


def _at_least_of(rule: AtLeastOf, condition: Condition, group: ConditionGroup, facts: SchoolFacts) -> Judged:
    """An option counts once it is met; one that is not for this school does not count."""
    options = [judge(option, group, facts) for option in rule.options]
    certain = sum(1 for option in options if option.possible == {Outcome.MET})
    most = sum(1 for option in options if Outcome.MET in option.possible)
    possible = frozenset(
        {Outcome.MET} if certain >= rule.count else {Outcome.UNMET} if most < rule.count else EITHER
    )
    outcome = settled(possible)
    missing = [option.rule.value for option in options if isinstance(option.rule.value, Missing)]
    unknown = Missing.joined(missing) if missing else Missing()
    value: Maybe = unknown if outcome is Outcome.MISSING else Decimal(certain)
    short = Decimal(rule.count - certain) if outcome is Outcome.UNMET else None
    rule_outcome = _plain(
        condition,
        group,
        RuleKind.AT_LEAST_OF,
        outcome,
        _joined(_options_words(rule, [option.rule for option in options], certain, outcome)),
        value,
    )
    return Judged(
        replace(
            rule_outcome,
            shown=say("scoring.options.met", {"count": certain}),
            unit=say("scoring.options.unit"),
            comparison=Comparison.AT_LEAST,
            threshold=Decimal(rule.count),
            shown_threshold=say("scoring.options.at_least", {"count": rule.count}),
            gap=short,
            options=tuple(option.rule for option in options),
        ),
        possible,
    )


def _options_words(
    rule: AtLeastOf, options: Sequence[RuleOutcome], certain: int, outcome: Outcome
) -> list[str]:
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
    said.append(_result(outcome, "", short))
    return said


def _result(outcome: Outcome, why: str, unmet: str) -> str:
    match outcome:
        case Outcome.MET:
            return say("scoring.met")
        case Outcome.UNMET:
            return unmet
        case Outcome.NOT_APPLICABLE:
            return say("scoring.not_applicable")
        case Outcome.MISSING:
            return say("scoring.open.because", {"why": why}) if why else say("scoring.open")


def _not_applicable(condition: Condition, group: ConditionGroup, facts: SchoolFacts) -> Judged:
    inputs = inputs_of([] if condition.applies_when is None else [condition.applies_when], facts)
    known = [each for each in inputs if not isinstance(each.value, Missing)]
    said = _joined([listed(known, facts), say("scoring.not_applicable")])
    value = Missing(MissingReason.NOT_APPLICABLE)
    rule = _plain(condition, group, _kind(condition), Outcome.NOT_APPLICABLE, said, value)
    return Judged(rule, frozenset({Outcome.NOT_APPLICABLE}))


def _kind(condition: Condition) -> RuleKind:
    match condition.rule:
        case Threshold():
            return RuleKind.THRESHOLD
        case Requirement():
            return RuleKind.REQUIREMENT
        case AtLeastOf():
            return RuleKind.AT_LEAST_OF
        case Attested():
            return RuleKind.ATTESTED
        case _:
            assert_never(condition.rule)


def _plain(
    condition: Condition,
    group: ConditionGroup,
    kind: RuleKind,
    outcome: Outcome,
    explanation: str,
    value: Maybe,
    trace: Trace | None = None,
) -> RuleOutcome:
    return RuleOutcome(
        id=condition.id,
        title=condition.title,
        kind=kind,
        programme_id=group.programme_id,
        group=group.id,
        outcome=outcome,
        provenance=condition.provenance,
        explanation=explanation,
        value=value,
        shown=show(value),
        trace=trace,
    )


def _joined(parts: Sequence[str]) -> str:
    return COMMA.join(part for part in parts if part)
