"""Bring departments' workbooks together: what nobody disputes, what the clerk has to settle, what is worth a
look. Which file comes first makes no difference."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from chuyi_desktop.app.changes import Changed
from chuyi_desktop.app.departments.deliveries import (
    BOTH,
    KEEP,
    Conflict,
    Delivery,
    DepartmentState,
    MergePlan,
    Said,
)
from chuyi_desktop.app.departments.field_words import content_words, field_id, rosters_words
from chuyi_desktop.app.departments.register import Delivered, Register, read_register, write_register
from chuyi_desktop.app.departments.remarks import remarks_of
from chuyi_desktop.app.departments.settling import Voice, settle
from chuyi_desktop.app.departments.shares import Share, Supplied, filling, shares, title_of
from chuyi_desktop.app.import_workbook import roster_changes
from chuyi_desktop.app.ports import SheetRoster, Stamp
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import (
    Assessment,
    Change,
    Content,
    Field,
    FieldKind,
    Origin,
    OriginKind,
    Row,
)
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.wording import say

ALL = "all"
"""Stands for every conflict that the chosen file has a part in."""


def plan_merge(
    session: Session, deliveries: Sequence[Delivery], choices: Mapping[Field, str] | None = None
) -> MergePlan:
    """What merging ``deliveries`` would do; ``choices`` settle conflicts, by a key each conflict offers."""
    register = read_register(session.workspace.folder)
    divided = shares(session.programme, session.assessment.year, register.owners)
    merging = _Merging(session.programme, session.assessment, session.program.stamp(""), choices or {})
    changes: list[Change] = []
    conflicts: list[Conflict] = []
    for item in (item for share in divided for item in share.items):
        for field in item.fields:
            voices = _voices(deliveries, field)
            if voices:
                found, conflict = merging.field(item, field, voices)
                changes += found
                conflicts += [conflict] if conflict else []
    known = {field: title_of(item, field, session.assessment.year) for field, item in _items(divided)}
    remarks = remarks_of(session.programme, session.assessment, changes, deliveries, known)
    awaited = _awaited(session, register, divided, deliveries)
    return MergePlan(tuple(deliveries), tuple(changes), tuple(conflicts), remarks, awaited)


def make_merge(session: Session, plan: MergePlan, *, partial: bool = False) -> Changed:
    """Make ``plan`` in one transaction and note who delivered. With ``partial`` refused workbooks and open
    conflicts stay behind; else nothing is taken while there are any.

    Raises InputError, with nothing taken, where the plan is not whole.
    """
    if not plan.whole and not partial:
        raise InputError("departments.unsettled", conflicts=len(plan.open), files=len(plan.refused))
    session.demand_writable()
    taken = [delivery for delivery in plan.deliveries if not delivery.refused]
    if not taken:
        return Changed()
    register = read_register(session.workspace.folder)
    departments = "、".join(dict.fromkeys(delivery.department for delivery in taken))
    changed = session.make(plan.changes, say("departments.merge", {"departments": departments}))
    deed = session.workspace.journal(1)[0].number if changed.anything else 0
    now = session.program.clock()
    standing = {(each.department, each.file) for each in _standing(session, register)}
    fresh = tuple(
        Delivered(session.head.id, delivery.department, delivery.path.name, now, deed)
        for delivery in taken
        if deed or (delivery.department, delivery.path.name) not in standing
    )
    if fresh:
        noted = replace(register, delivered=register.delivered + fresh)
        write_register(session.workspace.folder, noted)
    return changed


def read_choices(plan: MergePlan, settings: Mapping[str, str]) -> dict[Field, str]:
    """``settings`` (a conflict's id or title, or ``all``, to the name of a file, ``keep`` or ``both``) as
    choices for :func:`plan_merge`. ``all`` leaves alone what is chosen by name and what the file is not a
    side of. Raises InputError for a name nothing is called by."""
    chosen: dict[Field, str] = {}
    keys = [delivery.key for delivery in plan.deliveries] + [KEEP, BOTH]
    for name, key in sorted(settings.items(), key=lambda pair: pair[0] != ALL):
        if name == ALL:
            _demand_choice(name, key, keys)
            chosen |= {each.field: key for each in plan.conflicts if key in each.choices}
            continue
        wanted = [each for each in plan.conflicts if name in {each.id, each.title}]
        if not wanted:
            raise InputError("departments.no_such_conflict", name=name, there=_near(plan, name))
        for conflict in wanted:
            _demand_choice(name, key, conflict.choices)
            chosen[conflict.field] = key
    return chosen


def department_states(session: Session) -> tuple[DepartmentState, ...]:
    """How far every department is."""
    register = read_register(session.workspace.folder)
    out = {each.department: each for each in register.handed_out if each.assessment_id == session.head.id}
    back = {each.department: each for each in _standing(session, register)}
    return tuple(
        DepartmentState(
            share.department,
            filling(share, session.assessment),
            out.get(share.department),
            back.get(share.department),
        )
        for share in shares(session.programme, session.assessment.year, register.owners)
    )


def _demand_choice(name: str, key: str, there: Sequence[str]) -> None:
    if key not in there:
        raise InputError("departments.no_such_choice", name=name, found=key, there="、".join(there))


def _near(plan: MergePlan, name: str) -> str:
    known = [word for each in plan.conflicts for word in (each.id, each.title)]
    near = get_close_matches(name, known, n=3, cutoff=0.5) or [each.id for each in plan.conflicts[:3]]
    return "、".join(near) or say("app.none")


def _items(divided: Sequence[Share]) -> Iterator[tuple[Field, Supplied]]:
    for share in divided:
        for item in share.items:
            for field in item.fields:
                yield field, item


def _voices(deliveries: Sequence[Delivery], field: Field) -> tuple[Voice, ...]:
    return tuple(
        (delivery, statement)
        for delivery in deliveries
        if not delivery.refused
        for statement in delivery.statements
        if statement.field == field
    )


def _standing(session: Session, register: Register) -> tuple[Delivered, ...]:
    """The deliveries of this assessment whose merging was not taken back."""
    ours = [each for each in register.delivered if each.assessment_id == session.head.id]
    # The journal holds whole rosters: it is read only where something in it matters.
    journal = session.workspace.journal() if any(each.deed for each in ours) else ()
    undone = {entry.number for entry in journal if entry.undone}
    return tuple(each for each in ours if not (each.deed and each.deed in undone))


def _awaited(
    session: Session, register: Register, divided: Sequence[Share], deliveries: Sequence[Delivery]
) -> tuple[str, ...]:
    here = {delivery.department for delivery in deliveries if not delivery.refused}
    here |= {each.department for each in _standing(session, register)}
    return tuple(share.department for share in divided if share.department not in here)


@dataclass(frozen=True, slots=True)
class _Merging:
    """Settles fields one by one."""

    programme: Programme
    assessment: Assessment
    stamp: Stamp
    choices: Mapping[Field, str]

    def field(
        self, item: Supplied, field: Field, voices: Sequence[Voice]
    ) -> tuple[list[Change], Conflict | None]:
        """The changes of a field, and the conflict on it if there is one."""
        chosen = self.choices.get(field, "")
        outcome = settle(self.assessment, field, voices, chosen)
        changes = [] if outcome.content is None else self._changes(field, outcome.content, outcome.voices)
        return changes, self._conflict(item, field, voices, chosen) if outcome.disputed else None

    def _changes(self, field: Field, content: Content | SheetRoster, voices: Sequence[Voice]) -> list[Change]:
        who = "、".join(dict.fromkeys(delivery.department for delivery, _ in voices))
        if isinstance(content, SheetRoster):
            return roster_changes(self.assessment, content, replace(self.stamp, who=who))
        origin = Origin(OriginKind.IMPORTED, who, self.stamp.when, voices[0][1].source)
        change = self.assessment.change(field, _with_origin(content, origin))
        return [] if change is None else [change]

    def _conflict(self, item: Supplied, field: Field, voices: Sequence[Voice], chosen: str) -> Conflict:
        year = self.assessment.year
        said = [self._ours(field)]
        for delivery, statement in voices:
            shown = content_words(self.programme, field, statement.content)
            said.append(Said(delivery.key, delivery.department, statement.source, shown))
        if field.kind is FieldKind.ROW:
            said = self._rosters_told(field, said, voices)
        last = ""
        if field.kind is FieldKind.VALUE and field.year is not None:
            before = self.assessment.entry(field.key, field.year - 1)
            last = content_words(self.programme, field, before) if before is not None else ""
        return Conflict(field, field_id(field, year), title_of(item, field, year), tuple(said), last, chosen)

    def _rosters_told(self, field: Field, said: list[Said], voices: Sequence[Voice]) -> list[Said]:
        """The same with the rows that only one side has; a workspace without the roster says nothing."""
        rosters = [
            [row.cells for row in statement.content.rows]
            for _, statement in voices
            if isinstance(statement.content, SheetRoster)
        ]
        rows = self.assessment.rows(field.key, field.year)
        sides = rosters if rows is None else [[row.cells for row in rows], *rosters]
        words = rosters_words(self.programme, field.key, sides)
        head = said[: len(said) - len(sides)]
        told = said[len(head) :]
        return [*head, *(replace(each, shown=shown) for each, shown in zip(told, words, strict=True))]

    def _ours(self, field: Field) -> Said:
        """What the workspace has, and where it came from."""
        if field.kind is FieldKind.ROW:
            rows = self.assessment.rows(field.key, field.year)
            origins = [row.origin for row in rows or () if row.origin is not None]
            content: Content | tuple[Row, ...] | None = rows
            latest = max(origins, key=lambda origin: origin.when, default=None)
        else:
            content = self.assessment.fields.get(field)
            latest = None if content is None or isinstance(content, Row) else content.origin
        shown = content_words(self.programme, field, content)
        if latest is None:
            return Said(KEEP, "", "", shown)
        return Said(KEEP, latest.who, latest.source, shown, latest.when)


def _with_origin(content: Content, origin: Origin) -> Content:
    return replace(content, origin=origin)
