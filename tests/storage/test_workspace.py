"""What is put into a workspace comes out of it: exact, whole or not at all, and can be taken back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.domain.assessment import Entry, Field, FieldKind, Rating, Row, Text
from chuyi_desktop.domain.errors import InputError, WorkspaceError
from chuyi_desktop.storage.contents import same
from tests.storage.builders import (
    IMPORTED,
    NOON,
    STUDENTS,
    TEACHERS,
    TYPED,
    entry,
    head,
    one_of_each,
    put,
    stamp,
    started,
    workspaces,
)


def test_every_kind_survives_reopening_with_kind_digits_and_origin(tmp_path: Path) -> None:
    changes = one_of_each()
    with_origins = {change.field: (change.new, change.new and change.new.origin) for change in changes}
    workspace = started(tmp_path / "w")
    workspace.apply("a", changes, stamp())
    workspace.close()
    reopened = workspaces().open(tmp_path / "w")
    found = reopened.assessment("a")
    journalled = reopened.journal()[0]
    reopened.close()
    assert {field: (content, content.origin) for field, content in found.fields.items()} == with_origins
    assert all(same(content, with_origins[field][0]) for field, content in found.fields.items())
    assert journalled.changes == changes
    assert [change.new.origin for change in journalled.changes] == [change.new.origin for change in changes]
    assert journalled.stamp == stamp()


def test_decimals_are_kept_as_shortest_exact_text(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    long = "12345678901234567890123456789.000000000000000000000000000001"
    for place, number in enumerate([long, "1E+3", "-0.00", "0.10"]):
        workspace.apply("a", [put(Field(FieldKind.VALUE, f"n{place}", 2025), entry(number))], stamp())
    fields = workspace.assessment("a")
    workspace.close()
    assert [str(fields.value(f"n{place}")) for place in range(4)] == [long, "1000", "0", "0.1"]


def test_a_yes_is_not_the_number_one() -> None:
    assert Entry(value=True) == Entry(Decimal(1))
    assert not same(Entry(value=True), Entry(Decimal(1)))


def test_values_and_rosters_are_shared_and_the_rest_is_not(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w", "a", "b")
    workspace.apply("a", one_of_each(), stamp())
    shared = {change.field for change in one_of_each() if change.field.year is not None}
    seen_by_b = workspace.assessment("b").fields
    workspace.close()
    assert set(seen_by_b) == shared
    assert len(shared) == 10


def test_heads_come_oldest_first_and_whole(tmp_path: Path) -> None:
    heads = [head("z", "quality", 2025), head("a", "quality", 2024), head("m", "conditions", 2025)]
    workspace = workspaces().create(tmp_path / "w")
    assert workspace.heads() == ()
    for one in heads:
        workspace.add_assessment(one, (), stamp())
    workspace.close()
    reopened = workspaces().open(tmp_path / "w")
    assert reopened.heads() == tuple(heads)
    reopened.close()


@pytest.mark.parametrize("again", [head("a", "other", 2030), head("b", "quality", 2025)])
def test_an_assessment_is_not_begun_twice(tmp_path: Path, again: object) -> None:
    workspace = workspaces().create(tmp_path / "w")
    workspace.add_assessment(head(), [put(STUDENTS, entry("1"))], stamp())
    with pytest.raises(WorkspaceError) as caught:
        workspace.add_assessment(again, [put(TEACHERS, entry("2"))], stamp())
    assert caught.value.code == "storage.assessment_exists"
    assert workspace.heads() == (head(),)
    assert set(workspace.assessment("a").fields) == {STUDENTS}
    workspace.close()


def test_a_founding_that_contradicts_leaves_no_assessment(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    workspace.apply("a", [put(STUDENTS, entry("1"))], stamp())
    with pytest.raises(WorkspaceError):
        workspace.add_assessment(head("b", "q"), [put(STUDENTS, entry("2"))], stamp())
    assert [one.id for one in workspace.heads()] == ["a"]
    workspace.close()


def test_nothing_is_applied_when_one_field_changed_meanwhile(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    workspace.apply("a", [put(STUDENTS, entry("1"))], stamp())
    before = (workspace.assessment("a"), workspace.journal())
    with pytest.raises(WorkspaceError) as caught:
        workspace.apply("a", [put(TEACHERS, entry("5")), put(STUDENTS, entry("3"), entry("2"))], stamp())
    assert caught.value.code == "storage.changed_meanwhile"
    assert (workspace.assessment("a"), workspace.journal()) == before
    workspace.close()


def test_one_deed_may_touch_a_field_twice(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    workspace.apply("a", [put(STUDENTS, entry("1")), put(STUDENTS, entry("2"), entry("1"))], stamp())
    assert workspace.assessment("a").value("student_count") == Decimal(2)
    workspace.undo("a", stamp())
    assert workspace.assessment("a").fields == {}
    workspace.close()


def test_many_fields_at_once_are_compared_too(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    places = [Field(FieldKind.ROW, "teachers", 2025, f"r{number}") for number in range(200)]
    first = [put(place, Row(place.item, at, {})) for at, place in enumerate(places)]
    workspace.apply("a", first, stamp())
    second = [put(place, None, Row(place.item, at, {})) for at, place in enumerate(places)]
    with pytest.raises(WorkspaceError):
        workspace.apply("a", [*second[:-1], put(places[-1], None, Row("r199", 7, {}))], stamp())
    assert len(workspace.assessment("a").fields) == 200
    workspace.apply("a", second, stamp())
    assert workspace.assessment("a").fields == {}
    workspace.close()


def test_undo_and_redo_go_back_and_forth_across_restarts(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    assert workspace.undo("a", stamp()) == ()
    workspace.apply("a", [put(STUDENTS, entry("1", IMPORTED))], stamp("一"))
    workspace.apply("a", [put(STUDENTS, entry("2", TYPED), entry("1"))], stamp("二"))
    workspace.close()
    workspace = workspaces().open(tmp_path / "w")
    assert workspace.undo("a", stamp("撤销")) == (put(STUDENTS, entry("1"), entry("2")),)
    assert workspace.assessment("a").entry("student_count").origin == IMPORTED
    assert workspace.undo("a", stamp("撤销")) == (put(STUDENTS, None, entry("1")),)
    assert workspace.undo("a", stamp("撤销")) == ()
    workspace.close()
    workspace = workspaces().open(tmp_path / "w")
    assert workspace.redo("a", stamp("重做")) == (put(STUDENTS, entry("1")),)
    assert [one.undone for one in workspace.journal()] == [True, False, False]
    assert workspace.redo("a", stamp("重做")) == (put(STUDENTS, entry("2"), entry("1")),)
    assert workspace.redo("a", stamp("重做")) == ()
    assert [(turn.deed_number, turn.redone, turn.stamp.label) for turn in reversed(workspace.turns())] == [
        (3, False, "撤销"),
        (2, False, "撤销"),
        (2, True, "重做"),
        (3, True, "重做"),
    ]
    workspace.close()


def test_a_new_deed_ends_redoing_but_forgets_nothing(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    workspace.apply("a", [put(STUDENTS, entry("1"))], stamp("一"))
    workspace.apply("a", [put(STUDENTS, entry("2"), entry("1"))], stamp("二"))
    workspace.undo("a", stamp())
    workspace.apply("a", [put(STUDENTS, entry("3"), entry("1"))], stamp("三"))
    assert workspace.redo("a", stamp()) == ()
    told = [(one.stamp.label, one.undone) for one in workspace.journal()]
    assert told == [("三", False), ("二", True), ("一", False), ("新建自评", False)]
    workspace.undo("a", stamp())
    assert workspace.assessment("a").value("student_count") == Decimal(1)
    assert workspace.redo("a", stamp()) == (put(STUDENTS, entry("3"), entry("1")),)
    assert [one.stamp.label for one in workspace.journal(2)] == ["三", "二"]
    assert workspace.journal(0) == ()
    workspace.close()


def test_the_first_fields_of_an_assessment_are_not_undone(tmp_path: Path) -> None:
    workspace = workspaces().create(tmp_path / "w")
    workspace.add_assessment(head(), [put(STUDENTS, entry("1"))], stamp())
    assert workspace.undo("a", stamp()) == ()
    assert workspace.assessment("a").value("student_count") == Decimal(1)
    workspace.close()


def test_what_another_assessment_changed_since_is_not_undone(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w", "a", "b")
    note = Field(FieldKind.TEXT, "overview")
    workspace.apply("a", [put(STUDENTS, entry("1")), put(note, Text("概况"))], stamp())
    workspace.apply("b", [put(STUDENTS, entry("2"), entry("1"))], stamp())
    before = (workspace.assessment("a"), workspace.journal(), workspace.turns())
    with pytest.raises(WorkspaceError) as caught:
        workspace.undo("a", stamp())
    assert caught.value.code == "storage.undo_contradicted"
    assert "1 项" in caught.value.sentence
    assert (workspace.assessment("a"), workspace.journal(), workspace.turns()) == before
    workspace.undo("b", stamp())
    assert workspace.undo("a", stamp()) != ()
    assert workspace.assessment("a").fields == {}
    workspace.apply("b", [put(STUDENTS, entry("9"))], stamp())
    with pytest.raises(WorkspaceError) as caught:
        workspace.redo("a", stamp())
    assert caught.value.code == "storage.redo_contradicted"
    workspace.close()


def test_threads_write_one_after_the_other(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")

    def write(thread: int) -> None:
        for number in range(10):
            workspace.apply(
                "a", [put(Field(FieldKind.VALUE, f"{thread}-{number}", 2025), entry("1"))], stamp()
            )

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(write, thread) for thread in range(4)]:
            done.result()
    assert len(workspace.assessment("a").fields) == 40
    assert len(workspace.journal()) == 41
    workspace.close()


def test_no_changes_are_no_deed(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    workspace.apply("a", (), stamp("空"))
    assert [one.stamp.label for one in workspace.journal()] == ["新建自评"]
    workspace.close()


def test_an_unknown_assessment_is_said(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    for ask in (
        lambda: workspace.assessment("x"),
        lambda: workspace.apply("x", [put(STUDENTS, entry("1"))], stamp()),
        lambda: workspace.undo("x", stamp()),
        lambda: workspace.redo("x", stamp()),
    ):
        with pytest.raises(WorkspaceError) as caught:
            ask()
        assert caught.value.code == "storage.no_assessment"
    workspace.close()


def test_a_content_that_does_not_fit_its_field_is_a_fault_of_the_program(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    for change in (
        put(STUDENTS, Text("x")),
        put(Field(FieldKind.ROW, "t", 2025, "r1"), Row("r2", 0, {})),
        put(Field(FieldKind.VALUE, "x"), entry("1")),
        put(Field(FieldKind.RATING, "x", 2025), Rating("best")),
        put(STUDENTS, Entry(Decimal("NaN"))),
        put(STUDENTS, Entry(NOON)),
    ):
        with pytest.raises((TypeError, ValueError)):
            workspace.apply("a", [change], stamp())
    assert workspace.assessment("a").fields == {}
    workspace.close()


def test_half_a_character_is_refused_and_nothing_kept(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    with pytest.raises(InputError) as caught:
        workspace.apply("a", [put(Field(FieldKind.TEXT, "overview"), Text("好\ud83d"))], stamp())
    assert caught.value.code == "storage.text_unstorable"
    assert workspace.assessment("a").fields == {}
    workspace.close()


def test_a_closed_workspace_says_so(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    workspace.close()
    workspace.close()
    for ask in (
        workspace.heads,
        lambda: workspace.apply("a", (), stamp()),
        lambda: workspace.evidence_path("0" * 64),
    ):
        with pytest.raises(WorkspaceError) as caught:
            ask()
        assert caught.value.code == "storage.closed"


def test_an_equal_content_with_another_origin_counts_as_the_old_one(tmp_path: Path) -> None:
    workspace = started(tmp_path / "w")
    workspace.apply("a", [put(STUDENTS, entry("1", TYPED))], stamp())
    other = replace(entry("1.00"), origin=IMPORTED)
    workspace.apply("a", [put(STUDENTS, entry("2"), other)], stamp())
    assert workspace.assessment("a").value("student_count") == Decimal(2)
    workspace.close()
