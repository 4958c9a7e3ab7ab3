"""新建自评: folder, programme, year, school."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from chuyi_desktop.app.ports import ProgrammeSummary
from chuyi_desktop.domain.assessment import EARLIEST_YEAR, LATEST_YEAR
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.buttons import ok_cancel
from chuyi_desktop.ui.look import Tone, colour

_WIDTH = 560


class NewDialog(QDialog):
    """Asks for what an assessment begins with. A failure is shown in the dialog, which stays open."""

    def __init__(
        self, summaries: tuple[ProgrammeSummary, ...], today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("ui.new"))
        self.setMinimumWidth(_WIDTH)
        self.programme_box = QComboBox(self)
        for summary in summaries:
            self.programme_box.addItem(summary.name, summary.id)
        self._purposes = {summary.id: summary.purpose for summary in summaries}
        self._purpose = QLabel(self)
        self._purpose.setWordWrap(True)
        self._purpose.setMinimumHeight(2 * self._purpose.fontMetrics().lineSpacing())
        self._purpose.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._purpose.setForegroundRole(self._purpose.foregroundRole().PlaceholderText)
        self.year_box = QSpinBox(self)
        self.year_box.setRange(EARLIEST_YEAR, LATEST_YEAR)
        self.year_box.setValue(today.year)
        self.school_edit = QLineEdit(self)
        self.folder_edit = QLineEdit(str(_default_folder()), self)
        browse = QPushButton(say("ui.new.browse"), self)
        browse.clicked.connect(self._browse)
        folder = QHBoxLayout()
        folder.addWidget(self.folder_edit)
        folder.addWidget(browse)
        hint = QLabel(say("ui.new.folder_hint"), self)
        hint.setForegroundRole(hint.foregroundRole().PlaceholderText)
        self.failure = QLabel(self)
        self.failure.setWordWrap(True)
        self.failure.hide()
        form = QFormLayout()
        form.addRow(say("ui.new.school"), self.school_edit)
        form.addRow(say("ui.new.programme"), self.programme_box)
        form.addRow("", self._purpose)
        form.addRow(say("ui.new.year"), self.year_box)
        form.addRow(say("ui.new.folder"), folder)
        form.labelForField(folder).setBuddy(self.folder_edit)  # type: ignore[attr-defined]  # it is a QLabel
        form.addRow("", hint)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.failure)
        column.addWidget(ok_cancel(self, "ui.new.create"))
        self.programme_box.currentIndexChanged.connect(self._describe)
        self._describe()

    @property
    def folder(self) -> Path:
        """Where the workspace is, or is to be."""
        return Path(self.folder_edit.text().strip())

    @property
    def programme_id(self) -> str:
        """The chosen programme."""
        return str(self.programme_box.currentData())

    @property
    def year(self) -> int:
        """The chosen year."""
        return self.year_box.value()

    @property
    def school(self) -> str:
        """The school's name."""
        return self.school_edit.text().strip()

    def accept(self) -> None:
        """Only with a school and a folder."""
        if not self.school:
            self.show_failure(say("ui.new.wanted_school"))
            self.school_edit.setFocus()
        elif not self.folder_edit.text().strip():
            self.show_failure(say("ui.new.wanted_folder"))
            self.folder_edit.setFocus()
        else:
            super().accept()

    def show_failure(self, sentence: str) -> None:
        """Say why it did not work; what was entered stays."""
        self.failure.setText(sentence)
        self.failure.setStyleSheet(f"color: {colour(Tone.BAD, self.palette()).name()}")
        self.failure.show()

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, say("ui.new.folder"), self.folder_edit.text())
        if folder:
            self.folder_edit.setText(folder)

    def _describe(self) -> None:
        self._purpose.setText(self._purposes.get(self.programme_id, ""))


def _default_folder() -> Path:
    """A folder of its own among the user's documents."""
    documents = Path(
        QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home()
    )
    name = say("ui.new.default_folder")
    number = 1
    folder = documents / name
    while folder.exists() and any(folder.iterdir()):
        number += 1
        folder = documents / f"{name}{number}"
    return folder
