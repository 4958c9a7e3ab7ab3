"""A verdict as plain data for programs: what ``assess --json`` prints."""

from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.values import canonical
from chuyi_desktop.domain.verdict import Finding, FoundRow, RuleOutcome, SectionScore, Verdict
from chuyi_desktop.report.plain_json import Json, number_json, tier_json, value_json


def as_json(programme: Programme, verdict: Verdict) -> dict[str, Json]:
    """The whole verdict. Numbers are strings of exact decimals; null stands where there is none."""
    groups = {group.id: group.title for group in programme.condition_groups}
    groups |= {section.id: section.title for section in programme.scored_sections}
    return {
        "programme_id": verdict.programme_id,
        "programme_name": verdict.programme_name,
        "pack_version": verdict.pack_version,
        "pack_hash": verdict.pack_hash,
        "year": verdict.year,
        "tier": None if verdict.tier is None else tier_json(verdict.tier),
        "possible_tiers": [tier_json(tier) for tier in verdict.possible_tiers],
        "points": canonical(verdict.points),
        "open_points": canonical(verdict.open_points),
        "maximum": canonical(verdict.maximum),
        "reference_points": canonical(verdict.reference_points),
        "blocked": verdict.blocked,
        "sections": [_section(section) for section in verdict.sections],
        "rules": [_rule(rule, groups) for rule in verdict.rules],
        "findings": [_finding(finding) for finding in verdict.findings],
    }


def _section(section: SectionScore) -> dict[str, Json]:
    return {
        "id": section.id,
        "title": section.title,
        "points": canonical(section.points),
        "open_points": canonical(section.open_points),
        "maximum": canonical(section.maximum),
    }


def _rule(rule: RuleOutcome, groups: dict[str, str]) -> dict[str, Json]:
    return {
        "id": rule.id,
        "title": rule.title,
        "kind": str(rule.kind),
        "group": groups.get(rule.group),
        "outcome": str(rule.outcome),
        "value": value_json(rule.value),
        "threshold": number_json(rule.threshold),
        "comparison": None if rule.comparison is None else str(rule.comparison),
        "gap": number_json(rule.gap),
        "unit": rule.unit or None,
        "basis": str(rule.provenance.basis),
        "source": rule.provenance.citation or None,
        "explanation": rule.explanation,
        "points": number_json(rule.points),
        "maximum": number_json(rule.maximum),
        "options": [_rule(option, groups) for option in rule.options],
    }


def _finding(finding: Finding) -> dict[str, Json]:
    return {
        "id": finding.check.id,
        "title": finding.check.title,
        "grade": str(finding.check.grade),
        "message": finding.message,
        "where": finding.where,
        "found": finding.found,
        "wanted": finding.wanted,
        "advice": finding.check.advice,
        "basis": str(finding.check.provenance.basis),
        "source": finding.check.provenance.citation or None,
        "table": finding.check.table or None,
        "row_count": finding.row_count,
        "rows": [_found_row(row) for row in finding.rows],
        "settled": finding.settled,
        "blocks": finding.blocks,
        "explanation": None if finding.explanation is None else finding.explanation.text,
    }


def _found_row(row: FoundRow) -> dict[str, Json]:
    return {
        "id": row.row_id,
        "number": row.number,
        "name": row.name,
        "columns": list(row.columns),
        "where": row.where,
        "found": row.found,
    }
