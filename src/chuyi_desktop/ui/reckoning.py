"""Something worked out off the window's thread and shown when it is there, of the latest asking only."""

from collections.abc import Callable
from typing import Generic, TypeVar

from chuyi_desktop.app.ports import Progress
from chuyi_desktop.domain.errors import CancelledError, ChuyiError
from chuyi_desktop.ui.desk import Desk
from chuyi_desktop.ui.jobs import Job, Jobs

Result = TypeVar("Result")


class Reckoning(Generic[Result]):
    """One question that a page asks again and again. What was asked before is dropped, and nothing comes
    back for an assessment that is no longer open."""

    def __init__(self, desk: Desk, jobs: Jobs, title: str, then: Callable[[Result], None]) -> None:
        self._desk, self._jobs, self._title, self._then = desk, jobs, title, then
        self._job: Job | None = None
        desk.cleared.connect(self.drop)

    @property
    def under_way(self) -> bool:
        """Whether an answer is still to come."""
        return self._job is not None

    def ask(self, work: Callable[[Progress], Result], failed: Callable[[], None] | None = None) -> None:
        """Work it out. ``failed`` is told also when the user cancels."""
        self.drop()

        def answered(result: Result) -> None:
            if self._job is job:
                self._job = None
                self._then(result)

        def missed(error: ChuyiError) -> None:
            if self._job is not job:
                return
            self._job = None
            if failed is not None:
                failed()
            if not isinstance(error, CancelledError):
                self._desk.failed.emit(error)

        job = Job(self._title, work, answered, missed)
        self._job = job
        self._jobs.start(job)

    def drop(self) -> None:
        """Want no answer any more."""
        if self._job is not None:
            job, self._job = self._job, None
            self._jobs.cancel(job)
