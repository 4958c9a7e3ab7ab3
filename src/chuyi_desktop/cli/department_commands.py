"""Commands for departments that work apart: split, merge, departments, owners."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from chuyi_desktop.app.change_owners import change_owners, owned
from chuyi_desktop.app.departments.deliveries import Delivery, MergePlan
from chuyi_desktop.app.departments.words import left_words, remark_words
from chuyi_desktop.app.merge_workbooks import department_states, make_merge, plan_merge, read_choices
from chuyi_desktop.app.read_deliveries import read_deliveries
from chuyi_desktop.app.session import Session
from chuyi_desktop.app.split_workbook import split_workbook
from chuyi_desktop.cli import context
from chuyi_desktop.cli.department_json import merge_json, owners_json, split_json, states_json
from chuyi_desktop.cli.department_tables import (
    conflict_lines,
    deliveries_table,
    owners_table,
    split_table,
    states_table,
)
from chuyi_desktop.cli.exit_codes import UNUSABLE
from chuyi_desktop.cli.help_text import Command
from chuyi_desktop.cli.opening import opened
from chuyi_desktop.cli.options import Json, ProgrammeChoice, Workspace, YearChoice, pairs
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.indicator import Column, ValueKind
from chuyi_desktop.domain.typed_input import read_typed
from chuyi_desktop.domain.wording import say

_MOST_TITLES = 12
"""So many blank things of a department are named in a line."""


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("split", cls=Command, help=say("departments.help.split"))(split)
    app.command("merge", cls=Command, help=say("departments.help.merge"))(merge)
    app.command("departments", cls=Command, help=say("departments.help.departments"))(departments)
    app.command("owners", cls=Command, help=say("departments.help.owners"))(owners)


def split(
    ctx: typer.Context,
    workspace: Workspace,
    folder: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help=say("departments.help.folder"))
    ],
    wanted: Annotated[
        list[str], typer.Option("--department", metavar="D", help=say("departments.help.department"))
    ] = [],  # noqa: B006  # typer copies it
    *,
    due: Annotated[str, typer.Option("--due", metavar="DATE", help=say("departments.help.due"))] = "",
    contact: Annotated[
        str, typer.Option("--contact", metavar="WHO", help=say("departments.help.contact"))
    ] = "",
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
    json: Json = False,
) -> None:
    """Write a workbook for each department."""
    here = context.of(ctx)
    by = _day(due)
    with opened(here, workspace, programme, year, write=True) as session:
        with here.console.progress() as progress:
            done = split_workbook(
                session, folder, departments=wanted, due=by, contact=contact, progress=progress
            )
        if json:
            here.console.json(split_json(done, session.assessment))
            return
        here.console.out.print(split_table(done, session.assessment))
        here.console.say(say("departments.split.done", {"count": len(done.files), "folder": folder}))
        here.console.say(say("departments.split.next", {"workspace": workspace}))
        if not done.noted:
            here.console.note(say("departments.split.not_noted"))


def merge(
    ctx: typer.Context,
    workspace: Workspace,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=say("departments.help.files"))],
    choose: Annotated[
        list[str], typer.Option("--choose", metavar="ID=FILE", help=say("departments.help.choose"))
    ] = [],  # noqa: B006  # typer copies it
    *,
    partial: Annotated[bool, typer.Option("--partial", help=say("departments.help.partial"))] = False,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="DIR", help=say("departments.help.report"))
    ] = None,
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
    json: Json = False,
) -> None:
    """Bring departments' workbooks together."""
    here = context.of(ctx)
    settings = pairs(choose)
    with opened(here, workspace, programme, year, write=True) as session:
        session.demand_writable()
        with here.console.progress() as progress:
            deliveries = read_deliveries(session, files, progress)
        plan = plan_merge(session, deliveries)
        if settings:
            plan = plan_merge(session, deliveries, read_choices(plan, settings))
        if report is not None:
            _mark(here, deliveries, report)
        taken = plan.whole or partial
        if taken:
            make_merge(session, plan, partial=partial)
        if json:
            here.console.json(merge_json(session, plan, taken=taken))
        else:
            _tell(here, session, plan, taken=taken)
        if not taken or not any(not delivery.refused for delivery in deliveries):
            raise typer.Exit(UNUSABLE)


