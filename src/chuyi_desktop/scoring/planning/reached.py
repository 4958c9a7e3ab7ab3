"""Whether a verdict says a tier for certain."""

from chuyi_desktop.domain.programme import Programme, Tier
from chuyi_desktop.domain.verdict import Outcome, Verdict
from chuyi_desktop.scoring.planning.reach import limits_of


def reaches(programme: Programme, tier: Tier, verdict: Verdict) -> bool:
    """Whether ``verdict`` says ``tier`` or a better one, whatever is still 未填."""
    order = [each.id for each in programme.tiers]
    good = set(order[: order.index(tier.id) + 1])
    if verdict.tier is not None:
        return verdict.tier.id in good
    if not verdict.possible_tiers or any(each.id not in good for each in verdict.possible_tiers):
        return False
    # None may come out too where no tier is for every school: then its rule must be met outright.
    if any(each.rule.asks_nothing for each in programme.tiers):
        return True
    return any(_meets(each, verdict) for each in programme.tiers if each.id in good)


def _meets(tier: Tier, verdict: Verdict) -> bool:
    if tier.rule.minimum_points is not None and verdict.points < tier.rule.minimum_points:
        return False
    open_ = {Outcome.UNMET, Outcome.MISSING}
    return all(
        sum(1 for rule in verdict.conditions if rule.group == group and rule.outcome in open_) <= most
        for group, most in limits_of(tier.rule).items()
    )
