"""Where figures stand: on which pages and in which rosters a school finds them."""

from collections.abc import Iterable

from chuyi_desktop.domain.verdict import Input
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.reading import labelled


def where(inputs: Iterable[Input], facts: SchoolFacts) -> str:
    """``“师资队伍”页的高级教师、专任教师；教师明细表``."""
    pages = facts.graph.pages
    found: dict[str, list[str]] = {}
    for each in inputs:
        label = labelled(each.label, each.year, facts)
        found.setdefault(pages.get(each.id, ""), []).append(label)
    return "；".join(_on_page(page, "、".join(labels)) for page, labels in found.items())


def _on_page(page: str, labels: str) -> str:
    return say("scoring.where.page", {"page": page, "labels": labels}) if page else labels
