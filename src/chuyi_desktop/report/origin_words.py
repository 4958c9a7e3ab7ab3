"""Where a value comes from, in words: who brought it in, when, and how."""

import re
from collections.abc import Sequence

from chuyi_desktop.domain.assessment import Origin, OriginKind
from chuyi_desktop.domain.verdict import Input, ReadRow
from chuyi_desktop.domain.wording import say

_CELL = re.compile(r"!?[A-Z]{1,3}[0-9]+$")
"""The cell at the end of an import's source: 名册.xlsx 的“教师”A7."""
_MOST_NUMBERS = 12
"""Row numbers told one by one; of more, how many there are is enough."""


def origin_words(origin: Origin | None) -> str:
    """``王老师 2026-09-01 10:32 填写``, in the machine's time zone; empty where nobody is known."""
    if origin is None:
        return ""
    when = origin.when.astimezone().strftime("%Y-%m-%d %H:%M")
    kind = origin.kind if origin.source or origin.kind is OriginKind.TYPED else OriginKind.TYPED
    return say(f"explain.origin.{kind}", {"when": when, "who": origin.who, "source": origin.source})


def input_origin(each: Input, year: int) -> str:
    """The origin of an input; of a roster that of its rows; of an earlier year's that it is one."""
    parts = [say("explain.earlier", {"year": each.year})] if each.year != year else []
    parts.append(rows_origin(each.rows) if each.rows else origin_words(each.origin))
    return say("explain.join").join(part for part in parts if part)


def rows_origin(rows: Sequence[ReadRow]) -> str:
    """How the rows of a roster came in; each way of doing so once, with how many rows."""
    counts: dict[str, int] = {}
    for row in rows:
        said = _batch(row.origin)
        counts[said] = counts.get(said, 0) + 1
    counts.pop("", None)
    if len(counts) == 1 and next(iter(counts.values())) == len(rows):
        return next(iter(counts))
    return say("explain.join").join(
        say("explain.rows_of", {"count": count, "origin": said}) for said, count in counts.items()
    )


def row_numbers(rows: Sequence[ReadRow]) -> str:
    """``第 1、3、7 行``; how many there are where they are many."""
    if len(rows) > _MOST_NUMBERS:
        return say("explain.row_count", {"count": len(rows)})
    return say("explain.row_numbers", {"numbers": "、".join(str(row.number) for row in rows)})


def _batch(origin: Origin | None) -> str:
    """The origin without the row in it, so that the rows of one import are told together."""
    if origin is None or origin.kind is not OriginKind.IMPORTED:
        return origin_words(origin)
    source = _CELL.sub("", origin.source) or origin.source
    return origin_words(Origin(origin.kind, origin.who, origin.when, source))
