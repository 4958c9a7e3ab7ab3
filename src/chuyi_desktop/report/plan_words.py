"""提升方案 in words: the same on the screen and in the terminal."""

from decimal import ROUND_CEILING, Decimal

from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.values import ARITHMETIC, round_half_up
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.planning.improvement import Improvement

_COST_DIGITS = 4
"""Decimals of a cost that is read."""


def plan_head(number: int, plan: Improvement) -> str:
    """``方案一（代价 0.35，已证明最省）``."""
    cost = grouped(round_half_up(plan.cost, _COST_DIGITS))
    return say(
        "plan.head", {"number": say(f"plan.number.{number}"), "cost": cost, "proof": _proof(number, plan)}
    )


def plan_result(plan: Improvement) -> str:
    """What the engine says once the changes are made; with points where any are given."""
    params = {"tier": plan.tier.name, "points": grouped(plan.points)}
    return say("plan.result_points" if plan.verdict.maximum > 0 else "plan.result", params)


def _proof(number: int, plan: Improvement) -> str:
    if plan.optimal:
        return say("plan.head.proved" if number == 1 else "plan.head.proved_other")
    if plan.gap is None:
        return say("plan.head.unproved")
    # Rounded up: what is not proved is never said to be nothing.
    gap = plan.gap.scaleb(2).quantize(Decimal("0.1"), ROUND_CEILING, ARITHMETIC)
    return say("plan.head.gap", {"gap": grouped(gap)})
