"""All commands, gathered."""

import typer

from chuyi_desktop import __version__
from chuyi_desktop.cli import (
    department_commands,
    explain_commands,
    form_commands,
    gap_commands,
    ledger_commands,
    plan_commands,
    program_commands,
    what_if_commands,
    workspace_commands,
    year_commands,
)
from chuyi_desktop.cli.help_text import Group
from chuyi_desktop.domain.wording import say

app = typer.Typer(
    cls=Group,
    help=say("cli.help"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def root(
    *,
    version: bool = typer.Option(
        False, "--version", callback=lambda wanted: _show_version(wanted=wanted), help=say("cli.help.version")
    ),
) -> None:
    """The root command."""
    del version


root.__doc__ = None
workspace_commands.register(app)
ledger_commands.register(app)
department_commands.register(app)
explain_commands.register(app)
what_if_commands.register(app)
gap_commands.register(app)
plan_commands.register(app)
year_commands.register(app)
form_commands.register(app)
program_commands.register(app)
