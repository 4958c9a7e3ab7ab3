"""Facts of a formula, handed in."""

from collections.abc import Mapping, Sequence

from chuyi_desktop.domain.formula.evaluate import RosterRow
from chuyi_desktop.domain.values import Maybe, Missing


class GivenFacts:
    """Values by id, or by id and years back; rosters by id. What is not given is 未填."""

    def __init__(
        self,
        values: Mapping[str | tuple[str, int], Maybe] | None = None,
        rows: Mapping[str, Sequence[RosterRow]] | None = None,
    ) -> None:
        self._values = values or {}
        self._rows = rows or {}

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        key = (indicator_id, years_back) if years_back else indicator_id
        return self._values.get(key, Missing(fields=(indicator_id,)))

    def rows(self, table_id: str) -> Sequence[RosterRow] | Missing:
        return self._rows.get(table_id, Missing(fields=(table_id,)))
