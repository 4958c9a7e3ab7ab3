"""Whether what must hold does not, all of it being filled in."""

from collections.abc import Sequence

from chuyi_desktop.domain.assessment import FieldKind
from chuyi_desktop.domain.formula import Expression, evaluate
from chuyi_desktop.domain.formula.compiled import compiled
from chuyi_desktop.domain.formula.evaluate import RosterRow
from chuyi_desktop.domain.indicator import Table
from chuyi_desktop.domain.values import Maybe, Missing
from chuyi_desktop.scoring.facts import RowFacts, SchoolFacts


class _Reads:
    """The facts, noticing whether anything that was read is missing."""

    def __init__(self, facts: SchoolFacts) -> None:
        self._facts = facts
        self.missed = False

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        value = self._facts.value(indicator_id, years_back)
        self.missed = self.missed or isinstance(value, Missing)
        return value

    def rows(self, table_id: str) -> Sequence[RosterRow] | Missing:
        rows = self._facts.rows(table_id)
        self.missed = self.missed or isinstance(rows, Missing)
        return rows


def fails(holds: Expression, facts: SchoolFacts) -> bool:
    """Whether ``holds`` is no; never while anything it reads is 未填, even where the rest would decide."""
    return compiled(holds)(facts) is False and not _missed(holds, facts)


def rows_that_fail(holds: Expression, table: Table, facts: SchoolFacts) -> list[int]:
    """In which rows of a roster, from 0, ``holds`` is no; none where nothing is filled in."""
    rows = facts.rows(table.id)
    if isinstance(rows, Missing):
        return []
    run, seen = compiled(holds), RowFacts(facts, table, {})
    return [
        at
        for at, cells in enumerate(rows)
        if run(seen.at(cells)) is False and not _missed(holds, seen.at(cells))
    ]


def _missed(holds: Expression, facts: SchoolFacts) -> bool:
    # Few checks fail: only of these is it asked what they read.
    places = facts.graph.reads(holds)
    if places is None:
        reads = _Reads(facts)
        evaluate(holds, reads)
        return reads.missed
    return any(
        isinstance(facts.rows(key) if kind is FieldKind.ROW else facts.value(key, back), Missing)
        for kind, key, back in places
    )
