"""What a derivation read: figures and rosters as they were filled in, with who brought them in."""

from decimal import Decimal

from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import Input, ReadRow
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.reading import shown


def typed_input(indicator_id: str, facts: SchoolFacts) -> Input:
    """The figure of this year, with its origin and unit."""
    return facts.once("input", indicator_id, lambda: _typed_input(indicator_id, facts))


def roster_input(table_id: str, facts: SchoolFacts) -> Input:
    """The roster of this year, with the origin of every row."""
    return facts.once("roster", table_id, lambda: _roster_input(table_id, facts))


def read_rows(table_id: str, facts: SchoolFacts) -> tuple[ReadRow, ...]:
    """The rows of a roster of this year, in order."""
    rows = facts.filed_rows(table_id)
    return tuple(ReadRow(number, row.id, row.origin) for number, row in enumerate(rows, 1))


def _typed_input(indicator_id: str, facts: SchoolFacts) -> Input:
    indicator = facts.indicator(indicator_id)
    value = facts.value(indicator_id, 0)
    return Input(
        indicator_id,
        indicator_id if indicator is None else indicator.name,
        facts.year,
        value,
        shown(value, indicator),
        facts.origin(indicator_id),
        "" if indicator is None else indicator.unit,
    )


def _roster_input(table_id: str, facts: SchoolFacts) -> Input:
    rows, table = facts.rows(table_id), facts.table(table_id)
    label = table_id if table is None else table.name
    if isinstance(rows, Missing):
        return Input(table_id, label, facts.year, rows, shown(rows, None))
    said = say("scoring.rows", {"count": len(rows)})
    read = read_rows(table_id, facts)
    return Input(
        table_id, label, facts.year, Decimal(len(rows)), said, unit=say("scoring.row_unit"), rows=read
    )
