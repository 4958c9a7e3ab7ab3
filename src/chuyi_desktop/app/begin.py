"""Begin an assessment, in a new workspace or in one the school has, and open one again."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from chuyi_desktop.app.blank import assessment_id, blank
from chuyi_desktop.app.changes import Plan
from chuyi_desktop.app.edit import plan_settings
from chuyi_desktop.app.own_pack import installed_pack, judging_pack
from chuyi_desktop.app.ports import AssessmentHead, Workspace
from chuyi_desktop.app.program import Program
from chuyi_desktop.app.session import Session, demand_writable
from chuyi_desktop.domain.assessment import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    Assessment,
    Change,
    Content,
    Field,
)
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.indicator import SCHOOL_NAME
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.wording import say


def begin(
    program: Program, folder: Path, programme_id: str, year: int, settings: Mapping[str, str]
) -> Session:
    """A new assessment with its first ``settings`` (names to typed text). The workspace is made where
    ``folder`` is absent or empty; an existing workspace gets one more assessment of the same school.

    Raises InputError, with nothing made, where a setting cannot be taken.
    """
    demand_year(year)
    programme = program.library.programme(programme_id)
    head = new_head(program, programme, year)
    if _is_new(folder):
        # A wrong setting is said before anything is made.
        _plan(program, programme, blank(programme, year), settings)
        workspace = program.workspaces.create(folder)
    else:
        workspace = program.workspaces.open(folder)
    return _added(program, workspace, head, programme, settings)


def demand_year(year: int) -> None:
    """Raises InputError where ``year`` is a slip of the finger: 26, 20260."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise InputError("app.year", found=year, earliest=EARLIEST_YEAR, latest=LATEST_YEAR)


def open_session(
    program: Program,
    folder: Path,
    *,
    programme_id: str | None = None,
    year: int | None = None,
    write: bool = True,
) -> Session:
    """An assessment of an existing workspace under its own pack: the one asked for, or that begun last."""
    workspace = program.workspaces.open(folder, write=write)
    try:
        head = choose_head(workspace, programme_id, year)
        return Session(program, workspace, head, judging_pack(program.library, workspace, head))
    except BaseException:
        workspace.close()
        raise


def choose_head(workspace: Workspace, programme_id: str | None, year: int | None) -> AssessmentHead:
    """The assessment asked for, or the one begun last. Raises InputError where there is none."""
    found = [
        head
        for head in workspace.heads()
        if programme_id in {None, head.programme_id} and year in {None, head.year}
    ]
    if not found:
        there = "、".join(f"{head.programme_id} {head.year}" for head in workspace.heads())
        raise InputError("app.no_such_assessment", folder=workspace.folder, there=there or say("app.none"))
    return found[-1]


def _is_new(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def _plan(program: Program, programme: Programme, unfilled: Assessment, settings: Mapping[str, str]) -> Plan:
    plan = plan_settings(programme, unfilled, settings, program.stamp(say("app.begin")))
    if plan.refused:
        raise InputError("app.refused", problems="\n".join(str(problem) for problem in plan.problems))
    return plan


def _added(
    program: Program,
    workspace: Workspace,
    head: AssessmentHead,
    programme: Programme,
    settings: Mapping[str, str],
) -> Session:
    try:
        demand_writable(workspace)
        unfilled = blank(programme, head.year, _of_the_school(workspace))
        _demand_same_school(workspace, unfilled, settings)
        plan = _plan(program, programme, unfilled, settings)
        return add_assessment(program, workspace, programme, head, plan.changes, say("app.begin"))
    except BaseException:
        workspace.close()
        raise


def add_assessment(
    program: Program,
    workspace: Workspace,
    programme: Programme,
    head: AssessmentHead,
    changes: Sequence[Change],
    label: str,
    then: Sequence[Change] = (),
) -> Session:
    """Add the assessment of ``head`` under the installed ``programme`` to a workspace, with its first
    ``changes``, and the changes ``then`` as a deed that can be undone."""
    # Kept first: no assessment is bound to a pack that is not there.
    workspace.keep_pack(head.pack_hash, program.library.texts(programme.id))
    workspace.add_assessment(head, changes, program.stamp(label), then)
    return Session(program, workspace, head, installed_pack(programme))


def new_head(program: Program, programme: Programme, year: int) -> AssessmentHead:
    """The head of an assessment of ``programme`` and ``year`` that begins now."""
    return AssessmentHead(
        assessment_id(programme.id, year),
        programme.id,
        year,
        programme.version,
        programme.pack_hash,
        program.clock(),
    )


def _demand_same_school(workspace: Workspace, unfilled: Assessment, settings: Mapping[str, str]) -> None:
    """A workspace is one school's: the name that it has for the year is not written over in passing."""
    there, given = unfilled.value(SCHOOL_NAME), settings.get(SCHOOL_NAME, "").strip()
    if isinstance(there, str) and given and given != there:
        raise InputError("app.other_school", folder=workspace.folder, there=there, given=given)


def _of_the_school(workspace: Workspace) -> Mapping[Field, Content]:
    """The fields that every assessment of the workspace shares."""
    heads = workspace.heads()
    fields = workspace.assessment(heads[0].id).fields if heads else {}
    return {field: content for field, content in fields.items() if field.year is not None}
