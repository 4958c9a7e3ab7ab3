"""Moving an assessment to another version of its pack."""

from dataclasses import replace
from pathlib import Path

import pytest

from chuyi_desktop.app.begin import begin, open_session
from chuyi_desktop.app.edit import plan_settings
from chuyi_desktop.app.left_behind import left_behind
from chuyi_desktop.app.move_pack import make_move, plan_move
from chuyi_desktop.app.own_pack import PackState
from chuyi_desktop.app.program import Program
from chuyi_desktop.domain.assessment import (
    Assessment,
    Attestation,
    Content,
    DeclaredEmpty,
    Entry,
    EvidenceLink,
    Explanation,
    Field,
    FieldKind,
    Rating,
    Row,
    Text,
)
from chuyi_desktop.domain.errors import WorkspaceError
from chuyi_desktop.domain.indicator import Table
from chuyi_desktop.domain.verdict import Outcome
from tests.app.school import TEACHERS, small_program, small_programme
from tests.app.test_compare_packs import STRICTER
from tests.app.test_own_pack import updated

SETTINGS = {"student_count": "1900", "full_time_teacher_count": "100", "safe": "是", "plan": "建设思路"}
SHA256 = "ab" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "ws"


@pytest.fixture
def program(tmp_path: Path, folder: Path) -> Program:
    """A program whose packs were updated after the assessment was begun."""
    first = small_program(tmp_path)
    begin(first, folder, "small", 2026, SETTINGS).close()
    later = updated(first, folder, STRICTER)
    later.library.others[folder / ("1" * 64)] = later.library  # type: ignore[attr-defined]  # the fake's
    return later


def test_planning_tells_and_changes_nothing(program: Program, folder: Path) -> None:
    with open_session(program, folder) as session:
        move = plan_move(session)
        assert [change.id for change in move.comparison.rules] == ["ratio", "large", "safe"]
        assert [(left.kind, left.id, left.count) for left in move.left] == [("attestation", "safe", 1)]
        assert (session.head.pack_version, session.programme.version) == ("1.0", "1.0")
        assert len(session.workspace.journal()) == 1


def test_moving_binds_keeps_every_value_and_is_journalled(program: Program, folder: Path) -> None:
    with open_session(program, folder) as session:
        before = session.assessment
        assert make_move(session, plan_move(session))
        assert session.pack.state is PackState.INSTALLED
        assert session.assessment.fields == before.fields
        ratio = next(rule for rule in session.verdict.conditions if rule.id == "ratio")
        assert ratio.outcome is Outcome.UNMET
        deed = session.workspace.journal()[0]
        assert (deed.changes, deed.stamp.who) == ((), "王老师")
        assert "1.0-00000000 → 2.0-11111111" in deed.stamp.label
    with open_session(program, folder) as session:
        assert (session.head.pack_version, session.head.pack_hash) == ("2.0", "1" * 64)
        assert session.pack.state is PackState.INSTALLED
        assert set(session.workspace.packs) == {"0" * 64, "1" * 64}  # type: ignore[attr-defined]  # the fake's


def test_moving_twice_does_nothing_the_second_time(program: Program, folder: Path) -> None:
    with open_session(program, folder) as session:
        make_move(session, plan_move(session))
        assert not make_move(session, plan_move(session))
        assert len(session.workspace.journal()) == 2


def test_moving_there_and_back_is_as_if_nothing_had_been(program: Program, folder: Path) -> None:
    with open_session(program, folder) as session:
        verdict = session.verdict
        make_move(session, plan_move(session))
        make_move(session, plan_move(session, folder / ("0" * 64)))
        assert session.pack.state is PackState.OTHER_INSTALLED
        assert session.verdict == verdict


def test_undoing_passes_the_move_over(program: Program, folder: Path) -> None:
    with open_session(program, folder) as session:
        stamp = session.program.stamp("填写")
        plan = plan_settings(session.programme, session.assessment, {"student_count": "500"}, stamp)
        session.make(plan.changes, "填写")
        make_move(session, plan_move(session))
        assert session.undo().anything
        assert session.assessment.value("student_count") == 1900
        assert session.programme.version == "2.0"
        assert not session.undo().anything


def test_a_read_only_workspace_is_not_moved(program: Program, folder: Path) -> None:
    with open_session(program, folder) as session:
        session.workspace.read_only = True  # type: ignore[misc]  # the fake's
        with pytest.raises(WorkspaceError):
            make_move(session, plan_move(session))
        assert session.head.pack_version == "1.0"


def test_what_has_no_place_any_more_is_told_by_name() -> None:
    contents: dict[Field, Content] = {
        Field(FieldKind.VALUE, "site_area", 2026): Entry(None, note="待核"),
        Field(FieldKind.VALUE, "site_area", 2025): Entry(None, note="待核"),
        Field(FieldKind.VALUE, "of_another_programme", 2026): Entry(None, note="待核"),
        Field(FieldKind.VALUE, "student_count", 2026): Entry(None, note="待核"),
        Field(FieldKind.ROW, "teachers", 2026, "r1"): Row("r1", 0, {"name": "甲", "title": "senior"}),
        Field(FieldKind.ROW, "teachers", 2026, "r2"): Row("r2", 1, {"name": "乙"}),
        Field(FieldKind.EMPTY_TABLE, "teachers", 2025): DeclaredEmpty(),
        Field(FieldKind.TEXT, "plan"): Text("思路"),
        Field(FieldKind.ATTESTATION, "safe"): Attestation(holds=True),
        Field(FieldKind.RATING, "party"): Rating("fair"),
        Field(FieldKind.EXPLANATION, "senior"): Explanation("含外聘"),
        Field(FieldKind.EVIDENCE, "site_area", None, SHA256): EvidenceLink(
            SHA256, "证", "application/pdf", 1, 0
        ),
    }
    old = small_programme()
    names_only = Table("teachers", "专任教师名册", TEACHERS.columns[:1])
    items = old.scored_sections[0].items
    good_only = replace(items[1], method=replace(items[1].method, levels=items[1].method.levels[:1]))  # type: ignore[union-attr, arg-type]  # a rubric
    new = replace(
        STRICTER,
        indicators={key: one for key, one in old.indicators.items() if key != "site_area"},
        tables={"teachers": names_only},
        scored_sections=(replace(old.scored_sections[0], items=(items[0], good_only)),),
        checks=(),
        narratives=(),
    )
    assessment = Assessment("a", "small", "1.0", "0" * 64, 2026, contents)
    assert [(left.kind, left.title, left.count) for left in left_behind(old, new, assessment)] == [
        ("value", "占地面积", 2),
        ("column", "专任教师名册·职称", 1),
        ("text", "建设思路", 1),
        ("attestation", "三年内无安全责任事故", 1),
        ("level", "党建·一般", 1),
        ("explanation", "高级职务教师不多于专任教师", 1),
        ("evidence", "占地面积", 1),
    ]
    assert left_behind(old, old, assessment) == ()
    assert [(left.kind, left.count) for left in left_behind(old, replace(old, tables={}), assessment)] == [
        ("row", 2),
        ("empty_table", 1),
    ]
