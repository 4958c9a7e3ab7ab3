"""可变指标: which figures a plan may move, within which limits, at what cost."""

from decimal import Decimal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel

from chuyi_desktop.domain.assessment import Assessment, Field, FieldKind
from chuyi_desktop.domain.display import grouped, show
from chuyi_desktop.domain.indicator import Column, Indicator, ValueKind
from chuyi_desktop.domain.programme import Programme, Tier
from chuyi_desktop.domain.typed_input import read_typed
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.planning.improvement import Terms

_COLUMNS = ("lever", "now", "least", "most", "cost")
_NAME, _NOW, _LEAST, _MOST, _COST = range(5)
_ID = Qt.ItemDataRole.UserRole
_FACTOR = Column("", "", ValueKind.DECIMAL, minimum=Decimal(0), digits=4)


class LeverModel(QStandardItemModel):
    """A row a figure: ticked where it may move. Limits and cost are read as typed; what cannot be read is
    told and not taken."""

    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._indicators: dict[str, Indicator] = {}
        self._year = 0
        self._bounds: dict[tuple[str, int], Decimal] = {}
        self._filling = False
        self.itemChanged.connect(self._typed)

    def show_levers(self, programme: Programme, assessment: Assessment) -> None:
        """The figures that the programme asks for, with what is filled in now; limits that were typed for
        the same year stay."""
        self._filling = True
        kept = self._kept() if self._year == assessment.year else {}
        self._year = assessment.year
        asked = dict.fromkeys(one.indicator_id for section in programme.sections for one in section.asked)
        found = (programme.indicators.get(key) for key in asked)
        self._indicators = {
            each.id: each for each in found if each and each.kind.is_number and not each.is_derived
        }
        if not kept:
            self._bounds.clear()
        self.clear()
        self.setHorizontalHeaderLabels([say(f"ui.advice.lever.{name}") for name in _COLUMNS])
        for indicator in self._indicators.values():
            now = show(assessment.value(indicator.id), indicator)
            self.appendRow(self._row(indicator, now, kept.get(indicator.id)))
        self._filling = False

    def terms(self, tier: Tier) -> Terms:
        """What the school wants and allows."""
        frozen: set[Field] = set()
        limits: dict[Field, tuple[Decimal | None, Decimal | None]] = {}
        costs: dict[Field, Decimal] = {}
        for at in range(self.rowCount()):
            name = self.item(at, _NAME)
            key = str(name.data(_ID))
            field = Field(FieldKind.VALUE, key, self._year)
            if name.checkState() is not Qt.CheckState.Checked:
                frozen.add(field)
            bounds = (self._bounds.get((key, _LEAST)), self._bounds.get((key, _MOST)))
            if bounds != (None, None):
                limits[field] = bounds
            if (key, _COST) in self._bounds:
                costs[field] = self._bounds[key, _COST]
        return Terms(tier, frozenset(frozen), limits, costs)

    def freeze_all(self, *, frozen: bool) -> None:
        """Tick all, or none."""
        for at in range(self.rowCount()):
            self.item(at, _NAME).setCheckState(Qt.CheckState.Unchecked if frozen else Qt.CheckState.Checked)

    def _row(
        self, indicator: Indicator, now: str, kept: tuple[Qt.CheckState, list[str]] | None
    ) -> list[QStandardItem]:
        name = QStandardItem(indicator.name)
        name.setCheckable(True)
        name.setCheckState(kept[0] if kept else Qt.CheckState.Checked)
        name.setData(indicator.id, _ID)
        name.setToolTip(indicator.name)
        row = [
            name,
            QStandardItem(now),
            *(QStandardItem(text) for text in (kept[1] if kept else ["", "", ""])),
        ]
        for at in (_NAME, _NOW):
            row[at].setEditable(False)
        for at in range(_NOW, len(row)):
            row[at].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            said = say(
                "ui.advice.lever.spoken",
                {"lever": indicator.name, "column": say(f"ui.advice.lever.{_COLUMNS[at]}")},
            )
            row[at].setData(said, Qt.ItemDataRole.AccessibleTextRole)
        return row

    def _kept(self) -> dict[str, tuple[Qt.CheckState, list[str]]]:
        return {
            str(self.item(at, _NAME).data(_ID)): (
                self.item(at, _NAME).checkState(),
                [self.item(at, column).text() for column in (_LEAST, _MOST, _COST)],
            )
            for at in range(self.rowCount())
        }

    def _typed(self, item: QStandardItem) -> None:
        if self._filling or item.column() not in {_LEAST, _MOST, _COST}:
            return
        key = str(self.item(item.row(), _NAME).data(_ID))
        self._bounds.pop((key, item.column()), None)
        text = item.text().strip()
        if not text:
            return
        indicator = self._indicators[key]
        reading = read_typed(text, _FACTOR if item.column() == _COST else indicator)
        self._filling = True
        if isinstance(reading.value, Decimal):
            self._bounds[key, item.column()] = reading.value
            item.setText(grouped(reading.value))
        else:
            item.setText("")
            if reading.problem is not None:
                self.refused.emit(f"{indicator.name}：{reading.problem.sentence}")
        self._filling = False
