"""Results reach their place whole or not at all."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from chuyi_desktop.domain.errors import OutputError


@contextmanager
def replacing(target: Path) -> Iterator[BinaryIO]:
    """A new file beside ``target`` that takes its place when the block ends well, and is gone when it does
    not. Raises OutputError where the disk refuses; what stood at ``target`` is then untouched."""
    if target.is_dir():
        raise OutputError("excel.target_is_folder", file=target.name)
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        with beside.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    except OSError as error:
        raise OutputError(
            _code(error), file=target.name, folder=str(target.parent), details=repr(error)
        ) from (error)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _code(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "excel.disk_full"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "excel.no_folder"
    if isinstance(error, PermissionError):
        return "excel.target_refused"
    return "excel.cannot_write"
