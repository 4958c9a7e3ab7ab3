"""Write workbooks: the school's own with its figures, plain or living, or a programme's blank template."""

from functools import partial
from pathlib import Path

from chuyi_desktop.app.begin import demand_year
from chuyi_desktop.app.blank import blank
from chuyi_desktop.app.ports import JudgedSchool, Progress, silent
from chuyi_desktop.app.program import Program
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.reading import words
from chuyi_desktop.scoring.thresholds import signed


def export_workbook(session: Session, target: Path, progress: Progress = silent) -> None:
    """The workbook of the open assessment, with everything that is filled in."""
    session.program.workbooks.write(session.programme, session.assessment, target, progress)


def export_live(session: Session, target: Path, progress: Progress = silent) -> None:
    """The same workbook with everything that is computed as living formulas."""
    judged = judged_school(session.programme, session.assessment, session.verdict)
    session.program.workbooks.write_live(session.programme, session.assessment, judged, target, progress)


def judged_school(programme: Programme, assessment: Assessment, verdict: Verdict) -> JudgedSchool:
    """How a school stands and what that rests on."""
    facts = SchoolFacts(programme, assessment)
    return JudgedSchool(verdict, facts, partial(words, facts=facts), signed)


def write_template(
    program: Program, programme_id: str, year: int, target: Path, progress: Progress = silent
) -> None:
    """A blank workbook of a programme for ``year``."""
    demand_year(year)
    programme = program.library.programme(programme_id)
    program.workbooks.write(programme, blank(programme, year), target, progress)
