"""A font that has Chinese: the system's own where there is one, else the one that comes along."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

_LEAST_POINTS = 10
_SCREEN_FACE, _RARE_FACE = "Hei-Regular", "Song-Regular"
"""Ends of file names: the face made for screens, and the one that has the rare characters of names."""


def use_chinese_font(application: QApplication, folder: Path) -> None:
    """Give ``application`` a readable size, and the bundled faces of ``folder`` for what its own font lacks:
    the 黑体 (before the application's font where the system has no Chinese at all, so that Latin and Chinese
    go together), and last the 宋体 for rare characters (㛃, 𬭎)."""
    font = application.font()
    if font.pointSize() < _LEAST_POINTS:
        font.setPointSize(_LEAST_POINTS)
    own, screen = font.families(), _bundled(folder, _SCREEN_FACE)
    faces = (*own, *screen) if system_has_chinese() else (*screen, *own)
    font.setFamilies(list(dict.fromkeys((*faces, *_bundled(folder, _RARE_FACE)))))
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    application.setFont(font)


def system_has_chinese() -> bool:
    """Whether some installed font is made for simplified Chinese."""
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))


def _bundled(folder: Path, ending: str) -> tuple[str, ...]:
    """The family of the face in ``folder`` whose file name ends so; none where there is none."""
    for file in sorted(folder.glob(f"*{ending}.ttf")):
        families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
        if families:
            return (families[0],)
    return ()
