"""A clerk begins, opens, imports and exports."""

import threading
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog
from pytestqt.qtbot import QtBot

from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.ports import FilledCell, WorkbookReading
from chuyi_desktop.app.program import Program
from chuyi_desktop.domain.assessment import Entry, Field, FieldKind
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.ui.import_result import ImportResult
from chuyi_desktop.ui.main_window import MainWindow
from chuyi_desktop.ui.new_dialog import NewDialog
from chuyi_desktop.ui.place_list import PlaceKind
from tests.fakes import MemoryWorkspaces, ScriptedWorkbooks
from tests.ui.conftest import Clerk
from tests.ui.school import GatedRenderer


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> list[ImportResult]:
    """Result dialogs of imports, which close at once."""
    shown: list[ImportResult] = []

    def show(dialog: ImportResult) -> int:
        shown.append(dialog)
        return 0

    monkeypatch.setattr(ImportResult, "exec", show)
    return shown


def workbooks(clerk: Clerk) -> ScriptedWorkbooks:
    found = clerk.window.desk.program.workbooks
    assert isinstance(found, ScriptedWorkbooks)
    return found


def choose_source(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))


def choose_target(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))


def students(count: str) -> FilledCell:
    field = Field(FieldKind.VALUE, "student_count", 2026)
    return FilledCell(field, Entry(Decimal(count)), "填报.xlsx 基本情况!C5")


