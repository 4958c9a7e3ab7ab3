"""The whole verdict on one assessment."""

from decimal import Decimal

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.formula.tree import Name
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.verdict import Trace, Verdict
from chuyi_desktop.scoring.checks import run_check
from chuyi_desktop.scoring.conditions import judge
from chuyi_desktop.scoring.derivation import derivation
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.items import score_item, score_section
from chuyi_desktop.scoring.tiers import possible_tiers


def assess(programme: Programme, assessment: Assessment) -> Verdict:
    """How the school stands: a function of the programme and what was filled in, of nothing else."""
    facts = SchoolFacts(programme, assessment)
    judged = {
        group.id: [judge(condition, group, facts) for condition in group.conditions]
        for group in programme.condition_groups
    }
    scored = [
        (section, tuple(score_item(item, section, facts) for item in section.items))
        for section in programme.scored_sections
    ]
    sections = tuple(score_section(section, items) for section, items in scored)
    items = tuple(item for _, found in scored for item in found)
    tiers, none_possible = possible_tiers(programme, judged, items)
    findings = (run_check(check, facts) for check in programme.checks)
    return Verdict(
        programme_id=programme.id,
        programme_name=programme.name,
        pack_version=programme.version,
        pack_hash=programme.pack_hash,
        year=assessment.year,
        tier=tiers[0] if len(tiers) == 1 and not none_possible else None,
        possible_tiers=tiers,
        points=sum((section.points for section in sections), Decimal(0)),
        open_points=sum((section.open_points for section in sections), Decimal(0)),
        maximum=programme.maximum,
        reference_points=programme.reference_points(),
        conditions=tuple(each.rule for found in judged.values() for each in found),
        items=items,
        sections=sections,
        derived=_derived(programme, facts),
        findings=tuple(finding for finding in findings if finding is not None),
    )


def _derived(programme: Programme, facts: SchoolFacts) -> dict[str, Trace]:
    """Every derived indicator of the assessment's year, with what it was computed from."""
    return {
        indicator.id: derivation(Name(indicator.id), facts).trace
        for indicator in programme.indicators.values()
        if indicator.is_derived
    }
