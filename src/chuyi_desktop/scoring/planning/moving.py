"""Which formulas the levers can change, and what the engine makes of the others."""

from collections.abc import Mapping

from chuyi_desktop.domain.assessment import Field, FieldKind
from chuyi_desktop.domain.formula import Expression, evaluate, references, tables_used
from chuyi_desktop.domain.formula.tree import Aggregate
from chuyi_desktop.domain.values import Maybe, Missing
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.planning.lever_variables import LeverVariables
from chuyi_desktop.scoring.planning.levers import Lever
from chuyi_desktop.scoring.planning.new_rows import RosterLever


class Moving:
    """The figures of a school with levers in them. ``unknown`` are fields that were asked for, are 未填, and
    no plan may fill in."""

    def __init__(self, facts: SchoolFacts, levers: Mapping[Field, Lever], variables: LeverVariables) -> None:
        self._facts = facts
        self._levers = levers
        self.variables = variables
        self._movable: dict[tuple[str, int], bool] = {}
        self.unknown: dict[str, None] = {}

    def moves(self, tree: Expression, year: int) -> bool:
        """Whether a lever can change the value of ``tree``."""
        if any(self.roster(one, year) is not None for one in tables_used(tree)):
            return True
        return any(self._name_moves(one.id, year - one.years_back) for one in references(tree))

    def _name_moves(self, name: str, year: int) -> bool:
        key = (name, year)
        if key not in self._movable:
            self._movable[key] = False
            indicator = self._facts.indicator(name)
            if indicator is not None and indicator.formula is not None:
                self._movable[key] = self.moves(indicator.formula, year)
            else:
                figure = self.variables.figures.get(key)
                self._movable[key] = figure is not None and not figure.is_constant
        return self._movable[key]

    def value(self, tree: Expression, year: int) -> Maybe:
        """What the engine makes of a formula that no lever changes."""
        found = evaluate(tree, self._facts.in_year(year))
        if isinstance(found, Missing):
            self.unknown |= dict.fromkeys(found.fields)
        return found

    def stays_open(self, tree: Expression, year: int) -> bool:
        """Whether ``tree`` is 未填 and no lever can change that."""
        return not self.moves(tree, year) and isinstance(self.value(tree, year), Missing)

    def roster(self, one: Aggregate, year: int) -> RosterLever | None:
        """The lever that adds rows to what ``one`` counts; None where no rows are added."""
        place = Field(FieldKind.ROW, one.table, year)
        lever = self._levers.get(place)
        return lever if isinstance(lever, RosterLever) and place in self.variables.rows else None
