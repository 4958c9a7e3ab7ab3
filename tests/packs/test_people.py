"""The packs for culture, think tank, persons, teams and studios: honest, whole, and right at their edges."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from chuyi_desktop.domain.programme import Grade, Programme, Rubric, Threshold
from chuyi_desktop.domain.provenance import Basis
from chuyi_desktop.domain.verdict import Outcome, Verdict
from chuyi_desktop.packs.library import FormsFolder
from chuyi_desktop.scoring.verdicts import assess
from tests.packs.test_samples import filled

HERE = Path(__file__).parent
PACKS = (
    "culture-base", "think-tank", "inheritor", "teaching-team", "master-studio", "teaching-master",
    "workshop", "class-teacher-studio",
)  # fmt: skip


@pytest.fixture(scope="module")
def library() -> FormsFolder:
    return FormsFolder(HERE.parents[1] / "forms")


@pytest.fixture(scope="module", params=PACKS)
def pack(request: pytest.FixtureRequest, library: FormsFolder) -> Programme:
    return library.programme(request.param)


def test_nothing_claims_an_authority(pack: Programme) -> None:
    """No condition, weight or tier of these programmes was seen in a published text."""
    provenances = [
        pack.provenance,
        *(one.provenance for one in pack.conditions()),
        *(one.provenance for one in pack.scored_items()),
        *(one.provenance for one in pack.tiers),
        *(one.provenance for one in pack.checks),
    ]
    assert {one.basis for one in provenances} == {Basis.REFERENCE}
    assert all(one.note for one in provenances)
    assert pack.reference_points() == pack.maximum == 100


def test_says_what_is_unknown_and_where_to_look(pack: Programme) -> None:
    assert len(pack.unknown) >= 3
    assert any("通知" in one for one in pack.unknown)


def test_is_whole(pack: Programme) -> None:
    assert [tier.name for tier in pack.tiers] == ["推荐申报", "可以申报", "暂不具备"]
    assert {group.id for group in pack.condition_groups} >= {"eligibility", "landmarks", "integrity"}
    assert len(pack.narratives) >= 5
    assert len(pack.tables) >= 3
    assert {check.grade for check in pack.checks} == set(Grade)
    assert [part.kind for part in pack.dossier][:4] == ["cover", "notes", "commitment", "contents"]
    assert {"profile", "narratives", "scores", "tables", "opinions", "evidence"} <= {
        part.kind for part in pack.dossier
    }
    for item in pack.scored_items():
        if isinstance(item.method, Rubric):
            assert [level.title for level in item.method.levels] == ["优", "良", "中", "差"]
            assert all(level.description for level in item.method.levels)


def sample(pack_id: str, **changed: str) -> Mapping[str, Any]:
    loaded: dict[str, Any] = json.loads((HERE / "samples" / f"{pack_id}.json").read_text("utf-8"))
    return loaded | {"settings": loaded["settings"] | changed}


def judged(library: FormsFolder, pack_id: str, **changed: str) -> Verdict:
    programme = library.programme(pack_id)
    return assess(programme, filled(programme, sample(pack_id, **changed)))


def outcomes(verdict: Verdict) -> dict[str, Outcome]:
    return {rule.id: rule.outcome for rule in verdict.conditions}


TEAM_PLAN = {
    # Condition, the indicator to type, its least (or greatest) value that is enough, one that is not,
    # in a secondary school and in a college: the state's team conditions as a college restated them.
    "size-least": ("team_size", "15", "14", "15", "14"),
    "size-most": ("team_size", "20", "21", "20", "21"),
    "leader-age": ("person_age", "55", "56", "55", "56"),
    "enterprise-members": ("team_enterprise_senior_count", "2", "1", "3", "2"),
}


@pytest.mark.parametrize("condition", TEAM_PLAN)
def test_the_team_of_the_state_is_the_pattern(library: FormsFolder, condition: str) -> None:
    name, enough, short, college_enough, college_short = TEAM_PLAN[condition]
    for stage, value, wanted in (
        ("中职学校", enough, Outcome.MET),
        ("中职学校", short, Outcome.UNMET),
        ("高职专科学校", college_enough, Outcome.MET),
        ("高职专科学校", college_short, Outcome.UNMET),
    ):
        verdict = judged(library, "teaching-team", school_stage=stage, **{name: value})
        assert outcomes(verdict)[condition] is wanted, (stage, value)


@pytest.mark.parametrize(
    ("stage", "senior", "wanted"),
    [
        ("中职学校", "6", Outcome.MET),
        ("中职学校", "5", Outcome.UNMET),
        ("技工院校", "6", Outcome.MET),
        ("高职专科学校", "8", Outcome.MET),
        ("职业本科学校", "7", Outcome.UNMET),
    ],
)
def test_senior_members_of_a_team_of_twenty(
    library: FormsFolder, stage: str, senior: str, wanted: Outcome
) -> None:
    verdict = judged(library, "teaching-team", school_stage=stage, team_size="20", team_senior_count=senior)
    assert outcomes(verdict)["senior-share"] is wanted


def test_half_dual_qualified_is_not_more_than_half(library: FormsFolder) -> None:
    assert outcomes(judged(library, "teaching-team", team_size="16", team_dual_count="8"))["dual-share"] is (
        Outcome.UNMET
    )
    assert outcomes(judged(library, "teaching-team", team_size="16", team_dual_count="9"))["dual-share"] is (
        Outcome.MET
    )


def test_a_team_for_ideology_needs_no_enterprise_members(library: FormsFolder) -> None:
    found = outcomes(
        judged(library, "teaching-team", team_kind="思想政治教育团队", team_enterprise_senior_count="0")
    )
    assert found["enterprise-members"] is found["dual-share"] is Outcome.NOT_APPLICABLE


def test_figures_of_the_team_plan_name_it(library: FormsFolder) -> None:
    programme = library.programme("teaching-team")
    taken = {"leader-title", "dual-share", "senior-share", *TEAM_PLAN}
    named = {one.id for one in programme.conditions() if one.provenance.number == "教师函〔2019〕4号"}
    assert named == taken
    strict = next(one for one in programme.conditions() if one.id == "dual-share").rule
    assert isinstance(strict, Threshold)
    assert strict.comparison.value == ">"


def test_a_master_and_a_teacher_are_asked_different_things(library: FormsFolder) -> None:
    master = outcomes(judged(library, "master-studio", studio_kind="大师（名匠）工作室"))
    teacher = outcomes(judged(library, "master-studio", studio_kind="名师工作室"))
    assert master["teacher-title"] is master["teacher-years"] is Outcome.NOT_APPLICABLE
    assert teacher["master-grade"] is teacher["master-years"] is Outcome.NOT_APPLICABLE
    assert teacher["teacher-title"] is Outcome.UNMET


def test_a_roster_that_disagrees_with_its_total_blocks_handing_in(library: FormsFolder) -> None:
    verdict = judged(library, "culture-base", culture_exhibit_count="327")
    assert [one.check.id for one in verdict.findings if one.blocks] == ["roster-exhibits"]
    assert judged(library, "culture-base", culture_total_input="261").blocked
