"""Draws a line of the verdict tree: sign, title over as many lines as it takes, detail, and at the right
how it came out."""

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from chuyi_desktop.ui.grid_model import Index
from chuyi_desktop.ui.look import Tone, blended, colour, outcome_pixmap
from chuyi_desktop.ui.verdict_tree import LINE, Line

_SIGN = 16
_GAP = 6
_ABOVE = 4
_LEAST_WIDTH = 80
# Not TextWrapAnywhere, which would begin lines with ： and ，. Chinese lines end anywhere else anyway.
_WRAP = Qt.TextFlag.TextWordWrap
_TALLEST = 10_000


class RuleDelegate(QStyledItemDelegate):
    """For a tree view over a VerdictTree."""

    def __init__(self, view: QTreeView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the wrapped text at the width the view has."""
        line = index.data(LINE)
        if not isinstance(line, Line):
            return super().sizeHint(option, index)
        width = self._width(index)
        height = 2 * _ABOVE + self._title(line, width).height()
        if line.detail:
            height += self._detail(line, width).height()
        return QSize(_LEAST_WIDTH, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line."""
        line = index.data(LINE)
        if not isinstance(line, Line):
            super().paint(painter, option, index)
            return
        rect: QRect = option.rect
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            ground = palette.color(QPalette.ColorRole.Highlight)
            painter.fillRect(rect, blended(ground, palette.color(QPalette.ColorRole.Base), 0.78))
        elif line.heading:
            painter.fillRect(rect, palette.color(QPalette.ColorRole.AlternateBase))
        self._draw(painter, rect, palette, line)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _draw(self, painter: QPainter, rect: QRect, palette: QPalette, line: Line) -> None:
        left = rect.left() + self._indent(line)
        width = rect.width() - self._indent(line)
        top = rect.top() + _ABOVE
        if line.outcome is not None:
            ratio = self._view.devicePixelRatioF()
            painter.drawPixmap(rect.left() + 2, top + 1, outcome_pixmap(line.outcome, palette, _SIGN, ratio))
        ink = palette.color(QPalette.ColorRole.Text)
        muted = colour(Tone.MUTED, palette)
        title = self._title(line, width).translated(left, top)
        painter.setFont(self._font(line))
        painter.setPen(muted if line.note else ink)
        painter.drawText(title, int(_WRAP), line.title)
        if line.right:
            painter.setPen(colour(line.tone, palette) if line.tone else muted)
            room = QRect(left, top, width - _GAP, QFontMetrics(self._font(line)).height())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line.right)
        if line.detail:
            painter.setFont(self._small())
            painter.setPen(muted)
            detail = self._detail(line, width).translated(left, title.bottom() + 1)
            painter.drawText(detail, int(_WRAP), line.detail)

    def _width(self, index: Index) -> int:
        """What the view leaves for an item's text."""
        depth = 0
        parent = index.parent()
        while parent.isValid():
            depth += 1
            parent = parent.parent()
        line = index.data(LINE)
        indent = self._indent(line) if isinstance(line, Line) else 0
        room = self._view.viewport().width() - self._view.indentation() * (depth + 1) - indent
        return max(_LEAST_WIDTH, room)

    def _title(self, line: Line, width: int) -> QRect:
        metrics = QFontMetrics(self._font(line))
        right = metrics.horizontalAdvance(line.right) + 2 * _GAP if line.right else 0
        room = QRect(0, 0, max(_LEAST_WIDTH, width - right - _GAP), _TALLEST)
        return metrics.boundingRect(room, int(_WRAP), line.title)

    def _detail(self, line: Line, width: int) -> QRect:
        return QFontMetrics(self._small()).boundingRect(
            QRect(0, 0, width - _GAP, _TALLEST), int(_WRAP), line.detail
        )

    def _font(self, line: Line) -> QFont:
        if line.note:
            return self._small()
        font = QFont(self._view.font())
        font.setBold(line.heading)
        return font

    def _small(self) -> QFont:
        font = QFont(self._view.font())
        font.setPointSizeF(font.pointSizeF() * 0.92)
        return font

    @staticmethod
    def _indent(line: Line) -> int:
        return _SIGN + _GAP + 2 if line.outcome is not None else 2
