"""The next year's assessment begun from the last."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.app.attach import attach
from chuyi_desktop.app.begin import begin, open_session
from chuyi_desktop.app.edit import plan_settings
from chuyi_desktop.app.edit_roster import plan_cells
from chuyi_desktop.app.explain import plan_explanation
from chuyi_desktop.app.program import Program
from chuyi_desktop.app.roll_over import LeftOut, make_roll_over, plan_roll_over
from chuyi_desktop.app.roll_over_words import plan_lines
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import FieldKind, OriginKind
from chuyi_desktop.domain.errors import InputError, WorkspaceError
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.indicator import Choice, Indicator, ValueKind
from chuyi_desktop.domain.programme import Asked, Condition, Programme, Section, Threshold, ThresholdCase
from chuyi_desktop.domain.values import Missing
from tests.app.school import NATIONAL, small_program, small_programme
from tests.fakes import MemoryLibrary

MORE = (
    Indicator("field", "专业类别", ValueKind.CHOICE, choices=(Choice("work", "工科"), Choice("art", "艺术"))),
    Indicator("remote", "是否边远", ValueKind.YES_NO),
    Indicator("approved", "是否批准", ValueKind.YES_NO),
)


def wider() -> Programme:
    """The small programme with a choice, a yes/no that is context, and one that is not."""
    small = small_programme()
    indicators = small.indicators | {each.id: each for each in MORE}
    context = Threshold(
        parse("site_area"),
        parse("site_area >= 1").comparison,  # type: ignore[union-attr]  # a comparison
        (ThresholdCase(Decimal(1), parse("remote")), ThresholdCase(Decimal(2), parse('field = "art"'))),
    )
    group = small.condition_groups[0]
    area = Condition("area", "占地", context, NATIONAL)
    return replace(
        small,
        indicators=indicators,
        sections=(Section("basics", "基本情况", tuple(Asked(each) for each in indicators)),),
        condition_groups=(replace(group, conditions=(*group.conditions, area)),),
    )


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return replace(small_program(tmp_path), library=MemoryLibrary(wider()))


@pytest.fixture
def session(program: Program, tmp_path: Path) -> Session:
    """2025, with something of every kind."""
    settings = {
        "school_name": "某校",
        "student_count": "1900",
        "full_time_teacher_count": "10",
        "senior_title_teacher_count": "20",
        "field": "工科",
        "remote": "否",
        "approved": "是",
        "safe": "是",
        "party": "好",
        "plan": "建设思路若干",
    }
    session = begin(program, tmp_path / "ws", "small", 2025, settings)
    table = session.programme.tables["teachers"]
    stamp = program.stamp("试")
    rows = plan_cells(session.assessment, table, {"r1": {"name": "张三"}, "r2": {"name": "李四"}}, stamp)
    session.make(rows.plan.changes, "试")
    session.make(plan_explanation(session.assessment, "senior", "正在核对名册", stamp).changes, "试")
    proof = tmp_path / "证明.pdf"
    proof.write_bytes(b"%PDF-1.7")
    attach(session, proof, "safe")
    return session


def test_what_describes_the_school_is_taken_over_and_the_rest_is_counted(session: Session) -> None:
    plan = plan_roll_over(session, 2026)
    assert [(each.id, each.shown, each.decides) for each in plan.taken] == [
        ("school_name", "某校", False),
        ("field", "工科", True),
        ("remote", "否", True),
        ("plan", "", False),
    ]
    assert dict(plan.left_out) == {
        LeftOut.NUMBERS: 4,
        LeftOut.ROSTERS: 1,
        LeftOut.ATTESTATIONS: 1,
        LeftOut.RATINGS: 1,
        LeftOut.EXPLANATIONS: 1,
        LeftOut.EVIDENCE: 1,
    }
    assert session.workspace.heads() == (session.head,)
    lines = "\n".join(plan_lines(plan))
    assert "专业类别：工科（影响判定，请先核对）" in lines
    assert "4 个指标的数、日期和是否：新一年未填，填报时旁边显示 2025 年的" in lines


def test_the_new_year_has_what_was_taken_over_marked_so_and_nothing_else(session: Session) -> None:
    before = session.assessment
    later = make_roll_over(session, plan_roll_over(session, 2026)).assessment
    assert later.value("field") == "work"
    origin = later.entry("field").origin  # type: ignore[union-attr]  # it is there
    assert origin is not None
    assert (origin.kind, origin.source, origin.who) == (OriginKind.TAKEN_OVER, "2025", "王老师")
    assert later.text("plan") == "建设思路若干"
    assert isinstance(later.value("student_count"), Missing)
    assert later.value("student_count", 2025) == Decimal(1900)
    assert later.rows("teachers") is None
    kinds = {field.kind for field in later.fields if field.year in {None, 2026}}
    assert kinds == {FieldKind.VALUE, FieldKind.TEXT}
    assert session.workspace.assessment(session.head.id).fields == before.fields | {
        field: content for field, content in later.fields.items() if field.year == 2026
    }


def test_it_is_one_deed_in_the_journal_that_can_be_undone(session: Session) -> None:
    deeds = len(session.workspace.journal())
    later = make_roll_over(session, plan_roll_over(session, 2026))
    added = session.workspace.journal()[: len(session.workspace.journal()) - deeds]
    assert {deed.stamp.label for deed in added} == {"结转 2025 年自评"}
    later.undo()
    assert isinstance(later.assessment.value("field"), Missing)
    assert later.assessment.text("plan") == ""
    assert later.assessment.value("school_name") == "某校"
    later.redo()
    assert later.assessment.value("field") == "work"


def test_rosters_are_taken_over_on_request(session: Session) -> None:
    plan = plan_roll_over(session, 2026, with_rosters=True)
    assert [(each.id, each.count) for each in plan.taken if each.kind is FieldKind.ROW] == [("teachers", 2)]
    later = make_roll_over(session, plan).assessment
    assert [row.cells for row in later.rows("teachers") or ()] == [{"name": "张三"}, {"name": "李四"}]
    assert [row.origin and row.origin.kind for row in later.rows("teachers") or ()] == (
        [OriginKind.TAKEN_OVER] * 2
    )


def test_what_the_school_has_for_the_new_year_stays(session: Session, program: Program) -> None:
    other = replace(wider(), id="other", name="另一项目")
    library = MemoryLibrary(wider(), other)
    begin(replace(program, library=library), session.workspace.folder, "other", 2026, {"field": "艺术"})
    with open_session(program, session.workspace.folder, programme_id="small", year=2025) as again:
        plan = plan_roll_over(again, 2026)
        assert plan.there == 1
        assert make_roll_over(again, plan).assessment.value("field") == "art"


def test_what_the_new_pack_does_not_have_is_left(session: Session) -> None:
    field = replace(MORE[0], choices=(Choice("art", "艺术"),))
    new = wider()
    new = replace(new, version="2", indicators={**new.indicators, "field": field}, narratives=())
    session.program = replace(session.program, library=MemoryLibrary(new))
    plan = plan_roll_over(session, 2026)
    assert plan.programme.version == "2"
    assert [each.id for each in plan.taken] == ["school_name", "remote"]
    assert dict(plan.left_out)[LeftOut.CHOICES] == dict(plan.left_out)[LeftOut.NARRATIVES] == 1


@pytest.mark.parametrize(("year", "words"), [(2025, "应晚于"), (2024, "应晚于"), (26, "年度 26 不对")])
def test_a_year_that_is_not_later_is_refused(session: Session, year: int, words: str) -> None:
    with pytest.raises(InputError, match=words):
        plan_roll_over(session, year)


def test_a_year_that_is_there_is_refused(session: Session) -> None:
    make_roll_over(session, plan_roll_over(session, 2026))
    with pytest.raises(InputError, match="2026 年已有自评，没有新建"):
        plan_roll_over(session, 2026)


def test_a_workspace_that_cannot_be_written_is_left_alone(session: Session) -> None:
    plan = plan_roll_over(session, 2026)
    session.workspace.holder = "李老师"  # type: ignore[misc]  # the fake's
    with pytest.raises(WorkspaceError, match="李老师"):
        make_roll_over(session, plan)
    assert len(session.workspace.heads()) == 1


def test_the_values_of_a_plan_are_not_read_again(session: Session) -> None:
    """What was told is what is done, or nothing is: a field filled in meanwhile is a conflict."""
    plan = plan_roll_over(session, 2026)
    stamp = session.program.stamp("试")
    ahead = replace(session.assessment, year=2026)
    changes = plan_settings(session.programme, ahead, {"field": "艺术"}, stamp).changes
    session.make(changes, "试")
    with pytest.raises(WorkspaceError):
        make_roll_over(session, plan)
