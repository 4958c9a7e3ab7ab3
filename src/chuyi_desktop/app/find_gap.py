"""What stands between an open assessment and a tier, asked for in the school's words."""

from chuyi_desktop.app.named import find_named
from chuyi_desktop.app.plan_improvement import find_tier
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.scoring.outlook.gap import gap
from chuyi_desktop.scoring.outlook.results import GapReport


def find_gap(
    session: Session, *, rule: str | None = None, tier: str | None = None, everything: bool = False
) -> GapReport:
    """The gap of one ``rule``, by id or title, or of all that stands before a ``tier``, by id or name; by
    default before the next better tier; or of ``everything`` not met. Raises InputError where nothing is
    called so."""
    programme = session.programme
    rule_id = None
    if rule is not None:
        named = find_named(programme, rule)
        if named.kind != "rule":
            raise InputError("gap.not_a_rule", name=rule)
        rule_id = named.id
    tier_id = None if tier is None else find_tier(programme, tier).id
    # Taken together: this may run beside somebody who types.
    standing = session.standing
    return gap(
        programme,
        standing.assessment,
        tier_id=tier_id,
        rule_id=rule_id,
        everything=everything,
        verdict=standing.verdict,
    )
