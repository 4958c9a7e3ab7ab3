"""How a value came about: what was typed, every step from there, and what is missing for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from chuyi_desktop.domain.assessment import FieldKind
from chuyi_desktop.domain.formula import Expression, evaluate
from chuyi_desktop.domain.formula.tree import Name
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.told import Later
from chuyi_desktop.domain.values import Maybe, Missing, MissingReason
from chuyi_desktop.domain.verdict import Input, Trace
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.facts import SchoolFacts, rounding
from chuyi_desktop.scoring.reading import (
    ABOUT,
    counted,
    labelled,
    number,
    numbers,
    said_number,
    shown,
    words,
)
from chuyi_desktop.scoring.sources import roster_input, typed_input
from chuyi_desktop.scoring.steps import steps_of
from chuyi_desktop.scoring.unfolding import Place

COMMA = "，"


@dataclass(frozen=True, eq=False)
class Derivation:
    """A value with the way to it; ``field`` is the indicator whose value it is, None for a compound formula.

    What is to be read is worked out when it is asked for.
    """

    tree: Expression
    facts: SchoolFacts
    value: Maybe
    field: Indicator | None

    @property
    def unit(self) -> str:
        """The unit of the value."""
        return "" if self.field is None else self.field.unit

    @cached_property
    def shown(self) -> str:
        """The value as people read it."""
        return shown(self.value, self.field)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Everything typed that was read, directly or through derived indicators, each once."""
        return inputs_of([self.tree], self.facts)

    @cached_property
    def basis(self) -> str:
        """The inputs, and the indicators derived from them on the way, briefly."""
        told = self.facts.graph.unfolded(self.tree, brief=True)
        inputs = _inputs(told.inputs, self.facts)
        said = [_input_words(each, self.facts) for each in inputs if not isinstance(each.value, Missing)]
        year = self.facts.year
        said += [_step_words(id_, self.facts.in_year(year - back)) for id_, back in told.steps]
        return COMMA.join(said)

    @cached_property
    def why_missing(self) -> str:
        """Which inputs keep the value from being known; empty where it is known."""
        return why_missing(self.value, self.inputs, self.facts)

    @cached_property
    def trace(self) -> Trace:
        """The derivation as it stands in the verdict."""
        derived = self.field is not None and self.field.is_derived
        return Trace(
            Later(lambda: self._formula),
            Later(lambda: self._reading),
            Later(lambda: self.inputs),
            self.value,
            rounding(self.field) if derived and self.field is not None else None,
            self.unit,
            Later(lambda: steps_of(self.tree, self.facts)),
        )

    @property
    def _formula(self) -> str:
        formula = None if self.field is None else self.field.formula
        return self.facts.graph.text(self.tree if formula is None else formula)

    @property
    def _reading(self) -> str:
        if self.field is not None:
            return self.basis
        compound = _compound_words(self.tree, self.value, self.facts)
        return COMMA.join(part for part in (self.basis, compound) if part)


def derivation(tree: Expression, facts: SchoolFacts) -> Derivation:
    """The value of ``tree`` and how it came about, down to what was typed."""
    field = facts.indicator(tree.id) if isinstance(tree, Name) else None
    return Derivation(tree, facts, evaluate(tree, facts), field)


def derived(indicator_id: str, facts: SchoolFacts) -> Derivation:
    """The value of a derived indicator of this year and how it came about."""
    name = facts.graph.names[indicator_id]
    return facts.once("derivation", indicator_id, lambda: derivation(name, facts))


def inputs_of(trees: Sequence[Expression], facts: SchoolFacts) -> tuple[Input, ...]:
    """Everything typed that ``trees`` read, directly or through derived indicators, each once."""
    places = (place for tree in trees for place in facts.graph.unfolded(tree).inputs)
    found: dict[tuple[str, int], Input] = {}
    for each in _inputs(places, facts):
        found.setdefault((each.id, each.year), each)
    return tuple(found.values())


def listed(inputs: Sequence[Input], facts: SchoolFacts) -> str:
    """``在校生 3,091 人，专任教师 157 人``."""
    return COMMA.join(_input_words(each, facts) for each in inputs)


def why_missing(value: Maybe, inputs: Sequence[Input], facts: SchoolFacts) -> str:
    """Which inputs keep ``value`` from being known, by name; empty where it is known."""
    if not isinstance(value, Missing):
        return ""
    blamed = [each for each in inputs if isinstance(each.value, Missing) and each.id in value.fields]
    exempt = [each for each in blamed if _is_exempt(each.value)]
    unfilled = [labelled(each.label, each.year, facts) for each in blamed if each not in exempt]
    unfilled += [_column_words(field, facts) for field in value.fields if "." in field]
    reasons = []
    if unfilled:
        reasons.append(say("scoring.why.not_filled", {"labels": "、".join(unfilled)}))
    if exempt:
        labels = "、".join(labelled(each.label, each.year, facts) for each in exempt)
        reasons.append(say("scoring.why.not_applicable", {"labels": labels}))
    return "；".join(reasons) or say(f"input.missing.{value.reason}")


def _is_exempt(value: Maybe) -> bool:
    return isinstance(value, Missing) and value.reason is MissingReason.NOT_APPLICABLE


def _inputs(places: Iterable[Place], facts: SchoolFacts) -> list[Input]:
    found = []
    for kind, key, back in places:
        there = facts.in_year(facts.year - back)
        found.append(roster_input(key, there) if kind is FieldKind.ROW else typed_input(key, there))
    return found


def _input_words(each: Input, facts: SchoolFacts) -> str:
    label = labelled(each.label, each.year, facts)
    return say("scoring.input", {"label": label, "shown": each.shown})


def _step_words(indicator_id: str, facts: SchoolFacts) -> str:
    """``生师比 = 3,091 ÷ 157 = 19.69``."""
    indicator = facts.programme.indicators[indicator_id]
    formula = indicator.formula
    if formula is None:
        return ""
    label = labelled(indicator.name, facts.year, facts)
    value = facts.value(indicator_id, 0)
    return facts.once("step", indicator_id, lambda: _equation(label, formula, value, indicator, facts))


def _compound_words(tree: Expression, value: Maybe, facts: SchoolFacts) -> str:
    if isinstance(tree, Name):
        return ""
    return _equation(words(counted(tree, facts), facts), tree, value, None, facts)


def _equation(label: str, tree: Expression, value: Maybe, field: Indicator | None, facts: SchoolFacts) -> str:
    """``label = numbers = result``; with names instead of numbers where something is 未填."""
    if isinstance(value, Missing) and value.fields:
        named = words(tree, facts)
        return label if label == named else say("scoring.equation.open", {"label": label, "words": named})
    result = said_number(value, field) if isinstance(value, Decimal) else shown(value, field)
    written = numbers(tree, facts)
    # A count, or another indicator as it is: 达标项数 = 4 项, not = 4 = 4 项.
    if written in {result, number(value) if isinstance(value, Decimal) else ""}:
        return say("scoring.equation.open", {"label": label, "words": result})
    if written == label:
        return say("scoring.equation.open", {"label": written, "words": result})
    params = {"label": label, "numbers": written, "result": result.removeprefix(ABOUT)}
    return say("scoring.equation.about" if result.startswith(ABOUT) else "scoring.equation", params)


def _column_words(field: str, facts: SchoolFacts) -> str:
    table_id, _, column_id = field.partition(".")
    table = facts.table(table_id)
    column = None if table is None else table.by_id.get(column_id)
    if table is None or column is None:
        return field
    return say("scoring.column", {"table": table.name, "column": column.name})
