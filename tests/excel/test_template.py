"""What a clerk meets: locks, drop-downs, messages, hidden marks, and the words of every cell."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from chuyi_desktop.domain.indicator import Column, ValueKind
from chuyi_desktop.excel import roster_rendering
from chuyi_desktop.excel.cells import number_format
from chuyi_desktop.excel.plan import sheet_names
from tests.excel.school import write

GOLDEN = Path(__file__).with_name("golden_workbook.txt")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return load_workbook(write(tmp_path_factory.mktemp("template")))


def dumped(book: Workbook) -> str:
    """Every cell of a workbook, a line each; formulas and blanks of spare rows left out."""
    lines = []
    for sheet in book.worksheets:
        lines.append(f"## {sheet.title} ({sheet.sheet_state})")
        for row in sheet.iter_rows():
            lines += [
                f"{cell.coordinate}\t{cell.data_type}\t{cell.value!r}"
                for cell in row
                if cell.value is not None and not str(cell.value).startswith("=ROW()")
            ]
    return "\n".join(lines) + "\n"


def test_the_cells_are_those_of_the_golden_workbook(book: Workbook) -> None:
    """To take new words or columns over on purpose: delete the file, run once, look at the difference."""
    if not GOLDEN.exists():
        GOLDEN.write_text(dumped(book), encoding="utf-8", newline="\n")
        pytest.fail(f"{GOLDEN.name} was missing and has been written; look at it")
    assert dumped(book) == GOLDEN.read_text(encoding="utf-8")


def rule_at(sheet: Worksheet, cell: str) -> DataValidation:
    """The rule of a cell."""
    return next(rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref)


def test_only_what_is_to_be_filled_in_is_open(book: Workbook) -> None:
    sheet = book["基本情况"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    open_cells = {
        cell.coordinate for row in sheet.iter_rows(min_row=5) for cell in row if not cell.protection.locked
    }
    values = {"E5", "E6", "F6", "G6", "E7", "F7", "E9", "E10", "E11"}
    notes = {"H5", "H6", "H7", "H9", "H10", "H11", "L6", "M6", "L7"}
    assert open_cells == values | notes
    assert sheet["E8"].value == "自动计算"


def test_marks_are_hidden_and_heads_stay_in_sight(book: Workbook) -> None:
    sheet = book["基本情况"]
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden
    assert sheet.freeze_panes == "D5"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert book["_标识"].sheet_state == "veryHidden"
    assert book.defined_names["chuyi_programme"].attr_text == '"test"'
    assert book.defined_names["chuyi_year"].attr_text == '"2026"'


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (Column("c", "人数", ValueKind.INTEGER, "人"), None, "#,##0"),
        (Column("c", "建校年份", ValueKind.INTEGER, "年"), None, "0"),
        (Column("c", "面积", ValueKind.DECIMAL, "㎡", digits=1), None, "#,##0.0"),
        (Column("c", "面积", ValueKind.DECIMAL, "㎡"), None, "#,##0.00"),
        (Column("c", "面积", ValueKind.DECIMAL, "㎡"), Decimal("1.234"), "#,##0.000"),
        (Column("c", "面积", ValueKind.DECIMAL, "㎡"), Decimal(3), "#,##0"),
        (Column("c", "电话", ValueKind.TEXT), None, "@"),
        (Column("c", "日期", ValueKind.DATE), None, "yyyy-mm-dd"),
    ],
)
def test_number_formats(field: Column, value: Decimal | None, expected: str) -> None:
    assert number_format(field, value) == expected


def test_rules_help_and_only_options_forbid(book: Workbook) -> None:
    sheet = book["基本情况"]
    number = rule_at(sheet, "E6")
    assert (number.type, number.errorStyle) == ("whole", "warning")
    assert number.promptTitle == "学历教育在校生数"
    assert "当年 9 月 1 日" in number.prompt
    assert rule_at(sheet, "E11").formula1 == '"城市,县镇"'
    assert rule_at(sheet, "E9").type == "date"
    level = rule_at(book["承诺与自评"], "E8")
    assert (level.formula1, level.errorStyle) == ('"优秀,良好,一般"', None)


def test_a_long_list_stands_on_the_hidden_sheet(book: Workbook) -> None:
    rule = rule_at(book["办学条件：场地 设备"], "E8")
    assert rule.formula1 == "'_选项'!$B$1:$B$40"
    assert book["_选项"]["B40"].value == "第39类专业大类名称很长，占地方"
    assert book["_选项"].sheet_state == "veryHidden"


def test_nothing_a_school_wrote_is_a_formula(book: Workbook) -> None:
    assert book["基本情况"]["H5"].value == "=HYPERLINK(1)"
    formulas = {
        (sheet.title, str(cell.value)[:8])
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert {start for _, start in formulas} <= {"=ROW()-5", "=LEN(SUB"}


def test_there_is_room_for_hundreds_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_rendering, "SPARE_ROWS", 600)
    sheet = load_workbook(write(tmp_path))["专任教师名册"]
    assert sheet.max_row >= 600
    assert not sheet["C600"].protection.locked
    assert sheet["D600"].number_format == "yyyy-mm-dd"
    assert "E20000" in rule_at(sheet, "E6").sqref


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["a/b:c*?[x]\\"], ("a b c x",)),
        (["说明", "说明", "说明"], ("说明", "说明（2）", "说明（3）")),
        (["Abc", "aBC"], ("Abc", "aBC（2）")),
        (["名" * 40, "名" * 40], ("名" * 31, "名" * 28 + "（2）")),
        (["😀" * 20], ("😀" * 15,)),
        (["'x'", "", "History"], ("x", "表", "History_")),
    ],
)
def test_names_of_sheets(wanted: list[str], names: tuple[str, ...]) -> None:
    assert sheet_names(wanted) == names
