"""Whatever goes wrong, the user reads a calm sentence and never a traceback."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.program import Program
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.ui.application import try_unseen
from chuyi_desktop.ui.faults import Faults
from chuyi_desktop.ui.verdict_panel import VerdictPanel
from tests.ui.school import small_program

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Where reports go in this test."""
    return tmp_path / "reports" / "fault.log"


def test_own_fault_is_told_calmly_and_reported(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []
    faults = Faults(told.append, lambda: report.parent)
    before = sys.excepthook
    faults.install()
    try:
        sys.excepthook(ValueError, ValueError("secret inside"), None)
    finally:
        faults.remove()
    assert sys.excepthook is before
    assert len(told) == 1
    assert str(report) in told[0]
    assert "secret" not in told[0]
    assert "Traceback" not in told[0]
    assert "secret inside" in report.read_text("utf-8")
    assert "Traceback" not in capsys.readouterr().err


def test_fault_in_a_slot_reaches_the_same_hook(report: Path, qtbot: QtBot) -> None:
    told: list[str] = []
    faults = Faults(told.append, lambda: report.parent)
    faults.install()
    try:
        with qtbot.captureExceptions():
            # pytest-qt takes the hook for its own while it captures; ours is what stands without it.
            sys.excepthook = faults._caught
            QTimer.singleShot(0, lambda: 1 / 0)
            qtbot.waitUntil(lambda: bool(told))
    finally:
        faults.remove()
    assert "ZeroDivisionError" in report.read_text("utf-8")


def test_known_failure_is_told_in_its_own_words(report: Path) -> None:
    error = InputError("app.unknown_item", name="某项", near="")
    assert Faults(print, lambda: report.parent).sentence(error) == error.sentence
    assert not report.exists()


def test_fault_that_cannot_be_reported_is_told_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    faults = Faults(print, lambda: tmp_path / "file")
    assert "已保存的内容都还在" in faults.sentence(ValueError())


def test_fault_while_telling_a_fault_is_not_told_again(report: Path) -> None:
    told: list[str] = []

    def tell(sentence: str) -> None:
        told.append(sentence)
        faults._caught(ValueError, ValueError("again"), None)

    faults = Faults(tell, lambda: report.parent)
    faults._caught(ValueError, ValueError("first"), None)
    assert len(told) == 1
    assert "again" in report.read_text("utf-8")


def test_unseen_window_is_fine(program: Program, folder: Path, qapp: QApplication) -> None:
    begin(program, folder, "small", 2026, {"school_name": "邵东职中"}).close()
    assert try_unseen(program, folder, RESOURCES) == ""


def test_unseen_window_says_what_is_wrong(
    tmp_path: Path, folder: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = small_program(tmp_path)
    assert try_unseen(program, tmp_path / "nothing", RESOURCES)
    begin(program, folder, "small", 2026, {"school_name": "邵东职中"}).close()

    def broken(_panel: VerdictPanel) -> None:
        raise RuntimeError("broken panel")

    monkeypatch.setattr(VerdictPanel, "refresh", broken)
    assert "broken panel" in try_unseen(program, folder, RESOURCES)
