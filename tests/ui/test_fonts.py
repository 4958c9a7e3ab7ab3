from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from chuyi_desktop.ui import fonts as room
from chuyi_desktop.ui.fonts import use_chinese_font

FONTS = Path(__file__).parents[2] / "resources" / "fonts"


@pytest.mark.parametrize("has_chinese", [True, False])
def test_the_face_for_screens_comes_before_the_one_for_rare_characters(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, *, has_chinese: bool
) -> None:
    """A system may have some Chinese font that its own default does not lead to."""
    monkeypatch.setattr(room, "system_has_chinese", lambda: has_chinese)
    before = qapp.font()
    try:
        use_chinese_font(qapp, FONTS)
        families = qapp.font().families()
    finally:
        qapp.setFont(before)
    screen = next(at for at, name in enumerate(families) if "Hei" in name)
    rare = next(at for at, name in enumerate(families) if "Song" in name)
    assert screen < rare == len(families) - 1
    assert (screen == 0) is not has_chinese
