"""Explaining a finding of a check."""

from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from chuyi_desktop.domain.programme import Grade
from chuyi_desktop.domain.verdict import Finding
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.buttons import ok_cancel
from chuyi_desktop.ui.card_text import cited

_WIDTH = 460
_MOST_ROWS = 6
"""Rows told here; the panel has more, and the dialog must fit on a small screen."""


class ExplainDialog(QDialog):
    """The finding with its values, advice, and room for the school's words."""

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("ui.explain"))
        self.setMinimumWidth(_WIDTH)
        check = finding.check
        column = QVBoxLayout(self)
        parts = [
            finding.message,
            "\n".join(finding.told_rows(_MOST_ROWS)),
            check.advice,
            cited(check.provenance),
        ]
        if check.grade is Grade.MANDATORY:
            parts.append(say("ui.explain.mandatory"))
        for part in parts:
            if part:
                label = QLabel(part, self)
                label.setWordWrap(True)
                column.addWidget(label)
        caption = QLabel(say("ui.explain.text"), self)
        self.edit = QPlainTextEdit(self)
        self.edit.setTabChangesFocus(True)
        caption.setBuddy(self.edit)
        self.confirmed_box = QCheckBox(say("ui.explain.confirmed"), self)
        self.confirmed_box.setVisible(check.grade is Grade.NEAR_MANDATORY)
        if finding.explanation is not None:
            self.edit.setPlainText(finding.explanation.text)
            self.confirmed_box.setChecked(finding.explanation.confirmed_by_head)
        for widget in (caption, self.edit, self.confirmed_box, ok_cancel(self)):
            column.addWidget(widget)
        self.edit.setFocus()

    @property
    def text(self) -> str:
        """The school's words."""
        return self.edit.toPlainText()

    @property
    def confirmed_by_head(self) -> bool:
        """Whether the head has confirmed it."""
        return self.confirmed_box.isChecked()
