"""Commands on the program itself: demo, gui, selftest."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from chuyi_desktop.app.demo import demonstrate
from chuyi_desktop.app.selftest import selftest as try_parts
from chuyi_desktop.cli import context
from chuyi_desktop.cli.exit_codes import UNSATISFIED
from chuyi_desktop.cli.help_text import Command
from chuyi_desktop.cli.opening import note_pack
from chuyi_desktop.cli.verdict_table import print_verdict
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.wording import say


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("demo", cls=Command, help=say("cli.help.demo"))(demo)
    app.command("gui", cls=Command, help=say("cli.help.gui"))(gui)
    app.command("selftest", cls=Command, help=say("cli.help.selftest"))(selftest)


def demo(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=say("cli.help.out"))] = Path("out"),
    window: Annotated[bool, typer.Option("--window", help=say("cli.help.window"))] = False,
) -> None:
    """The sample school's whole way."""
    here = context.of(ctx)
    with here.console.progress() as progress:
        for way in demonstrate(here.program, out, progress):
            note_pack(here.console, way.session)
            print_verdict(here.console, way.session)
            here.console.problems(way.printed.problems)
            for file in (way.workbook, way.verdict, way.dossier):
                here.console.say(say("cli.written", {"file": file}))
            here.console.say("")
    here.console.say(say("cli.demo_workspace", {"folder": out / "workspace"}))
    if window and _has_display():
        here.faces.open_window(here.program, out / "workspace")
    elif window:
        here.console.note(say("cli.no_display", {"folder": out / "workspace"}))


def gui(
    ctx: typer.Context,
    workspace: Annotated[
        Path | None, typer.Argument(metavar="WORKSPACE", help=say("cli.help.workspace"))
    ] = None,
) -> None:
    """Open the window."""
    here = context.of(ctx)
    if not _has_display():
        # Qt would end the whole process with sentences of its own.
        raise InputError("cli.display_wanted")
    raise typer.Exit(here.faces.open_window(here.program, workspace))


def selftest(ctx: typer.Context) -> None:
    """Try every part of this installation."""
    here = context.of(ctx)
    faults = 0
    with tempfile.TemporaryDirectory(prefix="chuyi-", ignore_cleanup_errors=True) as folder:
        for finding in try_parts(
            here.program, Path(folder), lambda workspace: here.faces.try_window(here.program, workspace)
        ):
            faults += bool(finding.fault)
            code = "cli.part_unfit" if finding.fault else "cli.part_fit"
            here.console.say(say(code, {"part": finding.part, "fault": finding.fault}))
    if faults:
        raise typer.Exit(UNSATISFIED)


def _has_display() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
