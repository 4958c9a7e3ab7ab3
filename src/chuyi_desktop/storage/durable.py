"""Files that are there whole or not at all, also when the power fails."""

import os
from contextlib import suppress
from pathlib import Path


def sync_file(path: Path) -> None:
    """Have the disk keep the content of ``path``."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def replace_durably(source: Path, target: Path) -> None:
    """Give the synced ``source`` the name ``target`` in one step, and have the disk keep the name."""
    source.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Have the disk keep the names in ``folder``, on systems that can."""
    # Windows opens no folders, and some network shares sync none; the names are then kept a little later.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
