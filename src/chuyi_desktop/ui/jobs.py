"""Long work off the window's thread, one job after the other, with progress and cancel."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from chuyi_desktop.app.fault_report import system_fault
from chuyi_desktop.app.ports import Progress
from chuyi_desktop.domain.errors import CancelledError, ChuyiError

_PATIENCE_MS = 20_000
"""How long closing the window waits for a cancelled job to notice."""


@dataclass(eq=False)
class Job:
    """One piece of long work. ``work`` runs in a worker thread and touches no widget and no database;
    ``then`` gets its result on the window's thread. ``quiet`` jobs show no progress."""

    title: str
    work: Callable[[Progress], Any]
    then: Callable[[Any], None]
    failed: Callable[[ChuyiError], None] | None = None
    holds_entry: bool = False
    """Whether nothing may be typed meanwhile, because the work is measured against what is filled in."""
    quiet: bool = False
    cancel: threading.Event = field(default_factory=threading.Event)


class Jobs(QObject):
    """The queue of jobs. One runs at a time: the libraries behind are not all safe to share."""

    started = Signal(object)
    progressed = Signal(object, int, int, str)
    ended = Signal(object)
    failed = Signal(object)
    """A job failed with a ChuyiError that it does not handle itself."""
    _done = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None
        self._done.connect(self._finished)

    @property
    def running(self) -> Job | None:
        """The job at work now."""
        return self._running

    @property
    def holds_entry(self) -> bool:
        """Whether a job is under way or waiting that forbids typing."""
        return any(job.holds_entry for job in (*self._waiting, *([self._running] if self._running else ())))

    def start(self, job: Job) -> None:
        """Do ``job`` when those before it are done."""
        self._waiting.append(job)
        self._next()

    def cancel(self, job: Job) -> None:
        """Stop ``job`` at its next step; one that waits is dropped."""
        job.cancel.set()
        if job in self._waiting:
            self._waiting.remove(job)

    def close(self) -> None:
        """Cancel everything and wait; nothing is called back afterwards."""
        self._waiting.clear()
        running, self._running = self._running, None
        if running is not None:
            running.cancel.set()
        self._pool.waitForDone(_PATIENCE_MS)

    def _next(self) -> None:
        if self._running is None and self._waiting:
            self._running = self._waiting.popleft()
            self.started.emit(self._running)
            self._pool.start(_Runner(self, self._running))

    def _finished(self, job: Job, result: object, error: BaseException | None) -> None:
        if job is not self._running:
            # The window is closing.
            return
        self._running = None
        self.ended.emit(job)
        if error is None and job.holds_entry and job.cancel.is_set():
            # Cancelled after its last step: what it worked out is not made, as was asked.
            error = CancelledError()
        try:
            self._deliver(job, result, error)
        finally:
            self._next()

    def _deliver(self, job: Job, result: object, error: BaseException | None) -> None:
        if error is None:
            job.then(result)
        elif isinstance(error, OSError | ChuyiError):
            told = system_fault(error) if isinstance(error, OSError) else error
            (job.failed or self.failed.emit)(told)
        else:
            raise error


class _Runner(QRunnable):
    """Runs one job in the pool and reports back by signals, which Qt delivers on the window's thread."""

    def __init__(self, jobs: Jobs, job: Job) -> None:
        super().__init__()
        self._jobs, self._job = jobs, job

    def run(self) -> None:
        """Called by the pool."""
        try:
            self._progress(0, 0, "")
            result = self._job.work(self._progress)
        except BaseException as error:  # noqa: BLE001  # whatever it is, it is told on the window's thread
            self._jobs._done.emit(self._job, None, error)  # noqa: SLF001  # the other half of the same class
        else:
            self._jobs._done.emit(self._job, result, None)  # noqa: SLF001  # as above

    def _progress(self, done: int, total: int, label: str) -> None:
        if self._job.cancel.is_set():
            raise CancelledError
        self._jobs.progressed.emit(self._job, done, total, label)