def test_new_assessment_opens(
    program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow(program)
    qtbot.addWidget(window)
    window.show()
    assert window.welcome.isVisible()

    def fill(dialog: NewDialog) -> QDialog.DialogCode:
        dialog.school_edit.setText("邵东职中")
        dialog.folder_edit.setText(str(tmp_path / "new"))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(NewDialog, "exec", fill)
    window.actions_.by_name["new"].trigger()
    assert window.desk.is_open
    assert window.head.school.text() == "邵东职中"
    assert "小项目 · 2026 年" in window.windowTitle()
    assert not window.welcome.isVisible()
    window.close()
    assert MainWindow(program).welcome.recent.count() == 1


def test_new_dialog_stays_until_it_works(clerk: Clerk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failures: list[str] = []

    def fill(dialog: NewDialog) -> QDialog.DialogCode:
        failures.append(dialog.failure.text())
        if len(failures) > 1:
            return QDialog.DialogCode.Rejected
        dialog.school_edit.setText("学" * 30_000)
        dialog.folder_edit.setText(str(folder.with_name("another")))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(NewDialog, "exec", fill)
    clerk.press("new")
    assert failures[0] == ""
    assert "最多" in failures[1]
    assert clerk.window.desk.session.workspace.folder == folder, "what was open stays open"


def test_new_dialog_wants_a_school(program: Program, qtbot: QtBot) -> None:
    dialog = NewDialog(program.library.summaries(), program.clock().date())
    qtbot.addWidget(dialog)
    dialog.accept()
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert "学校名称" in dialog.failure.text()


def test_other_assessment_of_the_workspace_is_switched_to(clerk: Clerk, folder: Path) -> None:
    opening = clerk.window.opening
    assert opening.begin(folder, "other", 2026, "邵东职中") is None
    assert clerk.window.desk.session.programme.id == "other"
    box = clerk.window.head.assessments
    assert [box.itemText(at) for at in range(box.count())] == ["小项目　2026 年", "别的项目　2026 年"]
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert clerk.window.desk.session.programme.id == "small"


def test_same_assessment_twice_is_told_and_the_open_one_stays(clerk: Clerk, folder: Path) -> None:
    error = clerk.window.opening.begin(folder, "small", 2026, "邵东职中")
    assert error is not None
    assert clerk.window.desk.session.head.id == "small-2026"
    clerk.go(PlaceKind.SECTION, "basics")
    assert clerk.grid.grid.rowCount() > 0


def test_opening_what_is_no_workspace_is_told(clerk: Clerk, tmp_path: Path, boxes: list[str]) -> None:
    clerk.window.open_folder(tmp_path / "nothing")
    assert len(boxes) == 1
    assert clerk.window.desk.is_open


def test_read_only_workspace_is_shown_and_not_changed(
    program: Program, folder: Path, qtbot: QtBot, boxes: list[str]
) -> None:
    begin(program, folder, "small", 2026, {"school_name": "邵东职中"}).close()
    assert isinstance(program.workspaces, MemoryWorkspaces)
    program.workspaces.made[folder].holder = "李主任（教务处）"
    program.workspaces.made[folder].read_only = True
    window = MainWindow(program)
    qtbot.addWidget(window)
    window.show()
    window.open_folder(folder)
    clerk = Clerk(window, qtbot)
    assert "李主任（教务处）" in window.head.notice.text()
    assert window.head.notice.isVisible()
    assert not window.actions_.by_name["import"].isEnabled()
    clerk.go(PlaceKind.SECTION, "basics")
    clerk.put_cursor(clerk.grid, 0, 1)
    clerk.grid.clear()
    assert "只读" in clerk.status()
    assert boxes == []
    window.close()


def test_import_changes_and_counts(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dialogs: list[ImportResult]
) -> None:
    choose_source(monkeypatch, tmp_path / "填报.xlsx")
    workbooks(clerk).reading = WorkbookReading((students("3091"),), (), ())
    clerk.press("import")
    clerk.wait_for_jobs()
    assert "改动 1 项" in dialogs[0].summary.text()
    assert clerk.window.desk.session.assessment.value("student_count") == 3091
    clerk.press("import")
    clerk.wait_for_jobs()
    assert "什么都没有改动" in dialogs[1].summary.text()


def test_refused_import_changes_nothing_and_offers_a_marked_copy(
    clerk: Clerk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    dialogs: list[ImportResult],
    boxes: list[str],
) -> None:
    source, target = tmp_path / "填报.xlsx", tmp_path / "标注"
    choose_source(monkeypatch, source)
    choose_target(monkeypatch, target)
    place = Place("填报.xlsx", "基本情况", "C6")
    refused = Problem("input.not_a_plain_number", place=place, params={"found": "很多"})
    warning = Problem("input.converted", Severity.NOTE, place, {"found": "3亩", "value": "2,000 ㎡"})
    workbooks(clerk).reading = WorkbookReading((students("3091"),), (), (warning, refused))
    clerk.press("import")
    clerk.wait_for_jobs()
    assert "1 处不能采用" in dialogs[0].summary.text()
    first = dialogs[0].problems.topLevelItem(0)
    assert first is not None
    assert first.text(0) == "基本情况!C6"
    assert "很多" in first.text(1)
    assert clerk.window.desk.session.assessment.entry("student_count") is None
    dialogs[0].mark_button.click()
    clerk.wait_for_jobs()
    assert workbooks(clerk).marked == [(source, (warning, refused), tmp_path / "标注.xlsx")]
    assert "标注.xlsx" in boxes[-1]


def test_import_failure_is_told(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, boxes: list[str]
) -> None:
    choose_source(monkeypatch, tmp_path / "填报.xlsx")

    def broken(*_: object) -> WorkbookReading:
        raise PermissionError(13, "Permission denied", "填报.xlsx")

    monkeypatch.setattr(workbooks(clerk), "read", broken)
    clerk.press("import")
    clerk.wait_for_jobs()
    assert "填报.xlsx" in boxes[0]
    assert "已保存的内容都还在" in boxes[0]


def test_workbook_and_template_are_written(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_target(monkeypatch, tmp_path / "导出.xlsx")
    clerk.press("export")
    clerk.wait_for_jobs()
    programme, assessment, target = workbooks(clerk).written[0]
    assert (programme.id, target) == ("small", tmp_path / "导出.xlsx")
    assert assessment.value("school_name") == "邵东职中"
    assert "已写出" in clerk.status()
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_, **__: ("别的项目", True))
    clerk.press("template")
    clerk.wait_for_jobs()
    programme, assessment, _ = workbooks(clerk).written[1]
    assert programme.id == "other"
    assert assessment.fields == {}


def renderer(clerk: Clerk) -> GatedRenderer:
    found = clerk.window.desk.program.renderer
    assert isinstance(found, GatedRenderer)
    return found


def test_dossier_is_printed_with_progress(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_target(monkeypatch, tmp_path / "申报书")
    steps: list[tuple[int, int, str]] = []
    clerk.window.jobs.progressed.connect(lambda _job, done, total, label: steps.append((done, total, label)))
    clerk.press("dossier")
    clerk.wait_for_jobs()
    assert renderer(clerk).printed == [tmp_path / "申报书.pdf"]
    assert (3, 3, "正文") in steps
    assert "共 2 页" in clerk.status()


def test_dossier_is_cancelled_half_way(clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose_target(monkeypatch, tmp_path / "申报书.pdf")
    renderer(clerk).gate.clear()
    clerk.press("dossier")
    clerk.qtbot.waitUntil(renderer(clerk).begun.is_set)
    clerk.qtbot.waitUntil(clerk.window.job_bar.isVisible)
    clerk.window.job_bar.cancel_button.click()
    clerk.wait_for_jobs()
    assert renderer(clerk).printed == []
    assert not (tmp_path / "申报书.pdf").exists()
    assert clerk.status() == "已取消，什么都没有写出"
    assert not clerk.window.job_bar.isVisible()


def test_typing_goes_on_while_the_dossier_prints(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_target(monkeypatch, tmp_path / "申报书.pdf")
    renderer(clerk).gate.clear()
    clerk.press("dossier")
    clerk.qtbot.waitUntil(renderer(clerk).begun.is_set)
    clerk.go(PlaceKind.SECTION, "basics")
    clerk.put_cursor(clerk.grid, 0, 1)
    clerk.type(clerk.grid, "3091")
    assert clerk.window.desk.session.assessment.value("student_count") == 3091
    renderer(clerk).gate.set()
    clerk.wait_for_jobs()
    assert len(renderer(clerk).printed) == 1


def test_typing_waits_while_an_import_is_read(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dialogs: list[ImportResult]
) -> None:
    choose_source(monkeypatch, tmp_path / "填报.xlsx")
    gate = threading.Event()

    def read(*_: object) -> WorkbookReading:
        gate.wait(10)
        return WorkbookReading((), (), ())

    monkeypatch.setattr(workbooks(clerk), "read", read)
    clerk.press("import")
    assert not clerk.grid.isEnabled()
    assert not clerk.window.actions_.by_name["undo"].isEnabled()
    gate.set()
    clerk.wait_for_jobs()
    clerk.qtbot.waitUntil(lambda: bool(dialogs))
    assert clerk.grid.isEnabled()


def test_closing_the_window_stops_the_job_and_saves_the_text(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_target(monkeypatch, tmp_path / "申报书.pdf")
    workspace = clerk.window.desk.session.workspace
    clerk.go(PlaceKind.NARRATIVE, "plan")
    clerk.window.pages.narrative.edit.insertPlainText("未等停顿")
    renderer(clerk).gate.clear()
    clerk.press("dossier")
    clerk.qtbot.waitUntil(renderer(clerk).begun.is_set)
    clerk.window.close()
    assert renderer(clerk).printed == []
    assert workspace.assessment("small-2026").text("plan") == "未等停顿"
    assert not clerk.window.desk.is_open
