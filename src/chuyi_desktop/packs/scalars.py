"""What an unquoted scalar of a YAML file means."""

import re
from collections.abc import Mapping
from decimal import Decimal

_WHOLE = re.compile(r"[-+]?(?:0|[1-9]\d{0,30})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9]\d{0,30})\.\d{1,30}")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


def plain_scalar(text: str) -> str | int | Decimal | bool | None:
    """Its value; dates, octal numbers and yes/no stay the text they are."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "0123456789+-":
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text
