"""A clerk goes through the other places: roster, texts, answers, evidence, findings, preview."""

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.ui.explain_dialog import ExplainDialog
from chuyi_desktop.ui.place_list import _PLACE as PLACE
from chuyi_desktop.ui.place_list import Place, PlaceKind
from tests.ui.conftest import Clerk

NAME, TITLE, AGE = range(3)


def roster(clerk: Clerk) -> list[dict[str, object]] | None:
    rows = clerk.window.desk.session.assessment.rows("teachers")
    return None if rows is None else [dict(row.cells) for row in rows]


def test_rows_are_added_by_typing_in_the_empty_line(clerk: Clerk) -> None:
    clerk.go(PlaceKind.TABLE, "teachers")
    view = clerk.window.pages.roster.view
    assert view.grid.rowCount() == 1
    clerk.type(view, "张三")
    assert roster(clerk) == [{"name": "张三"}]
    assert view.grid.rowCount() == 2
    assert view.currentIndex().row() == 1, "Enter went on to the next empty line"
    clerk.type(view, "李四")
    clerk.put_cursor(view, 1, TITLE)
    clerk.choose(view, "高级")
    assert roster(clerk) == [{"name": "张三"}, {"name": "李四", "title": "senior"}]


def test_block_of_rows_from_excel(clerk: Clerk) -> None:
    clerk.go(PlaceKind.TABLE, "teachers")
    view = clerk.window.pages.roster.view
    clerk.put_cursor(view, 0, NAME)
    QGuiApplication.clipboard().setText('张三\t高级\t45\n"李\n四"\t其他\t7\n王五\t\t38\t多出的')
    QTest.keySequence(view, "Ctrl+V")
    assert roster(clerk) == [
        {"name": "张三", "title": "senior", "age": Decimal(45)},
        {"name": "李\n四", "title": "other"},
        {"name": "王五", "age": Decimal(38)},
    ]
    assert view.grid.is_refused(view.grid.index(1, AGE)), "7 is below the least age"
    assert "1 格不能采用" in clerk.status()
    clerk.press("undo")
    assert roster(clerk) is None


def test_refused_cell_of_a_new_row_makes_no_row(clerk: Clerk) -> None:
    clerk.go(PlaceKind.TABLE, "teachers")
    view = clerk.window.pages.roster.view
    clerk.put_cursor(view, 0, AGE)
    clerk.type(view, "老")
    assert roster(clerk) is None
    assert view.grid.is_refused(view.grid.index(0, AGE))
    assert "不是数" in clerk.status()


def test_rows_are_deleted_and_the_roster_declared_empty(clerk: Clerk) -> None:
    clerk.go(PlaceKind.TABLE, "teachers")
    page = clerk.window.pages.roster
    clerk.type(page.view, "张三")
    clerk.type(page.view, "李四")
    assert not page.none_box.isEnabled()
    clerk.put_cursor(page.view, 0, NAME)
    page.delete_button.click()
    assert roster(clerk) == [{"name": "李四"}]
    page.view.setFocus()
    clerk.put_cursor(page.view, 0, NAME)
    page.delete_button.click()
    assert roster(clerk) is None
    page.none_box.click()
    assert roster(clerk) == []
    clerk.put_cursor(page.view, 0, NAME)
    clerk.type(page.view, "王五")
    assert roster(clerk) == [{"name": "王五"}]
    assert not page.none_box.isChecked()


def fullness(clerk: Clerk, place: Place) -> str:
    """What the list at the left says of a place."""
    (item,) = (each for each in clerk.window.places._items() if each.data(0, PLACE) == place)
    return str(item.text(1))


def test_text_is_saved_on_leaving_and_its_limit_shown(clerk: Clerk) -> None:
    clerk.go(PlaceKind.NARRATIVE, "plan")
    page = clerk.window.pages.narrative
    page.edit.insertPlainText("办好一所让人民满意的县域职业学校，服务本地的产业。")
    assert "超过 5 字" in page.warning.text()
    clerk.go(PlaceKind.SECTION, "basics")
    assert clerk.window.desk.session.assessment.text("plan").startswith("办好一所")
    assert fullness(clerk, Place(PlaceKind.NARRATIVE, "plan")) == "超字数"
    clerk.press("undo")
    clerk.go(PlaceKind.NARRATIVE, "plan")
    assert page.edit.toPlainText() == ""


def test_text_is_saved_after_a_pause(clerk: Clerk) -> None:
    clerk.go(PlaceKind.NARRATIVE, "plan")
    page = clerk.window.pages.narrative
    page._pause.setInterval(1)
    page.edit.insertPlainText("思路")
    clerk.qtbot.waitUntil(lambda: clerk.window.desk.session.assessment.text("plan") == "思路")
    assert page.edit.textCursor().position() == 2, "the cursor stays where the writer is"


def test_answers_decide_conditions_and_points(clerk: Clerk) -> None:
    clerk.go(PlaceKind.ANSWERS)
    view = clerk.window.pages.answers.view
    clerk.choose(view, "是")
    assert view.currentIndex().row() == 1
    clerk.choose(view, "一般")
    verdict = clerk.window.desk.session.verdict
    assert next(rule for rule in verdict.conditions if rule.id == "safe").outcome is Outcome.MET
    assert verdict.points == Decimal(20)
    assert "近三年没有发生安全责任事故" in _card_of(clerk, 0)
    clerk.put_cursor(view, 0, 1)
    clerk.choose(view, "（未选）")
    assert clerk.window.desk.session.assessment.attestation("safe") is None


def _card_of(clerk: Clerk, row: int) -> str:
    page = clerk.window.pages.answers
    clerk.put_cursor(page.view, row, 1)
    return page.card.text.toPlainText()


