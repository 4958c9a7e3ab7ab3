"""部门分工: how far every department is, their workbooks out and in, and who supplies what."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from chuyi_desktop.app.change_owners import change_owners, owned
from chuyi_desktop.app.departments.deliveries import Delivery, DepartmentState
from chuyi_desktop.app.departments.shares import Supplied
from chuyi_desktop.app.departments.words import due_words, moment_words
from chuyi_desktop.app.merge_workbooks import department_states, make_merge, plan_merge
from chuyi_desktop.app.read_deliveries import read_deliveries
from chuyi_desktop.app.split_workbook import Split, split_workbook
from chuyi_desktop.domain.errors import CancelledError, ChuyiError
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.grid_page import Title
from chuyi_desktop.ui.jobs import Job, Jobs
from chuyi_desktop.ui.look import Tone
from chuyi_desktop.ui.merge_dialog import MergeDialog
from chuyi_desktop.ui.told_tree import ToldTree

_STATE_HEADS = ("department", "filled", "blank", "handed_out", "due", "delivered")
_DAYS = 7


class DepartmentsPage(QWidget):
    """Departments in one tab, the division of the work in the other."""

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._jobs = desk, jobs
        title = Title(self)
        title.setText(say("ui.departments"))
        self.states = ToldTree(
            say("ui.departments"), [say(f"departments.head.{name}") for name in _STATE_HEADS], self
        )
        self.owners = ToldTree(
            say("ui.departments.owners"), [say("departments.head.title"), say("departments.head.owner")], self
        )
        self.owners.currentItemChanged.connect(lambda *_: self._show_owner())
        self.owner_box = QComboBox(self)
        self.owner_box.setEditable(True)
        self.owner_box.setAccessibleName(say("ui.departments.owner"))
        self.owner_button = QPushButton(say("ui.departments.change"), self)
        self.owner_button.clicked.connect(self.change_owner)
        self.with_due = QCheckBox(say("ui.departments.with_due"), self)
        self.due = QDateEdit(self)
        self.due.setCalendarPopup(True)
        self.due.setAccessibleName(say("ui.departments.with_due"))
        self.due.setEnabled(False)
        self.with_due.toggled.connect(self.due.setEnabled)
        self.split_button = QPushButton(say("ui.departments.split"), self)
        self.split_button.clicked.connect(self.split)
        self.merge_button = QPushButton(say("ui.departments.merge"), self)
        self.merge_button.clicked.connect(self.merge)
        self.tabs = QTabWidget(self)
        self._put_together(title)
        desk.changed.connect(self._changed)

    def refresh(self) -> None:
        """Show how it is now."""
        if not self._desk.is_open:
            return
        session = self._desk.session
        today = session.program.clock().date()
        if not self.with_due.isChecked():
            self.due.setDate(QDate(today.year, today.month, today.day).addDays(_DAYS))
        self.states.start(decorated=True)
        for state in department_states(session):
            self._state(state, due_words(state, today))
        self._show_owners(owned(session))
        for widget in (self.split_button, self.merge_button, self.owner_button):
            widget.setEnabled(self._desk.writable)

    def split(self) -> None:
        """Ask for a folder, and write a workbook for each department into it."""
        name = QFileDialog.getExistingDirectory(self, say("ui.departments.folder"))
        if not name:
            return
        folder, session = Path(name), self._desk.session
        chosen = self.due.date()
        due = date(chosen.year(), chosen.month(), chosen.day()) if self.with_due.isChecked() else None
        work = lambda progress: split_workbook(session, folder, due=due, progress=progress)  # noqa: E731
        title = say("ui.departments.splitting")
        self._jobs.start(Job(title, work, partial(self._written, folder), self._failed, holds_entry=True))

    def merge(self) -> None:
        """Ask for the workbooks that came back, and show what they say."""
        names, _ = QFileDialog.getOpenFileNames(self, say("ui.departments.choose"), "", say("ui.files.excel"))
        if not names:
            return
        session, paths = self._desk.session, [Path(name) for name in names]
        work = lambda progress: read_deliveries(session, paths, progress)  # noqa: E731
        title = say("ui.departments.reading")
        self._jobs.start(Job(title, work, self._show_deliveries, self._failed, holds_entry=True))

    def change_owner(self) -> None:
        """The chosen thing goes to the named department."""
        item = self.owners.chosen()
        if not isinstance(item, Supplied):
            return
        settings = {item.id: self.owner_box.currentText()}
        if self._desk.attempt(lambda: change_owners(self._desk.session, settings)) is not None:
            self.refresh()

    def _show_deliveries(self, deliveries: tuple[Delivery, ...]) -> None:
        session = self._desk.session
        dialog = MergeDialog(partial(plan_merge, session, deliveries), self)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        plan, partly = dialog.plan, not dialog.plan.whole
        if self._desk.attempt(lambda: make_merge(session, plan, partial=partly)) is None:
            return
        files = len(plan.deliveries) - len(plan.refused)
        code = "departments.merged" if plan.changes else "departments.merged_nothing"
        self._desk.said.emit(say(code, {"files": files, "count": plan.fields}))
        self.refresh()

    def _written(self, folder: Path, done: Split) -> None:
        self._desk.said.emit(say("departments.split.done", {"count": len(done.files), "folder": folder}))
        self.refresh()

    def _failed(self, error: ChuyiError) -> None:
        if isinstance(error, CancelledError):
            self._desk.said.emit(say("ui.cancelled"))
        else:
            self._desk.failed.emit(error)

    def _state(self, state: DepartmentState, due: str) -> None:
        out, back = state.handed_out, state.delivered
        none = say("departments.not_yet")
        cells = [
            state.department,
            say("ui.places.count", {"done": state.filling.filled, "total": state.filling.asked}),
            str(len(state.filling.blank)),
            none if out is None else moment_words(out.when),
            due,
            none if back is None else moment_words(back.when),
        ]
        tone = Tone.GOOD if back is not None else Tone.OPEN if out is not None else Tone.MUTED
        item = self.states.line(cells, tone=tone, strong=True)
        if state.filling.blank:
            blank = say("ui.departments.blank", {"titles": "、".join(state.filling.blank)})
            self.states.line([blank], below=item).setFirstColumnSpanned(True)

    def _show_owners(self, items: tuple[Supplied, ...]) -> None:
        current = self.owners.currentItem()
        at = -1 if current is None else self.owners.indexOfTopLevelItem(current)
        self.owners.start()
        for item in items:
            own = item.owner != item.usual
            told = (
                say("ui.departments.moved", {"owner": item.owner, "usual": item.usual}) if own else item.owner
            )
            self.owners.line([item.title, told], item, strong=own, tone=Tone.ACCENT if own else None)
        self.owner_box.clear()
        self.owner_box.addItems(sorted({item.owner for item in items} | {item.usual for item in items}))
        chosen = self.owners.topLevelItem(max(at, 0))
        if chosen is not None:
            self.owners.setCurrentItem(chosen)

    def _show_owner(self) -> None:
        item = self.owners.chosen()
        if isinstance(item, Supplied):
            self.owner_box.setCurrentText(item.owner)

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _put_together(self, title: QLabel) -> None:
        division = QWidget(self)
        foot = QHBoxLayout()
        foot.addWidget(QLabel(say("ui.departments.owner"), self))
        foot.addWidget(self.owner_box, 1)
        foot.addWidget(self.owner_button)
        column = QVBoxLayout(division)
        column.addWidget(self.owners, 1)
        column.addLayout(foot)
        self.tabs.addTab(self.states, say("ui.departments.states"))
        self.tabs.addTab(division, say("ui.departments.owners"))
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        for widget in (self.with_due, self.due, self.split_button, self.merge_button):
            head.addWidget(widget)
        hint = QLabel(say("ui.departments.hint"), self)
        hint.setWordWrap(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 8, 10, 8)
        whole.addLayout(head)
        whole.addWidget(hint)
        whole.addWidget(self.tabs, 1)
