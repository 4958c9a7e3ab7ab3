"""What a number format makes of a stored number: a plain number, a share in percent, or a date."""

import re
from enum import Enum


class NumberKind(Enum):
    """What a stored number means."""

    PLAIN = "plain"
    PERCENT = "percent"
    DATE = "date"


_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""27 to 36 and 50 to 58 are the date formats of Chinese Excel and WPS."""
_BUILT_IN_PERCENTS = frozenset({9, 10})
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_DATE_PART = re.compile(r"[ymdhs年月日时分秒]", re.IGNORECASE)


def kind_of(number: int, code: str | None) -> NumberKind:
    """What numbers in a format mean: a built-in format by ``number``, one of the file's own by ``code``."""
    if code is None:
        if number in _BUILT_IN_PERCENTS:
            return NumberKind.PERCENT
        return NumberKind.DATE if number in _BUILT_IN_DATES else NumberKind.PLAIN
    plain = _LITERAL.sub("", code.partition(";")[0])
    if "general" in plain.casefold() or "通用" in plain:
        return NumberKind.PLAIN
    if "%" in plain:
        return NumberKind.PERCENT
    return NumberKind.DATE if _DATE_PART.search(plain) else NumberKind.PLAIN
