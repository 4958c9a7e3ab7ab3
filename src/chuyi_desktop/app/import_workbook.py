"""Import a filled-in workbook: read, plan, then all of it in one transaction or none."""

from dataclasses import replace
from pathlib import Path

from chuyi_desktop.app.changes import Plan
from chuyi_desktop.app.edit_roster import unused_row_ids
from chuyi_desktop.app.ports import FilledCell, Progress, SheetRoster, SheetRow, Stamp, silent
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import (
    Assessment,
    Attestation,
    Change,
    Content,
    DeclaredEmpty,
    Entry,
    Field,
    FieldKind,
    Origin,
    OriginKind,
    Rating,
    Row,
)
from chuyi_desktop.domain.wording import say


def plan_import(session: Session, source: Path, progress: Progress = silent) -> Plan:
    """What importing ``source`` would change. Refused as a whole where any cell is refused. Reads no
    database, so that a worker thread may run it."""
    assessment = session.assessment
    reading = session.program.workbooks.read(source, session.programme, assessment.year, progress)
    stamp = session.program.stamp(say("app.import", {"file": source.name}))
    changes: list[Change] = []
    for cell in reading.cells:
        change = assessment.change(cell.field, _content(assessment, cell, stamp))
        if change is not None:
            changes.append(change)
    for roster in reading.rosters:
        changes += roster_changes(assessment, roster, stamp)
    plan = Plan(tuple(changes), reading.problems)
    return Plan((), reading.problems) if plan.refused else plan


def import_workbook(session: Session, source: Path, progress: Progress = silent) -> Plan:
    """Import ``source``; nothing is changed where the plan that comes back is refused."""
    plan = plan_import(session, source, progress)
    make_import(session, plan, source)
    return plan


def make_import(session: Session, plan: Plan, source: Path) -> None:
    """Make what ``plan`` found in ``source``; nothing where it is refused."""
    if not plan.refused:
        session.make(plan.changes, say("app.import", {"file": source.name}))


def roster_changes(assessment: Assessment, roster: SheetRoster, stamp: Stamp) -> list[Change]:
    """The roster as the sheet has it: rows known by their id, then by equal content, are the same rows;
    rows the sheet no longer has go."""
    year = assessment.year
    existing = assessment.rows(roster.table_id) or ()
    identified = _identified(roster.rows, existing)
    kept = {row.row_id for row in identified}
    changes = [
        assessment.change(Field(FieldKind.ROW, roster.table_id, year, row.id), None)
        for row in existing
        if row.id not in kept
    ]
    for position, row in enumerate(identified):
        origin = Origin(OriginKind.IMPORTED, stamp.who, stamp.when, row.source)
        field = Field(FieldKind.ROW, roster.table_id, year, row.row_id)
        changes.append(assessment.change(field, Row(row.row_id, position, row.cells, origin)))
    declared = DeclaredEmpty(Origin(OriginKind.IMPORTED, stamp.who, stamp.when))
    empty = declared if roster.declared_empty and not identified else None
    changes.append(assessment.change(Field(FieldKind.EMPTY_TABLE, roster.table_id, year), empty))
    return [change for change in changes if change is not None]


def _identified(rows: tuple[SheetRow, ...], existing: tuple[Row, ...]) -> list[SheetRow]:
    """``rows``, each with an id of its own."""
    taken: set[str] = set()
    named: list[SheetRow] = []
    for row in rows:
        row_id = "" if row.row_id in taken else row.row_id
        taken.add(row_id)
        named.append(SheetRow(row_id, row.cells, row.source))
    same: dict[frozenset[tuple[str, object]], list[str]] = {}
    for old in existing:
        if old.id not in taken:
            same.setdefault(frozenset(old.cells.items()), []).append(old.id)
    fresh = unused_row_ids(taken | {old.id for old in existing})
    found: list[SheetRow] = []
    for row in named:
        twins = same.get(frozenset(row.cells.items()), [])
        row_id = row.row_id or (twins.pop(0) if twins else next(fresh))
        found.append(SheetRow(row_id, row.cells, row.source))
    return found


def _content(assessment: Assessment, cell: FilledCell, stamp: Stamp) -> Content:
    """What ``cell`` says, with its origin. A blank says nothing: where the workbook gives only a note, or
    none, the field keeps its value or note."""
    content = replace(cell.content, origin=Origin(OriginKind.IMPORTED, stamp.who, stamp.when, cell.source))
    old = assessment.fields.get(cell.field)
    match content, old:
        case Entry(), Entry():
            content = replace(content, note=content.note or old.note)
            if content.value is None and not content.not_applicable:
                return replace(content, value=old.value, not_applicable=old.not_applicable)
        case ((Attestation() | Rating()), (Attestation() | Rating())):
            return replace(content, note=content.note or old.note)
    return content
