"""The command explain: how a rule, an indicator or a check came out as it did."""

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from chuyi_desktop.app.explain_rule import explain_rule
from chuyi_desktop.cli import context
from chuyi_desktop.cli.help_text import Command
from chuyi_desktop.cli.opening import opened
from chuyi_desktop.cli.options import Json, ProgrammeChoice, Workspace, YearChoice
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.explain_json import explain_json
from chuyi_desktop.report.explain_words import account

_INDENT = "　　"


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("explain", cls=Command, help=say("explain.help"))(explain)


def explain(
    ctx: typer.Context,
    workspace: Workspace,
    name: Annotated[str, typer.Argument(metavar="RULE", help=say("explain.help.name"))],
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
    json: Json = False,
) -> None:
    """Tell the whole derivation."""
    here = context.of(ctx)
    with opened(here, workspace, programme, year) as session:
        told = explain_rule(session, name)
        if json:
            answer = {"programme_id": session.programme.id, "year": session.assessment.year}
            here.console.json(answer | explain_json(told))
            return
    # A label and its lines side by side; long lines go on under themselves.
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for line in account(told):
        table.add_row(Text(line.label, style="bold"), Text(_INDENT * line.level + line.text))
    here.console.out.print(table)
    here.console.say(say("report.honesty"))
