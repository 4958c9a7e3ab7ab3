"""A window over fakes, and the ways a clerk uses it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.program import Program
from chuyi_desktop.ui.application import prepare
from chuyi_desktop.ui.grid_view import GridView
from chuyi_desktop.ui.main_window import MainWindow
from chuyi_desktop.ui.place_list import Place, PlaceKind
from tests.ui.school import small_program


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program sets it up."""
    return prepare(Path(__file__).parents[2] / "resources")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, qapp: QApplication) -> None:
    """Settings of a test end with it."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences of message boxes, which close at once."""
    told: list[str] = []

    def tell(box: QMessageBox) -> int:
        told.append(box.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", tell)
    return told


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The use cases over memory."""
    return small_program(tmp_path)


Editor = TypeVar("Editor", bound=QWidget)


def editor(view: GridView, kind: type[Editor]) -> Editor:
    """The open editor of a grid; those just closed are hidden."""
    found = [each for each in view.viewport().findChildren(kind) if each.isVisible()]
    assert len(found) == 1
    return found[0]


class Clerk:
    """Somebody at the keyboard."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    def go(self, kind: PlaceKind, key: str = "") -> None:
        """Choose a place at the left."""
        self.window.places.go(Place(kind, key))

    @property
    def grid(self) -> GridView:
        """The grid of indicators."""
        return self.window.pages.indicators.view

    def put_cursor(self, view: GridView, row: int, column: int) -> None:
        view.setFocus()
        view.setCurrentIndex(view.grid.index(row, column))

    def type(self, view: GridView, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
        """Type over the current cell and press Enter."""
        QTest.keyClick(view, Qt.Key.Key_F2)
        line = editor(view, QLineEdit)
        # Chinese comes from an input method and not from keys.
        line.insert(text)
        QTest.keyClick(line, end)
        QApplication.processEvents()

    def choose(self, view: GridView, text: str) -> None:
        """Choose from the current cell's list."""
        view.edit(view.currentIndex())
        box = editor(view, QComboBox)
        at = box.findText(text)
        assert at >= 0
        box.setCurrentIndex(at)
        box.activated.emit(at)
        QApplication.processEvents()

    def shown(self, view: GridView, row: int, column: int) -> str:
        return str(view.grid.index(row, column).data())

    def status(self) -> str:
        return self.window.statusBar().currentMessage()

    def press(self, name: str) -> None:
        """Choose an action of the menu."""
        action = self.window.actions_.by_name[name]
        assert action.isEnabled()
        action.trigger()

    def wait_for_jobs(self) -> None:
        self.qtbot.waitUntil(lambda: self.window.jobs.running is None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def clerk(program: Program, folder: Path, qtbot: QtBot, boxes: list[str]) -> Iterator[Clerk]:
    """A clerk before a window with a new assessment."""
    begin(program, folder, "small", 2026, {"school_name": "邵东职中"}).close()
    window = MainWindow(program)
    qtbot.addWidget(window)
    window.show()
    window.open_folder(folder)
    yield Clerk(window, qtbot)
    window.close()
