"""Sizes, faces and spacing by GB/T 9704-2012, in points."""

from dataclasses import dataclass, replace
from enum import StrEnum

from reportlab.lib.units import mm

from chuyi_desktop.pdf.faces import Face
from chuyi_desktop.report.blocks import TextStyle

TEXT_WIDTH = 156 * mm
TEXT_HEIGHT = 225 * mm

# 28 characters fill a line and 22 lines a page.
SIZE_3 = TEXT_WIDTH / 28
LEADING_3 = TEXT_HEIGHT / 22
SIZE_2 = 22.0
SIZE_SMALL_2 = 18.0
SIZE_4 = 14.0
SIZE_SMALL_4 = 12.0
SIZE_5 = 10.5
SIZE_SMALL_5 = 9.0


class Side(StrEnum):
    """To which side lines are set."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set. ``indent`` is that of the first line, in characters; ``balanced`` makes
    the lines of a title about equally long."""

    face: Face
    size: float
    leading: float
    side: Side = Side.LEFT
    indent: float = 0
    before: float = 0
    after: float = 0
    balanced: bool = False


BODY = Style(Face.SONG, SIZE_3, LEADING_3, Side.JUSTIFY, indent=2)

PARAGRAPHS = {
    TextStyle.BODY: BODY,
    TextStyle.PLAIN: replace(BODY, indent=0),
    TextStyle.CENTERED: replace(BODY, side=Side.CENTER, indent=0),
    TextStyle.STRONG: replace(BODY, face=Face.HEI),
    TextStyle.NOTE: Style(Face.KAI, SIZE_SMALL_4, 18, Side.JUSTIFY, before=3, after=3),
}

PART_TITLE = Style(Face.SONG_BOLD, SIZE_2, 34, Side.CENTER, after=16, balanced=True)
"""The title of a part without number: 诚信承诺书, 目录."""
NUMBERED_PART_TITLE = replace(PART_TITLE, face=Face.HEI, size=SIZE_SMALL_2, leading=LEADING_3, after=12)
"""The title of a numbered part, 一、…: the first level, in 黑体."""
HEADINGS = {
    2: replace(BODY, face=Face.KAI, side=Side.LEFT, before=4, after=2),
    3: replace(BODY, face=Face.SONG_BOLD, side=Side.LEFT, before=2),
}

TABLE_TITLE = Style(Face.HEI, SIZE_SMALL_4, 20, Side.CENTER, before=8, after=2, balanced=True)
FORM_LABEL = Style(Face.HEI, SIZE_SMALL_4, 18, Side.CENTER)
FORM_VALUE = Style(Face.SONG, SIZE_SMALL_4, 18)
TABLE_HEAD = Style(Face.HEI, SIZE_5, 15, Side.CENTER)
TABLE_CELL = Style(Face.SONG, SIZE_5, 15)
DENSE_HEAD = Style(Face.HEI, SIZE_SMALL_5, 13, Side.CENTER)
DENSE_CELL = Style(Face.SONG, SIZE_SMALL_5, 13)

CONTENTS_PART = Style(Face.HEI, SIZE_4, 26)
CONTENTS_SECTION = Style(Face.SONG, SIZE_4, 26, indent=2)

LONG_CONTENTS_PART = Style(Face.HEI, SIZE_SMALL_4, 18)
LONG_CONTENTS_SECTION = Style(Face.SONG, SIZE_SMALL_4, 18, indent=2)

SIGNATURE = Style(Face.SONG, SIZE_3, LEADING_3 * 1.3)
OPINION_TITLE = Style(Face.HEI, SIZE_SMALL_4, 20, Side.CENTER, balanced=True)
OPINION_LINE = Style(Face.SONG, SIZE_SMALL_4, 22)

COVER_PROGRAMME = Style(Face.SONG_BOLD, SIZE_2, 36, Side.CENTER, balanced=True)
COVER_TITLE = Style(Face.SONG_BOLD, 42, 60, Side.CENTER, balanced=True)
COVER_LABEL = Style(Face.HEI, SIZE_3, 22)
COVER_VALUE = Style(Face.SONG, SIZE_3, 22, Side.CENTER, balanced=True)
COVER_SEAL = Style(Face.SONG, SIZE_3, LEADING_3, Side.LEFT)
COVER_CLOSING = Style(Face.SONG, SIZE_3, LEADING_3, Side.CENTER)

PAGE_NUMBER = Style(Face.SONG, SIZE_4, SIZE_4)
FOOTER = Style(Face.KAI, SIZE_SMALL_5, 12, Side.CENTER)
STAMP = Style(Face.HEI, SIZE_5, 14)
STAMP_NAME = Style(Face.SONG, SIZE_5, 14)
