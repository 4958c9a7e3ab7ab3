"""Choosing files that prove something, and attaching them."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from chuyi_desktop.app.attach import attach
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk


def attach_files(parent: QWidget, desk: Desk, proves: str) -> None:
    """Ask for files and attach each to what it ``proves``."""
    files, _ = QFileDialog.getOpenFileNames(parent, say("ui.evidence.choose"), "", say("ui.evidence.files"))
    for name in files:
        file = Path(name)
        changed = desk.attempt(partial(attach, desk.session, file, proves))
        if changed is None:
            return
        code = "ui.evidence.added" if changed.anything else "ui.evidence.twice"
        desk.said.emit(say(code, {"file": file.name}))
