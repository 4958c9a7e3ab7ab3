"""Does this installation work? The sample school's whole way in a temporary folder, part by part."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chuyi_desktop.app.demo import Way, demonstrate
from chuyi_desktop.app.import_workbook import plan_import
from chuyi_desktop.app.program import Program
from chuyi_desktop.domain.errors import ChuyiError
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.domain.wording import say


@dataclass(frozen=True, slots=True)
class Finding:
    """A part of the program that was tried; ``fault`` is empty where it works."""

    part: str
    fault: str = ""


def selftest(program: Program, folder: Path, try_window: Callable[[Path], str]) -> Iterator[Finding]:
    """Try every part; ``try_window`` opens a window on a workspace unseen and returns what went wrong."""
    mistakes = [problem for problem in program.library.check() if problem.severity is Severity.ERROR]
    yield Finding(say("app.selftest.packs"), "；".join(str(problem) for problem in mistakes))
    for way in demonstrate(program, folder):
        name = way.session.programme.name
        yield _tried(f"{name}：{say('app.selftest.database')}", _database, way)
        yield _tried(f"{name}：{say('app.selftest.workbook')}", _workbook, way)
        yield _tried(f"{name}：{say('app.selftest.dossier')}", _dossier, way)
    yield Finding(say("app.selftest.window"), try_window(folder / "workspace"))


def _tried(part: str, check: Callable[[Way], bool], way: Way) -> Finding:
    try:
        return Finding(part, "" if check(way) else say("app.selftest.failed", {"what": part}))
    except ChuyiError as error:
        return Finding(part, error.sentence)


def _database(way: Way) -> bool:
    """What was stored is read back the same."""
    stored = way.session.workspace.assessment(way.session.head.id)
    return stored.fields == way.session.assessment.fields and bool(stored.fields)


def _workbook(way: Way) -> bool:
    """Importing the same workbook again changes nothing."""
    plan = plan_import(way.session, way.workbook)
    return not plan.refused and not plan.changes


def _dossier(way: Way) -> bool:
    """It has pages, and nothing of it could not be set."""
    pages = way.session.program.pages.page_count(way.dossier)
    return pages == way.printed.pages > 0 and not way.printed.problems
