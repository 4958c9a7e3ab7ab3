"""The command that imports a school's own table (台账)."""

from pathlib import Path
from typing import Annotated

import typer

from chuyi_desktop.app.import_ledger import (
    open_ledger,
    plan_ledger,
    remembered,
    take_ledger,
    targets_of,
    understand,
)
from chuyi_desktop.app.ledgers.layout import Layout
from chuyi_desktop.app.ledgers.mapping import mapping_of, read_mapping, write_mapping
from chuyi_desktop.app.ledgers.plan import LedgerPlan, Mode
from chuyi_desktop.app.ledgers.ports import LedgerFile
from chuyi_desktop.app.session import Session
from chuyi_desktop.cli import context
from chuyi_desktop.cli.exit_codes import UNUSABLE
from chuyi_desktop.cli.help_text import Command
from chuyi_desktop.cli.ledger_tables import as_json, print_counts, print_layout, print_plan
from chuyi_desktop.cli.opening import opened
from chuyi_desktop.cli.options import Json, ProgrammeChoice, Workspace, YearChoice
from chuyi_desktop.domain.errors import InputError, OutputError
from chuyi_desktop.domain.wording import say

Into = Annotated[str, typer.Option("--into", metavar="ID", help=say("ledger.help.into"))]
Sheet = Annotated[str, typer.Option("--sheet", metavar="NAME", help=say("ledger.help.sheet"))]
Header = Annotated[int | None, typer.Option("--header", metavar="ROW", help=say("ledger.help.header"))]
MapIn = Annotated[Path | None, typer.Option("--map", metavar="M.json", help=say("ledger.help.map"))]
MapOut = Annotated[
    Path | None, typer.Option("--save-map", metavar="M.json", help=say("ledger.help.save_map"))
]
Preview = Annotated[bool, typer.Option("--preview", help=say("ledger.help.preview"))]
Add = Annotated[bool, typer.Option("--add", help=say("ledger.help.add"))]
Replace = Annotated[bool, typer.Option("--replace", help=say("ledger.help.replace"))]
Report = Annotated[Path | None, typer.Option("--report", metavar="R.xlsx", help=say("ledger.help.report"))]


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("ledger", cls=Command, help=say("ledger.help"))(ledger)


def ledger(
    ctx: typer.Context,
    *,
    workspace: Workspace,
    source: Annotated[Path, typer.Argument(metavar="FILE", help=say("ledger.help.source"))],
    into: Into,
    sheet: Sheet = "",
    header: Header = None,
    map_in: MapIn = None,
    map_out: MapOut = None,
    preview: Preview = False,
    add: Add = False,
    replace: Replace = False,
    report: Report = None,
    json: Json = False,
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
) -> None:
    """Import a table of the school's own making."""
    here = context.of(ctx)
    if add and replace:
        raise InputError("ledger.add_or_replace")
    mode = Mode.ADD if add else Mode.REPLACE if replace else Mode.UPDATE
    with opened(here, workspace, programme, year, write=not preview) as session:
        if not preview:
            session.demand_writable()
        with here.console.progress() as progress:
            file = open_ledger(here.program, source, progress)
            layout = _understood(session, file, into, sheet, header, map_in)
            plan = plan_ledger(session, file, layout, mode, progress)
        _keep(here, session, layout, map_out)
        if report is not None:
            _mark(here, file, plan, report)
        if not (preview or plan.refused):
            take_ledger(session, plan)
        if json:
            here.console.json(as_json(file, plan, taken=not (preview or plan.refused)))
        else:
            _print(here, session, file, plan, preview=preview)
        if plan.refused:
            raise typer.Exit(UNUSABLE)


def _understood(
    session: Session, file: LedgerFile, into: str, sheet: str, header: int | None, map_in: Path | None
) -> Layout:
    mapping = remembered(session, into) if map_in is None else read_mapping(map_in)
    return understand(session, file, into, sheet=sheet, head_row=header, mapping=mapping)


def _keep(here: context.Context, session: Session, layout: Layout, target: Path | None) -> None:
    if target is not None:
        mapping = mapping_of(layout, session.assessment.year)
        write_mapping(mapping, target, targets_of(session, layout))
        here.console.note(say("ledger.map_written", {"file": target}))


def _mark(here: context.Context, file: LedgerFile, plan: LedgerPlan, target: Path) -> None:
    if not file.markable:
        raise OutputError("ledger.not_markable", file=file.name)
    here.program.workbooks.mark(file.path, plan.plan.problems, target)
    here.console.note(say("ledger.marked", {"file": target}))


def _print(
    here: context.Context, session: Session, file: LedgerFile, plan: LedgerPlan, *, preview: bool
) -> None:
    console = here.console
    print_layout(console, plan.layout)
    if preview:
        print_plan(console, session, plan)
    console.problems((*file.notes, *plan.plan.problems))
    if plan.refused:
        console.fail(say("ledger.refused"))
        return
    print_counts(console, plan)
    if preview:
        console.say(say("ledger.previewed"))
    else:
        count = len(plan.plan.changes)
        console.say(say("ledger.done" if count else "cli.unchanged", {"count": count}))
