"""The marked copy: bad cells coloured and commented, a list in front, all else as it was."""

from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.excel.workbooks import ExcelWorkbooks
from tests.excel.school import contents, read, value, write


def bad_workbook(folder: Path) -> Path:
    """A workbook with three bad cells, one of them commented by the clerk, one in a merged block."""
    source = write(folder)
    book = load_workbook(source)
    sheet = book["基本情况"]
    sheet["E6"], sheet["E11"] = "许多", "乡下"
    sheet["E6"].comment = Comment("问过教务处", "张三")
    roster = book["专任教师名册"]
    roster["G6"] = "=坏"
    roster["G6"].data_type = "s"
    roster.merge_cells("G6:G7")
    book.save(source)
    return source


def marked(folder: Path, problems: tuple[Problem, ...] | None = None) -> Workbook:
    """The marked copy, opened."""
    source = bad_workbook(folder)
    target = folder / "marked.xlsx"
    ExcelWorkbooks().mark(source, read(source).problems if problems is None else problems, target)
    return load_workbook(target)


def test_bad_cells_are_coloured_and_commented(tmp_path: Path) -> None:
    book = marked(tmp_path)
    cell = book["基本情况"]["E6"]
    assert cell.fill.fgColor.rgb == "FFF4B8B0"
    assert "“许多”不是数" in cell.comment.text
    assert cell.comment.text.endswith("问过教务处")
    assert cell.value == "许多"
    assert not cell.protection.locked
    assert "乡下" in book["基本情况"]["E11"].comment.text
    assert "=坏" in book["专任教师名册"]["G6"].comment.text


def test_every_problem_is_listed_with_a_link(tmp_path: Path) -> None:
    sheet = marked(tmp_path)["导入问题"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[2:4] for row in rows] == [
        ["基本情况", "E6"],
        ["基本情况", "E11"],
        ["专任教师名册", "G6"],
        ["专任教师名册", "G7"],
    ]
    assert sheet["D5"].hyperlink.location == "'基本情况'!E6"
    assert rows[0][1] == "须改正"
    assert "许多" in rows[0][5]


def test_all_else_is_as_it_was(tmp_path: Path) -> None:
    book = marked(tmp_path)
    before = load_workbook(tmp_path / "表.xlsx")
    assert book.sheetnames == ["导入问题", *before.sheetnames]
    assert book.active.title == "导入问题"
    for sheet in before.worksheets:
        copy = book[sheet.title]
        assert copy.sheet_state == sheet.sheet_state
        assert copy.protection.sheet == sheet.protection.sheet
        assert len(copy.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        assert copy.freeze_panes == sheet.freeze_panes
        assert copy.merged_cells.ranges == sheet.merged_cells.ranges
        for row in sheet.iter_rows():
            for cell in row:
                assert copy[cell.coordinate].value == cell.value


def test_the_original_is_not_touched(tmp_path: Path) -> None:
    source = bad_workbook(tmp_path)
    before = source.read_bytes()
    ExcelWorkbooks().mark(source, read(source).problems, tmp_path / "m.xlsx")
    assert source.read_bytes() == before


def test_a_marked_copy_can_be_mended_imported_and_marked_again(tmp_path: Path) -> None:
    book = marked(tmp_path)
    book["基本情况"]["E6"], book["基本情况"]["E11"] = 3091, "城市"
    book.save(tmp_path / "again.xlsx")
    reading = read(tmp_path / "again.xlsx")
    assert {each.place.sheet for each in reading.problems} == {"专任教师名册"}
    assert contents(reading)[value("student_count")].value == 3091  # type: ignore[union-attr]  # an entry
    ExcelWorkbooks().mark(tmp_path / "again.xlsx", reading.problems, tmp_path / "third.xlsx")
    assert load_workbook(tmp_path / "third.xlsx").sheetnames.count("导入问题") == 1


def test_problems_without_a_cell_and_of_strange_sheets_are_listed_only(tmp_path: Path) -> None:
    problems = (
        Problem("excel.macros_ignored", Severity.NOTE, Place("f.xlsx")),
        Problem("excel.unknown_sheet", Severity.WARNING, Place("f.xlsx", "没有的表", "A1")),
        Problem("input.not_a_plain_number", place=Place("f.xlsx", "=1", "A1"), params={"found": "\x07=x"}),
    )
    sheet = marked(tmp_path, problems)["导入问题"]
    assert sheet.max_row == 7
    assert sheet["C7"].data_type == "s"
    assert sheet["D6"].hyperlink is None
    assert "2" not in sheet["A3"].value.partition("：")[2].partition("处")[0]
