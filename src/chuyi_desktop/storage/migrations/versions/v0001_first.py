"""The first version: assessments, the fields of every kind, the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _whole(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable, autoincrement=False)


def _yes_no(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _number() -> sa.Column[int]:
    return sa.Column("number", sa.Integer(), nullable=False, autoincrement=True)


def _field_table(name: str, key: tuple[str, ...], *columns: sa.schema.SchemaItem) -> None:
    """A table of filled-in fields; with ``assessment_id`` in its key they belong to one assessment."""
    parts: list[sa.schema.SchemaItem] = [_whole(part) if part == "year" else _text(part) for part in key]
    parts.extend(columns)
    parts.extend(_text(f"origin_{part}", nullable=True) for part in ("kind", "who", "when", "source"))
    parts.append(_whole("row_version"))
    parts.append(sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"))
    if "assessment_id" in key:
        parts.append(_belongs(name, "assessment_id", "assessment.id"))
    op.create_table(name, *parts)


def _belongs(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "assessment",
        _text("id"),
        _whole("ordinal"),
        _text("programme_id"),
        _whole("year"),
        _text("pack_version"),
        _text("pack_hash"),
        _text("created"),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
        sa.UniqueConstraint("ordinal", name="uq_assessment_ordinal"),
        sa.UniqueConstraint("programme_id", "year", name="uq_assessment_programme_id_year"),
    )
    _make_field_tables()
    _make_journal()


def _make_field_tables() -> None:
    _field_table(
        "indicator_value",
        ("indicator_id", "year"),
        _text("value_kind", nullable=True),
        _text("value_text", nullable=True),
        _text("note"),
        _text("not_applicable"),
    )
    _field_table(
        "roster_row",
        ("table_id", "year", "row_id"),
        _whole("position"),
        sa.Column("cells", sa.JSON(), nullable=False),
    )
    _field_table("empty_roster", ("table_id", "year"))
    _field_table("narrative", ("assessment_id", "narrative_id"), _text("body"))
    _field_table("attestation", ("assessment_id", "condition_id"), _yes_no("holds"), _text("note"))
    _field_table("rating", ("assessment_id", "item_id"), _text("level_id"), _text("note"))
    _field_table("explanation", ("assessment_id", "check_id"), _text("body"), _yes_no("confirmed_by_head"))
    _field_table(
        "evidence_link",
        ("assessment_id", "subject_id", "sha256"),
        _text("name"),
        _text("media_type"),
        _whole("size"),
        _whole("position"),
    )


def _make_journal() -> None:
    op.create_table(
        "deed",
        _number(),
        _text("assessment_id"),
        _text("who"),
        _text("moment"),
        _text("label"),
        _yes_no("founding"),
        _yes_no("undone"),
        _yes_no("redoable"),
        sa.PrimaryKeyConstraint("number", name="pk_deed"),
        _belongs("deed", "assessment_id", "assessment.id"),
    )
    op.create_index("ix_deed_assessment_id", "deed", ["assessment_id"])
    op.create_table(
        "deed_change",
        _whole("deed_number"),
        _whole("position"),
        _text("kind"),
        _text("key"),
        _whole("year", nullable=True),
        _text("item"),
        sa.Column("old", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("new", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("deed_number", "position", name="pk_deed_change"),
        _belongs("deed_change", "deed_number", "deed.number"),
    )
    op.create_table(
        "deed_turn",
        _number(),
        _whole("deed_number"),
        _yes_no("redone"),
        _text("who"),
        _text("moment"),
        _text("label"),
        sa.PrimaryKeyConstraint("number", name="pk_deed_turn"),
        _belongs("deed_turn", "deed_number", "deed.number"),
    )
    op.create_index("ix_deed_turn_deed_number", "deed_turn", ["deed_number"])
