"""The nearest place at which something holds, looked for outwards: whole stretches are ruled out at once, and
the rest is halved. What is found is the nearest; where the search is given up, that is said."""

from collections.abc import Callable
from dataclasses import dataclass

BUDGET = 400
"""Stretches asked about before a search is given up."""

Ask = Callable[[int, int], bool | None]
"""Whether it holds everywhere from one place to another, both included (True), or nowhere (False), or neither
can be said (None; never of a single place)."""


@dataclass(frozen=True, slots=True)
class Found:
    """The nearest place, None where there is none. ``given_up``: there may be one that was not found."""

    place: int | None
    given_up: bool = False


def nearest(first: int, last: int, ask: Ask, budget: int = BUDGET) -> Found:
    """The place nearest to ``first``, on the way to ``last``, at which it holds."""
    step = 1 if last >= first else -1
    length = abs(last - first) + 1

    def asked(start: int, end: int) -> bool | None:
        a, b = first + step * start, first + step * end
        return ask(min(a, b), max(a, b))

    left = budget
    whole = asked(0, length - 1)
    if whole is not None:
        return Found(first if whole else None)
    begin, size = 0, 1
    while begin < length:
        stack = [(begin, min(begin + size, length) - 1)]
        begin, size = begin + size, size * 2
        while stack:
            if left <= 0:
                return Found(None, given_up=True)
            left -= 1
            start, end = stack.pop()
            holds = asked(start, end)
            if holds:
                return Found(first + step * start)
            if holds is None and start < end:
                middle = (start + end) // 2
                stack += [(middle + 1, end), (start, middle)]
    return Found(None)


def everywhere(first: int, last: int, ask: Ask, budget: int = BUDGET) -> bool:
    """Whether it is shown to hold at every place from ``first`` to ``last``."""
    stack = [(first, last)] if first <= last else []
    left = budget
    while stack:
        if left <= 0:
            return False
        left -= 1
        start, end = stack.pop()
        holds = ask(start, end)
        if holds is False:
            return False
        if holds is None:
            if start == end:
                return False
            middle = (start + end) // 2
            stack += [(middle + 1, end), (start, middle)]
    return True
