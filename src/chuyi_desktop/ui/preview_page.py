"""申报书: the dossier as it would be printed now."""

import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from chuyi_desktop.app.export_dossier import DossierJob, prepare_dossier
from chuyi_desktop.app.ports import PageImage, PrintedDossier, Progress
from chuyi_desktop.domain.errors import CancelledError, ChuyiError
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.grid_page import Title
from chuyi_desktop.ui.jobs import Job, Jobs
from chuyi_desktop.ui.page_strip import PageStrip


class PreviewPage(QWidget):
    """Prints into a temporary file in a worker, and shows its pages."""

    export_wanted = Signal()

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._jobs = desk, jobs
        self._folder = tempfile.TemporaryDirectory(prefix="chuyi-preview-", ignore_cleanup_errors=True)
        self._printed: Path | None = None
        self._job: Job | None = None
        self._number = 0
        self._stale = False
        self._count = 0
        title = Title(self)
        title.setText(say("ui.preview"))
        self._state = QLabel(say("ui.preview.empty"), self)
        self._page = QLabel(self)
        self.refresh_button = QPushButton(say("ui.preview.refresh"), self)
        self.refresh_button.clicked.connect(self.render_dossier)
        export = QPushButton(say("ui.preview.export"), self)
        export.clicked.connect(self.export_wanted)
        self.strip = PageStrip(self)
        self.strip.wanted.connect(self._want)
        self.strip.moved.connect(self._moved)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self._page)
        head.addStretch(1)
        for widget in (self._state, self.refresh_button, export):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.addLayout(head)
        column.addWidget(self.strip)
        jobs.ended.connect(self._ended)
        desk.changed.connect(self._out_of_date)
        desk.cleared.connect(self._forget)

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return self._count

    def show_preview(self) -> None:
        """Print, unless what is shown is up to date or being printed."""
        if self._printed is None or self._stale:
            self.render_dossier()

    def render_dossier(self) -> None:
        """Print the dossier as it is now."""
        if self._job is not None:
            return
        try:
            dossier = prepare_dossier(self._desk.session)
        except ChuyiError as error:
            self._desk.failed.emit(error)
            return
        self._number += 1
        target = Path(self._folder.name) / f"{self._number}.pdf"
        work = partial(_print, dossier, target)
        failed = partial(self._failed, self._number)
        self._job = Job(say("ui.preview.job"), work, partial(self._show, self._number, target), failed)
        self._stale = False
        self._state.setText("")
        self.refresh_button.setEnabled(False)
        self._jobs.start(self._job)

    def close_files(self) -> None:
        """Remove the temporary files."""
        self._folder.cleanup()

    def _ended(self, job: Job) -> None:
        """However it ended, another print may begin."""
        if job is self._job:
            self._job = None
            self.refresh_button.setEnabled(True)

    def _show(self, number: int, target: Path, result: tuple[PrintedDossier, int]) -> None:
        if number != self._number:
            # Done before it could be cancelled, when another assessment was opened.
            target.unlink(missing_ok=True)
            return
        before, self._printed = self._printed, target
        printed, self._count = result
        unplaced = len(printed.problems)
        self._state.setText(say("ui.preview.unplaced", {"count": unplaced}) if unplaced else "")
        if self._stale:
            self._state.setText(say("ui.preview.stale"))
        self.strip.show_pages(self._count)
        if before is not None:
            before.unlink(missing_ok=True)

    def _failed(self, number: int, error: ChuyiError) -> None:
        if number != self._number:
            # Cancelled when another assessment was opened.
            return
        cancelled = isinstance(error, CancelledError)
        self._state.setText(say("ui.preview.cancelled" if cancelled else "ui.preview.empty"))
        self._desk.failed.emit(error)

    def _want(self, number: int, width: int) -> None:
        if self._printed is None:
            return
        pages, printed = self._desk.program.pages, self._printed

        def work(progress: Progress) -> PageImage | None:
            del progress
            # A newer preview may have taken the file's place while this page waited for its turn.
            return pages.page(printed, number, width) if printed.exists() else None

        self._jobs.start(Job("", work, partial(self._put, printed, number), lambda _error: None, quiet=True))

    def _put(self, printed: Path, number: int, image: PageImage | None) -> None:
        if image is not None and printed == self._printed:
            self.strip.put(number, image)

    def _moved(self, page: int) -> None:
        text = say("ui.preview.page", {"page": page + 1, "count": self._count}) if self._count else ""
        self._page.setText(text)

    def _out_of_date(self) -> None:
        self._stale = True
        if self._printed is not None:
            self._state.setText(say("ui.preview.stale"))

    def _forget(self) -> None:
        if self._job is not None:
            self._jobs.cancel(self._job)
            self._job = None
            self._number += 1
        self.refresh_button.setEnabled(True)
        self._printed = None
        self._count = 0
        self.strip.show_pages(0)
        self._state.setText(say("ui.preview.empty"))


def _print(dossier: DossierJob, target: Path, progress: Progress) -> tuple[PrintedDossier, int]:
    printed = dossier.print(target, progress)
    return printed, dossier.program.pages.page_count(target)
