"""The cover, one sheet: programme, title, fields on rules, seals, closing lines."""

from dataclasses import replace

from reportlab.lib.units import mm

from chuyi_desktop.pdf.flowing import Block
from chuyi_desktop.pdf.styles import (
    COVER_CLOSING,
    COVER_LABEL,
    COVER_PROGRAMME,
    COVER_SEAL,
    COVER_TITLE,
    COVER_VALUE,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    Style,
)
from chuyi_desktop.pdf.typesetter import Typesetter, baseline
from chuyi_desktop.report.blocks import Cover

FIELDS_WIDTH = 128 * mm
ROW_MOST = 13 * mm
SEALS_ABOVE = 4 * mm
LABEL_MOST = 8
SHORT_TITLE = 6
"""A title of so few characters is set with spaces between them."""
LEAST_TITLE = 26.0


class CoverBlock(Block):
    """Fills the cover's box exactly."""

    def __init__(self, typesetter: Typesetter, cover: Cover) -> None:
        super().__init__()
        self._typesetter = typesetter
        self._cover = cover

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The whole box."""
        del width, height
        self.width, self.height = TEXT_WIDTH, TEXT_HEIGHT
        return self.width, self.height - 0.1

    def draw(self) -> None:
        """From above: programme and title, fields; from below: closing lines, seals."""
        top = self._centered(self._cover.programme, COVER_PROGRAMME, TEXT_HEIGHT - 6 * mm)
        title = self._fitting_title()
        top = self._centered(title[0], title[1], top - 12 * mm)
        closing = len(self._cover.closing) * COVER_CLOSING.leading
        seals = closing + SEALS_ABOVE + len(self._cover.seals) * COVER_SEAL.leading
        self._fields(top - 8 * mm, seals + 8 * mm)
        self._seals(seals)
        for line in self._cover.closing:
            self._centered(line, COVER_CLOSING, closing)
            closing -= COVER_CLOSING.leading

    def _fitting_title(self) -> tuple[str, Style]:
        title, style = self._cover.title, COVER_TITLE
        if len(title) <= SHORT_TITLE and title.isalpha():
            title = " ".join(title)
        while self._typesetter.width(title, style) > TEXT_WIDTH and style.size > LEAST_TITLE:
            style = replace(style, size=style.size - 2, leading=style.leading - 2.5)
        return title, style

    def _centered(self, text: str, style: Style, top: float) -> float:
        for line in self._typesetter.lines(text, style, TEXT_WIDTH):
            self._typesetter.draw(self.canv, line, style, 0, baseline(style, top), TEXT_WIDTH)
            top -= style.leading
        return top

    def _seals(self, top: float) -> None:
        """Seal places, each a line, from the middle rightwards."""
        for text in self._cover.seals:
            line = self._typesetter.line(text, COVER_SEAL)
            x = min(TEXT_WIDTH * 0.45, max(0.0, TEXT_WIDTH - line.width))
            self._typesetter.draw(self.canv, line, COVER_SEAL, x, baseline(COVER_SEAL, top), line.width)
            top -= COVER_SEAL.leading

    def _fields(self, top: float, low: float) -> None:
        fields = self._cover.fields
        if not fields:
            return
        setter, canvas = self._typesetter, self.canv
        label_style, value_style = COVER_LABEL, COVER_VALUE
        widest = max(setter.width(label, label_style) for label, _ in fields)
        label_width = min(widest, FIELDS_WIDTH * 0.45)
        rule_left = (TEXT_WIDTH - FIELDS_WIDTH) / 2 + label_width + 3 * mm
        rule_width = (TEXT_WIDTH + FIELDS_WIDTH) / 2 - rule_left
        values = [setter.lines(value, value_style, rule_width) for _, value in fields]
        extra = sum(max(len(lines) - 1, 0) * value_style.leading for lines in values)
        row = min(ROW_MOST, (top - low - extra) / len(fields))
        if row < value_style.leading:
            label_style = replace(label_style, size=12, leading=16)
            value_style = replace(value_style, size=12, leading=16)
            values = [setter.lines(value, value_style, rule_width) for _, value in fields]
            extra = sum(max(len(lines) - 1, 0) * value_style.leading for lines in values)
            row = max(min(ROW_MOST, (top - low - extra) / len(fields)), 16)
        slack = (top - low - extra - row * len(fields)) / 2
        y = top - max(slack, 0)
        canvas.setLineWidth(0.7)
        for (label, _), lines in zip(fields, values, strict=True):
            y -= row - value_style.leading
            label_at = rule_left - 3 * mm - label_width
            self._label(label, label_style, label_at, baseline(value_style, y), label_width)
            for line in lines:
                base = baseline(value_style, y)
                setter.draw(canvas, line, value_style, rule_left, base, rule_width)
                canvas.line(rule_left, base - 5, rule_left + rule_width, base - 5)
                y -= value_style.leading

    def _label(self, text: str, style: Style, x: float, y: float, width: float) -> None:
        """A label driven out to the width of the widest, as forms have it."""
        line = self._typesetter.line(text, style)
        short = width - line.width
        count = len(line.text)
        if short > 0 and 1 < count <= LABEL_MOST:
            line = replace(line, stretch=short / (count - 1))
        self._typesetter.draw(self.canv, line, style, x, y, width)
