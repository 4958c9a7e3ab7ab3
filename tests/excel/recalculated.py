"""Workbooks computed anew by LibreOffice, and held against what the program says."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.excel.sheet import Cell, ErrorValue, Sheet, parse_reference
from chuyi_desktop.excel.twin.notation import ERRORS, Cached
from chuyi_desktop.excel.workbook_file import WorkbookFile

# By default LibreOffice believes the results that stand in a file.
_ALWAYS_COMPUTE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def office(arguments: Sequence[object], profile: Path, *, seconds: float = 900) -> None:
    """Run LibreOffice, which computes everything anew, under a ``profile`` of its own."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("soffice is missing; `make setup` installs it")
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_ALWAYS_COMPUTE, "utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, timeout=seconds)


def recalculate(sources: Sequence[Path], folder: Path, profile: Path) -> None:
    """Write each of ``sources`` into ``folder`` as LibreOffice computes it; one start for all."""
    office(["--convert-to", "xlsx", "--outdir", folder, *sources], profile)


@dataclass(frozen=True)
class Difference:
    """A cell that LibreOffice computes otherwise than the program."""

    sheet: str
    cell: str
    wanted: Cached
    found: object

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}: program {self.wanted!r}, workbook {self.found!r}"


def differences(workbook: Path, expected: Mapping[tuple[str, str], Cached]) -> list[Difference]:
    """Every cell of ``expected`` that a recalculated workbook shows otherwise."""
    with WorkbookFile(workbook) as book:
        sheets = {sheet.name: sheet for sheet in book.sheets()}
    found = []
    for (name, cell), wanted in expected.items():
        content = _content(sheets[name], cell)
        if not _same(wanted, content):
            found.append(Difference(name, cell, wanted, content))
    return found


def _content(sheet: Sheet, cell: str) -> object:
    place = parse_reference(cell)
    assert place is not None
    found: Cell | None = sheet.cell(*place)
    return None if found is None else found.content


def _same(wanted: Cached, found: object) -> bool:
    """The same to 15 digits, of which a cell holds no more; any error is 未填."""
    if isinstance(wanted, bool):
        return wanted is found or (isinstance(found, Decimal) and found == int(wanted))
    if isinstance(wanted, str):
        if wanted in ERRORS:
            return isinstance(found, ErrorValue)
        if found is None:
            return not wanted.strip()
        return found == wanted or {found, wanted} <= {"未填", "未填（除数为 0）"}
    return isinstance(found, Decimal) and found == Decimal(format(wanted, ".15g"))
