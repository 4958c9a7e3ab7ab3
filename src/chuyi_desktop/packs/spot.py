"""A piece of a file, by the way to it, and where to put what is wrong with it."""

from dataclasses import dataclass, field, replace
from typing import Protocol

from chuyi_desktop.domain.problem import Place, Problem, Severity

Step = str | int
Steps = tuple[Step, ...]
"""The way to a piece: keys of mappings and numbers in lists."""


class Located(Protocol):
    """Something that knows where its pieces stand."""

    @property
    def file(self) -> str:
        """The file it is, or begins in."""

    def place(self, steps: Steps) -> Place:
        """Where the value at ``steps`` begins; of what contains it where there is no such value."""

    def key_place(self, steps: Steps) -> Place:
        """Where the key of ``steps`` stands."""

    def place_in(self, steps: Steps, at: int) -> Place:
        """Where character ``at`` (from 1) of the text at ``steps`` stands."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece of a file, and where to put what is wrong with it."""

    located: Located
    problems: list[Problem] = field(compare=False)
    steps: Steps = ()
    severity: Severity = Severity.ERROR

    def __truediv__(self, step: Step) -> "Spot":
        return Spot(self.located, self.problems, (*self.steps, step), self.severity)

    @property
    def mild(self) -> "Spot":
        """The same piece, for what is a smell and no mistake."""
        return replace(self, severity=Severity.WARNING)

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.located.place(self.steps)

    def fault(self, code: str, **params: object) -> None:
        """Note a mistake in the value."""
        self.problems.append(Problem(code, self.severity, self.place, params))

    def key_fault(self, code: str, **params: object) -> None:
        """Note a mistake in the key."""
        place = self.located.key_place(self.steps)
        self.problems.append(Problem(code, self.severity, place, params))

    def text_fault(self, character: int, code: str, **params: object) -> None:
        """Note a mistake at ``character`` (from 1) of the text."""
        place = self.located.place_in(self.steps, character)
        self.problems.append(Problem(code, self.severity, place, params))
