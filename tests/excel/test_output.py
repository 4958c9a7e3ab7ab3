"""A workbook reaches its place whole or not at all."""

import errno
from pathlib import Path

import pytest

from chuyi_desktop.app.ports import silent
from chuyi_desktop.domain.errors import CancelledError, OutputError
from chuyi_desktop.excel.workbooks import ExcelWorkbooks
from tests.excel.school import small_assessment, small_programme, write

OLD = b"what stood here before"


def failing(monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """Let the last step fail as the machine would."""

    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", refuse)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(errno.EACCES, "in use"), "excel.target_refused"),
        (OSError(errno.ENOSPC, "full"), "excel.disk_full"),
        (OSError(errno.EIO, "broken"), "excel.cannot_write"),
    ],
)
def test_what_stood_there_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str
) -> None:
    target = tmp_path / "表.xlsx"
    target.write_bytes(OLD)
    failing(monkeypatch, error)
    with pytest.raises(OutputError) as caught:
        write(tmp_path)
    assert caught.value.code == code
    assert "没有" in caught.value.sentence
    assert target.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        write(tmp_path / "no")
    assert caught.value.code == "excel.no_folder"


def test_a_target_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").mkdir()
    with pytest.raises(OutputError) as caught:
        write(tmp_path)
    assert caught.value.code == "excel.target_is_folder"


def test_a_cancelled_export_leaves_nothing(tmp_path: Path) -> None:
    def cancel(done: int, total: int, label: str) -> None:
        assert label
        if done:
            raise CancelledError

    with pytest.raises(CancelledError):
        ExcelWorkbooks().write(small_programme(), small_assessment(), tmp_path / "x.xlsx", cancel)
    assert list(tmp_path.iterdir()) == []


def test_the_steps_are_told_in_order(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    ExcelWorkbooks().write(
        small_programme(),
        small_assessment(),
        tmp_path / "x.xlsx",
        lambda done, total, _: steps.append((done, total)),
    )
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]


def test_a_failed_mark_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write(tmp_path)
    failing(monkeypatch, PermissionError(errno.EACCES, "in use"))
    with pytest.raises(OutputError):
        ExcelWorkbooks().mark(source, (), tmp_path / "m.xlsx")
    assert list(tmp_path.iterdir()) == [source]


def test_nobody_is_waited_for(tmp_path: Path) -> None:
    ExcelWorkbooks().write(small_programme(), small_assessment({}), tmp_path / "x.xlsx", silent)
    assert [path.name for path in tmp_path.iterdir()] == ["x.xlsx"]
