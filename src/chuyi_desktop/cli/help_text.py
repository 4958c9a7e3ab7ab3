"""Help pages in the user's language: typer's fixed English words, put into the product's."""

from difflib import get_close_matches
from typing import Any

from typer._click.core import Context  # typer ships its own click and exports only a subclass
from typer.core import TyperCommand, TyperGroup

from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.wording import say

_WORDS = {
    "Usage: ": "cli.word.usage",
    "Options:": "cli.word.options",
    "Arguments:": "cli.word.arguments",
    "Commands:": "cli.word.commands",
    "[OPTIONS]": "cli.word.options_place",
    "COMMAND [ARGS]": "cli.word.command_place",
    "Show this message and exit.": "cli.word.help",
    "[required]": "cli.word.required",
    "[default: ": "cli.word.default",
}


def _translated(text: str) -> str:
    for english, code in _WORDS.items():
        text = text.replace(english, say(code))
    return text


class Group(TyperGroup):
    """A command with sub-commands."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401  # typer's own untyped seam
        """The sub-command that ``args`` name."""
        if args and self.get_command(ctx, args[0]) is None:
            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            code = "cli.usage.command_near" if near else "cli.usage.command"
            raise InputError(code, name=args[0], near="".join(near))
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: Context) -> str:
        """The help page."""
        return _translated(super().get_help(ctx))


class Command(TyperCommand):
    """A command."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line in the list of commands; a sentence without spaces is cut at its first stop, where the
        library would leave three dots only."""
        said = self.help or ""
        return said if len(said) <= limit else said.partition("：")[0].partition("；")[0]

    def get_help(self, ctx: Context) -> str:
        """The help page."""
        return _translated(super().get_help(ctx))
