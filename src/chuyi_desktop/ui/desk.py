"""The desk: the one open assessment of the window, and what happens to it as Qt signals."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from chuyi_desktop.app.changes import Changed
from chuyi_desktop.app.fault_report import system_fault
from chuyi_desktop.app.program import Program
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import Change
from chuyi_desktop.domain.errors import ChuyiError

Done = TypeVar("Done")
"""What a deed that went well gives."""


class Desk(QObject):
    """Holds the open session. Pages listen to it, and make changes only through it, so that every failure
    is told in one way."""

    opened = Signal()
    """Another session is open, or none any more. ``cleared`` came before."""
    leaving = Signal()
    """The open session is about to be closed; what is still in an editor can be saved."""
    cleared = Signal()
    """The desk is empty; whatever is shown of the session before is to go."""
    changed = Signal(object)
    """Fields changed: a ``Changed``."""
    failed = Signal(object)
    """A deed failed: a ``ChuyiError``."""
    said = Signal(str)
    """A sentence for the status line."""

    def __init__(self, program: Program, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.program = program
        self._session: Session | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is an assessment on the desk."""
        return self._session is not None

    @property
    def session(self) -> Session:
        """The open session; only to be asked for while ``is_open``."""
        if self._session is None:
            raise LookupError("no assessment is open")
        return self._session

    @property
    def writable(self) -> bool:
        """Whether something is open and may be changed."""
        return self._session is not None and not self._session.read_only

    def take(self, session: Session) -> None:
        """Put ``session`` on the desk; the one before is closed."""
        self._let_go()
        self._session = session
        session.listen(self._heard)
        self.opened.emit()

    def leave(self) -> None:
        """Close what is open."""
        if self._session is not None:
            self._let_go()
            self.opened.emit()

    def make(self, changes: Sequence[Change], label: str) -> bool:
        """Make ``changes`` and save them; whether that went well."""
        return self.attempt(lambda: self.session.make(changes, label)) is not None

    def attempt(self, deed: Callable[[], Done]) -> Done | None:
        """Do ``deed``; None where it failed, which has then been told."""
        try:
            return deed()
        except ChuyiError as error:
            self.failed.emit(error)
        except OSError as error:
            self.failed.emit(system_fault(error))
        return None

    def _heard(self, changed: Changed) -> None:
        self.changed.emit(changed)

    def _let_go(self) -> None:
        if self._session is not None:
            self.leaving.emit()
            self._session.close()
            self._session = None
            self.cleared.emit()
