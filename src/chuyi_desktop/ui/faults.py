"""The program's own faults: a calm sentence for the user, a report file for the maintainer."""

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from chuyi_desktop.app.fault_report import keep_fault
from chuyi_desktop.domain.errors import ChuyiError
from chuyi_desktop.domain.wording import say

_LOGGER = logging.getLogger(__name__)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Faults:
    """Catches what nobody caught, anywhere in the process, and tells it through ``tell``."""

    def __init__(self, tell: Callable[[str], None], log_folder: Callable[[], Path]) -> None:
        self._tell = tell
        self._log_folder = log_folder
        self._telling = False
        self._hook = sys.excepthook
        self._thread_hook = threading.excepthook

    def install(self) -> None:
        """From now on nothing ends in a traceback before the user's eyes."""
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread
        qInstallMessageHandler(_qt_message)

    def remove(self) -> None:
        """As it was before."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook
        qInstallMessageHandler(None)

    def sentence(self, error: BaseException) -> str:
        """What to tell about ``error``; the report is written on the way."""
        if isinstance(error, ChuyiError):
            return error.sentence
        report = keep_fault(error, self._log_folder)
        return say("ui.fault", {"report": report}) if report else say("ui.fault_unkept")

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hook(kind, error, trace)
            return
        sentence = self.sentence(error.with_traceback(trace))
        if self._telling:
            # A fault while a fault is shown: it is in the report, and one box is enough.
            return
        self._telling = True
        try:
            self._tell(sentence)
        finally:
            self._telling = False

    def _caught_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        # A window may not be opened from a worker thread; the report is all that can be done here.
        if arguments.exc_value is not None:
            self.sentence(arguments.exc_value)


def _qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    del context
    _LOGGER.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
