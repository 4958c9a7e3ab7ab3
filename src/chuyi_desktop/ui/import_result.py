"""What an import did, or why it did nothing, cell by cell."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chuyi_desktop.app.changes import Plan
from chuyi_desktop.domain.assessment import FieldKind
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.buttons import close_only
from chuyi_desktop.ui.look import Tone, colour

_WIDTH, _HEIGHT = 720, 420
_TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.OPEN, Severity.NOTE: Tone.MUTED}
_COUNTS = (
    ("value", (FieldKind.VALUE,)),
    ("rows", (FieldKind.ROW, FieldKind.EMPTY_TABLE)),
    ("text", (FieldKind.TEXT,)),
    ("answers", (FieldKind.ATTESTATION, FieldKind.RATING)),
    ("explanation", (FieldKind.EXPLANATION,)),
)


class ImportResult(QDialog):
    """Counts and the list of problems; on refusal ``mark`` writes the user's workbook with marks in it."""

    def __init__(
        self, source: Path, plan: Plan, mark: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("ui.import.title"))
        column = QVBoxLayout(self)
        self.summary = QLabel(_summary(source, plan), self)
        self.summary.setWordWrap(True)
        column.addWidget(self.summary)
        counts = _counts(plan)
        if counts:
            column.addWidget(QLabel(counts, self))
        self.problems = QTreeWidget(self)
        self.problems.setVisible(bool(plan.problems))
        if plan.problems:
            self.resize(_WIDTH, _HEIGHT)
            self._list(plan)
            column.addWidget(self.problems)
        buttons = close_only(self)
        self.mark_button = QPushButton(say("ui.import.mark"), self)
        self.mark_button.setVisible(plan.refused)
        self.mark_button.clicked.connect(mark)
        if plan.refused:
            buttons.addButton(self.mark_button, buttons.ButtonRole.ActionRole)
        column.addWidget(buttons)

    def _list(self, plan: Plan) -> None:
        self.problems.setAccessibleName(say("ui.import.problems"))
        self.problems.setHeaderLabels([say("ui.import.problem.place"), say("ui.import.problem.what")])
        self.problems.setRootIsDecorated(False)
        self.problems.setAlternatingRowColors(True)
        self.problems.setWordWrap(True)
        order = {severity: at for at, severity in enumerate(Severity)}
        for problem in sorted(plan.problems, key=lambda each: order[each.severity]):
            item = QTreeWidgetItem(self.problems, [str(problem.place), problem.sentence])
            item.setForeground(1, colour(_TONES[problem.severity], self.palette()))
            item.setToolTip(1, problem.sentence)
            item.setTextAlignment(0, Qt.AlignmentFlag.AlignTop)
        self.problems.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.problems.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)


def _summary(source: Path, plan: Plan) -> str:
    errors = sum(1 for problem in plan.problems if problem.severity is Severity.ERROR)
    if plan.refused:
        return say("ui.import.refused", {"file": source.name, "count": errors})
    code = "ui.import.done" if plan.changes else "ui.import.same"
    return say(code, {"file": source.name, "count": len(plan.changes)})


def _counts(plan: Plan) -> str:
    found = [
        say(f"ui.import.counts.{code}", {"count": count})
        for code, kinds in _COUNTS
        if (count := plan.count(*kinds))
    ]
    return say("ui.import.counts.join").join(found)
