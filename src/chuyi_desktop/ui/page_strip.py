"""Pages of a printed file one under the other, as wide as the window, drawn when they come into sight."""

from collections import OrderedDict

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from chuyi_desktop.app.ports import PageImage
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.look import blended

_GAP = 12
_WIDEST = 1100
_A4 = 297 / 210
_KEPT = 24
"""Page images kept; more would cost memory for pages nobody looks at."""


class PageStrip(QAbstractScrollArea):
    """Asks by ``wanted`` for pages it needs, and is given them by ``put``."""

    wanted = Signal(int, int)
    """A page (from 0) and how many pixels wide."""
    moved = Signal(int)
    """The page in sight, from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shapes: list[float] = []
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._asked: dict[int, int] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("ui.preview"))
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._scrolled())

    def show_pages(self, count: int) -> None:
        """Another file of ``count`` pages; the place in it is kept."""
        self._shapes = [_A4] * count
        self._images.clear()
        self._asked.clear()
        self._measure()
        self.viewport().update()

    def put(self, number: int, page: PageImage) -> None:
        """The image of a page."""
        if number >= len(self._shapes):
            return
        form = QImage.Format.Format_RGB888
        image = QImage(page.pixels, page.width, page.height, page.width * 3, form).copy()
        self._images[number] = image
        self._images.move_to_end(number)
        while len(self._images) > _KEPT:
            gone, _ = self._images.popitem(last=False)
            self._asked.pop(gone, None)
        shape = page.height / max(1, page.width)
        if abs(shape - self._shapes[number]) > 1 / page.height:
            self._shapes[number] = shape
            self._measure()
        self.viewport().update()

    @property
    def page_in_sight(self) -> int:
        """The page across the middle of the view, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        for number, area in enumerate(self._areas()):
            if area.bottom() + _GAP >= middle:
                return number
        return max(0, len(self._shapes) - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight; ask for what is missing."""
        del event
        painter = QPainter(self.viewport())
        window, dark = self.palette().window().color(), self.palette().dark().color()
        painter.fillRect(self.viewport().rect(), blended(dark, window, 0.5))
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        for number, area in enumerate(self._areas()):
            if area.bottom() < top - height or area.top() > top + 2 * height:
                continue
            self._draw(painter, number, area.translated(0, -top))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the width."""
        super().resizeEvent(event)
        self._measure()

    def _draw(self, painter: QPainter, number: int, area: QRect) -> None:
        width = round(area.width() * self.devicePixelRatioF())
        if self._asked.get(number) != width:
            self._asked[number] = width
            self.wanted.emit(number, width)
        if not area.intersects(self.viewport().rect()):
            return
        image = self._images.get(number)
        painter.fillRect(area, Qt.GlobalColor.white)
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(area, image)
        else:
            painter.setPen(Qt.GlobalColor.gray)
            painter.drawText(
                area, Qt.AlignmentFlag.AlignCenter, say("ui.preview.loading", {"page": number + 1})
            )

    def _areas(self) -> list[QRect]:
        width = min(_WIDEST, self.viewport().width() - 2 * _GAP)
        left = (self.viewport().width() - width) // 2
        areas = []
        top = _GAP
        for shape in self._shapes:
            height = round(width * shape)
            areas.append(QRect(left, top, width, height))
            top += height + _GAP
        return areas

    def _measure(self) -> None:
        areas = self._areas()
        whole = areas[-1].bottom() + _GAP if areas else 0
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(max(20, self.viewport().height() // 12))
        bar.setRange(0, max(0, whole - self.viewport().height()))
        self._scrolled()

    def _scrolled(self) -> None:
        self.viewport().update()
        self.moved.emit(self.page_in_sight)
