"""A grid that works as Excel does: typing replaces, Enter goes down, a block is pasted, Delete clears."""

import csv
import io
from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.grid_model import LARGEST_PASTE, GridModel, Index

_ROW_HEIGHT_OF_TEXT = 1.6
_LONGEST_CLIPBOARD = 5_000_000
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def read_block(text: str) -> list[list[str]]:
    """Lines and cells of a block as Excel and WPS put it on the clipboard; text that is no such block, as
    it stands."""
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    except csv.Error:
        lines = [line.split("\t") for line in text.splitlines()]
    while lines and not any(lines[-1]):
        lines.pop()
    return lines


def write_block(rows: Sequence[Sequence[str]]) -> str:
    """A block for the clipboard, as Excel and WPS read it."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()


def _name(index: Index) -> str:
    """What a screen reader calls the editor of a cell."""
    return str(index.model().index(index.row(), 0).data() or "")


class CellDelegate(QStyledItemDelegate):
    """Editors of cells: a line, or a list to choose from."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A list for choices, else a line."""
        del option
        model = index.model()
        choices = model.choices(index.row(), index.column()) if isinstance(model, GridModel) else None
        if choices is None:
            line = QLineEdit(parent)
            line.setFrame(False)
            line.setAccessibleName(_name(index))
            return line
        box = QComboBox(parent)
        box.addItem(say("ui.grid.yes_no_choose"), "")
        for choice in choices:
            box.addItem(choice, choice)
        box.setAccessibleName(_name(index))
        box.activated.connect(lambda: self._chosen(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start with what there is."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(text)))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed or chosen."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def _chosen(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, QAbstractItemDelegate.EndEditHint.SubmitModelCache)


class GridView(QTableView):
    """A table view over a GridModel."""

    row_shown = Signal(int)
    """The row with the cursor, -1 for none."""

    def __init__(self, model: GridModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = model
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(name)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        height = round(self.fontMetrics().height() * _ROW_HEIGHT_OF_TEXT)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        self.horizontalHeader().setFont(bold)
        self.horizontalHeader().setMinimumHeight(height)
        model.modelReset.connect(lambda: self.row_shown.emit(-1))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell where the cursor is."""
        super().currentChanged(current, previous)
        self.row_shown.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, copy, paste and Delete as in Excel; everything else as usual."""
        deed = self._deed(event)
        if deed is None:
            super().keyPressEvent(event)
        else:
            event.accept()
            deed()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter go down, unless the text was refused; after Escape forget a refusal."""
        super().closeEditor(editor, hint)
        self.setFocus()
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            if not self.grid.is_refused(self.currentIndex()):
                self.go_down()
        elif hint is QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self.grid.let_go(self.currentIndex())

    def go_down(self) -> None:
        """The next fillable cell below, if there is one."""
        current = self.currentIndex()
        for row in range(current.row() + 1, self.grid.rowCount()):
            below = self.grid.index(row, current.column())
            if self.grid.key_at(row, current.column()) is not None:
                self.setCurrentIndex(below)
                return

    def start(self) -> None:
        """Put the cursor on the first fillable cell."""
        for row in range(self.grid.rowCount()):
            for column in range(self.grid.columnCount()):
                if self.grid.key_at(row, column) is not None:
                    self.setCurrentIndex(self.grid.index(row, column))
                    return

    def copy(self) -> None:
        """The selected cells to the clipboard."""
        chosen = self.selectedIndexes()
        if not chosen:
            return
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        block = [[self._copied(row, column) for column in columns] for row in rows]
        QGuiApplication.clipboard().setText(write_block(block))
        self.grid.reported.emit(say("ui.grid.copied", {"count": len(chosen)}))

    def paste(self) -> None:
        """The block on the clipboard, from the selection's upper left cell on."""
        text = QGuiApplication.clipboard().text()
        if len(text) > _LONGEST_CLIPBOARD:
            self.grid.reported.emit(say("ui.grid.paste_too_large", {"limit": LARGEST_PASTE}))
            return
        block = read_block(text)
        chosen = self.selectedIndexes() or [self.currentIndex()]
        if chosen[0].isValid():
            row, column = min(index.row() for index in chosen), min(index.column() for index in chosen)
            self.grid.paste(row, column, block)

    def clear(self) -> None:
        """Empty the selected cells."""
        self.grid.clear((index.row(), index.column()) for index in self.selectedIndexes())

    def _deed(self, event: QKeyEvent) -> Callable[[], None] | None:
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.copy
        if event.matches(QKeySequence.StandardKey.Paste):
            return self.paste
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and not event.modifiers():
            return self.clear
        if event.key() in _ENTER and self.state() is not QAbstractItemView.State.EditingState:
            return self.go_down
        return None

    def _copied(self, row: int, column: int) -> str:
        fillable = self.grid.key_at(row, column) is not None
        return self.grid.edit_text(row, column) if fillable else self.grid.shown(row, column)
