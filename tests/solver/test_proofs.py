"""What a plan claims of itself is proved: cases in which a cheaper way lies just out of sight."""

from decimal import Decimal
from fractions import Fraction

import pytest

from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.indicator import Column, ValueKind
from chuyi_desktop.domain.programme import Grade, Requirement, TierRule
from chuyi_desktop.scoring.planning.describing import told_cost
from chuyi_desktop.scoring.planning.improvement import Improvements, Terms
from chuyi_desktop.scoring.planning.improving import improve
from chuyi_desktop.scoring.planning.integer_program import Ending, IntegerProgram, Solved, Watch
from chuyi_desktop.solver.highs import HighsSolver
from tests.builders import (
    assessment,
    check,
    choice,
    condition,
    count,
    derived,
    group,
    programme,
    roster,
    threshold,
    tier,
)
from tests.solver.watching import Patient

GOOD = tier("good", TierRule(all_met=("hard",)))
TIERS = (GOOD, tier("none", TierRule()))


def found(made: object, stands: object, solver: object = None) -> Improvements:
    """One plan."""
    return improve(made, stands, Terms(GOOD, plans=1), solver or HighsSolver(), Patient())  # type: ignore[arg-type]  # whatever the test made


class OnlyOnce:
    """A solver that has no more time after its first answer."""

    def __init__(self) -> None:
        self._asked = 0

    def solve(self, program: IntegerProgram, watch: Watch, seconds: float) -> Solved:
        self._asked += 1
        return HighsSolver().solve(program, watch, seconds) if self._asked == 1 else Solved(Ending.STOPPED)


def test_a_figure_that_is_assumed_may_lie_far_away() -> None:
    """What is 未填 costs nothing, however large it has to be."""
    either = Requirement(parse("heads >= 100 or area >= 5000000"))
    made = programme(
        count("heads", "教师"), count("area", "面积"), groups=[group(condition("c", either))], tiers=TIERS
    )
    plan = found(made, assessment({"heads": 99})).plans[0]
    assert (plan.cost, plan.optimal) == (0, True)
    assert [(step.id, step.after) for step in plan.steps] == [("area", Decimal(5_000_000))]


def test_what_was_proved_near_by_is_not_proved_of_all() -> None:
    """The first search looks only so far; what costs more than that must be held against what lies beyond."""
    names = [f"n{at}" for at in range(5)]
    every = Requirement(parse(" and ".join(f"{name} >= 2" for name in names)))
    made = programme(
        *(count(name, name) for name in names), groups=[group(condition("c", every))], tiers=TIERS
    )
    plan = found(made, assessment(dict.fromkeys(names, 1)), OnlyOnce()).plans[0]
    assert plan.cost == 5
    assert not plan.optimal
    assert plan.gap is not None
    assert plan.gap > 0
    assert found(made, assessment(dict.fromkeys(names, 1))).plans[0].optimal


def test_what_a_check_ties_to_a_figure_moves_with_it() -> None:
    made = programme(
        count("teachers", "教师"),
        count("staff", "教职工"),
        groups=[group(condition("c", threshold("teachers", ">=", 12)))],
        checks=[check("q", "teachers <= staff", Grade.MANDATORY)],
        tiers=TIERS,
    )
    plan = found(made, assessment({"teachers": 9, "staff": 10})).plans[0]
    assert {step.id: step.after for step in plan.steps} == {"teachers": Decimal(12), "staff": Decimal(12)}
    assert plan.optimal
    assert not plan.new_findings


def test_a_check_taken_more_narrowly_leaves_it_open_whether_a_plan_is_the_cheapest() -> None:
    """Both sides are rounded: the program asks for more than the check does."""
    made = programme(
        count("a", "甲"),
        count("c", "丙"),
        derived("ra", "甲数", "a / 3", digits=0),
        derived("rc", "丙数", "c / 7", digits=0),
        groups=[group(condition("k", threshold("a", ">=", 11)))],
        checks=[check("q", "ra <= rc", Grade.MANDATORY)],
        tiers=TIERS,
    )
    plan = found(made, assessment({"a": 9, "c": 21})).plans[0]
    # a = 11 rounds to 4, which c = 25 rounds to as well.
    best = Fraction(2, 9) + Fraction(4, 21)
    assert not plan.optimal or abs(Fraction(plan.cost) - best) < Fraction(1, 10**6)


def test_a_choice_nobody_can_make_is_met_on_both_ways() -> None:
    open_choice = Requirement(parse('if(kind = "x", heads >= 10, heads >= 8)'))
    made = programme(
        count("heads", "教师"),
        choice("kind", "类别", x="一", y="二"),
        groups=[group(condition("c", open_choice))],
        tiers=TIERS,
    )
    plan = found(made, assessment({"heads": 5})).plans[0]
    assert [step.after for step in plan.steps] == [Decimal(10)]
    assert plan.optimal


SCORES = roster("scores", "成绩明细表", Column("mark", "分数", ValueKind.INTEGER))


@pytest.mark.parametrize("rows", [[], [{"mark": 5}, {"mark": 9}]])
def test_a_least_that_new_rows_could_change_is_not_said_to_be_proved(rows: list[dict[str, int]]) -> None:
    """``low`` is asked for twice; the first time it is told exactly, the second it is not."""
    wanted = Requirement(parse("low >= 3 and low + heads <= 8"))
    made = programme(
        count("heads", "教师"),
        derived("low", "最低分", "min(scores.mark)", digits=0),
        tables=[SCORES],
        groups=[group(condition("c", wanted))],
        tiers=TIERS,
    )
    answer = found(made, assessment({"heads": 4}, rows={"scores": rows}))
    # A new row with 4 points would do.
    assert not any(plan.optimal for plan in answer.plans)
    assert answer.plans or any("不排除" in reason for reason in answer.reasons)


def test_a_plan_that_no_program_can_be_told_exactly_is_proved_without_it() -> None:
    """The roster's rule is met already; letting go of it shows that nothing is cheaper."""
    near = Requirement(parse("distinct(scores.mark) + round(heads / 3, 0) >= 4"))
    made = programme(
        count("heads", "教师"),
        count("rooms", "教室"),
        tables=[SCORES],
        groups=[group(condition("c", near), condition("d", threshold("rooms", ">=", 8)))],
        tiers=TIERS,
    )
    stands = assessment({"heads": 10, "rooms": 5}, rows={"scores": [{"mark": 5}, {"mark": 6}]})
    plan = found(made, stands).plans[0]
    assert [step.id for step in plan.steps] == ["rooms"]
    assert plan.optimal


def test_a_dear_plan_says_what_it_costs() -> None:
    assert told_cost(Fraction(10**30 + 1, 3)) == Decimal("333333333333333333333333333333.666667")
    assert told_cost(Fraction(1, 10**20)) > 0
    assert told_cost(Fraction(0)) == 0
