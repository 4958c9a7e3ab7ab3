"""The windowed program: sets Qt up, shows the window, and lets no fault through to the user raw."""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from chuyi_desktop.app.program import Program
from chuyi_desktop.domain.errors import ChuyiError
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.faults import Faults
from chuyi_desktop.ui.fonts import use_chinese_font
from chuyi_desktop.ui.main_window import MainWindow
from chuyi_desktop.ui.messages import tell_fault


def run(program: Program, workspace: Path | None, resources: Path, log_folder: Callable[[], Path]) -> int:
    """Show the window, on ``workspace`` where given, until it is closed; the exit code."""
    application = prepare(resources)
    # Everything typed is saved already, so that Ctrl+C in the terminal may end the program as usual.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    faults = Faults(lambda sentence: tell_fault(QApplication.activeWindow(), sentence), log_folder)
    faults.install()
    try:
        window = MainWindow(program)
        window.show()
        if workspace is not None:
            window.open_folder(workspace)
        return application.exec()
    finally:
        faults.remove()


def try_unseen(program: Program, workspace: Path, resources: Path) -> str:
    """Open the window on ``workspace`` where nobody sees it, show every page, close it; what went wrong,
    empty where nothing did."""
    if QApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = prepare(resources)
    told: list[str] = []
    hook, sys.excepthook = sys.excepthook, lambda _kind, error, _trace: told.append(_reason(error))
    try:
        window = MainWindow(program)
        window.desk.failed.disconnect()
        window.desk.failed.connect(lambda error: told.append(error.sentence))
        window.show()
        window.open_folder(workspace)
        application.processEvents()
        if not told and not window.desk.is_open:
            told.append(say("ui.unseen_failed", {"reason": workspace}))
        for place in window.places.places():
            window.places.go(place)
            application.processEvents()
        window.close()
        application.processEvents()
    except ChuyiError as error:
        told.append(error.sentence)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is the answer
        told.append(_reason(error))
    finally:
        sys.excepthook = hook
    return "；".join(told)


def prepare(resources: Path) -> QApplication:
    """The application, in Chinese and with a font that has it."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("chuyi-desktop")
    application.setOrganizationName("chuyi-desktop")
    application.setApplicationDisplayName(say("ui.title"))
    application.setStyle("Fusion")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    if not application.findChildren(QTranslator):
        translator = QTranslator(application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load("qtbase_zh_CN", folder):
            application.installTranslator(translator)
    use_chinese_font(application, resources / "fonts")
    icon = resources / "icons" / "chuyi.png"
    if icon.is_file():
        application.setWindowIcon(QIcon(str(icon)))
    style = resources / "styles" / "window.qss"
    if style.is_file():
        application.setStyleSheet(style.read_text("utf-8"))
    return application


def _reason(error: BaseException) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in last)
    return say("ui.unseen_failed", {"reason": f"{type(error).__name__} {error} ({place})"})
