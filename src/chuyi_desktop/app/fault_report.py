"""A fault of the program itself, kept where a maintainer can read it."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path

_LOGGER = logging.getLogger(__name__)
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
