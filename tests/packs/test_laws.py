"""Laws that the verdict on any school keeps, for every pack as it is shipped.

In the everyday run a few schools a pack; ``make fuzz`` tries many.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chuyi_desktop.domain.assessment import Assessment, Content, Entry, Field, FieldKind, Rating, Row
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.indicator import Column, Indicator, ValueKind
from chuyi_desktop.domain.programme import Bands, Linear, Programme, Rubric, ScoredItem
from chuyi_desktop.domain.values import Missing, Value, canonical, round_half_up
from chuyi_desktop.domain.verdict import Outcome, RuleKind, RuleOutcome, Trace, Verdict
from chuyi_desktop.report.summary import as_json
from chuyi_desktop.scoring import assess
from chuyi_desktop.scoring.outlook.outlook import outlook
from tests.builders import assessment as filled_in
from tests.builders import programme as made_of
from tests.builders import section
from tests.naive.judge import Judge, formula
from tests.naive.language import BLANK, World, half_up, leaves, plain, read, work_out
from tests.naive.schools import school
from tests.packs.test_differential import LIBRARY, PACKS

FEW = settings(max_examples=max(2, settings().max_examples // 50))
RANDOM = st.randoms(use_true_random=True)
PACK = pytest.mark.parametrize("pack", PACKS)
SOME = {FieldKind.VALUE, FieldKind.ATTESTATION, FieldKind.RATING, FieldKind.ROW, FieldKind.EMPTY_TABLE}
"""What leaves a gap when it is taken away; without an explanation a finding is the same finding."""


def flat(verdict: Verdict) -> dict[str, RuleOutcome]:
    return {each.id: each for rule in verdict.rules for each in (rule, *rule.options)}


@PACK
@FEW
@given(random=RANDOM)
def test_the_same_school_has_the_same_verdict(pack: str, random: Random) -> None:
    """Whatever the order of its fields, and whichever school was judged before."""
    programme = LIBRARY.programme(pack)
    one, other = school(programme, random), school(programme, random)
    shuffled = random.sample(list(one.fields.items()), len(one.fields))
    first = assess(programme, one)
    assess(programme, other)
    again = assess(programme, replace(one, fields=dict(shuffled)))
    assert first == again
    assert json.dumps(as_json(programme, first)) == json.dumps(as_json(programme, again))


@PACK
@FEW
@given(random=RANDOM)
def test_more_of_what_counts_never_lowers_the_points(pack: str, random: Random) -> None:
    """Of any two schools the one with more of an item's subject has no fewer points, or no more where smaller
    is better."""
    programme = LIBRARY.programme(pack)
    met: dict[str, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for _ in range(3):
        for item in assess(programme, school(programme, random, filled=1.0)).items:
            if isinstance(item.value, Decimal) and item.points is not None:
                met[item.id].append((item.value, item.points))
    for scored in programme.scored_items():
        pairs = sorted(met[scored.id], reverse=not rises(scored))
        assert [points for _, points in pairs] == sorted(points for _, points in pairs), (scored.id, pairs)


@PACK
def test_points_rise_from_bound_to_bound(pack: str) -> None:
    """Every item of the pack, at, beside and far from each of its bounds."""
    for item in LIBRARY.programme(pack).scored_items():
        if isinstance(item.method, Rubric):
            continue
        alone = made_of(
            Indicator("x", "数", ValueKind.DECIMAL),
            scored=[section(replace(item, method=replace(item.method, subject=parse("x"))))],
        )
        points = [earned(alone, value) for value in around(item)]
        assert points == sorted(points, reverse=not rises(item)), item.id
        assert {min(points), max(points)} <= {*points, Decimal(0)}
        assert max(points) == item.maximum, item.id
        assert min(points) >= 0


def earned(programme: Programme, value: Decimal) -> Decimal:
    points = assess(programme, filled_in({"x": value})).items[0].points
    assert points is not None
    return points


def rises(item: ScoredItem) -> bool:
    if isinstance(item.method, Linear):
        return item.method.full_at > item.method.zero_at
    return not isinstance(item.method, Bands) or item.method.rising


def around(item: ScoredItem) -> list[Decimal]:
    match item.method:
        case Bands(_, steps):
            bounds = [step.bound for step in steps]
        case Linear(_, zero_at, full_at):
            bounds = [zero_at + (full_at - zero_at) * at / 8 for at in range(9)]
        case Rubric():
            bounds = []
    near = (Decimal(each) for each in ("0", "0.01", "-0.01", "1000000", "-1000000"))
    return sorted({bound + step for step in near for bound in bounds})


@PACK
@FEW
@given(random=RANDOM)
def test_leaving_out_only_leaves_open(pack: str, random: Random) -> None:
    """Nothing is met, failed or found for want of data: whatever is said of a school with gaps would be said
    of it with the gaps filled too."""
    programme = LIBRARY.programme(pack)
    whole = school(programme, random, filled=random.choice((0.8, 1.0)))
    partial = without(programme, whole, random)
    before, after = assess(programme, whole), assess(programme, partial)
    told = flat(before)
    for name, rule in flat(after).items():
        assert rule.outcome in {told[name].outcome, Outcome.MISSING}, name
        assert rule.points in {told[name].points, None}, name
    assert after.points <= before.points <= after.points + after.open_points
    assert set(before.possible_tiers) <= set(after.possible_tiers)
    found = {finding.check.id: finding.row_count for finding in before.findings}
    for finding in after.findings:
        assert finding.row_count <= found.get(finding.check.id, -1), finding.check.id


def without(programme: Programme, whole: Assessment, random: Random) -> Assessment:
    """With some values, answers and whole rosters gone, and some cells blank. A blank in a column that has a
    default is no gap, and a roster with fewer rows is another roster, not one that is not known."""
    share = random.choice((0.02, 0.1, 0.4))
    rosters = {(place.key, place.year) for place in whole.fields if place.kind is FieldKind.ROW}
    unknown = {each for each in sorted(rosters, key=str) if random.random() < share}
    fields = {}
    for place, content in whole.fields.items():
        if place.kind in SOME - {FieldKind.ROW} and random.random() < share:
            continue
        if isinstance(content, Row):
            if (place.key, place.year) in unknown:
                continue
            columns = programme.tables[place.key].by_id
            cells = {
                name: value
                for name, value in content.cells.items()
                if columns[name].default is not None or random.random() >= share
            }
            content = replace(content, cells=cells)  # noqa: PLW2901  # the same row with blanks
        fields[place] = content
    return replace(whole, fields=fields)


@PACK
@settings(max_examples=max(1, settings().max_examples // 100))
@given(random=RANDOM)
def test_what_is_filled_in_later_was_foreseen(pack: str, random: Random) -> None:
    """A school with gaps, filled in with values that their fields may have, comes out within its outlook; and
    that is nowhere wider than the verdict with the gaps."""
    programme = LIBRARY.programme(pack)
    whole = plausible(programme, school(programme, random, filled=random.choice((0.9, 1.0))))
    partial = without(programme, whole, random)
    foreseen, narrowed = outlook(programme, partial), assess(programme, partial)
    verdict = assess(programme, whole)
    assert foreseen.lowest <= verdict.points + verdict.open_points
    assert verdict.points <= foreseen.highest
    assert verdict.tier is None or verdict.tier in foreseen.possible_tiers
    assert set(foreseen.possible_tiers) <= set(narrowed.possible_tiers)
    assert narrowed.points <= foreseen.lowest <= foreseen.highest <= narrowed.points + narrowed.open_points
    told = flat(verdict)
    for each in foreseen.rules:
        rule = told[each.id]
        assert rule.outcome is Outcome.MISSING or rule.outcome in each.outcomes, each.id
        if rule.points is not None and each.lowest is not None and each.highest is not None:
            assert each.lowest <= rule.points <= each.highest, each.id


def plausible(programme: Programme, whole: Assessment) -> Assessment:
    """With every number within its field, nothing declared 不适用, and no level that is gone."""

    def within(field: Indicator | Column, value: Value) -> Value:
        if not isinstance(value, Decimal):
            return value
        least = value if field.minimum is None else max(value, field.minimum)
        return round_half_up(least if field.maximum is None else min(least, field.maximum), field.decimals)

    fields: dict[Field, Content] = {}
    for place, content in whole.fields.items():
        if isinstance(content, Entry) and content.value is not None:
            fields[place] = Entry(within(programme.indicators[place.key], content.value))
        elif isinstance(content, Row):
            columns = programme.tables[place.key].by_id
            cells = {name: within(columns[name], value) for name, value in content.cells.items()}
            fields[place] = replace(content, cells=cells)
        elif not isinstance(content, Entry) and content != Rating("gone"):
            fields[place] = content
    return replace(whole, fields=fields)


@PACK
@FEW
@given(random=RANDOM)
def test_points_stay_in_bounds_and_add_up(pack: str, random: Random) -> None:
    programme = LIBRARY.programme(pack)
    verdict = assess(programme, school(programme, random))
    for item in verdict.items:
        assert item.maximum is not None
        assert item.points is None or 0 <= item.points <= item.maximum
        assert (item.points is None) == (item.outcome is Outcome.MISSING)
    for one in verdict.sections:
        inside = [item for item in verdict.items if item.group == one.id]
        assert one.points == sum(item.points or 0 for item in inside)
        assert one.open_points == sum(item.maximum or 0 for item in inside if item.points is None)
        assert one.maximum == sum(item.maximum or 0 for item in inside)
    assert verdict.points == sum(one.points for one in verdict.sections)
    assert verdict.open_points == sum(one.open_points for one in verdict.sections)
    assert verdict.maximum == sum(one.maximum for one in verdict.sections) == programme.maximum


@PACK
@FEW
@given(random=RANDOM)
def test_the_tier_fulfils_its_rule_and_no_better_one_is(pack: str, random: Random) -> None:
    programme = LIBRARY.programme(pack)
    verdict = assess(programme, school(programme, random))
    assert (verdict.tier is not None) == (len(verdict.possible_tiers) == 1)
    assert verdict.possible_tiers, "every pack ends with a tier that asks nothing"
    order = [tier.id for tier in programme.tiers]
    best, worst = verdict.possible_tiers[0], verdict.possible_tiers[-1]
    for tier in programme.tiers:
        if order.index(tier.id) < order.index(best.id):
            assert not fulfilled(verdict, tier.id, programme, hopefully=True), tier.id
        if order.index(tier.id) < order.index(worst.id):
            assert not fulfilled(verdict, tier.id, programme, hopefully=False), tier.id
    assert fulfilled(verdict, best.id, programme, hopefully=True)
    assert fulfilled(verdict, worst.id, programme, hopefully=False)


def fulfilled(verdict: Verdict, tier_id: str, programme: Programme, *, hopefully: bool) -> bool:
    """Whether a tier's whole rule holds if everything open turns out well, or badly."""
    rule = next(tier.rule for tier in programme.tiers if tier.id == tier_id)
    bad = {Outcome.UNMET} if hopefully else {Outcome.UNMET, Outcome.MISSING}
    unmet: dict[str, int] = defaultdict(int)
    for condition in verdict.conditions:
        unmet[condition.group] += condition.outcome in bad
    points = verdict.points + (verdict.open_points if hopefully else 0)
    return (
        all(unmet[group] == 0 for group in rule.all_met)
        and all(unmet[group] <= most for group, most in rule.most_unmet)
        and (rule.minimum_points is None or points >= rule.minimum_points)
    )


