"""Making and opening: what is no workspace, what is damaged, newer or older, is said and left as it is."""

import hashlib
import shutil
import sqlite3
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from chuyi_desktop.domain.errors import WorkspaceError
from chuyi_desktop.storage import backups, schema
from chuyi_desktop.storage import workspaces as room
from chuyi_desktop.storage.database import DATABASE, uri
from chuyi_desktop.storage.schema import Schema
from chuyi_desktop.storage.workspaces import SqliteWorkspaces
from tests.storage.builders import NOON, STUDENTS, entry, head, put, stamp, started, workspaces

NEXT = '''"""A later version."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO later VALUES (7)")
    FAULT
'''


def later(folder: Path, fault: str = "") -> Schema:
    """The program's migrations and one more."""
    scripts = folder / "migrations 100%"
    shutil.copytree(schema.MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "v0002_later.py").write_text(NEXT.replace("FAULT", fault), encoding="utf-8")
    return Schema(scripts)


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` with its hash; the lock's own files aside."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "workspace.lock" and not path.name.endswith("-shm")
    }


def refusal(folder: Path, maker: SqliteWorkspaces | None = None, *, write: bool = True) -> WorkspaceError:
    with pytest.raises(WorkspaceError) as caught:
        (maker or workspaces()).open(folder, write=write)
    assert str(folder) in caught.value.sentence
    return caught.value


def with_data(folder: Path) -> Path:
    """A closed workspace with a value and a backup of it from the next day."""
    workspace = started(folder)
    workspace.apply("a", [put(STUDENTS, entry("3091"))], stamp())
    workspace.close()
    workspaces(clock=lambda: NOON + timedelta(days=1)).open(folder).close()
    return folder


@pytest.mark.parametrize("write", [True, False])
def test_no_folder_no_workspace_no_database_are_told_apart(tmp_path: Path, *, write: bool) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "foreign").mkdir()
    foreign = sqlite3.connect(tmp_path / "foreign" / DATABASE)
    foreign.executescript("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
    foreign.close()
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / DATABASE).write_text("not a database at all, but long enough to look at" * 100)
    (tmp_path / "nothing").mkdir()
    (tmp_path / "nothing" / DATABASE).touch()
    codes = {
        name: refusal(tmp_path / name, write=write).code
        for name in ("absent", "file", "empty", "foreign", "text", "nothing")
    }
    assert codes == {
        "absent": "storage.no_folder",
        "file": "storage.not_a_folder",
        "empty": "storage.not_a_workspace",
        "foreign": "storage.not_a_workspace",
        "text": "storage.damaged",
        "nothing": "storage.damaged",
    }
    assert list((tmp_path / "empty").iterdir()) == []


def test_making_makes_missing_folders_and_takes_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "楚怡 100%" / "深" / "工作区#1?"):
        workspace = workspaces().create(folder)
        workspace.add_assessment(head(), [put(STUDENTS, entry("1"))], stamp())
        assert workspace.folder == folder
        workspace.close()
        reopened = workspaces().open(folder, write=False)
        assert reopened.assessment("a").value("student_count") == Decimal(1)
        reopened.close()


def test_making_leaves_what_is_there(tmp_path: Path) -> None:
    started(tmp_path / "w").close()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "论文.docx").write_text("x")
    (tmp_path / "file").write_text("x")
    before = fingerprint(tmp_path)
    for name, code in (
        ("w", "storage.is_a_workspace"),
        ("full", "storage.not_empty"),
        ("file", "storage.not_a_folder"),
        ("file/below", "storage.not_a_folder"),
    ):
        with pytest.raises(WorkspaceError) as caught:
            workspaces().create(tmp_path / name)
        assert caught.value.code == code
    assert fingerprint(tmp_path) == before


@pytest.mark.parametrize("step", ["make_database", "_migrate", "replace_durably", "use_write_ahead_log"])
def test_a_making_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "empty").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(room, step, fail)
        for folder in (tmp_path / "empty", tmp_path / "new" / "deep"):
            with pytest.raises(WorkspaceError) as caught:
                workspaces().create(folder)
            assert caught.value.code == "storage.disk_full"
    assert [path.name for path in tmp_path.rglob("*")] == ["empty"]
    workspaces().create(tmp_path / "empty").close()


def test_damage_names_the_newest_sound_backup_and_touches_nothing(tmp_path: Path) -> None:
    folder = with_data(tmp_path / "w")
    workspaces(clock=lambda: NOON + timedelta(days=2)).open(folder).close()
    made = sorted((folder / "backups").iterdir())
    made[-1].write_bytes(made[-1].read_bytes()[:5000])
    database = folder / DATABASE
    content = bytearray(database.read_bytes())
    content[4096:] = b"\xa5" * len(content[4096:])
    database.write_bytes(content)
    before = fingerprint(folder)
    for write in (True, False):
        error = refusal(folder, write=write)
        assert error.code == "storage.damaged_with_backup"
        assert error.params["backup"] == made[0]
    assert fingerprint(folder) == before
    shutil.copy(made[0], database)
    restored = workspaces().open(folder)
    assert restored.assessment("a").value("student_count") == Decimal(3091)
    restored.close()


def test_damage_is_found_where_opening_itself_reads_nothing(tmp_path: Path) -> None:
    folder = with_data(tmp_path / "w")
    connection = sqlite3.connect(folder / DATABASE)
    page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'indicator_value'").fetchone()[
        0
    ]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with (folder / DATABASE).open("r+b") as stream:
        stream.seek((page - 1) * size)
        stream.write(b"\xa5" * size)
    assert refusal(folder).code == "storage.damaged_with_backup"


def test_a_lost_database_names_its_backup(tmp_path: Path) -> None:
    folder = with_data(tmp_path / "w")
    (folder / DATABASE).unlink()
    assert refusal(folder).code == "storage.damaged_with_backup"


def test_a_header_overwritten_is_damage_not_another_program(tmp_path: Path) -> None:
    folder = with_data(tmp_path / "w")
    with (folder / DATABASE).open("r+b") as stream:
        stream.seek(68)
        stream.write(b"\0\0\0\0")
    assert refusal(folder).code == "storage.damaged_with_backup"


def test_a_file_with_triggers_of_others_is_not_opened(tmp_path: Path) -> None:
    started(tmp_path / "w").close()
    connection = sqlite3.connect(tmp_path / "w" / DATABASE)
    connection.execute(
        "CREATE TRIGGER t AFTER INSERT ON indicator_value BEGIN DELETE FROM indicator_value; END"
    )
    connection.close()
    assert refusal(tmp_path / "w").code == "storage.not_a_workspace"


def test_nonsense_in_a_sound_file_is_said_not_crashed_on(tmp_path: Path) -> None:
    for number, sql in enumerate(
        (
            "UPDATE indicator_value SET value_text = 'NaN'",
            "UPDATE indicator_value SET value_text = '1e'",
            "UPDATE indicator_value SET value_kind = 'blob'",
            "UPDATE indicator_value SET origin_kind = 'dreamt'",
            "UPDATE assessment SET created = 'yesterday'",
        )
    ):
        folder = tmp_path / str(number)
        workspace = started(folder)
        workspace.apply("a", [put(STUDENTS, entry("1"))], stamp())
        workspace.close()
        connection = sqlite3.connect(folder / DATABASE, isolation_level=None)
        connection.execute(sql)
        connection.close()
        workspace = workspaces().open(folder)
        with pytest.raises(WorkspaceError) as caught:
            workspace.assessment("a")
        workspace.close()
        assert caught.value.code == "storage.damaged_in_use"


@pytest.mark.parametrize(
    "value", ["{", '["number"]', '["number", 5]', '["number", "1", "2"]', '{"a": 1}', "7"]
)
def test_nonsense_in_the_journal_is_said_too(tmp_path: Path, value: str) -> None:
    workspace = started(tmp_path / "w")
    workspace.apply("a", [put(STUDENTS, entry("1"))], stamp())
    workspace.close()
    connection = sqlite3.connect(tmp_path / "w" / DATABASE, isolation_level=None)
    connection.execute("UPDATE deed_change SET new = ?", [f'{{"value": {value}}}'])
    connection.close()
    workspace = workspaces().open(tmp_path / "w")
    for ask in (workspace.journal, lambda: workspace.undo("a", stamp())):
        with pytest.raises(WorkspaceError):
            ask()
    workspace.close()


def test_a_newer_workspace_is_refused_and_untouched(tmp_path: Path) -> None:
    folder = with_data(tmp_path / "w")
    newer = workspaces(schema=later(tmp_path))
    newer.open(folder).close()
    before = fingerprint(folder)
    assert refusal(folder).code == "storage.newer"
    assert refusal(folder, write=False).code == "storage.newer"
    assert fingerprint(folder) == before


def test_an_older_workspace_is_backed_up_and_migrated(tmp_path: Path) -> None:
    folder = with_data(tmp_path / "w")
    newer = workspaces(schema=later(tmp_path), clock=lambda: NOON + timedelta(days=2))
    workspace = newer.open(folder)
    assert workspace.assessment("a").value("student_count") == Decimal(3091)
    workspace.close()
    (kept,) = [path for path in (folder / "backups").iterdir() if "before-0002" in path.name]
    older = sqlite3.connect(kept)
    assert older.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    older.close()
    migrated = sqlite3.connect(folder / DATABASE)
    assert migrated.execute("SELECT id FROM later").fetchall() == [(7,)]
    migrated.close()


def test_an_older_workspace_is_read_from_a_migrated_copy(tmp_path: Path) -> None:
    folder = with_data(tmp_path / "w")
    before = fingerprint(folder)
    reader = workspaces(schema=later(tmp_path)).open(folder, write=False)
    assert reader.assessment("a").value("student_count") == Decimal(3091)
    reader.close()
    assert fingerprint(folder) == before


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    folder = with_data(tmp_path / "w")
    error = refusal(folder, workspaces(schema=later(tmp_path, "raise RuntimeError('half way')")))
    assert error.code == "storage.not_migrated"
    assert error.params["backup"].exists()
    workspace = workspaces().open(folder)
    assert workspace.assessment("a").value("student_count") == Decimal(3091)
    workspace.close()
    connection = sqlite3.connect(folder / DATABASE)
    assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'later'").fetchall() == []
    connection.close()


def test_no_migration_without_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = with_data(tmp_path / "w")
    monkeypatch.setattr(backups, "is_sound", lambda _: False)
    before = fingerprint(folder)
    assert refusal(folder, workspaces(schema=later(tmp_path))).code == "storage.no_backup_to_migrate"
    assert fingerprint(folder) == before


def test_the_first_opening_of_a_day_backs_up_and_ten_are_kept(tmp_path: Path) -> None:
    started(tmp_path / "w").close()
    moments = [NOON + timedelta(days=day, hours=hour) for day in range(13) for hour in (0, 3)]
    for moment in moments:
        workspaces(clock=lambda moment=moment: moment).open(tmp_path / "w").close()
    workspaces(clock=lambda: moments[-1]).open(tmp_path / "w", write=False).close()
    names = sorted(path.name for path in (tmp_path / "w" / "backups").iterdir())
    assert names == [f"{moment:%Y%m%d-%H%M%S}.sqlite3" for moment in moments[6::2]]


def test_a_backup_holds_what_was_only_in_the_log(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    workspace.apply("a", [put(STUDENTS, entry("3091"))], stamp())
    kept = backups.back_up(tmp_path / "w", tmp_path / "w" / DATABASE, NOON)
    workspace.close()
    (tmp_path / "other").mkdir()
    shutil.copy(kept, tmp_path / "other" / DATABASE)
    other = workspaces().open(tmp_path / "other")
    assert other.assessment("a").value("student_count") == Decimal(3091)
    other.close()


def test_a_daily_backup_that_fails_keeps_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    started(tmp_path / "w").close()
    monkeypatch.setattr(backups, "sync_file", fail)
    workspaces().open(tmp_path / "w").close()
    assert list((tmp_path / "w" / "backups").iterdir()) == []


def test_a_clock_is_asked_not_the_machine(tmp_path: Path) -> None:
    started(tmp_path / "w").close()
    then = datetime(2031, 1, 2, 3, 4, 5, tzinfo=NOON.tzinfo)
    workspaces(clock=lambda: then).open(tmp_path / "w").close()
    assert [path.name for path in (tmp_path / "w" / "backups").iterdir()] == ["20310102-030405.sqlite3"]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (PurePosixPath("/home/楚怡 1%/w#?.db"), "file:///home/%E6%A5%9A%E6%80%A1%201%25/w%23%3F.db?mode=ro"),
        (PureWindowsPath(r"C:\school data\w.db"), "file:///C%3A/school%20data/w.db?mode=ro"),
        (PureWindowsPath(r"\\server\share\w.db"), "file:////server/share/w.db?mode=ro"),
    ],
)
def test_paths_of_every_system_become_what_sqlite_takes(path: PurePosixPath, wanted: str) -> None:
    assert uri(path, mode="ro") == wanted
