"""What the window shows while nothing is open: begin, open, or go on where one left off."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCommandLinkButton, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.grid_page import Title
from chuyi_desktop.ui.recent import recent_folders

_WIDTH = 460
_FOLDER = Qt.ItemDataRole.UserRole


class WelcomePage(QWidget):
    """Two big buttons and the workspaces opened last."""

    new_wanted = Signal()
    open_wanted = Signal()
    folder_wanted = Signal(object)
    """A workspace's ``Path``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget(self)
        inner.setFixedWidth(_WIDTH)
        title = Title(inner)
        title.setText(say("ui.welcome"))
        text = QLabel(say("ui.welcome.text"), inner)
        text.setWordWrap(True)
        new = QCommandLinkButton(say("ui.welcome.new"), say("ui.welcome.new.text"), inner)
        new.clicked.connect(self.new_wanted)
        open_ = QCommandLinkButton(say("ui.welcome.open"), say("ui.welcome.open.text"), inner)
        open_.clicked.connect(self.open_wanted)
        self.recent = QListWidget(inner)
        self.recent.setAccessibleName(say("ui.welcome.recent"))
        self.recent.itemActivated.connect(lambda item: self.folder_wanted.emit(item.data(_FOLDER)))
        column = QVBoxLayout(inner)
        for widget in (title, text, new, open_, QLabel(say("ui.welcome.recent"), inner), self.recent):
            column.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(inner, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)

    def refresh(self) -> None:
        """List the workspaces opened last."""
        self.recent.clear()
        folders = recent_folders()
        for folder in folders:
            self._add(folder)
        if not folders:
            empty = QListWidgetItem(say("ui.welcome.recent.none"), self.recent)
            empty.setFlags(Qt.ItemFlag.NoItemFlags)

    def _add(self, folder: Path) -> None:
        item = QListWidgetItem(str(folder), self.recent)
        item.setData(_FOLDER, folder)
