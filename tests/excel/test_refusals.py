"""Files that are no workbook of ours, or are made to hurt: a sentence, nothing else, in bounded time."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from chuyi_desktop.app.ports import silent
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.excel import archive, workbook_file
from chuyi_desktop.excel.workbooks import ExcelWorkbooks
from tests.builders import YEAR
from tests.excel.school import contents, filled_fields, read, small_programme, write

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def refused(source: Path) -> InputError:
    """The refusal of a file."""
    with pytest.raises(InputError) as caught:
        read(source)
    assert source.name in caught.value.sentence
    return caught.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "excel.empty_file"),
        (b"hello", "excel.no_workbook"),
        ("姓名,年龄\n张三,3".encode("gb18030"), "excel.no_workbook"),
        (b"\xef\xbb\xbf<html><table></table></html>", "excel.web_page"),
        (b"<?xml version='1.0'?><Workbook/>", "excel.web_page"),
        (b"%PDF-1.7 ...", "excel.pdf"),
        (b"PK\x03\x04 cut off", "excel.damaged"),
        (OLE + b"\x00" * 600 + "Workbook".encode("utf-16-le"), "excel.old_format"),
        (OLE + b"\x00" * 9000 + "EncryptedPackage".encode("utf-16-le"), "excel.password"),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, content: bytes, code: str) -> None:
    source = tmp_path / "f.xlsx"
    source.write_bytes(content)
    assert refused(source).code == code


def test_a_folder_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "excel.not_a_file"
    assert refused(tmp_path / "无.xlsx").code == "excel.no_such_file"


def test_a_workbook_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows WPS and Excel let nobody read what they have open."""
    source = write(tmp_path)

    def held(*_: object, **__: object) -> None:
        raise PermissionError(13, "sharing violation")

    monkeypatch.setattr(Path, "open", held)
    assert "请先在 WPS 中关闭" in refused(source).sentence


def zipped(folder: Path, parts: Mapping[str, bytes | str], name: str = "z.xlsx") -> Path:
    """A zip archive."""
    target = folder / name
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for part, content in parts.items():
            made.writestr(part, content)
    return target


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"a.txt": "x"}, "excel.no_workbook"),
        ({"mimetype": "application/vnd.oasis…", "content.xml": "<x/>"}, "excel.open_document"),
        ({"xl/workbook.bin": b"x"}, "excel.binary_workbook"),
        ({"word/document.xml": "<x/>"}, "excel.no_workbook"),
        ({"xl/workbook.xml": "<workbook><sheets>"}, "excel.damaged"),
        ({"xl/workbook.xml": "<workbook/>"}, "excel.no_identity"),
        ({"xl/workbook.xml": b"\x00\x01"}, "excel.damaged"),
    ],
)
def test_archives_that_are_no_workbook(tmp_path: Path, parts: Mapping[str, bytes | str], code: str) -> None:
    assert refused(zipped(tmp_path, parts)).code == code


def changed(source: Path, change: Callable[[str, bytes], bytes], **more: bytes) -> Path:
    """A copy of a workbook with its parts changed and others added."""
    with zipfile.ZipFile(source) as old:
        parts = {name: change(name, old.read(name)) for name in old.namelist()}
    return zipped(source.parent, {**parts, **more}, f"changed-{source.name}")


BILLION_LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
EXTERNAL = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [BILLION_LAUGHS, EXTERNAL, b"<!DOCTYPE x>"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml"])
def test_entities_are_never_expanded(tmp_path: Path, part: str, doctype: bytes) -> None:
    def change(name: str, content: bytes) -> bytes:
        head, mark, rest = content.partition(b"?>")
        return head + mark + doctype + rest if name == part else content

    assert refused(changed(write(tmp_path), change)).code == "excel.unsafe"


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    bomb = zipped(tmp_path, {"xl/workbook.xml": "<workbook/>", "xl/media/a.bin": b"\0" * (40 * 2**20)})
    assert refused(bomb).code == "excel.bomb"


def test_too_many_parts_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_PARTS", 5)
    assert refused(write(tmp_path)).code == "excel.bomb"


def test_too_big_a_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_FILE", 1000)
    assert refused(write(tmp_path)).code == "excel.file_too_big"


def test_too_many_cells_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_file, "MOST_CELLS", 50)
    assert refused(write(tmp_path)).code == "excel.too_many_cells"


def test_cells_at_the_far_corner_cost_nothing(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</sheetData>", far) if "worksheets/sheet" in name else content

    reading = read(changed(write(tmp_path), change))
    assert contents(reading) == filled_fields()
    assert ("excel.unknown_column", "XFD1048576") in [
        (each.code, each.place.cell) for each in reading.problems
    ]


@pytest.mark.parametrize(
    "cell",
    [b'<c r="XFE1"><v>1</v></c>', b'<c r="A1048577"><v>1</v></c>', b'<c r="A1" t="s"><v>999999</v></c>'],
)
def test_cells_that_cannot_be(tmp_path: Path, cell: bytes) -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"<sheetData>", b'<sheetData><row r="1">' + cell + b"</row>")

    assert refused(changed(write(tmp_path), change)).code == "excel.damaged"


def test_every_cut_of_a_workbook_is_refused_or_read(tmp_path: Path) -> None:
    whole = write(tmp_path).read_bytes()
    for part in range(1, 20):
        cut = tmp_path / "cut.xlsx"
        cut.write_bytes(whole[: len(whole) * part // 20])
        assert refused(cut).code == "excel.damaged"


def test_another_programme_and_another_year_are_named(tmp_path: Path) -> None:
    source = write(tmp_path)
    other = replace(small_programme(), id="other", name="别的项目")
    with pytest.raises(InputError) as caught:
        read(source, other)
    assert caught.value.code == "excel.other_programme"
    assert "楚怡优质中职学校" in caught.value.sentence
    assert "别的项目" in caught.value.sentence
    with pytest.raises(InputError) as caught:
        ExcelWorkbooks().read(source, small_programme(), YEAR + 1, silent)
    assert caught.value.code == "excel.other_year"
    assert str(YEAR) in caught.value.sentence


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        del name
        return content.replace(b"chuyi|1|", b"chuyi|2|").replace(b"<t>1</t>", b"<t>2</t>")

    assert refused(changed(write(tmp_path), change)).code == "excel.newer_format"


def test_a_workbook_of_somebody_else(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "名单"
    book.save(tmp_path / "名单.xlsx")
    assert refused(tmp_path / "名单.xlsx").code == "excel.no_identity"


def test_macros_and_links_are_left_alone_and_said(tmp_path: Path) -> None:
    more = {
        "xl/vbaProject.bin": b"x",
        "xl/externalLinks/externalLink1.xml": b"<x/>",
        "xl/embeddings/oleObject1.bin": b"x",
    }
    reading = read(changed(write(tmp_path), lambda _, content: content, **more))
    assert [(each.code, each.severity) for each in reading.problems] == [
        ("excel.macros_ignored", Severity.NOTE),
        ("excel.links_ignored", Severity.NOTE),
        ("excel.objects_ignored", Severity.NOTE),
    ]
    assert contents(reading) == filled_fields()
