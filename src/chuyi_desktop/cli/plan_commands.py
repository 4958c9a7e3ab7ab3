"""The command plan: the cheapest changes that reach a tier."""

from typing import Annotated

import typer

from chuyi_desktop.app.plan_improvement import MOST_SECONDS, SECONDS, find_improvements, read_terms
from chuyi_desktop.cli import context
from chuyi_desktop.cli.console import Console
from chuyi_desktop.cli.exit_codes import UNSATISFIED
from chuyi_desktop.cli.help_text import Command
from chuyi_desktop.cli.opening import opened
from chuyi_desktop.cli.options import Json, ProgrammeChoice, Strict, Workspace, YearChoice
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.plan_json import improvements_json
from chuyi_desktop.report.plan_words import plan_head, plan_result
from chuyi_desktop.scoring.planning.improvement import DEFAULT_PLANS, Improvement, Improvements


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("plan", cls=Command, help=say("plan.help"))(plan)


def plan(  # noqa: PLR0917  # an option each, as typer reads them
    ctx: typer.Context,
    workspace: Workspace,
    tier: Annotated[str, typer.Option("--tier", metavar="T", help=say("plan.help.tier"))],
    freeze: Annotated[list[str], typer.Option("--freeze", metavar="ID", help=say("plan.help.freeze"))] = [],  # noqa: B006  # typer copies it
    limit: Annotated[
        list[str], typer.Option("--limit", metavar="ID=LO..HI", help=say("plan.help.limit"))
    ] = [],  # noqa: B006  # as above
    cost: Annotated[list[str], typer.Option("--cost", metavar="ID=C", help=say("plan.help.cost"))] = [],  # noqa: B006  # as above
    plans: Annotated[int, typer.Option("--plans", metavar="N", help=say("plan.help.plans"))] = DEFAULT_PLANS,
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="S", help=say("plan.help.seconds"))
    ] = SECONDS,
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
    json: Json = False,
    strict: Strict = False,
) -> None:
    """Look for improvements; nothing is stored."""
    here = context.of(ctx)
    if not 1 <= seconds <= MOST_SECONDS:
        raise InputError("plan.seconds", most=round(MOST_SECONDS))
    with opened(here, workspace, programme, year) as session:
        terms = read_terms(
            session.programme,
            session.assessment,
            tier,
            freeze=freeze,
            limits=limit,
            costs=cost,
            plans=plans,
        )
        with here.console.progress() as progress:
            found = find_improvements(session, terms, progress, seconds=seconds)
        if json:
            here.console.json(improvements_json(found))
        else:
            print_improvements(here.console, found)
    if strict and not found.plans:
        raise typer.Exit(UNSATISFIED)


def print_improvements(console: Console, found: Improvements) -> None:
    """The plans as a clerk reads them."""
    for reason in found.reasons:
        console.say(reason)
    if not found.reached:
        for number, each in enumerate(found.plans, 1):
            _print_plan(console, number, each)
    for note in found.notes:
        console.say(note)
    if found.plans and not found.reached:
        console.say(say("plan.reference"))


def _print_plan(console: Console, number: int, plan: Improvement) -> None:
    console.say(plan_head(number, plan))
    last = len(plan.steps) - 1
    for at, step in enumerate(plan.steps):
        console.say(say("plan.last_line" if at == last else "plan.line", {"sentence": step.sentence}))
    if plan.assumptions:
        console.say(say("plan.assumed"))
    console.say(plan_result(plan))
    if plan.new_findings:
        console.say(say("plan.follow"))
        for finding in plan.new_findings:
            console.say(say("plan.finding", {"message": finding.message}))
