"""The collaborators of all use cases, picked once by bootstrap and handed in."""

from dataclasses import dataclass
from pathlib import Path

from chuyi_desktop.app.ledgers.ports import NO_LEDGERS, Ledgers
from chuyi_desktop.app.ports import (
    Clock,
    DossierRenderer,
    PageReader,
    ProgrammeLibrary,
    Stamp,
    Workbooks,
    Workspaces,
)
from chuyi_desktop.scoring.planning.integer_program import NO_SOLVER, Solver


@dataclass(frozen=True, slots=True)
class Program:
    """Every port filled. ``who`` is the user's name as the journal keeps it; ``samples`` is the folder of
    the sample school."""

    library: ProgrammeLibrary
    workspaces: Workspaces
    workbooks: Workbooks
    renderer: DossierRenderer
    pages: PageReader
    clock: Clock
    who: str
    samples: Path
    ledgers: Ledgers = NO_LEDGERS
    solver: Solver = NO_SOLVER

    def stamp(self, label: str) -> Stamp:
        """The user, now, doing what ``label`` says."""
        return Stamp(self.who, self.clock(), label)
