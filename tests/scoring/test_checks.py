"""Findings of consistency checks."""

import pytest

from chuyi_desktop.domain.assessment import Explanation
from chuyi_desktop.domain.programme import Grade
from chuyi_desktop.domain.verdict import Finding
from chuyi_desktop.scoring import assess
from tests.builders import assessment, check, choice, count, derived, programme

STAFF = count("staff", "专任教师")
SENIOR = count("senior", "高级教师")
KIND = choice("kind", "类型", a="甲类", b="乙类")
FORMULA = "senior <= staff"


def findings(
    values: dict[str, object],
    holds: str = FORMULA,
    grade: Grade = Grade.EXPLAIN,
    explained: Explanation | None = None,
) -> tuple[Finding, ...]:
    found = programme(
        STAFF,
        SENIOR,
        KIND,
        derived("share", "高级占比", "senior / staff * 100", "%"),
        checks=[check("k", holds, grade, title="高级教师不多于专任教师")],
    )
    explanations = {} if explained is None else {"k": explained}
    verdict = assess(found, assessment(values, explained=explanations))  # type: ignore[arg-type]  # plain numbers
    assert verdict.blocked == any(finding.blocks for finding in verdict.findings)
    return verdict.findings


def test_a_check_that_holds_finds_nothing() -> None:
    assert findings({"staff": 3, "senior": 3}) == ()


def test_a_finding_shows_the_numbers() -> None:
    (found,) = findings({"staff": 3, "senior": 4})
    assert found.message == (
        "高级教师不多于专任教师：高级教师 4 人，专任教师 3 人；应为 高级教师 ≤ 专任教师，而 4 ≤ 3 不成立"
    )
    assert [(each.label, each.shown) for each in found.shown] == [("高级教师", "4 人"), ("专任教师", "3 人")]


@pytest.mark.parametrize("values", [{}, {"staff": 3}, {"senior": 4}])
def test_not_judged_while_something_read_is_missing(values: dict[str, object]) -> None:
    assert findings(values) == ()


def test_not_judged_even_where_the_rest_would_decide() -> None:
    assert findings({"staff": 3}, "staff > 5 and senior <= staff") == ()


def test_a_branch_not_taken_is_not_read() -> None:
    assert findings({"staff": 3, "kind": "a"}, 'if(kind = "a", staff > 5, senior > 5)')


def test_a_derived_number_is_shown_with_its_way() -> None:
    (found,) = findings({"staff": 4, "senior": 3}, "share <= 50")
    assert "高级占比 = 3 ÷ 4 × 100 = 75%" in found.message


SHORT, LONG = "情况属实啊", "情况属实如此"


@pytest.mark.parametrize(
    ("grade", "explained", "settled", "blocks"),
    [
        (Grade.HINT, None, True, False),
        (Grade.EXPLAIN, None, False, False),
        (Grade.EXPLAIN, Explanation(SHORT), False, False),
        (Grade.EXPLAIN, Explanation(f" {SHORT}\n "), False, False),
        (Grade.EXPLAIN, Explanation(LONG), True, False),
        (Grade.NEAR_MANDATORY, Explanation(LONG), False, True),
        (Grade.NEAR_MANDATORY, Explanation(SHORT, confirmed_by_head=True), False, True),
        (Grade.NEAR_MANDATORY, Explanation(LONG, confirmed_by_head=True), True, False),
        (Grade.MANDATORY, Explanation(LONG, confirmed_by_head=True), False, True),
    ],
)
def test_settling(grade: Grade, explained: Explanation | None, *, settled: bool, blocks: bool) -> None:
    (found,) = findings({"staff": 3, "senior": 4}, grade=grade, explained=explained)
    assert (found.settled, found.blocks, found.explanation) == (settled, blocks, explained)
