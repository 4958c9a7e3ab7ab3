"""A page with a grid above and the card of the selected row below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.card import Card
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.grid_model import GridModel
from chuyi_desktop.ui.grid_view import GridView


class Title(QLabel):
    """The head of a page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setBold(True)
        self.setFont(font)


class GridPage(QWidget):
    """Title and hint, grid, card. What was just typed is told in the status line."""

    def __init__(self, desk: Desk, model: GridModel, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.title = Title(self)
        self.hint = QLabel(hint, self)
        self.hint.setForegroundRole(self.hint.foregroundRole().PlaceholderText)
        self.view = GridView(model, say("ui.grid"), self)
        self.card = Card(desk, self)
        self.head = QHBoxLayout()
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.head.addWidget(self.hint)
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.split.addWidget(self.view)
        self.split.addWidget(self.card)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.addLayout(self.head)
        column.addWidget(self.split)
        model.reported.connect(desk.said)
        self.view.row_shown.connect(self.show_card)
        desk.changed.connect(self._changed)

    def show_card(self, row: int) -> None:
        """Show the card of a row; overridden by pages whose rows have one."""
        del row
        self.card.show_nothing()

    def _changed(self) -> None:
        if self.isVisible():
            self.show_card(self.view.currentIndex().row())
