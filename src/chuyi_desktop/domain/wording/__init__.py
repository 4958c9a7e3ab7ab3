"""Message tables: every sentence a user reads, by code.

A table maps a message code to a template for ``str.format``. Another language is another table of the
same codes; code never holds sentences itself.
"""

import re
from collections.abc import Mapping

from chuyi_desktop.domain.wording.zh_cn import TABLE as ZH_CN

__all__ = ["ZH_CN", "say"]

_QUOTES = re.compile("([“”])")


def say(code: str, params: Mapping[str, object] | None = None, table: Mapping[str, str] = ZH_CN) -> str:
    """The sentence for ``code`` with ``params`` filled in.

    Raises KeyError for a code that the table does not have: that is a fault of the program, and a test
    compares every code used with the table.
    """
    return _inner_quotes(table[code].format(**(params or {})))


def _inner_quotes(text: str) -> str:
    """Quotation marks inside quotation marks as GB/T 15834 writes them: “‘楚怡’优质学校”. A text whose marks
    do not pair is left as it is."""
    marks = text.count("“")
    # Nothing inside where there is one pair; most sentences have none.
    if marks <= 1 or marks != text.count("”"):
        return text
    depth, written = 0, []
    for part in _QUOTES.split(text):
        depth -= part == "”"
        written.append(part if depth % 2 == 0 else {"“": "‘", "”": "’"}.get(part, part))
        depth += part == "“"
    return "".join(written)
