"""A table of sentences: lines, some with lines below, wrapped as wide as the page is."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from chuyi_desktop.ui.look import Tone, colour

THING = Qt.ItemDataRole.UserRole
"""The role under which a line keeps what it is about."""
_PADDING = 10
_MARGINS = 6
"""Of a cell's text, left and right together."""


class _Wrapped(QStyledItemDelegate):
    """A line is as high as its longest cell takes at the width it has."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The size of the cell's text, wrapped."""
        size = super().sizeHint(option, index)
        view = self.parent()
        if not isinstance(view, QTreeWidget):
            return size
        width = view.columnWidth(index.column())
        if index.column() == 0:
            depth = 1 if index.parent().isValid() else 0
            width -= view.indentation() * (depth + int(view.rootIsDecorated()))
        document = QTextDocument(str(index.data() or ""))
        document.setDefaultFont(view.font())
        document.setDocumentMargin(0)
        document.setTextWidth(max(width - _MARGINS, _PADDING))
        return QSize(size.width(), max(size.height(), int(document.size().height())) + _PADDING // 2)


class ToldTree(QTreeWidget):
    """Lines of text in columns; the first stretches unless ``stretched`` names another."""

    wanted = Signal(object)
    """The thing of a line was asked for, by a double click or Enter."""

    def __init__(self, name: str, columns: Sequence[str], parent: QWidget, *, stretched: int = 0) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setColumnCount(len(columns))
        self.setHeaderLabels(list(columns))
        self.setHeaderHidden(len(columns) == 1)
        self.setAlternatingRowColors(True)
        self.setWordWrap(True)
        self.setUniformRowHeights(False)
        self.setItemDelegate(_Wrapped(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setStretchLastSection(False)
        for at in range(len(columns)):
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(at, mode.Stretch if at == stretched else mode.ResizeToContents)
        header.sectionResized.connect(lambda *_: self.scheduleDelayedItemsLayout())
        self.itemActivated.connect(self._activated)

    def start(self, *, decorated: bool = False) -> None:
        """Forget what is shown; ``decorated`` where lines have lines below."""
        self.clear()
        self.setRootIsDecorated(decorated)

    def line(
        self,
        cells: Sequence[str],
        thing: object = None,
        *,
        below: QTreeWidgetItem | None = None,
        tone: Tone | None = None,
        strong: bool = False,
    ) -> QTreeWidgetItem:
        """Another line, at the end or ``below`` one. ``tone`` is that of its last cell."""
        item = QTreeWidgetItem(below if below is not None else self, list(cells))
        item.setData(0, THING, thing)
        for at, text in enumerate(cells):
            item.setTextAlignment(at, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            item.setToolTip(at, text)
        if tone is not None:
            item.setForeground(len(cells) - 1, colour(tone, self.palette()))
        if strong:
            font = self.font()
            font.setBold(True)
            item.setFont(0, font)
        return item

    def chosen(self) -> object:
        """The thing of the current line, or of the one it stands below."""
        item = self.currentItem()
        while item is not None:
            thing = item.data(0, THING)
            if thing is not None:
                return thing
            item = item.parent()
        return None

    def _activated(self, item: QTreeWidgetItem) -> None:
        thing = item.data(0, THING)
        if thing is not None:
            self.wanted.emit(thing)
