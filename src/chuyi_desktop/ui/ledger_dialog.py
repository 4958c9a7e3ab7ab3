"""导入台账: the school's own table, step by step in one window: where it goes, what its columns are, what
would be stored; then all of it or nothing."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from chuyi_desktop.app.import_ledger import plan_ledger, remembered, understand
from chuyi_desktop.app.ledgers.layout import INDICATORS, Layout
from chuyi_desktop.app.ledgers.plan import Fate, LedgerPlan, Mode, Skip
from chuyi_desktop.app.ledgers.ports import LedgerFile
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.errors import ChuyiError
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.buttons import ok_cancel
from chuyi_desktop.ui.ledger_columns import LedgerColumns
from chuyi_desktop.ui.ledger_preview import LedgerPreview
from chuyi_desktop.ui.look import Tone
from chuyi_desktop.ui.told_tree import ToldTree

_SIZE = (1040, 620)
_HIGHEST_HEAD = 200
_TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.OPEN, Severity.NOTE: Tone.MUTED}
_SKIPS = tuple(Skip)


class LedgerDialog(QDialog):
    """Every correction is planned at once, so that what is seen is what would be stored. ``plan`` is what
    was agreed to."""

    def __init__(
        self,
        session: Session,
        file: LedgerFile,
        mark: Callable[[LedgerPlan], None],
        parent: QWidget | None = None,
        *,
        into: str,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("ui.ledger.title", {"file": file.name}))
        self.resize(*_SIZE)
        self._session, self._file, self._mark = session, file, mark
        self.plan: LedgerPlan | None = None
        self.into_box = QComboBox(self)
        self.into_box.addItem(say("ui.ledger.indicators"), INDICATORS)
        for table in session.programme.tables.values():
            self.into_box.addItem(table.name, table.id)
        self.sheet_box = QComboBox(self)
        self.sheet_box.addItems([sheet.name for sheet in file.sheets])
        self.head_box = QSpinBox(self)
        self.head_box.setRange(0, _HIGHEST_HEAD)
        self.head_box.setSpecialValueText(say("ui.ledger.no_heads"))
        self.head_reason = QLabel(self)
        self.head_reason.setWordWrap(True)
        self.mode_box = QComboBox(self)
        for mode in Mode:
            self.mode_box.addItem(say(f"ui.ledger.mode.{mode}"), mode)
        self.columns = LedgerColumns(session, self)
        self.preview = LedgerPreview(session, self)
        self.table = QTableView(self)
        self.table.setModel(self.preview)
        self.table.setAccessibleName(say("ui.ledger.preview"))
        self.table.setAlternatingRowColors(True)
        self.problems = ToldTree(
            say("ui.import.problems"),
            [say("ui.import.problem.place"), say("ui.import.problem.what")],
            self,
            stretched=1,
        )
        self.tabs = QTabWidget(self)
        for code, widget in (("columns", self.columns), ("preview", self.table), ("problems", self.problems)):
            self.tabs.addTab(widget, say(f"ui.ledger.{code}"))
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.buttons = ok_cancel(self, "ui.ledger.take")
        self.mark_button = QPushButton(say("ui.import.mark"), self)
        self.mark_button.clicked.connect(self._mark_copy)
        self.buttons.addButton(self.mark_button, QDialogButtonBox.ButtonRole.ActionRole)
        self._put_together()
        self.into_box.setCurrentIndex(max(self.into_box.findData(into), 0))
        self._understand("")
        self._connect()

    def _put_together(self) -> None:
        form = QFormLayout()
        form.addRow(say("ui.ledger.into_whole"), self.into_box)
        where = QHBoxLayout()
        where.addWidget(self.sheet_box)
        where.addWidget(QLabel(say("ui.ledger.head_row"), self))
        where.addWidget(self.head_box)
        where.addWidget(self.head_reason, 1)
        form.addRow(say("ui.ledger.sheet"), where)
        form.addRow(say("ui.ledger.mode"), self.mode_box)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.summary)
        column.addWidget(self.buttons)

    def _connect(self) -> None:
        self.into_box.currentIndexChanged.connect(lambda _at: self._understand(""))
        self.sheet_box.currentTextChanged.connect(self._understand)
        self.head_box.valueChanged.connect(lambda row: self._understand(self.sheet_box.currentText(), row))
        self.mode_box.currentIndexChanged.connect(lambda _at: self._replan())
        self.columns.corrected.connect(self._plan)
        self.columns.failed.connect(self.summary.setText)

    def _understand(self, sheet: str, head_row: int | None = None) -> None:
        into = str(self.into_box.currentData())
        mapping = remembered(self._session, into)
        try:
            layout = understand(
                self._session, self._file, into, sheet=sheet, head_row=head_row, mapping=mapping
            )
        except ChuyiError as error:
            self._refuse(error)
            return
        # What is shown is no wish of the clerk's.
        with QSignalBlocker(self.sheet_box), QSignalBlocker(self.head_box):
            self.sheet_box.setCurrentText(layout.sheet)
            self.head_box.setValue(layout.head_row)
        self.head_reason.setText(str(layout.head_reason))
        self.mode_box.setEnabled(into != INDICATORS)
        self._plan(layout)

    def _replan(self) -> None:
        if self.plan is not None:
            self._plan(self.plan.layout)

    def _plan(self, layout: Layout) -> None:
        try:
            self.plan = plan_ledger(self._session, self._file, layout, Mode(self.mode_box.currentData()))
        except ChuyiError as error:
            self._refuse(error)
            return
        self.columns.show_layout(self._file, layout)
        self.preview.show_plan(self.plan)
        self.table.resizeColumnsToContents()
        self._show_problems(self.plan)
        self.summary.setText(_told(self.plan))
        may = not self.plan.refused and bool(self.plan.plan.changes)
        self.buttons.button(self.buttons.StandardButton.Ok).setEnabled(may)
        self.mark_button.setVisible(self.plan.refused and self._file.markable)

    def _show_problems(self, plan: LedgerPlan) -> None:
        found = (*self._file.notes, *plan.plan.problems)
        order = list(Severity)
        self.problems.start()
        for problem in sorted(found, key=lambda each: order.index(each.severity)):
            self.problems.line([str(problem.place), problem.sentence], tone=_TONES[problem.severity])
        at = self.tabs.indexOf(self.problems)
        self.tabs.setTabText(at, say("ui.ledger.problems_count", {"count": len(found)}))

    def _refuse(self, error: ChuyiError) -> None:
        self.plan = None
        self.preview.clear()
        self.summary.setText(error.sentence)
        self.buttons.button(self.buttons.StandardButton.Ok).setEnabled(False)
        self.mark_button.hide()

    def _mark_copy(self) -> None:
        if self.plan is not None:
            self._mark(self.plan)


def _told(plan: LedgerPlan) -> str:
    """What would become of the file, counted; nothing is passed over in silence."""
    parts = [say(f"ui.ledger.count.{fate}", {"count": count}) for fate in Fate if (count := plan.count(fate))]
    parts += [
        say(f"ui.ledger.skip.{skip}", {"count": len(rows)})
        for skip in _SKIPS
        if (rows := plan.skipped.get(skip, ()))
    ]
    if plan.absent_rows:
        code = "gone" if plan.mode is Mode.REPLACE else "stay"
        parts.append(say(f"ui.ledger.absent.{code}", {"count": len(plan.absent_rows)}))
    told = say("ui.ledger.join").join(parts)
    if plan.refused:
        return say("ui.ledger.refused", {"told": told})
    return told if plan.plan.changes else say("ui.ledger.nothing", {"told": told})
