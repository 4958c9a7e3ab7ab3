"""``chuyi explain`` on a real school's published figures."""

from pathlib import Path

import pytest

from tests.end2end.conftest import Chuyi

SCHOOL = ("--programme", "conditions-secondary", "--year", "2022", "--school", "邵东县职业中等专业学校")


@pytest.fixture
def school(chuyi: Chuyi, tmp_path: Path) -> Path:
    """The figures as they were typed."""
    workspace = tmp_path / "ws"
    settings = ("--set", "full_time_teacher_count=157", "--set", "student_count=3091")
    assert chuyi("new", workspace, *SCHOOL, *settings, "--set", "main_field=工科类").code == 0
    return workspace


def test_a_rule_from_its_source_to_its_outcome(chuyi: Chuyi, school: Path, tmp_path: Path) -> None:
    """One figure is typed, the other comes in through a workbook."""
    book, imported = tmp_path / "填报.xlsx", tmp_path / "imported"
    assert chuyi("export", school, "-o", book).code == 0
    assert chuyi("new", imported, *SCHOOL, "--set", "full_time_teacher_count=157").code == 0
    assert chuyi("import", imported, book).code == 0
    shown = chuyi("explain", imported, "生师比")
    assert shown.code == 0
    for words in (
        "教职成〔2022〕5号",
        "在校生数 ÷ 专任教师数",
        "填报.xlsx",
        "导入",
        "157 人",
        "键入",
        "3,091 ÷ 157",
        "19.69:1",
        "≤ 20:1",
        "达到",
        "仅供学校参考",
    ):
        assert words in shown.out, words
    plain = chuyi("explain", imported, "student-teacher-ratio", "--json").json
    assert (plain["programme_id"], plain["year"], plain["outcome"]) == ("conditions-secondary", 2022, "met")
    inputs = plain["trace"]["inputs"]  # type: ignore[index]  # JSON
    assert [(each["id"], each["origin"]["kind"]) for each in inputs] == [
        ("student_count", "imported"),
        ("full_time_teacher_count", "typed"),
    ]


def test_every_standard_is_listed_and_the_one_that_counts_marked(chuyi: Chuyi, school: Path) -> None:
    shown = chuyi("explain", school, "equipment-by-field").out.splitlines()
    marked = [line for line in shown if "本校适用" in line]
    assert len(marked) == 1
    assert "3,000 元" in marked[0]
    assert any("2,500 元" in line for line in shown)


def test_a_name_that_nothing_has(chuyi: Chuyi, school: Path) -> None:
    answer = chuyi("explain", school, "生师")
    assert answer.code == 2
    assert "是不是：生师比" in answer.err
    assert answer.out == ""


def test_explained_is_what_was_assessed(chuyi: Chuyi, school: Path) -> None:
    verdict = chuyi("assess", school, "--json").json
    rules: list[dict[str, object]] = verdict["rules"]  # type: ignore[assignment]  # JSON
    for each in rules[::4]:
        told = chuyi("explain", school, each["id"], "--json").json
        assert [told[key] for key in ("outcome", "value", "explanation")] == [
            each[key] for key in ("outcome", "value", "explanation")
        ]
