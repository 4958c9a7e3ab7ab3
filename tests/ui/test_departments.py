"""部门分工: workbooks out, back in, disagreements settled; who supplies what."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QDialog, QFileDialog

from chuyi_desktop.app.begin import begin
from chuyi_desktop.bootstrap import build_program
from chuyi_desktop.ui.main_window import MainWindow
from chuyi_desktop.ui.merge_dialog import MergeDialog
from chuyi_desktop.ui.place_list import PlaceKind
from tests.ui.conftest import Clerk
from tests.ui.test_advice import lines

TEACHERS = "专任教师数"


@pytest.fixture
def clerk(tmp_path: Path, qtbot: object, boxes: list[str]) -> Clerk:
    """A clerk before the real program: departments need real workbooks."""
    del boxes
    program = build_program()
    settings = {"school_name": "某校", "student_count": "1000"}
    begin(program, tmp_path / "w", "conditions-secondary", 2026, settings).close()
    window = MainWindow(program)
    qtbot.addWidget(window)  # type: ignore[attr-defined]  # pytest-qt's own
    window.show()
    window.open_folder(tmp_path / "w")
    return Clerk(window, qtbot)  # type: ignore[arg-type]  # as above


def split(clerk: Clerk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The workbooks of all departments."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    clerk.go(PlaceKind.DEPARTMENTS)
    clerk.window.pages.departments.split_button.click()
    clerk.wait_for_jobs()
    return sorted(folder.glob("*.xlsx"))


def fill(source: Path, target: Path, value: int) -> None:
    """A department types how many teachers there are."""
    book = load_workbook(source)
    for sheet in book.worksheets:
        columns = {cell.value: cell.column for cell in sheet[1]}
        for (key,) in sheet.iter_rows(max_col=1):
            if key.value == "full_time_teacher_count" and "value:2026" in columns:
                sheet.cell(key.row, columns["value:2026"]).value = value
    book.save(target)


def merge(clerk: Clerk, monkeypatch: pytest.MonkeyPatch, files: list[Path], choose: str = "") -> MergeDialog:
    """Take ``files`` back; every disagreement is settled by the file called ``choose``."""
    seen: list[MergeDialog] = []

    def run(dialog: MergeDialog) -> int:
        seen.append(dialog)
        if choose:
            dialog.all_box.setCurrentIndex(dialog.all_box.findData(choose))
            dialog.all_box.activated.emit(dialog.all_box.currentIndex())
        return QDialog.DialogCode.Accepted.value

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file) for file in files], ""))
    monkeypatch.setattr(MergeDialog, "exec", run)
    clerk.window.pages.departments.merge_button.click()
    clerk.wait_for_jobs()
    return seen[0]


def teachers(clerk: Clerk) -> object:
    return clerk.window.desk.session.assessment.value("full_time_teacher_count")


def test_workbooks_go_out_and_come_back(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = split(clerk, tmp_path / "out", monkeypatch)
    page = clerk.window.pages.departments
    departments = lines(page.states)
    assert "人事处" in departments
    assert len(files) == page.states.topLevelItemCount()
    source = next(file for file in files if "人事处" in file.name)
    fill(source, source, 60)
    dialog = merge(clerk, monkeypatch, [source])
    assert dialog.plan.whole
    assert teachers(clerk) == Decimal(60)
    assert "已汇总 1 个文件" in clerk.status()
    clerk.press("undo")
    assert teachers(clerk) != Decimal(60)


def test_a_disagreement_is_shown_and_the_clerk_chooses(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = split(clerk, tmp_path / "out", monkeypatch)
    source = next(file for file in files if "人事处" in file.name)
    one, other = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"
    fill(source, one, 60)
    fill(source, other, 66)
    dialog = merge(clerk, monkeypatch, [one, other])
    assert any("60" in line for line in lines(dialog.conflicts))
    assert any("66" in line for line in lines(dialog.conflicts))
    assert teachers(clerk) != Decimal(60)
    assert teachers(clerk) != Decimal(66)
    merge(clerk, monkeypatch, [one, other], choose="乙.xlsx")
    assert teachers(clerk) == Decimal(66)


def test_the_school_says_who_supplies_what(clerk: Clerk) -> None:
    clerk.go(PlaceKind.DEPARTMENTS)
    page = clerk.window.pages.departments
    rows = [page.owners.topLevelItem(at) for at in range(page.owners.topLevelItemCount())]
    page.owners.setCurrentItem(next(item for item in rows if item.text(0) == TEACHERS))
    page.owner_box.setCurrentText("校办公室")
    page.owner_button.click()
    rows = [page.owners.topLevelItem(at) for at in range(page.owners.topLevelItemCount())]
    assert next(item for item in rows if item.text(0) == TEACHERS).text(1).startswith("校办公室")
    assert "校办公室" in lines(page.states)


def test_the_live_workbook_is_written(clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "活表.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    clerk.press("live")
    clerk.wait_for_jobs()
    book = load_workbook(target)
    assert any(
        isinstance(cell.value, str) and cell.value.startswith("=")
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    )
