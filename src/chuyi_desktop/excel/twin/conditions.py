"""Conditions as steps: for each the outcomes that are still possible, as one number."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.formula import Expression, evaluate
from chuyi_desktop.domain.formula.evaluate import compare
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Condition,
    ConditionGroup,
    Requirement,
    Threshold,
    ThresholdCase,
)
from chuyi_desktop.domain.values import Maybe, Missing
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.twin.calculation import Step, StepKind
from chuyi_desktop.excel.twin.notation import NOT_KNOWN, Cached, number, text
from chuyi_desktop.excel.twin.scalars import Scalars

MET, UNMET, NOT_APPLICABLE = 1, 2, 4
"""Outcomes, as bits of what is possible."""
OPEN = MET | UNMET
_ALL = 7
_SIGNS = {Comparison.UNEQUAL: "<>"}


@dataclass(frozen=True, slots=True)
class CaseSteps:
    """A case of a threshold: whether it is this school's, where that is asked, and its words."""

    case: ThresholdCase
    holds: str | None


@dataclass(frozen=True, slots=True)
class ConditionSteps:
    """A condition: ``possible`` is the step with its outcomes, ``outcome`` the one with what it came to (3 is
    未填), ``value`` what the school has, None where that is no figure."""

    condition: Condition
    possible: str
    outcome: str
    value: str | None
    applies: str | None
    cases: tuple[CaseSteps, ...] = ()
    options: tuple["ConditionSteps", ...] = ()


@dataclass(frozen=True, slots=True)
class GroupSteps:
    """A group of conditions: the fewest and the most of them that may come out unmet."""

    group: ConditionGroup
    conditions: tuple[ConditionSteps, ...]
    fewest: str
    most: str


def may_be(bit: int, place: str) -> str:
    """Whether an outcome is among those possible at ``place``."""
    return f"(MOD(INT({place}/{bit}),2)=1)"


