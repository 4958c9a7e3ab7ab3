"""Rows of the field tables ↔ fields and contents of the domain, said out loud for every kind."""

from datetime import datetime

from chuyi_desktop.domain.assessment import (
    Attestation,
    Content,
    DeclaredEmpty,
    Entry,
    EvidenceLink,
    Explanation,
    Field,
    FieldKind,
    Origin,
    OriginKind,
    Rating,
    Row,
    Text,
)
from chuyi_desktop.storage.tables import (
    AttestationRow,
    EmptyRosterRow,
    EvidenceRow,
    ExplanationRow,
    NarrativeRow,
    RatingRow,
    RosterRow,
    ValueRow,
)
from chuyi_desktop.storage.values import UnreadableRowError, cells_from_json, cells_to_json, read, written

SharedRow = ValueRow | RosterRow | EmptyRosterRow
OwnRow = NarrativeRow | AttestationRow | RatingRow | ExplanationRow | EvidenceRow
FieldRow = SharedRow | OwnRow

SHARED: tuple[type[SharedRow], ...] = (ValueRow, RosterRow, EmptyRosterRow)
"""What belongs to the school."""
OWN: tuple[type[OwnRow], ...] = (NarrativeRow, AttestationRow, RatingRow, ExplanationRow, EvidenceRow)
"""What belongs to one assessment."""

ROW_OF: dict[FieldKind, type[FieldRow]] = {
    FieldKind.VALUE: ValueRow,
    FieldKind.ROW: RosterRow,
    FieldKind.EMPTY_TABLE: EmptyRosterRow,
    FieldKind.TEXT: NarrativeRow,
    FieldKind.ATTESTATION: AttestationRow,
    FieldKind.RATING: RatingRow,
    FieldKind.EXPLANATION: ExplanationRow,
    FieldKind.EVIDENCE: EvidenceRow,
}
"""The table of each kind of field."""


def row_for(assessment_id: str, field: Field) -> FieldRow:
    """A row at the place of ``field``, with nothing in it yet."""
    year = field.year or 0
    match field.kind:
        case FieldKind.VALUE:
            return ValueRow(indicator_id=field.key, year=year)
        case FieldKind.ROW:
            return RosterRow(table_id=field.key, year=year, row_id=field.item)
        case FieldKind.EMPTY_TABLE:
            return EmptyRosterRow(table_id=field.key, year=year)
        case FieldKind.TEXT:
            return NarrativeRow(assessment_id=assessment_id, narrative_id=field.key)
        case FieldKind.ATTESTATION:
            return AttestationRow(assessment_id=assessment_id, condition_id=field.key)
        case FieldKind.RATING:
            return RatingRow(assessment_id=assessment_id, item_id=field.key)
        case FieldKind.EXPLANATION:
            return ExplanationRow(assessment_id=assessment_id, check_id=field.key)
        case FieldKind.EVIDENCE:
            return EvidenceRow(assessment_id=assessment_id, subject_id=field.key, sha256=field.item)


def fill(row: FieldRow, content: Content) -> None:
    """Put ``content`` into its row."""
    match row, content:
        case ValueRow(), Entry(value, _, note, not_applicable):
            row.value_kind, row.value_text = (None, None) if value is None else written(value)
            row.note, row.not_applicable = note, not_applicable
        case RosterRow(), Row(_, position, cells):
            row.position, row.cells = position, cells_to_json(cells)
        case EmptyRosterRow(), DeclaredEmpty():
            pass
        case NarrativeRow(), Text(text):
            row.body = text
        case AttestationRow(), Attestation(holds, note):
            row.holds, row.note = holds, note
        case RatingRow(), Rating(level_id, note):
            row.level_id, row.note = level_id, note
        case ExplanationRow(), Explanation(text, confirmed):
            row.body, row.confirmed_by_head = text, confirmed
        case EvidenceRow(), EvidenceLink(_, name, media_type, size, position):
            row.name, row.media_type, row.size, row.position = name, media_type, size, position
        case _:
            raise TypeError(f"{type(content).__name__} in {type(row).__name__}")
    _fill_origin(row, content.origin)


def place_of(row: FieldRow) -> Field:
    """The field a row stands for."""
    match row:
        case ValueRow():
            return Field(FieldKind.VALUE, row.indicator_id, row.year)
        case RosterRow():
            return Field(FieldKind.ROW, row.table_id, row.year, row.row_id)
        case EmptyRosterRow():
            return Field(FieldKind.EMPTY_TABLE, row.table_id, row.year)
        case NarrativeRow():
            return Field(FieldKind.TEXT, row.narrative_id)
        case AttestationRow():
            return Field(FieldKind.ATTESTATION, row.condition_id)
        case RatingRow():
            return Field(FieldKind.RATING, row.item_id)
        case ExplanationRow():
            return Field(FieldKind.EXPLANATION, row.check_id)
        case EvidenceRow():
            return Field(FieldKind.EVIDENCE, row.subject_id, None, row.sha256)


def content_of(row: FieldRow) -> Content:
    """What a row holds. Raises UnreadableRowError for what ``fill`` never wrote."""
    origin = _origin(row)
    match row:
        case ValueRow():
            value = None if row.value_kind is None else read(row.value_kind, row.value_text)
            return Entry(value, origin, row.note, row.not_applicable)
        case RosterRow():
            return Row(row.row_id, row.position, cells_from_json(row.cells), origin)
        case EmptyRosterRow():
            return DeclaredEmpty(origin)
        case NarrativeRow():
            return Text(row.body, origin)
        case AttestationRow():
            return Attestation(row.holds, row.note, origin)
        case RatingRow():
            return Rating(row.level_id, row.note, origin)
        case ExplanationRow():
            return Explanation(row.body, row.confirmed_by_head, origin)
        case EvidenceRow():
            return EvidenceLink(row.sha256, row.name, row.media_type, row.size, row.position, origin)


def _fill_origin(row: FieldRow, origin: Origin | None) -> None:
    row.origin_kind = None if origin is None else origin.kind.value
    row.origin_who = None if origin is None else origin.who
    row.origin_when = None if origin is None else origin.when.isoformat()
    row.origin_source = None if origin is None else origin.source


def _origin(row: FieldRow) -> Origin | None:
    if row.origin_kind is None:
        return None
    try:
        kind, when = OriginKind(row.origin_kind), datetime.fromisoformat(row.origin_when or "")
    except ValueError as error:
        raise UnreadableRowError(f"origin {row.origin_kind!r} {row.origin_when!r}") from error
    return Origin(kind, row.origin_who or "", when, row.origin_source or "")
