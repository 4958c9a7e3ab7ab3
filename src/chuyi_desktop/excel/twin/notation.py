"""How things are written in an Excel formula."""

from datetime import date
from decimal import Decimal

from chuyi_desktop.domain.values import Maybe, Missing, MissingReason, canonical
from chuyi_desktop.excel.words import writable

Cached = float | str | bool
"""What a formula's cell shows until the workbook is computed again."""
NOT_KNOWN = "#N/A"
"""未填, as a formula has it."""
NO_DIVISOR = "#DIV/0!"
ERRORS = frozenset({NOT_KNOWN, NO_DIVISOR})
STEPS = "\x00"
"""Stands in front of a place on the sheet 计算 until it is known from where it is referred to."""
LONGEST_TEXT = 255
"""Characters of a text that a formula can hold."""


def quoted_sheet(name: str) -> str:
    """A sheet's name as it stands before a place on it."""
    doubled = name.replace("'", "''")
    return f"'{doubled}'!"


def number(value: Decimal) -> str:
    """A number."""
    return canonical(value)


def text(value: str) -> str:
    """A text, as far as a formula can say it; one too long in parts."""
    value = writable(value)
    parts = [value[at : at + LONGEST_TEXT] for at in range(0, len(value), LONGEST_TEXT)] or [""]
    quoted = ['"' + part.replace('"', '""') + '"' for part in parts]
    return quoted[0] if len(quoted) == 1 else f"({'&'.join(quoted)})"


def cached(value: Maybe) -> Cached:
    """A value as the cell of its formula shows it. A date is the number 20240901: spreadsheets know no day
    before 1900."""
    if isinstance(value, Missing):
        return NO_DIVISOR if value.reason is MissingReason.DIVISION_BY_ZERO else NOT_KNOWN
    if isinstance(value, bool | str):
        return value
    if isinstance(value, date):
        return float(value.year * 10_000 + value.month * 100 + value.day)
    return float(value)


def literal(value: Maybe) -> str:
    """A value written into a formula."""
    if isinstance(value, Missing):
        return "NA()"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return text(value)
    if isinstance(value, date):
        return str(value.year * 10_000 + value.month * 100 + value.day)
    return number(value)
