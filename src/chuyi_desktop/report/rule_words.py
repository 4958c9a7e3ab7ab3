"""How a judged rule is written down: its standard, the school's value, its outcome, gap and proof."""

from collections.abc import Iterator
from dataclasses import dataclass

from chuyi_desktop.domain.display import grouped, in_unit, show
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.programme import AtLeastOf, Attested, Condition, Programme
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import Outcome, RuleKind, RuleOutcome
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.material import (
    Material,
    joined,
    joined_sentences,
    marked,
    quantity,
)
from chuyi_desktop.scoring.reading import number, sign


@dataclass(frozen=True, slots=True)
class Serial:
    """A rule with its number in its group; an option of a k-of-n has a number of its own: （1）."""

    number: str
    title: str
    rule: RuleOutcome


def serials(rules: tuple[RuleOutcome, ...]) -> Iterator[Serial]:
    """Rules numbered from 1, every k-of-n followed by its options."""
    for at, rule in enumerate(rules, 1):
        yield Serial(str(at), marked(rule.title, rule.provenance), rule)
        for of, option in enumerate(rule.options, 1):
            title = say("report.number.option", {"number": of, "title": option.title})
            yield Serial("", marked(title, option.provenance), option)


def standard(rule: RuleOutcome, condition: Condition | None) -> str:
    """What the rule asks, short enough for a column."""
    match rule.kind:
        case RuleKind.AT_LEAST_OF if condition is not None and isinstance(condition.rule, AtLeastOf):
            return say("report.standard.at_least_of", {"count": condition.rule.count})
        case RuleKind.ATTESTED:
            return say("report.standard.attested")
        case RuleKind.REQUIREMENT:
            return say("report.standard.requirement")
    if rule.shown_threshold:
        return rule.shown_threshold
    if rule.threshold is None or rule.comparison is None:
        return say("report.standard.missing" if rule.outcome is Outcome.MISSING else "report.none")
    return say("report.signed", {"sign": sign(rule.comparison), "value": quantity(rule.threshold, rule.unit)})


def value(rule: RuleOutcome) -> str:
    """What the school has; 未填 where it has said nothing."""
    if rule.outcome is Outcome.NOT_APPLICABLE and isinstance(rule.value, Missing):
        return say("report.none")
    return rule.shown or show(rule.value)


def outcome(rule: RuleOutcome) -> str:
    """达到, 未达到, 未填 or 不适用."""
    return say(f"report.outcome.{rule.outcome}")


def gap(rule: RuleOutcome) -> str:
    """How far off the standard, and on which side; a dash where it is met or has no number."""
    if rule.gap is None or rule.outcome is not Outcome.UNMET:
        return say("report.none")
    amount = in_unit(number(rule.gap), rule.unit)
    if rule.unit == "%":
        amount = say("report.gap.points", {"number": number(rule.gap)})
    above = rule.comparison in {Comparison.AT_MOST, Comparison.LESS}
    return say("report.gap.above" if above else "report.gap.below", {"gap": amount})


def points(rule: RuleOutcome) -> str:
    """The points of a scored item: a number, 未填 or 不适用; never 0 for what is not known."""
    if rule.outcome is Outcome.NOT_APPLICABLE or rule.points is None:
        missing = Outcome.NOT_APPLICABLE if rule.outcome is Outcome.NOT_APPLICABLE else Outcome.MISSING
        return say(f"report.outcome.{missing}")
    return grouped(rule.points)


def reading(rule: RuleOutcome, condition: Condition | None, material: Material) -> str:
    """How it was judged and why by this standard, what the school attests, and what both sides noted."""
    told = [rule.explanation]

    def add(code: str, text: str) -> None:
        # An explanation may say it already.
        if text and text not in rule.explanation:
            told.append(say(code, {"text": text}))

    if condition is not None and isinstance(condition.rule, Attested):
        add("report.reading.statement", condition.rule.statement)
        answer = material.assessment.attestation(condition.id)
        add("report.reading.school", "" if answer is None else answer.note)
    add("report.reading.reason", rule.threshold_reason)
    add("report.reading.note", "" if condition is None else condition.note)
    return joined_sentences(*told)


def proof(rule: RuleOutcome, material: Material) -> str:
    """The numbers of the evidence attached to the rule, and to the figures it was judged by."""
    figures = (each.id for each in rule.trace.inputs) if rule.trace is not None else ()
    found = (number for key in (rule.id, *figures) for number in material.evidence.numbers.get(key, ()))
    return joined(*dict.fromkeys(found)) or say("report.none")


def conditions_by_id(programme: Programme) -> dict[str, Condition]:
    """Every condition and option of a k-of-n."""
    return {condition.id: condition for condition in programme.conditions()}
