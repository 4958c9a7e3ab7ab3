"""One writer a workspace; others read and are told who writes."""

import json
import os
import tempfile
from decimal import Decimal
from pathlib import Path

import filelock
import pytest

from chuyi_desktop.domain.errors import WorkspaceError
from chuyi_desktop.storage import lock, schema
from chuyi_desktop.storage.database import DATABASE
from tests.storage.builders import NOON, PDF, STUDENTS, entry, put, stamp, started, workspaces
from tests.storage.processes import HOLDER, end, said, start, tell


def refused(ask: object) -> str:
    assert callable(ask)
    with pytest.raises(WorkspaceError) as caught:
        ask()
    return caught.value.code


def test_a_second_process_reads_and_is_told_who_writes(tmp_path: Path) -> None:
    started(tmp_path / "w").close()
    other = start(HOLDER, tmp_path / "w", "PC-01")
    try:
        reader = workspaces().open(tmp_path / "w")
        assert reader.holder == f"赵老师（电脑 PC-01，进程 {other.pid}，自 {NOON:%Y-%m-%d %H:%M} 起）"
        assert reader.read_only
        (tmp_path / "a.pdf").write_bytes(PDF)
        assert refused(lambda: reader.apply("a", [put(STUDENTS, entry("1"))], stamp())) == "storage.read_only"
        assert refused(lambda: reader.undo("a", stamp())) == "storage.read_only"
        assert refused(lambda: reader.store_evidence(tmp_path / "a.pdf")) == "storage.read_only"
        assert reader.assessment("a").fields == {}
        reader.close()
        asked = workspaces().open(tmp_path / "w", write=False)
        assert asked.holder.startswith("赵老师")
        asked.close()
        tell(other)
        assert said(other) == "closed"
        writer = workspaces().open(tmp_path / "w")
        assert (writer.holder, writer.read_only) == ("", False)
        writer.close()
    finally:
        end(other)


def test_a_reader_sees_what_the_writer_keeps(tmp_path: Path) -> None:
    writer = started(tmp_path / "w")
    reader = workspaces().open(tmp_path / "w")
    assert reader.holder.startswith("李老师")
    writer.apply("a", [put(STUDENTS, entry("3091"))], stamp())
    assert reader.assessment("a").value("student_count") == Decimal(3091)
    writer.close()
    assert reader.assessment("a").value("student_count") == Decimal(3091)
    reader.close()


def test_reading_holds_nobody_off(tmp_path: Path) -> None:
    started(tmp_path / "w").close()
    reader = workspaces().open(tmp_path / "w", write=False)
    assert (reader.holder, reader.read_only) == ("", True)
    writer = workspaces().open(tmp_path / "w")
    assert writer.holder == ""
    writer.apply("a", [put(STUDENTS, entry("2"))], stamp())
    writer.close()
    assert reader.assessment("a").value("student_count") == Decimal(2)
    reader.close()


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    started(tmp_path / "w").close()
    end(start(HOLDER, tmp_path / "w", "PC-01"))
    assert (tmp_path / "w" / lock.NOTE).exists()
    workspace = workspaces().open(tmp_path / "w")
    assert workspace.holder == ""
    workspace.close()
    assert not (tmp_path / "w" / lock.NOTE).exists()


def test_a_writer_on_another_computer_is_read_from_a_copy(tmp_path: Path) -> None:
    started(tmp_path / "w").close()
    other = start(HOLDER, tmp_path / "w", "PC-02")
    try:
        reader = workspaces().open(tmp_path / "w")
        assert "电脑 PC-02" in reader.holder
        assert reader._access.copy is not None
        copy = Path(reader._access.copy.name)
        assert (copy / DATABASE).exists()
        assert [head.id for head in reader.heads()] == ["a"]
        reader.close()
        assert not copy.exists()
    finally:
        end(other)


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"[" * 4096,
        b'{"user": "x"}',
        json.dumps({"user": "x", "host": "y", "pid": "many", "since": "2025-01-01"}).encode(),
        json.dumps({"user": "x" * 9999, "host": "y", "pid": 1, "since": "2025-01-01"}).encode(),
    ],
)
def test_a_note_of_nonsense_still_means_held(tmp_path: Path, note: bytes) -> None:
    writer = started(tmp_path / "w")
    (tmp_path / "w" / lock.NOTE).write_bytes(note)
    reader = workspaces().open(tmp_path / "w")
    assert reader.holder == "另一个程序（未留下姓名）"
    reader.close()
    writer.close()


