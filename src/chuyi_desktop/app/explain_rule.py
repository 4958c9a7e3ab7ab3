"""The whole derivation of what a person names: a rule, an indicator or a check."""

from chuyi_desktop.app.named import find_named
from chuyi_desktop.app.session import Session
from chuyi_desktop.report.explained import (
    Explained,
    explained_check,
    explained_indicator,
    explained_rule,
)

_BY_KIND = {"rule": explained_rule, "indicator": explained_indicator, "check": explained_check}


def explain_rule(session: Session, name: str) -> Explained:
    """What ``name`` (an id, title or alias) means, with its derivation. Raises InputError with the nearest
    names where nothing is called so."""
    found = find_named(session.programme, name)
    return _BY_KIND[found.kind](session.programme, session.assessment, session.verdict, found.id)
