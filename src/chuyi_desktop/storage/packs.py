"""Form packs in the workspace: the files of each pack an assessment is or was bound to, under its hash.

A verdict can so be reproduced years later, and held against that under a newer pack.
"""

import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from shutil import rmtree

from chuyi_desktop.storage.durable import replace_durably, sync_file

FOLDER = "packs"
_UNFINISHED = ".unfinished-"
_HASH = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_.\-]*")


class PackStore:
    """The ``packs`` folder of one workspace."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER

    def clear_unfinished(self) -> None:
        """Remove what a process left that died while keeping. Only for who holds the lock."""
        with suppress(OSError):
            for path in self._folder.glob(f"{_UNFINISHED}*"):
                rmtree(path, ignore_errors=True)

    def keep(self, pack_hash: str, files: Mapping[str, str]) -> None:
        """Write ``files`` under ``pack_hash``, all or none. Raises OSError where that cannot be done."""
        target = self._of(pack_hash)
        if target.is_dir():
            return
        self._folder.mkdir(exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self._folder))
        try:
            for name, text in files.items():
                path = unfinished.joinpath(*_steps(name))
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode("utf-8"))
                sync_file(path)
            unfinished.chmod(0o755)
            replace_durably(unfinished, target)
        finally:
            rmtree(unfinished, ignore_errors=True)

    def path(self, pack_hash: str) -> Path | None:
        """The folder kept under ``pack_hash``; None where there is none."""
        if not _HASH.fullmatch(pack_hash):
            return None
        found = self._of(pack_hash)
        return found if found.is_dir() else None

    def _of(self, pack_hash: str) -> Path:
        if not _HASH.fullmatch(pack_hash):
            raise ValueError(pack_hash)
        return self._folder / pack_hash


def _steps(name: str) -> tuple[str, ...]:
    """The parts of a plain relative name; nothing that could lead out of the folder."""
    steps = PurePosixPath(name).parts
    if not steps or not all(_NAME.fullmatch(step) for step in steps):
        raise ValueError(name)
    return steps
