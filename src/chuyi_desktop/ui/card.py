"""The card below a grid: all there is to know about the selected row, and its evidence at hand."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTextBrowser, QVBoxLayout, QWidget

from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.attach_flow import attach_files
from chuyi_desktop.ui.desk import Desk


class Card(QWidget):
    """Rich text, and a button that attaches evidence to what it is about."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._proves = ""
        self.text = QTextBrowser(self)
        self.text.setAccessibleName(say("ui.card"))
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(8)
        self.attach_button = QPushButton(say("ui.card.attach"), self)
        self.attach_button.clicked.connect(self._attach)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.text)
        column.addWidget(self.attach_button, 0, Qt.AlignmentFlag.AlignRight)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is selected."""
        self.show_text(say("ui.card.nothing"), "")

    def show_text(self, text: str, proves: str) -> None:
        """``text`` about the rule or indicator ``proves``."""
        self._proves = proves
        if self.text.toHtml() != text:
            self.text.setHtml(text)
        self.attach_button.setEnabled(bool(proves) and self._desk.writable)

    def _attach(self) -> None:
        attach_files(self, self._desk, self._proves)
