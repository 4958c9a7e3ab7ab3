"""Sizes of files as people read them."""

from chuyi_desktop.domain.wording import say

_KILO = 1024
_MEGA = _KILO * _KILO


def written_size(size: int) -> str:
    """``12 KB``, ``3.4 MB``; never less than 1 KB."""
    if size < _MEGA:
        return say("ui.size.kilobytes", {"size": max(1, round(size / _KILO))})
    return say("ui.size.megabytes", {"size": f"{size / _MEGA:.1f}"})
