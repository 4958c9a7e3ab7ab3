"""The change journal: every deed with its fields' old and new contents, and the way back and forth in it.
Nothing in it is ever deleted: a deed taken back stays, marked, also when it can no longer be redone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from chuyi_desktop.app.ports import JournalEntry, Stamp
from chuyi_desktop.domain.assessment import Change, Field, FieldKind
from chuyi_desktop.storage.contents import from_json, to_json
from chuyi_desktop.storage.fields import make
from chuyi_desktop.storage.tables import DeedChangeRow, DeedRow, TurnRow
from chuyi_desktop.storage.values import UnreadableRowError


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody took deed ``deed_number`` back, or made it again."""

    number: int
    deed_number: int
    redone: bool
    stamp: Stamp


def record(
    session: Session, assessment_id: str, changes: Sequence[Change], stamp: Stamp, *, founding: bool = False
) -> None:
    """Write a deed into the journal. What was undone before can no longer be redone."""
    session.execute(
        update(DeedRow)
        .where(DeedRow.assessment_id == assessment_id, DeedRow.redoable.is_(True))
        .values(redoable=False)
    )
    deed = DeedRow(
        assessment_id=assessment_id,
        who=stamp.who,
        moment=stamp.when.isoformat(),
        label=stamp.label,
        founding=founding,
        undone=False,
        redoable=False,
    )
    session.add(deed)
    session.flush()
    if changes:
        rows = [_row(deed.number, position, change) for position, change in enumerate(changes)]
        session.execute(insert(DeedChangeRow), rows)


def undo(session: Session, assessment_id: str, stamp: Stamp) -> tuple[Change, ...]:
    """Take the latest deed back that is not undone; the changes made, none where nothing is left."""
    deed = session.scalars(
        select(DeedRow)
        .where(DeedRow.assessment_id == assessment_id, DeedRow.undone.is_(False), DeedRow.founding.is_(False))
        .order_by(DeedRow.number.desc())
        .limit(1)
    ).first()
    if deed is None:
        return ()
    changes = tuple(change.undone for change in reversed(_changes(session, [deed.number])[deed.number]))
    make(session, assessment_id, changes, "storage.undo_contradicted")
    deed.undone = deed.redoable = True
    session.add(_turn(deed, stamp, redone=False))
    return changes


def redo(session: Session, assessment_id: str, stamp: Stamp) -> tuple[Change, ...]:
    """Make the deed again that was undone last; none where something was done since."""
    deed = session.scalars(
        select(DeedRow)
        .where(DeedRow.assessment_id == assessment_id, DeedRow.redoable.is_(True))
        .order_by(DeedRow.number)
        .limit(1)
    ).first()
    if deed is None:
        return ()
    changes = _changes(session, [deed.number])[deed.number]
    make(session, assessment_id, changes, "storage.redo_contradicted")
    deed.undone = deed.redoable = False
    session.add(_turn(deed, stamp, redone=True))
    return changes


def entries(session: Session, limit: int) -> tuple[JournalEntry, ...]:
    """The latest deeds, newest first."""
    deeds = session.scalars(select(DeedRow).order_by(DeedRow.number.desc()).limit(max(limit, 0))).all()
    changes = _changes(session, [deed.number for deed in deeds])
    return tuple(
        JournalEntry(
            deed.number,
            deed.assessment_id,
            Stamp(deed.who, _moment(deed.moment), deed.label),
            changes[deed.number],
            deed.undone,
        )
        for deed in deeds
    )


def turns(session: Session, limit: int) -> tuple[Turn, ...]:
    """The latest times a deed was taken back or made again, newest first."""
    found = session.scalars(select(TurnRow).order_by(TurnRow.number.desc()).limit(max(limit, 0)))
    return tuple(
        Turn(turn.number, turn.deed_number, turn.redone, Stamp(turn.who, _moment(turn.moment), turn.label))
        for turn in found
    )


def _changes(session: Session, numbers: Sequence[int]) -> dict[int, tuple[Change, ...]]:
    """The changes of each deed in ``numbers``, in order."""
    found: dict[int, list[Change]] = {number: [] for number in numbers}
    if numbers:
        rows = session.scalars(
            select(DeedChangeRow)
            .where(DeedChangeRow.deed_number.between(min(numbers), max(numbers)))
            .order_by(DeedChangeRow.deed_number, DeedChangeRow.position)
        )
        for row in rows:
            if row.deed_number in found:
                found[row.deed_number].append(_change(row))
    return {number: tuple(changes) for number, changes in found.items()}


def _row(deed_number: int, position: int, change: Change) -> dict[str, object]:
    """The columns of a change: an import has tens of thousands, and none is needed as an object."""
    place = change.field
    return {
        "deed_number": deed_number,
        "position": position,
        "kind": place.kind.value,
        "key": place.key,
        "year": place.year,
        "item": place.item,
        "old": to_json(change.old),
        "new": to_json(change.new),
    }


def _change(row: DeedChangeRow) -> Change:
    try:
        kind = FieldKind(row.kind)
    except ValueError as error:
        raise UnreadableRowError(f"kind {row.kind!r}") from error
    place = Field(kind, row.key, row.year, row.item)
    return Change(place, from_json(kind, row.old), from_json(kind, row.new))


def _turn(deed: DeedRow, stamp: Stamp, *, redone: bool) -> TurnRow:
    moment = stamp.when.isoformat()
    return TurnRow(deed_number=deed.number, redone=redone, who=stamp.who, moment=moment, label=stamp.label)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise UnreadableRowError(f"moment {text!r}") from error
