"""What the readers of a pack's rules share: the names, the sources and what the pack asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from chuyi_desktop.domain.formula import Expression
from chuyi_desktop.domain.formula.tree import Constant
from chuyi_desktop.domain.indicator import Table
from chuyi_desktop.domain.rule_formulas import without_columns
from chuyi_desktop.packs.asking import Asking
from chuyi_desktop.packs.formulas import read_formula
from chuyi_desktop.packs.provenances import Sources
from chuyi_desktop.packs.spot import Spot

_STAND_IN = Constant(Decimal(0))
"""For a faulty formula, so that reading can go on to further mistakes."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The readers' common ground for one pack."""

    pack_id: str
    asking: Asking
    sources: Sources

    def formula(self, text: str, spot: Spot, wanted: str, row_of: Table | None = None) -> Expression:
        """A rule's formula, with its mistakes, and what the pack does not ask for, noted; where it is of the
        rows ``row_of`` a roster, names mean its columns first."""
        tree = read_formula(text, spot, self.asking.names, wanted, row_of)
        if tree is None:
            return _STAND_IN
        self.asking.note_unasked(tree if row_of is None else without_columns(tree, row_of), spot)
        return tree


def note_repeated(ids: Iterable[tuple[str, Spot]]) -> None:
    """Note every id that was there before."""
    first: dict[str, Spot] = {}
    for key, spot in ids:
        if key in first:
            place = first[key].place
            spot.fault("packs.id_twice", id=key, first=f"{place.file}:{place.line}")
        else:
            first[key] = spot
