"""Gap, ranges and sensitivity as plain data for programs. Numbers are strings of exact decimals."""

from decimal import Decimal

from chuyi_desktop.domain.assessment import Field
from chuyi_desktop.domain.programme import Tier
from chuyi_desktop.domain.values import canonical
from chuyi_desktop.report.plain_json import Json, number_json, value_json
from chuyi_desktop.scoring.outlook.results import (
    GapChange,
    GapReport,
    Miscount,
    NearThreshold,
    OpenInput,
    Outlook,
    RuleGap,
    RuleRange,
    Sensitivity,
)


def gap_json(report: GapReport) -> dict[str, Json]:
    """What ``gap --json`` prints."""
    return {
        "tier": None if report.tier is None else _tier(report.tier),
        "reached": report.reached,
        "points_short": number_json(report.points_short),
        "allowed_unmet": report.allowed_unmet,
        "message": report.message,
        "rules": [_rule_gap(rule) for rule in report.rules],
    }


def _rule_gap(rule: RuleGap) -> dict[str, Json]:
    return {
        "id": rule.id,
        "title": rule.title,
        "group": rule.group,
        "outcome": str(rule.outcome),
        "gap": number_json(rule.gap),
        "points": number_json(rule.points),
        "maximum": number_json(rule.maximum),
        "changes": [_change(change) for change in rule.changes],
        "needs": list(rule.needs),
        "unsettled": list(rule.unsettled),
        "options": [_rule_gap(option) for option in rule.options],
        "message": rule.message,
    }


def _change(change: GapChange) -> dict[str, Json]:
    return {
        "id": change.key,
        "label": change.label,
        "year": change.year,
        "from": value_json(change.before),
        "to": value_json(change.after),
        "difference": number_json(change.difference),
        "unit": change.unit or None,
        "direction": str(change.direction),
        "meets": str(change.aim),
        "points": number_json(change.points),
        "effort": _short(change.effort),
        "breaks": [
            {"id": each, "title": title}
            for each, title in zip(change.breaks, change.breaks_titles, strict=True)
        ],
        "message": change.message,
    }


def outlook_json(outlook: Outlook) -> dict[str, Json]:
    """What ``ranges --json`` prints."""
    return {
        "points": {
            "lowest": canonical(outlook.lowest),
            "highest": canonical(outlook.highest),
            "maximum": canonical(outlook.maximum),
        },
        "possible_tiers": [_tier(tier) for tier in outlook.possible_tiers],
        "none_possible": outlook.none_possible,
        "exact": outlook.exact,
        "message": outlook.message,
        "rules": [_rule_range(rule) for rule in outlook.rules],
        "open_inputs": [_open_input(each) for each in outlook.open_inputs],
    }


def _rule_range(rule: RuleRange) -> dict[str, Json]:
    return {
        "id": rule.id,
        "title": rule.title,
        "outcomes": [str(outcome) for outcome in rule.outcomes],
        "lowest": number_json(rule.lowest),
        "highest": number_json(rule.highest),
        "maximum": number_json(rule.maximum),
        "decided": rule.decided,
    }


def _open_input(each: OpenInput) -> dict[str, Json]:
    return {
        **_field(each.field),
        "label": each.label,
        "conditions": list(each.conditions),
        "items": list(each.items),
        "points": canonical(each.points),
        "decides_tier": each.decides_tier,
        "message": each.message,
    }


def sensitivity_json(found: Sensitivity) -> dict[str, Json]:
    """What ``sensitivity --json`` prints."""
    return {
        "reach": canonical(found.reach),
        "message": found.message,
        "inputs": [_near(each) for each in found.inputs],
    }


def _near(each: NearThreshold) -> dict[str, Json]:
    return {
        **_field(each.field),
        "label": each.label,
        "value": canonical(each.value),
        "unit": each.unit or None,
        "tier_turns": [_miscount(turn) for turn in each.tier_turns],
        "rule_turns": [_miscount(turn) for turn in each.rule_turns],
        "proofs": each.proofs,
        "exact": each.exact,
        "message": each.message,
    }


def _miscount(turn: Miscount) -> dict[str, Json]:
    return {
        "value": canonical(turn.value),
        "difference": canonical(turn.difference),
        "share": _short(turn.share),
        "from": turn.before,
        "to": turn.after,
        "rules": list(turn.rules),
        "message": turn.message,
    }


def _field(field: Field) -> dict[str, Json]:
    return {"id": field.key, "kind": str(field.kind), "year": field.year}


def _tier(tier: Tier) -> Json:
    return {"id": tier.id, "name": tier.name}


def _short(share: Decimal | None) -> str | None:
    """A quotient in few digits: it orders and is no figure of the school."""
    return None if share is None else canonical(round(share, 6))
