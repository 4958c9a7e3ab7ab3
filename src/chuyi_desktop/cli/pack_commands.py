"""Commands that carry a form pack to a workbook and back: forms export, import, import-xlsform."""

from pathlib import Path
from typing import Annotated

import typer

from chuyi_desktop.app.exchange_pack import export_pack, import_pack, import_xlsform
from chuyi_desktop.app.ports import TakenPack
from chuyi_desktop.cli import context
from chuyi_desktop.cli.help_text import Command
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.domain.wording import say

UNUSABLE = 2


def register(forms: typer.Typer) -> None:
    """Add the commands to the group ``forms``."""
    forms.command("export", cls=Command, help=say("cli.help.forms_export"))(export)
    forms.command("import", cls=Command, help=say("cli.help.forms_import"))(import_)
    forms.command("import-xlsform", cls=Command, help=say("cli.help.forms_xlsform"))(import_xls_form)


def export(
    ctx: typer.Context,
    programme: Annotated[str, typer.Argument(metavar="ID", help=say("cli.help.programme"))],
    target: Annotated[Path, typer.Option("-o", "--output", metavar="F.xlsx", help=say("cli.help.target"))],
) -> None:
    """Write a pack as a workbook."""
    here = context.of(ctx)
    export_pack(here.program, programme, target)
    here.console.say(say("cli.pack_written", {"file": target}))


Source = Annotated[Path, typer.Argument(metavar="F.xlsx", help=say("cli.help.forms_source"))]
Folder = Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help=say("cli.help.forms_folder"))]
NewId = Annotated[str, typer.Option("--id", metavar="ID", help=say("cli.help.forms_id"))]
Report = Annotated[Path | None, typer.Option("--report", metavar="F.xlsx", help=say("cli.help.report"))]


def import_(
    ctx: typer.Context, source: Source, folder: Folder, new_id: NewId = "", report: Report = None
) -> None:
    """Take a pack's workbook into a forms folder."""
    here = context.of(ctx)
    _tell(here, import_pack(here.program, source, folder, new_id=new_id, report=report))


def import_xls_form(
    ctx: typer.Context, source: Source, folder: Folder, new_id: NewId = "", report: Report = None
) -> None:
    """Take an XLSForm into a forms folder."""
    here = context.of(ctx)
    _tell(here, import_xlsform(here.program, source, folder, new_id=new_id, report=report))


def _tell(here: context.Context, taken: TakenPack) -> None:
    """What became of it."""
    here.console.problems(taken.problems)
    if taken.refused:
        errors = sum(1 for problem in taken.problems if problem.severity is Severity.ERROR)
        here.console.fail(say("cli.pack_refused", {"count": errors}))
        raise typer.Exit(UNUSABLE)
    if taken.begun:
        here.console.say(say("cli.pack_begun", {"folder": taken.folder}))
    here.console.say(say("cli.pack_taken", {"id": taken.id, "folder": taken.folder}))
