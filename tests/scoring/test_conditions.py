"""How conditions come out, by example."""

from decimal import Decimal

import pytest

from chuyi_desktop.domain.assessment import Entry, EvidenceLink, Field, FieldKind
from chuyi_desktop.domain.errors import PackError
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.indicator import Column, Indicator, ValueKind
from chuyi_desktop.domain.programme import AtLeastOf, Attested, Requirement, Rule, ThresholdCase
from chuyi_desktop.domain.provenance import Basis, Provenance
from chuyi_desktop.domain.values import Missing, MissingReason
from chuyi_desktop.domain.verdict import Outcome, RuleKind, RuleOutcome
from chuyi_desktop.scoring import assess
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
    number,
    programme,
    roster,
    threshold,
)

PLACE = choice("place", "学校所在地", urban="城市", county="县镇")
AREA = number("area", "生均校舍", "㎡")
HEADS = count("heads", "人数")


def judged(rule: Rule, values: dict[str, object] | None = None, **more: object) -> RuleOutcome:
    """The outcome of one condition over AREA, HEADS and PLACE."""
    applies_when = more.pop("applies_when", None)
    only = condition("c", rule, "唯一条件", applies_when)  # type: ignore[arg-type]  # text or None
    found = programme(AREA, HEADS, PLACE, groups=[group(only)])
    return assess(found, assessment(values, **more)).conditions[0]  # type: ignore[arg-type]  # builders' words


@pytest.mark.parametrize(
    ("sign", "value", "outcome", "gap"),
    [
        (">=", 20, Outcome.MET, None),
        (">=", "19.99", Outcome.UNMET, "0.01"),
        ("<=", 20, Outcome.MET, None),
        ("<=", "20.5", Outcome.UNMET, "0.5"),
        (">", "20.01", Outcome.MET, None),
        (">", 20, Outcome.UNMET, "0.01"),
        ("<", "19.5", Outcome.MET, None),
        ("<", 20, Outcome.UNMET, "0.01"),
        ("=", 18, Outcome.UNMET, "2"),
        ("!=", 20, Outcome.UNMET, None),
    ],
)
def test_threshold(sign: str, value: object, outcome: Outcome, gap: str | None) -> None:
    found = judged(threshold("area", sign, 20), {"area": Decimal(str(value))})
    assert found.outcome is outcome
    assert found.gap == (None if gap is None else Decimal(gap))
    assert found.comparison is Comparison(sign)
    assert found.threshold == 20
    assert found.unit == "㎡"
    assert found.provenance is STANDARD


def test_missing_value_is_missing_and_named() -> None:
    found = judged(threshold("area", ">=", 0))
    assert (found.outcome, found.gap, found.shown) == (Outcome.MISSING, None, "未填")
    assert found.value == Missing(fields=("area",))
    assert "未填：生均校舍" in found.explanation


def test_zero_is_a_value() -> None:
    assert judged(threshold("area", ">=", 20), {"area": 0}).outcome is Outcome.UNMET


CASES = threshold("area", ">=", case(20, 'place = "urban"'), case(16, label="县镇学校"))


def test_context_chooses_the_threshold_and_says_why() -> None:
    urban = judged(CASES, {"area": 18, "place": "urban"})
    county = judged(CASES, {"area": 18, "place": "county"})
    assert (urban.outcome, urban.threshold, urban.gap) == (Outcome.UNMET, 20, 2)
    assert urban.threshold_reason == "按学校所在地 = “城市”的标准（学校所在地 城市）"
    assert (county.outcome, county.threshold) == (Outcome.MET, 16)
    assert county.threshold_reason == "按“县镇学校”的标准（学校所在地 县镇）"
    assert urban.threshold_reason in urban.explanation


@pytest.mark.parametrize(("area", "outcome"), [(25, Outcome.MET), (18, Outcome.MISSING), (10, Outcome.UNMET)])
def test_missing_context_matters_only_where_it_decides(area: int, outcome: Outcome) -> None:
    found = judged(CASES, {"area": area})
    assert found.outcome is outcome
    assert (found.threshold, found.gap) == (None, None)
    assert found.shown_threshold == "≥ 20 ㎡ 或 ≥ 16 ㎡"
    assert "未填：学校所在地" in found.threshold_reason


