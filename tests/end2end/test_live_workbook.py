"""The live workbook on the command line: out with formulas, and in again like any other."""

from pathlib import Path

from openpyxl import load_workbook

from tests.end2end.conftest import Chuyi


def test_a_live_workbook_goes_out_and_comes_back(chuyi: Chuyi, tmp_path: Path) -> None:
    workspace, book = tmp_path / "学校", tmp_path / "活表.xlsx"
    start = ("--programme", "conditions-secondary", "--year", "2026", "--school", "某县职业中专")
    figures = ("--set", "student_count=3091", "--set", "full_time_teacher_count=157")
    assert chuyi("new", workspace, *start, *figures).code == 0
    written = chuyi("export", workspace, "--live", "-o", book)
    assert (written.code, "活表.xlsx" in written.out) == (0, True)
    again = chuyi("import", workspace, book)
    assert (again.code, again.err) == (0, "")
    opened = load_workbook(book, data_only=True)
    assert opened.active.title == "结论"
    shown = {row[2].value: row[3].value for row in opened["导出指标"].iter_rows(min_row=5)}
    assert (shown["生师比"], shown["生均图书"]) == (19.69, "未填")


def test_a_live_workbook_ends_in_xlsx(chuyi: Chuyi, tmp_path: Path) -> None:
    workspace = tmp_path / "学校"
    start = ("--programme", "conditions-secondary", "--year", "2026", "--school", "某县职业中专")
    assert chuyi("new", workspace, *start).code == 0
    refused = chuyi("export", workspace, "--live", "-o", tmp_path / "活表.pdf")
    assert refused.code != 0
    assert ".xlsx" in refused.err
    assert not (tmp_path / "活表.pdf").exists()