@PACK
@FEW
@given(random=RANDOM)
def test_what_is_explained_is_what_was_computed(pack: str, random: Random) -> None:
    programme = LIBRARY.programme(pack)
    assessment = school(programme, random)
    verdict = assess(programme, assessment)
    for name, trace in verdict.derived.items():
        recomputed(programme, assessment, trace, name)
    for rule in flat(verdict).values():
        if rule.trace is not None:
            recomputed(programme, assessment, rule.trace, rule.id)
            assert rule.trace.reading in rule.explanation, rule.id
            equations(rule.trace, rule.id)
        assert said_outcome(rule) is rule.outcome, (rule.id, rule.outcome, rule.explanation)
        if rule.points is not None and rule.maximum is not None:
            points = f"得 {canonical(rule.points)} 分（满分 {canonical(rule.maximum)} 分）"
            assert rule.explanation.endswith(points), rule.id
    for finding in verdict.findings:
        refuted(finding.message)


def recomputed(programme: Programme, assessment: Assessment, trace: Trace, name: str) -> None:
    """The formula of a trace gives its result from the inputs that it names, and from nothing else."""
    judge = Judge(programme, assessment)
    known = {(each.id, assessment.year - each.year): each.value for each in trace.inputs}

    def value(indicator_id: str, back: int) -> Any:
        indicator = programme.indicators.get(indicator_id)
        if indicator is not None and indicator.formula is not None:
            inner = World(lambda one, more: value(one, back + more), lambda table: rows(table, back))
            found = work_out(formula(indicator.formula), inner)
            rounds = isinstance(found, Fraction) and indicator.digits is not None
            return half_up(found, indicator.digits or 0) if rounds else found
        found = known.get((indicator_id, back), BLANK)
        return BLANK if isinstance(found, Missing) else plain(found)

    def rows(table: str, back: int) -> Any:
        return judge.rows(table, back) if (table, back) in known else None

    result = work_out(read(trace.formula), World(value, lambda table: rows(table, 0)))
    if isinstance(result, Fraction) and trace.digits is not None:
        result = half_up(result, trace.digits)
    program = BLANK if isinstance(trace.result, Missing) else plain(trace.result)
    assert result == program, (name, trace.formula, trace.inputs)
    for step in trace.steps:
        back = assessment.year - step.year
        found = work_out(
            read(step.formula), World(partial(years_back, value, back), partial(rows, back=back))
        )
        if isinstance(found, Fraction) and step.digits is not None:
            found = half_up(found, step.digits)
        assert found == (BLANK if isinstance(step.value, Missing) else plain(step.value)), (name, step)
    # What a derived number of many inputs was computed from is told in that number's own place.
    direct = {leaf[1:3] for leaf in leaves(read(trace.formula)) if leaf[0] == "name"}
    for each in trace.inputs:
        if not isinstance(each.value, Missing) and (each.id, assessment.year - each.year) in direct:
            assert each.shown in trace.reading, (name, each)


