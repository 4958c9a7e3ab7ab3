"""What a school's figures are: typed values, derived indicators and rosters, of any year."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from chuyi_desktop.domain.assessment import Assessment, Origin, Row
from chuyi_desktop.domain.errors import PackError
from chuyi_desktop.domain.formula import evaluate
from chuyi_desktop.domain.formula.evaluate import RosterRow
from chuyi_desktop.domain.indicator import REPORT_YEAR, Fillable, Indicator, Table, ValueKind
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.typed_input import default_of
from chuyi_desktop.domain.values import Maybe, Missing, Value, round_half_up


class _Known:
    """What was computed already, and what is being computed, by id and year."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, int], Maybe] = {}
        self.rows: dict[tuple[str, int], tuple[RosterRow, ...] | Missing] = {}
        self.underway: list[tuple[str, int]] = []


class SchoolFacts:
    """The figures of one assessment seen from ``year``; derived ones are computed once, when first asked for.

    Every year of one assessment shares what was computed.
    """

    def __init__(
        self,
        programme: Programme,
        assessment: Assessment,
        year: int | None = None,
        known: _Known | None = None,
    ) -> None:
        self.programme = programme
        self.assessment = assessment
        self.year = assessment.year if year is None else year
        self._known = _Known() if known is None else known

    def in_year(self, year: int) -> "SchoolFacts":
        """The same figures seen from another year."""
        return self if year == self.year else SchoolFacts(self.programme, self.assessment, year, self._known)

    def indicator(self, indicator_id: str) -> Indicator | None:
        """The indicator of that id; None where the programme does not know it."""
        return REPORT_YEAR if indicator_id == REPORT_YEAR.id else self.programme.indicators.get(indicator_id)

    def field(self, name: str) -> Fillable | None:
        """What a formula seen from here means by ``name``."""
        return self.indicator(name)

    def table(self, table_id: str) -> Table | None:
        """The roster of that id; None where the programme does not know it."""
        return self.programme.tables.get(table_id)

    def origin(self, indicator_id: str) -> Origin | None:
        """Who brought a typed value in."""
        entry = self.assessment.entry(indicator_id, self.year)
        return None if entry is None else entry.origin

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        """The value of an indicator, ``years_back`` years before this one."""
        key = (indicator_id, self.year - years_back)
        if key not in self._known.values:
            self._known.values[key] = self._find(*key)
        return self._known.values[key]

    def rows(self, table_id: str) -> Sequence[RosterRow] | Missing:
        """The rows of a roster of this year; missing where the school has said nothing."""
        key = (table_id, self.year)
        if key not in self._known.rows:
            found = self.assessment.rows(table_id, self.year)
            table = self.table(table_id)
            if found is None or table is None:
                self._known.rows[key] = Missing(fields=(table_id,))
            else:
                self._known.rows[key] = tuple(_cells(row, table) for row in found)
        return self._known.rows[key]

    def _find(self, indicator_id: str, year: int) -> Maybe:
        if indicator_id == REPORT_YEAR.id:
            return Decimal(year)
        indicator = self.indicator(indicator_id)
        if indicator is None:
            return Missing(fields=(indicator_id,))
        if indicator.formula is not None:
            return self._derive(indicator, year)
        value = self.assessment.value(indicator_id, year)
        if isinstance(value, Missing) or _fits(value, indicator):
            return value
        # Filled in under another version of the pack, where the field had another type: asked again.
        return Missing(fields=(indicator_id,))

    def _derive(self, indicator: Indicator, year: int) -> Maybe:
        key = (indicator.id, year)
        if key in self._known.underway:
            raise PackError("scoring.circular", label=indicator.name)
        self._known.underway.append(key)
        try:
            value = evaluate(indicator.formula, self.in_year(year)) if indicator.formula else Missing()
        finally:
            self._known.underway.pop()
        digits = rounding(indicator)
        return round_half_up(value, digits) if isinstance(value, Decimal) and digits is not None else value


class RowFacts(SchoolFacts):
    """The same figures seen from one row of a roster: a name means a column first, then an indicator."""

    def __init__(self, facts: SchoolFacts, table: Table, cells: RosterRow) -> None:
        super().__init__(facts.programme, facts.assessment, facts.year, facts._known)  # noqa: SLF001  # its own class
        self._columns = table.by_id
        self._table_id = table.id
        self._cells = cells

    def field(self, name: str) -> Fillable | None:
        """The column, else the indicator, of that name."""
        return self._columns.get(name) or super().field(name)

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        """The cell of a column, else the value of an indicator."""
        if years_back or indicator_id not in self._columns:
            return super().value(indicator_id, years_back)
        return self._cells.get(indicator_id, Missing(fields=(f"{self._table_id}.{indicator_id}",)))


def rounding(indicator: Indicator) -> int | None:
    """Decimals a derived indicator is rounded to; None where it is not."""
    if indicator.digits is None and indicator.kind is ValueKind.INTEGER:
        return 0
    return indicator.digits


def _cells(row: Row, table: Table) -> RosterRow:
    """The cells of a row that fit their columns; a blank stands for its column's default."""
    cells: dict[str, Maybe] = {}
    for column in table.columns:
        value = row.cells.get(column.id, default_of(column))
        if value is not None and _fits(value, column):
            cells[column.id] = value
    return cells


def _fits(value: Value, field: Fillable) -> bool:
    match field.kind:
        case ValueKind.INTEGER | ValueKind.DECIMAL:
            return isinstance(value, Decimal)
        case ValueKind.YES_NO:
            return isinstance(value, bool)
        case ValueKind.DATE:
            return isinstance(value, date)
        case ValueKind.CHOICE:
            return any(choice.id == value for choice in field.choices)
        case ValueKind.TEXT:
            return isinstance(value, str)
