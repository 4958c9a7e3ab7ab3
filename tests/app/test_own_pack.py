"""An assessment is judged by its own pack, whatever is installed by now."""

from dataclasses import replace
from pathlib import Path

import pytest

from chuyi_desktop.app.begin import begin, open_session
from chuyi_desktop.app.own_pack import PackState
from chuyi_desktop.app.program import Program
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.report.summary import as_json
from tests.app.school import small_program, small_programme
from tests.app.test_compare_packs import STRICTER
from tests.fakes import MemoryLibrary

SETTINGS = {"student_count": "1900", "full_time_teacher_count": "100"}


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return small_program(tmp_path)


@pytest.fixture
def folder(program: Program, tmp_path: Path) -> Path:
    begin(program, tmp_path / "ws", "small", 2026, SETTINGS).close()
    return tmp_path / "ws"


def updated(program: Program, folder: Path, *installed: Programme, kept: Programme | None = None) -> Program:
    """The program with other packs installed; the first pack lies in the workspace."""
    library = MemoryLibrary(*installed)
    library.others[folder / ("0" * 64)] = MemoryLibrary(kept or small_programme())
    return replace(program, library=library)


def test_the_installed_pack_is_its_own_until_another_comes(program: Program, folder: Path) -> None:
    with open_session(program, folder) as session:
        assert session.pack.state is PackState.INSTALLED


def test_a_newer_pack_changes_nothing_by_being_installed(program: Program, folder: Path) -> None:
    with open_session(program, folder) as session:
        before = as_json(session.programme, session.verdict)
    with open_session(updated(program, folder, STRICTER), folder) as session:
        assert session.pack.state is PackState.OTHER_INSTALLED
        assert session.pack_versions == ("1.0", "2.0")
        assert as_json(session.programme, session.verdict) == before


def test_equal_versions_of_different_packs_are_told_apart(program: Program, folder: Path) -> None:
    same_name = replace(STRICTER, version="1.0")
    with open_session(updated(program, folder, same_name), folder) as session:
        assert session.pack_versions == ("1.0-00000000", "1.0-11111111")


def test_its_own_pack_is_enough_where_none_is_installed(program: Program, folder: Path) -> None:
    with open_session(updated(program, folder), folder) as session:
        assert session.pack.state is PackState.NOT_INSTALLED
        assert session.programme.version == "1.0"


@pytest.mark.parametrize("state", [PackState.NOT_KEPT, PackState.KEPT_UNUSABLE])
def test_without_its_own_pack_the_installed_one_is_used(
    program: Program, folder: Path, state: PackState
) -> None:
    tampered = replace(small_programme(), pack_hash="2" * 64)
    newer = updated(program, folder, STRICTER, kept=tampered)
    if state is PackState.NOT_KEPT:
        program.workspaces.open(folder).packs.clear()  # type: ignore[attr-defined]  # the fake's
    with open_session(newer, folder) as session:
        assert session.pack.state is state
        assert session.programme is STRICTER
        ratio = next(rule for rule in session.verdict.conditions if rule.id == "ratio")
        assert ratio.outcome is Outcome.UNMET


def test_without_any_pack_it_is_not_opened(program: Program, folder: Path) -> None:
    program.workspaces.open(folder).packs.clear()  # type: ignore[attr-defined]  # the fake's
    with pytest.raises(InputError):
        open_session(updated(program, folder), folder)
    assert program.workspaces.open(folder).closed  # type: ignore[attr-defined]  # the fake's
