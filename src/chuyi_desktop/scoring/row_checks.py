"""Checks of roster rows: what does not fit within a row, and rows that say the same thing twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from chuyi_desktop.domain.assessment import Explanation, Row
from chuyi_desktop.domain.formula import Expression, evaluate, references, tables_used
from chuyi_desktop.domain.formula.evaluate import RosterRow
from chuyi_desktop.domain.indicator import Column, Table, ValueKind
from chuyi_desktop.domain.programme import Check
from chuyi_desktop.domain.rule_formulas import is_column
from chuyi_desktop.domain.told import Later
from chuyi_desktop.domain.values import Maybe, Missing, Value
from chuyi_desktop.domain.verdict import Finding, FoundRow, Input
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.derivation import COMMA
from chuyi_desktop.scoring.facts import RowFacts, SchoolFacts
from chuyi_desktop.scoring.failing import rows_that_fail
from chuyi_desktop.scoring.reading import labelled, shown, words

MOST_TOLD = 20
"""Rows told one by one; of the others only how many they are."""


@dataclass(frozen=True, slots=True)
class RowsFound:
    """The rows in which a check does not hold, each told when it is asked for."""

    check: Check
    table: Table
    facts: SchoolFacts
    rows: Sequence[Callable[[], FoundRow]]

    def finding(self, explanation: Explanation | None, *, settled: bool) -> Finding:
        """All of them as one finding, which the school explains once."""
        kind = "alike" if self.check.unique else "unfit"
        return Finding(
            self.check,
            Later(lambda: say(f"scoring.finding_rows.{kind}", self._params())),
            (),
            explanation,
            settled,
            where=self.table.name,
            found=Later(lambda: say(f"scoring.rows_found.{kind}", self._params())),
            wanted=Later(self._wanted),
            rows=Later(lambda: tuple(row() for row in self.rows[:MOST_TOLD])),
            row_count=len(self.rows),
        )

    def _params(self) -> dict[str, object]:
        return {
            "title": self.check.title,
            "table": self.table.name,
            "count": len(self.rows),
            "wanted": self._wanted(),
        }

    def _wanted(self) -> str:
        if self.check.holds is None:
            return _unlike_words(self.check.unique, self.table)
        return words(self.check.holds, RowFacts(self.facts, self.table, {}))


@dataclass(frozen=True, slots=True)
class _Place:
    """A row where it stands in its roster."""

    table: Table
    number: int
    row: Row
    cells: RosterRow

    @property
    def name(self) -> str:
        """What the first required text says; empty where it is blank."""
        texts = [column for column in self.table.columns if column.kind is ValueKind.TEXT]
        column = next((column for column in texts if column.required), texts[0] if texts else None)
        said = None if column is None else self.cells.get(column.id)
        return said.strip() if isinstance(said, str) else ""

    def cell(self, column: Column, facts: SchoolFacts) -> Input:
        """A cell as something that was read."""
        value = self.cells.get(column.id, Missing())
        key = f"{self.table.id}.{column.id}"
        said = shown(value, column)
        return Input(key, column.name, facts.year, value, said, self.row.origin, column.unit)

    def found(self, columns: tuple[str, ...], inputs: tuple[Input, ...], words_found: str) -> FoundRow:
        """The row as one in which a check does not hold."""
        params = {"number": self.number, "name": self.name}
        where = say("scoring.row_named" if self.name else "scoring.row", params)
        return FoundRow(self.row.id, self.number, self.name, columns, where, words_found, inputs)


def run_row_check(check: Check, facts: SchoolFacts) -> RowsFound | None:
    """The rows in which ``check`` does not hold; None where there are none, or nothing is filled in."""
    table = facts.table(check.table)
    if table is None:
        return None
    if check.holds is None:
        found = _alike(check.unique, table, facts)
    else:
        holds = check.holds
        found = [
            partial(_failing, holds, _place(at, table, facts), facts)
            for at in rows_that_fail(holds, table, facts)
        ]
    return RowsFound(check, table, facts, found) if found else None


def _place(at: int, table: Table, facts: SchoolFacts) -> _Place:
    cells = facts.rows(table.id)
    read: RosterRow = {} if isinstance(cells, Missing) else cells[at]
    return _Place(table, at + 1, facts.filed_rows(table.id)[at], read)


# A formula for every row


def _failing(holds: Expression, place: _Place, facts: SchoolFacts) -> FoundRow:
    seen = RowFacts(facts, place.table, place.cells)
    inputs: list[Input] = []
    columns: list[str] = []
    for read in references(holds):
        if is_column(read, place.table):
            columns.append(read.id)
            inputs.append(place.cell(place.table.by_id[read.id], facts))
        else:
            inputs.append(_indicator(read.id, read.years_back, facts))
    for node in tables_used(holds):
        value = evaluate(node, seen)
        inputs.append(Input(node.table, words(node, seen), facts.year, value, shown(value, None)))
    return place.found(tuple(columns), tuple(inputs), _listed(inputs, facts))


def _indicator(indicator_id: str, years_back: int, facts: SchoolFacts) -> Input:
    there = facts.in_year(facts.year - years_back)
    value, indicator = there.value(indicator_id, 0), there.indicator(indicator_id)
    label = indicator_id if indicator is None else indicator.name
    origin = there.origin(indicator_id)
    unit = "" if indicator is None else indicator.unit
    return Input(indicator_id, label, there.year, value, shown(value, indicator), origin, unit)


def _listed(inputs: list[Input], facts: SchoolFacts) -> str:
    known = [each for each in inputs if not isinstance(each.value, Missing)]
    return COMMA.join(
        say("scoring.input", {"label": labelled(each.label, each.year, facts), "shown": each.shown})
        for each in known
    )


# Rows that say the same


def _alike(unique: tuple[str, ...], table: Table, facts: SchoolFacts) -> list[Callable[[], FoundRow]]:
    """Every row that repeats an earlier one; a row with a blank among ``unique`` is like no other."""
    first: dict[tuple[Value, ...], int] = {}
    found: list[Callable[[], FoundRow]] = []
    rows = facts.rows(table.id)
    for number, cells in enumerate(() if isinstance(rows, Missing) else rows, 1):
        key = _key(unique, cells)
        if key is None:
            continue
        earlier = first.setdefault(key, number)
        if earlier != number:
            found.append(partial(_repeated, unique, _place(number - 1, table, facts), earlier, facts))
    return found


def _repeated(unique: tuple[str, ...], place: _Place, earlier: int, facts: SchoolFacts) -> FoundRow:
    cells = tuple(place.cell(place.table.by_id[column], facts) for column in unique)
    params = {"found": _listed(list(cells), facts), "number": earlier}
    return place.found(unique, cells, say("scoring.row_alike", params))


def _key(unique: tuple[str, ...], cells: Mapping[str, Maybe]) -> tuple[Value, ...] | None:
    values: list[Value] = []
    for column in unique:
        value = cells.get(column)
        if value is None or isinstance(value, Missing):
            return None
        # Spaces and the case of letters are slips of typing: 张  㛃 is 张㛃.
        plain = "".join(value.split()).casefold() if isinstance(value, str) else value
        if plain == "":
            return None
        values.append(plain)
    return tuple(values)


def _unlike_words(unique: tuple[str, ...], table: Table) -> str:
    labels = "、".join(table.by_id[column].name for column in unique)
    return say("scoring.unlike" if len(unique) == 1 else "scoring.unlike_all", {"labels": labels})
