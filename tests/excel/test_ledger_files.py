"""Table files of every kind that schools have, and what a cell of them says."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.app.ledgers.ports import CellRule, LedgerSheet, Share
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.indicator import Choice, Column, Fillable, ValueKind
from chuyi_desktop.domain.problem import Place, Severity
from chuyi_desktop.domain.typed_input import Reading
from chuyi_desktop.excel.ledger.files import FileLedgers
from chuyi_desktop.excel.ledger.gb18030 import CHANGED_IN_2022, decode
from chuyi_desktop.excel.ledger.text_file import separator
from tests.excel.ledger_files import openpyxl_roster, text_table, xlsxwriter_table, xlwt_table

LEDGERS = FileLedgers()
LINES: Sequence[Sequence[object]] = (
    ("姓名", "出生日期", "占比", "人数"),
    ("周梅", date(1980, 1, 1), 0.65, 3091),
    ("刘伟", date(1985, 2, 3), 0.7, 12),
)
TEXT = Column("text", "文字", ValueKind.TEXT)
DAY = Column("day", "日期", ValueKind.DATE)
YEAR = Column("year", "年份", ValueKind.INTEGER, "年", minimum=Decimal(1900), maximum=Decimal(2100))
RATE = Column("rate", "占比", ValueKind.DECIMAL, "%", digits=2)
PEOPLE = Column("people", "人数", ValueKind.INTEGER, "人")
MONEY = Column("money", "金额", ValueKind.DECIMAL, "元")
LEVEL = Column("level", "级别", ValueKind.CHOICE, choices=(Choice("a", "国家级"), Choice("b", "省级")))
OPEN = Column("open", "开放", ValueKind.YES_NO)


AS_FIELD = CellRule()


def _sheet(source: Path, number: int = 0) -> LedgerSheet:
    return LEDGERS.open(source).sheets[number]


def _texts(sheet: LedgerSheet, row: int) -> list[str]:
    return [sheet.text(row, column) for column in range(1, sheet.last_column + 1)]


def _read(
    sheet: LedgerSheet, row: int, column: int, field: Fillable, rule: CellRule = CellRule()
) -> Reading:  # a frozen value
    return sheet.read(row, column, field, rule, Place())


@pytest.mark.parametrize("since_1904", [False, True])
def test_new_and_old_workbooks_say_the_same(tmp_path: Path, since_1904: bool) -> None:  # noqa: FBT001  # a case
    new = xlsxwriter_table(tmp_path / "a.xlsx", LINES, percent_columns=(2,), since_1904=since_1904)
    old = xlwt_table(tmp_path / "a.xls", LINES, percent_columns=(2,))
    for sheet in (_sheet(new), _sheet(old)):
        assert _texts(sheet, 2) == ["周梅", "1980-01-01", "65%", "3091"]
        assert [sheet.looks(2, column) for column in (1, 2, 3, 4)] == ["text", "date", "percent", "number"]
        assert _read(sheet, 3, 2, DAY).value == date(1985, 2, 3)
        assert _read(sheet, 3, 3, RATE).value == Decimal(70)
        assert _read(sheet, 2, 4, PEOPLE).value == Decimal(3091)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_text_files_in_every_encoding_with_every_separator(tmp_path: Path, encoding: str, mark: str) -> None:
    lines = (("name,姓名", "人数", "a"), ("周梅 1", "3,091", "1"), ("欧阳", "=“12”", "2"))
    sheet = _sheet(text_table(tmp_path / "花名册.csv", lines, encoding, mark))
    assert sheet.name == "花名册"
    assert _texts(sheet, 2) == ["周梅 1", "3,091", "1"]
    assert _read(sheet, 2, 2, PEOPLE).value == Decimal(3091)


def test_text_cells_stay_as_they_are_written(tmp_path: Path) -> None:
    lines = (("代码", "号"), ("007", '="0012"'), ("00100", "430422198001010026"))
    target = tmp_path / "a.txt"
    target.write_text("\n".join("\t".join(line) for line in lines), "utf-8")
    sheet = _sheet(target)
    assert _texts(sheet, 2) == ["007", "0012"]
    assert [_read(sheet, row, 1, TEXT).value for row in (2, 3)] == ["007", "00100"]
    assert _read(sheet, 3, 2, TEXT).value == "430422198001010026"


def test_quotes_line_breaks_and_blank_lines(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes('姓名,说明\r\n\r\n"周,梅","一行\r\n两行 ""引"" "\r\n'.encode())
    sheet = _sheet(target)
    assert sheet.row_numbers == [1, 3]
    assert _texts(sheet, 3) == ["周,梅", '一行\n两行 "引"']


def test_gb18030_follows_the_table_of_2022() -> None:
    """The 18 codes that were private characters in the table that Python has."""
    codes = {
        **dict(
            zip(range(0xA6D9, 0xA6E0), (0xFE10, 0xFE12, 0xFE11, 0xFE13, 0xFE14, 0xFE15, 0xFE16), strict=True)
        ),
        0xA6EC: 0xFE17,
        0xA6ED: 0xFE18,
        0xA6F3: 0xFE19,
        0xFE59: 0x9FB4,
        0xFE61: 0x9FB5,
        0xFE66: 0x9FB6,
        0xFE67: 0x9FB7,
        0xFE6D: 0x9FB8,
        0xFE7E: 0x9FB9,
        0xFE90: 0x9FBA,
        0xFEA0: 0x9FBB,
    }
    assert len(codes) == len(CHANGED_IN_2022) == 18
    for code, character in codes.items():
        assert decode(code.to_bytes(2, "big"), "a.csv").text == chr(character)
    assert decode(bytes.fromhex("8231a437") + "龍".encode("gb18030"), "a").encoding == "GB18030"


# Without control characters: zeros between letters are what UTF-16 without a mark is known by.
@given(st.text(st.characters(exclude_categories=["Cs", "Co", "Cc"]), max_size=30))
def test_text_comes_back_from_gb18030_and_utf_8(text: str) -> None:
    assert decode(f"姓名\n{text}".encode("gb18030"), "a").text == f"姓名\n{text}"
    assert decode(f"姓名\n{text}".encode(), "a").text == f"姓名\n{text}"


def test_a_private_character_is_refused_with_its_code(tmp_path: Path) -> None:
    sheet = _sheet(text_table(tmp_path / "a.csv", (("姓名", "甲"), ("王\ue5e5", "1")), "gb18030"))
    reading = _read(sheet, 2, 1, TEXT)
    assert reading.value is None
    assert reading.problem is not None
    assert "U+E5E5" in reading.problem.sentence


def test_the_separator_is_what_lines_have_equally_often() -> None:
    assert separator("a;b;c\n1,5;2,5;3\n") == ";"
    assert separator("一\n二\n") == ","
    assert separator('"a;b;c",2\n"d;e;f",3\n') == ","


def test_merged_heads_and_merged_cells(tmp_path: Path) -> None:
    sheet = _sheet(openpyxl_roster(tmp_path / "a.xlsx"), 1)
    assert sheet.spreads(1)
    assert not sheet.spreads(3)
    assert sheet.head(3, 4) == "基本信息"
    assert sheet.head(4, 1) == "序号"
    assert sheet.reach(3) == 4
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"], page["B1"], page["A2"], page["B2"], page["B3"] = "系部", "姓名", "机电系", "甲", "乙"
    page.merge_cells("A2:A3")
    book.save(tmp_path / "b.xlsx")
    down = _sheet(tmp_path / "b.xlsx")
    assert _texts(down, 3) == ["机电系", "乙"]
    assert down.filled(3) == [2]


@pytest.mark.parametrize(
    ("content", "field", "wanted"),
    [
        ("2024.9", DAY, date(2024, 9, 1)),
        ("2024年9月", DAY, date(2024, 9, 1)),
        ("２０２４年９月１５日", DAY, date(2024, 9, 15)),
        ("20240915", DAY, date(2024, 9, 15)),
        ("2024/9/1", DAY, date(2024, 9, 1)),
        ("2024/9/1 0:00", DAY, date(2024, 9, 1)),
        (20240915, DAY, date(2024, 9, 15)),
        (2024.9, DAY, date(2024, 9, 1)),
        (45536, DAY, date(2024, 9, 1)),
        ("45536", DAY, date(2024, 9, 1)),
        (datetime(2019, 9, 1), YEAR, Decimal(2019)),  # noqa: DTZ001  # cells have no zone
        ("2019年9月", YEAR, Decimal(2019)),
        ("2019.9", YEAR, Decimal(2019)),
        ("2019年", YEAR, Decimal(2019)),
        (2019, YEAR, Decimal(2019)),
        ("65%", RATE, Decimal(65)),
        ("65％", RATE, Decimal(65)),
        ("６５．５", RATE, Decimal("65.5")),
        (65, RATE, Decimal(65)),
        ("1,234,567.80", MONEY, Decimal("1234567.8")),
        ("3.2万元", MONEY, Decimal(32000)),
        ("１２人", PEOPLE, Decimal(12)),
        ("国家级", LEVEL, "a"),
        ("√", OPEN, True),
        (True, OPEN, True),
        (0, OPEN, False),
        ("0012", TEXT, "0012"),
        (12, TEXT, "12"),
        (430422800101002, TEXT, "430422800101002"),
    ],
)
def test_what_a_cell_says(tmp_path: Path, content: object, field: Column, wanted: object) -> None:
    sheet = _sheet(xlsxwriter_table(tmp_path / "a.xlsx", (("头",), (content,))))
    reading = _read(sheet, 2, 1, field)
    assert reading.value == wanted
    assert type(reading.value) is type(wanted)
    assert reading.problem is None or reading.problem.severity is Severity.NOTE


@pytest.mark.parametrize(
    ("content", "field", "words"),
    [
        (430422198001010026, TEXT, "找不回来"),
        ("4.30422E+17", TEXT, "18 位号码"),
        ("1.1E+17", TEXT, "身份证号"),
        ("2024.1", DAY, "1 月还是 10 月"),
        ("去年", DAY, "不是日期"),
        (2019.5, PEOPLE, "不是整数"),
        ("很多", PEOPLE, "不是数"),
        ("3,09", PEOPLE, "不是数"),
        ("区级", LEVEL, "应为：国家级、省级"),
        ("也许", OPEN, "“是”或“否”"),
        (1850, YEAR, "最小值"),
        ("20千克", MONEY, "千克"),
    ],
)
def test_what_a_cell_cannot_say(tmp_path: Path, content: object, field: Column, words: str) -> None:
    sheet = _sheet(xlsxwriter_table(tmp_path / "a.xlsx", (("头",), (content,))))
    reading = _read(sheet, 2, 1, field)
    assert reading.value is None
    assert reading.problem is not None
    assert words in reading.problem.sentence


def test_day_numbers_count_from_where_the_workbook_says(tmp_path: Path) -> None:
    lines = (("日期", "数"), (date(2024, 9, 1), 45536 - 1462))
    sheet = _sheet(xlsxwriter_table(tmp_path / "a.xlsx", lines, since_1904=True))
    assert [_read(sheet, 2, column, DAY).value for column in (1, 2)] == [date(2024, 9, 1)] * 2


def test_fractions_are_shares_where_the_column_says_so(tmp_path: Path) -> None:
    lines = (("占比", "占比"), (0.65, 0.654321), ("0.7", 0.5))
    sheet = _sheet(xlsxwriter_table(tmp_path / "a.xlsx", lines, percent_columns=(1,)))
    fraction = CellRule(share=Share.FRACTION)
    assert _read(sheet, 2, 1, RATE, fraction).value == Decimal(65)
    assert _read(sheet, 3, 1, RATE, fraction).value == Decimal(70)
    assert _read(sheet, 3, 2, RATE, fraction).value == Decimal(50)
    computed = _read(sheet, 2, 2, RATE)
    assert computed.value == Decimal("65.43")
    assert computed.problem is not None
    assert "取为 65.43%" in computed.problem.sentence


def test_a_unit_said_for_a_column_converts(tmp_path: Path) -> None:
    sheet = _sheet(xlsxwriter_table(tmp_path / "a.xlsx", (("金额",), (3.2,))))
    assert _read(sheet, 2, 1, MONEY, CellRule("万元")).value == Decimal(32000)


def test_macros_are_ignored_and_said(tmp_path: Path) -> None:
    source = xlsxwriter_table(tmp_path / "a.xlsx", LINES)
    target = tmp_path / "a.xlsm"
    target.write_bytes(source.read_bytes())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    file = LEDGERS.open(target)
    assert [note.code for note in file.notes] == ["excel.macros_ignored"]
    assert file.markable


def test_a_file_open_in_wps_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = xlsxwriter_table(tmp_path / "a.xlsx", LINES)
    (tmp_path / "~$a.xlsx").touch()
    assert "请先在 WPS 中保存并关闭" in LEDGERS.open(source).notes[0].sentence

    def held(*_: object, **__: object) -> None:
        raise PermissionError(13, "sharing violation")

    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(InputError, match="请先在 WPS 中关闭"):
        LEDGERS.open(source)


_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xls", _OLE + b"\0" * 4096, "不是完好的 .xls"),
        ("a.et", _OLE + b"\xff" * 600, "WPS 自己的 .et"),
        ("a.xlsx", _OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        ("a.xlsx", b"PK\x03\x04broken", "损坏"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("a.pdf", b"%PDF-1.7 ...", "PDF"),
        ("a.csv", b"", "空的"),
        ("a.csv", b"  \r\n", "空的"),
        ("a.csv", b"a,b\n1,\xff\xff\n", "第 2 行"),
        ("a.dat", bytes(range(256)) * 4, "请用 WPS 打开"),
        ("a.csv", b"a\0b,c\n", "不是表格"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    source = tmp_path / name
    source.write_bytes(content)
    with pytest.raises(InputError) as caught:
        LEDGERS.open(source)
    assert words in caught.value.sentence
    assert name in caught.value.sentence


def test_a_damaged_old_workbook_is_refused_whatever_is_broken(tmp_path: Path) -> None:
    whole = xlwt_table(tmp_path / "a.xls", LINES).read_bytes()
    for at in range(0, len(whole), 97):
        broken = bytearray(whole)
        broken[at : at + 8] = b"\xff" * 8
        source = tmp_path / "b.xls"
        source.write_bytes(broken)
        try:
            file = LEDGERS.open(source)
        except InputError as error:
            assert "b.xls" in error.sentence
        else:
            assert all(sheet.last_column <= 16384 for sheet in file.sheets)


def test_files_and_folders_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="找不到"):
        LEDGERS.open(tmp_path / "none.csv")
    with pytest.raises(InputError, match="文件夹"):
        LEDGERS.open(tmp_path)


def test_likeness() -> None:
    assert LEDGERS.likeness("专任教师人数", ["专任教师数", "专任教师人数", "占地面积"]) == [90, 100, 0]
    assert LEDGERS.likeness("甲", []) == []


def test_a_hundred_thousand_merged_blocks_over_everything_do_no_harm(tmp_path: Path) -> None:
    """A file made to hurt: every block claims the whole sheet."""
    source = xlsxwriter_table(tmp_path / "a.xlsx", LINES)
    target = tmp_path / "b.xlsx"
    blocks = '<mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2:XFC900000"/>' * 50_000
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(
                    b"</sheetData>", f"</sheetData><mergeCells>{blocks}</mergeCells>".encode()
                )
            new.writestr(part.filename, content)
    sheet = _sheet(target)
    assert sheet.spreads(2)
    assert sheet.head(1, 3) == "占比"
    assert sheet.text(3, 1) == "刘伟"
    assert sheet.reach(1) == 1
