"""A figure belongs to the school and its year: who corrects it corrects every assessment that reads it."""

from collections.abc import Sequence

from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import Change


def other_years_touched(session: Session, changes: Sequence[Change]) -> tuple[int, ...]:
    """The earlier years whose figures ``changes`` correct and that the school has an assessment of: its
    verdict is another from now on."""
    assessed = {head.year for head in session.workspace.heads()}
    changed = {change.field.year for change in changes if change.field.year is not None}
    return tuple(sorted((changed & assessed) - {session.head.year}))
