"""Places to sign, seal and date; never split over pages."""

from collections.abc import Sequence

from reportlab.lib.units import mm

from chuyi_desktop.pdf.flowing import Block
from chuyi_desktop.pdf.grid import PAD_X, THICK, THIN
from chuyi_desktop.pdf.styles import OPINION_LINE, OPINION_TITLE, SIGNATURE
from chuyi_desktop.pdf.typesetter import Typesetter, baseline
from chuyi_desktop.report.blocks import Signature

LABEL_WIDTH = 31 * mm
OPINION_LEAST: float = 26 * mm
OPINION_MOST: float = 60 * mm
"""Room to write an opinion in."""
SEAL_ROOM = 10 * mm
TITLE_ROOM: float = 20 * mm
SIGN_FROM = 0.46
"""Where the lines begin, as a share of the width: right of the middle, with room to write after them."""


def opinion_height(opinions: Sequence[Signature], page: float) -> float:
    """How high the boxes of a part are, so that they fill as few sheets as they can, evenly."""
    if not opinions:
        return 0
    lines = max(len(opinion.lines) for opinion in opinions) * OPINION_LINE.leading
    room = page - TITLE_ROOM
    most = max(1, int(room / (OPINION_LEAST + lines)))
    sheets = -(-len(opinions) // most)
    each = -(-len(opinions) // sheets)
    return min(room / each, OPINION_MOST + lines)


class SignatureBlock(Block):
    """Lines to sign on under a text, as in 承诺书."""

    def __init__(self, typesetter: Typesetter, signature: Signature) -> None:
        super().__init__()
        self._typesetter = typesetter
        self._signature = signature
        self.spaceBefore = SEAL_ROOM

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The title and every line."""
        del height
        count = len(self._signature.lines) + bool(self._signature.title)
        self.width, self.height = width, count * SIGNATURE.leading
        return width, self.height

    def draw(self) -> None:
        """Set the lines."""
        top = self.height
        texts = ((self._signature.title, 0.0),) if self._signature.title else ()
        for text, wanted in (*texts, *((line, self.width * SIGN_FROM) for line in self._signature.lines)):
            line = self._typesetter.line(text, SIGNATURE)
            x = min(wanted, max(0.0, self.width - line.width))
            self._typesetter.draw(self.canv, line, SIGNATURE, x, baseline(SIGNATURE, top), line.width)
            top -= SIGNATURE.leading


class OpinionBlock(Block):
    """A ruled box: whose opinion it is, room to write it, and lines to sign on below."""

    def __init__(self, typesetter: Typesetter, signature: Signature, height: float) -> None:
        super().__init__()
        self._typesetter = typesetter
        self._signature = signature
        self._least = height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Room to write, and every line."""
        del height
        title = self._typesetter.lines(self._signature.title, OPINION_TITLE, LABEL_WIDTH - 2 * PAD_X)
        self._title = title
        written = max(self._least, OPINION_LEAST + len(self._signature.lines) * OPINION_LINE.leading)
        self.width = width
        self.height = max(written, len(title) * OPINION_TITLE.leading + 2 * PAD_X)
        return width, self.height

    def draw(self) -> None:
        """Set the box."""
        canvas, setter = self.canv, self._typesetter
        canvas.saveState()
        canvas.setLineWidth(THIN)
        canvas.line(LABEL_WIDTH, 0, LABEL_WIDTH, self.height)
        canvas.setLineWidth(THICK)
        canvas.rect(0, 0, self.width, self.height)
        canvas.restoreState()
        top = (self.height + len(self._title) * OPINION_TITLE.leading) / 2
        for line in self._title:
            y = baseline(OPINION_TITLE, top)
            setter.draw(canvas, line, OPINION_TITLE, PAD_X, y, LABEL_WIDTH - 2 * PAD_X)
            top -= OPINION_TITLE.leading
        top = 3 * mm + len(self._signature.lines) * OPINION_LINE.leading
        for text in self._signature.lines:
            line = setter.line(text, OPINION_LINE)
            x = LABEL_WIDTH + (self.width - LABEL_WIDTH) * SIGN_FROM
            x = max(LABEL_WIDTH + PAD_X, min(x, self.width - PAD_X - line.width))
            setter.draw(canvas, line, OPINION_LINE, x, baseline(OPINION_LINE, top), line.width)
            top -= OPINION_LINE.leading