def test_missing_context_of_equal_thresholds_keeps_the_threshold() -> None:
    rule = threshold("area", ">=", case(20, 'place = "urban"'), case(20))
    assert judged(rule, {"area": 18}).gap == 2


def test_one_threshold_for_all_needs_no_reason() -> None:
    assert judged(threshold("area", ">=", 20), {"area": 20}).threshold_reason == ""


def test_no_case_fits_is_not_applicable() -> None:
    rule = threshold("area", ">=", case(20, 'place = "urban"'))
    assert judged(rule, {"area": 1, "place": "county"}).outcome is Outcome.NOT_APPLICABLE
    assert judged(rule, {"area": 1}).outcome is Outcome.MISSING


def test_a_case_may_have_its_own_source() -> None:
    local = Provenance(Basis.OFFICIAL, "通知", "1号", "一")
    rule = threshold(
        "area", ">=", ThresholdCase(Decimal(16), parse('place = "county"'), provenance=local), 20
    )
    assert judged(rule, {"area": 18, "place": "county"}).provenance is local
    assert judged(rule, {"area": 18, "place": "urban"}).provenance is STANDARD
    assert judged(rule, {"area": 18}).provenance is STANDARD


def test_applies_when() -> None:
    rule = threshold("area", ">=", 20)
    only = 'place = "urban"'
    assert judged(rule, {"area": 1, "place": "urban"}, applies_when=only).outcome is Outcome.UNMET
    elsewhere = judged(rule, {"area": 1, "place": "county"}, applies_when=only)
    assert elsewhere.outcome is Outcome.NOT_APPLICABLE
    assert elsewhere.explanation == "学校所在地 县镇，本条不适用于本校"
    unknown = judged(rule, {"area": 1}, applies_when=only)
    assert (unknown.outcome, unknown.gap) == (Outcome.MISSING, None)
    assert "未填：学校所在地" in unknown.explanation


def test_requirement() -> None:
    rule = Requirement(parse("heads >= 10 or area >= 20"))
    assert judged(rule, {"heads": 10}).outcome is Outcome.MET
    unmet = judged(rule, {"heads": 9, "area": Decimal("19.5")})
    assert unmet.outcome is Outcome.UNMET
    assert unmet.explanation == (
        "人数 9 人，生均校舍 19.5 ㎡，要求 人数 ≥ 10 或 生均校舍 ≥ 20，即 9 ≥ 10 或 19.5 ≥ 20，不符合"
    )
    missing = judged(rule, {"heads": 9})
    assert missing.outcome is Outcome.MISSING
    assert "未填：生均校舍" in missing.explanation


def test_attested() -> None:
    rule = Attested("近三年无安全责任事故")
    assert judged(rule).outcome is Outcome.MISSING
    assert judged(rule, attested={"c": False}).outcome is Outcome.UNMET
    bare = judged(rule, attested={"c": True})
    assert (bare.outcome, bare.kind) == (Outcome.MET, RuleKind.ATTESTED)
    assert "尚未附佐证材料" in bare.explanation
    link = EvidenceLink("ab" * 32, "证明.pdf", "application/pdf", 1, 0)
    proved = judged(rule, attested={"c": True}, more={Field(FieldKind.EVIDENCE, "c", item="ab" * 32): link})
    assert "佐证材料 1 份" in proved.explanation


def options(wanted: int) -> AtLeastOf:
    return AtLeastOf(wanted, tuple(condition(f"o{at}", Attested(f"第{at}项")) for at in range(3)))


def test_at_least_of() -> None:
    met = judged(options(2), attested={"o0": True, "o1": True})
    assert (met.outcome, met.value, met.shown_threshold) == (Outcome.MET, 2, "≥ 2 项")
    unmet = judged(options(2), attested={"o0": False, "o1": False})
    assert (unmet.outcome, unmet.gap) == (Outcome.UNMET, 2)
    missing = judged(options(2), attested={"o0": True, "o1": False})
    assert (missing.outcome, missing.gap) == (Outcome.MISSING, None)
    assert [option.outcome for option in missing.options] == [Outcome.MET, Outcome.UNMET, Outcome.MISSING]
    assert "已达到 1 项（条件o0）" in missing.explanation


