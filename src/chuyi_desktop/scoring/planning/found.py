"""What a search for an improvement comes to: moves, or nothing, and how far that is proved."""

from dataclasses import dataclass, replace
from fractions import Fraction

from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.scoring.planning.lever_variables import Moves
from chuyi_desktop.scoring.planning.tier_program import Setting, TierProgram


@dataclass(frozen=True, slots=True)
class Found:
    """Moves that the engine says reach the tier. ``bound`` is a cost below which none does, None where
    nothing is known; ``proved`` says that this is the cheapest."""

    moves: Moves
    verdict: Verdict
    cost: Fraction
    bound: Fraction | None
    proved: bool
    setting: Setting


@dataclass(frozen=True, slots=True)
class Nothing:
    """No moves found. ``proved``: there are none; ``stopped``: there was no more time. ``unknown`` are fields
    that are 未填 and may stand in the way."""

    proved: bool = False
    stopped: bool = False
    unknown: tuple[str, ...] = ()


def nothing_cheaper(best: Found | Nothing, drawn: TierProgram) -> Found | Nothing:
    """What is known once nothing cheaper than ``best`` can be."""
    exact = not drawn.approximate
    if isinstance(best, Found):
        return replace(best, proved=exact, bound=best.cost if exact else None)
    return Nothing(proved=exact, unknown=drawn.unknown)


def below(bound: Fraction | None, cost: Fraction) -> Fraction | None:
    """``bound`` as one of a cost that was found: from nothing to ``cost``."""
    return None if bound is None else max(Fraction(0), min(bound, cost))