def test_evidence_is_attached_to_an_item_and_removed(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "承诺书.pdf"
    file.write_bytes(b"%PDF-1.7")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    clerk.go(PlaceKind.EVIDENCE)
    page = clerk.window.pages.evidence
    page._select(("safe", ""))
    page.add_button.click()
    assert [link.name for _, link in clerk.window.desk.session.assessment.evidence("safe")] == ["承诺书"]
    page.add_button.click()
    assert "没有重复添加" in clerk.status()
    item = page.tree.currentItem()
    assert item is not None
    page.tree.setCurrentItem(item.child(0))
    page.remove_button.click()
    assert clerk.window.desk.session.assessment.evidence("safe") == ()


def test_what_lies_near_a_threshold_is_to_be_proved_first(clerk: Clerk) -> None:
    clerk.go(PlaceKind.SECTION, "basics")
    clerk.put_cursor(clerk.grid, 0, 1)
    clerk.type(clerk.grid, "1000")
    clerk.put_cursor(clerk.grid, 1, 1)
    clerk.type(clerk.grid, "50")
    clerk.go(PlaceKind.EVIDENCE)
    clerk.wait_for_jobs()
    marked = clerk.window.pages.evidence.tree.findItems(
        "离标准线近", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive, 2
    )
    assert [item.text(0) for item in marked] == ["生师比不高于 20"]


def test_finding_is_explained(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk.go(PlaceKind.SECTION, "basics")
    clerk.put_cursor(clerk.grid, 0, 1)
    clerk.type(clerk.grid, "20")
    panel = clerk.window.verdict
    assert clerk.window.head.findings.value.text() == "1 条"
    item = panel.tree.named("finding:few")
    assert item is not None
    panel.view.setCurrentIndex(item.index())

    def write(dialog: ExplainDialog) -> ExplainDialog.DialogCode:
        dialog.edit.setPlainText("学校今年新办，刚开始招生")
        return ExplainDialog.DialogCode.Accepted

    monkeypatch.setattr(ExplainDialog, "exec", write)
    panel.explain_button.click()
    explanation = clerk.window.desk.session.assessment.explanation("few")
    assert explanation is not None and explanation.text == "学校今年新办，刚开始招生"
    assert clerk.window.head.findings.value.text() == "0 条"
    clerk.put_cursor(clerk.grid, 0, 1)
    clerk.type(clerk.grid, "200")
    assert panel.tree.named("finding:few") is None


def test_a_finding_leads_to_its_roster_row(clerk: Clerk) -> None:
    clerk.go(PlaceKind.TABLE, "teachers")
    view = clerk.window.pages.roster.view
    for row, (name, age) in enumerate([("张三", "45"), ("李四", "61"), ("王五", "62")]):
        clerk.put_cursor(view, row, NAME)
        clerk.type(view, name)
        clerk.put_cursor(view, row, AGE)
        clerk.type(view, age)
    panel = clerk.window.verdict
    finding = panel.tree.named("finding:young")
    assert finding is not None
    assert [finding.child(at).text() for at in range(1, finding.rowCount())] == [
        "第 2 行 李四：年龄 61 岁",
        "第 3 行 王五：年龄 62 岁",
    ]
    clerk.go(PlaceKind.SECTION, "basics")
    line = panel.tree.named("row:young:1")
    assert line is not None
    panel.view.activated.emit(line.index())
    assert clerk.window.pages.currentWidget() is clerk.window.pages.roster
    assert (view.currentIndex().row(), view.currentIndex().column()) == (2, AGE)
    clerk.type(view, "50")
    assert finding.rowCount() == 2
    clerk.put_cursor(view, 1, AGE)
    clerk.type(view, "50")
    assert panel.tree.named("finding:young") is None
    assert panel.tree.named("row:young:0") is None


def test_rules_unfold_to_their_explanation_and_stay_unfolded(clerk: Clerk) -> None:
    clerk.go(PlaceKind.SECTION, "basics")
    panel = clerk.window.verdict
    rule = panel.tree.named("rule:small:ratio")
    assert rule is not None
    panel.view.expand(rule.index())
    clerk.put_cursor(clerk.grid, 0, 1)
    clerk.type(clerk.grid, "3091")
    clerk.type(clerk.grid, "157")
    assert panel.view.isExpanded(rule.index())
    note = rule.child(0).text()
    assert "3091" in note.replace(",", "")
    assert "157" in note
    assert "教职成〔2010〕12号" in note


def test_preview_is_printed_in_a_worker_and_goes_stale(clerk: Clerk) -> None:
    clerk.go(PlaceKind.DOSSIER)
    page = clerk.window.pages.preview
    clerk.qtbot.waitUntil(lambda: page.page_count == 2)
    clerk.qtbot.waitUntil(lambda: 0 in page.strip._images)
    clerk.go(PlaceKind.SECTION, "basics")
    clerk.put_cursor(clerk.grid, 0, 1)
    clerk.type(clerk.grid, "3091")
    assert "不是最新" in page._state.text()
    clerk.go(PlaceKind.DOSSIER)
    clerk.qtbot.waitUntil(lambda: not page._state.text())
    clerk.wait_for_jobs()


def test_every_grid_and_list_has_a_name_for_screen_readers(clerk: Clerk) -> None:
    window = clerk.window
    named = [
        window.places,
        window.pages.indicators.view,
        window.pages.roster.view,
        window.pages.answers.view,
        window.pages.evidence.tree,
        window.pages.preview.strip,
        window.verdict.view,
        window.head.assessments,
    ]
    assert all(widget.accessibleName() for widget in named)
    assert all(widget.focusPolicy() & Qt.FocusPolicy.TabFocus for widget in named)
