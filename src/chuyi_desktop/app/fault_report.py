"""Faults that nobody foresaw: the program's own, kept where a maintainer can read them, and the machine's."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path

from chuyi_desktop.domain.errors import OutputError

_LOGGER = logging.getLogger(__name__)
# Without a handler Python would print the traceback at the user, who gets a sentence instead.
_LOGGER.addHandler(logging.NullHandler())
REPORT = "fault.log"


def keep_fault(error: BaseException, log_folder: Callable[[], Path]) -> Path | None:
    """Write the traceback of ``error`` into the log folder; the file, or None where none can be written."""
    text = "".join(traceback.format_exception(error))
    _LOGGER.error("%s", text)
    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / REPORT).write_text(text, "utf-8")
    except OSError:
        return None
    return folder / REPORT


def system_fault(error: OSError) -> OutputError:
    """The machine's fault as a sentence."""
    reason, file = error.strerror or str(error), error.filename or ""
    return OutputError("app.system_fault", reason=reason, file=file, details=repr(error))
