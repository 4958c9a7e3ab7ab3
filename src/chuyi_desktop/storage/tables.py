"""The tables as typed mappings. Nothing in them belongs to SQLite alone: moments are ISO text with their
offset, numbers exact decimal text, cells of a roster and journalled contents JSON."""

from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column


class Base(DeclarativeBase):
    """The mapped schema; its constraints have names, so that a migration can change them."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text}


class AssessmentRow(Base):
    """An assessment's head."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("programme_id", "year"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(unique=True)
    programme_id: Mapped[str]
    year: Mapped[int]
    pack_version: Mapped[str]
    pack_hash: Mapped[str]
    created: Mapped[str]


class Filled:
    """What every filled-in field has: its origin, and a version that grows at each change, so that on a
    shared server a lost race is noticed, never silently overwritten."""

    origin_kind: Mapped[str | None]
    origin_who: Mapped[str | None]
    origin_when: Mapped[str | None]
    origin_source: Mapped[str | None]
    row_version: Mapped[int]

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 (declared_attr makes it a class method)
        return {"version_id_col": cls.__table__.c.row_version}  # type: ignore[attr-defined]  # set by Base


class OfAssessment(Filled):
    """A filled-in field that belongs to one assessment."""

    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"), primary_key=True, sort_order=-1)


class ValueRow(Filled, Base):
    """The school's value of an indicator in a year."""

    __tablename__ = "indicator_value"

    indicator_id: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value_kind: Mapped[str | None]
    value_text: Mapped[str | None]
    note: Mapped[str]
    not_applicable: Mapped[str]


class RosterRow(Filled, Base):
    """A row of one of the school's rosters."""

    __tablename__ = "roster_row"

    table_id: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    row_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    cells: Mapped[dict[str, list[str]]] = mapped_column(JSON)


class EmptyRosterRow(Filled, Base):
    """A roster declared to be empty."""

    __tablename__ = "empty_roster"

    table_id: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class NarrativeRow(OfAssessment, Base):
    """A narrative."""

    __tablename__ = "narrative"

    narrative_id: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]


class AttestationRow(OfAssessment, Base):
    """The answer to an attested condition."""

    __tablename__ = "attestation"

    condition_id: Mapped[str] = mapped_column(primary_key=True)
    holds: Mapped[bool]
    note: Mapped[str]


class RatingRow(OfAssessment, Base):
    """The chosen level of a rubric."""

    __tablename__ = "rating"

    item_id: Mapped[str] = mapped_column(primary_key=True)
    level_id: Mapped[str]
    note: Mapped[str]


class ExplanationRow(OfAssessment, Base):
    """The explanation of a check's finding."""

    __tablename__ = "explanation"

    check_id: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]
    confirmed_by_head: Mapped[bool]


class EvidenceRow(OfAssessment, Base):
    """A stored file as proof of a rule or indicator."""

    __tablename__ = "evidence_link"

    subject_id: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    position: Mapped[int]


class DeedRow(Base):
    """A deed of the journal. ``founding`` deeds begin an assessment or bind it to another pack, and cannot be
    taken back; ``redoable``
    ones are undone and nothing was done since."""

    __tablename__ = "deed"

    number: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"), index=True)
    who: Mapped[str]
    moment: Mapped[str]
    label: Mapped[str]
    founding: Mapped[bool]
    undone: Mapped[bool]
    redoable: Mapped[bool]


class DeedChangeRow(Base):
    """One field of a deed, from ``old`` to ``new``; SQL NULL is nothing there."""

    __tablename__ = "deed_change"

    deed_number: Mapped[int] = mapped_column(ForeignKey("deed.number"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    key: Mapped[str]
    year: Mapped[int | None]
    item: Mapped[str]
    old: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    new: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class TurnRow(Base):
    """A deed taken back (``redone`` false) or made again: who did it when."""

    __tablename__ = "deed_turn"

    number: Mapped[int] = mapped_column(primary_key=True)
    deed_number: Mapped[int] = mapped_column(ForeignKey("deed.number"), index=True)
    redone: Mapped[bool]
    who: Mapped[str]
    moment: Mapped[str]
    label: Mapped[str]
