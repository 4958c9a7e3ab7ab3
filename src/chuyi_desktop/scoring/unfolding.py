"""What is behind a formula: a walk down to what was typed."""

from collections.abc import Callable
from dataclasses import dataclass

from chuyi_desktop.domain.assessment import FieldKind
from chuyi_desktop.domain.formula import Expression, references, tables_used

Place = tuple[FieldKind, str, int]
"""A source of one year, counted back from the year that is looked at."""

FEW = 4
"""Typed figures a derived one on the way is read out with; one of more is said by its value alone, for its
own derivation stands by itself."""


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What is behind a formula, years counted back from where it is looked at from: figures and rosters
    typed, each once, and the derived indicators on the way, in the order of computing."""

    inputs: tuple[Place, ...]
    steps: tuple[tuple[str, int], ...]


class Unfolding:
    """A walk from a formula down to what was typed."""

    def __init__(
        self, formula_of: Callable[[str], Expression | None], is_long: Callable[[Expression], bool] | None
    ) -> None:
        """``formula_of`` gives the formula of a derived indicator. Where ``is_long`` says so of one, and it
        is not itself asked about, it counts as an input; None goes all the way down."""
        self._formula_of = formula_of
        self._is_long = is_long
        self._inputs: dict[tuple[str, int], Place] = {}
        self._steps: dict[tuple[str, int], None] = {}

    def of(self, tree: Expression) -> Unfolded:
        """What is behind ``tree``."""
        self._visit(tree, 0)
        return Unfolded(tuple(self._inputs.values()), tuple(self._steps))

    def _visit(self, part: Expression, back: int, *, inner: bool = False) -> None:
        for read in references(part):
            key = (read.id, back + read.years_back)
            formula = self._formula_of(read.id)
            stops = inner and self._is_long is not None and formula is not None and self._is_long(formula)
            if formula is None or stops:
                self._inputs.setdefault(key, (FieldKind.VALUE, *key))
            elif key not in self._steps:
                self._visit(formula, key[1], inner=True)
                self._steps[key] = None
        for roster in tables_used(part):
            self._inputs.setdefault((roster.table, back), (FieldKind.ROW, roster.table, back))