@dataclass(slots=True)
class ConditionTranslator:
    """Makes the steps of conditions."""

    scalars: Scalars
    assessment: Assessment
    union: Callable[[str, str], str]
    """The outcomes possible in one or the other of two steps."""

    def group(self, group: ConditionGroup) -> GroupSteps:
        """All conditions of a group and how many may be unmet."""
        conditions = tuple(self.condition(each) for each in group.conditions)
        certain = "+".join(f"({each.possible}={UNMET})" for each in conditions) or "0"
        possible = "+".join(f"{may_be(UNMET, each.possible)}" for each in conditions) or "0"
        masks = [self._mask(each) for each in conditions]
        fewest = self._add(
            say("twin.step.fewest", {"title": group.title}),
            f"0+{certain}",
            float(sum(mask == UNMET for mask in masks)),
        )
        most = self._add(
            say("twin.step.most", {"title": group.title}),
            f"0+{possible}",
            float(sum(mask & UNMET > 0 for mask in masks)),
        )
        return GroupSteps(group, conditions, fewest, most)

    def condition(self, condition: Condition) -> ConditionSteps:
        """One condition; the options of a k-of-n before it."""
        applies, applies_now = self._asked(condition.applies_when)
        base, mask, found = self._by_rule(condition)
        if applies is None:
            formula = base
        else:
            formula = f"IF(ISERROR({applies}),{self.union(base, str(NOT_APPLICABLE))},"
            formula += f"IF({applies},{base},{NOT_APPLICABLE}))"
            if isinstance(applies_now, Missing):
                mask |= NOT_APPLICABLE
            elif applies_now is False:
                mask = NOT_APPLICABLE
        title = condition.title
        possible = self._add(say("twin.step.possible", {"title": title}), formula, float(mask))
        outcome, now = self._settled(possible), _settled(mask)
        if applies is not None:
            outcome = f"IF(ISERROR({applies}),{OPEN},{outcome})"
            now = OPEN if isinstance(applies_now, Missing) else now
        place = self._add(say("twin.step.outcome", {"title": title}), outcome, float(now))
        return ConditionSteps(condition, possible, place, found.value, applies, found.cases, found.options)

    @staticmethod
    def _settled(possible: str) -> str:
        return f"IF(OR({possible}={MET},{possible}={UNMET},{possible}={NOT_APPLICABLE}),{possible},{OPEN})"

    def _add(self, label: str, formula: str, value: Cached) -> str:
        return self.scalars.calculation.add(Step(StepKind.CONDITION, label, formula, value))

    def _mask(self, steps: ConditionSteps) -> int:
        return int(self.scalars.calculation.value(steps.possible))

    def _asked(self, tree: Expression | None) -> tuple[str | None, Maybe]:
        if tree is None:
            return None, True
        piece = self.scalars.stepped(self.scalars.piece(tree), tree)
        return piece.text, evaluate(tree, self.scalars.facts)

    def _by_rule(self, condition: Condition) -> tuple[str, int, "_Found"]:
        """The formula of the possible outcomes, short enough to be repeated, and what they are now."""
        match condition.rule:
            case Threshold() as rule:
                return self._threshold(condition, rule)
            case Requirement(holds):
                place, now = self._asked(holds)
                mask = OPEN if isinstance(now, Missing) else MET if now is True else UNMET
                return f"IFERROR(IF({place},{MET},{UNMET}),{OPEN})", mask, _Found(place)
            case AtLeastOf() as rule:
                return self._at_least_of(condition, rule)
            case Attested():
                return self._attested(condition)

    def _attested(self, condition: Condition) -> tuple[str, int, "_Found"]:
        answer = self.assessment.attestation(condition.id)
        now: Cached = NOT_KNOWN if answer is None else answer.holds
        cell = self.scalars.places.answers[condition.id]
        yes, no = text(say("input.yes")), text(say("input.no"))
        formula = f"IF({cell.reference}={yes},TRUE,IF({cell.reference}={no},FALSE,NA()))"
        step = Step(
            StepKind.DATA,
            condition.title,
            formula,
            now,
            gap="ISERROR({value})",
            is_gap=answer is None,
            place=cell.sheet,
        )
        place = self.scalars.calculation.add(step, ("attested", condition.id))
        mask = OPEN if answer is None else MET if answer.holds else UNMET
        return f"IFERROR(IF({place},{MET},{UNMET}),{OPEN})", mask, _Found(place)

    def _at_least_of(self, condition: Condition, rule: AtLeastOf) -> tuple[str, int, "_Found"]:
        options = tuple(self.condition(each) for each in rule.options)
        masks = [self._mask(each) for each in options]
        certain = sum(mask == MET for mask in masks)
        possible = sum(mask & MET > 0 for mask in masks)
        surely = self._add(
            say("twin.step.options_met", {"title": condition.title}),
            "0+" + ("+".join(f"({each.possible}={MET})" for each in options) or "0"),
            float(certain),
        )
        at_most = self._add(
            say("twin.step.options_possible", {"title": condition.title}),
            "0+" + ("+".join(may_be(MET, each.possible) for each in options) or "0"),
            float(possible),
        )
        mask = MET if certain >= rule.count else UNMET if possible < rule.count else OPEN
        formula = f"IF({surely}>={rule.count},{MET},IF({at_most}<{rule.count},{UNMET},{OPEN}))"
        return formula, mask, _Found(surely, options=options)

    def _threshold(self, condition: Condition, rule: Threshold) -> tuple[str, int, "_Found"]:
        scalars = self.scalars
        subject = scalars.stepped(scalars.piece(rule.subject), rule.subject)
        value = scalars.clean(subject, rule.subject)
        now = evaluate(rule.subject, scalars.facts)
        cases = [(each, *self._asked(each.when)) for each in rule.cases]
        found = _Found(subject.text, tuple(CaseSteps(case, holds) for case, holds, _ in cases))
        formula, mask = str(NOT_APPLICABLE), NOT_APPLICABLE
        for case, holds, holds_now in reversed(cases):
            sign = _SIGNS.get(rule.comparison, str(rule.comparison))
            judged = f"IFERROR(IF({value}{sign}{_in_brackets(case.value)},{MET},{UNMET}),{OPEN})"
            came_out = compare(rule.comparison, now, case.value)
            own = OPEN if isinstance(came_out, Missing) else MET if came_out else UNMET
            if holds is None:
                formula, mask = judged, own
                continue
            label = say("twin.step.case", {"title": condition.title, "value": number(case.value)})
            rest = self._add(label, formula, float(mask)) if not formula.isdigit() else formula
            either = self.union(judged, rest)
            formula = f"IF(ISERROR({holds}),{either},IF({holds},{judged},{rest}))"
            mask = own if holds_now is True else mask if holds_now is False else own | mask
        return formula, mask, found


@dataclass(frozen=True, slots=True)
class _Found:
    """What the steps of a rule left behind for the sheets."""

    value: str | None
    cases: tuple[CaseSteps, ...] = ()
    options: tuple[ConditionSteps, ...] = ()


def _settled(mask: int) -> int:
    return mask if mask in {MET, UNMET, NOT_APPLICABLE} else OPEN


def _in_brackets(value: Decimal) -> str:
    return number(value) if value >= 0 else f"({number(value)})"


def union_table() -> tuple[tuple[int, ...], ...]:
    """Which outcomes are possible in one or the other: row and column count from 1."""
    return tuple(tuple(one | other for other in range(1, _ALL + 1)) for one in range(1, _ALL + 1))
