"""Verdicts held against each other as plain data for programs: packs, overlays, years."""

from chuyi_desktop.domain.values import canonical
from chuyi_desktop.domain.verdict import Finding, RuleOutcome, Trace, Verdict
from chuyi_desktop.report.plain_json import Json, number_json, value_json
from chuyi_desktop.scoring.differences import DerivedChange, FindingChange, RuleChange, VerdictDifference


def verdict_json(verdict: Verdict) -> dict[str, Json]:
    """Tier and points."""
    return {
        "year": verdict.year,
        "pack_version": verdict.pack_version,
        "pack_hash": verdict.pack_hash,
        "tier": None if verdict.tier is None else verdict.tier.id,
        "possible_tiers": [tier.id for tier in verdict.possible_tiers],
        "points": canonical(verdict.points),
        "open_points": canonical(verdict.open_points),
        "maximum": canonical(verdict.maximum),
    }


def difference_json(found: VerdictDifference) -> dict[str, Json]:
    """The later verdict and all that differs from the earlier."""
    return {
        "after": verdict_json(found.after),
        "rules": [rule_change_json(change) for change in found.rules],
        "indicators": [_derived_json(change) for change in found.derived],
        "findings": [_finding_change_json(change) for change in found.findings],
    }


def rule_change_json(change: RuleChange) -> dict[str, Json]:
    """A rule on both sides."""
    kind = "changed" if change.differs else "same"
    return {
        "id": change.id,
        "change": "added" if change.before is None else "gone" if change.after is None else kind,
        "aspects": list(change.aspects),
        "before": rule_json(change.before),
        "after": rule_json(change.after),
    }


def rule_json(rule: RuleOutcome | None) -> dict[str, Json] | None:
    """A rule as one side has it; ``value`` as shown, ``exact`` as computed with."""
    if rule is None:
        return None
    return {
        "title": rule.title,
        "kind": str(rule.kind),
        "outcome": str(rule.outcome),
        "value": rule.shown,
        "exact": value_json(rule.value),
        "unit": rule.unit or None,
        "threshold": rule.shown_threshold,
        "gap": number_json(rule.gap),
        "points": number_json(rule.points),
        "maximum": number_json(rule.maximum),
        "basis": str(rule.provenance.basis),
        "source": rule.provenance.citation or None,
    }


def _derived_json(change: DerivedChange) -> dict[str, Json]:
    return {"id": change.id, "before": _result(change.before), "after": _result(change.after)}


def _result(trace: Trace | None) -> Json:
    return None if trace is None else value_json(trace.result)


def _finding_change_json(change: FindingChange) -> dict[str, Json]:
    found = change.after or change.before
    return {
        "id": change.id,
        "change": change.kind,
        "title": "" if found is None else found.check.title,
        "grade": "" if found is None else str(found.check.grade),
        "message": change.message,
        "settled": None if change.after is None else change.after.settled,
        "blocks": _blocks(change.after),
    }


def _blocks(finding: Finding | None) -> bool:
    return finding is not None and finding.blocks
