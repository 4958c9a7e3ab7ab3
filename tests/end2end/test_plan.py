"""``chuyi plan``: the way to a tier on the command line, and the changes it states do reach it."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.end2end.conftest import Chuyi

FIGURES = {
    "site_area": "141192",
    "building_area": "44580",
    "student_count": "3091",
    "staff_count": "186",
    "full_time_teacher_count": "157",
    "senior_title_teacher_count": "29",
    "dual_qualified_teacher_count": "80",
    "book_count": "132600",
}


@pytest.fixture
def school(chuyi: Chuyi, tmp_path: Path) -> Path:
    """The published figures of the real school."""
    settings = [word for item in FIGURES.items() for word in ("--set", "=".join(item))]
    whose = ("--programme", "conditions-secondary", "--year", "2022", "--school", "邵东县职业中等专业学校")
    assert chuyi("new", tmp_path / "ws", *whose, *settings).code == 0
    return tmp_path / "ws"


def _plans(chuyi: Chuyi, workspace: Path, *options: str) -> list[dict[str, object]]:
    answer = chuyi("plan", workspace, *options, "--json")
    assert answer.code == 0, answer.err
    plans: list[dict[str, object]] = answer.json["plans"]  # type: ignore[assignment]  # JSON
    return plans


def _apply(chuyi: Chuyi, workspace: Path, plan: dict[str, object]) -> None:
    changes: list[dict[str, str]] = plan["changes"]  # type: ignore[assignment]  # JSON
    settings = [f"{change['id']}={change['to']}" for change in changes if change["kind"] != "rows"]
    assert chuyi("set", workspace, *settings).code == 0


def test_the_stated_changes_reach_the_tier(chuyi: Chuyi, school: Path) -> None:
    plans = _plans(chuyi, school, "--tier", "达标")
    assert len(plans) >= 2
    costs = [Decimal(str(plan["cost"])) for plan in plans]
    assert costs == sorted(costs)
    assert all(plan["tier"] == "met" and plan["optimal"] is True for plan in plans)
    before = chuyi("assess", school, "--json").json["tier"]
    assert before is None or before["id"] != "met"  # type: ignore[index]  # JSON
    _apply(chuyi, school, plans[0])
    after = chuyi("assess", school, "--json").json["tier"]
    assert after["id"] == "met"  # type: ignore[index]  # JSON


def test_planning_changes_nothing(chuyi: Chuyi, school: Path) -> None:
    before = chuyi("assess", school, "--json").out
    _plans(chuyi, school, "--tier", "met")
    assert chuyi("assess", school, "--json").out == before


def test_frozen_figures_stay_and_limits_hold(chuyi: Chuyi, school: Path) -> None:
    options = ("--freeze", "在校生数", "--limit", "full_time_teacher_count=..157", "--plans", "1")
    (plan,) = _plans(chuyi, school, "--tier", "met", *options)
    changes: list[dict[str, str]] = plan["changes"]  # type: ignore[assignment]  # JSON
    moved = {change["id"]: change for change in changes}
    assert "student_count" not in moved
    assert Decimal(moved.get("full_time_teacher_count", {"to": "157"})["to"]) <= 157
    # 3,091 学生 × 20 ㎡: the building has to grow by what is missing, and by no step more.
    assert moved["building_area"]["from"] == "44580"
    assert Decimal(moved["building_area"]["to"]) == Decimal("61804.55")


def test_a_cost_turns_the_plan_elsewhere(chuyi: Chuyi, school: Path) -> None:
    (cheap,) = _plans(chuyi, school, "--tier", "met", "--plans", "1")
    (dear,) = _plans(chuyi, school, "--tier", "met", "--plans", "1", "--cost", "student_count=100")
    ids = [{str(change["id"]) for change in plan["changes"]} for plan in (cheap, dear)]  # type: ignore[attr-defined]  # JSON
    assert "student_count" in ids[0]
    assert "student_count" not in ids[1]


def test_what_is_not_filled_in_is_said_to_be_assumed(chuyi: Chuyi, school: Path) -> None:
    plan = _plans(chuyi, school, "--tier", "met")[0]
    changes: list[dict[str, object]] = plan["changes"]  # type: ignore[assignment]  # JSON
    assumed = [change for change in changes if change["assumed"]]
    assert assumed
    assert all(change["from"] is None and change["cost"] == "0" for change in assumed)


def test_a_clerk_reads_it(chuyi: Chuyi, school: Path) -> None:
    answer = chuyi("plan", school, "--tier", "达标", "--freeze", "在校生数", "--plans", "1")
    assert answer.code == 0
    assert "方案一（代价 0." in answer.out
    assert "校舍建筑面积 44,580 → 61,804.55 ㎡（增加 17,224.55 ㎡）" in answer.out
    assert "未填，需不少于" in answer.out
    assert "复算结果：达标" in answer.out


def test_where_there_is_no_way_the_rule_in_the_way_is_named(chuyi: Chuyi, school: Path) -> None:
    options = ("--tier", "达标", "--freeze", "student_count", "--limit", "校舍建筑面积=..50000")
    answer = chuyi("plan", school, *options, "--json")
    assert answer.code == 0
    assert answer.json["plans"] == []
    assert "生均校舍建筑面积" in str(answer.json["reason"])
    assert chuyi("plan", school, *options, "--strict").code == 1


def test_a_tier_that_is_reached_asks_for_nothing(chuyi: Chuyi, school: Path) -> None:
    answer = chuyi("plan", school, "--tier", "不达标", "--json")
    assert answer.json["reached"] is True
    (plan,) = answer.json["plans"]  # type: ignore[misc]  # JSON
    assert plan["changes"] == []
    assert plan["cost"] == "0"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--tier", "特优"), "达标（met）"),
        (("--tier", "met", "--freeze", "学生人数数"), "不是可以改动的"),
        (("--tier", "met", "--freeze", "ownership"), "不是"),
        (("--tier", "met", "--freeze", "student_teacher_ratio"), "由程序计算"),
        (("--tier", "met", "--limit", "student_count=1200"), "不是范围"),
        (("--tier", "met", "--limit", "student_count=很多..3000"), "不是数字"),
        (("--tier", "met", "--limit", "student_count=5..3"), "下限大于上限"),
        (("--tier", "met", "--limit", "student_count@1900=1..3"), "年度"),
        (("--tier", "met", "--cost", "student_count=-1"), "不小于 0"),
        (("--tier", "met", "--plans", "0"), "方案数"),
        (("--tier", "met", "--seconds", "0"), "秒"),
    ],
)
def test_what_cannot_be_understood_is_said(
    chuyi: Chuyi, school: Path, options: tuple[str, ...], words: str
) -> None:
    answer = chuyi("plan", school, *options)
    assert answer.code == 2
    assert words in answer.err
