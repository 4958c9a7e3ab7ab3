"""One field, what the workspace has of it and what deliveries say: the content they agree on, or a conflict.

What a workbook was handed out with is the common base: a part (the value, the note) that a department left as
it was says nothing; a part that it changed counts, and stands against what the workspace has only where the
workspace has something else than the department saw.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from chuyi_desktop.app.departments.deliveries import BOTH, KEEP, Delivery, Statement
from chuyi_desktop.app.departments.field_marks import Marks, marks, roster_mark
from chuyi_desktop.app.departments.roster_union import union
from chuyi_desktop.app.ports import SheetRoster
from chuyi_desktop.domain.assessment import (
    Assessment,
    Attestation,
    Content,
    Entry,
    Field,
    FieldKind,
    Rating,
    Row,
)

Voice = tuple[Delivery, Statement]
"""Who says it and what."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a field comes to: ``content`` as ``voices`` say; ``disputed`` where they do not agree and nobody
    chose, then there is no content."""

    content: Content | SheetRoster | None
    voices: tuple[Voice, ...]
    disputed: bool


def settle(assessment: Assessment, field: Field, voices: Sequence[Voice], chosen: str) -> Outcome:
    """What ``field`` comes to, by ``chosen`` (a delivery's key, KEEP or BOTH) where there is a dispute."""
    rows = assessment.rows(field.key, field.year) if field.kind is FieldKind.ROW else None
    ours = assessment.fields.get(field)
    had = marks(ours)
    if field.kind is FieldKind.ROW:
        had = Marks("" if rows is None else roster_mark(row.cells for row in rows))
    valued = [voice for voice in voices if voice[1].states_value]
    noted = [voice for voice in voices if voice[1].states_note]
    disputed = _disputed(valued, had, _value) or _disputed(noted, had, _note)
    if not disputed:
        return Outcome(_agreed(field, ours, valued, noted), (*valued, *noted), disputed=False)
    if chosen in {"", KEEP}:
        return Outcome(None, (), disputed=True)
    if chosen == BOTH:
        return Outcome(_together(field, rows or (), voices), tuple(voices), disputed=True)
    said = tuple(voice for voice in voices if voice[0].key == chosen)
    by_value = [voice for voice in said if voice[1].states_value]
    by_note = [voice for voice in said if voice[1].states_note]
    if not by_value and not _disputed(valued, had, _value):
        by_value = valued
    if not by_note and not _disputed(noted, had, _note):
        by_note = noted
    return Outcome(_agreed(field, ours, by_value, by_note), said, disputed=True)


def _value(found: Marks) -> str:
    return found.value


def _note(found: Marks) -> str:
    return found.note


def mark_of(content: Content | SheetRoster) -> Marks:
    """The marks of what is said."""
    if isinstance(content, SheetRoster):
        return Marks(roster_mark(row.cells for row in content.rows))
    return marks(content)


def _disputed(voices: Sequence[Voice], had: Marks, part: Callable[[Marks], str]) -> bool:
    """Whether ``voices`` say several things of a part, or one that the workspace's does not allow: it has
    something else, which none of them saw."""
    said = {part(mark_of(statement.content)) for _, statement in voices}
    ours = part(had)
    seen = any(part(statement.base) == ours for _, statement in voices)
    if voices and ours and not seen:
        said.add(ours)
    return len(said) > 1


def _agreed(
    field: Field, ours: Content | None, valued: Sequence[Voice], noted: Sequence[Voice]
) -> Content | SheetRoster | None:
    """The value of ``valued`` with the note of ``noted``; a part nobody states is ours."""
    value = valued[0][1].content if valued else ours
    note = noted[0][1].content if noted else ours
    if field.kind is FieldKind.ROW:
        return value
    match value, note:
        case None, Entry():
            return replace(note, value=None, not_applicable="")
        case Entry(), Entry() | None:
            return replace(value, note=note.note if note else "")
        case Attestation(), Attestation() | None:
            return replace(value, note=note.note if note else "")
        case Rating(), Rating() | None:
            return replace(value, note=note.note if note else "")
        case _:
            return value if value is not None else note


def _together(field: Field, rows: Sequence[Row], voices: Sequence[Voice]) -> SheetRoster:
    rosters = [statement.content for _, statement in voices if isinstance(statement.content, SheetRoster)]
    base = {row_id: mark for _, statement in voices for row_id, mark in statement.base_rows.items()}
    return union(field.key, rows, rosters, base)
