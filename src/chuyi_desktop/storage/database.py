"""Connections to a workspace's SQLite file: how it is opened, how transactions begin."""

import json
import sqlite3
from functools import partial
from pathlib import Path, PurePath
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from chuyi_desktop.storage.values import UnreadableRowError

DATABASE = "workspace.sqlite3"
APPLICATION_ID = 0x43484F59
"""Says in the file's own header that it is a workspace ("CHOY")."""
_WAIT_SECONDS = 5.0


def uri(path: PurePath, *, mode: str) -> str:
    """``path`` as SQLite's URI. Drive letters and UNC shares take SQLite's form, not the usual one."""
    posix = path.as_posix()
    rooted = posix if posix.startswith("/") else f"/{posix}"
    return f"file://{quote(rooted)}?mode={mode}"


def connect(path: Path, *, write: bool, quiet: bool = False) -> sqlite3.Connection:
    """A bare connection that never makes a database. ``quiet`` says that nobody writes while it lasts, so
    that reading leaves no trace. A foreign file's schema is not trusted to call functions."""
    # Only without a log is all there in the file itself; a log is read through files beside it.
    immutable = quiet and not write and not _has_log(path)
    connection = sqlite3.connect(
        uri(path.absolute(), mode="rw" if write else "ro") + ("&immutable=1" if immutable else ""),
        uri=True,
        timeout=_WAIT_SECONDS,
        check_same_thread=False,
        isolation_level=None,
    )
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def engine_for(path: Path, *, write: bool) -> Engine:
    """An engine on an existing file. A writer's transactions take the write lock when they begin, so that
    none can fail half way for want of it."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, write=write),
        poolclass=QueuePool,
        json_serializer=partial(json.dumps, ensure_ascii=False),
        json_deserializer=_read_json,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        wanted = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if wanted else "BEGIN")

    return engine


def _has_log(path: Path) -> bool:
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def _read_json(text: str) -> object:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableRowError(f"JSON {text[:200]!r}") from error
    return found


def make_database(path: Path) -> None:
    """A new, empty SQLite file that says it is a workspace."""
    with path.open("xb"):
        pass
    connection = connect(path, write=True)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    finally:
        connection.close()


def use_write_ahead_log(path: Path) -> None:
    """Keep changes in a log beside the file, so that readers and the writer do not wait for each other."""
    connection = connect(path, write=True)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
