"""A clerk types numbers, and sees at once what they do."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from chuyi_desktop.domain.values import Missing
from chuyi_desktop.ui.place_list import PlaceKind
from tests.ui.conftest import Clerk

STUDENTS, TEACHERS, SENIOR, AREA, RATIO = range(5)
THIS_YEAR, LAST_YEAR = 1, 2


def at_basics(clerk: Clerk, row: int = STUDENTS, column: int = THIS_YEAR) -> None:
    clerk.go(PlaceKind.SECTION, "basics")
    clerk.put_cursor(clerk.grid, row, column)


def value(clerk: Clerk, indicator: str, year: int | None = None) -> object:
    return clerk.window.desk.session.assessment.value(indicator, year)


def test_enter_saves_and_goes_down(clerk: Clerk) -> None:
    at_basics(clerk)
    clerk.type(clerk.grid, "3091")
    assert value(clerk, "student_count") == Decimal(3091)
    assert clerk.grid.currentIndex().row() == TEACHERS
    assert clerk.shown(clerk.grid, STUDENTS, THIS_YEAR) == "3,091"
    assert clerk.window.head.saved.value.text() == "已保存 10:32:05"


def test_verdict_follows_typing(clerk: Clerk) -> None:
    at_basics(clerk)
    rule = clerk.window.verdict.tree.named("rule:small:ratio")
    assert rule is not None and "未填" in rule.data(Qt.ItemDataRole.AccessibleTextRole)
    clerk.type(clerk.grid, "3091")
    clerk.type(clerk.grid, "157")
    assert "达到" in rule.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "19.69" in rule.data(Qt.ItemDataRole.AccessibleTextRole)
    assert clerk.window.head.points.value.text() == "60 / 100"
    clerk.put_cursor(clerk.grid, TEACHERS, THIS_YEAR)
    clerk.type(clerk.grid, "100")
    assert "未达到" in rule.data(Qt.ItemDataRole.AccessibleTextRole)
    assert clerk.window.head.tier.value.text() == "未达到（参考）"


def test_derived_row_is_computed_and_not_typed(clerk: Clerk) -> None:
    at_basics(clerk)
    clerk.type(clerk.grid, "3091")
    clerk.type(clerk.grid, "157")
    assert clerk.shown(clerk.grid, RATIO, THIS_YEAR) == "19.69"
    derived = clerk.grid.grid.index(RATIO, THIS_YEAR)
    assert not derived.flags() & Qt.ItemFlag.ItemIsEditable


def test_refused_value_keeps_the_old_one_and_says_why(clerk: Clerk) -> None:
    at_basics(clerk)
    clerk.type(clerk.grid, "3091")
    clerk.put_cursor(clerk.grid, STUDENTS, THIS_YEAR)
    clerk.type(clerk.grid, "-5")
    assert value(clerk, "student_count") == Decimal(3091)
    assert clerk.shown(clerk.grid, STUDENTS, THIS_YEAR) == "3,091"
    assert "小于允许的最小值" in clerk.status()
    assert "小于允许的最小值" in clerk.shown(clerk.grid, STUDENTS, 4)
    assert clerk.grid.currentIndex().row() == STUDENTS, "the cursor stays, so that it can be put right"
    clerk.type(clerk.grid, "3000")
    assert value(clerk, "student_count") == Decimal(3000)
    assert "小于" not in clerk.shown(clerk.grid, STUDENTS, 4)


def test_escape_forgets_a_refusal(clerk: Clerk) -> None:
    at_basics(clerk)
    clerk.type(clerk.grid, "many")
    assert "不是数" in clerk.shown(clerk.grid, STUDENTS, 4)
    clerk.type(clerk.grid, "7", end=Qt.Key.Key_Escape)
    assert isinstance(value(clerk, "student_count"), Missing)
    assert clerk.shown(clerk.grid, STUDENTS, 4) == "未填"


def test_conversion_is_shown(clerk: Clerk) -> None:
    at_basics(clerk, AREA)
    clerk.type(clerk.grid, "3亩")
    assert value(clerk, "site_area") == Decimal(2000)
    assert "已换算为 2,000 ㎡" in clerk.status()


def test_earlier_year_has_a_field_of_its_own(clerk: Clerk) -> None:
    at_basics(clerk, STUDENTS, LAST_YEAR)
    clerk.type(clerk.grid, "2900")
    assert value(clerk, "student_count", 2025) == Decimal(2900)
    assert isinstance(value(clerk, "student_count"), Missing)
    not_asked = clerk.grid.grid.index(TEACHERS, LAST_YEAR)
    assert not not_asked.flags() & Qt.ItemFlag.ItemIsEditable


def test_yes_no_is_chosen_from_a_list(clerk: Clerk) -> None:
    clerk.go(PlaceKind.SECTION, "school")
    clerk.put_cursor(clerk.grid, 1, THIS_YEAR)
    clerk.choose(clerk.grid, "否")
    assert value(clerk, "is_county") is False
    assert clerk.shown(clerk.grid, 1, THIS_YEAR) == "否"


def test_block_from_excel_is_one_deed(clerk: Clerk) -> None:
    at_basics(clerk)
    QGuiApplication.clipboard().setText("3,091\t2,900\r\n157\t\r\n29\t\r\n")
    QTest.keySequence(clerk.grid, "Ctrl+V")
    assert value(clerk, "student_count") == Decimal(3091)
    assert value(clerk, "student_count", 2025) == Decimal(2900)
    assert value(clerk, "senior_title_teacher_count") == Decimal(29)
    clerk.press("undo")
    assert isinstance(value(clerk, "student_count"), Missing)
    assert isinstance(value(clerk, "senior_title_teacher_count"), Missing)
    clerk.press("redo")
    assert value(clerk, "full_time_teacher_count") == Decimal(157)


def test_bad_cell_of_a_block_does_not_stop_the_others(clerk: Clerk) -> None:
    at_basics(clerk)
    QGuiApplication.clipboard().setText("3091\n很多\n29\n100\n7\n8")
    QTest.keySequence(clerk.grid, "Ctrl+V")
    assert value(clerk, "student_count") == Decimal(3091)
    assert isinstance(value(clerk, "full_time_teacher_count"), Missing)
    assert value(clerk, "senior_title_teacher_count") == Decimal(29)
    assert clerk.status().startswith("已粘贴 3 格；1 格不能采用")
    assert "2 格不在可填的范围内" in clerk.status()
    assert "不是数" in clerk.shown(clerk.grid, TEACHERS, 4)


def test_delete_clears_and_undo_brings_back(clerk: Clerk) -> None:
    at_basics(clerk)
    clerk.type(clerk.grid, "3091")
    clerk.put_cursor(clerk.grid, STUDENTS, THIS_YEAR)
    QTest.keyClick(clerk.grid, Qt.Key.Key_Delete)
    assert isinstance(value(clerk, "student_count"), Missing)
    clerk.press("undo")
    assert value(clerk, "student_count") == Decimal(3091)
    assert clerk.shown(clerk.grid, STUDENTS, THIS_YEAR) == "3,091"


def test_copy_gives_what_excel_reads(clerk: Clerk) -> None:
    at_basics(clerk)
    clerk.type(clerk.grid, "3091")
    clerk.type(clerk.grid, "157")
    clerk.grid.setSelection(
        clerk.grid.visualRect(clerk.grid.grid.index(STUDENTS, THIS_YEAR)).united(
            clerk.grid.visualRect(clerk.grid.grid.index(TEACHERS, THIS_YEAR))
        ),
        clerk.grid.selectionModel().SelectionFlag.ClearAndSelect,
    )
    QTest.keySequence(clerk.grid, "Ctrl+C")
    assert QGuiApplication.clipboard().text() == "3091\n157\n"


def test_nothing_is_saved_where_nothing_is_different(clerk: Clerk) -> None:
    at_basics(clerk)
    clerk.type(clerk.grid, "3091")
    deeds = len(clerk.window.desk.session.workspace.journal())
    clerk.put_cursor(clerk.grid, STUDENTS, THIS_YEAR)
    clerk.type(clerk.grid, "3,091")
    assert len(clerk.window.desk.session.workspace.journal()) == deeds


def test_card_tells_definition_and_use(clerk: Clerk) -> None:
    at_basics(clerk)
    text = clerk.window.pages.indicators.card.text.toPlainText()
    assert "全日制在校生" in text
    assert "生师比不高于 20" in text
    assert "规模" in text


def test_counts_of_the_list_follow(clerk: Clerk) -> None:
    items = {item.text(0): item for item in clerk.window.places._items()}
    assert items["基本情况"].text(1) == "0/5"
    at_basics(clerk)
    clerk.type(clerk.grid, "3091")
    assert items["基本情况"].text(1) == "1/5"
