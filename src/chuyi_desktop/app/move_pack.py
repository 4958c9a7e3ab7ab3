"""Move an assessment to another version of its pack: first told rule by rule, then bound in one deed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chuyi_desktop.app.compare_packs import PackComparison, compared
from chuyi_desktop.app.left_behind import Left, left_behind
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.programme import Programme


@dataclass(frozen=True, slots=True)
class PackMove:
    """What moving to ``target`` would change: the verdict, held against the one of now, and ``left``, which
    stays stored but is no longer asked for. ``files`` are what ``target`` was read from."""

    target: Programme
    files: Mapping[str, str]
    comparison: PackComparison
    left: tuple[Left, ...]


def plan_move(session: Session, forms: Path | None = None) -> PackMove:
    """What moving to the pack of ``forms``, or the installed one, would do. Nothing is changed."""
    library = session.program.library if forms is None else session.program.library.at(forms)
    target = library.programme(session.head.programme_id)
    comparison = compared(session.programme, target, session.assessment)
    left = left_behind(session.programme, target, session.assessment)
    return PackMove(target, library.texts(target.id), comparison, left)


def make_move(session: Session, move: PackMove) -> bool:
    """Bind the assessment to the pack of ``move``; False where it is bound to it already. Every value stays,
    and so does the pack it was bound to before."""
    if session.head.pack_hash == move.target.pack_hash:
        return False
    session.bind(move.target, move.files)
    return True
