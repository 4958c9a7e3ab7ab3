"""试算: type what might be, and see what would come of it, beside what is."""

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from chuyi_desktop.app.what_if_words import side_by_side
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.told_tree import ToldTree
from chuyi_desktop.ui.trial import MOST_KEPT, Trial
from chuyi_desktop.ui.trial_model import TrialModel

_LETTERS = 9
"""Of the columns of values."""


class TrialTab(QWidget):
    """Figures above, the trials side by side below; judged at every key press that ends a cell."""

    def __init__(self, desk: Desk, trial: Trial, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._trial = desk, trial
        self.model = TrialModel(desk, trial, self)
        self.model.refused.connect(desk.said)
        self._filter = QSortFilterProxyModel(self)
        self._filter.setSourceModel(self.model)
        self._filter.setFilterKeyColumn(0)
        self._filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(say("ui.advice.trial.search"))
        self.search.setAccessibleName(say("ui.advice.trial.search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter.setFilterFixedString)
        self.view = self._table()
        self.reset_button = self._button("reset", trial.reset)
        self.keep_button = self._button("keep", trial.keep)
        self.drop_button = self._button("drop", trial.drop_kept)
        self.result = ToldTree(say("ui.advice.trial.result"), [""], self)
        self._put_together()
        trial.changed.connect(self.refresh)
        desk.opened.connect(self.model.start)

    def refresh(self) -> None:
        """Judge what is assumed."""
        if not self._desk.is_open or not self.isVisible():
            return
        found = self._trial.judged()
        heads = [say("ui.advice.trial.line"), say("ui.advice.trial.now")]
        heads += [each.overlay.name for each in found.tried]
        self.result.setColumnCount(len(heads))
        self.result.setHeaderLabels(heads)
        self.result.setHeaderHidden(False)
        header = self.result.header()
        for at in range(len(heads)):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.result.start()
        for line in side_by_side(self._desk.session.programme, found):
            cells = list(line)
            differs = any(cell not in {"", cells[1]} for cell in cells[2:])
            self.result.line(cells, strong=differs and len(found.tried) > 0)
        self._enable()

    def showEvent(self, event: object) -> None:
        """What was changed while it was hidden counts too."""
        super().showEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self.refresh()

    def _enable(self) -> None:
        self.reset_button.setEnabled(not self._trial.is_empty)
        self.keep_button.setEnabled(not self._trial.is_empty and len(self._trial.kept) < MOST_KEPT)
        self.drop_button.setEnabled(bool(self._trial.kept))

    def _button(self, code: str, deed: object) -> QPushButton:
        button = QPushButton(say(f"ui.advice.trial.{code}"), self)
        button.clicked.connect(lambda _checked: deed())  # type: ignore[operator]  # a deed of the trial
        return button

    def _table(self) -> QTableView:
        view = QTableView(self)
        view.setModel(self._filter)
        view.setAccessibleName(say("ui.advice.trial.figures"))
        view.verticalHeader().hide()
        view.setAlternatingRowColors(True)
        view.setTabKeyNavigation(False)
        view.setEditTriggers(QTableView.EditTrigger.AllEditTriggers)
        header = view.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at in (1, 2):
            header.resizeSection(at, _LETTERS * self.fontMetrics().horizontalAdvance("国"))
        return view

    def _put_together(self) -> None:
        note = QLabel(say("ui.advice.trial.note"), self)
        note.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        for widget in (self.reset_button, self.keep_button, self.drop_button):
            head.addWidget(widget)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.view)
        split.addWidget(self.result)
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.addWidget(note)
        column.addLayout(head)
        column.addWidget(split, 1)
