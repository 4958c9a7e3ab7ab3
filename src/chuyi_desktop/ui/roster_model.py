"""The grid of a roster: one row a line, and an empty line at the end to go on with."""

from collections.abc import Hashable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QObject, Qt

from chuyi_desktop.app.changes import Changed
from chuyi_desktop.app.edit_roster import fresh_row_ids, plan_cells
from chuyi_desktop.domain.assessment import FieldKind, Row
from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.indicator import Column, Table
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.cell_text import options, typed_form
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.grid_model import CellPlan, GridModel, Position, Refusal

_TO_COME = ""
"""The row id in the key of a cell whose row is not made yet."""


class RosterModel(GridModel):
    """One roster of the open assessment. The key of a cell is its row's id and its column's id."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._table: Table | None = None
        self._rows: tuple[Row, ...] = ()

    def show_table(self, table: Table) -> None:
        """Show another roster."""
        self.beginResetModel()
        self._table = table
        self._rows = self.desk.session.assessment.rows(table.id) or ()
        self.endResetModel()

    @property
    def table(self) -> Table:
        """The roster shown."""
        if self._table is None:
            raise LookupError("no roster is shown")
        return self._table

    def row_ids(self, rows: Sequence[int]) -> list[str]:
        """The ids of rows that exist."""
        return [self._rows[row].id for row in rows if row < len(self._rows)]

    def row_of(self, row_id: str) -> int | None:
        """Where a row stands; None where it is gone."""
        return next((at for at, row in enumerate(self._rows) if row.id == row_id), None)

    def rowCount(self, parent: object = None) -> int:
        """The rows, and one more to go on with."""
        del parent
        return 0 if self._table is None else len(self._rows) + int(self.desk.writable)

    def columnCount(self, parent: object = None) -> int:
        """The roster's columns."""
        del parent
        return 0 if self._table is None else len(self._table.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Names with units above, numbers of rows at the side."""
        if self._table is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            last = section >= len(self._rows)
            number = say("ui.roster.new_row") if last else str(section + 1)
            return number if role == Qt.ItemDataRole.DisplayRole else None
        column = self._table.columns[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.definition or None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        name = say("ui.roster.required", {"name": column.name}) if column.required else column.name
        return say("ui.card.title", {"name": name, "unit": column.unit}) if column.unit else name

    def key_at(self, row: int, column: int) -> tuple[str, str] | None:
        """The row's id, or a number for a row to come, and the column's id."""
        if self._table is None or not 0 <= column < len(self._table.columns) or row < 0:
            return None
        known = self._rows[row].id if row < len(self._rows) else _TO_COME
        return known, self._table.columns[column].id

    def plan(self, texts: Mapping[Position, str]) -> CellPlan:
        """All cells of a row are one change; rows beyond the end are new."""
        session = self.desk.session
        new = sorted({row for row, _ in texts if row >= len(self._rows)})
        ids = dict(zip(new, fresh_row_ids(session.assessment, self.table, len(new)), strict=True))
        by_row: dict[str, dict[str, str]] = {}
        skipped = 0
        for (row, column), text in texts.items():
            if column >= len(self.table.columns):
                skipped += 1
                continue
            row_id = ids[row] if row in ids else self._rows[row].id
            by_row.setdefault(row_id, {})[self.table.columns[column].id] = text
        stamp = session.program.stamp(self.label(texts))
        result = plan_cells(session.assessment, self.table, by_row, stamp)
        made = {change.field.item for change in result.plan.changes} | {row.id for row in self._rows}
        refused: dict[Hashable, Refusal] = {}
        noted: dict[Hashable, str] = {}
        for (row_id, column_id), problem in result.problems.items():
            # A row of refused cells only is not made: its refusals stay at the empty line.
            key = (row_id if row_id in made else _TO_COME, column_id)
            if (row_id, column_id) in result.refused:
                refused[key] = Refusal(by_row[row_id][column_id], problem.sentence)
            else:
                noted[key] = problem.sentence
        return CellPlan(result.plan.changes, refused, noted, skipped)

    def label(self, texts: Mapping[Position, str]) -> str:
        """填写 and the roster's name."""
        del texts
        return say("ui.edit.roster", {"label": self.table.name})

    def shown(self, row: int, column: int) -> str:
        """What a cell shows."""
        field = self.table.columns[column]
        value = None if row >= len(self._rows) else self._rows[row].cells.get(field.id)
        return "" if value is None else show(value, field, with_unit=False)

    def edit_text(self, row: int, column: int) -> str:
        """The value as one would type it."""
        field = self.table.columns[column]
        value = None if row >= len(self._rows) else self._rows[row].cells.get(field.id)
        return "" if value is None else typed_form(value, field)

    def choices(self, row: int, column: int) -> Sequence[str] | None:
        """The options of a choice column."""
        del row
        return options(self.table.columns[column])

    def is_number(self, row: int, column: int) -> bool:
        """Numbers stand to the right."""
        del row
        return self.table.columns[column].kind.is_number

    def tip(self, row: int, column: int) -> str:
        """The column's definition."""
        del row
        return self._column(column).definition

    def drop(self) -> None:
        """No roster."""
        self._table = None
        self._rows = ()

    def refresh(self, changed: Changed) -> None:
        """Rows may have come or gone."""
        kinds = {FieldKind.ROW, FieldKind.EMPTY_TABLE}
        if self._table is None or not any(
            place.kind in kinds and place.key == self._table.id for place in changed.fields
        ):
            return
        rows = self.desk.session.assessment.rows(self._table.id) or ()
        more = len(rows) - len(self._rows)
        if more > 0:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(rows) - 1)
        elif more < 0:
            self.beginRemoveRows(QModelIndex(), len(rows), len(self._rows) - 1)
        self._rows = rows
        if more > 0:
            self.endInsertRows()
        elif more < 0:
            self.endRemoveRows()
        known = {row.id for row in rows} | {_TO_COME}
        for told in (self.refusals, self.notes):
            for key in [key for key in told if isinstance(key, tuple) and key[0] not in known]:
                del told[key]
        self._repaint()

    def _column(self, column: int) -> Column:
        return self.table.columns[column]
