"""Whether what must hold does not, all of it being filled in."""

from collections.abc import Sequence

from chuyi_desktop.domain.formula import Expression, evaluate
from chuyi_desktop.domain.formula.evaluate import RosterRow
from chuyi_desktop.domain.values import Maybe, Missing
from chuyi_desktop.scoring.facts import SchoolFacts


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
    reads = _Reads(facts)
    return evaluate(holds, reads) is False and not reads.missed
