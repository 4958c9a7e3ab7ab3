"""One page of evidence in the dossier: a frame, a stamp above it, and where its content goes."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportlab.lib.units import mm

from chuyi_desktop.domain.wording import say
from chuyi_desktop.pdf.evidence import Piece
from chuyi_desktop.pdf.flowing import Anchor, AnchorLog, Block, mark
from chuyi_desktop.pdf.grid import THIN
from chuyi_desktop.pdf.sheet import Kind, to_sheet
from chuyi_desktop.pdf.styles import BODY, CONTENTS_PART, STAMP, STAMP_NAME, Side, Style
from chuyi_desktop.pdf.typesetter import Typesetter, baseline

STAMP_HEIGHT = 7 * mm
INSET = 1.5 * mm
"""Between the frame and the content."""

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Placement:
    """Page ``index`` of a piece goes onto dossier page ``page``: ``matrix`` takes the content, drawn
    upright in a box of its own size from the origin, to its place on the sheet."""

    piece: Piece
    index: int
    page: int
    matrix: Matrix


@dataclass(slots=True)
class PlacementLog:
    """Every placement of a run."""

    placements: list[Placement] = field(default_factory=list)


def kind_of(size: tuple[float, float]) -> Kind:
    """The sheet for content of this size: a wide one lies on its side."""
    return Kind.EVIDENCE_WIDE if size[0] > size[1] * 1.05 else Kind.EVIDENCE


class EvidenceLeaf(Block):
    """Fills the box of an evidence sheet."""

    def __init__(
        self, typesetter: Typesetter, piece: Piece, index: int, anchors: AnchorLog, placements: PlacementLog
    ) -> None:
        super().__init__()
        self._typesetter = typesetter
        self._piece = piece
        self._index = index
        self._anchors = anchors
        self._placements = placements
        self.kind = kind_of(piece.sizes[index])
        self.opens: Anchor | None = None
        """The part of the dossier that begins on this sheet."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The whole box."""
        del width, height
        self.width, self.height = self.kind.box
        return self.width, self.height - 0.1

    def draw(self) -> None:
        """Stamp and frame; note where the content goes."""
        piece = self._piece.piece
        if self.opens is not None:
            mark(self, self.opens, self._anchors)
        if self._index == 0:
            title = say("pdf.evidence.bookmark", {"number": piece.number, "name": piece.name})
            mark(self, Anchor(self._piece.anchor, title, 1), self._anchors)
        self._stamp()
        canvas = self.canv
        canvas.saveState()
        canvas.setLineWidth(THIN)
        frame_height = self.height - STAMP_HEIGHT
        canvas.rect(0, 0, self.width, frame_height)
        canvas.restoreState()
        if self._piece.source is None:
            self._say_why(frame_height)
        else:
            self._place(frame_height)

    def _stamp(self) -> None:
        setter, piece = self._typesetter, self._piece.piece
        base = baseline(STAMP, self.height - (STAMP_HEIGHT - STAMP.leading) / 2)
        number = setter.line(say("pdf.evidence.stamp", {"number": piece.number}), STAMP)
        pages = say("pdf.evidence.stamp_page", {"page": self._index + 1, "pages": self._piece.pages})
        page = setter.line(pages, STAMP_NAME)
        setter.draw(self.canv, number, STAMP, 0, base, number.width)
        left = number.width + 2 * STAMP.size
        room = self.width - page.width - 2 * STAMP.size - left
        names = setter.lines(piece.name, STAMP_NAME, room - STAMP.size)
        name = names[0] if len(names) == 1 else setter.line(names[0].text + "…", STAMP_NAME)
        setter.draw(self.canv, name, STAMP_NAME, left, base, room)
        setter.draw(self.canv, page, STAMP_NAME, self.width - page.width, base, page.width)

    def _place(self, frame_height: float) -> None:
        width, height = self._piece.sizes[self._index]
        room_x, room_y = self.width - 2 * INSET, frame_height - 2 * INSET
        scale = min(1.0, room_x / width, room_y / height)
        x, y = (self.width - width * scale) / 2, (frame_height - height * scale) / 2
        page = self.canv.getPageNumber()
        a, b, c, d, _, _ = self.kind.transform(page)
        at = to_sheet(self.kind, page, x, y)
        matrix = (a * scale, b * scale, c * scale, d * scale, *at)
        self._placements.placements.append(Placement(self._piece, self._index, page, matrix))

    def _say_why(self, frame_height: float) -> None:
        texts: list[tuple[str, Style]] = [
            (say("pdf.evidence.not_placed"), Style(CONTENTS_PART.face, BODY.size, BODY.leading, Side.CENTER)),
            (self._piece.piece.name, Style(BODY.face, BODY.size, BODY.leading, Side.CENTER)),
            (
                say("pdf.evidence.reason", {"reason": self._piece.reason}),
                Style(BODY.face, BODY.size, BODY.leading, Side.CENTER),
            ),
            (say("pdf.evidence.attach_paper"), Style(BODY.face, 12, 22, Side.CENTER)),
        ]
        top = frame_height * 0.62
        for text, style in texts:
            for line in self._typesetter.lines(text, style, self.width - 30 * mm):
                y = baseline(style, top)
                self._typesetter.draw(self.canv, line, style, 15 * mm, y, self.width - 30 * mm)
                top -= style.leading
