"""What the columns of a ledger, or the names in it, are taken for, and the clerk's corrections."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from chuyi_desktop.app.import_ledger import assign, assign_row, targets_of
from chuyi_desktop.app.ledgers.layout import (
    LaidColumn,
    LaidRow,
    Layout,
    Role,
    Trust,
    Word,
    value_target,
    with_share,
    with_unit,
    with_word,
)
from chuyi_desktop.app.ledgers.ports import LedgerFile, Share
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.errors import ChuyiError
from chuyi_desktop.domain.indicator import Column, ValueKind
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.look import Tone
from chuyi_desktop.ui.told_tree import ToldTree

Thing = LaidColumn | LaidRow | tuple[int, str]
"""A column, a name, or a word (column number, text)."""
_TONES = {Trust.CERTAIN: Tone.GOOD, Trust.LIKELY: Tone.OPEN, Trust.OPEN: Tone.BAD}
_YES_NO = (("yes", "input.yes"), ("no", "input.no"))
_YEARS_BACK = 5


class LedgerColumns(QWidget):
    """A line a column, words and names below; the selected line is corrected at the foot."""

    corrected = Signal(object)
    """Another ``Layout``."""
    failed = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._file: LedgerFile | None = None
        self._layout: Layout | None = None
        heads = [say(f"ui.ledger.column.{name}") for name in ("head", "samples", "into", "reason")]
        self.lines = ToldTree(say("ui.ledger.columns"), heads, self, stretched=3)
        self.lines.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.target_box = QComboBox(self)
        self.target_box.activated.connect(lambda _at: self._assign())
        self.unit_edit = QLineEdit(self)
        self.unit_edit.editingFinished.connect(self._unit)
        self.share_box = QComboBox(self)
        for share in Share:
            self.share_box.addItem(say(f"ui.ledger.share.{share}"), share)
        self.share_box.activated.connect(lambda _at: self._share())
        self._form = QFormLayout()
        self._form.addRow(say("ui.ledger.into"), self.target_box)
        self._form.addRow(say("ui.ledger.unit"), self.unit_edit)
        self._form.addRow(say("ui.ledger.share"), self.share_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines, 1)
        column.addLayout(self._form)

    def show_layout(self, file: LedgerFile, layout: Layout) -> None:
        """Show how the sheet is understood; the selected line stays selected."""
        current = self.lines.currentItem()
        at = 0 if current is None else self.lines.indexOfTopLevelItem(current.parent() or current)
        self._file, self._layout = file, layout
        self.lines.start(decorated=any(column.words for column in layout.taken))
        for column in layout.columns:
            self._column(column)
        for row in layout.rows:
            into = row.label or say("ledger.not_taken")
            self.lines.line([row.name, row.unit, into, str(row.reason)], row, tone=_tone(row))
        self.lines.expandAll()
        item = self.lines.topLevelItem(max(min(at, self.lines.topLevelItemCount() - 1), 0))
        if item is not None:
            self.lines.setCurrentItem(item)
        self._show_chosen()

    def _column(self, column: LaidColumn) -> None:
        if not (column.head or column.samples):
            return
        into = column.label if column.target else say("ledger.not_taken")
        reason = "；".join(str(part) for part in (column.reason, column.share_reason) if part is not None)
        head = column.head or say("ui.ledger.column.no_head", {"letters": column.letters})
        samples = "、".join(column.samples)
        item = self.lines.line([head, samples, into, reason], column, tone=_tone(column))
        if not column.target:
            return
        for word in column.words:
            told = word.label or say("ui.ledger.word.open")
            text = say("ui.ledger.word", {"word": word.text, "count": word.count})
            thing = (column.number, word.text)
            self.lines.line([text, "", told, str(word.reason)], thing, below=item, tone=_TONES[word.trust])

    def _show_chosen(self) -> None:
        thing, layout = self.lines.chosen(), self._layout
        self.target_box.clear()
        for at in range(self._form.rowCount()):
            self._form.setRowVisible(at, at == 0 and thing is not None)
        if layout is None or thing is None:
            return
        if isinstance(thing, tuple):
            self._offer_meanings(layout, thing)
            return
        if isinstance(thing, LaidRow):
            self._offer({"": say("ledger.not_taken"), **targets_of(self._session, layout)}, thing.target)
            return
        if isinstance(thing, LaidColumn):
            self._offer(self._column_targets(layout), thing.target)
            number = thing.target and self._is_number(layout, thing)
            self._form.setRowVisible(1, bool(number))
            self.unit_edit.setText(thing.rule.unit)
            self._form.setRowVisible(2, thing.share_reason is not None)
            self.share_box.setCurrentIndex(self.share_box.findData(thing.rule.share))

    def _column_targets(self, layout: Layout) -> dict[str, str]:
        if layout.rows or not self._field_columns(layout):
            year = self._session.assessment.year
            years = {
                value_target(each): say("ui.ledger.value_of", {"year": each})
                for each in range(year, year - _YEARS_BACK, -1)
            }
            return {
                "": say("ledger.not_taken"),
                **{role: say(f"ui.ledger.role.{role.name}") for role in Role},
                **years,
            }
        return {"": say("ledger.not_taken"), **targets_of(self._session, layout)}

    def _offer(self, targets: dict[str, str], chosen: str) -> None:
        for key, label in targets.items():
            self.target_box.addItem(label, str(key))
        self.target_box.setCurrentIndex(max(self.target_box.findData(chosen), 0))

    def _offer_meanings(self, layout: Layout, place: tuple[int, str]) -> None:
        word = self._word(layout, place)
        field = self._field(layout, place[0])
        if word is None or field is None:
            return
        meanings = {each.id: each.label for each in field.choices}
        if field.kind is ValueKind.YES_NO:
            meanings = {key: say(code) for key, code in _YES_NO}
        self._offer({"": say("ui.ledger.word.open"), **meanings}, word.meaning)

    def _word(self, layout: Layout, place: tuple[int, str]) -> Word | None:
        column = next((each for each in layout.columns if each.number == place[0]), None)
        return next((each for each in column.words if each.text == place[1]), None) if column else None

    def _field(self, layout: Layout, number: int) -> Column | None:
        column = next((each for each in layout.columns if each.number == number), None)
        return None if column is None else self._field_columns(layout).get(column.target)

    def _field_columns(self, layout: Layout) -> dict[str, Column]:
        table = self._session.programme.tables.get(layout.into)
        return {} if table is None else dict(table.by_id)

    def _is_number(self, layout: Layout, column: LaidColumn) -> bool:
        field = self._field_columns(layout).get(column.target)
        return field.kind.is_number if field is not None else column.target.startswith("#value")

    def _assign(self) -> None:
        thing, target = self.lines.chosen(), str(self.target_box.currentData() or "")
        label = self.target_box.currentText()

        def change(file: LedgerFile, layout: Layout) -> Layout:
            if isinstance(thing, tuple):
                return with_word(layout, thing[0], thing[1], target, label if target else "")
            if isinstance(thing, LaidRow):
                return assign_row(self._session, layout, thing.number, target)
            if isinstance(thing, LaidColumn):
                return assign(self._session, file, layout, thing.number, target)
            return layout

        self._correct(change)

    def _unit(self) -> None:
        thing = self.lines.chosen()
        if isinstance(thing, LaidColumn) and thing.rule.unit != self.unit_edit.text().strip():
            unit = self.unit_edit.text().strip()
            self._correct(lambda _file, layout: with_unit(layout, thing.number, unit))

    def _share(self) -> None:
        thing = self.lines.chosen()
        if isinstance(thing, LaidColumn):
            share = Share(self.share_box.currentData())
            self._correct(lambda _file, layout: with_share(layout, thing.number, share))

    def _correct(self, change: Callable[[LedgerFile, Layout], Layout]) -> None:
        if self._file is None or self._layout is None:
            return
        try:
            layout = change(self._file, self._layout)
        except ChuyiError as error:
            self.failed.emit(error.sentence)
            return
        if layout != self._layout:
            self.corrected.emit(layout)


def _tone(line: LaidColumn | LaidRow) -> Tone:
    """A column of something else (性别) is no fault; one that may be meant is to be looked at."""
    idle = line.trust is Trust.OPEN and not line.target and not line.suggestions
    return Tone.MUTED if idle else _TONES[line.trust]
