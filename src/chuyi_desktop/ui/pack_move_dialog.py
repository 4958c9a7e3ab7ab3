"""What moving to the installed pack would change, and whether to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chuyi_desktop.app.comparison_words import COLUMNS, head_lines, left_lines, other_lines, rule_lines
from chuyi_desktop.app.move_pack import PackMove
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.buttons import ok_cancel

_WIDTH, _HEIGHT = 860, 520
_LINES_SHOWN = 6


class PackMoveDialog(QDialog):
    """The verdict before and after, rule by rule, and what is asked anew or no longer."""

    def __init__(self, move: PackMove, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("ui.move.title"))
        self.resize(_WIDTH, _HEIGHT)
        column = QVBoxLayout(self)
        self.summary = QLabel("\n".join(head_lines(move.comparison)), self)
        self.summary.setWordWrap(True)
        column.addWidget(self.summary)
        self.rules = QTreeWidget(self)
        self.rules.setVisible(bool(move.comparison.rules))
        if move.comparison.rules:
            self._list(move)
            column.addWidget(self.rules, 1)
        lines = other_lines(move.comparison)
        left = left_lines(move.left)
        lines += [say("app.left.title"), *left] if left else []
        self.others = QPlainTextEdit("\n".join(lines), self)
        self.others.setVisible(bool(lines))
        if lines:
            self._show_others(column)
        note = QLabel("\n".join([say("report.honesty"), say("ui.move.note")]), self)
        note.setWordWrap(True)
        column.addWidget(note)
        buttons = ok_cancel(self, "ui.move.do")
        # Not taken back by undoing, so not done by a hasty Enter.
        buttons.button(buttons.StandardButton.Cancel).setDefault(True)
        column.addWidget(buttons)

    def _list(self, move: PackMove) -> None:
        self.rules.setAccessibleName(say("app.compare.rules"))
        self.rules.setHeaderLabels([say(f"app.compare.{name}") for name in COLUMNS])
        self.rules.setRootIsDecorated(False)
        self.rules.setAlternatingRowColors(True)
        self.rules.setWordWrap(True)
        for line in rule_lines(move.comparison):
            item = QTreeWidgetItem(self.rules, list(line))
            for at, text in enumerate(line):
                item.setToolTip(at, text)
                item.setTextAlignment(at, Qt.AlignmentFlag.AlignTop)
        header = self.rules.header()
        for at in range(1, len(COLUMNS)):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _show_others(self, column: QVBoxLayout) -> None:
        caption = QLabel(say("ui.move.others"), self)
        caption.setBuddy(self.others)
        self.others.setReadOnly(True)
        self.others.setTabChangesFocus(True)
        self.others.setMaximumHeight(self.others.fontMetrics().lineSpacing() * (_LINES_SHOWN + 1))
        column.addWidget(caption)
        column.addWidget(self.others)
