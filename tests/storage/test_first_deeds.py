"""A new assessment may begin with a deed that can be taken back, in the same transaction."""

from pathlib import Path

import pytest

from chuyi_desktop.domain.assessment import Field, FieldKind, Text
from chuyi_desktop.domain.errors import WorkspaceError
from tests.storage.builders import STUDENTS, TEACHERS, entry, head, put, stamp, workspaces

NARRATIVE = Field(FieldKind.TEXT, "plan")


def test_what_then_was_done_is_undone_and_what_was_first_stays(tmp_path: Path) -> None:
    workspace = workspaces().create(tmp_path / "w")
    then = [put(TEACHERS, entry("9")), put(NARRATIVE, Text("思路"))]
    workspace.add_assessment(head(), [put(STUDENTS, entry("100"))], stamp("结转"), then)
    assert set(workspace.assessment("a").fields) == {STUDENTS, TEACHERS, NARRATIVE}
    assert [len(deed.changes) for deed in workspace.journal()] == [2, 1]
    workspace.undo("a", stamp("撤销"))
    assert set(workspace.assessment("a").fields) == {STUDENTS}
    assert workspace.undo("a", stamp("撤销")) == ()
    workspace.redo("a", stamp("重做"))
    assert set(workspace.assessment("a").fields) == {STUDENTS, TEACHERS, NARRATIVE}
    workspace.close()


def test_where_it_cannot_be_done_no_assessment_is_added(tmp_path: Path) -> None:
    workspace = workspaces().create(tmp_path / "w")
    workspace.add_assessment(head(), [put(STUDENTS, entry("100"))], stamp())
    stale = [put(STUDENTS, entry("7"))]
    with pytest.raises(WorkspaceError):
        workspace.add_assessment(head("b", "other"), [], stamp("结转"), stale)
    assert [each.id for each in workspace.heads()] == ["a"]
    assert len(workspace.journal()) == 1
    workspace.close()
