"""Faults of the machine under the workspace, said as one sentence each."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, ProgrammingError
from sqlalchemy.orm.exc import StaleDataError

from chuyi_desktop.domain.errors import ChuyiError, InputError, WorkspaceError
from chuyi_desktop.storage.values import UnreadableRowError

_PRIMARY_CODE = 0xFF
_BY_SQLITE_CODE = {
    sqlite3.SQLITE_FULL: "storage.disk_full",
    sqlite3.SQLITE_IOERR: "storage.disk_failed",
    sqlite3.SQLITE_CORRUPT: "storage.damaged_in_use",
    sqlite3.SQLITE_NOTADB: "storage.damaged_in_use",
    sqlite3.SQLITE_READONLY: "storage.no_permission",
    sqlite3.SQLITE_PERM: "storage.no_permission",
    sqlite3.SQLITE_CANTOPEN: "storage.no_permission",
    sqlite3.SQLITE_BUSY: "storage.busy",
    sqlite3.SQLITE_LOCKED: "storage.busy",
}
_BY_ERRNO = {
    errno.ENOSPC: "storage.disk_full",
    errno.EDQUOT: "storage.disk_full",
    errno.EFBIG: "storage.disk_full",
    errno.EACCES: "storage.no_permission",
    errno.EPERM: "storage.no_permission",
    errno.EROFS: "storage.no_permission",
    errno.ENOTDIR: "storage.not_a_folder",
    errno.EEXIST: "storage.not_a_folder",
    errno.ENOENT: "storage.no_folder",
}
NOT_WRITABLE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
"""What the system says where this user may only read."""


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite found the file itself to be broken."""
    return primary_code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def primary_code(error: BaseException | None) -> int:
    """SQLite's primary result code of ``error``; 0 where it has none."""
    # Errors that Python itself raises carry no code.
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE


def of_database(folder: Path, error: BaseException | None) -> WorkspaceError:
    """The failure for an error of the database driver."""
    code = _BY_SQLITE_CODE.get(primary_code(error), "storage.disk_failed")
    return WorkspaceError(code, folder=folder, details=repr(error))


def of_system(folder: Path, error: OSError) -> WorkspaceError:
    """The failure for an error of the file system."""
    code = _BY_ERRNO.get(error.errno or 0, "storage.disk_failed")
    return WorkspaceError(code, folder=folder, details=repr(error))


@contextmanager
def said_plainly(folder: Path) -> Iterator[None]:
    """Turn faults of disk and database into WorkspaceError; faults of the program pass as they are."""
    try:
        yield
    except ChuyiError:
        raise
    except (IntegrityError, StaleDataError) as error:
        # On a shared server somebody else was faster; alone, the comparison of old contents comes first.
        raise WorkspaceError("storage.changed_meanwhile", count=1, details=repr(error)) from error
    except (ProgrammingError, InterfaceError):
        raise
    except DBAPIError as error:
        raise of_database(folder, error.orig) from error
    except sqlite3.Error as error:
        raise of_database(folder, error) from error
    except UnreadableRowError as error:
        raise WorkspaceError("storage.damaged_in_use", folder=folder, details=repr(error)) from error
    except UnicodeEncodeError as error:
        raise InputError("storage.text_unstorable", details=repr(error)) from error
    except OSError as error:
        raise of_system(folder, error) from error
