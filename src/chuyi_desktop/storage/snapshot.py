"""A private copy of a workspace's database, for reading where SQLite cannot read in place: in a folder
without write permission, or over the network while another computer writes."""

from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from chuyi_desktop.domain.errors import WorkspaceError
from chuyi_desktop.storage.database import DATABASE

_LOG = f"{DATABASE}-wal"
_ATTEMPTS = 5


def take_snapshot(folder: Path) -> TemporaryDirectory[str]:
    """A temporary folder with the database as of one moment. Raises WorkspaceError where the writer never
    pauses, OSError where it cannot be copied."""
    copy = TemporaryDirectory(prefix="chuyi-", ignore_cleanup_errors=True)
    try:
        for _ in range(_ATTEMPTS):
            before = _fingerprint(folder)
            # The log only makes sense beside the very file it was written for, so both or neither.
            for name in (DATABASE, _LOG):
                target = Path(copy.name) / name
                target.unlink(missing_ok=True)
                if (folder / name).exists():
                    copyfile(folder / name, target)
            if _fingerprint(folder) == before:
                return copy
    except BaseException:
        copy.cleanup()
        raise
    copy.cleanup()
    raise WorkspaceError("storage.busy", folder=folder)


def _fingerprint(folder: Path) -> list[tuple[int, int] | None]:
    states: list[tuple[int, int] | None] = []
    for name in (DATABASE, _LOG):
        try:
            state = (folder / name).stat()
            states.append((state.st_size, state.st_mtime_ns))
        except FileNotFoundError:
            states.append(None)
    return states