def years_back(value: Callable[[str, int], Any], years: int, name: str, back: int) -> Any:
    """A value as a formula of so many years ago sees it."""
    return value(name, years + back)


_FIGURES = r"[-\d,.()%]+(?: [-+−×÷] [-\d,.()%]+)+"
_EQUATION = re.compile(rf"= ({_FIGURES}) ([=≈]) (1:)?(-?[\d,]+(?:\.\d+)?)")


def equations(trace: Trace, name: str) -> None:
    """Every written sum of a reading comes to the number behind it, but for the rounding stated."""
    digits = [each for each in (trace.digits, *(step.digits for step in trace.steps)) if each is not None]
    allowed = Fraction(1, 2 * 10 ** min(digits)) if digits else Fraction(0)
    for left, sign, _, right in _EQUATION.findall(trace.reading):
        value = work_out(read(left.replace(",", "")), World(lambda *_: BLANK, lambda _: None))
        shown = Fraction(right.replace(",", ""))
        assert sign == "≈" or abs(value - shown) <= allowed, (name, trace.reading)


def said_outcome(rule: RuleOutcome) -> Outcome | None:
    """The outcome that the words of an explanation say."""
    words = rule.explanation
    if rule.points is not None or rule.maximum is not None:
        if "暂不能计分" in words:
            return Outcome.MISSING
        return Outcome.MET if f"得 {canonical(rule.maximum or Decimal(0))} 分（" in words else Outcome.UNMET
    if words.endswith("本条不适用于本校"):
        return Outcome.NOT_APPLICABLE
    if "；本条是否适用于本校尚不能确定（" in words:
        return Outcome.MISSING
    # The last word counts: before it stands how many parts of a k-of-n, and which standards, are still open.
    last, outcome = max((words.rfind(mark), outcome) for mark, outcome in MARKS[rule.kind].items())
    return outcome if last >= 0 else None


