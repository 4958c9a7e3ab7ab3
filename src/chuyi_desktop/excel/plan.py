"""What is to stand on a sheet, before any library writes it: heads, lines and the looks of cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from chuyi_desktop.domain.indicator import Fillable
from chuyi_desktop.domain.values import Value
from chuyi_desktop.excel.identity import SheetKey
from chuyi_desktop.excel.words import writable

LONGEST_SHEET_NAME = 31
"""UTF-16 units that Excel allows."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " ") | dict.fromkeys(map(chr, range(32)), " "))
_RESERVED = frozenset({"history"})


class Look(StrEnum):
    """How a cell looks and whether it can be filled in."""

    NUMBERING = "numbering"
    NAME = "name"
    INFO = "info"
    INPUT = "input"
    LOCKED = "locked"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Head:
    """A column: ``role`` is what it means to the reader, ``text`` its head, ``width`` in Latin characters."""

    role: str
    text: str
    width: float
    hidden: bool = False
    required: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell. ``content`` is what stands in it, a choice already by its label."""

    look: Look
    content: Value | None = None
    field: Fillable | None = None
    """What it is typed as; None for words."""
    options: tuple[str, ...] = ()
    strict: bool = False
    """Whether only the options may be typed."""
    help: str = ""
    formula: str = ""
    """With ``{row}`` for the row's number; ``content`` is its result as of now."""
    alert_above: int | None = None
    """A number above this one is shown in alarm colours."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: slots by role. A band is a row with a sub-title only."""

    key: str = ""
    slots: Mapping[str, Slot] = field(default_factory=dict)
    band: str = ""
    least_height: float = 0


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet. ``frozen`` is how many visible columns stay in sight."""

    key: SheetKey
    name: str
    title: str
    hint: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    frozen: int = 2
    tab: str = ""


def sheet_names(wanted: Sequence[str]) -> tuple[str, ...]:
    """Names Excel accepts, as near to the wanted ones as can be, each once."""
    taken: set[str] = set()
    names = []
    for title in wanted:
        base = " ".join(writable(title).translate(_FORBIDDEN).split()).strip("'") or "表"
        if base.casefold() in _RESERVED:
            base = f"{base}_"
        name, number = _cut(base, ""), 2
        while name.casefold() in taken:
            name, number = _cut(base, f"（{number}）"), number + 1
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _cut(base: str, suffix: str) -> str:
    kept = base
    while len((kept + suffix).encode("utf-16-le")) > 2 * LONGEST_SHEET_NAME:
        kept = kept[:-1]
    return kept.strip().strip("'") + suffix
