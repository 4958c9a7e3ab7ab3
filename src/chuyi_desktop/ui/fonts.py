"""A font that has Chinese: the system's own where there is one, else the one that comes along."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

_LEAST_POINTS = 10
_FACES = ("sans", "hei")
"""Parts of file names of faces made for screens."""


def use_chinese_font(application: QApplication, folder: Path) -> None:
    """Give ``application`` a readable size, and the bundled 黑体 from ``folder`` where the system has no
    Chinese font."""
    font = application.font()
    if font.pointSize() < _LEAST_POINTS:
        font.setPointSize(_LEAST_POINTS)
    if not system_has_chinese():
        family = _bundled(folder)
        if family:
            font.setFamilies([family, *font.families()])
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    application.setFont(font)


def system_has_chinese() -> bool:
    """Whether some installed font is made for simplified Chinese."""
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))


def _bundled(folder: Path) -> str:
    """The family of the face in ``folder``; empty where there is none."""
    found = sorted(folder.glob("*.ttf")) if folder.is_dir() else []
    for file in found:
        if any(part in file.stem.lower() for part in _FACES):
            number = QFontDatabase.addApplicationFont(str(file))
            families = QFontDatabase.applicationFontFamilies(number)
            if families:
                return families[0]
    return ""
