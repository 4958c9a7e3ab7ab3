"""Where a Chinese line may end (GB/T 15834-2011): pure text and widths, no fonts and no paper."""

from collections.abc import Sequence
from unicodedata import category, east_asian_width

NO_START = frozenset(
    "，。、；：！？·）〕］｝〉》」』】〗〙〛’”,.;:!?)]}%％‰℃°′″¢￠々〻ー－-–~～〜/／|｜．・︰﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞"
)
"""What may not stand at the start of a line: points, closing marks, connecting and dividing
strokes, units."""

NO_END = frozenset("（〔［｛〈《「『【〖〘〚‘“([{￥¥＄$£￡#＃@＠§№/／﹙﹛﹝≤≥＜＞≈")
"""What may not stand at the end of a line: opening marks, signs before a number, dividing strokes."""

_RUNS = frozenset("—…─")
"""Strokes of several characters that are never torn: —— and ……."""

_BRACKETED = 3
"""So many characters in brackets stay together at the end of a phrase: units, （参考）, （盖章）."""
_AFTER_SUFFIX = frozenset({"", *"，。、；：（ "})
_TOLERANCE = 0.01
_WORD_SIGNS = frozenset("-_+.,:/%@#&'=~*\\<>^")

Span = tuple[int, int]


def _is_word(char: str) -> bool:
    if char.isascii():
        return char.isalnum() or char in _WORD_SIGNS
    return char.isalnum() and east_asian_width(char) not in "WF"


def may_break(before: str, after: str, *, beyond: str = "") -> bool:
    """Whether a line may end between two characters as far as punctuation goes.

    ``beyond`` is the character after ``after``: a single — connects and may not begin a line, a —— may.
    """
    if after in NO_START or before in NO_END or after == " ":
        return False
    if category(after).startswith("M"):
        return False
    if before in _RUNS and before == after:
        return False
    return not (after == "—" and beyond != "—")


def _may_break_at(text: str, index: int) -> bool:
    beyond = text[index + 1] if index + 1 < len(text) else ""
    last = index - 1
    while last > 0 and text[last] == " ":
        last -= 1
    return may_break(text[last], text[index], beyond=beyond)


def _is_torn(text: str, index: int) -> bool:
    """Whether a break at ``index`` tears a word, a number, a number from its unit (3,091 人), or a few
    characters in brackets that end a phrase （万元）."""
    before, after = text[index - 1], text[index]
    opening = text.rfind("（", max(0, index - _BRACKETED), index)
    closing = text.find("）", opening, opening + _BRACKETED + 2) if opening >= 0 else -1
    if index <= closing and text[closing + 1 : closing + 2] in _AFTER_SUFFIX:
        return True
    if before == " ":
        return index > 1 and text[index - 2].isdigit() and not after.isascii()
    return _is_word(before) and _is_word(after)


def break_lines(text: str, widths: Sequence[float], first: float, rest: float) -> list[Span]:
    """The lines of ``text`` as (start, end), the first ``first`` wide and the others ``rest``.

    ``widths`` has the width of each character. Words and numbers stay whole where the line has a better
    place; punctuation rules give way only where a line has no place to break at all. Spaces at a line's
    end belong to no line.
    """
    lines: list[Span] = []
    start, length = 0, len(text)
    while start < length:
        end = _line_end(text, widths, start, rest if lines else first)
        trimmed = end
        while trimmed > start + 1 and text[trimmed - 1] == " ":
            trimmed -= 1
        lines.append((start, trimmed))
        start = end
        while start < length and text[start] == " ":
            start += 1
    return lines or [(0, 0)]


def _line_end(text: str, widths: Sequence[float], start: int, room: float) -> int:
    """Where the line that begins at ``start`` ends: everything fits, or the best place before it does not."""
    used = 0.0
    whole = loose = 0
    for index in range(start, len(text)):
        if index > start and _may_break_at(text, index):
            loose = index
            if not _is_torn(text, index):
                whole = index
        used += widths[index]
        if used > room + _TOLERANCE and text[index] != " " and index > start:
            return whole or loose or index
    return len(text)
