"""How values are written for people: one way, on screen, in Excel and on paper."""

from datetime import date
from decimal import Decimal

from chuyi_desktop.domain.indicator import Display, Fillable, Indicator, ValueKind
from chuyi_desktop.domain.units import YEARS
from chuyi_desktop.domain.values import Maybe, Missing, canonical
from chuyi_desktop.domain.wording import say


def grouped(value: Decimal) -> str:
    """``3091`` as ``3,091``; decimals as they are."""
    whole, _, decimals = canonical(value).partition(".")
    sign = "-" if whole.startswith("-") else ""
    digits = f"{int(whole.lstrip('-')):,}"
    return f"{sign}{digits}.{decimals}" if decimals else f"{sign}{digits}"


def number_of(value: Decimal, unit: str) -> str:
    """The digits of an amount of ``unit``. A year is written 2019, and no span of years needs a separator."""
    return canonical(value) if unit == YEARS else grouped(value)


def in_unit(number: str, unit: str) -> str:
    """A number already written, with its unit: ``1,200 人``, ``30%``, ``85``."""
    gap = "" if unit in {"", "%", "‰"} else " "
    return f"{number}{gap}{unit}"


def show(value: Maybe, field: Fillable | None = None, *, with_unit: bool = True) -> str:
    """``value`` as people read it: with its unit, a choice by its label, 未填 where there is none."""
    if isinstance(value, Missing):
        return say(f"input.missing.{value.reason}")
    if isinstance(value, bool):
        return say("input.yes") if value else say("input.no")
    if isinstance(value, date):
        return say("input.date", {"year": value.year, "month": value.month, "day": value.day})
    if isinstance(value, str):
        return _label(value, field)
    if isinstance(field, Indicator) and field.display is Display.ONE_TO:
        return f"1:{canonical(value)}"
    if isinstance(field, Indicator) and field.display is Display.TO_ONE:
        return f"{grouped(value)}:1"
    unit = "" if field is None else field.unit
    number = number_of(value, unit)
    return in_unit(number, unit) if with_unit else number


def _label(value: str, field: Fillable | None) -> str:
    if field is not None and field.kind is ValueKind.CHOICE:
        return next((choice.label for choice in field.choices if choice.id == value), value)
    return value