def test_a_note_shows_no_control_characters(tmp_path: Path) -> None:
    writer = started(tmp_path / "w")
    note = {
        "user": "李\x1b[31m\n老师" + "长" * 90,
        "host": "PC",
        "pid": 1,
        "since": "2025-01-01T08:00:00+08:00",
    }
    (tmp_path / "w" / lock.NOTE).write_text(json.dumps(note), encoding="utf-8")
    reader = workspaces().open(tmp_path / "w")
    assert reader.holder.isprintable()
    assert len(reader.holder) < 120
    reader.close()
    writer.close()


def forbid_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the lock's file unwritable. Root may write anywhere, so that the system's answer is simulated;
    ``test_without_write_permission_for_real`` asks the system itself where it can."""

    def refuse(self: object, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(lock.FileLock, "acquire", refuse)


def test_a_folder_without_write_permission_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = started(tmp_path / "w")
    workspace.apply("a", [put(STUDENTS, entry("3091"))], stamp())
    workspace.close()
    forbid_writing(monkeypatch)
    for write in (True, False):
        reader = workspaces().open(tmp_path / "w", write=write)
        assert reader.assessment("a").value("student_count") == Decimal(3091)
        assert (reader.holder, reader.read_only) == ("", True)
        assert refused(lambda reader=reader: reader.apply("a", (), stamp())) == "storage.read_only"
        reader.close()


def test_what_is_only_in_the_log_is_read_without_write_permission_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = started(tmp_path / "w")
    writer.apply("a", [put(STUDENTS, entry("3091"))], stamp())
    assert (tmp_path / "w" / f"{DATABASE}-wal").stat().st_size > 0
    with monkeypatch.context() as patch:
        forbid_writing(patch)
        reader = workspaces().open(tmp_path / "w")
    assert reader.assessment("a").value("student_count") == Decimal(3091)
    reader.close()
    writer.close()


def test_a_workspace_is_not_made_without_write_permission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid_writing(monkeypatch)
    assert refused(lambda: workspaces().create(tmp_path / "w")) == "storage.no_permission"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no POSIX permissions")
def test_without_write_permission_for_real() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "w"
        workspace = started(folder)
        workspace.apply("a", [put(STUDENTS, entry("3091"))], stamp())
        workspace.close()
        before = sorted(path.name for path in folder.iterdir())
        every = [Path(name), folder, *folder.rglob("*")]
        for path in every:
            path.chmod(0o555 if path.is_dir() else 0o444)
        # As root the child becomes a user whom permissions bind; the parent stays what it is.
        child = os.fork()
        if child == 0:
            os._exit(_answer_unprivileged(folder))
        _, status = os.waitpid(child, 0)
        for path in every:
            path.chmod(0o755 if path.is_dir() else 0o644)
        if os.waitstatus_to_exitcode(status) == UNREACHABLE:
            pytest.skip("the program or the temporary folder is closed to other users")
        assert os.waitstatus_to_exitcode(status) == 0
        assert sorted(path.name for path in folder.iterdir()) == before


UNREACHABLE = 77


def _answer_unprivileged(folder: Path) -> int:
    """In the child: which expectation fails first; 0 for none."""
    try:
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        # The child may also have to load modules that are not loaded yet, the program's own among them.
        needed = (
            folder / DATABASE,
            Path(lock.__file__),
            Path(filelock.__file__),
            schema.MIGRATIONS / "env.py",
        )
        if not all(os.access(path, os.R_OK) for path in needed):
            return UNREACHABLE
        reader = workspaces().open(folder)
        if reader.assessment("a").value("student_count") != Decimal(3091):
            return 2
        if (reader.holder, reader.read_only) != ("", True):
            return 3
        reader.close()
        code = refused(lambda: workspaces().create(folder.parent / "new"))
    except BaseException:  # noqa: BLE001 (the child must end here, whatever happens)
        return 5
    return 0 if code == "storage.no_permission" else 4
