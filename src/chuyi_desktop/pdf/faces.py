"""The typefaces of the dossier, and which of them has a character."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from unicodedata import category

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from chuyi_desktop.domain.errors import OutputError

REPLACEMENT = "〓"
"""Stands visibly where no face has the character."""


class Face(StrEnum):
    """A typeface by its use; the value is the file's stem and its name in the PDF."""

    SONG = "ChuyiSong-Regular"
    """宋体: running text; stands in for 仿宋, of which no free face can be had."""
    SONG_BOLD = "ChuyiSong-Bold"
    HEI = "ChuyiHei-Regular"
    KAI = "ChuyiKai-Regular"


_FALLBACK = {
    Face.SONG: (Face.SONG, Face.KAI, Face.HEI),
    Face.SONG_BOLD: (Face.SONG_BOLD, Face.SONG, Face.KAI, Face.HEI),
    Face.HEI: (Face.HEI, Face.SONG, Face.KAI),
    Face.KAI: (Face.KAI, Face.SONG, Face.HEI),
}


_QUOTES = frozenset("“”‘’")
_FULL_WIDTH = 0.95
"""Chinese quotation marks have a square of their own, in ems; a face with narrow ones borrows another's."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it is set: in which face, how wide in ems, and what is set if no face has it."""

    face: Face
    width: float
    char: str


class _GlyphTable(dict[str, Glyph]):
    """Glyphs of one wanted face, looked up once a character."""

    def __init__(self, faces: "Faces", wanted: Face) -> None:
        super().__init__()
        self._faces = faces
        self._wanted = wanted

    def __missing__(self, char: str) -> Glyph:
        glyph = self[char] = self._faces.find(char, self._wanted)
        return glyph


class Faces:
    """The faces of one folder, read once, when the first dossier is printed."""

    def __init__(self, folder: Path) -> None:
        self._fonts: dict[Face, TTFont] = {}
        for face in Face:
            path = folder / f"{face}.ttf"
            try:
                font = TTFont(face, str(path), shapable=False)
            except (TTFError, OSError) as error:
                raise OutputError("pdf.fonts_lost", path=path, details=str(error)) from error
            self._fonts[face] = font
            pdfmetrics.registerFont(font)
        self._tables = {face: _GlyphTable(self, face) for face in Face}

    def has(self, face: Face, char: str) -> bool:
        """Whether ``face`` has an outline for ``char``."""
        return ord(char) in self._fonts[face].face.charToGlyph

    def find(self, char: str, wanted: Face) -> Glyph:
        """``char`` in the wanted face, else in the first that has it, else its replacement."""
        for face in _FALLBACK[wanted]:
            if self.has(face, char) and (char not in _QUOTES or self._width(face, char) >= _FULL_WIDTH):
                return Glyph(face, self._width(face, char), char)
        return Glyph(wanted, self._width(wanted, REPLACEMENT), REPLACEMENT)

    def _width(self, face: Face, char: str) -> float:
        metrics = self._fonts[face].face
        return float(metrics.charWidths.get(ord(char), metrics.defaultWidth)) / 1000

    def glyphs(self, text: str, wanted: Face) -> Iterator[Glyph]:
        """The glyphs of ``text``, one a character."""
        table = self._tables[wanted]
        return (table[char] for char in text)

    def path(self, face: Face) -> Path:
        """The file of a face."""
        return Path(self._fonts[face].face.filename)


_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_SPACES = re.compile("[\t\u00a0\u2002-\u200a\u202f\u205f]")


def settable(text: str) -> str:
    """``text`` without what has no outline by nature: control characters, direction marks, variation
    selectors; every kind of narrow space is a space."""
    plain = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    if plain.isprintable():
        return plain
    return "".join("\ufffd" if category(char) == "Cs" else char for char in plain if category(char) != "Cc")
