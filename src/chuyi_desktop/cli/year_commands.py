"""Commands on the years of a programme: compare, trend, roll-over."""

from pathlib import Path
from typing import Annotated

import typer

from chuyi_desktop.app.begin import open_session
from chuyi_desktop.app.compare_years import compare_years, trends
from chuyi_desktop.app.roll_over import make_roll_over, plan_roll_over
from chuyi_desktop.app.roll_over_words import plan_lines
from chuyi_desktop.app.session import Session
from chuyi_desktop.cli import context
from chuyi_desktop.cli.help_text import Command
from chuyi_desktop.cli.opening import note_pack
from chuyi_desktop.cli.options import Json, Workspace
from chuyi_desktop.cli.year_tables import print_comparison, print_trends
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.years_json import trends_json, years_json

Year = Annotated[int, typer.Argument(metavar="YEAR", help=say("years.help.year"))]
ProgrammeChoice = Annotated[
    str | None, typer.Option("--programme", metavar="ID", help=say("years.help.programme"))
]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("compare", cls=Command, help=say("years.help.compare"))(compare)
    app.command("trend", cls=Command, help=say("years.help.trend"))(trend)
    app.command("roll-over", cls=Command, help=say("years.help.roll_over"))(roll_over)


def compare(
    ctx: typer.Context,
    workspace: Workspace,
    one: Year,
    other: Year,
    programme: ProgrammeChoice = None,
    json: Json = False,
) -> None:
    """Two years of a programme side by side."""
    here = context.of(ctx)
    with _opened(here, workspace, programme) as session:
        found = compare_years(session, one, other)
    if json:
        answer = years_json(found.before, found.after, found.indicators, found.rules, found.difference)
        here.console.json(answer | {"notes": list(found.notes)})
    else:
        print_comparison(here.console, found)


def trend(
    ctx: typer.Context,
    workspace: Workspace,
    names: Annotated[list[str], typer.Argument(metavar="[ID…]", help=say("years.help.names"))] = [],  # noqa: B006  # typer copies it
    programme: ProgrammeChoice = None,
    json: Json = False,
) -> None:
    """Every year of a programme."""
    here = context.of(ctx)
    with _opened(here, workspace, programme) as session:
        found = trends(session, names)
    if json:
        answer = trends_json(found.years, found.indicators, found.rules)
        here.console.json(answer | {"notes": list(found.notes)})
    else:
        print_trends(here.console, found)


def roll_over(
    ctx: typer.Context,
    workspace: Workspace,
    year: Annotated[int, typer.Option("--year", metavar="YEAR", help=say("years.help.new_year"))],
    source: Annotated[int | None, typer.Option("--from", metavar="YEAR", help=say("years.help.from"))] = None,
    with_rosters: Annotated[
        bool, typer.Option("--with-rosters", help=say("years.help.with_rosters"))
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("years.help.dry_run"))] = False,
    programme: ProgrammeChoice = None,
    json: Json = False,
) -> None:
    """Begin the next year from an earlier one."""
    here = context.of(ctx)
    with _opened(here, workspace, programme, write=not dry_run, before=year, year=source) as session:
        plan = plan_roll_over(session, year, with_rosters=with_rosters)
        lines = plan_lines(plan)
        if not json:
            for line in lines:
                here.console.say(line)
        if not dry_run:
            make_roll_over(session, plan)
    if json:
        here.console.json(
            {
                "programme_id": plan.programme.id,
                "pack_version": plan.programme.version,
                "from": plan.source_year,
                "year": plan.year,
                "taken": [
                    {
                        "kind": str(each.kind),
                        "id": each.id,
                        "title": each.title,
                        "value": each.shown or None,
                        "count": each.count,
                        "decides": each.decides,
                    }
                    for each in plan.taken
                ],
                "left_out": {str(kind): count for kind, count in plan.left_out},
                "there": plan.there,
                "made": not dry_run,
            }
        )
    elif dry_run:
        here.console.say(say("roll_over.not_made"))
    else:
        params = {"year": plan.year, "source": plan.source_year, "taken": len(plan.taken)}
        here.console.say(say("roll_over.made", params))


def _opened(
    here: context.Context,
    workspace: Path,
    programme: str | None,
    *,
    write: bool = False,
    before: int | None = None,
    year: int | None = None,
) -> Session:
    """The programme's assessment of ``year``, else its latest one (``before`` a year)."""
    with open_session(here.program, workspace, programme_id=programme, write=False) as session:
        heads = session.workspace.heads()
        chosen = session.programme
        if programme is None and len({head.programme_id for head in heads}) > 1:
            here.console.note(
                say("cli.one_of_several", {"programme": chosen.name, "year": session.head.year})
            )
        years = [head.year for head in heads if head.programme_id == session.head.programme_id]
        earlier = [each for each in years if before is None or each < before]
        if before is not None and not earlier and (year is None or before not in years):
            there = "、".join(str(each) for each in sorted(years))
            raise InputError(
                "roll_over.no_source", folder=workspace, year=before, programme=chosen.name, there=there
            )
        wanted = year if year is not None else max(earlier, default=max(years))
        programme_id = session.head.programme_id
    session = open_session(here.program, workspace, programme_id=programme_id, year=wanted, write=write)
    note_pack(here.console, session)
    return session
