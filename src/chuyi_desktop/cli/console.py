"""What commands print: answers on standard output, everything else on standard error."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import rich.console
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from chuyi_desktop.app import ports
from chuyi_desktop.domain.problem import Problem, Severity

_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


class Console:
    """The terminal."""

    def __init__(self) -> None:
        self.out = rich.console.Console(highlight=False, soft_wrap=True)
        self.err = rich.console.Console(stderr=True, highlight=False, soft_wrap=True)

    def say(self, sentence: str) -> None:
        """A line of the answer."""
        self.out.print(Text(sentence))

    def note(self, sentence: str) -> None:
        """A line beside the answer."""
        self.err.print(Text(sentence))

    def fail(self, sentence: str) -> None:
        """Why there is no answer."""
        self.err.print(Text(sentence, style="red"))

    def problems(self, problems: Sequence[Problem]) -> None:
        """Faults in data, one a line."""
        for problem in problems:
            self.err.print(Text(str(problem), style=_STYLES[problem.severity]))

    def json(self, answer: object) -> None:
        """An answer for a program."""
        self.out.file.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")

    @contextmanager
    def progress(self) -> Iterator[ports.Progress]:
        """A bar for a long job; nothing where standard error is no terminal."""
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
        with Progress(*columns, console=self.err, transient=True, disable=not self.err.is_terminal) as bar:
            task = bar.add_task("", total=None)

            def update(done: int, total: int, label: str) -> None:
                bar.update(task, completed=done, total=total, description=label)

            yield update
