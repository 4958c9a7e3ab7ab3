"""Slips of a clerk's day at the command line: each is said, and nothing is half done or written over."""

import errno
from pathlib import Path

import pytest
from openpyxl import load_workbook

from chuyi_desktop.excel import workbooks
from tests.end2end.conftest import Chuyi
from tests.end2end.test_bad_input import NEW, _assert_refused, _count, workspace

__all__ = ["workspace"]


def test_one_field_under_two_names_is_refused(chuyi: Chuyi, workspace: Path) -> None:
    before = _count(chuyi, workspace)
    _assert_refused(chuyi("set", workspace, "student_count=3", "在校生数=4"), "两次")
    assert _count(chuyi, workspace) == before


@pytest.mark.parametrize("year", ["2030", "1800", "²", "x"])
def test_a_figure_of_an_impossible_year_is_refused(chuyi: Chuyi, workspace: Path, year: str) -> None:
    _assert_refused(chuyi("set", workspace, f"student_count@{year}=3"))


def test_a_figure_of_an_earlier_year_is_taken(chuyi: Chuyi, workspace: Path) -> None:
    assert chuyi("set", workspace, "student_count@2024=3").code == 0


def test_another_schools_name_does_not_replace_the_first(chuyi: Chuyi, workspace: Path) -> None:
    other = ("--programme", "quality-secondary-school", "--year", "2026", "--school")
    _assert_refused(chuyi("new", workspace, *other, "别的学校"), "“某校”", "“别的学校”")
    assert chuyi("new", workspace, *other, "某校").code == 0


def test_a_template_for_an_impossible_year(chuyi: Chuyi, tmp_path: Path) -> None:
    _assert_refused(
        chuyi("template", "conditions-secondary", "-o", tmp_path / "t.xlsx", "--year", 26), "年度 26"
    )
    assert not (tmp_path / "t.xlsx").exists()


def test_an_ending_that_nothing_opens(chuyi: Chuyi, workspace: Path, tmp_path: Path) -> None:
    _assert_refused(chuyi("export", workspace, "-o", tmp_path / "表.pdf"), "表.pdf", ".xlsx")
    _assert_refused(chuyi("dossier", workspace, "-o", tmp_path / "书.docx"), "书.docx", ".pdf")
    assert {file.name for file in tmp_path.iterdir()} == {"ws"}


def test_the_marked_copy_never_replaces_the_original(chuyi: Chuyi, workspace: Path, tmp_path: Path) -> None:
    source = tmp_path / "表.xlsx"
    chuyi("export", workspace, "-o", source)
    content = source.read_bytes()
    _assert_refused(chuyi("import", workspace, source, "--report", source), "原件")
    assert source.read_bytes() == content


def test_nothing_is_imported_where_the_marked_copy_cannot_be_written(
    chuyi: Chuyi, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "表.xlsx"
    chuyi("export", workspace, "-o", source)
    chuyi("set", workspace, "student_count=900")
    before = _count(chuyi, workspace)

    def full(*_: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    _assert_refused(chuyi("import", workspace, source, "--report", tmp_path / "no" / "r.xlsx"), "不存在")
    assert _count(chuyi, workspace) == before
    monkeypatch.setattr(workbooks, "marked_copy", full)
    _assert_refused(chuyi("import", workspace, source, "--report", tmp_path / "r.xlsx"))
    assert _count(chuyi, workspace) == before


def test_importing_what_is_there_says_so(chuyi: Chuyi, workspace: Path, tmp_path: Path) -> None:
    source = tmp_path / "表.xlsx"
    chuyi("export", workspace, "-o", source)
    answer = chuyi("import", workspace, source, "--report", tmp_path / "r.xlsx")
    assert answer.code == 0
    assert "没有改动" in answer.out
    assert load_workbook(tmp_path / "r.xlsx").sheetnames


def test_no_window_without_a_display(chuyi: Chuyi, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    _assert_refused(chuyi("gui"), "显示器")


def test_an_unknown_programme_is_told_the_known_ones_once(chuyi: Chuyi, tmp_path: Path) -> None:
    answer = chuyi("new", tmp_path / "x", "--programme", "nope", *NEW[2:])
    _assert_refused(answer, "conditions-secondary")
    assert answer.err.count("conditions-secondary") == 1


def test_which_of_several_assessments_is_meant_is_said(chuyi: Chuyi, workspace: Path) -> None:
    assert "几份自评" not in chuyi("set", workspace, "student_count=3").err
    chuyi("new", workspace, "--programme", "quality-secondary-school", "--year", "2026", "--school", "某校")
    answer = chuyi("assess", workspace, "--json")
    assert "优质中等职业学校" in answer.err
    assert answer.json["programme_id"] == "quality-secondary-school"
    chosen = chuyi("set", workspace, "student_count=4", "--programme", "conditions-secondary", "--year", 2026)
    assert (chosen.code, chosen.err) == (0, "")
