"""A grid that is filled in by typing: what all grids of the window share."""

from abc import abstractmethod
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication

from chuyi_desktop.app.changes import Changed, Plan
from chuyi_desktop.domain.assessment import Change
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.look import Tone, colour, warning_icon

Index = QModelIndex | QPersistentModelIndex
Position = tuple[int, int]
"""Row and column of a grid."""
LARGEST_PASTE = 20_000
"""Cells one paste may bring; more is for the Excel import, which reports cell by cell."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A text that was not taken: what was typed and why not."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class CellPlan:
    """What typing texts into cells would do: changes, and what was found about single cells, by their keys.
    A refused cell keeps what it has; a note says what was made of a text, such as a conversion."""

    changes: tuple[Change, ...]
    refused: Mapping[Hashable, Refusal]
    noted: Mapping[Hashable, str]
    skipped: int = 0
    """Texts that had no cell to go to."""

    def accepted(self, given: int) -> int:
        """How many of ``given`` texts found a cell and were taken."""
        return given - self.skipped - len(self.refused)

    @property
    def sentence(self) -> str:
        """What to say about it: a reason, else a note, else nothing."""
        reasons = [refusal.reason for refusal in self.refused.values()]
        return next(iter([*reasons, *self.noted.values()]), "")


class GridModel(QAbstractTableModel):
    """Rows and columns over the open session. A refused text changes nothing; its cell says why until it is
    typed anew or let go."""

    reported = Signal(str)
    """A sentence about what was just typed; empty to take the last one back."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.refusals: dict[Hashable, Refusal] = {}
        self.notes: dict[Hashable, str] = {}
        desk.changed.connect(self._changed)
        desk.cleared.connect(self._forget)

    # What a grid says about itself

    @abstractmethod
    def key_at(self, row: int, column: int) -> Hashable | None:
        """What is filled in at a cell; None where nothing can be."""

    @abstractmethod
    def plan(self, texts: Mapping[Position, str]) -> CellPlan:
        """What typing ``texts`` would do."""

    @abstractmethod
    def label(self, texts: Mapping[Position, str]) -> str:
        """The name of that deed."""

    @abstractmethod
    def shown(self, row: int, column: int) -> str:
        """What a cell shows."""

    @abstractmethod
    def edit_text(self, row: int, column: int) -> str:
        """What an editor of a cell starts with."""

    def choices(self, row: int, column: int) -> Sequence[str] | None:
        """The texts to choose from; None where a text is typed."""
        del row, column
        return None

    def is_number(self, row: int, column: int) -> bool:
        """Whether a cell is set to the right."""
        del row, column
        return False

    def tone(self, row: int, column: int) -> Tone | None:
        """A colour with a meaning for a cell's text."""
        del row, column
        return None

    def tip(self, row: int, column: int) -> str:
        """What hovering over a cell says."""
        del row, column
        return ""

    @abstractmethod
    def refresh(self, changed: Changed) -> None:
        """Show what is different after ``changed``."""

    @abstractmethod
    def drop(self) -> None:
        """Show nothing: what was shown belongs to a session that is closed."""

    # Qt's side

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What Qt asks about a cell."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.shown(row, column)
            case Qt.ItemDataRole.EditRole:
                refusal = self.refusals.get(self.key_at(row, column))
                return refusal.text if refusal is not None else self.edit_text(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = (
                    Qt.AlignmentFlag.AlignRight if self.is_number(row, column) else Qt.AlignmentFlag.AlignLeft
                )
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ForegroundRole:
                tone = self.tone(row, column)
                return None if tone is None else colour(tone, QGuiApplication.palette())
            case Qt.ItemDataRole.DecorationRole:
                refused = self.refusals.get(self.key_at(row, column))
                return None if refused is None else warning_icon(QGuiApplication.palette())
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return self.told(row, column) or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Fillable cells can be edited, unless the workspace is read only."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        fillable = index.isValid() and self.key_at(index.row(), index.column()) is not None
        return flags | Qt.ItemFlag.ItemIsEditable if fillable and self.desk.writable else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a typed text; False where it was refused."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        row, column = index.row(), index.column()
        key, text = self.key_at(row, column), str(value)
        if key is None or (key not in self.refusals and text == self.edit_text(row, column)):
            return key is not None
        plan = self.type({(row, column): text})
        if plan is None:
            return False
        self.reported.emit(plan.sentence)
        return not plan.refused

    # Deeds

    def type(self, texts: Mapping[Position, str], label: str = "") -> CellPlan | None:
        """Make what can be taken of ``texts`` as one deed; None where it could not be saved."""
        if not self.desk.writable:
            self.reported.emit(say("ui.grid.read_only"))
            return None
        plan = self.plan(texts)
        touched = {key for row, column in texts if (key := self.key_at(row, column)) is not None}
        if plan.changes and not self.desk.make(plan.changes, label or self.label(texts)):
            return None
        for key in touched:
            self.refusals.pop(key, None)
            self.notes.pop(key, None)
        self.refusals |= plan.refused
        self.notes |= plan.noted
        self._repaint()
        return plan

    def cell_by_cell(
        self, texts: Mapping[Position, str], planned: Callable[[int, int, str], Plan]
    ) -> CellPlan:
        """What ``planned`` says of every cell, each by itself: a refused one does not stop the others."""
        changes: list[Change] = []
        refused: dict[Hashable, Refusal] = {}
        noted: dict[Hashable, str] = {}
        skipped = 0
        for (row, column), text in texts.items():
            key = self.key_at(row, column)
            if key is None:
                skipped += 1
                continue
            plan = planned(row, column, text)
            changes += plan.changes
            for problem in plan.problems:
                if problem.severity is Severity.ERROR:
                    refused[key] = Refusal(text, problem.sentence)
                else:
                    noted[key] = problem.sentence
        return CellPlan(tuple(changes), refused, noted, skipped)

    def paste(self, row: int, column: int, block: Sequence[Sequence[str]]) -> CellPlan | None:
        """Type a block of texts with its upper left corner at a cell, as one deed."""
        given = sum(len(line) for line in block)
        if not given:
            self.reported.emit(say("ui.grid.paste_empty"))
            return None
        if given > LARGEST_PASTE:
            self.reported.emit(say("ui.grid.paste_too_large", {"limit": LARGEST_PASTE}))
            return None
        texts = {
            (row + down, column + right): text
            for down, line in enumerate(block)
            for right, text in enumerate(line)
        }
        plan = self.type(texts, say("ui.edit.paste"))
        if plan is not None:
            self.reported.emit(_pasted(plan, given))
        return plan

    def clear(self, cells: Iterable[Position]) -> None:
        """Empty cells, as one deed."""
        fillable = [cell for cell in cells if self.key_at(*cell) is not None]
        if not fillable:
            self.reported.emit(say("ui.grid.not_editable"))
        elif self.type(dict.fromkeys(fillable, ""), say("ui.edit.clear")) is not None:
            self.reported.emit(say("ui.grid.cleared", {"count": len(fillable)}))

    def let_go(self, index: Index) -> None:
        """Forget a refused text: its cell is as before."""
        if self.refusals.pop(self.key_at(index.row(), index.column()), None) is not None:
            self.reported.emit("")
            self._repaint()

    def is_refused(self, index: Index) -> bool:
        """Whether the last text typed into a cell was refused."""
        return self.key_at(index.row(), index.column()) in self.refusals

    def told(self, row: int, column: int) -> str:
        """All there is to say about a cell beside its value."""
        key = self.key_at(row, column)
        if key in self.refusals:
            return say("ui.grid.state.refused", {"problem": self.refusals[key].reason})
        return self.notes.get(key, "") or self.tip(row, column)

    def _changed(self, changed: Changed) -> None:
        # What was told about a value holds only as long as the value.
        for place in changed.fields:
            self.notes.pop(place, None)
        self.refresh(changed)

    def _forget(self) -> None:
        self.beginResetModel()
        self.refusals.clear()
        self.notes.clear()
        self.drop()
        self.endResetModel()

    def _repaint(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))


def _pasted(plan: CellPlan, given: int) -> str:
    """What became of ``given`` pasted texts."""
    parts = [say("ui.grid.pasted", {"count": plan.accepted(given)})]
    if plan.refused:
        parts.append(say("ui.grid.pasted_refused", {"count": len(plan.refused)}))
    if plan.skipped:
        parts.append(say("ui.grid.pasted_skipped", {"count": plan.skipped}))
    return "；".join(parts)
