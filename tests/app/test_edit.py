"""What typing into fields by name would do."""

import pytest

from chuyi_desktop.app.edit import plan_answer, plan_settings, plan_text
from chuyi_desktop.app.ports import Stamp
from chuyi_desktop.domain.assessment import (
    Assessment,
    Attestation,
    Content,
    Field,
    FieldKind,
    Rating,
    Text,
)
from chuyi_desktop.domain.programme import Condition, Narrative, Programme, ScoredItem
from tests.app.school import small_programme
from tests.fakes import NOW

PROGRAMME = small_programme()
STAMP = Stamp("王老师", NOW, "填写")
SAFE = Field(FieldKind.ATTESTATION, "safe")
PARTY = Field(FieldKind.RATING, "party")


def assessment(fields: dict[Field, Content] | None = None) -> Assessment:
    return Assessment("a", PROGRAMME.id, PROGRAMME.version, PROGRAMME.pack_hash, 2026, fields or {})


def rule(programme: Programme, rule_id: str) -> Condition | ScoredItem:
    return next(one for one in (*programme.conditions(), *programme.scored_items()) if one.id == rule_id)


def test_another_answer_keeps_its_note() -> None:
    before = assessment({SAFE: Attestation(holds=False, note="证明在办"), PARTY: Rating("fair", "省级示范")})
    plan = plan_settings(PROGRAMME, before, {"safe": "是", "party": "好"}, STAMP)
    after = before.after(plan.changes)
    assert after.attestation("safe") == Attestation(holds=True, note="证明在办")
    assert after.rating("party") == Rating("good", "省级示范")


def test_an_answer_in_a_grid_is_the_same_as_by_name() -> None:
    before = assessment()
    for rule_id, text in (
        ("safe", "否"),
        ("party", "一般"),
        ("safe", "也许"),
        ("party", "很好"),
        ("ratio", "是"),
    ):
        by_name = plan_settings(PROGRAMME, before, {rule_id: text}, STAMP)
        assert plan_answer(before, rule(PROGRAMME, rule_id), text, STAMP) == by_name


def test_a_level_that_is_none_is_refused_with_those_there_are() -> None:
    plan = plan_settings(PROGRAMME, assessment(), {"党建": "很好"}, STAMP)
    assert plan.refused
    assert "好、一般" in plan.problems[0].sentence


def test_one_field_under_two_names_is_refused() -> None:
    plan = plan_settings(PROGRAMME, assessment(), {"student_count": "1200", "学生数": "1300"}, STAMP)
    assert [problem.code for problem in plan.problems] == ["app.setting_twice"]
    assert plan.refused


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("student_count@99999999999999999999", "app.year"),
        ("student_count@" + "9" * 5000, "app.year"),
        ("student_count@1", "app.year"),
        ("student_count@²", "app.unknown_field_near"),
    ],
)
def test_a_year_that_is_none_is_refused(name: str, code: str) -> None:
    plan = plan_settings(PROGRAMME, assessment(), {name: "1200"}, STAMP)
    assert [problem.code for problem in plan.problems] == [code]


def test_a_text_is_kept_without_the_blanks_around_it_and_cleared_by_none() -> None:
    narrative = Narrative("plan", "建设思路")
    written = assessment().after(plan_text(assessment(), narrative, "  立足县域。\n", STAMP).changes)
    assert written.text("plan") == "立足县域。"
    cleared = written.after(plan_text(written, narrative, " ", STAMP).changes)
    assert Field(FieldKind.TEXT, "plan") not in cleared.fields
    assert plan_text(written, narrative, "立足县域。", STAMP).changes == ()
    assert isinstance(written.fields[Field(FieldKind.TEXT, "plan")], Text)
