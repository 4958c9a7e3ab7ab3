"""目录: titles, dot leaders and page numbers, each a link to its page."""

from dataclasses import replace

from chuyi_desktop.pdf.flowing import Anchor, Block
from chuyi_desktop.pdf.styles import (
    CONTENTS_PART,
    CONTENTS_SECTION,
    LONG_CONTENTS_PART,
    LONG_CONTENTS_SECTION,
)
from chuyi_desktop.pdf.typesetter import Line, Typesetter, baseline

GAP = 4.0
LONG = 23
"""Entries from which on the contents are set smaller, so that they stay within a sheet or two."""


class ContentsLine(Block):
    """One entry; a long title takes several lines, the number stands after the last."""

    def __init__(self, typesetter: Typesetter, anchor: Anchor, page: int | None, *, small: bool) -> None:
        super().__init__()
        self._typesetter = typesetter
        self._anchor = anchor
        self._page = "" if page is None else str(page)
        part, section = (
            (LONG_CONTENTS_PART, LONG_CONTENTS_SECTION) if small else (CONTENTS_PART, CONTENTS_SECTION)
        )
        style = section if anchor.level else part
        self._number = replace(section, indent=0)
        self._left = style.indent * style.size
        self._style = replace(style, indent=0)

    def _lines(self, width: float) -> tuple[Line, ...]:
        return self._typesetter.lines(
            self._anchor.title, self._style, width - self._left - 4 * self._style.size
        )

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As high as the title."""
        del height
        self.width, self.height = width, len(self._lines(width)) * self._style.leading
        return width, self.height

    def draw(self) -> None:
        """Title, leader, number, link."""
        canvas, setter, style = self.canv, self._typesetter, self._style
        lines, top = self._lines(self.width), self.height
        for line in lines:
            setter.draw(canvas, line, style, self._left, baseline(style, top), self.width)
            top -= style.leading
        base = baseline(style, style.leading)
        number = setter.line(self._page, self._number)
        setter.draw(canvas, number, self._number, self.width - number.width, base, number.width)
        start = self._left + lines[-1].width + GAP
        end = self.width - number.width - GAP
        canvas.saveState()
        canvas.setLineWidth(1.1)
        canvas.setLineCap(1)
        canvas.setDash([0.01, 4])
        if end > start:
            # From the right, so that the dots of all lines stand under each other.
            canvas.line(self.width - 2.2 * style.size, base + 2.5, start, base + 2.5)
        canvas.restoreState()
        canvas.linkRect("", self._anchor.key, (0, 0, self.width, self.height), relative=1, thickness=0)
