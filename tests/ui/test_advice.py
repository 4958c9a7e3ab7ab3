"""差距与提升: gap, plans, trials and numbers near a threshold, as a clerk goes through them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem

from chuyi_desktop.app.program import Program
from chuyi_desktop.domain.assessment import Field, FieldKind
from chuyi_desktop.ui.advice_page import AdvicePage
from chuyi_desktop.ui.place_list import Place, PlaceKind
from chuyi_desktop.ui.told_tree import ToldTree
from tests.ui.conftest import Clerk

STUDENTS, TEACHERS = Field(FieldKind.VALUE, "student_count", 2026), "full_time_teacher_count"


def lines(tree: ToldTree) -> list[str]:
    """The first column of every line, from above."""

    def of(item: QTreeWidgetItem) -> list[str]:
        return [item.text(0), *(text for at in range(item.childCount()) for text in of(item.child(at)))]

    return [text for at in range(tree.topLevelItemCount()) for text in of(tree.topLevelItem(at))]


def filled(clerk: Clerk, students: str = "3000", teachers: str = "100") -> AdvicePage:
    """A school with too few teachers; the page of advice, worked out."""
    clerk.go(PlaceKind.SECTION, "basics")
    rows = {"student_count": students, TEACHERS: teachers}
    model = clerk.window.pages.indicators.model
    for row in range(model.rowCount()):
        if model.indicator(row).id in rows:
            clerk.put_cursor(clerk.grid, row, 1)
            clerk.type(clerk.grid, rows[model.indicator(row).id])
    clerk.go(PlaceKind.ADVICE)
    clerk.wait_for_jobs()
    return clerk.window.pages.advice


def test_the_gap_says_both_ways_and_leads_to_the_field(clerk: Clerk) -> None:
    page = filled(clerk)
    told = "\n".join(lines(page.gap.rules))
    assert "在校生数 3,000 → 2,000 人（减少 1,000 人）" in told
    assert "专任教师数 100 → 150 人（增加 50 人）" in told
    for at in range(page.gap.rules.topLevelItemCount()):
        head = page.gap.rules.topLevelItem(at)
        for child in (head.child(each) for each in range(head.childCount())):
            if child.text(0).startswith("专任教师数"):
                page.gap.rules.itemActivated.emit(child, 0)
    place = clerk.window.places.currentItem().data(0, Qt.ItemDataRole.UserRole)
    assert place == Place(PlaceKind.SECTION, "basics")
    model = clerk.window.pages.indicators.model
    assert model.indicator(clerk.grid.currentIndex().row()).id == TEACHERS


def test_the_gap_follows_what_is_typed(clerk: Clerk) -> None:
    page = filled(clerk)
    filled(clerk, teachers="150")
    assert "专任教师数 100" not in "\n".join(lines(page.gap.rules))


def test_a_plan_is_found_and_tried_and_nothing_is_saved(clerk: Clerk) -> None:
    page = filled(clerk)
    before = clerk.window.desk.session.assessment
    page.tabs.setCurrentWidget(page.plan)
    page.plan.find_button.click()
    clerk.wait_for_jobs()
    told = lines(page.plan.plans)
    assert told[0].startswith("方案一")
    assert any("复算结果" in line for line in told)
    page.plan.trial_button.click()
    assert page.tabs.currentWidget() is page.trials
    assert any(line.startswith("设想") for line in lines(page.trials.result))
    assert clerk.window.desk.session.assessment is before


def test_what_may_not_move_does_not(clerk: Clerk) -> None:
    page = filled(clerk)
    page.tabs.setCurrentWidget(page.plan)
    page.plan.levers.freeze_all(frozen=True)
    page.plan.find_button.click()
    clerk.wait_for_jobs()
    assert "专任教师数 100" not in "\n".join(lines(page.plan.plans))
    terms = page.plan.levers.terms(page.tier)
    assert STUDENTS in terms.frozen


def test_a_limit_is_read_as_typed_and_a_wrong_one_is_refused(clerk: Clerk) -> None:
    page = filled(clerk)
    page.tabs.setCurrentWidget(page.plan)
    levers = page.plan.levers
    row = next(at for at in range(levers.rowCount()) if levers.item(at, 0).text() == "在校生数")
    levers.item(row, 2).setText("２，８００人")
    assert levers.item(row, 2).text() == "2,800"
    levers.item(row, 3).setText("很多")
    assert levers.item(row, 3).text() == ""
    assert "很多" in clerk.status()
    assert levers.terms(page.tier).limits[STUDENTS][0] == 2800


def test_a_trial_is_typed_compared_and_reset(clerk: Clerk) -> None:
    page = filled(clerk)
    page.tabs.setCurrentWidget(page.trials)
    model = page.trials.model
    row = next(at for at in range(model.rowCount()) if model.index(at, 0).data() == "专任教师数")
    assert model.setData(model.index(row, 2), "150")
    assert any("生师比" in line for line in lines(page.trials.result))
    page.trials.keep_button.click()
    assert model.setData(model.index(row, 2), "120")
    assert page.trials.result.columnCount() == 4
    assert not model.setData(model.index(row, 2), "很多")
    assert "很多" in clerk.status()
    page.trials.reset_button.click()
    assert model.index(row, 2).data() == ""
    assert page.trials.result.columnCount() == 3
    assert clerk.window.desk.session.workspace.journal(1)[0].changes[0].new.value == 100  # type: ignore[union-attr]


def test_numbers_near_a_threshold_come_first(clerk: Clerk) -> None:
    page = filled(clerk, teachers="151")
    page.tabs.setCurrentWidget(page.first)
    clerk.wait_for_jobs()
    told = lines(page.first.inputs)
    assert any("专任教师数" in line for line in told)


def test_tabs_are_reached_by_keys(clerk: Clerk) -> None:
    page = filled(clerk)
    page.tabs.tabBar().setFocus()
    QTest.keyClick(page.tabs.tabBar(), Qt.Key.Key_Right)
    assert page.tabs.currentWidget() is page.plan


def test_nothing_of_one_assessment_is_shown_for_another(clerk: Clerk, program: Program) -> None:
    page = filled(clerk)
    clerk.window.desk.leave()
    assert lines(page.gap.rules) == []
    assert page.tier_box.count() == 0
    assert program is clerk.window.desk.program
