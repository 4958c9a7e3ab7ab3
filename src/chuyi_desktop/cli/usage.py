"""Wrong usage in the user's language."""

from typer._click.exceptions import (  # typer ships its own click and re-exports none of these
    BadParameter,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
)
from typer.exceptions import TyperException

from chuyi_desktop.domain.wording import say


def usage_sentence(error: TyperException) -> str:
    """What is wrong with the call, and where to look."""
    match error:
        case NoArgsIsHelpError():
            return error.format_message()
        case MissingParameter():
            return say("cli.usage.missing", {"name": _name(error)})
        case NoSuchOption():
            near = "、".join(error.possibilities or ())
            return say(
                "cli.usage.option_near" if near else "cli.usage.option",
                {"name": error.option_name, "near": near},
            )
        case BadParameter():  # of all options and arguments only numbers can be bad in form
            return say("cli.usage.bad", {"name": _name(error)})
        case _:
            return say("cli.usage.other", {"reason": error.format_message()})


def _name(error: BadParameter) -> str:
    """The option or argument as the user writes it."""
    parameter = error.param
    if parameter is None:
        return ""
    return (
        "/".join(parameter.opts)
        if parameter.opts[0].startswith("-")
        else parameter.metavar or parameter.name or ""
    )
