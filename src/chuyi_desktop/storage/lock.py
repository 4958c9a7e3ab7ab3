"""One writer a workspace: a lock of the operating system, which ends with its process, and beside it a note
of who holds it."""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from chuyi_desktop.domain.wording import say
from chuyi_desktop.storage.failures import NOT_WRITABLE

LOCK = "workspace.lock"
NOTE = "workspace.holder.json"
# Long enough to outlast a program that only looks whether the workspace is held.
_PATIENCE_SECONDS = 0.3
_LONGEST_NOTE = 4096
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a workspace for writing since when."""

    user: str
    host: str
    pid: int
    since: datetime

    def __str__(self) -> str:
        since = self.since.strftime("%Y-%m-%d %H:%M")
        return say("storage.holder", {"user": self.user, "host": self.host, "pid": self.pid, "since": since})


class HeldError(Exception):
    """Somebody else holds the workspace; ``holder`` is None where the note is unreadable."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(str(holder))
        self.holder = holder


class NotWritableError(Exception):
    """This user may only read in the folder."""


class Lock:
    """A lock that is held until released."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        self._folder = folder
        self._lock = lock

    def sign(self, holder: Holder) -> None:
        """Leave a note for others. Without one they only read that somebody holds the workspace."""
        note = {
            "user": holder.user,
            "host": holder.host,
            "pid": holder.pid,
            "since": holder.since.isoformat(),
        }
        unfinished = self._folder / f"{NOTE}.{os.getpid()}"
        with suppress(OSError):
            unfinished.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
            unfinished.replace(self._folder / NOTE)
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)

    def release(self) -> None:
        """Let others write."""
        if self._lock.is_locked:
            with suppress(OSError):
                (self._folder / NOTE).unlink(missing_ok=True)
            self._lock.release()


def take(folder: Path) -> Lock:
    """The lock of ``folder``. Raises HeldError, NotWritableError, or OSError for a fault of the disk."""
    lock = FileLock(folder / LOCK, timeout=_PATIENCE_SECONDS, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise HeldError(noted_holder(folder)) from error
    except OSError as error:
        if error.errno in NOT_WRITABLE:
            raise NotWritableError from error
        raise
    return Lock(folder, lock)


def noted_holder(folder: Path) -> Holder | None:
    """Whom the note names; None where there is none or it cannot be understood."""
    try:
        with (folder / NOTE).open("rb") as stream:
            note = json.loads(stream.read(_LONGEST_NOTE))
        since = datetime.fromisoformat(note["since"])
        return Holder(_name(note["user"]), _name(note["host"]), int(note["pid"]), since)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _name(found: object) -> str:
    return "".join(character for character in str(found) if character.isprintable())[:_LONGEST_NAME]
