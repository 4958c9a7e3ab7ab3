"""明细表: a roster's grid, rows added by typing, taken away by choice; or 本表无数据."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from chuyi_desktop.app.edit_roster import plan_declared_empty, plan_rows_gone
from chuyi_desktop.domain.indicator import Table, ValueKind
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.grid_page import Title
from chuyi_desktop.ui.grid_view import GridView
from chuyi_desktop.ui.roster_model import RosterModel

_WIDEST, _NARROWEST, _DATE = 36, 8, 18
"""Half-width letters of a column on screen; a date of any length is seen whole."""


class RosterPage(QWidget):
    """One roster at a time."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.model = RosterModel(desk, self)
        self.title = Title(self)
        self._definition = QLabel(self)
        self._definition.setWordWrap(True)
        self.view = GridView(self.model, say("ui.grid"), self)
        self._count = QLabel(self)
        self.none_box = QCheckBox(say("ui.roster.none"), self)
        self.none_box.setToolTip(say("ui.roster.none.tip"))
        self.none_box.clicked.connect(self._declare)
        self.delete_button = QPushButton(say("ui.roster.delete"), self)
        self.delete_button.clicked.connect(self.delete_rows)
        hint = QLabel(say("ui.roster.hint"), self)
        hint.setForegroundRole(hint.foregroundRole().PlaceholderText)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(hint)
        foot = QHBoxLayout()
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self.none_box)
        foot.addWidget(self.delete_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.addLayout(head)
        column.addWidget(self._definition)
        column.addWidget(self.view)
        column.addLayout(foot)
        self.model.reported.connect(desk.said)
        desk.changed.connect(self._refresh)

    def show_table(self, table: Table) -> None:
        """Show another roster, the cursor on its first cell."""
        self.title.setText(table.name)
        self._definition.setText(table.definition)
        self._definition.setVisible(bool(table.definition))
        self.view.setAccessibleName(say("ui.roster", {"name": table.name}))
        self.model.show_table(table)
        letter = self.fontMetrics().horizontalAdvance("0")
        for at, column in enumerate(table.columns):
            head = self.view.horizontalHeader().sectionSizeHint(at)
            narrowest = _DATE if column.kind is ValueKind.DATE else _NARROWEST
            wanted = letter * min(_WIDEST, max(narrowest, column.width))
            self.view.setColumnWidth(at, max(wanted, head + letter))
        self.view.start()
        self._refresh()

    def go_to(self, row_id: str, column_id: str) -> None:
        """Put the cursor on a cell of the roster shown; nowhere where the row is gone."""
        row = self.model.row_of(row_id)
        if row is None:
            return
        ids = [column.id for column in self.model.table.columns]
        index = self.model.index(row, ids.index(column_id) if column_id in ids else 0)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        self.view.setFocus()

    def delete_rows(self) -> None:
        """Take the selected rows away."""
        rows = sorted({index.row() for index in self.view.selectedIndexes()})
        ids = self.model.row_ids(rows)
        if not ids:
            return
        session, table = self.desk.session, self.model.table
        label = say("ui.edit.rows_gone", {"label": table.name, "count": len(ids)})
        if self.desk.make(plan_rows_gone(session.assessment, table, ids).changes, label):
            self.desk.said.emit(say("ui.roster.deleted", {"count": len(ids)}))

    def _declare(self, empty: bool) -> None:  # noqa: FBT001  # Qt's own signature
        session, table = self.desk.session, self.model.table
        label = say("ui.edit.declared_empty", {"label": table.name})
        plan = plan_declared_empty(session.assessment, table, session.program.stamp(label), empty=empty)
        self.desk.make(plan.changes, label)
        self._refresh()

    def _refresh(self) -> None:
        if not self.desk.is_open or self.model.columnCount() == 0:
            return
        rows = self.desk.session.assessment.rows(self.model.table.id)
        text = say("ui.roster.open") if rows is None else say("ui.roster.count", {"count": len(rows)})
        self._count.setText(text)
        self.none_box.setCheckState(Qt.CheckState.Checked if rows == () else Qt.CheckState.Unchecked)
        self.none_box.setEnabled(self.desk.writable and not rows)
        self.delete_button.setEnabled(self.desk.writable and bool(rows))
