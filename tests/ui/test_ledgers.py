"""导入台账: a school's own table, understood, corrected, looked at and taken whole."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtWidgets import QDialog, QFileDialog

from chuyi_desktop.ui.ledger_dialog import LedgerDialog
from tests.ui.conftest import Clerk
from tests.ui.test_advice import lines

Deed = Callable[[LedgerDialog], bool]


def roster(folder: Path, *rows: tuple[object, ...]) -> Path:
    """A list of teachers as an office keeps it: a title above, a sum below."""
    book = Workbook()
    sheet = book.active
    sheet.title = "教师"
    sheet.append(["某校教师花名册"])
    sheet.append(["序号", "教师姓名", "专业技术职务", "年龄（岁）"])
    for number, row in enumerate(rows, 1):
        sheet.append([number, *row])
    sheet.append(["合计", len(rows)])
    book.save(folder / "花名册.xlsx")
    return folder / "花名册.xlsx"


def imported(clerk: Clerk, monkeypatch: pytest.MonkeyPatch, source: Path, deed: Deed) -> None:
    """Import ``source``; ``deed`` works in the dialog and says whether to take it."""

    def run(dialog: LedgerDialog) -> int:
        return (QDialog.DialogCode.Accepted if deed(dialog) else QDialog.DialogCode.Rejected).value

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(source), ""))
    monkeypatch.setattr(LedgerDialog, "exec", run)
    clerk.press("ledger")
    clerk.wait_for_jobs()


def pick(dialog: LedgerDialog, start: str) -> None:
    """Select the line that begins so."""
    tree = dialog.columns.lines
    found = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    found += [item.child(at) for item in found for at in range(item.childCount())]
    tree.setCurrentItem(next(item for item in found if item.text(0).startswith(start)))


def choose(dialog: LedgerDialog, label: str) -> None:
    """Say what the selected line goes into."""
    box = dialog.columns.target_box
    at = box.findText(label)
    assert at >= 0, [box.itemText(each) for each in range(box.count())]
    box.setCurrentIndex(at)
    box.activated.emit(at)


def test_a_roster_is_understood_corrected_and_taken(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = roster(tmp_path, ("张三", "高级", 45), ("李四", "其他", 30))
    seen: list[str] = []

    def deed(dialog: LedgerDialog) -> bool:
        assert dialog.into_box.currentText() == "专任教师名册"
        assert dialog.head_box.value() == 2
        pick(dialog, "专业技术职务")
        choose(dialog, "职称")
        seen.append(dialog.summary.text())
        assert dialog.preview.rowCount() == 2
        return dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()

    imported(clerk, monkeypatch, source, deed)
    assert "新增 2" in seen[0]
    assert "合计" in seen[0]
    rows = clerk.window.desk.session.assessment.rows("teachers")
    assert [(row.cells["name"], row.cells["title"], row.cells["age"]) for row in rows or ()] == [
        ("张三", "senior", Decimal(45)),
        ("李四", "other", Decimal(30)),
    ]
    assert "已导入台账" in clerk.status()
    session = clerk.window.desk.session
    assert len(session.workspace.journal(1)[0].changes) == 2
    session.undo()
    assert session.assessment.rows("teachers") is None


def test_a_refused_cell_is_said_and_nothing_is_taken(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = roster(tmp_path, ("张三", "高级", 45), ("李四", "高级", "三十"))

    def deed(dialog: LedgerDialog) -> bool:
        pick(dialog, "专业技术职务")
        choose(dialog, "职称")
        assert "不能导入" in dialog.summary.text()
        assert any("D4" in line for line in lines(dialog.problems))
        assert not dialog.mark_button.isHidden()
        assert not dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()
        return False

    imported(clerk, monkeypatch, source, deed)
    assert clerk.window.desk.session.assessment.rows("teachers") is None


def test_a_word_nobody_knows_is_asked_for(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = roster(tmp_path, ("张三", "老资格", 45))

    def deed(dialog: LedgerDialog) -> bool:
        pick(dialog, "专业技术职务")
        choose(dialog, "职称")
        pick(dialog, "“老资格”")
        choose(dialog, "高级")
        return dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()

    imported(clerk, monkeypatch, source, deed)
    (row,) = clerk.window.desk.session.assessment.rows("teachers") or ()
    assert row.cells["title"] == "senior"


def test_indicators_and_their_values(clerk: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    book = Workbook()
    for row in (
        ["指标", "数值", "单位"],
        ["在校生数", "3,091", "人"],
        ["占地面积", 120, "亩"],
        ["天气", "晴", ""],
    ):
        book.active.append(row)
    book.save(tmp_path / "指标.xlsx")

    def deed(dialog: LedgerDialog) -> bool:
        assert dialog.into_box.currentIndex() == 0
        assert "没有对应指标的行 1" in dialog.summary.text()
        return True

    imported(clerk, monkeypatch, tmp_path / "指标.xlsx", deed)
    assessment = clerk.window.desk.session.assessment
    assert assessment.value("student_count") == 3091
    assert assessment.value("site_area") == 80000


def test_what_is_no_table_is_said(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, boxes: list[str]
) -> None:
    source = tmp_path / "照片.xlsx"
    source.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    imported(clerk, monkeypatch, source, lambda _dialog: True)
    assert "照片.xlsx" in boxes[-1]
