"""The sample school's whole way: published figures → Excel → workspace → verdict → dossier."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from chuyi_desktop.app.attach import attach
from chuyi_desktop.app.begin import begin, open_session
from chuyi_desktop.app.blank import blank
from chuyi_desktop.app.edit import plan_settings
from chuyi_desktop.app.export_dossier import export_dossier
from chuyi_desktop.app.import_workbook import import_workbook
from chuyi_desktop.app.ports import PrintedDossier, Progress, silent
from chuyi_desktop.app.program import Program
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.indicator import SCHOOL_NAME
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.summary import as_json

SAMPLE = "sample-school.json"


@dataclass(frozen=True, slots=True)
class Sample:
    """A real school's published figures: ``settings`` as a clerk would type them, by indicator; what the
    school did not publish is not there. ``evidence`` is a file and what it proves."""

    year: int
    programmes: tuple[str, ...]
    settings: Mapping[str, str]
    evidence: tuple[tuple[Path, str], ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One programme's way: what was written, and the session it left open."""

    session: Session
    workbook: Path
    verdict: Path
    dossier: Path
    printed: PrintedDossier


def read_sample(folder: Path) -> Sample:
    """The sample school in ``folder``."""
    try:
        content = json.loads((folder / SAMPLE).read_text("utf-8"))
        evidence = tuple((folder / piece["file"], str(piece["proves"])) for piece in content["evidence"])
        return Sample(int(content["year"]), tuple(content["programmes"]), dict(content["settings"]), evidence)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError("app.sample_unreadable", file=folder / SAMPLE, details=str(error)) from error


def demonstrate(program: Program, out: Path, progress: Progress = silent) -> Iterator[Way]:
    """Walk the sample school's way under ``out``, programme by programme. Doing it again changes nothing
    that is there already. Each yielded session is closed when the next way begins or the walk ends."""
    sample = read_sample(program.samples)
    for programme_id in sample.programmes:
        with _opened(program, out / "workspace", programme_id, sample) as session:
            yield _walk(session, out, sample, progress)


def _opened(program: Program, folder: Path, programme_id: str, sample: Sample) -> Session:
    if folder.exists():
        try:
            return open_session(program, folder, programme_id=programme_id, year=sample.year)
        except InputError as error:
            if error.code != "app.no_such_assessment":
                raise
    name = {SCHOOL_NAME: sample.settings[SCHOOL_NAME]}
    return begin(program, folder, programme_id, sample.year, name)


def _walk(session: Session, out: Path, sample: Sample, progress: Progress) -> Way:
    programme = session.programme
    workbook = out / f"{programme.id}.xlsx"
    _write_filled(session, programme, sample, workbook)
    plan = import_workbook(session, workbook, progress)
    if plan.refused:
        raise InputError("app.refused", problems="\n".join(str(problem) for problem in plan.problems))
    for source, proves in sample.evidence:
        if proves in programme.indicators or proves in programme.rule_titles():
            attach(session, source, proves)
    verdict = out / f"{programme.id}.json"
    verdict.write_text(verdict_text(session), "utf-8")
    dossier = out / f"{programme.id}.pdf"
    return Way(session, workbook, verdict, dossier, export_dossier(session, dossier, progress))


def _write_filled(session: Session, programme: Programme, sample: Sample, target: Path) -> None:
    """The workbook as the school's clerk would hand it over."""
    unfilled = blank(programme, session.assessment.year)
    asked = {name: text for name, text in sample.settings.items() if name in programme.indicators}
    stamp = session.program.stamp(say("app.begin"))
    filled = unfilled.after(plan_settings(programme, unfilled, asked, stamp).changes)
    target.parent.mkdir(parents=True, exist_ok=True)
    session.program.workbooks.write(programme, filled, target, silent)


def verdict_text(session: Session) -> str:
    """The verdict as JSON text, as ``assess --json`` prints it."""
    return json.dumps(as_json(session.programme, session.verdict), ensure_ascii=False, indent=2) + "\n"
