"""What another version of a pack changes for a school."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.compare_packs import PackComparison, compare_packs, compared
from chuyi_desktop.app.program import Program
from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.errors import InputError, PackError
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.programme import Condition, Narrative, Programme, Threshold, ThresholdCase
from tests.app.school import NATIONAL, small_program, small_programme
from tests.fakes import MemoryLibrary


def threshold(value: int) -> Threshold:
    return Threshold(parse("student_teacher_ratio"), Comparison.AT_MOST, (ThresholdCase(Decimal(value)),))


def newer(*conditions: Condition, **changes: object) -> Programme:
    old = small_programme()
    group = replace(old.condition_groups[0], conditions=conditions)
    return replace(old, version="2.0", pack_hash="1" * 64, condition_groups=(group,), **changes)


STRICTER = newer(
    Condition("ratio", "生师比不高于 18", threshold(18), NATIONAL),
    Condition(
        "large",
        "在校生",
        Threshold(parse("student_count"), Comparison.AT_LEAST, (ThresholdCase(Decimal(1)),)),
        NATIONAL,
    ),
    narratives=(Narrative("plan", "建设思路"), Narrative("risk", "风险")),
)


def begun(program: Program, folder: Path) -> Assessment:
    settings = {"student_count": "1900", "full_time_teacher_count": "100", "senior_title_teacher_count": "20"}
    with begin(program, folder, "small", 2026, settings) as session:
        return session.assessment


def with_newer(program: Program, folder: Path) -> Program:
    """The program after an update of its packs; the old pack lies in the workspace."""
    library = MemoryLibrary(STRICTER)
    library.others[folder / ("0" * 64)] = MemoryLibrary(small_programme())
    return replace(program, library=library)


def told(found: PackComparison) -> list[tuple[str, tuple[str, ...] | str]]:
    return [
        (
            change.id,
            "new" if change.before is None else "gone" if change.after is None else change.aspects,
        )
        for change in found.rules
    ]


def test_every_rule_that_changes_is_told(tmp_path: Path) -> None:
    program, folder = small_program(tmp_path), tmp_path / "ws"
    begun(program, folder)
    found = compare_packs(with_newer(program, folder), folder)
    assert told(found) == [("ratio", ("title", "threshold", "outcome")), ("large", "new"), ("safe", "gone")]
    assert (found.before.pack_version, found.after.pack_version) == ("1.0", "2.0")
    assert [(one.kind, one.id, one.added) for one in found.others] == [("narrative", "risk", True)]
    assert found.before.points == found.after.points


def test_the_same_pack_changes_nothing(tmp_path: Path) -> None:
    program, folder = small_program(tmp_path), tmp_path / "ws"
    begun(program, folder)
    found = compare_packs(program, folder)
    assert found.same_pack
    assert not found.rules
    assert not found.others


def test_what_is_gone_and_what_is_new_change_places_backwards(tmp_path: Path) -> None:
    assessment = begun(small_program(tmp_path), tmp_path / "ws")
    there = compared(small_programme(), STRICTER, assessment)
    back = compared(STRICTER, small_programme(), assessment)
    sides = {(each.id, each.before, each.after, each.aspects) for each in there.rules}
    assert sides == {(each.id, each.after, each.before, each.aspects) for each in back.rules}
    assert {(one.id, one.added) for one in there.others} == {(one.id, not one.added) for one in back.others}


def test_another_folder_of_packs_can_be_tried(tmp_path: Path) -> None:
    program, folder = small_program(tmp_path), tmp_path / "ws"
    begun(program, folder)
    library = MemoryLibrary(small_programme())
    library.others[tmp_path / "draft"] = MemoryLibrary(STRICTER)
    library.others[folder / ("0" * 64)] = MemoryLibrary(small_programme())
    found = compare_packs(replace(program, library=library), folder, forms=tmp_path / "draft")
    assert found.after.pack_version == "2.0"


def test_without_its_own_pack_nothing_is_compared(tmp_path: Path) -> None:
    program, folder = small_program(tmp_path), tmp_path / "ws"
    begun(program, folder)
    program.workspaces.open(folder).packs.clear()  # type: ignore[attr-defined]  # the fake's
    with pytest.raises(InputError, match="没有留存"):
        compare_packs(with_newer(program, folder), folder)


def test_a_kept_pack_that_was_changed_is_refused(tmp_path: Path) -> None:
    program, folder = small_program(tmp_path), tmp_path / "ws"
    begun(program, folder)
    newer_program = with_newer(program, folder)
    library = newer_program.library
    assert isinstance(library, MemoryLibrary)
    library.others[folder / ("0" * 64)] = MemoryLibrary(replace(small_programme(), pack_hash="2" * 64))
    with pytest.raises(PackError, match="内容不同"):
        compare_packs(newer_program, folder)
