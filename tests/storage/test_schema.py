"""The tables that migrations make are those that the mapping means, and PostgreSQL would take them."""

import sqlite3
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Inspector
from sqlalchemy.schema import CreateTable

from chuyi_desktop.storage import schema
from chuyi_desktop.storage.database import DATABASE, engine_for
from chuyi_desktop.storage.tables import Base
from tests.storage.builders import started


def shape(found: Inspector) -> dict[str, object]:
    """Everything about the tables that the database knows, in no order."""
    return {
        table: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], column["default"])
                for column in found.get_columns(table)
            },
            "key": found.get_pk_constraint(table),
            "foreign": sorted(map(str, found.get_foreign_keys(table))),
            "unique": sorted(map(str, found.get_unique_constraints(table))),
            "indexes": sorted(map(str, found.get_indexes(table))),
            "checks": sorted(map(str, found.get_check_constraints(table))),
        }
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def test_migrated_and_mapped_tables_are_the_same(tmp_path: Path) -> None:
    started(tmp_path / "w").close()
    migrated = engine_for(tmp_path / "w" / DATABASE, write=False)
    mapped = create_engine("sqlite://")
    Base.metadata.create_all(mapped)
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        migrated_shape, mapped_shape = shape(inspect(connection)), shape(inspect(mapped))
    migrated.dispose()
    mapped.dispose()
    assert migrated_shape == mapped_shape
    assert len(mapped_shape) == 12


def test_postgresql_takes_every_table() -> None:
    made = [
        str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in Base.metadata.sorted_tables
    ]
    assert all(statement.strip().startswith("CREATE TABLE") for statement in made)


def test_migrations_never_look_at_the_mapping() -> None:
    scripts = list(schema.MIGRATIONS.rglob("*.py"))
    assert len(scripts) >= 4
    for script in scripts:
        assert "storage.tables" not in script.read_text(encoding="utf-8"), script


def test_the_file_is_marked_logged_and_watched(tmp_path: Path) -> None:
    started(tmp_path / "w").close()
    connection = sqlite3.connect(tmp_path / "w" / DATABASE)
    asked = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "journal_mode")
    }
    connection.close()
    engine = engine_for(tmp_path / "w" / DATABASE, write=True)
    with engine.connect() as made:
        names = ("foreign_keys", "synchronous", "trusted_schema")
        asked |= {name: made.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}
    engine.dispose()
    assert asked == {
        "application_id": 0x43484F59,
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "trusted_schema": 0,
    }
