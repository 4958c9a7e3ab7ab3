"""Laws that hold for every programme and every school."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.display import grouped
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
    Rule,
    ScoredItem,
)
from chuyi_desktop.domain.values import Missing, round_half_up
from chuyi_desktop.domain.verdict import Outcome, RuleOutcome
from chuyi_desktop.scoring import assess
from tests.builders import (
    STANDARD,
    YEAR,
    assessment,
    case,
    check,
    choice,
    condition,
    count,
    derived,
    group,
    number,
    programme,
    section,
    threshold,
)

NAMES = ("a", "b", "c")
SUBJECTS = ("a", "b", "ratio", "deep", "a + b", "a / c", 'if(place = "urban", a, b)', "years_back(ratio, 1)")
SETTLED = {Outcome.MET, Outcome.UNMET, Outcome.NOT_APPLICABLE}

small = st.integers(0, 12)
subjects = st.sampled_from(SUBJECTS)
yes_no = st.sampled_from(
    ["a >= b", "ratio < 2", 'place = "urban"', "a > 3 or b > 3", "not (a = b and c > 1)", "deep >= ratio"]
)
plain_rules: st.SearchStrategy[Rule] = st.one_of(
    st.builds(
        lambda subject, sign, high, low, when: threshold(subject, sign, case(high, when), case(low)),
        subjects,
        st.sampled_from([">=", "<=", ">", "<", "=", "!="]),
        small,
        small,
        yes_no,
    ),
    st.builds(lambda holds: Requirement(parse(holds)), yes_no),
    st.just(Attested("…")),
)


@st.composite
def conditions(draw: st.DrawFn) -> list[object]:
    """Some conditions, a k-of-n among them, with ids of their own."""
    rules = draw(st.lists(plain_rules, min_size=3, max_size=5))
    whens = [draw(st.none() | yes_no) for _ in rules]
    made = [
        condition(f"r{at}", rule, applies_when=when)
        for at, (rule, when) in enumerate(zip(rules, whens, strict=True))
    ]
    options = tuple(made[1:])
    return [made[0], condition("k", AtLeastOf(draw(st.integers(1, len(options))), options))]


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
            st.builds(lambda bound, points: Band(Decimal(bound), Decimal(points)), small, small), max_size=4
        ),
        st.booleans(),
        small,
    ),
    st.just(Rubric((Level("top", "优", Decimal(20)), Level("low", "差", Decimal(1))))),
)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    items = [
        ScoredItem(f"i{at}", f"项{at}", Decimal(draw(st.integers(1, 10))), draw(methods), STANDARD)
        for at in range(draw(st.integers(1, 3)))
    ]
    return programme(
        *(count(name, f"指标{name}") for name in NAMES),
        choice("place", "所在地", urban="城市", county="县镇"),
        derived("ratio", "比值", "a / b"),
        derived("deep", "深层", "ratio * 2 + c", digits=1),
        groups=[group(*draw(conditions()))],  # type: ignore[arg-type]  # conditions
        scored=[section(*items)],
        checks=[check("x", draw(yes_no))],
    )


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    values = {name: draw(st.none() | small) for name in NAMES}
    place = draw(st.sampled_from([None, "urban", "county"]))
    ids = ("r0", "r1", "r2", "r3", "r4")
    attested = {each: draw(st.booleans()) for each in ids if draw(st.booleans())}
    rated = {each: draw(st.sampled_from(["top", "low"])) for each in ("i0", "i1") if draw(st.booleans())}
    earlier = {YEAR - 1: {name: draw(small) for name in NAMES if draw(st.booleans())}}
    return assessment({**values, "place": place}, earlier=earlier, attested=attested, rated=rated)


def flat(rules: tuple[RuleOutcome, ...]) -> dict[str, RuleOutcome]:
    return {each.id: each for rule in rules for each in (rule, *rule.options)}


@given(programmes(), assessments())
def test_scoring_is_deterministic(asked: Programme, given_: Assessment) -> None:
    reordered = replace(given_, fields=dict(reversed(list(given_.fields.items()))))
    assert assess(asked, given_) == assess(asked, reordered)


@given(programmes(), assessments(), st.data())
def test_filling_in_never_unsettles(asked: Programme, whole: Assessment, data: st.DataObject) -> None:
    fields = list(whole.fields)
    left_out = data.draw(st.sets(st.sampled_from(fields))) if fields else set()
    partial = replace(whole, fields={key: whole.fields[key] for key in fields if key not in left_out})
    before, after = assess(asked, partial), assess(asked, whole)
    later = flat(after.rules)
    for id_, rule in flat(before.rules).items():
        if rule.outcome in SETTLED:
            assert later[id_].outcome is rule.outcome
            assert later[id_].points == rule.points
    assert before.points <= after.points <= before.points + before.open_points
    assert set(after.possible_tiers) <= set(before.possible_tiers)


@given(programmes(), assessments())
def test_points_stay_inside(asked: Programme, given_: Assessment) -> None:
    verdict = assess(asked, given_)
    for item in verdict.items:
        assert item.maximum is not None
        assert (item.points is None) == (item.outcome is Outcome.MISSING)
        if item.points is not None:
            assert 0 <= item.points <= item.maximum
            assert (item.outcome is Outcome.MET) == (item.points == item.maximum)
    assert 0 <= verdict.points <= verdict.points + verdict.open_points <= verdict.maximum == asked.maximum


@given(programmes(), assessments())
def test_gap_is_positive_and_only_where_a_number_falls_short(asked: Programme, given_: Assessment) -> None:
    for rule in flat(assess(asked, given_).rules).values():
        if rule.gap is not None:
            assert rule.gap > 0
            assert rule.outcome is Outcome.UNMET
            assert not isinstance(rule.value, Missing)


@given(
    methods.filter(lambda method: not isinstance(method, Rubric)),
    st.decimals(-50, 50, places=2),
    st.decimals(-50, 50, places=2),
)
def test_better_input_never_lowers_an_item(method: Linear | Bands, one: Decimal, other: Decimal) -> None:
    single = replace(method, subject=parse("a"))
    if isinstance(single, Linear):
        more_is_better = single.full_at >= single.zero_at
    else:
        more_is_better = single.rising
        # A band not reached must not pay more than one that is: the pack's duty.
        single = replace(single, otherwise=min((step.points for step in single.steps), default=Decimal(0)))
    item = ScoredItem("i", "项", Decimal(7), single, STANDARD)
    asked = programme(number("a", "甲"), scored=[section(item)])
    low, high = sorted([one, other])
    worse, better = (low, high) if more_is_better else (high, low)
    points = [assess(asked, assessment({"a": value})).items[0].points for value in (worse, better)]
    assert points[0] is not None
    assert points[1] is not None
    assert points[0] <= points[1]


@given(st.integers(1, 5), st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=5))
def test_k_of_n_against_brute_force(wanted: int, answers: list[bool | None]) -> None:
    options = tuple(condition(f"o{at}", Attested("…")) for at in range(len(answers)))
    asked = programme(groups=[group(condition("k", AtLeastOf(wanted, options)))])
    attested = {f"o{at}": answer for at, answer in enumerate(answers) if answer is not None}
    rule = assess(asked, assessment(attested=attested)).conditions[0]
    unknown = [at for at, answer in enumerate(answers) if answer is None]
    held = sum(1 for answer in answers if answer)
    results = {
        held + len(chosen) >= wanted
        for size in range(len(unknown) + 1)
        for chosen in combinations(unknown, size)
    }
    expected = Outcome.MISSING if len(results) == 2 else Outcome.MET if results == {True} else Outcome.UNMET
    assert rule.outcome is expected
    assert rule.gap == (wanted - held if expected is Outcome.UNMET else None)


figures = st.integers(1, 99_999)


@given(figures, figures, figures, st.integers(0, 4))
def test_explanation_and_trace_hold_the_very_numbers_computed(
    a: int, b: int, limit: int, digits: int
) -> None:
    asked = programme(
        count("a", "在校生"),
        count("b", "专任教师"),
        derived("x", "生师比", "a / b", digits=digits),
        groups=[group(condition("c", threshold("x", "<=", limit)))],
        scored=[
            section(
                ScoredItem("i", "项", Decimal(9), Linear(parse("x"), Decimal(0), Decimal(limit)), STANDARD)
            )
        ],
    )
    verdict = assess(asked, assessment({"a": a, "b": b}))
    value = round_half_up(Decimal(a) / Decimal(b), digits)
    rule, item = verdict.rules
    said = {grouped(Decimal(each)) for each in (a, b, value, limit)}
    beside = {"0", "9"} | {grouped(each) for each in (rule.gap, item.points) if each is not None}
    for each in (rule, item):
        assert each.value == value
        assert each.trace is not None
        assert each.trace.result == value
        assert [given_.value for given_ in each.trace.inputs] == [a, b]
        found = set(re.findall(r"\d[\d,]*(?:\.\d+)?", each.explanation))
        assert said <= found
        assert found <= said | beside
        assert each.trace.reading in each.explanation
    assert verdict.derived["x"] == rule.trace
    assert rule.outcome is (Outcome.MET if value <= limit else Outcome.UNMET)
    assert rule.gap == (None if value <= limit else value - limit)