MARKS = {
    kind: {
        f"，{yes}": Outcome.MET,
        f"，{no}": Outcome.UNMET,
        "，暂不能判定": Outcome.MISSING,
        "暂不能判定（": Outcome.MISSING,
    }
    for kind, yes, no in (
        (RuleKind.THRESHOLD, "达到", "未达到"),
        (RuleKind.AT_LEAST_OF, "达到", "未达到"),
        (RuleKind.REQUIREMENT, "符合", "不符合"),
    )
}
MARKS[RuleKind.ATTESTED] = {"声明符合": Outcome.MET, "答复不符合": Outcome.UNMET, "尚未答复": Outcome.MISSING}


_REFUTED = re.compile(r"，而 ([-\d,.()%+×÷−≤≥<>=≠且或非 ]+) 不成立$")


def refuted(message: str) -> None:
    """The figures that a finding holds against its rule do not fulfil it."""
    for figures in _REFUTED.findall(message):
        value = work_out(read(figures.replace(",", "")), World(lambda *_: BLANK, lambda _: None))
        assert value is False, message


def test_a_wrong_sum_in_a_reading_is_found_out() -> None:
    trace = Trace("a / b", "比值 = 3,091 ÷ 157 = 19.68:1", (), Decimal("19.68"), 2)
    with pytest.raises(AssertionError):
        equations(trace, "x")
    equations(replace(trace, reading="比值 = 3,091 ÷ 157 = 19.69:1"), "x")
    with pytest.raises(AssertionError):
        refuted("审核：应为 甲 ≤ 乙，而 3 ≤ 1,200 不成立")


def test_the_place_of_a_value_is_its_year() -> None:
    """Last year's figure is no answer to this year's question."""
    programme = LIBRARY.programme("conditions-secondary")
    fields = {Field(FieldKind.VALUE, "site_area", 2025): Entry(Decimal(50000))}
    verdict = assess(programme, Assessment("a", programme.id, "1", "0", 2026, fields))
    assert flat(verdict)["site-area"].outcome is Outcome.MISSING
