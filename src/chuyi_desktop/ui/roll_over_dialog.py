"""结转: beginning the next year from this one, after a look at what that takes over."""

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from chuyi_desktop.app.roll_over import RollOver, plan_roll_over
from chuyi_desktop.app.roll_over_words import plan_lines
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import LATEST_YEAR
from chuyi_desktop.domain.errors import ChuyiError
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.buttons import ok_cancel

_WIDTH, _HEIGHT = 640, 520


class RollOverDialog(QDialog):
    """Year and rosters chosen above, what would be taken over and left below; ``plan`` is what was agreed
    to."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("ui.years.roll_over"))
        self.resize(_WIDTH, _HEIGHT)
        self._session = session
        self.plan: RollOver | None = None
        this_year = session.assessment.year
        self.year_box = QSpinBox(self)
        self.year_box.setRange(min(this_year + 1, LATEST_YEAR), LATEST_YEAR)
        self.with_rosters = QCheckBox(say("ui.years.with_rosters"), self)
        self.lines = QPlainTextEdit(self)
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.lines.setAccessibleName(say("ui.years.taken"))
        form = QFormLayout()
        form.addRow(say("ui.years.new_year"), self.year_box)
        form.addRow("", self.with_rosters)
        caption = QLabel(say("ui.years.taken"), self)
        caption.setBuddy(self.lines)
        self._buttons = ok_cancel(self, "ui.years.begin")
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(caption)
        column.addWidget(self.lines, 1)
        column.addWidget(self._buttons)
        self.year_box.valueChanged.connect(lambda _year: self._show())
        self.with_rosters.toggled.connect(lambda _on: self._show())
        self._show()

    def _show(self) -> None:
        try:
            self.plan = plan_roll_over(
                self._session, self.year_box.value(), with_rosters=self.with_rosters.isChecked()
            )
        except ChuyiError as error:
            self.plan = None
            self.lines.setPlainText(error.sentence)
        else:
            self.lines.setPlainText("\n".join(plan_lines(self.plan)))
        self._buttons.button(self._buttons.StandardButton.Ok).setEnabled(self.plan is not None)
