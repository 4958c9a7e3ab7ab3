"""What a marked copy must not touch: everything but the bad cells, byte for byte."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from xlsxwriter import Workbook

from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.excel.workbooks import ExcelWorkbooks

CHANGED = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


def bad(cell: str, sheet: str = "台账", severity: Severity = Severity.ERROR) -> Problem:
    return Problem("input.not_a_plain_number", severity, Place("f.xlsx", sheet, cell), {"found": "许多"})


def rich(folder: Path) -> Path:
    """A workbook with what libraries lose: a chart, a picture, a text box, rules, a comment, print titles."""
    source = folder / "rich.xlsx"
    picture = BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    with Workbook(source) as book:
        sheet, other = book.add_worksheet("台账"), book.add_worksheet("别的 'x' 表")
        heavy = book.add_format({"bold": True, "num_format": "0.00", "border": 2})
        sheet.write_row("A1", ["姓名", "学时"])
        sheet.write("A3", "张三")
        sheet.write("B3", "许多", heavy)
        sheet.write_formula("B5", "=SUM(B1:B4)", heavy, 7)
        sheet.write_comment("B3", "问过教务处")
        sheet.write_comment("B5", "合计")
        sheet.conditional_format("B1:B9", {"type": "data_bar"})
        sheet.repeat_rows(0)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=台账!$B$1:$B$5"})
        sheet.insert_chart("D2", chart)
        other.insert_image("A1", "p.png", {"image_data": picture})
        other.insert_textbox("C3", "便笺")
        other.activate()
    return source


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def mark(source: Path, *problems: Problem) -> Path:
    target = source.with_name(f"marked-{source.name}")
    ExcelWorkbooks().mark(source, problems, target)
    return target


def test_parts_that_hold_no_bad_cell_are_the_same_bytes(tmp_path: Path) -> None:
    source = rich(tmp_path)
    before, after = parts(source), parts(mark(source, bad("B3"), bad("C3"), bad("B9")))
    touched = {name for name in before if before[name] != after[name]} - CHANGED
    assert touched == {
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",  # no longer the selected one
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    assert set(after) - set(before) == {"xl/worksheets/sheetChuyi1.xml"}
    plain = re.sub(rb' tabSelected="[01]"', b"", after["xl/worksheets/sheet2.xml"])
    assert plain == re.sub(rb' tabSelected="[01]"', b"", before["xl/worksheets/sheet2.xml"])


def test_a_marked_cell_keeps_its_format_and_its_comment(tmp_path: Path) -> None:
    book = load_workbook(mark(rich(tmp_path), bad("B3"), bad("B9", severity=Severity.NOTE)))
    cell = book["台账"]["B3"]
    assert (cell.font.bold, cell.number_format, cell.border.left.style) == (True, "0.00", "medium")
    assert cell.fill.fgColor.rgb == "FFF4B8B0"
    assert cell.comment.text.startswith("“许多”")
    assert cell.comment.text.endswith("问过教务处")
    assert book["台账"]["B5"].value == "=SUM(B1:B4)"
    assert book["台账"]["B5"].comment.text == "合计"
    assert book["台账"]["B9"].fill.fgColor.rgb == "FFCFE3F2"
    assert book["台账"].print_title_rows == "$1:$1"
    assert book.active.title == "导入问题"


def test_names_with_prefixes_and_cells_without_places_are_found(tmp_path: Path) -> None:
    """Some programs write ``<x:c>``, or leave out where a cell stands."""
    source = tmp_path / "plain.xlsx"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheet = (
        f'<x:worksheet xmlns:x="{main}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>甲</x:t></x:is>'
        '</x:c><x:c t="inlineStr"><x:is><x:t>许多</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
    )
    written = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="b" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="c" Type="{office}/styles" Target="/xl/styles.xml"/></Relationships>',
        "xl/workbook.xml": f'<x:workbook xmlns:x="{main}" xmlns:r="{office}"><x:sheets>'
        '<x:sheet name="台账" sheetId="4" r:id="b"/></x:sheets></x:workbook>',
        "xl/styles.xml": f'<x:styleSheet xmlns:x="{main}"><x:fonts count="1"><x:font/></x:fonts>'
        '<x:fills count="2"><x:fill><x:patternFill/></x:fill><x:fill><x:patternFill patternType="gray125"/>'
        '</x:fill></x:fills><x:borders count="1"><x:border/></x:borders><x:cellXfs count="1">'
        '<x:xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></x:cellXfs></x:styleSheet>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    with zipfile.ZipFile(source, "w") as archive:
        for name, content in written.items():
            archive.writestr(name, content)
    book = load_workbook(mark(source, bad("B1"), bad("B4")))
    cell = book["台账"]["B1"]
    assert (cell.value, cell.fill.fgColor.rgb) == ("许多", "FFF4B8B0")
    assert "许多" in cell.comment.text
    assert book["台账"]["A1"].fill.fgColor.rgb != "FFF4B8B0"
    assert book["台账"]["B4"].fill.fgColor.rgb == "FFF4B8B0"


def test_a_document_type_in_a_part_reading_does_not_look_at_is_refused(tmp_path: Path) -> None:
    source = rich(tmp_path)
    hostile = tmp_path / "hostile.xlsx"
    with zipfile.ZipFile(hostile, "w") as archive:
        for name, content in parts(source).items():
            text = b'<!DOCTYPE a [<!ENTITY b "c">]>' + content.partition(b"?>")[2]
            archive.writestr(name, text if name == "xl/comments1.xml" else content)
    with pytest.raises(InputError, match="hostile"):
        mark(hostile, bad("B3"))


def test_the_same_marks_give_the_same_bytes(tmp_path: Path) -> None:
    source = rich(tmp_path)
    first = mark(source, bad("B3")).read_bytes()
    assert mark(source, bad("B3")).read_bytes() == first
