"""A formula for readers: once with the names of the field, once with the very numbers computed with."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from chuyi_desktop.domain.display import grouped, in_unit, number_of, show
from chuyi_desktop.domain.formula import Expression, evaluate, rewritten, write
from chuyi_desktop.domain.formula.tree import Aggregate, Arithmetic, Choose, Compare, Constant, Name, Operator
from chuyi_desktop.domain.indicator import Display, Fillable, Indicator, ValueKind, is_ratio
from chuyi_desktop.domain.units import YEARS
from chuyi_desktop.domain.values import Maybe, Missing, Value, round_half_up
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.facts import SchoolFacts

SHOWN_DIGITS = 6
"""Decimals that a number without a stated rounding is shown with."""

ABOUT = "≈"
"""Stands before a number that is shown shortened."""

MOST_WORDS = 10_000
"""Formulas in words that are kept for a programme; one year needs as many as it has formulas."""

_SIGNS = {"*": "×", "/": "÷", "-": "−", ">=": "≥", "<=": "≤", "!=": "≠"}
_WORDS = {
    "and": "scoring.sign.and",
    "or": "scoring.sign.or",
    "not": "scoring.sign.not",
    "if": "scoring.sign.if",
    "round": "scoring.sign.round",
    "year_of": "scoring.sign.year_of",
    "sum": "scoring.sign.sum",
    "min": "scoring.sign.min",
    "max": "scoring.sign.max",
    "avg": "scoring.sign.avg",
}


def sign(text: str) -> str:
    """A sign or function of the language as people write it."""
    return say(_WORDS[text]) if text in _WORDS else _SIGNS.get(text, text)


def number(value: Decimal) -> str:
    """A number as it was computed with; one with very many decimals shortened and marked so."""
    short = round_half_up(value, SHOWN_DIGITS)
    return grouped(value) if short == value else f"{ABOUT}{grouped(short)}"


def quantity(value: Decimal, field: Fillable | None) -> str:
    """A number with its unit; never as a ratio."""
    if field is None:
        return number(value)
    return in_unit(number_of(value, YEARS) if field.unit == YEARS else number(value), field.unit)


def shown(value: Maybe, field: Fillable | None) -> str:
    """A value as people read it."""
    if isinstance(value, Decimal) and not is_ratio(field):
        return quantity(value, field)
    return show(value, field)


def said_number(value: Decimal, field: Fillable | None) -> str:
    """A number with its unit; ``19.69:1`` or ``19.69（1:19.69）`` where its field is read out as a ratio."""
    if not is_ratio(field):
        return quantity(value, field)
    ratio = show(value, field)
    if isinstance(field, Indicator) and field.display is Display.TO_ONE:
        return ratio
    return say("scoring.ratio", {"text": quantity(value, field), "ratio": ratio})


def labelled(label: str, year: int, facts: SchoolFacts) -> str:
    """``label``, with the year before it where that is not the assessment's."""
    if year == facts.assessment.year:
        return label
    return say("scoring.earlier_year", {"year": year, "label": label})


def words(tree: Expression, facts: SchoolFacts) -> str:
    """``tree`` with names: ``在校生 ÷ 专任教师``."""
    graph = facts.graph
    if id(tree) not in graph.own:
        return _words(tree, facts)
    key = (id(tree), facts.scope, facts.year, facts.assessment.year)
    found = graph.words.get(key)
    if found is None:
        # Another thread may clear meanwhile: what was found is kept in hand.
        found = _words(tree, facts)
        if len(graph.words) > MOST_WORDS:
            graph.words.clear()
        graph.words[key] = found
    return found


def _words(tree: Expression, facts: SchoolFacts) -> str:
    def name(node: Name) -> str:
        found = facts.field(node.id)
        label = node.id if found is None else found.name
        return labelled(label, facts.year - node.years_back, facts)

    def aggregate(node: Aggregate) -> str:
        return _roster_words(node, facts)

    return write(_form(tree, facts), name, aggregate, sign, _constant)


def numbers(tree: Expression, facts: SchoolFacts) -> str:
    """``tree`` with the values in place of the names: ``3,091 ÷ 157``; only the branch that counted."""

    def name(node: Name) -> str:
        return _leaf(facts.value(node.id, node.years_back), facts.field(node.id))

    def aggregate(node: Aggregate) -> str:
        return _leaf(evaluate(node, facts), None)

    return write(_form(counted(tree, facts), facts), name, aggregate, sign, _constant)


def _form(tree: Expression, facts: SchoolFacts) -> Expression:
    """``tree`` without what tells a reader nothing, and with labels; the programme's own are kept so."""
    if id(tree) not in facts.graph.own:
        return _with_labels(_without_ones(tree), facts.field)
    key = (id(tree), facts.scope)
    if key not in facts.graph.forms:
        facts.graph.forms[key] = _with_labels(_without_ones(tree), facts.field)
    return facts.graph.forms[key]


def _without_ones(tree: Expression) -> Expression:
    """``tree`` without ``× 1``, which turns a unit into another (人次 into 人) and tells a reader nothing."""

    def change(node: Expression) -> Expression | None:
        match node:
            case Arithmetic(Operator.MULTIPLY, left, Constant(value)) if value == 1:
                return _without_ones(left)
        return None

    return rewritten(tree, change)


def counted(tree: Expression, facts: SchoolFacts) -> Expression:
    """``tree`` with only the branch of every choice that counts for this school."""
    if id(tree) in facts.graph.own and id(tree) not in facts.graph.choosing:
        return tree
    return rewritten(tree, lambda node: _branch(node, facts))


def _leaf(value: Maybe, field: Fillable | None) -> str:
    if isinstance(value, Decimal):
        return f"({number(value)})" if value < 0 else number(value)
    text = show(value, field)
    return say("scoring.quoted", {"text": text}) if isinstance(value, str) else text


def _constant(value: Value) -> str:
    return _leaf(value, None)


def _roster_words(node: Aggregate, facts: SchoolFacts) -> str:
    table = facts.table(node.table)
    columns: Mapping[str, Fillable] = {} if table is None else table.by_id

    def column_name(column: str) -> str:
        return columns[column].name if column in columns else column

    where = ""
    if node.where is not None:
        condition = write(
            _with_labels(node.where, columns.get),
            lambda read: column_name(read.id),
            signs=sign,
            constant=_constant,
        )
        where = say("scoring.roster.where", {"where": condition})
    params = {
        "table": node.table if table is None else table.name,
        "where": where,
        "column": "" if node.column is None else column_name(node.column),
    }
    return say(f"scoring.roster.{node.aggregation}", params)


def _with_labels(tree: Expression, named: Callable[[str], Fillable | None]) -> Expression:
    """``tree`` with the labels of choices where it compares with their ids."""

    def change(node: Expression) -> Expression | None:
        match node:
            case Compare(comparison, Name(id) as left, Constant(str() as chosen)):
                return Compare(comparison, left, Constant(_label(chosen, named(id))))
            case Compare(comparison, Constant(str() as chosen), Name(id) as right):
                return Compare(comparison, Constant(_label(chosen, named(id))), right)
        return None

    return rewritten(tree, change)


def _label(chosen: str, field: Fillable | None) -> str:
    return show(chosen, field) if field is not None and field.kind is ValueKind.CHOICE else chosen


def _branch(node: Expression, facts: SchoolFacts) -> Expression | None:
    if not isinstance(node, Choose):
        return None
    condition = evaluate(node.condition, facts)
    if isinstance(condition, Missing):
        return None
    return rewritten(node.then if condition else node.otherwise, lambda inner: _branch(inner, facts))
