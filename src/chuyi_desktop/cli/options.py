"""Arguments and options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.wording import say

Workspace = Annotated[Path, typer.Argument(metavar="WORKSPACE", help=say("cli.help.workspace"))]
ProgrammeChoice = Annotated[
    str | None, typer.Option("--programme", metavar="ID", help=say("cli.help.programme_choice"))
]
YearChoice = Annotated[int | None, typer.Option("--year", metavar="YEAR", help=say("cli.help.year_choice"))]
Json = Annotated[bool, typer.Option("--json", help=say("cli.help.json"))]
Strict = Annotated[bool, typer.Option("--strict", help=say("cli.help.strict"))]


def pairs(settings: list[str]) -> dict[str, str]:
    """``k=v`` words as a mapping."""
    found: dict[str, str] = {}
    for setting in settings:
        name, sign, text = setting.partition("=")
        if not sign or not name.strip():
            raise InputError("app.setting_form", found=setting)
        if name.strip() in found:
            raise InputError("app.setting_twice", name=name.strip())
        found[name.strip()] = text
    return found