def test_an_option_that_is_not_for_the_school_does_not_count() -> None:
    rule = AtLeastOf(1, (condition("o", Attested("…"), applies_when='place = "urban"'),))
    assert judged(rule, {"place": "county"}, attested={"o": True}).outcome is Outcome.UNMET


def test_marked_not_applicable_exempts_from_nothing() -> None:
    entry = Entry(None, not_applicable="新建学校")
    found = judged(threshold("area", ">=", 20), {"area": entry})
    assert found.outcome is Outcome.MISSING
    assert found.value == Missing(MissingReason.NOT_APPLICABLE, ("area",))
    assert "标为不适用：生均校舍" in found.explanation


def test_division_by_zero_is_said() -> None:
    found = programme(
        HEADS,
        AREA,
        derived("each", "人均", "area / heads", "㎡"),
        groups=[group(condition("c", threshold("each", ">=", 1)))],
    )
    rule = assess(found, assessment({"heads": 0, "area": 5})).conditions[0]
    assert rule.outcome is Outcome.MISSING
    assert "人均 = 5 ÷ 0 = 未填（除数为 0）" in rule.explanation


def test_derived_of_derived_is_explained_down_to_what_was_typed() -> None:
    found = programme(
        HEADS,
        count("guests", "兼职人数"),
        AREA,
        derived("all", "折合人数", "heads + guests * 0.5", "人", digits=1),
        derived("each", "人均", "area / all", "㎡"),
        groups=[group(condition("c", threshold("each", ">=", 3)))],
    )
    rule = assess(found, assessment({"heads": 10, "guests": 5, "area": 30})).conditions[0]
    assert rule.explanation == (
        "生均校舍 30 ㎡，人数 10 人，兼职人数 5 人，折合人数 = 10 + 5 × 0.5 = 12.5 人，"
        "人均 = 30 ÷ 12.5 = 2.4 ㎡，标准 ≥ 3 ㎡，未达到，还差 0.6 ㎡"
    )
    assert rule.trace is not None
    assert [each.id for each in rule.trace.inputs] == ["area", "heads", "guests"]
    assert (rule.trace.formula, rule.trace.digits) == ("area / all", 2)


def test_every_rule_sees_the_rounded_value() -> None:
    found = programme(
        HEADS,
        AREA,
        derived("each", "人均", "area / heads", digits=1),
        groups=[group(condition("c", threshold("each", ">=", 2)))],
    )
    assert assess(found, assessment({"heads": 20, "area": 39})).conditions[0].outcome is Outcome.MET


def test_earlier_years() -> None:
    found = programme(
        HEADS,
        AREA,
        derived("each", "人均", "area / heads", digits=2),
        derived("growth", "人均变化", "each - years_back(each, 1)", digits=2),
        groups=[group(condition("c", threshold("growth", ">=", 0)))],
    )
    now = {"heads": 2, "area": 8}
    rule = assess(found, assessment(now, earlier={YEAR - 1: {"heads": 3, "area": 10}})).conditions[0]
    assert (rule.value, rule.outcome) == (Decimal("0.67"), Outcome.MET)
    assert f"{YEAR - 1}年人均 = 10 ÷ 3 = 3.33" in rule.explanation
    assert "人均变化 = 4 − 3.33 = 0.67" in rule.explanation
    alone = assess(found, assessment(now)).conditions[0]
    assert f"未填：{YEAR - 1}年生均校舍、{YEAR - 1}年人数" in alone.explanation


STAFF = roster(
    "staff", "教师名册", Column("title", "职称", ValueKind.TEXT), Column("hours", "学时", ValueKind.INTEGER)
)
SENIORS = programme(
    tables=[STAFF],
    groups=[group(condition("c", threshold('count(staff where title = "高级")', ">=", 1)))],
)


