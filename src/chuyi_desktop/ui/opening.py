"""New, open, switch: putting another assessment on the desk."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from chuyi_desktop.app.begin import begin, open_session
from chuyi_desktop.app.fault_report import system_fault
from chuyi_desktop.app.ports import AssessmentHead
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.errors import ChuyiError
from chuyi_desktop.domain.indicator import SCHOOL_NAME
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.new_dialog import NewDialog
from chuyi_desktop.ui.recent import remember


class Opening(QObject):
    """The deeds of one window."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window

    def new(self) -> None:
        """Ask what to begin, and begin it; the dialog stays until it works or is given up."""
        try:
            summaries = self._desk.program.library.summaries()
        except ChuyiError as error:
            self._desk.failed.emit(error)
            return
        if not summaries:
            self._desk.said.emit(say("ui.new.no_programmes"))
            return
        dialog = NewDialog(summaries, self._desk.program.clock().date(), self._window)
        while dialog.exec() == QDialog.DialogCode.Accepted:
            failure = self.begin(dialog.folder, dialog.programme_id, dialog.year, dialog.school)
            if failure is None:
                return
            dialog.show_failure(failure.sentence)

    def begin(self, folder: Path, programme_id: str, year: int, school: str) -> ChuyiError | None:
        """Begin an assessment and open it; why not, where that failed."""
        program = self._desk.program
        settings = {SCHOOL_NAME: school}
        return self._put(folder, lambda: begin(program, folder, programme_id, year, settings))

    def choose(self) -> None:
        """Ask for a workspace and open it."""
        folder = QFileDialog.getExistingDirectory(self._window, say("ui.open.choose"))
        if folder:
            self.open(Path(folder))

    def open(self, folder: Path) -> None:
        """Open a workspace at the assessment begun last."""
        self._tell(self._put(folder, lambda: open_session(self._desk.program, folder)))

    def switch(self, head: AssessmentHead) -> None:
        """Another assessment of the open workspace."""
        if head.id != self._desk.session.head.id:
            self._open_here(head)

    def reopen(self) -> None:
        """The open assessment anew."""
        self._open_here(self._desk.session.head)

    def _open_here(self, head: AssessmentHead) -> None:
        session = self._desk.session
        folder, program = session.workspace.folder, session.program
        self._tell(
            self._put(
                folder,
                lambda: open_session(program, folder, programme_id=head.programme_id, year=head.year),
            )
        )

    def _put(self, folder: Path, opened: Callable[[], Session]) -> ChuyiError | None:
        """Put what ``opened`` gives on the desk. The same workspace cannot be held twice, so it is let go
        first, and opened again as it was where ``opened`` fails."""
        back = self._let_go_of(folder)
        try:
            self._desk.take(opened())
        except (ChuyiError, OSError) as error:
            if back is not None:
                self._desk.take(back())
            return system_fault(error) if isinstance(error, OSError) else error
        remember(folder)
        self._desk.said.emit(say("ui.opened", {"folder": folder}))
        return None

    def _let_go_of(self, folder: Path) -> Callable[[], Session] | None:
        """Close the open session where it is of ``folder``; how to open it again."""
        if not self._desk.is_open:
            return None
        session = self._desk.session
        if session.workspace.folder.resolve() != folder.resolve():
            return None
        head, program, place = session.head, session.program, session.workspace.folder
        self._desk.leave()
        return lambda: open_session(program, place, programme_id=head.programme_id, year=head.year)

    def _tell(self, error: ChuyiError | None) -> None:
        if error is not None:
            self._desk.failed.emit(error)
