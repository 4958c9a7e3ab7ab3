"""What a school's figures are: typed values, derived indicators and rosters, of any year."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from chuyi_desktop.domain.assessment import Assessment, Field, Origin, Row
from chuyi_desktop.domain.formula import evaluate
from chuyi_desktop.domain.formula.evaluate import RosterRow
from chuyi_desktop.domain.indicator import REPORT_YEAR, Column, Fillable, Indicator, Table, ValueKind
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.typed_input import default_of
from chuyi_desktop.domain.values import Maybe, Missing, Value, round_half_up
from chuyi_desktop.scoring.filed import Filed
from chuyi_desktop.scoring.graph import Graph, graph_of

Found = TypeVar("Found")


class _Known:
    """What was computed already, by id and year. ``told`` holds what was made for readers, by kind too."""

    def __init__(self, graph: Graph, filed: Filed) -> None:
        self.graph = graph
        self.filed = filed
        self.values: dict[tuple[str, int], Maybe] = {}
        self.rows: dict[tuple[str, int], tuple[RosterRow, ...] | Missing] = {}
        self.told: dict[tuple[str, str, int], object] = {}

    def without(self, filed: Filed, gone: set[tuple[str, int]]) -> "_Known":
        """The same, with what was computed from ``gone`` to be computed anew."""
        known = _Known(self.graph, filed)
        # Each copied in one go: somebody in another thread may be reading the words of the old verdict, and
        # what is worked out for that is added here meanwhile.
        known.values, known.rows, told = self.values.copy(), self.rows.copy(), self.told.copy()
        for key in gone:
            known.values.pop(key, None)
            known.rows.pop(key, None)
        known.told = {key: made for key, made in told.items() if key[1:] not in gone}
        return known


class SchoolFacts:
    """The figures of one assessment seen from ``year``; derived ones are computed once, when first asked for.

    Every year of one assessment shares what was computed. Raises PackError where a formula of the programme
    comes back to itself.
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
        self._known = _Known(graph_of(programme), Filed.of(assessment)) if known is None else known
        self._values = self._known.values

    def in_year(self, year: int) -> "SchoolFacts":
        """The same figures seen from another year."""
        return self if year == self.year else SchoolFacts(self.programme, self.assessment, year, self._known)

    def after(self, assessment: Assessment, changed: Iterable[Field]) -> "SchoolFacts":
        """The figures of ``assessment``, which differs from this one in ``changed`` only; what does not
        depend on these is not computed again. These facts stay as they are."""
        fields = tuple(changed)
        gone: set[tuple[str, int]] = set()
        for place in fields:
            year = assessment.year if place.year is None else place.year
            gone.add((place.key, year))
            touched = self.graph.touched(place.kind, place.key, assessment.year - year)
            gone.update((id_, assessment.year - back) for id_, back in touched.derived)
        known = self._known.without(self._known.filed.after(assessment, fields), gone)
        return SchoolFacts(self.programme, assessment, assessment.year, known)

    @property
    def graph(self) -> Graph:
        """What depends on what in the programme."""
        return self._known.graph

    @property
    def scope(self) -> str:
        """The roster whose columns a name may mean; empty where it means an indicator."""
        return ""

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
        entry = self._known.filed.entries.get((indicator_id, self.year))
        return None if entry is None else entry.origin

    def proofs(self, rule_id: str) -> int:
        """How many files are attached to prove a rule."""
        return self._known.filed.proofs.get(rule_id, 0)

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        """The value of an indicator, ``years_back`` years before this one."""
        key = (indicator_id, self.year - years_back)
        found = self._values.get(key)
        if found is None:
            found = self._values[key] = self._find(*key)
        return found

    def rows(self, table_id: str) -> Sequence[RosterRow] | Missing:
        """The rows of a roster of this year; missing where the school has said nothing."""
        key = (table_id, self.year)
        if key not in self._known.rows:
            found = self._known.filed.rosters.get(key)
            table = self.table(table_id)
            if found is None or table is None:
                self._known.rows[key] = Missing(fields=(table_id,))
            else:
                self._known.rows[key] = _cells(found, table)
        return self._known.rows[key]

    def filed_rows(self, table_id: str) -> tuple[Row, ...]:
        """The rows of a roster of this year as they were filed; none where the school has said nothing."""
        return self._known.filed.rosters.get((table_id, self.year), ())

    def once(self, kind: str, key: str, make: Callable[[], Found]) -> Found:
        """What ``make`` gives for ``key`` as seen from this year, made once: it must depend on that
        indicator or roster and on what these are derived from, and on nothing else that is filled in."""
        place = (kind, key, self.year)
        found = self._known.told.get(place)
        if found is None:
            found = self._known.told[place] = make()
        return found  # type: ignore[return-value]  # whoever asks for a kind makes that kind

    def _find(self, indicator_id: str, year: int) -> Maybe:
        if indicator_id == REPORT_YEAR.id:
            return Decimal(year)
        indicator = self.programme.indicators.get(indicator_id)
        if indicator is None:
            return Missing(fields=(indicator_id,))
        if indicator.formula is not None:
            value = evaluate(indicator.formula, self.in_year(year))
            digits = rounding(indicator)
            return (
                round_half_up(value, digits) if isinstance(value, Decimal) and digits is not None else value
            )
        entry = self._known.filed.entries.get((indicator_id, year))
        if entry is None:
            return Missing(fields=(indicator_id,))
        found = entry.maybe
        if isinstance(found, Missing):
            return Missing(found.reason, (indicator_id,))
        # Filled in under another version of the pack, where the field had another type: asked again.
        return found if _fits(found, indicator) else Missing(fields=(indicator_id,))


