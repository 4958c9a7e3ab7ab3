"""The sheet: margins by GB/T 9704-2012 mirrored for binding, page numbers, footer, and turned sheets."""

from enum import StrEnum
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Frame, PageTemplate

from chuyi_desktop.pdf.styles import FOOTER, PAGE_NUMBER, TEXT_HEIGHT, TEXT_WIDTH
from chuyi_desktop.pdf.typesetter import Typesetter, baseline
from chuyi_desktop.pdf.watermark import Watermark

SHEET_WIDTH: float = A4[0]
SHEET_HEIGHT: float = A4[1]
TOP = 37 * mm
BINDING = 28 * mm
OUTER = SHEET_WIDTH - BINDING - TEXT_WIDTH
BOTTOM = SHEET_HEIGHT - TOP - TEXT_HEIGHT
NUMBER_BELOW = 7 * mm
"""From the lower edge of the text to the page number."""
FOOTER_AT = 16 * mm

EVIDENCE_WIDTH = 170 * mm
EVIDENCE_HEIGHT = 250 * mm
EVIDENCE_BINDING = 25 * mm
EVIDENCE_TOP = SHEET_HEIGHT - BOTTOM - EVIDENCE_HEIGHT


class Kind(StrEnum):
    """What a sheet is for. Wide ones lie on their side: the top is at the sheet's left, so that the page
    number stands where it stands on every other sheet (GB/T 9704-2012, 8)."""

    TEXT = "text"
    WIDE = "wide"
    COVER = "cover"
    EVIDENCE = "evidence"
    EVIDENCE_WIDE = "evidence_wide"

    @property
    def wide(self) -> bool:
        """Whether it lies on its side."""
        return self in {Kind.WIDE, Kind.EVIDENCE_WIDE}

    @property
    def box(self) -> tuple[float, float]:
        """Width and height of what is on it, as one reads it."""
        if self in {Kind.EVIDENCE, Kind.EVIDENCE_WIDE}:
            box = (EVIDENCE_WIDTH, EVIDENCE_HEIGHT)
        else:
            box = (TEXT_WIDTH, TEXT_HEIGHT)
        return (box[1], box[0]) if self.wide else box

    def left(self, page: int) -> float:
        """The sheet's margin left of the box: the binding on odd pages, the outer edge on even ones."""
        evidence = self in {Kind.EVIDENCE, Kind.EVIDENCE_WIDE}
        width: float = EVIDENCE_WIDTH if evidence else TEXT_WIDTH
        binding: float = EVIDENCE_BINDING if evidence else BINDING
        return binding if page % 2 else SHEET_WIDTH - binding - width

    def transform(self, page: int) -> tuple[float, float, float, float, float, float]:
        """The matrix from the box, its origin lower left as one reads it, to the sheet."""
        if self.wide:
            return 0, 1, -1, 0, self.left(page) + self.box[1], BOTTOM
        return 1, 0, 0, 1, self.left(page), BOTTOM


def to_sheet(kind: Kind, page: int, x: float, y: float) -> tuple[float, float]:
    """A point of the box on the sheet."""
    a, b, c, d, e, f = kind.transform(page)
    return a * x + c * y + e, b * x + d * y + f


class Furniture:
    """What stands on sheets besides their content."""

    def __init__(self, typesetter: Typesetter, watermark: Watermark | None, footer: str) -> None:
        self._typesetter = typesetter
        self._watermark = watermark
        self._footer = footer

    def begin(self, canvas: Any, kind: Kind, page: int) -> None:  # noqa: ANN401  (reportlab has no types)
        """The watermark, behind all else; then turn the paper for the content."""
        if self._watermark is not None:
            self._watermark.draw(canvas, turned=kind.wide)
        canvas.saveState()
        canvas.transform(*kind.transform(page))

    def end(self, canvas: Any, kind: Kind, page: int) -> None:  # noqa: ANN401  (as above)
        """Page number and footer; last, so that they follow the text when it is read out or copied."""
        canvas.restoreState()
        if kind is not Kind.COVER:
            self._number(canvas, page)
            if kind in {Kind.TEXT, Kind.WIDE} and self._footer:
                self._draw_footer(canvas, page)

    def _number(self, canvas: Any, page: int) -> None:  # noqa: ANN401  (as above)
        line = self._typesetter.line(f"— {page} —", PAGE_NUMBER)
        left = BINDING if page % 2 else OUTER
        one = PAGE_NUMBER.size
        x = left + TEXT_WIDTH - one - line.width if page % 2 else left + one
        self._typesetter.draw(canvas, line, PAGE_NUMBER, x, BOTTOM - NUMBER_BELOW - 0.38 * one, line.width)

    def _draw_footer(self, canvas: Any, page: int) -> None:  # noqa: ANN401  (as above)
        left = BINDING if page % 2 else OUTER
        top = FOOTER_AT
        for line in self._typesetter.lines(self._footer, FOOTER, TEXT_WIDTH):
            self._typesetter.draw(canvas, line, FOOTER, left, baseline(FOOTER, top), TEXT_WIDTH)
            top -= FOOTER.leading


class SheetTemplate(PageTemplate):  # type: ignore[misc]  # reportlab carries no types
    """The page template of one kind of sheet."""

    def __init__(self, kind: Kind, furniture: Furniture) -> None:
        width, height = kind.box
        frame = Frame(0, 0, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

        # reportlab takes the paper of a turned page as it is read.
        paper = (SHEET_HEIGHT, SHEET_WIDTH) if kind.wide else A4

        super().__init__(
            id=kind.value,
            frames=[frame],
            pagesize=paper,
            onPage=lambda canvas, document: furniture.begin(canvas, kind, document.page),
            onPageEnd=lambda canvas, document: furniture.end(canvas, kind, document.page),
        )
        # Turned for the reader; on paper it lies as every other sheet does.
        self.rotation = 90 if kind.wide else 0
