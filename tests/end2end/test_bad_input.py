"""Bad input gets a sentence in Chinese, an exit code, and changes nothing."""

import re
from pathlib import Path

import pytest

from tests.end2end.conftest import Answer, Chuyi

NEW = ("--programme", "conditions-secondary", "--year", "2026", "--school", "某校")


@pytest.fixture
def workspace(chuyi: Chuyi, tmp_path: Path) -> Path:
    folder = tmp_path / "ws"
    assert chuyi("new", folder, *NEW, "--set", "student_count=1200").code == 0
    return folder


def _assert_refused(answer: Answer, *words: str) -> None:
    assert answer.code == 2, answer
    assert re.search("[\u4e00-\u9fff]", answer.err), answer
    for word in words:
        assert word in answer.err, answer


def _count(chuyi: Chuyi, workspace: Path) -> str:
    return chuyi("assess", workspace, "--json").out


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("no_such_thing=1", ("没有“no_such_thing”",)),
        ("student_count=许多", ("“许多”不是数",)),
        ("site_area=-5", ("-5", "最小值")),
        ("site_area=20千克", ("千克",)),
        ("student_count", ("指标=值",)),
    ],
)
def test_a_bad_setting_changes_nothing(
    chuyi: Chuyi, workspace: Path, setting: str, words: tuple[str, ...]
) -> None:
    before = _count(chuyi, workspace)
    _assert_refused(chuyi("set", workspace, "full_time_teacher_count=60", setting), *words)
    assert _count(chuyi, workspace) == before


def test_more_senior_teachers_than_teachers_is_saved_found_and_blocks(chuyi: Chuyi, workspace: Path) -> None:
    settings = ("full_time_teacher_count=60", "senior_title_teacher_count=61")
    assert chuyi("set", workspace, *settings).code == 0
    answer = chuyi("assess", workspace, "--strict")
    assert answer.code == 1
    assert "强制性" in answer.out


def test_strict_is_asked_for(chuyi: Chuyi, workspace: Path) -> None:
    assert chuyi("assess", workspace).code == 0
    assert chuyi("assess", workspace, "--strict").code == 1


def test_a_workbook_of_another_programme_or_year(chuyi: Chuyi, workspace: Path, tmp_path: Path) -> None:
    other, early = tmp_path / "other.xlsx", tmp_path / "early.xlsx"
    assert chuyi("template", "quality-secondary-school", "-o", other, "--year", 2026).code == 0
    assert chuyi("template", "conditions-secondary", "-o", early, "--year", 2025).code == 0
    before = _count(chuyi, workspace)
    _assert_refused(chuyi("import", workspace, other), "优")
    _assert_refused(chuyi("import", workspace, early), "2025", "2026")
    assert _count(chuyi, workspace) == before


@pytest.mark.parametrize("content", [b"", b"hello", b"<html></html>", b"PK\x03\x04broken", b"%PDF-1.7"])
def test_a_file_that_is_no_workbook(chuyi: Chuyi, workspace: Path, tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "f.xlsx"
    source.write_bytes(content)
    _assert_refused(chuyi("import", workspace, source), "f.xlsx")


def test_absent_things(chuyi: Chuyi, workspace: Path, tmp_path: Path) -> None:
    _assert_refused(chuyi("assess", tmp_path / "nowhere"), "nowhere")
    _assert_refused(chuyi("import", workspace, tmp_path / "absent.xlsx"), "absent.xlsx")
    _assert_refused(
        chuyi("attach", workspace, tmp_path / "absent.pdf", "--for", "student_count"), "absent.pdf"
    )
    _assert_refused(chuyi("template", "no-such-programme", "-o", tmp_path / "t.xlsx"), "no-such-programme")
    _assert_refused(chuyi("export", workspace, "-o", tmp_path / "no" / "such" / "f.xlsx"))


def test_wrong_usage(chuyi: Chuyi) -> None:
    _assert_refused(chuyi("new"), "缺少")
    _assert_refused(chuyi("assess", "ws", "--jsno"), "--json")
    _assert_refused(chuyi("nonsense"))


def test_the_packs_have_no_mistake(chuyi: Chuyi) -> None:
    assert chuyi("forms", "check").code == 0
    listed = chuyi("forms", "list").out
    assert "conditions-secondary" in listed
    assert "quality-secondary-school" in listed
    assert chuyi("forms", "show", "quality-secondary-school").code == 0
