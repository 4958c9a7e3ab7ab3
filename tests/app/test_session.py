from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from threading import Thread

import pytest

from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.changes import Changed
from chuyi_desktop.app.edit import plan_settings
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import Assessment, Field, FieldKind
from chuyi_desktop.domain.errors import WorkspaceError
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.scoring import Standing, assess
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


def test_what_is_typed_while_the_verdict_is_worked_out_is_judged_too(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job asks for the verdict in a thread of its own: a change made meanwhile must not be lost."""
    _set(session, student_count="3091", full_time_teacher_count="157")
    assert _ratio(session) is Outcome.MET
    _set(session, senior_title_teacher_count="3")
    typist = Thread(target=lambda: _set(session, student_count="4000"))
    judged = Standing.moved_to

    def slowly(standing: Standing, assessment: Assessment, changed: Iterable[Field]) -> Standing:
        if not typist.ident:
            typist.start()
            # As long as it is being judged the typist waits; else everything is done by then.
            typist.join(0.2)
        return judged(standing, assessment, changed)

    monkeypatch.setattr(Standing, "moved_to", slowly)
    standing = session.standing
    typist.join()
    assert standing.verdict == assess(session.programme, standing.assessment)
    assert _ratio(session) is Outcome.UNMET
