"""One filled-in workbook as many programs write it: whoever saved it last, it says the same."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from xlsxwriter import Workbook as Writer

from chuyi_desktop.domain.assessment import Content, Field, FieldKind, Row
from tests.builders import YEAR
from tests.excel.school import contents, filled_fields, read, write
from tests.excel.test_clerk import plain_fields

Save = Callable[[Path, Path], None]
_STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def values(source: Path) -> dict[str, list[list[object]]]:
    """All cells of all sheets as plain values."""
    book = load_workbook(source)
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets
    }


def by_openpyxl(source: Path, target: Path) -> None:
    """Opened and saved by a script of the school's."""
    load_workbook(source).save(target)


def by_openpyxl_values_only(source: Path, target: Path) -> None:
    """Copied as values into a new workbook: names, hidden sheets, styles and rules are gone."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in values(source).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(target)


def by_xlsxwriter(source: Path, target: Path) -> None:
    """The same by another library."""
    with Writer(target, {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in values(source).items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


def by_pandas(source: Path, target: Path) -> None:
    """Read and written by pandas, sheet by sheet."""
    frames = pd.read_excel(source, sheet_name=None, header=None, dtype=object, na_filter=False)
    with pd.ExcelWriter(target, engine="openpyxl") as book:
        for name, frame in frames.items():
            frame.to_excel(book, sheet_name=name, header=False, index=False)


def rezipped(
    change: Callable[[str, bytes], bytes],
    *,
    method: int = zipfile.ZIP_DEFLATED,
    name: Callable[[str], str] = str,
) -> Save:
    """The parts put together by hand."""

    def save(source: Path, target: Path) -> None:
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", method) as new:
            for part in reversed(old.namelist()):
                info = zipfile.ZipInfo(name(part))
                info.compress_type = method
                new.writestr(info, change(part, old.read(part)))

    return save


def unchanged(part: str, data: bytes) -> bytes:
    """As it is."""
    del part
    return data


def strict(part: str, data: bytes) -> bytes:
    """Excel's “Strict Open XML”: other namespaces."""
    for transitional, other in _STRICT.items():
        data = data.replace(transitional, other)
    return data


def in_utf16(part: str, data: bytes) -> bytes:
    """Sheets in UTF-16, as the standard allows."""
    if "worksheets/sheet" not in part or not part.endswith(".xml"):
        return data
    return data.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def absurd_dimensions(part: str, data: bytes) -> bytes:
    """A sheet that claims to be as large as sheets can be."""
    del part
    return re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', data)


def as_wps_writes(part: str, data: bytes) -> bytes:
    """Spans, absolute targets, a note of the program's version."""
    if part.endswith(".rels"):
        return data.replace(b'Target="worksheets/', b'Target="/xl/worksheets/')
    data = re.sub(rb'<row r="(\d+)"', rb'<row r="\1" x14ac:dyDescent="0.2"', data)
    space = b'<worksheet xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    return data.replace(b"<worksheet", space).replace(b'appName="xl"', b'appName="et"')


def without_places(part: str, data: bytes) -> bytes:
    """Blank cells written out and no cell saying where it stands."""
    if "worksheets/sheet" not in part or not part.endswith(".xml"):
        return data
    return re.sub(rb'<row r="\d+"[^>]*>.*?</row>', _filled_row, data, flags=re.DOTALL)


def _filled_row(match: re.Match[bytes]) -> bytes:
    cells = {
        found.group(1): found.group(0)
        for found in re.finditer(rb'<c r="([A-Z]+)\d+"[^>]*?(?:/>|>.*?</c>)', match.group(), re.DOTALL)
    }
    letters = [bytes([letter]) for letter in b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    if any(len(letter) > 1 for letter in cells):
        return match.group()
    row = b"".join(re.sub(rb' r="[A-Z]+\d+"', b"", cells.get(letter, b"<c/>")) for letter in letters)
    head = match.group()[: match.group().index(b">") + 1]
    return head + row + b"</row>"


def streamed(source: Path, target: Path) -> None:
    """Sizes after the parts, as programs write that do not seek."""

    class Pipe(BytesIO):
        def seekable(self) -> bool:
            return False

    pipe = Pipe()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
    target.write_bytes(pipe.getvalue())


def with_something_before(source: Path, target: Path) -> None:
    """Bytes after the archive, as some mail systems add."""
    target.write_bytes(source.read_bytes() + b"\0" * 100)


REWRITTEN: dict[str, Save] = {
    "zip stored, parts in another order": rezipped(unchanged, method=zipfile.ZIP_STORED),
    "zip with bzip2": rezipped(unchanged, method=zipfile.ZIP_BZIP2),
    "zip with lzma": rezipped(unchanged, method=zipfile.ZIP_LZMA),
    "names of parts with backslashes": rezipped(unchanged, name=lambda part: part.replace("/", "\\")),
    "names of parts in capitals": rezipped(
        unchanged, name=lambda part: part if "rels" in part or part.startswith("[") else part.upper()
    ),
    "strict namespaces": rezipped(strict),
    "sheets in UTF-16": rezipped(in_utf16),
    "absurd dimensions": rezipped(absurd_dimensions),
    "as WPS writes it": rezipped(as_wps_writes),
    "cells without places": rezipped(without_places),
    "a zip that was streamed": streamed,
    "bytes after the end": with_something_before,
}
LIBRARIES: dict[str, Save] = {
    "openpyxl": by_openpyxl,
    "openpyxl, values only": by_openpyxl_values_only,
    "XlsxWriter, values only": by_xlsxwriter,
    "pandas": by_pandas,
}


def typed_fields() -> dict[Field, Content]:
    """Filled fields without a text that a library would take for a formula."""
    place = Field(FieldKind.ROW, "teachers", YEAR, "r1")
    row = filled_fields()[place]
    assert isinstance(row, Row)
    return {**plain_fields(), place: replace(row, cells={**row.cells, "name": "李四"})}


def saved(folder: Path, save: Save, fields: dict[Field, Content]) -> Path:
    """The workbook as ``save`` leaves it."""
    target = folder / "again.xlsx"
    save(write(folder, fields), target)
    return target


@pytest.mark.parametrize("save", REWRITTEN.values(), ids=REWRITTEN)
def test_whoever_packs_it_it_says_the_same(tmp_path: Path, save: Save) -> None:
    reading = read(saved(tmp_path, save, filled_fields()))
    assert reading.problems == ()
    assert contents(reading) == filled_fields()


@pytest.mark.parametrize("save", LIBRARIES.values(), ids=LIBRARIES)
def test_whichever_library_saves_it_it_says_the_same(tmp_path: Path, save: Save) -> None:
    reading = read(saved(tmp_path, save, typed_fields()))
    assert reading.problems == ()
    assert contents(reading) == typed_fields()
