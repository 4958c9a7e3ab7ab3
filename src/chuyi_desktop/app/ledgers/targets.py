"""What columns and names of a ledger can be matched to, and all the words by which each is known."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from chuyi_desktop.app.ledgers.layout import INDICATORS
from chuyi_desktop.domain import office_words
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.indicator import Choice, Fillable, Indicator, Table, ValueKind
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.units import find_unit
from chuyi_desktop.domain.wording import say

_LONGEST_NAME = 200
_NOISE = re.compile(r"[\s*“”‘’\"'·:。,;、]+")
_NUMBERING = re.compile(r"^(?:\(?\d+(?:\.\d+)*[.)、]|\(?[一二三四五六七八九十]+[)、.])+")
_BRACKET = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)$")


def plain(words: str) -> str:
    """Words without blanks, quotes, stars and pauses, full-width forms made plain."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", words)).casefold()


@dataclass(frozen=True, slots=True)
class Words:
    """A head or name taken apart: ``full`` as it stands, ``base`` without numbering, idle words and what
    stands in brackets; ``unit`` is what the brackets say, where that is a unit."""

    full: str
    base: str
    unit: str = ""


def words_of(text: str) -> Words:
    """``text`` taken apart; of a text too long for a name only the beginning."""
    return _taken_apart(text[:_LONGEST_NAME])


@lru_cache(maxsize=4096)
def _taken_apart(text: str) -> Words:
    full = plain(text)
    base = _NUMBERING.sub("", full)
    for idle in office_words.IDLE:
        if base.startswith(idle) and len(base) > len(idle) + 1:
            base = base.removeprefix(idle)
    match = _BRACKET.search(base)
    unit = ""
    if match is not None and match.start() > 0:
        inside = match[1].removeprefix("单位")
        unit = inside if find_unit(inside) is not None else ""
        base = base[: match.start()]
    return Words(full, base, unit)


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a target: plain words, the words to show, and what kind of name it is: ``name``, ``alias``,
    ``common`` (said in offices), ``base`` (a name without its brackets)."""

    plain: str
    shown: str
    kind: str


@dataclass(frozen=True, slots=True)
class Target:
    """Something a ledger's column or row can go into."""

    id: str
    label: str
    field: Fillable
    required: bool = False
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Destination:
    """What a ledger as a whole can go into: a roster or the indicators."""

    id: str
    label: str
    targets: tuple[Target, ...]
    table: Table | None = None
    computed: frozenset[str] = frozenset()
    """Plain names of indicators that the program computes."""

    def target(self, target_id: str) -> Target | None:
        """The target of that id."""
        return next((target for target in self.targets if target.id == target_id), None)


def destinations(programme: Programme) -> tuple[Destination, ...]:
    """Everything a ledger can go into: the rosters in order, then the indicators."""
    rosters = tuple(destination(programme, table_id) for table_id in programme.tables)
    return (*rosters, destination(programme, INDICATORS))


def destination(programme: Programme, into: str) -> Destination:
    """The roster with the id or name ``into``, or the indicators. Raises InputError for anything else."""
    if into in {INDICATORS, say("ledger.indicators")}:
        asked = (one for one in programme.indicators.values() if not one.is_derived)
        computed = frozenset(
            words_of(name).base
            for one in programme.indicators.values()
            if one.is_derived
            for name in (one.name, *one.aliases)
        )
        targets = tuple(_target(one) for one in asked)
        return Destination(INDICATORS, say("ledger.indicators"), targets, computed=computed)
    for table in programme.tables.values():
        if into in {table.id, table.name, *table.aliases}:
            targets = tuple(_target(column) for column in table.columns)
            return Destination(table.id, table.name, targets, table)
    there = "、".join(f"{table.id}（{table.name}）" for table in programme.tables.values())
    raise InputError("ledger.no_destination", found=into, there=there or say("app.none"))


def _target(one: Fillable) -> Target:
    names: dict[str, Name] = {}

    def add(shown: str, kind: str) -> None:
        for each, as_kind in (
            (plain(shown), kind),
            (words_of(shown).base, "base" if kind == "name" else kind),
        ):
            if each:
                names.setdefault(each, Name(each, shown, as_kind))

    add(one.name, "name")
    for alias in one.aliases:
        add(alias, "alias")
    if one.kind.is_number:
        for ending in office_words.COUNTED.get(one.unit, office_words.COUNTED[""]):
            add(one.name + ending, "common")
    for group in office_words.HEADS:
        if any(plain(word) in names for word in group):
            for word in group:
                add(word, "common")
    required = not isinstance(one, Indicator) and one.required
    return Target(one.id, one.name, one, required, tuple(names.values()))


@dataclass(frozen=True, slots=True)
class ChoiceNames:
    """The words for the choices of a field: those that are taken as they stand, and how each is known."""

    exact: dict[str, str]
    common: dict[str, str]


def choice_names(one: Fillable) -> ChoiceNames:
    """The words for the choices of ``one``, plain, to the id of the choice; yes and no for such a field."""
    choices = one.choices
    if one.kind is ValueKind.YES_NO:
        choices = (Choice("yes", say("input.yes")), Choice("no", say("input.no")))
    exact = {plain(word): choice.id for choice in choices for word in (choice.id, choice.label)}
    common: dict[str, str] = {}
    for choice in choices:
        for group in office_words.CHOICES:
            if choice.label == group[0]:
                common |= {plain(word): choice.id for word in group if plain(word) not in exact}
    return ChoiceNames(exact, common)