def test_rosters() -> None:
    rows = [{"title": "高级"}, {"title": "中级"}]
    met = assess(SENIORS, assessment(rows={"staff": rows})).conditions[0]
    assert (met.outcome, met.value) == (Outcome.MET, 1)
    assert met.explanation == "教师名册 2 行，教师名册中满足 职称 = “高级” 的行数 = 1，标准 ≥ 1，达到"
    assert assess(SENIORS, assessment(rows={"staff": []})).conditions[0].outcome is Outcome.UNMET
    unsaid = assess(SENIORS, assessment()).conditions[0]
    assert unsaid.outcome is Outcome.MISSING
    assert "未填：教师名册" in unsaid.explanation


def test_a_blank_cell_that_decides_is_named() -> None:
    rule = assess(SENIORS, assessment(rows={"staff": [{"hours": 3}]})).conditions[0]
    assert rule.outcome is Outcome.MISSING
    assert "未填：教师名册的“职称”列" in rule.explanation


def test_a_value_of_another_type_than_its_field_counts_as_not_filled() -> None:
    assert judged(threshold("heads", ">=", 1), {"heads": "很多"}).outcome is Outcome.MISSING
    assert judged(CASES, {"area": 18, "place": "moon"}).outcome is Outcome.MISSING


def test_a_circular_formula_is_refused() -> None:
    found = programme(
        derived("a", "甲", "b + 1"),
        derived("b", "乙", "a + 1"),
        groups=[group(condition("c", threshold("a", ">=", 1)))],
    )
    with pytest.raises(PackError, match="绕回"):
        assess(found, assessment())


def explained(*indicators: Indicator, rule: Rule, **values: object) -> str:
    found = programme(*indicators, tables=[STAFF], groups=[group(condition("c", rule))])
    rows = {"staff": [{"title": "高级"}, {"title": "中级"}]}
    return assess(found, assessment(values, rows=rows)).conditions[0].explanation


def test_a_count_is_said_once() -> None:
    seniors = derived("seniors", "高级教师数", 'count(staff where title = "高级")', unit="人", digits=0)
    said = explained(seniors, rule=threshold("seniors", ">=", 1))
    assert said == "教师名册 2 行，高级教师数 = 1 人，标准 ≥ 1 人，达到"


def test_of_a_choice_only_what_counts_is_read_out() -> None:
    rule = threshold('if(place = "urban", 2, 1) + if(heads >= 30, 1, 0)', ">=", 3)
    said = explained(PLACE, HEADS, rule=rule, place="urban", heads=36)
    assert said == "学校所在地 城市，人数 36 人，2 + 1 = 3，标准 ≥ 3，达到"


def test_a_bare_answer_is_not_asked_for_twice() -> None:
    answer = Indicator("approved", "是否立项", ValueKind.YES_NO)
    assert explained(answer, rule=Requirement(parse("approved")), approved=True) == "是否立项 是，符合"


def test_a_comparison_of_words_is_not_written_out_with_them() -> None:
    said = explained(PLACE, rule=Requirement(parse('place = "urban"')), place="urban")
    assert said == "学校所在地 城市，要求 学校所在地 = “城市”，符合"


def test_what_is_derived_from_many_figures_is_said_by_its_value() -> None:
    parts = [count(f"part_{letter}", f"第{letter}项") for letter in "abcde"]
    whole = derived("whole", "总数", " + ".join(one.id for one in parts), unit="人", digits=0)
    half = derived("half", "一半", "whole / 2", unit="人", digits=0)
    values = {one.id: 2 for one in parts}
    said = explained(*parts, whole, half, rule=threshold("half", ">=", 5), **values)
    assert said == "总数 10 人，一半 = 10 ÷ 2 = 5 人，标准 ≥ 5 人，达到"
    missing = explained(*parts, whole, half, rule=threshold("half", ">=", 5), **(values | {"part_a": None}))
    assert "未填：第a项" in missing


def test_a_factor_that_only_changes_the_unit_is_not_read_out() -> None:
    size = derived("size", "规模", "heads + area * 1", unit="人", digits=0)
    said = explained(HEADS, AREA, size, rule=threshold("size", ">=", 10), heads=8, area=4)
    assert said == "人数 8 人，生均校舍 4 ㎡，规模 = 8 + 4 = 12 人，标准 ≥ 10 人，达到"
