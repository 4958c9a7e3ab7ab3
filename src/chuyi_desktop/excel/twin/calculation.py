"""The sheet 计算: every step of the twin as a row with a name, so that formulas stay short and clear."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from chuyi_desktop.excel.twin.notation import STEPS, Cached

FIRST_LINE = 5
"""The row of the first step, as Excel counts."""
VALUE_COLUMN = "D"
MISSING_COLUMN = "E"
LONGEST_FORMULA = 8_000
"""Characters of a formula; Excel takes 8,192."""


class StepKind(StrEnum):
    """What a step is part of."""

    DATA = "data"
    ROSTER = "roster"
    STEP = "step"
    DERIVED = "derived"
    CONDITION = "condition"
    ITEM = "item"
    TIER = "tier"


@dataclass(frozen=True, slots=True)
class Step:
    """A row. ``gap`` is a formula that says whether the clerk still has to fill this in, empty where there is
    nothing to fill; ``is_gap`` its result as of now, ``place`` the sheet where it is filled in."""

    kind: StepKind
    label: str
    formula: str
    value: Cached
    is_array: bool = False
    gap: str = ""
    is_gap: bool = False
    place: str = ""


@dataclass(slots=True)
class Calculation:
    """The steps in order, each once."""

    steps: list[Step] = field(default_factory=list)
    _places: dict[Hashable, str] = field(default_factory=dict)

    def add(self, step: Step, key: Hashable = None) -> str:
        """Add a step; where its value stands. ``key`` finds it again."""
        self.steps.append(step)
        place = f"{STEPS}${VALUE_COLUMN}${FIRST_LINE + len(self.steps) - 1}"
        if key is not None:
            self._places[key] = place
        return place

    def place(self, key: Hashable) -> str | None:
        """Where the step of ``key`` stands; None where there is none."""
        return self._places.get(key)

    def value(self, place: str) -> Cached:
        """What the step at ``place`` comes to now."""
        return self.steps[self._index(place)].value

    def numbered(self) -> Iterator[tuple[int, Step]]:
        """The steps with their rows, as Excel counts."""
        return enumerate(self.steps, FIRST_LINE)

    @property
    def last_line(self) -> int:
        """The row of the last step, as Excel counts."""
        return FIRST_LINE + len(self.steps) - 1

    @staticmethod
    def _index(place: str) -> int:
        return int(place.rpartition("$")[2]) - FIRST_LINE
