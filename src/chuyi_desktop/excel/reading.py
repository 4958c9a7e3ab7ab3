"""What a reading gathers from the sheets of a workbook: filled cells, rosters, problems."""

from dataclasses import dataclass, field

from chuyi_desktop.app.ports import FilledCell, SheetRoster
from chuyi_desktop.domain.assessment import Content, Field
from chuyi_desktop.domain.indicator import Fillable
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.values import Value
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.cells import Reporter, read_cell
from chuyi_desktop.excel.sheet import Cell

MOST_PROBLEMS = 2000
"""A reading keeps no more: nobody reads more, and a marked copy must stay usable."""


@dataclass(slots=True)
class Gathered:
    """The reading so far."""

    file: str
    year: int
    cells: dict[Field, FilledCell] = field(default_factory=dict)
    places: dict[Field, Place] = field(default_factory=dict)
    rosters: dict[str, SheetRoster] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unsure: set[Field] = field(default_factory=set)

    @property
    def reporter(self) -> Reporter:
        """Reports into this reading."""
        return Reporter(self.file, self.tell)

    def tell(self, problem: Problem) -> None:
        """Keep a problem."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        elif len(self.problems) == MOST_PROBLEMS:
            self.problems.append(
                Problem(
                    "excel.too_many_problems", Severity.WARNING, Place(self.file), {"limit": MOST_PROBLEMS}
                )
            )

    def value(self, cell: Cell, wanted: Fillable, unit: str, place: Place) -> Value | None:
        """The value of a cell, its problem kept; None where it was refused."""
        reading = read_cell(cell, wanted, unit, place)
        if reading.problem is not None:
            self.tell(reading.problem)
        return reading.value

    def fill(self, at: Field, content: Content, place: Place) -> None:
        """A field's content. Two different contents for one field: neither counts, and both are named."""
        earlier = self.cells.get(at)
        if earlier is None and at not in self.unsure:
            self.cells[at] = FilledCell(at, content, source(place))
            self.places[at] = place
        elif earlier is None or earlier.content != content:
            params = {"first": str(self.places[at])}
            self.tell(Problem("excel.filled_twice", Severity.ERROR, place, params))
            self.cells.pop(at, None)
            self.unsure.add(at)


def source(place: Place) -> str:
    """Where a value came from, for the journal: file, sheet and cell."""
    return say("excel.source", {"file": place.file, "sheet": place.sheet, "cell": place.cell})
