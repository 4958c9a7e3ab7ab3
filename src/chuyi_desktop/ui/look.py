"""Colours and icons that carry meaning: few, drawn, readable in light and dark, never the only sign."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap

from chuyi_desktop.domain.verdict import Outcome

_LIGHTNESS_MIDDLE = 128


class Tone(StrEnum):
    """What a colour means."""

    GOOD = "good"
    BAD = "bad"
    OPEN = "open"
    MUTED = "muted"
    ACCENT = "accent"


_LIGHT = {Tone.GOOD: "#1a7f37", Tone.BAD: "#c62828", Tone.OPEN: "#9a5b00", Tone.ACCENT: "#1f5fa8"}
_DARK = {Tone.GOOD: "#5ccb7f", Tone.BAD: "#ff8a80", Tone.OPEN: "#f0b450", Tone.ACCENT: "#8ab8f0"}

_TONES = {
    Outcome.MET: Tone.GOOD,
    Outcome.UNMET: Tone.BAD,
    Outcome.MISSING: Tone.OPEN,
    Outcome.NOT_APPLICABLE: Tone.MUTED,
}


def is_dark(palette: QPalette) -> bool:
    """Whether the window has light text on a dark ground."""
    return palette.color(QPalette.ColorRole.Base).lightness() < _LIGHTNESS_MIDDLE


def colour(tone: Tone, palette: QPalette) -> QColor:
    """The colour of ``tone`` on the palette's ground."""
    if tone is Tone.MUTED:
        return blended(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base), 0.42)
    return QColor((_DARK if is_dark(palette) else _LIGHT)[tone])


def blended(top: QColor, ground: QColor, share: float) -> QColor:
    """``top`` with ``share`` of ``ground`` in it."""
    keep = 1 - share
    return QColor(
        round(top.red() * keep + ground.red() * share),
        round(top.green() * keep + ground.green() * share),
        round(top.blue() * keep + ground.blue() * share),
    )


def tint(tone: Tone, palette: QPalette) -> QColor:
    """A faint ground in the colour of ``tone``."""
    return blended(colour(tone, palette), palette.color(QPalette.ColorRole.Base), 0.86)


def tone_of(outcome: Outcome) -> Tone:
    """What the colour of an outcome means."""
    return _TONES[outcome]


def outcome_icon(outcome: Outcome, palette: QPalette, size: int = 16, ratio: float = 2.0) -> QIcon:
    """A disc with a tick, a cross, a gap or a bar: told apart without colour."""
    return QIcon(outcome_pixmap(outcome, palette, size, ratio))


def outcome_pixmap(outcome: Outcome, palette: QPalette, size: int = 16, ratio: float = 2.0) -> QPixmap:
    """As ``outcome_icon``, as a picture."""
    pixmap, painter = _canvas(size, ratio)
    ink = colour(tone_of(outcome), palette)
    ground = palette.color(QPalette.ColorRole.Base)
    disc = QRectF(0.07 * size, 0.07 * size, 0.86 * size, 0.86 * size)
    hollow = outcome in {Outcome.MISSING, Outcome.NOT_APPLICABLE}
    painter.setPen(
        QPen(ink, 0.1 * size, Qt.PenStyle.DotLine if outcome is Outcome.MISSING else Qt.PenStyle.SolidLine)
    )
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else ink)
    painter.drawEllipse(disc)
    painter.setPen(
        QPen(ink if hollow else ground, 0.12 * size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    )
    for line in _MARKS[outcome]:
        painter.drawPolyline([QPointF(x * size, y * size) for x, y in line])
    painter.end()
    return pixmap


_MARKS: dict[Outcome, tuple[tuple[tuple[float, float], ...], ...]] = {
    Outcome.MET: (((0.28, 0.52), (0.44, 0.67), (0.72, 0.35)),),
    Outcome.UNMET: (((0.34, 0.34), (0.66, 0.66)), ((0.66, 0.34), (0.34, 0.66))),
    Outcome.MISSING: (),
    Outcome.NOT_APPLICABLE: (((0.32, 0.5), (0.68, 0.5)),),
}


def warning_icon(palette: QPalette, size: int = 16, ratio: float = 2.0) -> QIcon:
    """A triangle with an exclamation mark: this cell was refused."""
    pixmap, painter = _canvas(size, ratio)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(Tone.BAD, palette))
    painter.drawPolygon([QPointF(x * size, y * size) for x, y in ((0.5, 0.08), (0.96, 0.92), (0.04, 0.92))])
    painter.setPen(
        QPen(
            palette.color(QPalette.ColorRole.Base),
            0.11 * size,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
        )
    )
    painter.drawLine(QPointF(0.5 * size, 0.4 * size), QPointF(0.5 * size, 0.6 * size))
    painter.drawPoint(QPointF(0.5 * size, 0.78 * size))
    painter.end()
    return QIcon(pixmap)


def _canvas(size: int, ratio: float) -> tuple[QPixmap, QPainter]:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return pixmap, painter
