"""An assessment before anything is filled in, and how assessments are called."""

from collections.abc import Mapping

from chuyi_desktop.domain.assessment import Assessment, Content, Field
from chuyi_desktop.domain.programme import Programme


def assessment_id(programme_id: str, year: int) -> str:
    """The id of the one assessment that a workspace may have of a programme and year."""
    return f"{programme_id}-{year}"


def blank(programme: Programme, year: int, fields: Mapping[Field, Content] | None = None) -> Assessment:
    """An assessment of ``programme`` with nothing in it but ``fields``, which the school has already."""
    return Assessment(
        assessment_id(programme.id, year),
        programme.id,
        programme.version,
        programme.pack_hash,
        year,
        fields or {},
    )
