"""The mark of a draft: outlines, so that it never gets into text taken from the file."""

import math
from pathlib import Path
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from reportlab.lib.pagesizes import A4

FORM = "Watermark"
ANGLE = 55
GREY = 0.45
OPACITY = 0.16


class _PathPen(BasePen):  # type: ignore[misc]  # fontTools carries no types
    def __init__(self, glyphs: Any, path: Any, scale: float, left: float) -> None:  # noqa: ANN401  (no types)
        super().__init__(glyphs)
        self._path = path
        self._scale = scale
        self._left = left

    def _at(self, point: tuple[float, float]) -> tuple[float, float]:
        return self._left + point[0] * self._scale, point[1] * self._scale

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802  (fontTools' name)
        self._path.moveTo(*self._at(pt))

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802  (fontTools' name)
        self._path.lineTo(*self._at(pt))

    def _curveToOne(  # noqa: N802  (fontTools' name)
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self._path.curveTo(*self._at(pt1), *self._at(pt2), *self._at(pt3))

    def _closePath(self) -> None:  # noqa: N802  (fontTools' name)
        self._path.close()


class Watermark:
    """A text across the sheet, drawn once and shown on every page."""

    def __init__(self, text: str, font: Path) -> None:
        self._text = text
        self._font = font

    def define(self, canvas: Any) -> None:  # noqa: ANN401  (reportlab has no types)
        """Draw the outlines into the document, before its first page."""
        width, height = A4
        reach = math.hypot(width, height)
        canvas.beginForm(FORM, -reach, -reach, reach, reach)
        canvas.setFillGray(GREY)
        with TTFont(self._font, lazy=True) as font:
            glyphs, cmap, em = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
            names = [cmap[ord(char)] for char in self._text if ord(char) in cmap]
            advance = sum(glyphs[name].width for name in names) / em
            size = min(150.0, 0.8 * reach / max(advance, 1))
            path, left = canvas.beginPath(), -advance * size / 2
            for name in names:
                glyphs[name].draw(_PathPen(glyphs, path, size / em, left))
                left += glyphs[name].width * size / em
        canvas.translate(0, -0.38 * size)
        canvas.drawPath(path, stroke=0, fill=1, fillMode=1)
        canvas.endForm()

    def draw(self, canvas: Any, *, turned: bool) -> None:  # noqa: ANN401  (as above)
        """Show it on the page; a turned sheet is read from its side, and so is the mark."""
        canvas.saveState()
        canvas.translate(A4[0] / 2, A4[1] / 2)
        # Along the diagonal as one reads the sheet.
        canvas.rotate(180 - ANGLE if turned else ANGLE)
        canvas.setFillAlpha(OPACITY)
        canvas.doForm(FORM)
        canvas.restoreState()
