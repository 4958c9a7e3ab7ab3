"""The one hierarchy of failures. A failure is an exception with a sentence for the user; a fault in the
data is not a failure but a :class:`~chuyi_desktop.domain.problem.Problem`."""

from collections.abc import Mapping

from chuyi_desktop.domain.wording import say


class ChuyiError(Exception):
    """What happened, what is kept and what to do, said in the user's language.

    ``code`` names a template of the message tables, ``params`` fill it. ``details`` go to the log only.
    """

    def __init__(self, code: str, /, *, details: str = "", **params: object) -> None:
        self.code = code
        self.params: Mapping[str, object] = params
        self.details = details
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The whole message for the user."""
        return say(self.code, self.params)


class InputError(ChuyiError):
    """What the user gave cannot be used: a file, an option, a name."""


class PackError(ChuyiError):
    """A form pack cannot be used; its problems say where and why."""


class WorkspaceError(ChuyiError):
    """The workspace cannot be opened, read or written."""


class OutputError(ChuyiError):
    """A result could not be written; what stood there before is still there."""


class CancelledError(ChuyiError):
    """The user stopped a long job; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("app.cancelled")
