"""What a formula may give, as a value: a range of numbers or dates, possible answers or texts, and whether it
may be missing. Never too narrow; where nothing is open, exactly what the formula gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import assert_never

from chuyi_desktop.domain.formula import operations
from chuyi_desktop.domain.formula.tree import Aggregation, Comparison, Operator
from chuyi_desktop.domain.values import ARITHMETIC, Maybe, Missing, round_half_up


@dataclass(frozen=True, slots=True)
class Numbers:
    """Some number from ``low`` to ``high``, both included, or missing where that ``missing`` says so."""

    low: Decimal
    high: Decimal
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """Some date from ``low`` to ``high``."""

    low: date
    high: date
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """Yes, no, or either."""

    yes: bool
    no: bool
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Labels:
    """One of some texts or choices; None is any text."""

    options: frozenset[str] | None
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Nothing:
    """Missing for certain."""

    @property
    def missing(self) -> bool:
        """Yes."""
        return True


Span = Numbers | Dates | Answers | Labels | Nothing
NOTHING = Nothing()
YES, NO, OPEN = Answers(yes=True, no=False), Answers(yes=False, no=True), Answers(yes=True, no=True)


def known(value: Maybe) -> Span:
    """Exactly one value."""
    match value:
        case Missing():
            return NOTHING
        case bool():
            return YES if value else NO
        case Decimal():
            return Numbers(value, value)
        case date():
            return Dates(value, value)
        case str():
            return Labels(frozenset({value}))
        case _:
            assert_never(value)


def is_known(span: Span) -> bool:
    """Whether nothing about it is open."""
    match span:
        case Nothing():
            return True
        case Numbers(low, high, missing) | Dates(low, high, missing):
            return low == high and not missing
        case Answers(yes, no, missing):
            return yes + no + missing == 1
        case Labels(options, missing):
            return options is not None and len(options) == 1 and not missing
        case _:
            assert_never(span)


def perhaps_missing(span: Span) -> Span:
    """The same, or missing."""
    match span:
        case Nothing():
            return span
        case Numbers(low, high):
            return Numbers(low, high, missing=True)
        case Dates(low, high):
            return Dates(low, high, missing=True)
        case Answers(yes, no):
            return Answers(yes, no, missing=True)
        case Labels(options):
            return Labels(options, missing=True)
        case _:
            assert_never(span)


def either(one: Span, other: Span) -> Span:
    """The one or the other."""
    missing = one.missing or other.missing
    match one, other:
        case Nothing(), _:
            return perhaps_missing(other)
        case _, Nothing():
            return perhaps_missing(one)
        case Numbers(), Numbers():
            return Numbers(min(one.low, other.low), max(one.high, other.high), missing)
        case Dates(), Dates():
            return Dates(min(one.low, other.low), max(one.high, other.high), missing)
        case Answers(), Answers():
            return Answers(one.yes or other.yes, one.no or other.no, missing)
        case Labels(), Labels():
            if one.options is None or other.options is None:
                return Labels(None, missing)
            return Labels(one.options | other.options, missing)
        case _:
            raise TypeError(one, other)


def both(one: Span, other: Span) -> Span:
    """What the one and the other have in common, as a value that is not missing; else nothing."""
    match one, other:
        case (Numbers(), Numbers()) if max(one.low, other.low) <= min(one.high, other.high):
            return Numbers(max(one.low, other.low), min(one.high, other.high))
        case (Dates(), Dates()) if max(one.low, other.low) <= min(one.high, other.high):
            return Dates(max(one.low, other.low), min(one.high, other.high))
        case (Answers(), Answers()) if (one.yes and other.yes) or (one.no and other.no):
            return Answers(one.yes and other.yes, one.no and other.no)
        case Labels(), Labels():
            return _common(one.options, other.options)
    return NOTHING


def _common(one: frozenset[str] | None, other: frozenset[str] | None) -> Span:
    if one is None or other is None:
        return Labels(other if one is None else one)
    return Labels(one & other) if one & other else NOTHING


# Yes and no


def answers(span: Span) -> Answers:
    """The span of a yes/no formula."""
    if isinstance(span, Answers):
        return span
    if isinstance(span, Nothing):
        return Answers(yes=False, no=False, missing=True)
    raise TypeError(span)


def negated(span: Span) -> Span:
    """Not."""
    return span if isinstance(span, Nothing) else _answer(answers(span).no, answers(span).yes, span.missing)


def conjunction(one: Span, other: Span) -> Span:
    """And, by Kleene's logic."""
    a, b = answers(one), answers(other)
    missing = (a.missing and (b.missing or b.yes)) or (b.missing and a.yes)
    return _answer(a.yes and b.yes, a.no or b.no, missing)


def disjunction(one: Span, other: Span) -> Span:
    """Or, by Kleene's logic."""
    a, b = answers(one), answers(other)
    missing = (a.missing and (b.missing or b.no)) or (b.missing and a.no)
    return _answer(a.yes or b.yes, a.no and b.no, missing)


def _answer(yes: bool, no: bool, missing: bool) -> Span:  # noqa: FBT001  # three of a kind
    return Answers(yes, no, missing) if yes or no else NOTHING


