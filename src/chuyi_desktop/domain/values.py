"""What a field can hold, and the third value 未填."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from enum import StrEnum
from functools import cache

Value = Decimal | str | bool | date
"""A filled-in value. Numbers are exact decimals; a choice is the id of the chosen option."""


class MissingReason(StrEnum):
    """Why there is no value."""

    NOT_FILLED = "not_filled"
    DIVISION_BY_ZERO = "division_by_zero"
    NO_ROWS = "no_rows"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Missing:
    """未填: no value, and which fields (ids) are to blame. Never zero, never false."""

    reason: MissingReason = MissingReason.NOT_FILLED
    fields: tuple[str, ...] = ()

    @staticmethod
    def joined(parts: Sequence["Missing"]) -> "Missing":
        """One missing value for several: the first reason, all fields in order, each once."""
        fields = tuple(dict.fromkeys(name for part in parts for name in part.fields))
        return Missing(parts[0].reason, fields)


Maybe = Value | Missing

ARITHMETIC = Context(prec=28, traps=[InvalidOperation, DivisionByZero, Overflow])
"""The context of all arithmetic: given explicitly, so that no thread's default can change a result."""


def total(numbers: Iterable[Decimal]) -> Decimal:
    """The sum of ``numbers``, whatever arithmetic context the thread has; 0 for none."""
    found = Decimal(0)
    for number in numbers:
        found = ARITHMETIC.add(found, number)
    return found


def round_half_up(value: Decimal, digits: int) -> Decimal:
    """``value`` to ``digits`` decimals, a half going away from zero, as statistics yearbooks round."""
    # Room for every digit before and after the point: a product may have far more than it was written with.
    needed = value.adjusted() + digits + 2
    wide = ARITHMETIC if needed <= ARITHMETIC.prec else Context(prec=needed)
    return value.quantize(_step(digits), rounding=ROUND_HALF_UP, context=wide)


@cache
def _step(digits: int) -> Decimal:
    """The last of ``digits`` decimals; a pack has only a few different ones."""
    return Decimal(1).scaleb(-digits)


def canonical(value: Decimal) -> str:
    """The shortest exact writing of a number, without exponent: ``"45.68"``, ``"3000"``, ``"0"``."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
