"""Commands on a workspace: new, set, import, export, attach, assess, dossier."""

from pathlib import Path
from typing import Annotated

import typer

from chuyi_desktop.app.attach import attach as attach_file
from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.changes import Plan
from chuyi_desktop.app.edit import plan_settings
from chuyi_desktop.app.export_dossier import export_dossier
from chuyi_desktop.app.export_workbook import export_live, export_workbook
from chuyi_desktop.app.import_workbook import make_import, plan_import
from chuyi_desktop.app.session import Session
from chuyi_desktop.app.shared_years import other_years_touched
from chuyi_desktop.cli import context
from chuyi_desktop.cli.exit_codes import UNSATISFIED, UNUSABLE
from chuyi_desktop.cli.help_text import Command
from chuyi_desktop.cli.opening import opened
from chuyi_desktop.cli.options import Json, ProgrammeChoice, Strict, Workspace, YearChoice, pairs
from chuyi_desktop.cli.verdict_table import print_verdict
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.indicator import SCHOOL_NAME
from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.summary import as_json


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("new", cls=Command, help=say("cli.help.new"))(new)
    app.command("set", cls=Command, help=say("cli.help.set"))(set_fields)
    app.command("import", cls=Command, help=say("cli.help.import"))(import_)
    app.command("export", cls=Command, help=say("cli.help.export"))(export)
    app.command("attach", cls=Command, help=say("cli.help.attach"))(attach)
    app.command("assess", cls=Command, help=say("cli.help.assess"))(assess)
    app.command("dossier", cls=Command, help=say("cli.help.dossier"))(dossier)


def new(
    ctx: typer.Context,
    workspace: Workspace,
    programme: Annotated[str, typer.Option("--programme", metavar="ID", help=say("cli.help.programme"))],
    year: Annotated[int, typer.Option("--year", metavar="YEAR", help=say("cli.help.year"))],
    school: Annotated[str, typer.Option("--school", metavar="NAME", help=say("cli.help.school"))],
    settings: Annotated[list[str], typer.Option("--set", metavar="K=V", help=say("cli.help.settings"))] = [],  # noqa: B006  # typer copies it
) -> None:
    """Begin an assessment."""
    here = context.of(ctx)
    if not school.strip():
        raise InputError("cli.school_wanted")
    given = {SCHOOL_NAME: school} | pairs(settings)
    with begin(here.program, workspace, programme, year, given) as session:
        here.console.say(
            say("cli.created", {"folder": workspace, "programme": session.programme.name, "year": year})
        )


def set_fields(
    ctx: typer.Context,
    workspace: Workspace,
    settings: Annotated[list[str], typer.Argument(metavar="K=V…", help=say("cli.help.settings"))],
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
) -> None:
    """Fill in fields."""
    here = context.of(ctx)
    with opened(here, workspace, programme, year, write=True) as session:
        stamp = here.program.stamp(say("cli.set"))
        plan = plan_settings(session.programme, session.assessment, pairs(settings), stamp)
        _finish(here, plan)
        session.make(plan.changes, stamp.label)
        _tell(here, "cli.changed", plan)
        _note_years(here, session, plan)


def import_(
    ctx: typer.Context,
    workspace: Workspace,
    source: Annotated[Path, typer.Argument(metavar="F.xlsx", help=say("cli.help.source"))],
    report: Annotated[
        Path | None, typer.Option("--report", metavar="R.xlsx", help=say("cli.help.report"))
    ] = None,
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
) -> None:
    """Import a filled-in workbook."""
    here = context.of(ctx)
    with opened(here, workspace, programme, year, write=True) as session:
        with here.console.progress() as progress:
            plan = plan_import(session, source, progress)
        if report is not None:
            # Before anything is changed: where the copy cannot be written, nothing has happened.
            here.program.workbooks.mark(source, plan.problems, report)
        _finish(here, plan)
        make_import(session, plan, source)
        _tell(here, "cli.imported", plan)
        _note_years(here, session, plan)


def _finish(here: context.Context, plan: Plan) -> None:
    here.console.problems(plan.problems)
    if plan.refused:
        here.console.fail(say("cli.refused"))
        raise typer.Exit(UNUSABLE)


def _tell(here: context.Context, code: str, plan: Plan) -> None:
    """How much is different now."""
    count = len(plan.changes)
    here.console.say(say(code if count else "cli.unchanged", {"count": count}))


def _note_years(here: context.Context, session: Session, plan: Plan) -> None:
    """Say which other years' verdicts the changes change."""
    for year in other_years_touched(session, plan.changes):
        here.console.note(say("years.touched", {"year": year}))


def export(
    ctx: typer.Context,
    workspace: Workspace,
    target: Annotated[Path, typer.Option("-o", "--output", metavar="F.xlsx", help=say("cli.help.target"))],
    live: Annotated[bool, typer.Option("--live", help=say("cli.help.live"))] = False,
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
) -> None:
    """Write the school's workbook, plain or living."""
    here = context.of(ctx)
    with opened(here, workspace, programme, year) as session, here.console.progress() as progress:
        (export_live if live else export_workbook)(session, target, progress)
    here.console.say(say("cli.written", {"file": target}))


def attach(
    ctx: typer.Context,
    workspace: Workspace,
    source: Annotated[Path, typer.Argument(metavar="FILE", help=say("cli.help.evidence"))],
    proves: Annotated[str, typer.Option("--for", metavar="ITEM", help=say("cli.help.item"))],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help=say("cli.help.evidence_name"))] = "",
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
) -> None:
    """Attach evidence."""
    here = context.of(ctx)
    with opened(here, workspace, programme, year, write=True) as session:
        changed = attach_file(session, source, proves, name)
    here.console.say(say("cli.attached" if changed.anything else "cli.attached_before", {"file": source}))


def assess(
    ctx: typer.Context,
    workspace: Workspace,
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
    json: Json = False,
    strict: Strict = False,
) -> None:
    """Say where the school stands."""
    here = context.of(ctx)
    with opened(here, workspace, programme, year) as session:
        if json:
            here.console.json(as_json(session.programme, session.verdict))
        else:
            print_verdict(here.console, session)
        _demand(session, strict=strict)


def dossier(
    ctx: typer.Context,
    workspace: Workspace,
    target: Annotated[Path, typer.Option("-o", "--output", metavar="F.pdf", help=say("cli.help.target"))],
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
    strict: Strict = False,
) -> None:
    """Print the dossier."""
    here = context.of(ctx)
    with opened(here, workspace, programme, year) as session:
        with here.console.progress() as progress:
            printed = export_dossier(session, target, progress)
        here.console.problems(printed.problems)
        here.console.say(say("cli.printed", {"file": target, "pages": printed.pages}))
        _demand(session, strict=strict)


def _demand(session: Session, *, strict: bool) -> None:
    """With ``--strict``: every condition met and no check in the way, else exit code 1."""
    verdict = session.verdict
    unsatisfied = verdict.count(Outcome.UNMET) + verdict.count(Outcome.MISSING) > 0 or verdict.blocked
    if strict and unsatisfied:
        raise typer.Exit(UNSATISFIED)
