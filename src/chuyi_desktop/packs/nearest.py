"""What somebody probably meant to write."""

from collections.abc import Iterable
from difflib import get_close_matches

from chuyi_desktop.domain.wording import say

_SHOWN = 12
"""Names that a message lists at most."""


def hint(found: str, known: Iterable[str]) -> str:
    """The end of a sentence: the nearest known name, else the known names where they are few."""
    names = sorted(set(known))
    near = get_close_matches(found, names, n=1, cutoff=0.6)
    if near:
        return say("packs.hint.near", {"name": near[0]})
    if names and len(names) <= _SHOWN:
        return say("packs.hint.one_of", {"names": listed(names)})
    return ""


def listed(names: Iterable[str]) -> str:
    """Names in a sentence."""
    return "、".join(names)
