"""Conditions judged: met, unmet, not for this school, or not to be said yet."""

from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Condition,
    ConditionGroup,
    Requirement,
    Threshold,
)
from chuyi_desktop.domain.told import Later, revised
from chuyi_desktop.domain.values import Maybe, Missing, MissingReason
from chuyi_desktop.domain.verdict import Input, Outcome, RuleKind, RuleOutcome, Trace
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.condition_words import asked_words, joined, options_words, result_words
from chuyi_desktop.scoring.derivation import Derivation, derivation, listed
from chuyi_desktop.scoring.facts import SchoolFacts
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
    if condition.applies_when is None:
        return _by_rule(condition, group, facts)
    applies = derivation(condition.applies_when, facts)
    if applies.value is False:
        return _not_applicable(condition, group, applies)
    judged = _by_rule(condition, group, facts)
    rule = judged.rule
    if not isinstance(applies.value, Missing):
        return Judged(revised(rule, applies=Later(lambda: applies.trace)), judged.possible)

    def said() -> str:
        params = {"explanation": rule.explanation, "why": applies.why_missing}
        return say("scoring.applies.open", params)

    unsettled = revised(
        rule,
        outcome=Outcome.MISSING,
        gap=None,
        explanation=Later(said),
        applies=Later(lambda: applies.trace),
    )
    return Judged(unsettled, judged.possible | {Outcome.NOT_APPLICABLE})


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

    def asked() -> str:
        return standard(choice, rule.comparison, found.field)

    def explained() -> str:
        said = [found.trace.reading]
        if len(choice.cases) == 1:
            said.append(say("scoring.standard", {"standard": asked()}))
        said.append(choice.reason)
        unmet = gap_words(distance, rule.comparison, found.field)
        said.append(result_words(outcome, found.why_missing, unmet))
        return joined(said)

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
            explanation=Later(explained),
            value=found.value,
            shown=Later(lambda: found.shown),
            unit=found.unit,
            comparison=rule.comparison,
            threshold=choice.value,
            shown_threshold=Later(asked),
            threshold_reason=Later(lambda: choice.reason),
            gap=distance,
            trace=Later(lambda: found.trace),
            cases=choice.cases,
            context=Later(lambda: choice.context),
        ),
        possible,
    )


def _requirement(
    rule: Requirement, condition: Condition, group: ConditionGroup, facts: SchoolFacts
) -> Judged:
    found = derivation(rule.holds, facts)
    possible = EITHER if isinstance(found.value, Missing) else _OF_YES_NO[found.value is True]
    outcome = settled(possible)

    def reading() -> list[str]:
        asked = asked_words(rule.holds, facts, with_numbers=outcome is not Outcome.MISSING)
        return [found.basis, asked]

    def explained() -> str:
        unmet = say("scoring.holds_not")
        judged = say("scoring.holds") if outcome is Outcome.MET else ""
        return joined([*reading(), judged or result_words(outcome, found.why_missing, unmet)])

    def trace() -> Trace:
        return Trace(
            facts.graph.text(rule.holds),
            Later(lambda: joined(reading())),
            Later(lambda: found.inputs),
            found.value,
            steps=Later(lambda: found.trace.steps),
        )

    return Judged(
        _plain(condition, group, RuleKind.REQUIREMENT, outcome, Later(explained), found.value, Later(trace)),
        possible,
    )


def _attested(rule: Attested, condition: Condition, group: ConditionGroup, facts: SchoolFacts) -> Judged:
    answer = facts.assessment.attestation(condition.id)
    value: Maybe = Missing(fields=(condition.id,)) if answer is None else answer.holds
    possible = EITHER if answer is None else _OF_YES_NO[answer.holds]
    proofs = facts.proofs(condition.id)

    def explained() -> str:
        params = {"statement": rule.statement, "count": proofs}
        if answer is None:
            return say("scoring.attested.open", params)
        if not answer.holds:
            return say("scoring.attested.no", params)
        return say("scoring.attested.proved" if proofs else "scoring.attested.unproved", params)

    def answered() -> Input:
        origin = None if answer is None else answer.origin
        return Input(condition.id, condition.title, facts.year, value, show(value), origin)

    judged = _plain(condition, group, RuleKind.ATTESTED, settled(possible), Later(explained), value)
    return Judged(revised(judged, answer=Later(answered), proofs=proofs), possible)


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
        Later(lambda: joined(options_words(rule, [one.rule for one in options], certain, outcome))),
        value,
    )
    return Judged(
        revised(
            rule_outcome,
            shown=Later(lambda: say("scoring.options.met", {"count": certain})),
            unit=say("scoring.options.unit"),
            comparison=Comparison.AT_LEAST,
            threshold=Decimal(rule.count),
            shown_threshold=Later(lambda: say("scoring.options.at_least", {"count": rule.count})),
            gap=short,
            options=tuple(option.rule for option in options),
        ),
        possible,
    )


def _not_applicable(condition: Condition, group: ConditionGroup, applies: Derivation) -> Judged:
    def explained() -> str:
        known = [each for each in applies.inputs if not isinstance(each.value, Missing)]
        return joined([listed(known, applies.facts), say("scoring.not_applicable")])

    value = Missing(MissingReason.NOT_APPLICABLE)
    kind = _kind(condition)
    rule = _plain(condition, group, kind, Outcome.NOT_APPLICABLE, Later(explained), value)
    told = revised(rule, applies=Later(lambda: applies.trace))
    return Judged(told, frozenset({Outcome.NOT_APPLICABLE}))


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
    explanation: Later[str],
    value: Maybe,
    trace: Later[Trace | None] | None = None,
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
        shown=Later(lambda: show(value)),
        trace=trace,
    )
