"""A file whose failures wait: an exception out of a write, as of a full disk, makes qpdf end the process."""

from io import UnsupportedOperation
from pathlib import Path
from types import TracebackType
from typing import Self


class CarefulFile:
    """A file to write. After a failure it only counts what it is given; ``check`` raises the failure."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._failure: OSError | None = None
        self._at = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._file.close()
        except OSError as failure:
            self._failure = self._failure or failure

    def readable(self) -> bool:
        """It cannot be read."""
        return False

    def writable(self) -> bool:
        """It can be written."""
        return True

    def seekable(self) -> bool:
        """It is written from beginning to end."""
        return False

    def seek(self, offset: int, whence: int = 0) -> int:
        """It cannot go back."""
        raise UnsupportedOperation(f"seek {offset} {whence}")

    def tell(self) -> int:
        """How much was written."""
        return self._at

    def flush(self) -> None:
        """Nothing: closing writes out what is left."""

    def write(self, data: bytes | memoryview) -> int:
        """Write all of ``data``; after a failure, only count it."""
        size = len(data)
        self._at += size
        if self._failure is None:
            try:
                self._file.write(data)
            except OSError as failure:
                self._failure = failure
        return size

    def check(self) -> None:
        """Raise the first failure there was."""
        if self._failure is not None:
            raise self._failure
