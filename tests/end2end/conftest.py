"""The real program, run as the command line runs it, in this process."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from chuyi_desktop import bootstrap
from chuyi_desktop.cli.context import Faces
from chuyi_desktop.cli.main import run


@dataclass(frozen=True)
class Answer:
    """What a command printed and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.out)
        return found


Chuyi = Callable[..., Answer]


@pytest.fixture
def chuyi(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chuyi:
    """``chuyi("assess", folder)``."""
    monkeypatch.setenv("COLUMNS", "160")

    def call(*arguments: object) -> Answer:
        faces = Faces(bootstrap.open_window, bootstrap.try_window, lambda: tmp_path)
        capsys.readouterr()
        code = run([str(argument) for argument in arguments], bootstrap.build_program, faces)
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err + printed.out
        return Answer(code, printed.out, printed.err)

    return call
