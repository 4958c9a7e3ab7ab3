"""Rows of the assessment table ↔ heads of assessments."""

from datetime import datetime

from chuyi_desktop.app.ports import AssessmentHead
from chuyi_desktop.storage.tables import AssessmentRow
from chuyi_desktop.storage.values import UnreadableRowError


def row_of(head: AssessmentHead, ordinal: int) -> AssessmentRow:
    """The row of ``head``, the ``ordinal``-th of its workspace."""
    return AssessmentRow(
        id=head.id,
        ordinal=ordinal,
        programme_id=head.programme_id,
        year=head.year,
        pack_version=head.pack_version,
        pack_hash=head.pack_hash,
        created=head.created.isoformat(),
    )


def head_of(row: AssessmentRow) -> AssessmentHead:
    """The head a row stands for."""
    try:
        created = datetime.fromisoformat(row.created)
    except ValueError as error:
        raise UnreadableRowError(f"created {row.created!r}") from error
    return AssessmentHead(row.id, row.programme_id, row.year, row.pack_version, row.pack_hash, created)
