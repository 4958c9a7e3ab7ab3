"""The base of everything that flows down a page, and text that flows over pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportlab.platypus import Flowable

from chuyi_desktop.pdf.styles import Style
from chuyi_desktop.pdf.typesetter import Line, Typesetter, baseline

LINES_TOGETHER = 2
"""Lines of a paragraph that stay together at the foot and at the head of a page."""

PageOf = Mapping[str, int]
"""The page on which each anchor stands."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in the dossier that the contents name: ``level`` 0 parts, 1 headings, 1 pieces of evidence."""

    key: str
    title: str
    level: int


@dataclass(slots=True)
class AnchorLog:
    """Where anchors came to stand in this run."""

    pages: dict[str, int] = field(default_factory=dict)


class Block(Flowable):  # type: ignore[misc]  # reportlab carries no types
    """Something that flows. It knows how much of it must stand before the page may end."""

    def opening_height(self, width: float) -> float:
        """The height of the least piece that may stand at the foot of a page."""
        return float(self.wrap(width, 0)[1])


class TextBlock(Block):
    """A paragraph, split between lines, never so that a single line is left alone."""

    def __init__(
        self,
        typesetter: Typesetter,
        text: str,
        style: Style,
        *,
        lines: Sequence[Line] | None = None,
        anchor: tuple[Anchor, AnchorLog] | None = None,
    ) -> None:
        super().__init__()
        self._typesetter = typesetter
        self._text = text
        self._style = style
        self._lines = lines
        self._anchor = anchor
        self.spaceBefore = style.before
        self.spaceAfter = style.after

    def _laid(self, width: float) -> Sequence[Line]:
        if self._lines is None:
            self._lines = self._typesetter.lines(self._text, self._style, width)
        return self._lines

    def opening_height(self, width: float) -> float:
        """The first two lines."""
        return min(len(self._laid(width)), LINES_TOGETHER) * self._style.leading

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """All lines."""
        del height
        self.width = width
        self.height = len(self._laid(width)) * self._style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[TextBlock]:
        """What fits, and the rest."""
        lines = self._laid(width)
        fits = int(height / self._style.leading + 0.001)
        if len(lines) - fits == 1:
            fits -= 1
        if fits < LINES_TOGETHER or fits >= len(lines):
            return []
        head = TextBlock(self._typesetter, "", self._style, lines=lines[:fits], anchor=self._anchor)
        tail = TextBlock(self._typesetter, "", self._style, lines=lines[fits:])
        head.spaceAfter = tail.spaceBefore = 0
        return [head, tail]

    def draw(self) -> None:
        """Set the lines."""
        if self._anchor is not None:
            mark(self, *self._anchor)
        top = self.height
        for line in self._laid(self.width):
            self._typesetter.draw(self.canv, line, self._style, 0, baseline(self._style, top), self.width)
            top -= self._style.leading


def mark(flowable: Flowable, anchor: Anchor, log: AnchorLog) -> None:
    """Note the page of ``anchor``, and make it a bookmark at the flowable's upper edge."""
    canvas = flowable.canv
    log.pages[anchor.key] = canvas.getPageNumber()
    canvas.bookmarkHorizontal(anchor.key, 0, flowable.height)
    if anchor.title:
        canvas.addOutlineEntry(anchor.title, anchor.key, anchor.level, closed=anchor.level > 0)


class Room(Block):
    """Begins a new page where less than ``needed`` is left, so that a heading never ends one."""

    _ZEROSIZE = True

    def __init__(self, needed: float) -> None:
        super().__init__()
        self.needed = needed

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """No height of its own; too little room makes it too high, so that it moves on."""
        return width, 0 if height + 0.01 >= self.needed else height + 1

    def draw(self) -> None:
        """Nothing."""
