"""历年对比: years side by side, and beginning the next."""

from decimal import Decimal

import pytest

from chuyi_desktop.app.edit import plan_settings
from chuyi_desktop.ui.place_list import PlaceKind
from chuyi_desktop.ui.roll_over_dialog import RollOverDialog
from tests.ui.conftest import Clerk
from tests.ui.test_advice import lines


def typed(clerk: Clerk, **settings: str) -> None:
    session = clerk.window.desk.session
    named = {key.replace("_at_", "@"): text for key, text in settings.items()}
    plan = plan_settings(session.programme, session.assessment, named, session.program.stamp("填"))
    assert not plan.refused
    clerk.window.desk.make(plan.changes, "填")


def test_one_year_says_what_to_do(clerk: Clerk) -> None:
    clerk.go(PlaceKind.YEARS)
    page = clerk.window.pages.years
    assert "2026" in page.summary.text()
    assert not page.tabs.isVisible()


def test_two_years_stand_side_by_side(clerk: Clerk) -> None:
    typed(clerk, student_count="1200", student_count_at_2025="1000")
    clerk.go(PlaceKind.YEARS)
    page = clerk.window.pages.years
    found = [page.indicators.topLevelItem(at) for at in range(page.indicators.topLevelItemCount())]
    row = next([item.text(at) for at in range(5)] for item in found if item.text(0) == "在校生数")
    assert row[1:3] == ["1,000 人", "1,200 人"]
    assert "200" in row[3]
    assert "20" in row[4]
    assert "2025" in page.notes.text()
    assert any("规模" in line for line in lines(page.rules))
    assert any(line == "在校生数" for line in lines(page.trend))


def test_the_next_year_begins_with_what_was_agreed_to(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(clerk, student_count="1200")
    clerk.go(PlaceKind.YEARS)
    seen: list[str] = []

    def agree(dialog: RollOverDialog) -> int:
        seen.append(dialog.lines.toPlainText())
        return RollOverDialog.DialogCode.Accepted.value

    monkeypatch.setattr(RollOverDialog, "exec", agree)
    clerk.window.pages.years.roll_button.click()
    assert "2027" in seen[0]
    session = clerk.window.desk.session
    assert session.head.year == 2027
    assert session.assessment.value("school_name") == "邵东职中"
    assert session.assessment.value("student_count", 2026) == Decimal(1200)
    assert not isinstance(session.assessment.value("student_count"), Decimal)
