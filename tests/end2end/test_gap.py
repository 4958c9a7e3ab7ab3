"""The real school's gap, ranges and figures near a threshold, as the command line tells them."""

from pathlib import Path
from typing import Any

import pytest

from tests.end2end.conftest import Chuyi
from tests.end2end.test_real_school import FIGURES

REST = {
    "equipment_value": "1200",
    "computer_count": "800",
    "specialty_teacher_count": "100",
    "student_seat_count": "400",
    "teacher_seat_count": "60",
    "running_track_length": "400",
    "main_field": "engineering",
}


@pytest.fixture
def school(chuyi: Chuyi, tmp_path: Path) -> Path:
    """A workspace with the published figures and nothing else."""
    settings = [word for item in FIGURES.items() for word in ("--set", "=".join(item))]
    asked = ("--programme", "conditions-secondary", "--year", "2022", "--school", "邵东县职业中等专业学校")
    assert chuyi("new", tmp_path / "ws", *asked, *settings).code == 0
    return tmp_path / "ws"


def rules(chuyi: Chuyi, workspace: Path, *more: str) -> dict[str, dict[str, Any]]:
    answer = chuyi("gap", workspace, "--json", *more)
    assert answer.code == 0, answer.err
    found: list[dict[str, Any]] = answer.json["rules"]  # type: ignore[assignment]  # JSON
    return {rule["title"]: rule for rule in found}


def test_what_stands_between_the_school_and_meeting_the_standard(chuyi: Chuyi, school: Path) -> None:
    found = rules(chuyi, school, "--tier", "达标")
    space = {change["id"]: change for change in found["生均校舍建筑面积"]["changes"]}
    assert (space["building_area"]["from"], space["building_area"]["to"]) == ("44580", "61804.55")
    assert (space["student_count"]["from"], space["student_count"]["to"]) == ("3091", "2229")
    found = rules(chuyi, school, "--all")
    titles = {change["id"]: change for change in found["高级职务教师占比"]["changes"]}
    assert (
        titles["senior_title_teacher_count"]["to"],
        titles["senior_title_teacher_count"]["difference"],
    ) == (
        "32",
        "3",
    )
    # Fewer teachers would raise the share, but spoil 生师比: said, and told last.
    assert [each["title"] for each in titles["full_time_teacher_count"]["breaks"]] == ["生师比"]
    assert found["高级职务教师占比"]["changes"][-1]["id"] == "full_time_teacher_count"
    assert found["每百生计算机数"]["changes"][0]["direction"] == "fill"


def test_the_stated_changes_do_reach_the_tier(chuyi: Chuyi, school: Path) -> None:
    # First everything is filled in as it well may be, then what the program says is done.
    settings = [f"{key}={value}" for key, value in REST.items()]
    indicators = [each for each in settings if chuyi("set", school, each).code == 0]
    assert indicators
    for _ in range(20):
        found = rules(chuyi, school, "--tier", "达标")
        if not found:
            break
        rule = next(iter(found.values()))
        changes = [each for each in rule["changes"] if not each["breaks"]]
        if rule["outcome"] == "missing" and not changes:
            break
        change = changes[0]
        value = "是" if change["to"] is True else change["to"]
        assert chuyi("set", school, f"{change['id']}={value}").code == 0, change
        assert rule["title"] not in rules(chuyi, school, "--tier", "达标")
    # The one that is left asks for a roster, which no single figure fills.
    assert list(found) in ([], ["每个专业的中级以上专任教师"])
    answer = chuyi("assess", school, "--json").json
    assert {tier["name"] for tier in answer["possible_tiers"]} <= {"达标", "基本达标"}  # type: ignore[attr-defined, index]


def test_one_rule_and_what_is_wrongly_asked_for(chuyi: Chuyi, school: Path) -> None:
    assert list(rules(chuyi, school, "--rule", "高级职务教师占比")) == ["高级职务教师占比"]
    assert rules(chuyi, school, "--rule", "生师比") == {}
    assert "已达到" in chuyi("gap", school, "--rule", "生师比").out
    for wrong in (("--rule", "没有这条"), ("--rule", "student_count"), ("--tier", "没有这档")):
        answer = chuyi("gap", school, *wrong)
        assert answer.code == 2, answer
        assert wrong[1] in answer.err


def test_the_words_of_the_gap(chuyi: Chuyi, school: Path) -> None:
    printed = chuyi("gap", school, "--all").out
    assert "校舍建筑面积 44,580 → 61,804.55 ㎡（增加 17,224.55 ㎡）" in printed
    assert "高级职务专任教师数 29 → 32 人（增加 3 人）" in printed
    assert "自评结果仅供学校参考，以主管部门评审为准" in printed


def test_what_may_still_come_out_narrows(chuyi: Chuyi, school: Path) -> None:
    before = chuyi("ranges", school, "--json").json
    assert [tier["name"] for tier in before["possible_tiers"]] == ["基本达标", "不达标"]  # type: ignore[attr-defined, index]
    assert before["exact"] is True
    first = before["open_inputs"][0]  # type: ignore[index]
    assert (first["id"], first["decides_tier"]) == ("equipment_value", True)
    assert chuyi("set", school, "equipment_value=1").code == 0
    after = chuyi("ranges", school, "--json").json
    assert [tier["name"] for tier in after["possible_tiers"]] == ["不达标"]  # type: ignore[attr-defined, index]
    assert "不达标" in chuyi("ranges", school).out


def test_the_figures_near_a_threshold(chuyi: Chuyi, school: Path) -> None:
    found = chuyi("sensitivity", school, "--json").json
    near = {each["id"]: each for each in found["inputs"]}  # type: ignore[attr-defined, index]
    (turn,) = near["full_time_teacher_count"]["rule_turns"]
    # 3091 students ask for 155 teachers at 20 : 1.
    assert (turn["value"], turn["difference"], turn["rules"]) == ("154", "-3", ["student-teacher-ratio"])
    assert "专任教师数 157 人：若实际少 3 人（1.9%）" in chuyi("sensitivity", school).out
    assert chuyi("sensitivity", school, "--reach", "1", "--json").json["inputs"] == []
    for wrong in ("x", "0", "101"):
        assert chuyi("sensitivity", school, "--reach", wrong).code == 2
