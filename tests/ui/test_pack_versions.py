"""Another version of the pack is installed: the window says so, shows what it changes, and moves."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.program import Program
from chuyi_desktop.domain.indicator import Indicator, ValueKind
from chuyi_desktop.domain.programme import Asked, Narrative, Programme, Section
from chuyi_desktop.ui.main_window import MainWindow
from chuyi_desktop.ui.pack_move_dialog import PackMoveDialog
from chuyi_desktop.ui.place_list import PlaceKind
from tests.fakes import MemoryLibrary, MemoryWorkspaces
from tests.ui.conftest import Clerk
from tests.ui.school import small_program, small_programme

SETTINGS = {"school_name": "邵东职中", "student_count": "1900", "plan": "建设思路"}


def newer() -> Programme:
    """Another section with a new indicator, another text, half the points for 规模."""
    old = small_programme()
    scores = old.scored_sections[0]
    smaller = replace(scores.items[0], maximum=Decimal(30))
    rooms = Indicator("room_count", "实训室数", ValueKind.INTEGER, "间")
    return replace(
        old,
        version="2.0",
        pack_hash="1" * 64,
        indicators={**old.indicators, rooms.id: rooms},
        sections=(*old.sections, Section("rooms", "实训条件", (Asked("room_count"),))),
        scored_sections=(replace(scores, items=(smaller, *scores.items[1:])),),
        narratives=(Narrative("risk", "风险"),),
    )


@pytest.fixture
def program(tmp_path: Path, folder: Path) -> Program:
    """A program whose pack was updated after the assessment was begun."""
    first = small_program(tmp_path)
    begin(first, folder, "small", 2026, SETTINGS).close()
    library = MemoryLibrary(newer())
    library.others[folder / ("0" * 64)] = MemoryLibrary(small_programme())
    return replace(first, library=library)


@pytest.fixture
def clerk(program: Program, folder: Path, qtbot: QtBot, boxes: list[str]) -> Iterator[Clerk]:
    window = MainWindow(program)
    qtbot.addWidget(window)
    window.show()
    window.open_folder(folder)
    yield Clerk(window, qtbot)
    window.close()
    assert boxes == []


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[QDialog.DialogCode], list[PackMoveDialog]]:
    """What the clerk answers to the dialogs, which are gathered."""

    def set_answer(code: QDialog.DialogCode) -> list[PackMoveDialog]:
        shown: list[PackMoveDialog] = []

        def show(dialog: PackMoveDialog) -> QDialog.DialogCode:
            shown.append(dialog)
            return code

        monkeypatch.setattr(PackMoveDialog, "exec", show)
        return shown

    return set_answer


Answer = Callable[[QDialog.DialogCode], list[PackMoveDialog]]


def press_move(clerk: Clerk) -> None:
    QTest.mouseClick(clerk.window.head.move_button, Qt.MouseButton.LeftButton)


def places(clerk: Clerk, kind: PlaceKind) -> list[str]:
    return [place.key for place in clerk.window.places.places() if place.kind is kind]


def test_the_notice_names_both_versions_and_the_old_one_judges(clerk: Clerk) -> None:
    notice = clerk.window.head.notice.text()
    assert "1.0 版判定" in notice
    assert "安装的是 2.0 版" in notice
    assert clerk.window.head.move_button.isVisible()
    assert places(clerk, PlaceKind.NARRATIVE) == ["plan"]


def test_the_changes_are_shown_and_nothing_is_done_without_consent(clerk: Clerk, answer: Answer) -> None:
    shown = answer(QDialog.DialogCode.Rejected)
    press_move(clerk)
    dialog = shown[0]
    assert "1.0" in dialog.summary.text()
    titles = [dialog.rules.topLevelItem(at).text(0) for at in range(dialog.rules.topLevelItemCount())]  # type: ignore[union-attr]  # within the count
    assert titles == ["规模"]
    told = dialog.others.toPlainText()
    assert "新增填报指标：实训室数" in told
    assert "文字材料：建设思路" in told.splitlines()[-1]
    assert clerk.window.desk.session.head.pack_version == "1.0"


def test_moving_shows_the_assessment_under_the_new_pack(clerk: Clerk, answer: Answer) -> None:
    answer(QDialog.DialogCode.Accepted)
    press_move(clerk)
    session = clerk.window.desk.session
    assert session.head.pack_version == "2.0"
    assert session.assessment.text("plan") == "建设思路"
    assert places(clerk, PlaceKind.SECTION) == ["school", "basics", "rooms"]
    assert places(clerk, PlaceKind.NARRATIVE) == ["risk"]
    assert "30" in clerk.window.head.points.value.text()
    assert not clerk.window.head.move_button.isVisible()
    assert "2.0" in clerk.status()


def test_what_is_in_the_editor_is_saved_before_moving(clerk: Clerk, answer: Answer) -> None:
    answer(QDialog.DialogCode.Accepted)
    clerk.go(PlaceKind.NARRATIVE, "plan")
    clerk.window.pages.narrative.edit.setPlainText("新的建设思路")
    press_move(clerk)
    assert clerk.window.desk.session.assessment.text("plan") == "新的建设思路"


def test_who_only_reads_is_told_and_not_asked(program: Program, folder: Path, qtbot: QtBot) -> None:
    assert isinstance(program.workspaces, MemoryWorkspaces)
    program.workspaces.made[folder].read_only = True
    window = MainWindow(program)
    qtbot.addWidget(window)
    window.show()
    window.open_folder(folder)
    assert "2.0" in window.head.notice.text()
    assert not window.head.move_button.isVisible()
    window.close()