class RowFacts(SchoolFacts):
    """The same figures seen from one row of a roster: a name means a column first, then an indicator."""

    def __init__(self, facts: SchoolFacts, table: Table, cells: RosterRow) -> None:
        super().__init__(facts.programme, facts.assessment, facts.year, facts._known)  # noqa: SLF001  # its own class
        self._school = facts
        self._columns = table.by_id
        self._table_id = table.id
        self._cells = cells

    def at(self, cells: RosterRow) -> "RowFacts":
        """These facts, seen from another row from now on: a roster is walked with one of them."""
        self._cells = cells
        return self

    @property
    def scope(self) -> str:
        """The roster of the row."""
        return self._table_id

    def field(self, name: str) -> Fillable | None:
        """The column, else the indicator, of that name."""
        return self._columns.get(name) or super().field(name)

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        """The cell of a column, else the value of an indicator."""
        found = None if years_back else self._cells.get(indicator_id)
        if found is not None:
            return found
        if years_back or indicator_id not in self._columns:
            # Asked of the school: an indicator is derived from indicators, whatever a column is called.
            return self._school.value(indicator_id, years_back)
        return Missing(fields=(f"{self._table_id}.{indicator_id}",))


def rounding(indicator: Indicator) -> int | None:
    """Decimals a derived indicator is rounded to; None where it is not."""
    if indicator.digits is None and indicator.kind is ValueKind.INTEGER:
        return 0
    return indicator.digits


def _cells(rows: Iterable[Row], table: Table) -> tuple[RosterRow, ...]:
    """The cells of each row that fit their columns; a blank stands for its column's default."""
    shapes = [
        (column.id, _KINDS[column.kind], _choices(column), _default(column)) for column in table.columns
    ]
    return tuple(_row_cells(row.cells, shapes) for row in rows)


def _row_cells(
    cells: Mapping[str, Value], shapes: Iterable[tuple[str, type, frozenset[str] | None, Value | None]]
) -> RosterRow:
    found: dict[str, Maybe] = {}
    for id_, kind, choices, default in shapes:
        value = cells.get(id_)
        if value is None:
            if default is not None:
                found[id_] = default
        elif isinstance(value, kind) and (choices is None or value in choices):
            found[id_] = value
    return found


def _choices(column: Column) -> frozenset[str] | None:
    if column.kind is not ValueKind.CHOICE:
        return None
    return frozenset(choice.id for choice in column.choices)


def _default(column: Column) -> Value | None:
    value = default_of(column)
    return value if value is not None and _fits(value, column) else None


_KINDS: Mapping[ValueKind, type] = {
    ValueKind.INTEGER: Decimal,
    ValueKind.DECIMAL: Decimal,
    ValueKind.YES_NO: bool,
    ValueKind.DATE: date,
    ValueKind.CHOICE: str,
    ValueKind.TEXT: str,
}


def _fits(value: Value, field: Fillable) -> bool:
    if not isinstance(value, _KINDS[field.kind]):
        return False
    return field.kind is not ValueKind.CHOICE or any(choice.id == value for choice in field.choices)
