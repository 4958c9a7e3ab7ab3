"""Write workbooks: the school's own with its figures, or a programme's blank template."""

from pathlib import Path

from chuyi_desktop.app.begin import demand_year
from chuyi_desktop.app.blank import blank
from chuyi_desktop.app.ports import Progress, silent
from chuyi_desktop.app.program import Program
from chuyi_desktop.app.session import Session


def export_workbook(session: Session, target: Path, progress: Progress = silent) -> None:
    """The workbook of the open assessment, with everything that is filled in."""
    session.program.workbooks.write(session.programme, session.assessment, target, progress)


def write_template(
    program: Program, programme_id: str, year: int, target: Path, progress: Progress = silent
) -> None:
    """A blank workbook of a programme for ``year``."""
    demand_year(year)
    programme = program.library.programme(programme_id)
    program.workbooks.write(programme, blank(programme, year), target, progress)
