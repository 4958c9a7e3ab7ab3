"""How a value came about: what was typed, every step from there, and what is missing for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from chuyi_desktop.domain.formula import Expression, evaluate, references, tables_used, write
from chuyi_desktop.domain.formula.tree import Name
from chuyi_desktop.domain.indicator import Indicator
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

COMMA = "，"
FEW = 4
"""Typed figures a derived one on the way is read out with; one of more is said by its value alone, for its
own derivation stands by itself."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A derived indicator of one year on the way to a value."""

    indicator: Indicator
    facts: SchoolFacts


@dataclass(frozen=True, slots=True)
class Derivation:
    """A value with its trace; ``field`` is the indicator whose value it is, None for a compound formula.
    ``basis`` reads out the trace's inputs and the indicators derived from them on the way, briefly."""

    value: Maybe
    field: Indicator | None
    basis: str
    trace: Trace
    why_missing: str

    @property
    def unit(self) -> str:
        """The unit of the value."""
        return "" if self.field is None else self.field.unit

    @property
    def shown(self) -> str:
        """The value as people read it."""
        return shown(self.value, self.field)


def derivation(tree: Expression, facts: SchoolFacts) -> Derivation:
    """The value of ``tree`` and how it came about, down to what was typed."""
    value = evaluate(tree, facts)
    inputs, _ = _unfolded(tree, facts)
    told, steps = _unfolded(tree, facts, brief=True)
    said = [_input_words(each, facts) for each in told if not isinstance(each.value, Missing)]
    said += [_step_words(step) for step in steps]
    basis = reading = COMMA.join(said)
    field = facts.indicator(tree.id) if isinstance(tree, Name) else None
    formula, digits = write(tree), None
    if field is None:
        reading = COMMA.join(part for part in (basis, _compound_words(tree, value, facts)) if part)
    elif field.formula is not None:
        formula, digits = write(field.formula), rounding(field)
    trace = Trace(formula, reading, inputs, value, digits)
    return Derivation(value, field, basis, trace, why_missing(value, inputs, facts))


def inputs_of(trees: Sequence[Expression], facts: SchoolFacts) -> tuple[Input, ...]:
    """Everything typed that ``trees`` read, directly or through derived indicators, each once."""
    found: dict[tuple[str, int], Input] = {}
    for tree in trees:
        for each in _unfolded(tree, facts)[0]:
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


def _unfolded(
    tree: Expression, facts: SchoolFacts, *, brief: bool = False
) -> tuple[tuple[Input, ...], tuple[_Step, ...]]:
    """The typed inputs and the derived indicators behind ``tree``, these in the order of computing.

    ``brief``: what is derived from many figures, and not itself asked about, counts as an input.
    """
    inputs: dict[tuple[str, int], Input] = {}
    steps: dict[tuple[str, int], _Step] = {}

    def visit(part: Expression, seen_from: SchoolFacts, *, inner: bool = False) -> None:
        for read in references(part):
            indicator = seen_from.indicator(read.id)
            there = seen_from.in_year(seen_from.year - read.years_back)
            key = (read.id, there.year)
            if (
                indicator is None
                or indicator.formula is None
                or (brief and inner and len(_unfolded(indicator.formula, there)[0]) > FEW)
            ):
                inputs.setdefault(key, _typed_input(read.id, indicator, there))
            elif key not in steps:
                visit(indicator.formula, there, inner=True)
                steps[key] = _Step(indicator, there)
        for roster in tables_used(part):
            inputs.setdefault((roster.table, seen_from.year), _roster_input(roster.table, seen_from))

    visit(tree, facts)
    return tuple(inputs.values()), tuple(steps.values())


def _typed_input(indicator_id: str, indicator: Indicator | None, facts: SchoolFacts) -> Input:
    value = facts.value(indicator_id, 0)
    label = indicator_id if indicator is None else indicator.name
    return Input(indicator_id, label, facts.year, value, shown(value, indicator), facts.origin(indicator_id))


def _roster_input(table_id: str, facts: SchoolFacts) -> Input:
    rows, table = facts.rows(table_id), facts.table(table_id)
    label = table_id if table is None else table.name
    if isinstance(rows, Missing):
        return Input(table_id, label, facts.year, rows, shown(rows, None))
    said = say("scoring.rows", {"count": len(rows)})
    return Input(table_id, label, facts.year, Decimal(len(rows)), said)


def _input_words(each: Input, facts: SchoolFacts) -> str:
    label = labelled(each.label, each.year, facts)
    return say("scoring.input", {"label": label, "shown": each.shown})


def _step_words(step: _Step) -> str:
    """``生师比 = 3,091 ÷ 157 = 19.69``."""
    indicator, facts = step.indicator, step.facts
    if indicator.formula is None:
        return ""
    label = labelled(indicator.name, facts.year, facts)
    return _equation(label, indicator.formula, facts.value(indicator.id, 0), indicator, facts)


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
