"""A full disk: the deed is refused whole, what was kept stays, and work goes on once there is room."""

import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from chuyi_desktop.domain.assessment import Field, FieldKind, Text
from chuyi_desktop.domain.errors import WorkspaceError
from chuyi_desktop.storage.database import DATABASE
from tests.storage.builders import PDF, STUDENTS, entry, put, stamp, started, workspaces

LONG = put(Field(FieldKind.TEXT, "overview"), Text("长" * 200_000))


def engine_of(workspace: object) -> Engine:
    engine = workspace._access.engine  # type: ignore[attr-defined]  # the tests' own way in
    assert isinstance(engine, Engine)
    return engine


def allow_pages(engine: Engine, pages: int) -> None:
    """Have SQLite itself find no room for more than ``pages`` pages in files that are opened from now."""
    engine.dispose()

    @event.listens_for(engine, "connect")
    def limit(connection: object, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]  # sqlite3


def test_a_deed_that_finds_no_room_is_refused_whole(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    workspace.apply("a", [put(STUDENTS, entry("1"))], stamp())
    before = (workspace.assessment("a"), workspace.journal())
    allow_pages(engine_of(workspace), 60)
    with pytest.raises(WorkspaceError) as caught:
        workspace.apply("a", [put(STUDENTS, entry("2"), entry("1")), LONG], stamp())
    assert caught.value.code == "storage.disk_full"
    assert "磁盘已满" in caught.value.sentence
    assert (workspace.assessment("a"), workspace.journal()) == before
    workspace.apply("a", [put(STUDENTS, entry("2"), entry("1"))], stamp())
    workspace.close()
    reopened = workspaces().open(tmp_path / "w")
    assert reopened.assessment("a").value("student_count") == Decimal(2)
    reopened.apply("a", [LONG], stamp())
    reopened.close()


def test_evidence_that_finds_no_room_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    workspace = started(tmp_path / "w")
    (tmp_path / "a.pdf").write_bytes(PDF)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(WorkspaceError) as caught:
            workspace.store_evidence(tmp_path / "a.pdf")
    assert caught.value.code == "storage.disk_full"
    assert list((tmp_path / "w" / "evidence").rglob("*")) == []
    workspace.store_evidence(tmp_path / "a.pdf")
    workspace.close()


REAL = """
import sys
from pathlib import Path
from chuyi_desktop.domain.assessment import Field, FieldKind, Text
from chuyi_desktop.domain.errors import WorkspaceError
from tests.storage.builders import STUDENTS, entry, put, stamp, started, workspaces

folder = Path(sys.argv[1])
workspace = started(folder)
workspace.apply("a", [put(STUDENTS, entry("3091"))], stamp())
codes = []
try:
    for number in range(1000):
        workspace.apply("a", [put(Field(FieldKind.TEXT, str(number)), Text("长" * 20000))], stamp())
except WorkspaceError as error:
    codes.append(error.code)
kept = len(workspace.assessment("a").fields)
big = folder.parent / "big.pdf"
try:
    workspace.store_evidence(Path(sys.argv[2]))
except WorkspaceError as error:
    codes.append(error.code)
left = [path.name for path in (folder / "evidence").rglob("*")]
workspace.close()
try:
    workspaces().create(folder.parent / "another")
except WorkspaceError as error:
    codes.append(error.code)
reopened = workspaces().open(folder)
fields = reopened.assessment("a").fields
reopened.close()
print(codes, kept == len(fields) > 1, left, (folder.parent / "another").exists(), STUDENTS in fields)
"""


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """On a disk of 3 MB in memory, in its own mount namespace; skipped where that is not allowed."""
    unshare = shutil.which("unshare")
    probe = [unshare or "unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    (tmp_path / "disk").mkdir()
    mount = f"mount -t tmpfs -o size=3m none '{tmp_path}/disk'"
    if unshare is None or subprocess.run([*probe, mount], capture_output=True, check=False).returncode:
        pytest.skip("no mount namespaces here")
    big = tmp_path / "big.pdf"
    big.write_bytes(PDF + b"\0" * 8_000_000)
    inner = f"{mount} && exec '{sys.executable}' -X utf8 -c \"$SCRIPT\" '{tmp_path}/disk/w' '{big}'"
    done = subprocess.run(
        [*probe, inner],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"SCRIPT": REAL},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr.count("\n") == 1
    assert "今天的备份没有做成" in done.stderr
    full = "storage.disk_full"
    assert done.stdout.strip() == f"{[full, full, full]} True [] False True"


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """A quota of the system (here a limit of the process) is told from a fault of the program."""
    pytest.importorskip("resource")
    started(tmp_path / "w").close()
    size = (tmp_path / "w" / DATABASE).stat().st_size
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from chuyi_desktop.domain.errors import WorkspaceError\n"
        "from tests.storage.builders import stamp, workspaces\n"
        "from tests.storage.test_full_disk import LONG\n"
        "workspace = workspaces().open(Path(sys.argv[1]))\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size + 65536}, {size + 65536}))\n"
        "try:\n"
        "    workspace.apply('a', [LONG], stamp())\n"
        "except WorkspaceError as error:\n"
        "    print(error.code, len(workspace.assessment('a').fields), len(workspace.journal()))\n"
        "workspace.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script, str(tmp_path / "w")],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.strip() == "storage.disk_failed 0 1"
    workspace = workspaces().open(tmp_path / "w")
    assert workspace.assessment("a").fields == {}
    workspace.close()
