"""A line of an account of how something came about."""

from dataclasses import dataclass

from chuyi_desktop.domain.wording import say


@dataclass(frozen=True, slots=True)
class Line:
    """A line: ``label`` names the part of the derivation, empty where it goes on with the part before;
    ``level`` is how far in it stands."""

    label: str
    text: str
    level: int = 0


def part(name: str, text: str, level: int = 0) -> Line:
    """The first line of a part."""
    return Line(say(f"explain.part.{name}"), text, level)


def more(text: str, level: int = 1) -> Line:
    """A line that goes on with the part before."""
    return Line("", text, level)
