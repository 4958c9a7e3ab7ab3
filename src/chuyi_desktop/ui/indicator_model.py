"""The grid of a section's indicators: this year, earlier years where asked, unit and state."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt

from chuyi_desktop.app.changes import Changed
from chuyi_desktop.app.edit import plan_value
from chuyi_desktop.domain.assessment import Entry, Field, FieldKind, OriginKind
from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.indicator import Display, Indicator
from chuyi_desktop.domain.programme import Asked, Section
from chuyi_desktop.domain.values import Maybe, Missing
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.cell_text import options, typed_form
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.grid_model import CellPlan, GridModel, Position
from chuyi_desktop.ui.look import Tone
from chuyi_desktop.ui.sections import is_filled, shown_in

NAME, THIS_YEAR = 0, 1
"""Columns; the earlier years follow, then unit and state."""


class IndicatorModel(GridModel):
    """One section of the open programme."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._rows: tuple[Asked, ...] = ()
        self._indicators: tuple[Indicator, ...] = ()
        self._earlier = 0

    def show_section(self, section: Section) -> None:
        """Show another section."""
        self.beginResetModel()
        programme = self.desk.session.programme
        self._rows = shown_in(programme, section)
        self._indicators = tuple(programme.indicators[asked.indicator_id] for asked in self._rows)
        self._earlier = max((asked.earlier_years for asked in self._rows), default=0)
        self.endResetModel()

    def indicator(self, row: int) -> Indicator:
        """The indicator of a row."""
        return self._indicators[row]

    @property
    def unit_column(self) -> int:
        """The column after the years."""
        return THIS_YEAR + self._earlier + 1

    @property
    def state_column(self) -> int:
        """The last column."""
        return self.unit_column + 1

    def year(self, column: int) -> int | None:
        """The year of a column; None for the others."""
        if THIS_YEAR <= column <= THIS_YEAR + self._earlier:
            return self.desk.session.assessment.year - (column - THIS_YEAR)
        return None

    def rowCount(self, parent: object = None) -> int:
        """One row an indicator."""
        del parent
        return len(self._rows)

    def columnCount(self, parent: object = None) -> int:
        """Name, years, unit, state."""
        del parent
        return self.state_column + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not self.desk.is_open:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.year(section) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        year = self.year(section)
        if year is not None:
            return say("ui.grid.this_year" if section == THIS_YEAR else "ui.grid.year", {"year": year})
        return say(
            {NAME: "ui.grid.indicator", self.unit_column: "ui.grid.unit"}.get(section, "ui.grid.state")
        )

    def key_at(self, row: int, column: int) -> Field | None:
        """The field of a cell."""
        if not 0 <= row < len(self._rows):
            return None
        year = self.year(column)
        asked = column - THIS_YEAR <= self._rows[row].earlier_years
        if year is None or not asked or self._indicators[row].is_derived:
            return None
        return Field(FieldKind.VALUE, self._indicators[row].id, year)

    def plan(self, texts: Mapping[Position, str]) -> CellPlan:
        """Each value by itself."""
        assessment, stamp = self.desk.session.assessment, self.desk.program.stamp(self.label(texts))
        return self.cell_by_cell(
            texts,
            lambda row, column, text: plan_value(
                assessment, self._indicators[row], text, stamp, year=self.year(column)
            ),
        )

    def label(self, texts: Mapping[Position, str]) -> str:
        """填写 and the indicator's name."""
        row, _ = next(iter(texts))
        name = self._indicators[row].name if row < len(self._indicators) else ""
        return say("ui.edit.cell", {"label": name})

    def shown(self, row: int, column: int) -> str:
        """What a cell shows."""
        indicator = self._indicators[row]
        if column == NAME:
            return indicator.name
        if column == self.unit_column:
            return "" if indicator.display is Display.ONE_TO else indicator.unit
        if column == self.state_column:
            return self._state(row)
        if column - THIS_YEAR > self._rows[row].earlier_years:
            return say("ui.grid.not_asked")
        value = self._value(indicator, column)
        not_filled = isinstance(value, Missing) and not indicator.is_derived and not self._entry(row, column)
        return "" if not_filled else show(value, indicator, with_unit=False)

    def edit_text(self, row: int, column: int) -> str:
        """The value as one would type it."""
        entry = self._entry(row, column)
        return "" if entry is None or entry.value is None else typed_form(entry.value, self._indicators[row])

    def choices(self, row: int, column: int) -> Sequence[str] | None:
        """The options of a choice, 是 or 否."""
        return options(self._indicators[row]) if self.key_at(row, column) else None

    def is_number(self, row: int, column: int) -> bool:
        """Numbers stand to the right."""
        return self.year(column) is not None and self._indicators[row].kind.is_number

    def tone(self, row: int, column: int) -> Tone | None:
        """Derived rows and everything that is not typed are grey; refused states red, open ones amber."""
        if column == self.state_column:
            if self._refused(row):
                return Tone.BAD
            open_ = not self._indicators[row].is_derived and not is_filled(
                self.desk.session.assessment, self._indicators[row].id
            )
            return Tone.OPEN if open_ else Tone.MUTED
        grey = column == self.unit_column or self._indicators[row].is_derived
        return Tone.MUTED if grey or (column != NAME and self.key_at(row, column) is None) else None

    def tip(self, row: int, column: int) -> str:
        """The definition; for a derived value how it was computed."""
        indicator = self._indicators[row]
        trace = self.desk.session.verdict.derived.get(indicator.id)
        if trace is not None and column == THIS_YEAR:
            return trace.reading
        if column == self.state_column:
            return self._state(row)
        return indicator.definition

    def drop(self) -> None:
        """No rows."""
        self._rows = ()
        self._indicators = ()

    def refresh(self, changed: Changed) -> None:
        """Derived values may depend on anything."""
        del changed
        self._repaint()

    def _entry(self, row: int, column: int) -> Entry | None:
        key = self.key_at(row, column)
        return None if key is None else self.desk.session.assessment.entry(key.key, key.year)

    def _value(self, indicator: Indicator, column: int) -> Maybe:
        session = self.desk.session
        if indicator.is_derived:
            trace = session.verdict.derived.get(indicator.id)
            return trace.result if trace is not None and column == THIS_YEAR else Missing()
        return session.assessment.value(indicator.id, self.year(column))

    def _refused(self, row: int) -> list[tuple[Field, str]]:
        keys = [self.key_at(row, column) for column in range(THIS_YEAR, self.unit_column)]
        return [(key, self.refusals[key].reason) for key in keys if key is not None and key in self.refusals]

    def _state(self, row: int) -> str:
        """Refused, converted, open, filled: what matters most."""
        for key, reason in self._refused(row):
            if key.year == self.desk.session.assessment.year:
                return reason
            return say("ui.grid.refused_year", {"year": key.year, "problem": reason})
        for column in range(THIS_YEAR, self.unit_column):
            note = self.notes.get(self.key_at(row, column))
            if note:
                return note
        indicator, asked = self._indicators[row], self._rows[row]
        if indicator.is_derived:
            return say("ui.grid.state.derived")
        return _state_of(
            self.desk.session.assessment.entry(indicator.id), self._earlier_filled(indicator, asked)
        )

    def _earlier_filled(self, indicator: Indicator, asked: Asked) -> bool:
        assessment = self.desk.session.assessment
        years = range(assessment.year - asked.earlier_years, assessment.year)
        return all(is_filled(assessment, indicator.id, year) for year in years)


def _state_of(entry: Entry | None, earlier_filled: bool) -> str:  # noqa: FBT001  # a fact, not a switch
    if entry is not None and entry.not_applicable:
        return say("ui.grid.state.not_applicable")
    if entry is None or entry.value is None:
        return say("ui.grid.state.open")
    if not earlier_filled:
        return say("ui.grid.state.partly")
    kind = None if entry.origin is None else entry.origin.kind
    if kind is OriginKind.IMPORTED:
        return say("ui.grid.state.imported")
    return say("ui.grid.state.sample" if kind is OriginKind.SAMPLE else "ui.grid.state.filled")
