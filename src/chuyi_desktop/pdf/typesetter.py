"""Text to lines of glyphs, and lines onto the canvas."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol

from chuyi_desktop.pdf.faces import Face, Faces, Glyph, settable
from chuyi_desktop.pdf.line_breaking import break_lines
from chuyi_desktop.pdf.squeezing import SQUEEZE, squeezes
from chuyi_desktop.pdf.styles import Side, Style

MAX_STRETCH = 0.12
"""The most a line is driven out, in ems a gap; beyond it stays short."""


class Canvas(Protocol):
    """What is used of reportlab's canvas to set text."""

    def beginText(self, x: float, y: float) -> "TextObject":  # noqa: N802  (reportlab's name)
        """Text from a point on."""

    def drawText(self, text: "TextObject") -> None:  # noqa: N802  (reportlab's name)
        """Put text on the page."""


class TextObject(Protocol):
    """What is used of reportlab's text object."""

    def setFont(self, name: str, size: float) -> None:  # noqa: N802  (reportlab's name)
        """Which face follows."""

    def setCharSpace(self, space: float) -> None:  # noqa: N802  (reportlab's name)
        """Space after each character."""

    def textOut(self, text: str) -> None:  # noqa: N802  (reportlab's name)
        """Set text at the current point."""


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: runs of one face each, its natural ``width`` and how far it begins from the left."""

    runs: tuple[tuple[Face, str], ...]
    width: float
    indent: float = 0
    stretch: float = 0
    """Space added after each character to fill the measure."""
    squeezed: frozenset[int] = frozenset()
    """Which characters stand half an em closer to the next one."""

    @property
    def text(self) -> str:
        """What is printed."""
        return "".join(text for _, text in self.runs)


class Typesetter:
    """Sets text in the faces and gathers the characters no face has."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self._set: dict[tuple[str, Style, float], tuple[Line, ...]] = {}
        self.lost: dict[str, str] = {}
        """Characters without a glyph, and the text each was first met in."""

    def lines(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """``text`` in lines at most ``width`` wide; a newline begins another paragraph."""
        key = (text, style, width)
        if key not in self._set:
            paragraphs = text.replace("\r\n", "\n").split("\n")
            self._set[key] = tuple(line for one in paragraphs for line in self._paragraph(one, style, width))
        return self._set[key]

    def line(self, text: str, style: Style) -> Line:
        """``text`` in one line, however long."""
        return self.lines(text.replace("\n", " "), replace(style, indent=0, balanced=False), math.inf)[0]

    def width(self, text: str, style: Style) -> float:
        """How wide ``text`` is in one line."""
        return self.line(text, style).width

    def _paragraph(self, raw: str, style: Style, width: float) -> list[Line]:
        text = settable(raw).strip("\u3000 ") if style.indent else settable(raw).rstrip()
        glyphs = list(self._faces.glyphs(text, style.face))
        for char, glyph in zip(text, glyphs, strict=True):
            if glyph.char != char:
                self.lost.setdefault(char, text)
        squeezed = squeezes([(glyph.char, glyph.width) for glyph in glyphs])
        widths = [glyph.width * style.size for glyph in glyphs]
        for index in squeezed:
            widths[index] -= SQUEEZE * style.size
        indent = style.indent * style.size
        spans = break_lines(text, widths, max(width - indent, style.size), width)
        if style.balanced and len(spans) > 1:
            even = sum(widths) / len(spans) + style.size
            closer = break_lines(text, widths, even, even)
            spans = closer if len(closer) == len(spans) and even < width else spans
        lines = []
        for number, (start, end) in enumerate(spans):
            natural = sum(widths[start:end])
            inset = indent if number == 0 else 0.0
            gap = 0.0
            if style.side is Side.JUSTIFY and number < len(spans) - 1 and end - start > 1:
                gap = (width - inset - natural) / (end - start - 1)
                gap = gap if 0 < gap <= MAX_STRETCH * style.size else 0.0
            near = frozenset(index - start for index in squeezed if start <= index < end)
            lines.append(Line(_runs(glyphs[start:end]), natural, inset, gap, near))
        return lines

    def draw(self, canvas: Canvas, line: Line, style: Style, x: float, y: float, width: float) -> None:
        """Set ``line`` with its baseline at ``y`` in the measure from ``x``, ``width`` wide."""
        if not line.runs:
            return
        room = width - line.width
        left = {Side.CENTER: room / 2, Side.RIGHT: room}.get(style.side, line.indent)
        text = canvas.beginText(x + left, y)
        at = 0
        for face, chars in line.runs:
            text.setFont(face, style.size)
            for closer, some in groupby(range(at, at + len(chars)), line.squeezed.__contains__):
                text.setCharSpace(line.stretch - (SQUEEZE * style.size if closer else 0))
                text.textOut("".join(chars[index - at] for index in some))
            at += len(chars)
        canvas.drawText(text)


def _runs(glyphs: Sequence[Glyph]) -> tuple[tuple[Face, str], ...]:
    return tuple(
        (face, "".join(glyph.char for glyph in run))
        for face, run in groupby(glyphs, lambda glyph: glyph.face)
    )


def baseline(style: Style, top: float) -> float:
    """The baseline of a line whose box begins at ``top``: Chinese characters stand in the box's middle."""
    return top - style.leading / 2 - 0.38 * style.size
