"""Message tables: every sentence a user reads outside the window's own widgets, by code.

A table maps a message code to a template for ``str.format``. Another language is another table of the
same codes; code never holds sentences itself.
"""

from collections.abc import Mapping

from chuyi_desktop.domain.wording.zh_cn import TABLE as ZH_CN

__all__ = ["ZH_CN", "say"]


def say(code: str, params: Mapping[str, object] | None = None, table: Mapping[str, str] = ZH_CN) -> str:
    """The sentence for ``code`` with ``params`` filled in.

    Raises KeyError for a code that the table does not have: that is a fault of the program, and a test
    compares every code used with the table.
    """
    return table[code].format(**(params or {}))
