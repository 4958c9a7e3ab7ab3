"""Attach 佐证材料 to the rule or indicator it proves."""

from difflib import get_close_matches
from pathlib import Path

from chuyi_desktop.app.changes import Changed
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import EvidenceLink, Field, FieldKind, Origin, OriginKind
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.wording import say


def attach(session: Session, source: Path, proves: str, name: str = "") -> Changed:
    """Keep a copy of ``source`` and link it to what it ``proves`` (an id or a title). The same file on the
    same item twice is one piece."""
    session.demand_writable()
    key = _key(session.programme, proves)
    stored = session.workspace.store_evidence(source)
    field = Field(FieldKind.EVIDENCE, key, None, stored.sha256)
    if field in session.assessment.fields:
        return Changed()
    stamp = session.program.stamp(say("app.attach", {"file": source.name}))
    position = 1 + max((link.position for _, link in session.assessment.evidence()), default=0)
    link = EvidenceLink(
        stored.sha256,
        name or source.stem,
        stored.media_type,
        stored.size,
        position,
        Origin(OriginKind.TYPED, stamp.who, stamp.when, source.name),
    )
    change = session.assessment.change(field, link)
    return session.make([change] if change else [], stamp.label)


def detach(session: Session, key: str, sha256: str) -> Changed:
    """Unlink a piece; the stored file stays, so that undo finds it."""
    change = session.assessment.change(Field(FieldKind.EVIDENCE, key, None, sha256), None)
    return session.make([change] if change else [], say("app.detach"))


def _key(programme: Programme, proves: str) -> str:
    titles = programme.provable()
    if proves in titles:
        return proves
    # Of a rule and an indicator with one title the rule is meant: it is the rule that asks for proof.
    found = next((key for key, title in titles.items() if title == proves), None)
    if found is not None:
        return found
    near = get_close_matches(proves, [*titles, *titles.values()], n=3, cutoff=0.5)
    code = "app.unknown_item_near" if near else "app.unknown_item"
    raise InputError(code, name=proves, near="、".join(near))
