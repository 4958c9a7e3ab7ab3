"""Whose workbook it is: the programme, year and format written into every workbook and every sheet.

A workbook says it four times, because clerks delete what they do not understand: on a hidden sheet, in
defined names, in words on 说明, and in the key cell of each data sheet, so that sheets that departments
filled in apart and somebody copied together are still known.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from chuyi_desktop.domain.programme import Programme

FORMAT_VERSION = 1
"""Of the workbook's layout; a reader refuses a newer one."""
HEAD_MARK = "chuyi|head"
"""Stands in the key column of the row that holds the heads."""
_MARK = "chuyi"
_PARTS = 6
_NAME_PREFIX = "chuyi_"
_LARGEST_VERSION_DIGITS = 6
_OF_A_PART = ("department", "school", "workspace")


class SheetKind(StrEnum):
    """What a sheet is for."""

    GUIDE = "guide"
    SECTION = "section"
    ROSTER = "roster"
    TEXTS = "texts"
    DECLARATIONS = "declarations"
    EXPLANATIONS = "explanations"
    PROBLEMS = "problems"
    LISTS = "lists"
    IDENTITY = "identity"
    HANDED_OUT = "handed_out"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class SheetKey:
    """What the key cell of a sheet says."""

    programme_id: str
    year: int
    kind: SheetKind
    id: str = ""
    version: int = FORMAT_VERSION

    def __str__(self) -> str:
        return "|".join(
            (_MARK, str(self.version), self.programme_id, str(self.year), str(self.kind), self.id)
        )


def parse_key(text: str) -> SheetKey | None:
    """The key in ``text``; None for any other text."""
    parts = text.strip().split("|", _PARTS - 1)
    if len(parts) != _PARTS or parts[0] != _MARK or parts[4] not in set(SheetKind):
        return None
    version, year = _whole(parts[1]), _whole(parts[3])
    if version is None or year is None:
        return None
    return SheetKey(parts[2], year, SheetKind(parts[4]), parts[5], version)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a workbook as a whole says about itself; parts that it lost are empty."""

    programme_id: str
    year: int
    programme_name: str = ""
    pack_version: str = ""
    pack_hash: str = ""
    version: int = FORMAT_VERSION
    department: str = ""
    """Whose part of the programme it is; empty for the whole of it, as are the two below."""
    school: str = ""
    workspace: str = ""


def identity_of(programme: Programme, year: int) -> Identity:
    """The identity of the workbooks of a programme and year."""
    return Identity(programme.id, year, programme.name, programme.version, programme.pack_hash)


def facts(identity: Identity) -> dict[str, str]:
    """The identity as names and texts: the rows of the hidden sheet and, with a prefix, the defined names."""
    found = {
        "format": str(identity.version),
        "programme": identity.programme_id,
        "programme_name": identity.programme_name,
        "year": str(identity.year),
        "pack_version": identity.pack_version,
        "pack_hash": identity.pack_hash,
    }
    if identity.department:
        of_the_part = (identity.department, identity.school, identity.workspace)
        found |= dict(zip(_OF_A_PART, of_the_part, strict=True))
    return found


def defined_name(fact: str) -> str:
    """The defined name of a fact."""
    return f"{_NAME_PREFIX}{fact}"


def from_facts(found: Mapping[str, str]) -> Identity | None:
    """The identity that facts give; None where programme or year are lost."""
    year = _whole(found.get("year", ""))
    programme_id = found.get("programme", "")
    if year is None or not programme_id:
        return None
    return Identity(
        programme_id,
        year,
        found.get("programme_name", ""),
        found.get("pack_version", ""),
        found.get("pack_hash", ""),
        _whole(found.get("format", "")) or FORMAT_VERSION,
        *(found.get(fact, "") for fact in _OF_A_PART),
    )


def from_defined_names(names: Mapping[str, str]) -> Identity | None:
    """The identity in the defined names of a workbook, each a constant text like ``"2026"``."""
    found = {
        name.removeprefix(_NAME_PREFIX): value.strip().removeprefix("=").strip('"').replace('""', '"')
        for name, value in names.items()
        if name.startswith(_NAME_PREFIX)
    }
    return from_facts(found)


def _whole(text: str) -> int | None:
    """A whole number, also where a program saved it as ``2026.0`` or somebody wrote ``2026年``."""
    match = re.fullmatch(r"\s*(\d+)(?:\.0*)?\s*年?\s*", text, re.ASCII)
    return int(match[1]) if match and len(match[1]) <= _LARGEST_VERSION_DIGITS else None
