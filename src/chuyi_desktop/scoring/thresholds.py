"""Which threshold counts for a school, and how its value stands to it."""

from dataclasses import dataclass
from decimal import Decimal

from chuyi_desktop.domain.formula import Expression, evaluate
from chuyi_desktop.domain.formula.evaluate import compare
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.programme import Threshold, ThresholdCase
from chuyi_desktop.domain.told import Later, Told
from chuyi_desktop.domain.values import ARITHMETIC, Maybe, Missing
from chuyi_desktop.domain.verdict import Input, Outcome
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.derivation import inputs_of, listed, why_missing
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.reading import number, quantity, said_number, sign, words

MORE_IS_BETTER = frozenset({Comparison.AT_LEAST, Comparison.MORE})
LESS_IS_BETTER = frozenset({Comparison.AT_MOST, Comparison.LESS})


@dataclass(frozen=True)
class CaseChoice:
    """The cases of a threshold that may count; one unless the context is 未填. ``none_fits`` says that the
    school may also be one for which the rule sets no threshold. ``reason`` says why these, ``context`` are
    the figures that were asked for it."""

    cases: tuple[ThresholdCase, ...]
    none_fits: bool
    reason: Told[str] = Told()
    context: Told[tuple[Input, ...]] = Told(())

    @property
    def value(self) -> Decimal | None:
        """The threshold, where only one is left."""
        values = {case.value for case in self.cases}
        return values.pop() if len(values) == 1 and not self.none_fits else None

    @property
    def case(self) -> ThresholdCase | None:
        """The case, where only one is left."""
        return self.cases[0] if len(self.cases) == 1 and not self.none_fits else None


def choose_case(threshold: Threshold, field: Indicator | None, facts: SchoolFacts) -> CaseChoice:
    """The first case that holds; while it is not known which that is, all that it may be."""
    possible: list[ThresholdCase] = []
    asked: list[Expression] = []
    unknown: list[Missing] = []
    for case in threshold.cases:
        holds: Maybe = True if case.when is None else evaluate(case.when, facts)
        if case.when is not None:
            asked.append(case.when)
        if isinstance(holds, Missing):
            unknown.append(holds)
        if holds is not False:
            possible.append(case)
        if holds is True:
            break
    none_fits = not possible or (bool(unknown) and holds is not True)

    def reason() -> str:
        inputs = inputs_of(asked, facts)
        if not unknown:
            return _reason(possible[0] if possible else None, listed(inputs, facts), facts)
        why = why_missing(Missing.joined(unknown), inputs, facts)
        cases = "、".join(_case_words(case, threshold.comparison, field, facts) for case in possible)
        return say("scoring.case.open", {"why": why, "cases": cases})

    context = Later(lambda: inputs_of(asked, facts)) if asked else ()
    return CaseChoice(tuple(possible), none_fits, Later(reason), context)


def outcomes(choice: CaseChoice, value: Maybe, comparison: Comparison) -> frozenset[Outcome]:
    """How the value may come out under the cases that may count."""
    found = {Outcome.NOT_APPLICABLE} if choice.none_fits else set()
    for case in choice.cases:
        holds = compare(comparison, value, case.value)
        if isinstance(holds, Missing):
            found |= {Outcome.MET, Outcome.UNMET}
        else:
            found.add(Outcome.MET if holds else Outcome.UNMET)
    return frozenset(found)


def gap(value: Maybe, threshold: Decimal | None, comparison: Comparison, digits: int) -> Decimal | None:
    """How far a value that falls short is from the threshold. A value that must lie beyond the threshold and
    is right on it lacks the smallest step of ``digits`` decimals."""
    if not isinstance(value, Decimal) or threshold is None or comparison is Comparison.UNEQUAL:
        return None
    distance = ARITHMETIC.subtract(value, threshold).copy_abs()
    return distance or Decimal(1).scaleb(-digits)


def gap_words(distance: Decimal | None, comparison: Comparison, field: Indicator | None) -> str:
    """``未达到，还差 5.58 ㎡``, or by how much too much it is."""
    if distance is None or comparison not in MORE_IS_BETTER | LESS_IS_BETTER:
        return say("scoring.unmet")
    code = "scoring.short" if comparison in MORE_IS_BETTER else "scoring.over"
    if field is not None and field.unit == "%":
        return say(code, {"gap": say("scoring.percent_points", {"number": number(distance)})})
    return say(code, {"gap": quantity(distance, field)})


def standard(choice: CaseChoice, comparison: Comparison, field: Indicator | None) -> str:
    """``≥ 20 ㎡``; every value that may count, where the context is 未填."""
    values = dict.fromkeys(case.value for case in choice.cases)
    return say("scoring.or").join(signed(comparison, value, field) for value in values)


def signed(comparison: Comparison, value: Decimal, field: Indicator | None) -> str:
    """``≤ 20（1:20）``."""
    params = {"sign": sign(comparison), "value": said_number(value, field)}
    return say("scoring.signed", params)


def step_digits(field: Indicator | None) -> int:
    """Decimals of the smallest difference that counts for a value of ``field``."""
    return 0 if field is None else field.decimals


def _case_words(
    case: ThresholdCase, comparison: Comparison, field: Indicator | None, facts: SchoolFacts
) -> str:
    asked = signed(comparison, case.value, field)
    return say("scoring.case.possible", {"name": _name(case, facts), "standard": asked})


def _name(case: ThresholdCase, facts: SchoolFacts) -> str:
    """For which schools a case is: its label, else its own condition."""
    if case.label:
        return say("scoring.quoted", {"text": case.label})
    return say("scoring.case.other") if case.when is None else words(case.when, facts)


def _reason(case: ThresholdCase | None, context: str, facts: SchoolFacts) -> str:
    """Why this case; empty where the rule has one threshold for all."""
    if case is None:
        return say("scoring.case.none", {"context": context})
    if context:
        return say("scoring.case.chosen", {"name": _name(case, facts), "context": context})
    return say("scoring.case.labelled", {"name": _name(case, facts)}) if case.label else ""
