"""Makes and opens workspace folders."""

import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from chuyi_desktop.app.ports import Clock
from chuyi_desktop.domain.errors import WorkspaceError
from chuyi_desktop.domain.wording import say
from chuyi_desktop.storage import backups, evidence, lock
from chuyi_desktop.storage.database import DATABASE, engine_for, make_database, use_write_ahead_log
from chuyi_desktop.storage.durable import replace_durably, sync_file
from chuyi_desktop.storage.failures import said_plainly
from chuyi_desktop.storage.inspection import DamagedError, ForeignError, revision_of
from chuyi_desktop.storage.lock import HeldError, Holder, Lock, NotWritableError
from chuyi_desktop.storage.schema import Schema
from chuyi_desktop.storage.snapshot import take_snapshot
from chuyi_desktop.storage.workspace import Access, SqliteWorkspace

_LOG = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


@dataclass(frozen=True, slots=True)
class _Reach:
    """What can be done in a folder: ``lock`` where nobody else writes; ``in_place`` where SQLite can read
    there; ``holder`` names who writes."""

    lock: Lock | None = None
    in_place: bool = True
    holder: str = ""


class SqliteWorkspaces:
    """Workspace folders on SQLite. ``host`` and ``user`` tell others who holds one."""

    def __init__(self, host: str, user: str, clock: Clock = _now, schema: Schema | None = None) -> None:
        self._host = host
        self._user = user
        self._clock = clock
        self._schema = schema or Schema()

    def create(self, folder: Path) -> SqliteWorkspace:
        """A new, empty workspace in an absent or empty folder. Nothing is left of one that fails."""
        folder = folder.absolute()
        with said_plainly(folder):
            _demand_room(folder)
            absent = [path for path in (folder, *folder.parents) if not path.exists()]
            try:
                folder.mkdir(parents=True, exist_ok=True)
                return self._made(folder)
            except BaseException:
                _clear(folder, absent)
                raise

    def open(self, folder: Path, *, write: bool = True) -> SqliteWorkspace:
        """An existing workspace; read only where ``write`` is false, somebody else holds it, or the folder
        cannot be written."""
        folder = folder.absolute()
        with said_plainly(folder):
            _demand_workspace(folder)
            reach = self._reach(folder)
            try:
                if reach.lock is not None and write:
                    return self._opened_for_writing(folder, reach.lock)
                return self._opened_for_reading(folder, reach)
            except BaseException:
                if reach.lock is not None:
                    reach.lock.release()
                raise

    def _made(self, folder: Path) -> SqliteWorkspace:
        held = self._taken(folder)
        try:
            unfinished = folder / f"{DATABASE}.unfinished"
            make_database(unfinished)
            _migrate(unfinished, self._schema)
            sync_file(unfinished)
            for name in (evidence.FOLDER, backups.FOLDER):
                (folder / name).mkdir()
            # Only with its last name is it a workspace; whoever dies before leaves none that looks whole.
            replace_durably(unfinished, folder / DATABASE)
            return self._writable(folder, held)
        except BaseException:
            held.release()
            raise

    def _opened_for_writing(self, folder: Path, held: Lock) -> SqliteWorkspace:
        database = folder / DATABASE
        revision = self._revision(folder, database, quiet=True)
        if revision != self._schema.newest:
            self._bring_up(folder, database)
        else:
            try:
                backups.back_up_daily(folder, database, self._clock())
            except backups.BackupError as error:
                # Not to be able to save a copy is no reason to keep the school from its data.
                _LOG.warning("%s", say("storage.no_daily_backup", {"folder": folder}))
                _LOG.debug("no daily backup: %r", error)
        return self._writable(folder, held)

    def _bring_up(self, folder: Path, database: Path) -> None:
        """Back an older file up, then migrate it."""
        try:
            kept = backups.back_up(folder, database, self._clock(), before=self._schema.newest)
        except backups.BackupError as error:
            raise WorkspaceError(
                "storage.no_backup_to_migrate", folder=folder, details=repr(error)
            ) from error
        try:
            _migrate(database, self._schema)
        except Exception as error:
            raise WorkspaceError(
                "storage.not_migrated", folder=folder, backup=kept, details=repr(error)
            ) from error

    def _writable(self, folder: Path, held: Lock) -> SqliteWorkspace:
        use_write_ahead_log(folder / DATABASE)
        held.sign(Holder(self._user, self._host, os.getpid(), self._clock()))
        return SqliteWorkspace(folder, Access(engine_for(folder / DATABASE, write=True), held))

    def _opened_for_reading(self, folder: Path, reach: _Reach) -> SqliteWorkspace:
        copy = None if reach.in_place else take_snapshot(folder)
        try:
            quiet = reach.lock is not None or copy is not None
            revision = self._revision(folder, _database(folder, copy), quiet=quiet)
            if revision != self._schema.newest:
                # It may not be changed in place, so that its copy is.
                copy = copy or take_snapshot(folder)
                _migrate(_database(folder, copy), self._schema)
            if reach.lock is not None:
                reach.lock.release()
            engine = engine_for(_database(folder, copy), write=False)
            return SqliteWorkspace(folder, Access(engine, holder=reach.holder, copy=copy))
        except BaseException:
            if copy is not None:
                copy.cleanup()
            raise

    def _taken(self, folder: Path) -> Lock:
        try:
            return lock.take(folder)
        except HeldError as error:
            raise WorkspaceError("storage.not_empty", folder=folder, details=repr(error)) from error
        except NotWritableError as error:
            raise WorkspaceError("storage.no_permission", folder=folder, details=repr(error)) from error

    def _reach(self, folder: Path) -> _Reach:
        try:
            taken = lock.take(folder)
        except HeldError as error:
            holder = error.holder
            # Writers on two computers share no memory, and the log of changes lives in it.
            elsewhere = holder is not None and holder.host != self._host
            return _Reach(in_place=not elsewhere, holder=str(holder or say("storage.unknown_holder")))
        except NotWritableError:
            return _Reach(in_place=False)
        return _Reach(taken)

    def _revision(self, folder: Path, database: Path, *, quiet: bool) -> str:
        """The version of a sound file that this program can read."""
        try:
            revision = revision_of(database, quiet=quiet)
        except DamagedError as error:
            raise _damaged(folder, error) from error
        except ForeignError as error:
            # A file of ours may be so damaged that it only looks foreign; only ours leave backups.
            if backups.newest_sound(folder) is not None:
                raise _damaged(folder, error) from error
            raise WorkspaceError("storage.not_a_workspace", folder=folder, details=repr(error)) from error
        if not self._schema.knows(revision):
            raise WorkspaceError("storage.newer", folder=folder, details=revision)
        return revision


