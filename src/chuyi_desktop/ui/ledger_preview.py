"""Every value of a ledger as it would be stored."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from chuyi_desktop.app.ledgers.plan import Fate, LedgerPlan, PlannedRow, PlannedValue
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.indicator import Column
from chuyi_desktop.domain.values import Missing, Value
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.look import Tone, colour

Index = QModelIndex | QPersistentModelIndex
_TONES = {
    Fate.NEW: Tone.GOOD,
    Fate.CHANGED: Tone.ACCENT,
    Fate.SAME: Tone.MUTED,
    Fate.KEPT: Tone.MUTED,
    Fate.REFUSED: Tone.BAD,
}
_VALUE_HEADS = ("cell", "indicator", "year", "found", "before", "after")


class LedgerPreview(QAbstractTableModel):
    """A row a row of the file, or a value of an indicator ledger; first what becomes of it."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: tuple[PlannedRow, ...] = ()
        self._values: tuple[PlannedValue, ...] = ()
        self._columns: list[Column] = []

    def show_plan(self, plan: LedgerPlan) -> None:
        """Show another plan."""
        self.beginResetModel()
        table = self._session.programme.tables.get(plan.layout.into)
        taken = {column.target for column in plan.layout.taken}
        self._columns = [] if table is None else [each for each in table.columns if each.id in taken]
        self._rows, self._values = plan.rows, plan.values
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._columns, self._rows, self._values = [], (), ()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """All of them."""
        return 0 if parent.isValid() else len(self._rows) + len(self._values)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Fate and place, then the values."""
        if parent.isValid():
            return 0
        return 2 + len(self._columns) if self._columns else 1 + len(_VALUE_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == 0:
            return say("ui.ledger.fate")
        if self._columns:
            return say("ui.ledger.row") if section == 1 else self._columns[section - 2].name
        return say(f"ui.ledger.value.{_VALUE_HEADS[section - 1]}")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = self._tone(index.row(), index.column())
            return None if tone is None else colour(tone, QGuiApplication.palette())
        return None

    def _text(self, row: int, column: int) -> str:
        if self._values:
            return self._value_text(self._values[row], column)
        planned = self._rows[row]
        if column == 0:
            return say(f"ui.ledger.fate.{planned.fate}")
        if column == 1:
            return str(planned.number)
        field = self._columns[column - 2]
        after = _shown(planned.after.get(field.id), field)
        if planned.fate is Fate.CHANGED and field.id in planned.changed:
            before = _shown(planned.before.get(field.id), field) or say("ui.ledger.blank")
            return say("ui.ledger.changed", {"before": before, "after": after or say("ui.ledger.blank")})
        return after

    def _value_text(self, value: PlannedValue, column: int) -> str:
        indicator = self._session.programme.indicators[value.indicator_id]
        before = show(Missing() if value.before is None else value.before, indicator)
        problem = "" if value.problem is None else value.problem.sentence
        after = problem if value.after is None else show(value.after, indicator)
        texts = (
            say(f"ui.ledger.fate.{value.fate}"),
            value.cell,
            indicator.name,
            str(value.year),
            value.found,
            before,
            after,
        )
        return texts[column]

    def _tone(self, row: int, column: int) -> Tone | None:
        if self._values:
            return _TONES[self._values[row].fate] if column in {0, len(_VALUE_HEADS)} else None
        planned = self._rows[row]
        if column == 0:
            return _TONES[planned.fate]
        if column > 1 and planned.fate is Fate.CHANGED and self._columns[column - 2].id in planned.changed:
            return Tone.ACCENT
        return None


def _shown(value: Value | None, field: Column) -> str:
    return "" if value is None else show(value, field)
