"""Tiers against every way a school may still come out."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.programme import (
    Attested,
    Band,
    Bands,
    Level,
    Linear,
    Programme,
    Rubric,
    ScoredItem,
    Tier,
    TierRule,
)
from chuyi_desktop.domain.verdict import Outcome, Verdict
from chuyi_desktop.scoring import assess
from tests.builders import STANDARD, assessment, condition, count, group, programme, section, threshold, tier


def plain_tier(programme_: Programme, verdict: Verdict) -> Tier | None:
    """The tier of a verdict without missing data, straight from the words of the rule."""
    for each in programme_.tiers:
        unmet = {
            part.id: sum(
                1 for rule in verdict.conditions if rule.group == part.id and rule.outcome is Outcome.UNMET
            )
            for part in programme_.condition_groups
        }
        rule = each.rule
        if (
            all(unmet[id_] == 0 for id_ in rule.all_met)
            and all(unmet[id_] <= most for id_, most in rule.most_unmet)
            and (rule.minimum_points is None or verdict.points >= rule.minimum_points)
        ):
            return each
    return None


rules = st.builds(
    TierRule,
    st.lists(st.sampled_from(["hard", "soft"]), unique=True, max_size=2).map(tuple),
    st.lists(
        st.tuples(st.sampled_from(["hard", "soft"]), st.integers(0, 2)), max_size=2, unique_by=lambda p: p[0]
    ).map(tuple),
    st.none() | st.integers(0, 24).map(Decimal),
)
tier_lists = st.lists(rules, min_size=1, max_size=4).map(
    lambda found: [tier(f"t{at}", rule) for at, rule in enumerate(found)]
)
LEVELS = Rubric(
    (Level("top", "优", Decimal(10)), Level("mid", "良", Decimal(3)), Level("low", "差", Decimal(0)))
)
NAMES = ("h0", "h1", "s0", "s1")


def independent(tiers: Sequence[Tier]) -> Programme:
    """Conditions and items, each with a field of its own."""
    return programme(
        groups=[
            group(*(condition(each, Attested(each)) for each in NAMES[:2]), id="hard"),
            group(*(condition(each, Attested(each)) for each in NAMES[2:]), id="soft"),
        ],
        scored=[
            section(*(ScoredItem(f"i{at}", f"项{at}", Decimal(10), LEVELS, STANDARD) for at in range(2)))
        ],
        tiers=tiers,
    )


answers = st.fixed_dictionaries({name: st.none() | st.booleans() for name in NAMES})
ratings = st.fixed_dictionaries(
    {name: st.none() | st.sampled_from(["top", "mid", "low"]) for name in ("i0", "i1")}
)


def filled(attested: dict[str, bool | None], rated: dict[str, str | None]) -> Assessment:
    return assessment(
        attested={key: value for key, value in attested.items() if value is not None},
        rated={key: value for key, value in rated.items() if value is not None},
    )


@given(tier_lists, answers, ratings)
def test_possible_tiers_are_exactly_those_of_some_completion(
    tiers: list[Tier], attested: dict[str, bool | None], rated: dict[str, str | None]
) -> None:
    asked = independent(tiers)
    verdict = assess(asked, filled(attested, rated))
    reached = set()
    for held in product(*([value] if value is not None else [True, False] for value in attested.values())):
        for levels in product(
            *([value] if value is not None else ["top", "mid", "low"] for value in rated.values())
        ):
            whole = assess(
                asked, filled(dict(zip(attested, held, strict=True)), dict(zip(rated, levels, strict=True)))
            )
            expected = plain_tier(asked, whole)
            assert whole.tier == expected
            reached.add(expected)
    assert set(verdict.possible_tiers) == reached - {None}
    assert verdict.tier == (next(iter(reached)) if len(reached) == 1 else None)


def shared(tiers: Sequence[Tier]) -> Programme:
    """Conditions and items that read the same two numbers, and pull in different directions."""
    return programme(
        count("a", "甲"),
        count("b", "乙"),
        groups=[
            group(
                condition("h0", threshold("a", ">=", 2)),
                condition("h1", threshold("b / a", ">=", 1), applies_when="b > 0"),
                id="hard",
            ),
            group(
                condition("s0", threshold("a", "<=", 2)), condition("s1", threshold("b", "<=", 1)), id="soft"
            ),
        ],
        scored=[
            section(
                ScoredItem("i0", "项0", Decimal(12), Linear(parse("a"), Decimal(0), Decimal(3)), STANDARD),
                ScoredItem(
                    "i1",
                    "项1",
                    Decimal(12),
                    Bands(
                        parse("b"),
                        (Band(Decimal(1), Decimal(12)), Band(Decimal(2), Decimal(5))),
                        rising=False,
                    ),
                    STANDARD,
                ),
            )
        ],
        tiers=tiers,
    )


small = st.none() | st.integers(1, 4)


@given(tier_lists, small, small)
def test_no_completion_comes_out_with_a_tier_that_was_ruled_out(
    tiers: list[Tier], a: int | None, b: int | None
) -> None:
    asked = shared(tiers)
    verdict = assess(asked, assessment({"a": a, "b": b}))
    for x, y in product([a] if a else range(1, 5), [b] if b else range(1, 5)):
        whole = assess(asked, assessment({"a": x, "b": y}))
        assert whole.tier == plain_tier(asked, whole)
        assert whole.tier is None or whole.tier in verdict.possible_tiers
        if verdict.tier is not None:
            assert whole.tier == verdict.tier


def test_a_total_that_no_level_gives_opens_no_tier() -> None:
    tiers = [
        tier("a", TierRule(minimum_points=Decimal(10))),
        tier("b", TierRule(minimum_points=Decimal(5))),
        tier("c", TierRule()),
    ]
    two_levels = Rubric((Level("top", "优", Decimal(10)), Level("low", "差", Decimal(0))))
    asked = programme(scored=[section(ScoredItem("i", "项", Decimal(10), two_levels, STANDARD))], tiers=tiers)
    verdict = assess(asked, assessment())
    assert [each.id for each in verdict.possible_tiers] == ["a", "c"]


def test_one_tier_left_is_not_the_tier_while_none_may_come_out() -> None:
    asked = programme(
        groups=[group(condition("h", Attested("…")))], tiers=[tier("a", TierRule(all_met=("hard",)))]
    )
    unknown = assess(asked, assessment())
    assert (unknown.tier, [each.id for each in unknown.possible_tiers]) == (None, ["a"])
    failed = assess(asked, assessment(attested={"h": False}))
    assert (failed.tier, failed.possible_tiers) == (None, ())


def test_conditions_that_are_not_for_the_school_do_not_stand_against_it() -> None:
    rule = threshold("a", ">=", 5)
    asked = programme(
        count("a", "甲"),
        groups=[group(condition("h", rule, applies_when="a > 2"))],
        tiers=[tier("a", TierRule(all_met=("hard",))), tier("z", TierRule())],
    )
    assert assess(asked, assessment({"a": 1})).tier == asked.tiers[0]
    assert assess(asked, assessment({"a": 3})).tier == asked.tiers[1]


def test_unknown_applicability_counts_neither_way() -> None:
    asked = programme(
        count("a", "甲"),
        count("b", "乙"),
        groups=[group(condition("h", threshold("a", ">=", 5), applies_when="b > 2"))],
        tiers=[tier("a", TierRule(all_met=("hard",))), tier("z", TierRule())],
    )
    failing = assess(asked, assessment({"a": 1}))
    assert failing.conditions[0].outcome is Outcome.MISSING
    assert failing.possible_tiers == asked.tiers
    # Met or not asked of the school: it does not stand against it.
    assert assess(asked, assessment({"a": 5})).tier == asked.tiers[0]


def test_totals_beyond_every_real_form_are_still_sound() -> None:
    huge = Decimal(10) ** 15
    asked = programme(
        scored=[
            section(
                ScoredItem(
                    "i",
                    "项",
                    huge,
                    Rubric((Level("top", "优", huge), Level("low", "差", Decimal(0)))),
                    STANDARD,
                )
            )
        ],
        tiers=[tier("a", TierRule(minimum_points=huge)), tier("z", TierRule())],
    )
    assert [each.id for each in assess(asked, assessment()).possible_tiers] == ["a", "z"]
    assert assess(asked, assessment(rated={"i": "top"})).tier == asked.tiers[0]