def _database(folder: Path, copy: TemporaryDirectory[str] | None) -> Path:
    return (folder if copy is None else Path(copy.name)) / DATABASE


def _migrate(database: Path, schema: Schema) -> None:
    engine = engine_for(database, write=True)
    try:
        schema.upgrade(engine)
    finally:
        engine.dispose()


def _damaged(folder: Path, error: Exception) -> WorkspaceError:
    backup = backups.newest_sound(folder)
    if backup is None:
        return WorkspaceError("storage.damaged", folder=folder, file=DATABASE, details=repr(error))
    return WorkspaceError(
        "storage.damaged_with_backup", folder=folder, file=DATABASE, backup=backup, details=repr(error)
    )


def _demand_room(folder: Path) -> None:
    """Refuse to make a workspace where something is."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise WorkspaceError("storage.not_a_folder", folder=folder)
    if (folder / DATABASE).exists():
        raise WorkspaceError("storage.is_a_workspace", folder=folder)
    if any(folder.iterdir()):
        raise WorkspaceError("storage.not_empty", folder=folder)


def _demand_workspace(folder: Path) -> None:
    if not folder.exists():
        raise WorkspaceError("storage.no_folder", folder=folder)
    if not folder.is_dir():
        raise WorkspaceError("storage.not_a_folder", folder=folder)
    if not (folder / DATABASE).is_file():
        if backups.newest_sound(folder) is not None:
            raise _damaged(folder, FileNotFoundError(DATABASE))
        raise WorkspaceError("storage.not_a_workspace", folder=folder)


def _clear(folder: Path, absent: list[Path]) -> None:
    """Remove what making a workspace left in ``folder``, and the folders that were ``absent`` before."""

    def forgive(*_: object) -> None:
        """What cannot be removed now stays; the failure that led here is the one to tell."""

    with suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir():
                rmtree(path, onerror=forgive)
            else:
                with suppress(OSError):
                    path.unlink()
    for path in absent:
        with suppress(OSError):
            path.rmdir()
