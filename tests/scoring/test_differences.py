"""Two verdicts held against each other."""

from dataclasses import replace
from decimal import Decimal

from chuyi_desktop.domain.assessment import Explanation
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.programme import AtLeastOf, Linear, ScoredItem, TierRule
from chuyi_desktop.scoring import assess
from chuyi_desktop.scoring.differences import VerdictDifference, difference, every_rule, paired_rules
from tests.builders import (
    SUGGESTION,
    assessment,
    check,
    condition,
    count,
    derived,
    group,
    programme,
    section,
    threshold,
    tier,
)

OPTIONS = AtLeastOf(
    1, (condition("o1", threshold("students", ">=", 2000)), condition("o2", threshold("teachers", ">=", 50)))
)
LINEAR = Linear(parse("books"), Decimal(0), Decimal(1000))
PACK = programme(
    count("students", "在校生数"),
    count("teachers", "专任教师数"),
    count("books", "图书", "册"),
    derived("ratio", "生师比", "students / teachers"),
    groups=[group(condition("c1", threshold("ratio", "<=", 20)), condition("k", OPTIONS))],
    scored=[
        section(
            ScoredItem(
                "s1", "图书", Decimal(10), Linear(parse("books"), Decimal(0), Decimal(1000)), SUGGESTION
            )
        )
    ],
    tiers=[tier("A", TierRule(all_met=("hard",))), tier("B", TierRule())],
    checks=[check("jump", "teachers <= students")],
)
VALUES = {"students": 1000, "teachers": 40, "books": 500}


def found(one: dict[str, int], two: dict[str, int]) -> VerdictDifference:
    return difference(assess(PACK, assessment(one)), assess(PACK, assessment(two)))


def test_a_verdict_does_not_differ_from_itself() -> None:
    same = found(VALUES, VALUES)
    assert not same.anything
    assert same.rules == same.findings == same.derived == ()


def test_what_one_more_teacher_changes_and_nothing_else() -> None:
    more = found(VALUES, VALUES | {"teachers": 50})
    assert [(each.id, each.aspects) for each in more.rules] == [
        ("c1", ("value", "outcome")),
        ("k", ("value", "outcome")),
        ("o2", ("value", "outcome")),
    ]
    (ratio,) = more.derived
    assert (ratio.before and ratio.before.result, ratio.after and ratio.after.result) == (25, 20)
    assert not more.same_tier
    assert (more.before.tier, more.after.tier) == (PACK.tiers[1], PACK.tiers[0])


def test_points_are_told() -> None:
    more = found(VALUES, VALUES | {"books": 1000})
    assert [(each.id, each.aspects) for each in more.rules] == [("s1", ("value", "outcome", "points"))]
    assert more.same_tier
    assert more.anything


def test_the_fields_to_blame_for_a_missing_value_are_no_difference() -> None:
    one, two = {"books": 1}, {"books": 1, "students": 10}
    assert [each.id for each in found(one, two).rules] == ["o1"]


def test_findings_come_go_and_are_settled() -> None:
    wrong = {"students": 10, "teachers": 20}
    appears = found(VALUES, VALUES | wrong)
    assert [(each.id, each.kind) for each in appears.findings] == [("jump", "added")]
    assert [(each.id, each.kind) for each in found(VALUES | wrong, VALUES).findings] == [("jump", "gone")]
    told = {"jump": Explanation("新校区刚刚建成")}
    settled = difference(assess(PACK, assessment(wrong)), assess(PACK, assessment(wrong, explained=told)))
    assert [(each.id, each.kind) for each in settled.findings] == [("jump", "settled")]
    assert settled.anything


def test_all_rules_can_be_paired_also_those_that_are_gone() -> None:
    fewer = replace(PACK, scored_sections=())
    one, two = assess(PACK, assessment(VALUES)), assess(fewer, assessment(VALUES))
    pairs = list(paired_rules(one, two))
    assert [pair.id for pair in pairs] == list(every_rule(one))
    assert [(pair.id, pair.after) for pair in pairs if pair.differs] == [("s1", None)]
