"""Overlays: judged side by side, never stored."""

from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.session import Session
from chuyi_desktop.app.what_if import Overlay, plan_overlay, try_out
from chuyi_desktop.app.what_if_words import changes_told, derived_beside, derived_told, side_by_side
from chuyi_desktop.domain.assessment import Change, Entry, Field, FieldKind, Row
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.verdict import Outcome
from tests.app.school import small_program

SETTINGS = {
    "school_name": "某校",
    "student_count": "2100",
    "full_time_teacher_count": "100",
    "senior_title_teacher_count": "20",
    "safe": "是",
    "party": "一般",
}


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return begin(small_program(tmp_path), tmp_path / "ws", "small", 2026, SETTINGS)


def overlay(session: Session, name: str, **settings: str) -> Overlay:
    plan = plan_overlay(session, settings)
    assert not plan.refused
    return Overlay(name, plan.changes)


def test_what_would_come_of_it_is_told_and_nothing_is_changed(session: Session) -> None:
    before, journal = session.assessment, session.workspace.journal()
    found = try_out(session, [overlay(session, "招聘", full_time_teacher_count="105", party="好")])
    (tried,) = found.tried
    assert found.before is session.verdict
    assert [(each.id, each.after and each.after.outcome) for each in tried.difference.rules] == [
        ("ratio", Outcome.MET),
        ("party", Outcome.MET),
    ]
    assert (found.before.tier and found.before.tier.id, tried.verdict.tier and tried.verdict.tier.id) == (
        "none",
        "a",
    )
    assert (found.before.points, tried.verdict.points) == (Decimal(80), Decimal(100))
    assert session.assessment is before
    assert session.workspace.journal() == journal
    assert session.workspace.assessment(session.head.id).fields == before.fields


def test_overlays_do_not_see_each_other(session: Session) -> None:
    more = overlay(session, "多招教师", full_time_teacher_count="110")
    fewer = overlay(session, "少招学生", student_count="2000")
    found = try_out(session, [more, fewer])
    alone = [try_out(session, [each]).tried[0].verdict for each in (more, fewer)]
    assert [each.verdict for each in found.tried] == alone
    assert session.assessment.after(more.changes).value("student_count") == Decimal(2100)


def test_a_new_finding_is_told(session: Session) -> None:
    found = try_out(session, [overlay(session, "错", senior_title_teacher_count="300")])
    assert [(each.id, each.kind) for each in found.tried[0].difference.findings] == [("senior", "added")]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("student_teacher_ratio", "19", "由程序计算"),
        ("site_area", "3 册", "单位"),
        ("student_count", "很多", "不是数"),
        ("ratio", "是", "不用直接回答"),
        ("studentcount", "1", "是不是要填：student_count"),
        ("student_count@2030", "1", "年度 2030 不对"),
    ],
)
def test_what_cannot_be_set_cannot_be_assumed(session: Session, name: str, text: str, words: str) -> None:
    plan = plan_overlay(session, {name: text})
    assert plan.refused
    assert not plan.changes
    assert words in str(plan.problems[0])


def test_two_overlays_of_one_name_are_refused(session: Session) -> None:
    one = overlay(session, "甲", student_count="1")
    with pytest.raises(InputError, match="两种设想都叫“甲”"):
        try_out(session, [one, one])


def test_an_overlay_may_hold_rows_of_a_roster(session: Session) -> None:
    row = Field(FieldKind.ROW, "teachers", 2026, "r1")
    rows = Overlay("补名册", (Change(row, None, Row("r1", 0, {"name": "张三"})),))
    assert [each.id for each in session.assessment.after(rows.changes).rows("teachers") or ()] == ["r1"]
    assert [each.line for each in changes_told(session.programme, rows, 2026)] == [
        "专任教师名册：0 行 → 1 行"
    ]
    assert not try_out(session, [rows]).tried[0].difference.rules


def test_what_is_assumed_is_told_in_the_words_of_the_field(session: Session) -> None:
    assumed = overlay(session, "", 学生数="2,000", site_area="40亩", safe="否", party="好")
    assert [each.line for each in changes_told(session.programme, assumed, 2026)] == [
        "在校生数：2,100 人 → 2,000 人",
        "占地面积：未填 → 26,666.67 ㎡",
        "三年内无安全责任事故：是 → 否",
        "党建：一般 → 好",
    ]
    earlier = Change(Field(FieldKind.VALUE, "student_count", 2025), None, Entry(Decimal(7)))
    assert changes_told(session.programme, Overlay("", (earlier,)), 2026)[0].label == "2025 年在校生数"


def test_several_stand_side_by_side(session: Session) -> None:
    more = overlay(session, "多招教师", full_time_teacher_count="105")
    fewer = overlay(session, "少招学生", student_count="1000")
    lines = {line[0]: line[1:] for line in side_by_side(session.programme, try_out(session, [more, fewer]))}
    assert lines["设想：专任教师数"] == ("100 人", "105 人", "")
    assert lines["设想：在校生数"] == ("2,100 人", "", "1,000 人")
    assert lines["档次"] == ("未达到", "未达到", "未达到")
    assert lines["生师比不高于 20"] == ("21　未达到", "20　达到", "10　达到")
    assert lines["规模"] == ("2,100 人　60 / 60", "2,100 人　60 / 60", "1,000 人　50 / 60")


def test_a_derived_indicator_is_told_where_no_rule_tells_it(session: Session) -> None:
    found = try_out(session, [overlay(session, "", full_time_teacher_count="105")]).tried[0].difference
    assert [derived_told(session.programme, each).line for each in found.derived] == ["生师比：21 → 20"]
    assert derived_beside(found) == []