def compared(comparison: Comparison, one: Span, other: Span) -> Span:
    """``one comparison other``."""
    if isinstance(one, Nothing) or isinstance(other, Nothing):
        return NOTHING
    missing = one.missing or other.missing
    if comparison in {Comparison.EQUAL, Comparison.UNEQUAL}:
        same, differ = _alike(one, other)
        return (
            _answer(same, differ, missing)
            if comparison is Comparison.EQUAL
            else _answer(differ, same, missing)
        )
    yes, no = _ordered(comparison, _ends(one), _ends(other))
    return _answer(yes, no, missing)


_Ends = tuple[Decimal, Decimal]


def _ends(span: Span) -> _Ends:
    """Numbers as they are, dates by their days."""
    match span:
        case Numbers(low, high):
            return low, high
        case Dates(low, high):
            return Decimal(low.toordinal()), Decimal(high.toordinal())
    raise TypeError(span)


def _alike(one: Span, other: Span) -> tuple[bool, bool]:
    """Whether both may be one value, and whether they may be two."""
    if type(one) is not type(other):
        return False, True
    same = not isinstance(both(one, other), Nothing)
    return same, not (same and is_known(_present(one)) and is_known(_present(other)))


def _present(span: Span) -> Span:
    match span:
        case Numbers(low, high):
            return Numbers(low, high)
        case Dates(low, high):
            return Dates(low, high)
        case Answers(yes, no):
            return Answers(yes, no)
        case Labels(options):
            return Labels(options)
    return span


def _ordered(comparison: Comparison, one: _Ends, other: _Ends) -> tuple[bool, bool]:
    """Whether yes is possible, and whether no is."""
    (low, high), (least, most) = one, other
    match comparison:
        case Comparison.AT_LEAST:
            return high >= least, low < most
        case Comparison.AT_MOST:
            return low <= most, high > least
        case Comparison.MORE:
            return high > least, low <= most
        case _:
            return low < most, high >= least


# Numbers. Every operation of the decimal context keeps order, rounding included, so what it gives at the ends
# encloses what it gives between them, and the ends are reached.


def computed(operator: Operator, one: Span, other: Span) -> Span:
    """``one operator other``."""
    if isinstance(one, Nothing) or isinstance(other, Nothing):
        return NOTHING
    a, b = _numbers(one), _numbers(other)
    missing = a.missing or b.missing
    match operator:
        case Operator.ADD:
            return Numbers(ARITHMETIC.add(a.low, b.low), ARITHMETIC.add(a.high, b.high), missing)
        case Operator.SUBTRACT:
            return Numbers(ARITHMETIC.subtract(a.low, b.high), ARITHMETIC.subtract(a.high, b.low), missing)
        case Operator.MULTIPLY:
            return _product(a, b, missing=missing)
        case Operator.DIVIDE:
            return _quotient(a, b, missing=missing)


def _numbers(span: Span) -> Numbers:
    if isinstance(span, Numbers):
        return span
    raise TypeError(span)


def _product(a: Numbers, b: Numbers, *, missing: bool) -> Numbers:
    if a.low >= 0 and b.low >= 0:
        return Numbers(ARITHMETIC.multiply(a.low, b.low), ARITHMETIC.multiply(a.high, b.high), missing)
    corners = [ARITHMETIC.multiply(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    return Numbers(min(corners), max(corners), missing)


_HUGE = Decimal(10) ** 200
"""Beyond every quotient of numbers that can be typed or computed here: what divides by almost 0."""


def _quotient(a: Numbers, b: Numbers, *, missing: bool) -> Span:
    if b.low == b.high == 0:
        return NOTHING
    if b.low > 0 or b.high < 0:
        corners = [ARITHMETIC.divide(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
        return Numbers(min(corners), max(corners), missing)
    # Zero is among the divisors: it gives nothing, and what is near it anything.
    if a.low >= 0 and b.low == 0:
        return Numbers(ARITHMETIC.divide(a.low, b.high), _HUGE if a.high else Decimal(0), missing=True)
    return Numbers(-_HUGE, _HUGE, missing=True)


def opposite(span: Span) -> Span:
    """``-span``."""
    if isinstance(span, Nothing):
        return NOTHING
    numbers = _numbers(span)
    return Numbers(ARITHMETIC.minus(numbers.high), ARITHMETIC.minus(numbers.low), span.missing)


def rounded(span: Span, digits: int) -> Span:
    """Half up to ``digits``: what is no number stays as it is."""
    if not isinstance(span, Numbers):
        return span
    low = round_half_up(span.low, digits)
    return Numbers(low, low if span.low == span.high else round_half_up(span.high, digits), span.missing)


def year_of(span: Span) -> Span:
    """The year of a date."""
    if isinstance(span, Nothing):
        return NOTHING
    if not isinstance(span, Dates):
        raise TypeError(span)
    return Numbers(Decimal(span.low.year), Decimal(span.high.year), span.missing)


def folded(aggregation: Aggregation, operands: Sequence[Span]) -> Span:
    """``sum``, ``min``, ``max`` or ``avg`` of numbers."""
    if any(isinstance(operand, Nothing) for operand in operands):
        return NOTHING
    numbers = [_numbers(operand) for operand in operands]
    lows, highs = [each.low for each in numbers], [each.high for each in numbers]
    return Numbers(
        operations.folded(aggregation, lows),
        operations.folded(aggregation, highs),
        any(each.missing for each in numbers),
    )
