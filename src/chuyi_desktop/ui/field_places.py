"""On which page a field is filled in."""

from chuyi_desktop.domain.assessment import Field, FieldKind
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.ui.place_list import Place, PlaceKind

_ANSWERED = frozenset({FieldKind.ATTESTATION, FieldKind.RATING})


def place_of(field: Field, programme: Programme) -> Place | None:
    """The page of ``field``; None where the programme does not ask for it."""
    if field.kind in {FieldKind.ROW, FieldKind.EMPTY_TABLE}:
        return Place(PlaceKind.TABLE, field.key) if field.key in programme.tables else None
    if field.kind in _ANSWERED:
        return Place(PlaceKind.ANSWERS)
    for section in programme.sections:
        if any(asked.indicator_id == field.key for asked in section.asked):
            return Place(PlaceKind.SECTION, section.id)
    return None
