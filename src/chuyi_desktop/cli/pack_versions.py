"""Commands on the versions of a pack: forms compare, forms move."""

from pathlib import Path
from typing import Annotated

import typer

from chuyi_desktop.app.compare_packs import compare_packs
from chuyi_desktop.app.move_pack import make_move, plan_move
from chuyi_desktop.cli import context
from chuyi_desktop.cli.help_text import Command
from chuyi_desktop.cli.opening import opened
from chuyi_desktop.cli.options import Json, ProgrammeChoice, Workspace, YearChoice
from chuyi_desktop.cli.pack_comparison import as_plain, left_as_plain, print_comparison, print_left
from chuyi_desktop.domain.wording import say

With = Annotated[Path | None, typer.Option("--with", metavar="DIR", help=say("cli.help.forms_with"))]


def register(forms: typer.Typer) -> None:
    """Add the commands to the group ``forms``."""
    forms.command("compare", cls=Command, help=say("cli.help.forms_compare"))(compare)
    forms.command("move", cls=Command, help=say("cli.help.forms_move"))(move)


def compare(
    ctx: typer.Context,
    workspace: Workspace,
    forms: With = None,
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
    json: Json = False,
) -> None:
    """Judge an assessment under its own pack and under another."""
    here = context.of(ctx)
    found = compare_packs(here.program, workspace, programme_id=programme, year=year, forms=forms)
    if json:
        here.console.json(as_plain(found))
    else:
        print_comparison(here.console, found)


def move(
    ctx: typer.Context,
    workspace: Workspace,
    forms: With = None,
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
    yes: Annotated[bool, typer.Option("--yes", help=say("cli.help.yes"))] = False,
    json: Json = False,
) -> None:
    """Tell what another pack changes; with ``--yes`` bind the assessment to it."""
    here = context.of(ctx)
    with opened(here, workspace, programme, year, write=yes) as session:
        planned = plan_move(session, forms)
        bound = session.head.pack_hash == planned.target.pack_hash
        moved = yes and make_move(session, planned)
    if json:
        told = as_plain(planned.comparison) | {"left": left_as_plain(planned.left), "moved": moved}
        here.console.json(told)
        return
    print_comparison(here.console, planned.comparison)
    print_left(here.console, planned.left)
    if moved:
        here.console.say(say("cli.move.done", {"version": planned.target.version}))
    else:
        here.console.say(say("cli.move.same" if bound else "cli.move.not_yet"))
