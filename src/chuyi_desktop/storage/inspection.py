"""Looks at a workspace's file before anything is done with it. Never writes."""

import sqlite3
from pathlib import Path

from chuyi_desktop.storage.database import APPLICATION_ID, connect
from chuyi_desktop.storage.failures import is_damage

_HEADER = b"SQLite format 3\x00"


class DamagedError(Exception):
    """The file is broken; the text says how, for the log."""


class ForeignError(Exception):
    """The file is sound, but no workspace."""


def revision_of(path: Path, *, quiet: bool) -> str:
    """The version of the tables in a sound workspace file; ``quiet`` says that nobody writes meanwhile.

    Raises DamagedError or ForeignError, and sqlite3.Error where it cannot be read at all.
    """
    with path.open("rb") as stream:
        if stream.read(len(_HEADER)) != _HEADER:
            raise DamagedError("no SQLite header")
    try:
        connection = connect(path, write=False, quiet=quiet)
        try:
            return _revision(connection)
        finally:
            connection.close()
    except sqlite3.Error as error:
        if is_damage(error):
            raise DamagedError(repr(error)) from error
        raise


def _revision(connection: sqlite3.Connection) -> str:
    check = connection.execute("PRAGMA quick_check(1)").fetchone()
    if check != ("ok",):
        raise DamagedError(f"quick_check: {check}")
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise ForeignError("application id")
    # Ours have neither; in a file from outside they could change what is written.
    if connection.execute("SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone():
        raise ForeignError("triggers or views")
    try:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.OperationalError as error:
        raise DamagedError("no version") from error
    if len(found) != 1 or not isinstance(found[0][0], str):
        raise DamagedError(f"version {found}")
    return found[0][0]


def is_sound(path: Path) -> bool:
    """Whether ``path``, which nobody writes to, is a workspace file without damage."""
    try:
        revision_of(path, quiet=True)
    except (DamagedError, ForeignError, sqlite3.Error, OSError):
        return False
    return True
