"""The shipped faces: what the manifest says, free to pass on, complete."""

import hashlib
import json

import pytest
from fontTools.ttLib import TTFont

from tests.pdf.makers import FONTS

FACES = json.loads((FONTS / "fonts.json").read_text(encoding="utf-8"))["faces"]
IDS = [face["file"] for face in FACES]


def gb2312() -> str:
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return "".join(row.decode("gb2312", "ignore") for row in rows)


def gbk() -> str:
    return "".join(chr(code) for code in range(0x4E00, 0x9FA6))


@pytest.mark.parametrize("face", FACES, ids=IDS)
def test_the_files_are_those_of_the_manifest(face: dict[str, str]) -> None:
    data = (FONTS / face["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == face["sha256"]
    assert len(data) == face["size"]


def test_every_font_file_is_in_the_manifest_and_all_stay_small() -> None:
    assert sorted(path.name for path in FONTS.glob("*.ttf")) == sorted(IDS)
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 35_000_000


@pytest.mark.parametrize("face", FACES, ids=IDS)
def test_licences_lie_beside_the_fonts_and_names_are_not_the_originals(face: dict[str, str]) -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / face["licence"]).read_text(encoding="utf-8")
    with TTFont(FONTS / face["file"], lazy=True) as font:
        names = font["name"]
        assert names.getDebugName(1) == face["family"]
        assert "opyright" in (names.getDebugName(0) or "") or "(c)" in (names.getDebugName(0) or "")
        assert "Open Font License" in (names.getDebugName(13) or "")
        assert not any("Noto" in str(name) or str(name) == "LXGW WenKai" for name in names.names)
        assert "glyf" in font
        assert "CFF " not in font


@pytest.mark.parametrize("face", FACES, ids=IDS)
def test_every_face_has_the_characters_of_running_text(face: dict[str, str]) -> None:
    wanted = set(map(ord, gb2312() + "，。、；：！？“”‘’（）《》〔〕—…·×÷≥≤±％‰℃㎡①②Ⅰ□☑√●★〓￥"))
    with TTFont(FONTS / face["file"], lazy=True) as font:
        assert not wanted - font.getBestCmap().keys()


@pytest.mark.parametrize("name", ["ChuyiSong-Regular.ttf", "ChuyiHei-Regular.ttf"])
def test_body_and_window_faces_have_all_of_gbk(name: str) -> None:
    with TTFont(FONTS / name, lazy=True) as font:
        assert not set(map(ord, gbk())) - font.getBestCmap().keys()
