"""Message boxes, in one manner."""

from PySide6.QtWidgets import QMessageBox, QWidget

from chuyi_desktop.domain.errors import CancelledError, ChuyiError
from chuyi_desktop.domain.wording import say


def tell_failure(parent: QWidget, error: ChuyiError) -> None:
    """Show why a deed failed. A job the user stopped himself is no failure."""
    if not isinstance(error, CancelledError):
        _show(parent, QMessageBox.Icon.Warning, error.sentence)


def tell(parent: QWidget, sentence: str) -> None:
    """Show ``sentence``."""
    _show(parent, QMessageBox.Icon.Information, sentence)


def tell_fault(parent: QWidget | None, sentence: str) -> None:
    """Show that the program itself is at fault."""
    _show(parent, QMessageBox.Icon.Critical, sentence)


def _show(parent: QWidget | None, icon: QMessageBox.Icon, sentence: str) -> None:
    box = QMessageBox(icon, say("ui.title"), sentence, QMessageBox.StandardButton.Ok, parent)
    box.button(QMessageBox.StandardButton.Ok).setText(say("ui.button.ok"))
    box.exec()
