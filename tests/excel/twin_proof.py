"""Twins of many schools, computed anew by LibreOffice in one go.

A start of LibreOffice costs a second, and most of the time of a workbook goes into looks that no formula
reads: the twins are written without them here, and come back as plain tables. ``test_twin.py`` looks at whole
ones.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from xlsxwriter.worksheet import Worksheet

from chuyi_desktop.app.export_workbook import judged_school
from chuyi_desktop.app.ports import silent
from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel import roster_rendering
from chuyi_desktop.excel.sheet import parse_reference
from chuyi_desktop.excel.twin import places
from chuyi_desktop.excel.twin.notation import ERRORS, Cached
from chuyi_desktop.excel.twin.writing import Twin, write_twin
from chuyi_desktop.scoring import assess
from tests.excel.recalculated import office

_LOOKS = (
    "autofilter",
    "conditional_format",
    "data_validation",
    "freeze_panes",
    "ignore_errors",
    "protect",
    "repeat_rows",
    "set_column",
    "set_footer",
    "set_header",
    "set_row",
    "write_blank",
)
_TABLES = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
"""Every sheet as a table in UTF-8, numbers with all their digits."""
_STEPS = say("twin.sheet.calculation")
_AT_ONCE = 50
_ROOM = 30


@dataclass(frozen=True)
class Proof:
    """A school, its twin and the tables LibreOffice made of it."""

    assessment: Assessment
    verdict: Verdict
    twin: Twin
    tables: Mapping[str, Sequence[Sequence[str]]]

    def differences(self) -> list[str]:
        """Every formula that LibreOffice computes otherwise than the program."""
        found = []
        for (sheet, cell), wanted in self.twin.expected.items():
            text = self.shown(sheet, cell)
            if not _same(wanted, text) and not (sheet == _STEPS and _nearly(wanted, text)):
                found.append(f"{sheet}!{cell}: program {wanted!r}, workbook {text!r}")
        return found

    def shown(self, sheet: str, cell: str) -> str:
        """What a cell shows; empty beyond the table."""
        place = parse_reference(cell)
        assert place is not None
        rows = self.tables[sheet]
        row = rows[place[0] - 1] if place[0] <= len(rows) else ()
        return row[place[1] - 1] if place[1] <= len(row) else ""


def proofs(schools: Iterable[tuple[Programme, Assessment]], profile: Path) -> Iterator[Proof]:
    """The proof of every school, a batch at a time."""
    rest = iter(schools)
    while batch := list(islice(rest, _AT_ONCE)):
        with TemporaryDirectory() as name, _without_looks():
            yield from _batch(batch, Path(name), profile)


def _batch(schools: Sequence[tuple[Programme, Assessment]], folder: Path, profile: Path) -> Iterator[Proof]:
    written: list[tuple[Assessment, Verdict, Twin]] = []
    sources = []
    for number, (programme, assessment) in enumerate(schools):
        verdict = assess(programme, assessment)
        judged = judged_school(programme, assessment, verdict)
        twin = write_twin(programme, assessment, judged, silent, stale=True)
        source = folder / f"{number}.xlsx"
        source.write_bytes(twin.content)
        sources.append(source)
        written.append((assessment, verdict, twin))
    office(["--convert-to", _TABLES, "--outdir", folder / "tables", *sources], profile)
    for number, (assessment, verdict, twin) in enumerate(written):
        tables = {
            sheet: _table(folder / "tables" / f"{number}-{sheet}.csv")
            for sheet in {sheet for sheet, _ in twin.expected}
        }
        yield Proof(assessment, verdict, twin, tables)


def _table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def _same(wanted: Cached, text: str) -> bool:
    """The same to 15 digits, of which a cell holds no more; any error is 未填."""
    if isinstance(wanted, bool):
        return text == str(wanted).upper()
    if isinstance(wanted, str):
        if wanted in ERRORS:
            return text in {"#N/A", "#DIV/0!"}
        return text == wanted or {text, wanted} <= {"未填", "未填（除数为 0）"}
    try:
        # Cells that show percents come as percents.
        number = Decimal(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        return number == Decimal(format(wanted, ".15g"))
    except InvalidOperation:
        return False


def _nearly(wanted: Cached, text: str) -> bool:
    """An unrounded quotient on the way to a rounded figure: the same to 14 digits."""
    if not isinstance(wanted, float):
        return False
    try:
        return abs(float(text) - wanted) <= abs(wanted) * 1e-14
    except ValueError:
        return False


@contextmanager
def _without_looks() -> Iterator[None]:
    def nothing(*_: object, **__: object) -> int:
        return 0

    with pytest.MonkeyPatch.context() as patch:
        for name in _LOOKS:
            patch.setattr(Worksheet, name, nothing)
        patch.setattr(roster_rendering, "_open_the_rest", nothing)
        patch.setattr(roster_rendering, "SPARE_ROWS", 1)
        patch.setattr(places, "ROOM", _ROOM)
        yield
