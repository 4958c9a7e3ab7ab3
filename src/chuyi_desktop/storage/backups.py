"""Copies of the database in the workspace's ``backups`` folder, made whole by SQLite itself and verified."""

import sqlite3
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from chuyi_desktop.storage.database import connect, make_database
from chuyi_desktop.storage.durable import replace_durably, sync_file
from chuyi_desktop.storage.inspection import DamagedError, is_sound

FOLDER = "backups"
KEPT = 10
"""Daily backups that are kept; those made before a migration are kept for good."""
_SUFFIX = ".sqlite3"
_UNFINISHED = ".unfinished-"
_BEFORE = "-before-"


def back_up(folder: Path, database: Path, moment: datetime, *, before: str = "") -> Path:
    """A verified copy of ``database``, which nobody writes to; ``before`` names the migration it precedes."""
    backups = folder / FOLDER
    backups.mkdir(exist_ok=True)
    name = f"{moment:%Y%m%d-%H%M%S}{_BEFORE + before if before else ''}{_SUFFIX}"
    unfinished = backups / f"{_UNFINISHED}{name}"
    unfinished.unlink(missing_ok=True)
    try:
        _copy(database, unfinished)
        if not is_sound(unfinished):
            raise DamagedError(f"backup {name}")
        sync_file(unfinished)
        replace_durably(unfinished, backups / name)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return backups / name


def back_up_daily(folder: Path, database: Path, moment: datetime) -> Path | None:
    """The first backup of the day, with old ones cleared away; None where the day has one."""
    if any(path.name.startswith(f"{moment:%Y%m%d}-") for path in _daily(folder)):
        return None
    made = back_up(folder, database, moment)
    for outdated in _daily(folder)[:-KEPT]:
        outdated.unlink(missing_ok=True)
    return made


def newest_sound(folder: Path) -> Path | None:
    """The newest backup that can be used; None where there is none."""
    return next((path for path in reversed(_all(folder)) if is_sound(path)), None)


def _copy(database: Path, target: Path) -> None:
    make_database(target)
    source = connect(database, write=False, quiet=True)
    copy = connect(target, write=True)
    try:
        source.backup(copy)
        # The copy takes over the log mode of its source; as a single file it can lie anywhere.
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
        source.close()


def _all(folder: Path) -> list[Path]:
    try:
        found = [path for path in (folder / FOLDER).iterdir() if path.suffix == _SUFFIX]
    except OSError:
        return []
    return sorted(path for path in found if not path.name.startswith("."))


def _daily(folder: Path) -> list[Path]:
    return [path for path in _all(folder) if _BEFORE not in path.name]


BackupError = (sqlite3.Error, OSError, DamagedError)
"""What making a backup can fail with."""
