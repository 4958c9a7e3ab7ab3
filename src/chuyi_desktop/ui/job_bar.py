"""The job under way, in the status bar: what, how far, and cancel."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.jobs import Job, Jobs

_BAR_WIDTH = 180
_SHOW_AFTER_MS = 150
"""Work that ends sooner shows nothing, so that nothing flickers."""


class JobBar(QWidget):
    """Shows the running job; hidden while there is none."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._label = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setFixedWidth(_BAR_WIDTH)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say("ui.job.progress"))
        self.cancel_button = QPushButton(say("ui.job.cancel"), self)
        self.cancel_button.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 6, 0)
        for widget in (self._label, self._bar, self.cancel_button):
            row.addWidget(widget)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_SHOW_AFTER_MS)
        self._delay.timeout.connect(self.show)
        self.hide()
        jobs.started.connect(self._started)
        jobs.progressed.connect(self._progressed)
        jobs.ended.connect(self._ended)

    def _started(self, job: Job) -> None:
        if job.quiet:
            return
        self._job = job
        self._label.setText(job.title)
        self._bar.setRange(0, 0)
        self.cancel_button.setEnabled(True)
        self._delay.start()

    def _progressed(self, job: Job, done: int, total: int, label: str) -> None:
        if job is not self._job or job.cancel.is_set():
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._label.setText(say("ui.job.step", {"job": job.title, "label": label}) if label else job.title)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._delay.stop()
            self.hide()

    def _cancel(self) -> None:
        if self._job is not None:
            self._label.setText(say("ui.job.cancelling"))
            self.cancel_button.setEnabled(False)
            self._jobs.cancel(self._job)
