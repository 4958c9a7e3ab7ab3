"""Plans for filled samples of real packs: each, applied, reaches its tier, and breaks no strict check."""

import json
from pathlib import Path
from typing import Any

import pytest

from chuyi_desktop.domain.programme import Grade
from chuyi_desktop.packs.library import FormsFolder
from chuyi_desktop.scoring import assess
from chuyi_desktop.scoring.planning.improvement import Terms
from chuyi_desktop.scoring.planning.improving import improve
from chuyi_desktop.scoring.planning.reached import reaches
from chuyi_desktop.solver.highs import HighsSolver
from tests.packs.test_samples import filled
from tests.solver.watching import Hurried

ROOT = Path(__file__).parents[2]
PACKS = (
    "conditions-secondary",
    "conditions-college",
    "conditions-technician",
    "inheritor",
    "teaching-master",
    "school-college",
)
"""Of the 23: benchmarks/planning.py goes through all of them."""


@pytest.fixture(scope="module")
def library() -> FormsFolder:
    return FormsFolder(ROOT / "forms")


@pytest.mark.parametrize("pack", PACKS)
def test_the_changes_reach_each_tier(pack: str, library: FormsFolder) -> None:
    programme = library.programme(pack)
    sample: dict[str, Any] = json.loads((ROOT / f"tests/packs/samples/{pack}.json").read_text("utf-8"))
    school = filled(programme, sample)
    now = assess(programme, school)
    broken = {finding.check.id for finding in now.findings}
    for tier in programme.tiers:
        answer = improve(programme, school, Terms(tier, plans=1), HighsSolver(), Hurried(1.5))
        assert answer.plans or answer.reasons
        for plan in answer.plans:
            verdict = assess(programme, school.after(plan.changes))
            assert reaches(programme, tier, verdict)
            assert verdict == plan.verdict
            strict = {
                finding.check.id
                for finding in verdict.findings
                if finding.check.grade is Grade.MANDATORY and not finding.check.table
            }
            # Rosters that must agree with a typed figure follow the change; the plan says so.
            assert strict - broken <= {finding.check.id for finding in plan.new_findings}
