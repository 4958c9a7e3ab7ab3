"""Ways of writing cells that other programs have: WPS, LibreOffice, report generators."""

import zipfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.excel.sheet import Cell, ErrorValue, column_letters, parse_reference
from chuyi_desktop.excel.workbook_file import WorkbookFile

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def made(folder: Path, rows: str, *, strings: str = "", styles: str = "", since_1904: bool = False) -> Path:
    """A workbook of one sheet, written by hand."""
    parts = {
        "_rels/.rels": (
            f'<Relationships {RELATIONS}><Relationship Id="a" Type="{OFFICE}/officeDocument" '
            'Target="/xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook {MAIN} xmlns:r="{OFFICE}"><workbookPr date1904="{int(since_1904)}"/>'
            '<sheets><sheet name="表" sheetId="1" r:id="b"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f"<Relationships {RELATIONS}>"
            f'<Relationship Id="b" Type="{OFFICE}/worksheet" Target="worksheets/S.xml"/>'
            f'<Relationship Id="c" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            f'<Relationship Id="d" Type="{OFFICE}/styles" Target="styles.xml"/>'
            f'<Relationship Id="e" Type="{OFFICE}/worksheet" Target="http://x/" TargetMode="External"/>'
            "</Relationships>"
        ),
        "XL/worksheets/s.xml": f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {MAIN}>{styles}</styleSheet>",
    }
    target = folder / "w.xlsx"
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target


def cells(source: Path) -> dict[str, Cell]:
    """The cells of the only sheet by reference."""
    with WorkbookFile(source) as book:
        (sheet,) = book.sheets()
    return {
        f"{column_letters(column)}{row}": cell
        for row, filled in sheet.rows.items()
        for column, cell in filled.items()
    }


@pytest.mark.parametrize(
    ("cell", "content"),
    [
        ('<c r="A1"><v>19.690000000000001</v></c>', Decimal("19.69")),
        ('<c r="A1"><v>1.0E-2</v></c>', Decimal("0.01")),
        ('<c r="A1" t="n"><v>3091.0</v></c>', Decimal(3091)),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', ErrorValue("#DIV/0!")),
        ('<c r="A1"><v>NaN</v></c>', ErrorValue("NaN")),
        ('<c r="A1" t="inlineStr"><is><t>甲</t></is></c>', "甲"),
        (
            '<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t xml:space="preserve"> 乙</t></r></is></c>',
            "甲 乙",
        ),
        ('<c r="A1" t="d"><v>2024-09-01T00:00:00</v></c>', "2024-09-01"),
        ('<c r="A1" t="s"><v>0</v></c>', "张三"),
        ('<c r="A1" t="s"><v>1</v></c>', "a\rb_x0041_"),
    ],
)
def test_contents(tmp_path: Path, cell: str, content: object) -> None:
    strings = (
        "<si><r><t>张</t></r><r><t>三</t></r><rPh><t>ZHANG</t></rPh></si>"
        "<si><t>a_x000D_b_x005F_x0041_</t></si>"
    )
    source = made(tmp_path, f'<row r="1">{cell}</row>', strings=strings)
    found = cells(source)["A1"].content
    assert found == content
    assert type(found) is type(content)


def test_formulas_bring_their_saved_results(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"x"</f><v>x</v></c>'
        '<c r="C1"><f>1</f></c><c r="D1" s="0"/><c r="E1" t="str"><f>""</f><v></v></c></row>'
    )
    assert cells(made(tmp_path, rows)) == {
        "A1": Cell(Decimal(2), formula=True),
        "B1": Cell("x", formula=True),
        "C1": Cell(None, formula=True),
    }


def test_cells_and_rows_without_references_follow_one_another(tmp_path: Path) -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c r='C3'><v>3</v></c><c><v>4</v></c></row>"
    found = cells(made(tmp_path, rows))
    assert {place: cell.content for place, cell in found.items()} == {"A1": 1, "B1": 2, "C3": 3, "D3": 4}


def test_prefixed_elements(tmp_path: Path) -> None:
    rows = (
        '<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="1">'
        '<x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    )
    assert cells(made(tmp_path, rows))["A1"].content == 1


STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="0.00%"/>'
    '<numFmt numFmtId="171" formatCode="yyyy&quot;年&quot;"/>'
    '<numFmt numFmtId="172" formatCode="G/通用格式&quot;人&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/>'
    '<xf numFmtId="172"/><xf numFmtId="31"/></cellXfs>'
)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (0, Cell(Decimal(45536))),
        (1, Cell(Decimal(45536), percent=True)),
        (2, Cell(datetime.fromisoformat("2024-09-01"))),
        (3, Cell(Decimal(45536))),
        (4, Cell(datetime.fromisoformat("2024-09-01"))),
        (99, Cell(Decimal(45536))),
    ],
)
def test_number_formats(tmp_path: Path, style: int, expected: Cell) -> None:
    source = made(tmp_path, f'<row r="1"><c r="A1" s="{style}"><v>45536</v></c></row>', styles=STYLES)
    assert cells(source)["A1"] == expected


def test_the_calendar_of_old_macs(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="2"><v>44074</v></c></row>'
    source = made(tmp_path, rows, styles=STYLES, since_1904=True)
    assert cells(source)["A1"].content == datetime.fromisoformat("2024-09-01")


def test_a_date_no_calendar_has_stays_a_number(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="2"><v>99999999</v></c><c r="B1" s="2"><v>-1</v></c></row>'
    assert [cell.content for cell in cells(made(tmp_path, rows, styles=STYLES)).values()] == [99999999, -1]


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (16384, "XFD")])
def test_columns(number: int, letters: str) -> None:
    assert column_letters(number) == letters
    assert parse_reference(f"${letters}$7") == (7, number)
