from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.changes import Changed
from chuyi_desktop.app.edit import plan_settings
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import Field, FieldKind
from chuyi_desktop.domain.errors import WorkspaceError
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import Outcome
from tests.app.school import small_program
from tests.fakes import MemoryWorkspace


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return begin(small_program(tmp_path), tmp_path / "ws", "small", 2026, {})


def _set(session: Session, **settings: str) -> Changed:
    stamp = session.program.stamp("填写")
    plan = plan_settings(session.programme, session.assessment, settings, stamp)
    assert not plan.refused, plan.problems
    return session.make(plan.changes, "填写")


def _ratio(session: Session) -> Outcome:
    return next(rule.outcome for rule in session.verdict.conditions if rule.id == "ratio")


def test_the_verdict_follows_every_change_and_its_undoing(session: Session) -> None:
    assert _ratio(session) is Outcome.MISSING
    _set(session, student_count="3091", full_time_teacher_count="157")
    assert _ratio(session) is Outcome.MET
    _set(session, student_count="4000")
    assert _ratio(session) is Outcome.UNMET
    session.undo()
    assert _ratio(session) is Outcome.MET
    session.redo()
    assert _ratio(session) is Outcome.UNMET


def test_listeners_hear_just_the_changed_fields(session: Session) -> None:
    heard: list[Changed] = []
    session.listen(heard.append)
    _set(session, student_count="3091")
    _set(session, student_count="3091")
    assert [changed.fields for changed in heard] == [
        frozenset({Field(FieldKind.VALUE, "student_count", 2026)})
    ]


def test_clearing_a_field_makes_it_missing_not_zero(session: Session) -> None:
    _set(session, student_count="3091")
    _set(session, student_count=" ")
    assert isinstance(session.assessment.value("student_count"), Missing)


def test_attestations_levels_and_texts_are_set_by_name(session: Session) -> None:
    _set(session, safe="是", 党建="好", plan="建设思路……")
    attestation, rating = session.assessment.attestation("safe"), session.assessment.rating("party")
    assert attestation is not None
    assert attestation.holds
    assert rating is not None
    assert rating.level_id == "good"
    assert session.verdict.points == Decimal(40)


def test_a_read_only_workspace_is_not_changed(session: Session) -> None:
    workspace = session.workspace
    assert isinstance(workspace, MemoryWorkspace)
    workspace.holder = "李老师（教务处电脑）"
    workspace.read_only = True
    with pytest.raises(WorkspaceError, match="李老师（教务处电脑）"):
        _set(session, student_count="1")
    assert session.assessment.entry("student_count") is None
