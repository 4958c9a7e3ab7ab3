"""Numbers of headings as GB/T 9704 has them: 一、（一）1."""

from collections.abc import Sequence

from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.blocks import Block, Heading

_DIGITS = "〇一二三四五六七八九"
_TEN = 10


def chinese(number: int) -> str:
    """1…99 in Chinese: 一, 十, 十一, 二十, 二十一."""
    tens, units = divmod(number, _TEN)
    if not tens:
        return _DIGITS[units]
    head = "" if tens == 1 else _DIGITS[tens]
    return f"{head}十{_DIGITS[units] if units else ''}"


def part_title(number: int, title: str) -> str:
    """``三、评分表``; a number the title has of its own gives way."""
    head, mark, rest = title.partition("、")
    bare = rest if mark and head and set(head) <= set(f"{_DIGITS}十") else title
    return say("report.number.part", {"number": chinese(number), "title": bare})


def section_heading(number: int, title: str) -> Heading:
    """A level-2 heading ``（二）硬性条件``."""
    return Heading(2, say("report.number.section", {"number": chinese(number), "title": title}))


def item_heading(number: int, title: str) -> Heading:
    """A level-3 heading ``1. 达标监测``."""
    return Heading(3, say("report.number.item", {"number": number, "title": title}))


def numbered_sections(sections: Sequence[tuple[str, Sequence[Block]]]) -> tuple[Block, ...]:
    """Sections (title, blocks) one after the other under numbered level-2 headings; empty ones left out."""
    filled = [(title, blocks) for title, blocks in sections if blocks]
    return tuple(
        block
        for number, (title, blocks) in enumerate(filled, 1)
        for block in (section_heading(number, title), *blocks)
    )
