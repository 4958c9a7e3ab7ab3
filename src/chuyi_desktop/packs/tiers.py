"""Tiers of a pack: best first, each asking no more than the one before it, the last asking nothing."""

from collections.abc import Set
from decimal import Decimal
from itertools import pairwise

from chuyi_desktop.domain.programme import Tier, TierRule
from chuyi_desktop.domain.values import canonical
from chuyi_desktop.packs.desk import Desk, note_repeated
from chuyi_desktop.packs.models import TierModel
from chuyi_desktop.packs.nearest import hint
from chuyi_desktop.packs.spot import Spot


def read_tiers(
    models: list[TierModel], groups: Set[str] | None, maximum: Decimal, spot: Spot, desk: Desk
) -> tuple[Tier, ...]:
    """The tiers, with their mistakes noted; ``groups`` are the ids there are, None where not known."""
    here = spot / "tiers"
    if not models:
        spot.fault("packs.missing_key", key="tiers")
    note_repeated((model.id, here / index / "id") for index, model in enumerate(models))
    tiers = []
    for index, model in enumerate(models):
        _note_groups(model, groups, here / index)
        if model.minimum_points is not None and not 0 <= model.minimum_points <= maximum:
            params = {"found": canonical(model.minimum_points), "maximum": canonical(maximum)}
            (here / index / "minimum_points").fault("packs.tier_points", **params)
        rule = TierRule(tuple(model.all_met), tuple(model.most_unmet.items()), model.minimum_points)
        provenance = desk.sources.of(model.source, here / index)
        tiers.append(Tier(model.id, model.name, rule, provenance, model.note or ""))
    _note_order(tiers, here)
    return tuple(tiers)


def _note_groups(model: TierModel, groups: Set[str] | None, spot: Spot) -> None:
    for index, group in enumerate(model.all_met):
        if groups is not None and group not in groups:
            (spot / "all_met" / index).fault("packs.unknown_group", found=group, hint=hint(group, groups))
    for group in model.most_unmet:
        here = spot / "most_unmet" / group
        if groups is not None and group not in groups:
            here.key_fault("packs.unknown_group", found=group, hint=hint(group, groups))
        elif group in model.all_met:
            here.key_fault("packs.group_both_ways", group=group)


def _note_order(tiers: list[Tier], spot: Spot) -> None:
    for index, tier in enumerate(tiers):
        last = index == len(tiers) - 1
        if last and not tier.rule.asks_nothing:
            (spot / index).fault("packs.last_tier", name=tier.name)
        elif not last and tier.rule.asks_nothing:
            (spot / index).fault("packs.tier_asks_nothing", name=tier.name)
    for index, (better, tier) in enumerate(pairwise(tiers), 1):
        if not _asks_no_less(better.rule, tier.rule):
            (spot / index).fault("packs.tier_order", better=better.name, name=tier.name)


def _asks_no_less(better: TierRule, other: TierRule) -> bool:
    """Whether every school that reaches ``better`` reaches ``other``."""
    allowed: dict[str, int] = dict(better.most_unmet) | dict.fromkeys(better.all_met, 0)
    wanted: dict[str, int] = dict(other.most_unmet) | dict.fromkeys(other.all_met, 0)
    groups = all(group in allowed and allowed[group] <= most for group, most in wanted.items())
    points = other.minimum_points is None or (
        better.minimum_points is not None and better.minimum_points >= other.minimum_points
    )
    return groups and points
