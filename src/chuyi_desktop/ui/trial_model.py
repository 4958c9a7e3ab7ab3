"""The figures of a trial: what they are, and what is assumed."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette

from chuyi_desktop.domain.assessment import Entry, Field, FieldKind
from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.indicator import Indicator, ValueKind
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.look import Tone, colour
from chuyi_desktop.ui.trial import Trial

Index = QModelIndex | QPersistentModelIndex
_COLUMNS = ("figure", "now", "tried")
_NAME, _NOW, _TRIED = range(3)


class TrialModel(QAbstractTableModel):
    """Every figure and choice that the programme asks for; the last column is typed into."""

    refused = Signal(str)

    def __init__(self, desk: Desk, trial: Trial, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._trial = desk, trial
        self._indicators: list[Indicator] = []
        trial.changed.connect(self._changed)

    def start(self) -> None:
        """Begin with the open assessment's programme."""
        self.beginResetModel()
        self._indicators = []
        if self._desk.is_open:
            programme = self._desk.session.programme
            asked = dict.fromkeys(one.indicator_id for section in programme.sections for one in section.asked)
            known = (programme.indicators.get(key) for key in asked)
            self._indicators = [
                each for each in known if each and not each.is_derived and each.kind is not ValueKind.TEXT
            ]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """A row an indicator."""
        return 0 if parent.isValid() else len(self._indicators)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Name, present value, assumed value."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return say(f"ui.advice.trial.{_COLUMNS[section]}")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only the assumed value is typed."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == _TRIED else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows."""
        indicator = self._indicators[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self._text(indicator, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() != _NAME:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == _TRIED:
            return colour(Tone.ACCENT, self._palette())
        if role == Qt.ItemDataRole.ToolTipRole:
            return indicator.definition or indicator.name
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() != _NAME:
            head = say(f"ui.advice.trial.{_COLUMNS[index.column()]}")
            return f"{indicator.name}，{head}，{self._text(indicator, index.column())}"
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Assume what was typed; what cannot be read is told."""
        if role != Qt.ItemDataRole.EditRole or index.column() != _TRIED:
            return False
        sentence = self._trial.assume(self._indicators[index.row()], str(value or ""))
        if sentence:
            self.refused.emit(sentence)
        return not sentence

    def _text(self, indicator: Indicator, column: int) -> str:
        if column == _NAME:
            return indicator.name
        assessment = self._desk.session.assessment
        if column == _NOW:
            return show(assessment.value(indicator.id), indicator)
        change = self._trial.assumed(Field(FieldKind.VALUE, indicator.id, assessment.year))
        return show(change.new.maybe, indicator) if change and isinstance(change.new, Entry) else ""

    def _changed(self) -> None:
        if self._indicators:
            self.dataChanged.emit(self.index(0, _NOW), self.index(self.rowCount() - 1, _TRIED))

    def _palette(self) -> QPalette:
        return QGuiApplication.palette()
