"""The workspaces opened last, kept by the system's own settings store."""

from pathlib import Path

from PySide6.QtCore import QSettings

_KEY = "recent"
_KEPT = 6


def recent_folders() -> list[Path]:
    """The workspaces opened last that are still there, latest first."""
    return [folder for folder in _stored() if folder.is_dir()]


def remember(folder: Path) -> None:
    """``folder`` was opened just now."""
    here = folder.resolve()
    others = [each for each in _stored() if each != here]
    QSettings().setValue(_KEY, [str(each) for each in [here, *others][:_KEPT]])


def _stored() -> list[Path]:
    found = QSettings().value(_KEY, [])
    # A list of one comes back from some stores as its only entry.
    names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    return [Path(str(name)) for name in names]
