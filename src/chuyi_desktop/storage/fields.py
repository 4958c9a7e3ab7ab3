"""Reads and changes the field tables: an assessment whole, and changes that all hold or none."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, object_mapper

from chuyi_desktop.domain.assessment import Change, Content, Field
from chuyi_desktop.domain.errors import WorkspaceError
from chuyi_desktop.storage.contents import demand_fit, same
from chuyi_desktop.storage.mapping import (
    OWN,
    ROW_OF,
    SHARED,
    FieldRow,
    OwnRow,
    content_of,
    fill,
    place_of,
    row_for,
)

_ONE_BY_ONE = 40
"""Up to so many fields of a table are looked up one by one; for more the table is read once."""


def load(session: Session, assessment_id: str) -> dict[Field, Content]:
    """Every field of an assessment, with those of the school."""
    fields: dict[Field, Content] = {}
    for table in (*SHARED, *OWN):
        for row in session.scalars(_all_of(table, assessment_id)):
            fields[place_of(row)] = content_of(row)
    return fields


def make(session: Session, assessment_id: str, changes: Sequence[Change], refusal: str) -> tuple[Change, ...]:
    """Make ``changes`` in order; the same with the very contents, origins too, that they replaced.

    Raises WorkspaceError with the code ``refusal`` where a field does not hold the ``old`` of its change;
    nothing is written then.
    """
    for change in changes:
        demand_fit(change.field, change.old)
        demand_fit(change.field, change.new)
    places = list(dict.fromkeys(change.field for change in changes))
    rows = _rows(session, assessment_id, places)
    present: dict[Field, Content | None] = {
        place: content_of(rows[place]) if place in rows else None for place in places
    }
    made: list[Change] = []
    contradicted: list[Field] = []
    for change in changes:
        made.append(replace(change, old=present[change.field]))
        if not same(present[change.field], change.old):
            contradicted.append(change.field)
        present[change.field] = change.new
    if contradicted:
        raise WorkspaceError(refusal, count=len(contradicted), details=repr(contradicted[:20]))
    for place, content in present.items():
        _put(session, assessment_id, place, rows.get(place), content)
    session.flush()
    return tuple(made)


def _put(
    session: Session, assessment_id: str, place: Field, row: FieldRow | None, content: Content | None
) -> None:
    if content is None:
        if row is not None:
            session.delete(row)
        return
    kept = row_for(assessment_id, place) if row is None else row
    fill(kept, content)
    if row is None:
        session.add(kept)


def _rows(session: Session, assessment_id: str, places: Sequence[Field]) -> dict[Field, FieldRow]:
    """The rows there are for ``places``."""
    wanted: dict[type[FieldRow], list[Field]] = {}
    for place in places:
        wanted.setdefault(ROW_OF[place.kind], []).append(place)
    found: dict[Field, FieldRow] = {}
    for table, of_table in wanted.items():
        if len(of_table) > _ONE_BY_ONE:
            every = {place_of(row): row for row in session.scalars(_all_of(table, assessment_id))}
            found |= {place: every[place] for place in of_table if place in every}
            continue
        for place in of_table:
            row = cast("FieldRow | None", session.get(table, _identity(assessment_id, place)))
            if row is not None:
                found[place] = row
    return found


def _all_of(table: type[FieldRow], assessment_id: str) -> Select[FieldRow]:
    statement: Select[FieldRow] = select(table)
    if issubclass(table, OwnRow):
        return statement.where(table.assessment_id == assessment_id)
    return statement


def _identity(assessment_id: str, place: Field) -> tuple[object, ...]:
    row = row_for(assessment_id, place)
    return tuple(object_mapper(row).primary_key_from_instance(row))
