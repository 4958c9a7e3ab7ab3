"""What a person means by a name: a rule, an indicator or a check of a programme, by id or title."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.programme import Programme


@dataclass(frozen=True, slots=True)
class Named:
    """A rule (condition, option, scored item), an indicator or a check: ``kind`` says which."""

    kind: str
    id: str
    title: str


def find_named(programme: Programme, name: str) -> Named:
    """What ``name`` means: an id first, then a title or alias; a rule before an indicator before a check.

    Raises InputError with the nearest names where nothing is called so.
    """
    every = tuple(_every(programme))
    plain = name.strip()
    for each, _ in every:
        if each.id == plain:
            return each
    for each, titles in every:
        if plain in titles:
            return each
    known = list(dict.fromkeys(word for each, titles in every for word in (each.id, *titles)))
    near = (
        get_close_matches(plain, known, n=3, cutoff=0.5)
        or [word for word in known if plain and plain in word][:3]
    )
    raise InputError("named.unknown_near" if near else "named.unknown", name=name, near="、".join(near))


def _every(programme: Programme) -> Iterator[tuple[Named, tuple[str, ...]]]:
    for key, title in programme.rule_titles().items():
        yield Named("rule", key, title), (title,)
    for indicator in programme.indicators.values():
        yield Named("indicator", indicator.id, indicator.name), (indicator.name, *indicator.aliases)
    for check in programme.checks:
        yield Named("check", check.id, check.title), (check.title,)
