"""Runs one command: parses, reports every failure as a sentence, and returns the exit code."""

from collections.abc import Callable, Sequence

import typer
from typer.exceptions import Exit, TyperException

from chuyi_desktop.app.fault_report import keep_fault, system_fault
from chuyi_desktop.app.program import Program
from chuyi_desktop.cli.commands import app
from chuyi_desktop.cli.console import Console
from chuyi_desktop.cli.context import Context, Faces
from chuyi_desktop.cli.exit_codes import DONE, UNUSABLE
from chuyi_desktop.cli.usage import usage_sentence
from chuyi_desktop.domain.errors import ChuyiError
from chuyi_desktop.domain.wording import say


def run(arguments: Sequence[str], build_program: Callable[[], Program], faces: Faces) -> int:
    """Run the command in ``arguments``; its exit code. Never raises."""
    console = Console()
    try:
        command = typer.main.get_command(app)
        context = Context(build_program, faces, console)
        code = command.main(list(arguments), "chuyi", standalone_mode=False, obj=context)
        return code if isinstance(code, int) else DONE
    except Exit as stop:
        return stop.exit_code
    except ChuyiError as error:
        console.fail(error.sentence)
        return UNUSABLE
    except TyperException as error:
        console.fail(usage_sentence(error))
        return UNUSABLE
    except (KeyboardInterrupt, EOFError):
        console.fail(say("app.cancelled"))
        return UNUSABLE
    except OSError as error:
        keep_fault(error, faces.log_folder)
        console.fail(system_fault(error).sentence)
        return UNUSABLE
    except Exception as error:  # noqa: BLE001  # the one top-level handler: no traceback reaches the user
        console.fail(say("cli.own_fault", {"report": keep_fault(error, faces.log_folder) or ""}))
        return UNUSABLE
