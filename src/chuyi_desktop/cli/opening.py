"""Opening an assessment for a command, with what is to be known about it said on standard error."""

from pathlib import Path

from chuyi_desktop.app.begin import open_session
from chuyi_desktop.app.own_pack import PackState
from chuyi_desktop.app.session import Session
from chuyi_desktop.cli.console import Console
from chuyi_desktop.cli.context import Context
from chuyi_desktop.domain.wording import say


def opened(
    here: Context, workspace: Path, programme: str | None, year: int | None, *, write: bool = False
) -> Session:
    """For reading: also while somebody else holds the workspace."""
    session = open_session(here.program, workspace, programme_id=programme, year=year, write=write)
    chosen = session.programme
    fitting = [
        head
        for head in session.workspace.heads()
        if programme in {None, head.programme_id} and year in {None, head.year}
    ]
    if len(fitting) > 1:
        here.console.note(say("cli.one_of_several", {"programme": chosen.name, "year": session.head.year}))
    note_pack(here.console, session)
    return session


def note_pack(console: Console, session: Session) -> None:
    """Say which pack the assessment is judged by, where that is not simply the installed one."""
    state = session.pack.state
    if state is not PackState.INSTALLED:
        own, installed = session.pack_versions
        params = {"own": own, "installed": installed, "folder": session.workspace.folder}
        console.note(say(f"cli.pack_state.{state}", params))
