"""佐证材料 in the workspace: each file once, under its SHA-256, and never changed."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from chuyi_desktop.app.ports import StoredFile
from chuyi_desktop.domain.errors import InputError, WorkspaceError
from chuyi_desktop.storage.durable import replace_durably, sync_folder

FOLDER = "evidence"
LARGEST = 200 * 1024 * 1024
"""Bytes a file may have."""
_PIECE = 1024 * 1024
_UNFINISHED = ".unfinished-"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PDF_HEAD = 1024
"""Readers of PDF accept its mark within so many first bytes."""
_MARKS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
)


def media_type_of(head: bytes) -> str:
    """The media type told by the first bytes of a file, whatever its name says; empty for any other."""
    if b"%PDF-" in head[:_PDF_HEAD]:
        return "application/pdf"
    return next((media_type for mark, media_type in _MARKS if head.startswith(mark)), "")


class EvidenceStore:
    """The ``evidence`` folder of one workspace."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        # Hashing hundreds of megabytes at each look would be felt; a file that did not change is trusted.
        self._verified: dict[str, tuple[int, int]] = {}

    def clear_unfinished(self) -> None:
        """Remove what a process left that died while storing. Only for who holds the lock."""
        with suppress(OSError):
            for path in self._folder.glob(f"{_UNFINISHED}*"):
                path.unlink(missing_ok=True)

    def store(self, source: Path) -> StoredFile:
        """Keep a copy of ``source``. Raises InputError for what cannot be taken, OSError where it cannot
        be written."""
        stream = _opened(source)
        with stream:
            self._folder.mkdir(exist_ok=True)
            descriptor, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=self._folder)
            unfinished = Path(name)
            try:
                with os.fdopen(descriptor, "wb") as target:
                    stored = _copy(stream, target, source)
                self._keep(unfinished, stored.sha256)
            finally:
                with suppress(OSError):
                    unfinished.unlink(missing_ok=True)
        return stored

    def path(self, sha256: str) -> Path:
        """Where a file lies. Raises WorkspaceError where it is gone or no longer what it was."""
        path = self._place(sha256)
        try:
            state = path.stat()
            stamp = (state.st_size, state.st_mtime_ns)
            if self._verified.get(sha256) != stamp:
                if _sha256_of(path) != sha256:
                    raise WorkspaceError("storage.evidence_damaged", file=path)
                self._verified[sha256] = stamp
        except OSError as error:
            raise WorkspaceError("storage.evidence_gone", file=path, details=repr(error)) from error
        return path

    def _place(self, sha256: str) -> Path:
        # The text may come from a file that others wrote: nothing but a hash may name a path.
        if not _SHA256.fullmatch(sha256):
            raise WorkspaceError("storage.evidence_gone", file=sha256[:64])
        return self._folder / sha256[:2] / sha256

    def _keep(self, unfinished: Path, sha256: str) -> None:
        place = self._place(sha256)
        # A damaged copy is replaced by the whole one that the user just gave.
        with suppress(OSError):
            if _sha256_of(place) == sha256:
                return
        place.parent.mkdir(exist_ok=True)
        sync_folder(self._folder)
        replace_durably(unfinished, place)


def _opened(source: Path) -> BinaryIO:
    try:
        if not source.exists():
            raise InputError("storage.evidence.missing", file=source)
        # A pipe or device would never end, or end nowhere.
        if not source.is_file():
            raise InputError("storage.evidence.no_file", file=source)
        return source.open("rb")
    except (OSError, ValueError) as error:
        raise InputError("storage.evidence.unreadable", file=source, details=repr(error)) from error


def _copy(stream: BinaryIO, target: BinaryIO, source: Path) -> StoredFile:
    digest = hashlib.sha256()
    size, media_type = 0, ""
    for piece in _pieces(stream, source):
        if size == 0:
            media_type = media_type_of(piece)
            if not media_type:
                raise InputError("storage.evidence.other_type", file=source.name)
        size += len(piece)
        if size > LARGEST:
            raise InputError("storage.evidence.too_large", file=source.name, limit=LARGEST // 1024**2)
        digest.update(piece)
        target.write(piece)
    if size == 0:
        raise InputError("storage.evidence.empty", file=source.name)
    target.flush()
    os.fsync(target.fileno())
    return StoredFile(digest.hexdigest(), size, media_type)


def _pieces(stream: BinaryIO, source: Path) -> Iterator[bytes]:
    while True:
        try:
            piece = stream.read(_PIECE)
        except OSError as error:
            raise InputError("storage.evidence.unreadable", file=source, details=repr(error)) from error
        if not piece:
            return
        yield piece


def _sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
