"""Ranges under missing data: against brute force, and the laws they keep."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from chuyi_desktop.domain.assessment import Assessment, Attestation, Content, Entry, Field, FieldKind, Rating
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Band,
    Bands,
    Level,
    Linear,
    Programme,
    Requirement,
    Rubric,
    ScoredItem,
    TierRule,
)
from chuyi_desktop.domain.verdict import Outcome, Verdict
from chuyi_desktop.scoring import assess
from chuyi_desktop.scoring.outlook.outlook import outlook
from chuyi_desktop.scoring.points import attainable
from tests.builders import (
    STANDARD,
    YEAR,
    assessment,
    case,
    choice,
    condition,
    count,
    derived,
    group,
    programme,
    section,
    threshold,
    tier,
)

MOST = 6
NAMES = ("a", "b", "c")
SUBJECTS = ("a", "b", "ratio", "deep", "a + b - c", "a * b", "a / (a + c)", "max(a, b) - min(b, c)")
YES_NO = (
    "a >= b",
    "ratio < 2",
    'place = "urban"',
    "a > 3 or b > 3",
    "not (a = b and c > 1)",
    "deep >= ratio",
    'if(place = "urban", a >= 2, b >= 5)',
)

small = st.integers(0, MOST)
subjects = st.sampled_from(SUBJECTS)
yes_no = st.sampled_from(YES_NO)


@st.composite
def conditions(draw: st.DrawFn, prefix: str) -> list[object]:
    made = []
    for at in range(draw(st.integers(1, 3))):
        rule = draw(
            st.one_of(
                st.builds(
                    lambda subject, sign, high, low, when: threshold(
                        subject, sign, case(high, when), case(low)
                    ),
                    subjects,
                    st.sampled_from([">=", "<=", "=", "!="]),
                    small,
                    small,
                    yes_no,
                ),
                st.builds(lambda holds: Requirement(parse(holds)), yes_no),
                st.just(Attested("…")),
            )
        )
        made.append(condition(f"{prefix}{at}", rule, applies_when=draw(st.none() | yes_no)))
    if len(made) > 1 and draw(st.booleans()):
        options = tuple(made[1:])
        return [made[0], condition(f"{prefix}k", AtLeastOf(draw(st.integers(1, len(options))), options))]
    return list(made)


methods = st.one_of(
    st.builds(
        lambda subject, zero, full: Linear(parse(subject), Decimal(zero), Decimal(full)),
        subjects,
        small,
        small,
    ),
    st.builds(
        lambda subject, steps, rising, rest: Bands(parse(subject), tuple(steps), rising, Decimal(rest)),
        subjects,
        st.lists(
            st.builds(lambda bound, points: Band(Decimal(bound), Decimal(points)), small, small),
            max_size=3,
        ),
        st.booleans(),
        small,
    ),
    st.just(Rubric((Level("top", "优", Decimal(8)), Level("low", "差", Decimal(1))))),
)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    items = [
        ScoredItem(f"i{at}", f"项{at}", Decimal(draw(st.integers(1, 8))), draw(methods), STANDARD)
        for at in range(draw(st.integers(1, 3)))
    ]
    best, middle = sorted(draw(st.tuples(st.integers(0, 20), st.integers(0, 20))), reverse=True)
    bounded = [replace(count(name, name), minimum=Decimal(0), maximum=Decimal(MOST)) for name in NAMES]
    return programme(
        *bounded,
        choice("place", "所在地", urban="城市", county="县镇"),
        derived("ratio", "比值", "a / b"),
        derived("deep", "深层", "ratio * 2 + c", digits=1),
        groups=[
            group(*draw(conditions("g")), id="first"),  # type: ignore[arg-type]  # conditions
            group(*draw(conditions("h")), id="second"),  # type: ignore[arg-type]
        ],
        scored=[section(*items)],
        tiers=[
            tier("A", TierRule(("first", "second"), minimum_points=Decimal(best))),
            tier("B", TierRule(("second",), (("first", 1),), Decimal(middle))),
            *([tier("C", TierRule())] if draw(st.booleans()) else []),
        ],
    )


@st.composite
def schools(draw: st.DrawFn, asked: Programme) -> Assessment:
    """Some things filled in; few enough left open for brute force."""
    fields = {place: draw(st.sampled_from(list(found))) for place, found in domains(asked).items()}
    open_ = draw(st.sets(st.sampled_from(sorted(fields, key=lambda place: place.key)), max_size=4))
    size = 1
    kept = dict(fields)
    for place in sorted(open_, key=lambda each: each.key):
        size *= len(domains(asked)[place])
        if size <= 7 * 7 * 2:
            del kept[place]
    return replace(assessment(), fields=kept)


def domains(asked: Programme) -> dict[Field, list[Content]]:
    """Everything that can be filled in, and with what."""
    found: dict[Field, list[Content]] = {}
    for name in NAMES:
        values: list[Content] = [Entry(Decimal(value)) for value in range(MOST + 1)]
        found[Field(FieldKind.VALUE, name, YEAR)] = values
    found[Field(FieldKind.VALUE, "place", YEAR)] = [Entry("urban"), Entry("county")]
    for each in asked.conditions():
        if isinstance(each.rule, Attested):
            found[Field(FieldKind.ATTESTATION, each.id)] = [Attestation(True), Attestation(False)]  # noqa: FBT003
    for item in asked.scored_items():
        if isinstance(item.method, Rubric):
            found[Field(FieldKind.RATING, item.id)] = [Rating("top"), Rating("low")]
    return found


def fillings(asked: Programme, given_: Assessment) -> Iterator[Verdict]:
    """The verdicts on every way to fill in what is open."""
    open_ = {place: found for place, found in domains(asked).items() if place not in given_.fields}
    for contents in product(*open_.values()):
        fields = {**given_.fields, **dict(zip(open_, contents, strict=True))}
        yield assess(asked, replace(given_, fields=fields))


def least_and_most(asked: Programme, verdict: Verdict) -> tuple[Decimal, Decimal]:
    """The points of a verdict, where items that stay without a value may give anything they can."""
    low = high = Decimal(0)
    for item, judged in zip(asked.scored_items(), verdict.items, strict=True):
        ends = (judged.points,) if judged.points is not None else attainable(item) or (0, item.maximum)
        low, high = low + min(ends), high + max(ends)
    return low, high


@st.composite
def asked_schools(draw: st.DrawFn) -> tuple[Programme, Assessment]:
    asked = draw(programmes())
    return asked, draw(schools(asked))


@settings(max_examples=50, deadline=None)
@given(asked_schools())
def test_points_and_tiers_are_those_of_brute_force(pair: tuple[Programme, Assessment]) -> None:
    asked, given_ = pair
    found = outlook(asked, given_)
    verdicts = list(fillings(asked, given_))
    assert found.exact
    points = [least_and_most(asked, verdict) for verdict in verdicts]
    assert (found.lowest, found.highest) == (min(low for low, _ in points), max(high for _, high in points))
    tiers = {each.id for verdict in verdicts for each in verdict.possible_tiers}
    assert {each.id for each in found.possible_tiers} == tiers


@settings(max_examples=30, deadline=None)
@given(asked_schools())
def test_every_rule_is_bounded_as_by_brute_force(pair: tuple[Programme, Assessment]) -> None:
    asked, given_ = pair
    found = {each.id: each for each in outlook(asked, given_).rules}
    verdicts = list(fillings(asked, given_))
    for at, each in enumerate(verdicts[0].rules):
        judged = [verdict.rules[at] for verdict in verdicts]
        # Some stay without a value even when all is filled in, as in a division by zero.
        settled = {one.outcome for one in judged} - {Outcome.MISSING}
        told = found[each.id]
        assert settled <= set(told.outcomes)
        points = [one.points for one in judged if one.points is not None]
        if points and told.lowest is not None and told.highest is not None:
            assert told.lowest <= min(points) <= max(points) <= told.highest
        if Outcome.MISSING not in {one.outcome for one in judged}:
            assert settled == set(told.outcomes)
            assert told.lowest == (min(points) if points else None)
            assert told.highest == (max(points) if points else None)


@settings(max_examples=25, deadline=None)
@given(asked_schools(), st.data())
def test_filling_in_never_widens(pair: tuple[Programme, Assessment], data: st.DataObject) -> None:
    asked, given_ = pair
    open_ = [place for place in domains(asked) if place not in given_.fields]
    if not open_:
        return
    place = data.draw(st.sampled_from(open_))
    content = data.draw(st.sampled_from(domains(asked)[place]))
    before = outlook(asked, given_)
    after = outlook(asked, replace(given_, fields={**given_.fields, place: content}))
    assert before.lowest <= after.lowest <= after.highest <= before.highest
    assert set(after.possible_tiers) <= set(before.possible_tiers)
    assert before.none_possible or not after.none_possible


@settings(max_examples=25, deadline=None)
@given(asked_schools())
def test_the_tiers_are_among_those_of_the_verdict(pair: tuple[Programme, Assessment]) -> None:
    asked, given_ = pair
    verdict, found = assess(asked, given_), outlook(asked, given_)
    assert set(found.possible_tiers) <= set(verdict.possible_tiers)
    assert verdict.points <= found.lowest
    assert found.highest <= verdict.points + verdict.open_points


@settings(max_examples=25, deadline=None)
@given(asked_schools())
def test_an_outer_bound_has_everything_even_with_no_budget(pair: tuple[Programme, Assessment]) -> None:
    asked, given_ = pair
    bound, found = outlook(asked, given_, budget=0), outlook(asked, given_)
    assert bound.lowest <= found.lowest <= found.highest <= bound.highest
    assert set(found.possible_tiers) <= set(bound.possible_tiers)


def test_two_rules_on_one_missing_figure_are_not_taken_apart() -> None:
    # Alone each could be met; no number meets both, which the verdict does not see.
    asked = programme(
        replace(count("a", "甲"), minimum=Decimal(0)),
        groups=[group(condition("x", threshold("a", ">=", 10)), condition("y", threshold("a", "<=", 5)))],
        tiers=[tier("A", TierRule(("hard",))), tier("B", TierRule())],
    )
    assert [each.id for each in assess(asked, assessment()).possible_tiers] == ["A", "B"]
    found = outlook(asked, assessment())
    assert [each.id for each in found.possible_tiers] == ["B"]
    assert found.exact


def test_the_missing_inputs_are_ranked_by_what_hangs_on_them() -> None:
    asked = programme(
        replace(count("a", "甲"), minimum=Decimal(0)),
        replace(count("b", "乙"), minimum=Decimal(0)),
        count("c", "丙"),
        groups=[group(condition("x", threshold("a", ">=", 10)), condition("y", threshold("a + b", ">=", 5)))],
        scored=[
            section(ScoredItem("i", "项", Decimal(4), Linear(parse("b"), Decimal(0), Decimal(8)), STANDARD))
        ],
        tiers=[tier("A", TierRule(("hard",))), tier("B", TierRule())],
    )
    found = outlook(asked, assessment({"b": 5}))
    assert [(each.field.key, each.conditions, each.points) for each in found.open_inputs] == [
        ("a", ("x",), Decimal(0))
    ]
    assert found.open_inputs[0].decides_tier
    found = outlook(asked, assessment())
    assert [(each.field.key, each.conditions, each.items, each.points) for each in found.open_inputs] == [
        ("a", ("x", "y"), (), Decimal(0)),
        ("b", ("y",), ("i",), Decimal(4)),
    ]
    # With few 甲 it is B for certain; no number of 乙 settles it.
    assert [each.decides_tier for each in found.open_inputs] == [True, False]


def test_a_figure_declared_not_applicable_stays_open() -> None:
    asked = programme(
        count("a", "甲"),
        groups=[group(condition("x", threshold("a", ">=", 10)))],
        tiers=[tier("A", TierRule(("hard",))), tier("B", TierRule())],
    )
    found = outlook(asked, assessment({"a": Entry(None, not_applicable="不设")}))
    assert [each.id for each in found.possible_tiers] == ["A", "B"]
    assert found.open_inputs == ()


def test_more_points_than_can_be_told_apart_are_bounded_as_in_the_verdict() -> None:
    asked = programme(
        replace(count("a", "甲"), minimum=Decimal(0)),
        scored=[
            section(
                ScoredItem("i", "项", Decimal(10) ** 12, Linear(parse("a"), Decimal(0), Decimal(8)), STANDARD)
            )
        ],
        tiers=[tier("A", TierRule(minimum_points=Decimal(5))), tier("B", TierRule())],
    )
    found = outlook(asked, assessment())
    assert (found.lowest, found.highest, found.exact) == (0, Decimal(10) ** 12, False)
    assert [each.id for each in found.possible_tiers] == ["A", "B"]
