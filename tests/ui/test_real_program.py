"""The window over the real program: real forms, database, Excel and printing."""

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from chuyi_desktop.bootstrap import build_program
from chuyi_desktop.ui.main_window import MainWindow
from chuyi_desktop.ui.place_list import PlaceKind
from tests.ui.conftest import Clerk

QUALITY = "quality-secondary-school"


def test_clerk_goes_the_whole_way(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, boxes: list[str]
) -> None:
    window = MainWindow(build_program())
    qtbot.addWidget(window)
    window.show()
    assert window.opening.begin(tmp_path / "school", QUALITY, 2026, "邵东县职业中等专业学校") is None
    clerk = Clerk(window, qtbot)

    row = _go_to(clerk, "student_count")
    clerk.put_cursor(clerk.grid, row, 1)
    clerk.type(clerk.grid, "３，０９１人")
    row = _go_to(clerk, "full_time_teacher_count")
    clerk.put_cursor(clerk.grid, row, 1)
    clerk.type(clerk.grid, "157")
    assessment = window.desk.session.assessment
    assert assessment.value("student_count") == Decimal(3091)
    assert any("19.69" in rule.shown for rule in window.desk.session.verdict.rules)

    for place in window.places.places():
        if place.kind is not PlaceKind.DOSSIER:
            window.places.go(place)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "表.xlsx"), ""))
    clerk.press("export")
    qtbot.waitUntil(lambda: window.jobs.running is None, timeout=30_000)
    assert (tmp_path / "表.xlsx").is_file()
    window.places.go(window.places.places()[-1])
    qtbot.waitUntil(lambda: 0 in window.pages.preview.strip._images, timeout=60_000)
    assert window.pages.preview.page_count > 3
    window.close()
    assert boxes == []


def _go_to(clerk: Clerk, indicator_id: str) -> int:
    """The row of an indicator, its section brought up."""
    programme = clerk.window.desk.session.programme
    section = next(
        each for each in programme.sections if any(a.indicator_id == indicator_id for a in each.asked)
    )
    clerk.go(PlaceKind.SECTION, section.id)
    return next(at for at, asked in enumerate(section.asked) if asked.indicator_id == indicator_id)
