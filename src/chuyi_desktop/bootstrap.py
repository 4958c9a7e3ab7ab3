"""The composition root: the only module that knows every room, and picks the real adapters."""

import getpass
import platform
from datetime import UTC, datetime
from pathlib import Path

from chuyi_desktop import locations
from chuyi_desktop.app.program import Program
from chuyi_desktop.excel.ledger.files import FileLedgers
from chuyi_desktop.excel.workbooks import ExcelWorkbooks
from chuyi_desktop.packs.library import FormsFolder
from chuyi_desktop.pdf.pages import PdfPages
from chuyi_desktop.pdf.renderer import PdfRenderer
from chuyi_desktop.solver.highs import HighsSolver
from chuyi_desktop.storage.workspaces import SqliteWorkspaces


def build_program() -> Program:
    """The program with its real adapters."""
    resources = locations.resources_folder()
    user = _user()
    return Program(
        library=FormsFolder(locations.forms_folder()),
        workspaces=SqliteWorkspaces(host=platform.node(), user=user),
        workbooks=ExcelWorkbooks(),
        renderer=PdfRenderer(resources / "fonts"),
        pages=PdfPages(),
        clock=lambda: datetime.now(UTC).astimezone(),
        who=user,
        samples=resources / "sample",
        solver=HighsSolver(),
        ledgers=FileLedgers(),
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # No name is known to the system, as in some containers.
        return "user"


def open_window(program: Program, workspace: Path | None) -> int:
    """Show the window, on ``workspace`` where given, until it is closed."""
    from chuyi_desktop.ui.application import run  # noqa: PLC0415  # Qt loads only where a window is wanted

    return run(program, workspace, locations.resources_folder(), locations.log_folder)


def try_window(program: Program, workspace: Path) -> str:
    """Open the window on ``workspace`` unseen; what went wrong, empty where nothing did."""
    from chuyi_desktop.ui.application import try_unseen  # noqa: PLC0415  # as above

    return try_unseen(program, workspace, locations.resources_folder())
