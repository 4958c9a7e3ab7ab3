"""How much room text takes in a sheet: a Chinese character is as wide as two Latin ones."""

import unicodedata
from collections.abc import Iterable
from math import ceil

LINE_HEIGHT = 15.0
"""Points of a line of 10 point text."""
_PADDING = 9.0
_SLACK = 1.5
"""Characters a line loses to the edges of the cell."""
TALLEST = 400.0
"""Excel allows 409 points."""


def text_width(text: str) -> int:
    """The width of a line of text in Latin characters."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def line_count(text: str, width: float) -> int:
    """The lines that ``text`` takes in a column ``width`` characters wide."""
    room = max(width - _SLACK, 2)
    return sum(max(1, ceil(text_width(part) / room)) for part in text.split("\n"))


def row_height(texts: Iterable[tuple[str, float]], least: float = 24.0) -> float:
    """The height in points that shows every text in its column whole."""
    lines = max((line_count(text, width) for text, width in texts), default=1)
    return min(TALLEST, max(least, lines * LINE_HEIGHT + _PADDING))
