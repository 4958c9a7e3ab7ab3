"""Marks side by side share their blank halves: “‘ and ”。 stand together instead of gaping."""

from collections.abc import Sequence
from itertools import pairwise

SQUEEZE = 0.5
"""How much closer two marks stand, in ems: the blank half of one of them."""

_OPENING = frozenset("（〔［｛〈《「『【〖〘〚‘“")
"""Marks in the right half of their square."""
_CLOSING = frozenset("）〕］｝〉》」』】〗〙〛’”，。、；：")
"""Marks in the left half of their square."""
_FULL = 0.95
"""The least width, in ems, of a mark that has a blank half: quotation marks of some faces are narrow."""


def squeezes(marks: Sequence[tuple[str, float]]) -> list[int]:
    """The places of the characters (each with its width in ems) that the next one moves up to."""
    return [index for index, (before, after) in enumerate(pairwise(marks)) if _squeezed(before, after)]


def _squeezed(before: tuple[str, float], after: tuple[str, float]) -> bool:
    if before[0] in _CLOSING:
        return before[1] >= _FULL and (after[0] in _CLOSING or after[0] in _OPENING)
    return before[0] in _OPENING and after[0] in _OPENING and after[1] >= _FULL
