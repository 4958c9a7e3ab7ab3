"""What every command is handed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import typer

from chuyi_desktop.app.program import Program
from chuyi_desktop.cli.console import Console


@dataclass(frozen=True)
class Faces:
    """What only the composition root can reach: the window, and the folder of fault reports."""

    open_window: Callable[[Program, Path | None], int]
    try_window: Callable[[Program, Path], str]
    log_folder: Callable[[], Path]


@dataclass
class Context:
    """The program, built when a command first needs it, and the terminal."""

    build_program: Callable[[], Program]
    faces: Faces
    console: Console = field(default_factory=Console)

    @cached_property
    def program(self) -> Program:
        """The use cases' collaborators."""
        return self.build_program()


def of(typer_context: typer.Context) -> Context:
    """The context a command runs in."""
    context = typer_context.obj
    if not isinstance(context, Context):
        raise TypeError(context)
    return context