def departments(
    ctx: typer.Context,
    workspace: Workspace,
    blank: Annotated[bool, typer.Option("--blank", help=say("departments.help.blank"))] = False,
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
    json: Json = False,
) -> None:
    """Say how far every department is."""
    here = context.of(ctx)
    with opened(here, workspace, programme, year) as session:
        states = department_states(session)
        if json:
            here.console.json(states_json(states))
            return
        here.console.out.print(states_table(states, here.program.clock().date()))
        for state in states if blank else ():
            if state.filling.blank:
                titles = "、".join(state.filling.blank)
                here.console.say(
                    say("departments.blank_line", {"department": state.department, "titles": titles})
                )
        _tell_awaited(here, tuple(state.department for state in states if state.delivered is None))


def owners(
    ctx: typer.Context,
    workspace: Workspace,
    settings: Annotated[
        list[str] | None, typer.Argument(metavar="[ID=D…]", help=say("departments.help.settings"))
    ] = None,
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
    json: Json = False,
) -> None:
    """Show or change who supplies what."""
    here = context.of(ctx)
    with opened(here, workspace, programme, year, write=bool(settings)) as session:
        changed = change_owners(session, pairs(settings)) if settings else None
        if json:
            here.console.json(owners_json(owned(session)))
        elif changed is None:
            here.console.out.print(owners_table(owned(session)))
        else:
            code = "departments.owners_changed" if changed else "departments.owners_same"
            here.console.say(say(code, {"count": changed}))


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    found = read_typed(text, Column("due", "", ValueKind.DATE)).value
    if not isinstance(found, date):
        raise InputError("departments.due_form", found=text)
    return found


def _mark(here: context.Context, deliveries: tuple[Delivery, ...], folder: Path) -> None:
    """A copy of each workbook in which something can be marked."""
    folder.mkdir(parents=True, exist_ok=True)
    for delivery in deliveries:
        if any(problem.place.cell for problem in delivery.problems):
            target = folder / delivery.key.replace("/", "_")
            here.program.workbooks.mark(delivery.path, delivery.problems, target)
            here.console.note(say("departments.marked", {"file": target}))


def _tell(here: context.Context, session: Session, plan: MergePlan, *, taken: bool) -> None:
    """What was found, and what was done about it."""
    _tell_found(here, plan)
    if taken:
        _tell_taken(here, session, plan)
        return
    if plan.refused:
        here.console.fail(say("departments.stopped.files", {"files": len(plan.refused)}))
    if plan.open:
        here.console.fail(say("departments.stopped.conflicts", {"conflicts": len(plan.open)}))


def _tell_found(here: context.Context, plan: MergePlan) -> None:
    console = here.console
    console.out.print(deliveries_table(plan))
    for delivery in plan.deliveries:
        if delivery.problems:
            if any(problem.place.sheet for problem in delivery.problems):
                # What is wrong with a file as a whole names it.
                console.note(say("departments.of_file", {"file": delivery.key}))
            console.problems(delivery.problems)
    for conflict in plan.conflicts:
        for line in conflict_lines(conflict):
            console.out.print(line)
    for remark in plan.remarks:
        console.say(remark_words(remark))


def _tell_taken(here: context.Context, session: Session, plan: MergePlan) -> None:
    """How much is different now, what stayed behind, and what is still to come."""
    console = here.console
    files = len(plan.deliveries) - len(plan.refused)
    code = "departments.merged" if plan.changes else "departments.merged_nothing"
    code = code if files else "departments.nothing_usable"
    console.say(say(code, {"files": files, "count": plan.fields}))
    if not plan.whole:
        console.note(left_words(plan))
    for state in department_states(session):
        if state.filling.blank and state.delivered is not None:
            titles = "、".join(state.filling.blank[:_MOST_TITLES])
            if len(state.filling.blank) > _MOST_TITLES:
                titles = say("departments.blank_more", {"titles": titles, "count": len(state.filling.blank)})
            console.say(say("departments.blank_line", {"department": state.department, "titles": titles}))
    _tell_awaited(here, plan.awaited)


def _tell_awaited(here: context.Context, awaited: tuple[str, ...]) -> None:
    code = "departments.awaited" if awaited else "departments.all_delivered"
    here.console.say(say(code, {"departments": "、".join(awaited)}))
