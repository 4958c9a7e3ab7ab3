"""Rows of buttons of dialogs, in Chinese whatever the system speaks."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox

from chuyi_desktop.domain.wording import say


def ok_cancel(dialog: QDialog, ok: str = "ui.button.ok") -> QDialogButtonBox:
    """A button that accepts ``dialog``, with the words of ``ok``, and one that closes it."""
    buttons = QDialogButtonBox(
        QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, dialog
    )
    buttons.button(QDialogButtonBox.StandardButton.Ok).setText(say(ok))
    buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(say("ui.button.cancel"))
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons


def close_only(dialog: QDialog) -> QDialogButtonBox:
    """A button that closes ``dialog``."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.button(QDialogButtonBox.StandardButton.Close).setText(say("ui.button.close"))
    buttons.rejected.connect(dialog.reject)
    return buttons
