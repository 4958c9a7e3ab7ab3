"""What ``forms check`` finds in packs that read without a mistake: it names the line and says what to do."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.formula import evaluate, parse
from chuyi_desktop.domain.indicator import Indicator, ValueKind
from chuyi_desktop.domain.problem import Problem
from chuyi_desktop.domain.values import Maybe, Missing
from chuyi_desktop.packs.ranges import Interval, Ranges, Truth
from tests.packs.forms import BASE_FILE, CATALOGUE_FILE, QUALITY_FILE, Forms

# Rules


def bounded(forms: Forms) -> None:
    """Give the catalogue's numbers the bounds that a real one has."""
    for name in ("在校生数", "专任教师数"):
        text = forms.text(CATALOGUE_FILE)
        forms.write(CATALOGUE_FILE, text.replace(f"name: {name}\n", f"name: {name}\n    minimum: 0\n"))
    forms.edit(
        CATALOGUE_FILE, "    unit: ㎡\n  field", "    unit: ㎡\n    minimum: 0\n    maximum: 90000\n  field"
    )


def found(problems: tuple[Problem, ...], code: str) -> Problem:
    chosen = [one for one in problems if one.code == f"audit.{code}"]
    assert len(chosen) == 1, [str(one) for one in problems]
    return chosen[0]


def test_a_sound_folder_has_no_mistake(forms: Forms) -> None:
    bounded(forms)
    assert forms.problems() == ()


CASES = [
    ("{value: 30000, when", "{value: 95000, when", "never_met", "95000", ("占地面积", "在 0 到 90000 之间")),
    ("zero_at: 25, full_at: 16", "zero_at: 25, full_at: -1", "linear_never_full", "-1", ("不小于 0",)),
    ("zero_at: 25, full_at: 16", "zero_at: -1, full_at: -5", "linear_constant", "subject: ratio", ()),
    ("requires: public", "requires: students < 0", "requires_never", "students < 0", ()),
]


@pytest.mark.parametrize(
    ("old", "new", "code", "at", "words"),
    CASES,
    ids=lambda value: str(value)[:24],
)
def test_a_rule_nobody_can_meet_is_a_mistake(
    forms: Forms, old: str, new: str, code: str, at: str, words: tuple[str, ...]
) -> None:
    bounded(forms)
    forms.edit(QUALITY_FILE, old, new)
    problem = found(forms.problems(), code)
    assert problem.place.file == QUALITY_FILE
    assert at in forms.text(QUALITY_FILE).split("\n")[problem.place.line - 1]
    for word in words:
        assert word in problem.sentence


def test_a_rule_nobody_can_fail_smells(forms: Forms) -> None:
    bounded(forms)
    forms.edit(QUALITY_FILE, "- {value: 20000}", "- {value: 0}")
    assert forms.problems() == ()
    forms.is_at(
        found(forms.warnings(), "always_met"), QUALITY_FILE, "0}\n      - id: results", "每所学校都满足"
    )


def test_a_band_everybody_reaches_smells(forms: Forms) -> None:
    bounded(forms)
    forms.edit(CATALOGUE_FILE, "kind: decimal, unit: ㎡}", "kind: decimal, unit: ㎡, minimum: 0}")
    forms.edit(QUALITY_FILE, "{bound: 50, points: 1}", "{bound: 0, points: 1}")
    forms.is_at(found(forms.warnings(), "band_always"), QUALITY_FILE, "0, points: 1}", "otherwise")


def test_a_band_nobody_reaches_is_a_mistake(forms: Forms) -> None:
    bounded(forms)
    forms.edit(QUALITY_FILE, 'sum(rooms.area where level = "high")', "min(site, 70)")
    forms.is_at(found(forms.problems(), "band_never"), QUALITY_FILE, "100, points: 3", "界限是 100", "70")


def test_a_case_after_one_for_everybody_smells(forms: Forms) -> None:
    bounded(forms)
    forms.edit(QUALITY_FILE, 'when: field = "engineering"', "when: students >= 0")
    found(forms.warnings(), "case_hides")


def test_thresholds_that_exclude_each_other_are_a_mistake(forms: Forms) -> None:
    more = """\
      - {id: ratio-low, title: 另一条, threshold: {subject: ratio, comparison: ">", value: 20}}
checks:
"""
    forms.edit(BASE_FILE, "checks:\n", more)
    problem = found(forms.problems(), "contradiction")
    assert "“另一条”与“生师比”不能同时满足" in problem.sentence


def test_options_of_a_choice_may_exclude_each_other(forms: Forms) -> None:
    promise = "- {id: promise, title: 承诺, attested: 承诺属实}"
    few = '- {id: few, title: 少而精, threshold: {subject: count(rooms), comparison: "<", value: 1}}'
    forms.edit(QUALITY_FILE, promise, few)
    assert not [one for one in forms.library.check() if one.code == "audit.contradiction"]


def test_a_rule_included_and_said_again_smells(forms: Forms) -> None:
    again = '{id: again, title: 又一条, threshold: {subject: ratio, comparison: "<=", value: 20}}'
    forms.edit(QUALITY_FILE, "      - id: is-public", f"      - {again}\n      - id: is-public")
    forms.is_at(found(forms.warnings(), "same_rule"), QUALITY_FILE, "{id: again", "“又一条”与“生师比”")


def test_a_rule_said_twice_smells(forms: Forms) -> None:
    more = """\
      - {id: ratio-again, title: 又一条, threshold: {subject: ratio, comparison: "<=", value: 20}}
checks:
"""
    forms.edit(BASE_FILE, "checks:\n", more)
    assert "“又一条”与“生师比”是同一条规则" in found(forms.warnings(), "same_rule").sentence


def test_a_check_that_always_holds_smells(forms: Forms) -> None:
    bounded(forms)
    forms.edit(BASE_FILE, "students <= years_back(students, 1) * 1.2", "students >= 0 and students >= -5")
    found(forms.warnings(), "check_always")


def test_a_check_that_never_holds_is_a_mistake(forms: Forms) -> None:
    bounded(forms)
    forms.edit(BASE_FILE, "students <= years_back(students, 1) * 1.2", "students < 0")
    found(forms.problems(), "check_never")


def test_a_tier_that_never_comes_out_is_a_mistake(forms: Forms) -> None:
    forms.edit(
        QUALITY_FILE,
        "name: B档, all_met: [basic], minimum_points: 6",
        "name: B档, all_met: [basic, extra], minimum_points: 8",
    )
    forms.is_at(found(forms.problems(), "tier_same"), QUALITY_FILE, "{id: grade-b", "B档", "A档")


def test_a_tier_that_lets_everything_pass_smells(forms: Forms) -> None:
    forms.edit(QUALITY_FILE, "name: B档, all_met: [basic]", "name: B档, most_unmet: {basic: 1}")
    forms.is_at(found(forms.warnings(), "tier_all_unmet"), QUALITY_FILE, "1}, minimum_points: 6", "只有 1 条")


# Units


@pytest.mark.parametrize(
    ("unit", "formula", "code"),
    [
        ("㎡", "site / students", ""),
        ("㎡/人", "site / students", ""),
        ("人/㎡", "site / students", "dimension"),
        ("㎡", "students / site", "dimension"),
        ("元", "site / students", "dimension"),
        ("㎡", "site + students", "packs.units"),
        ("㎡", "site + students / teachers * site", ""),
        ("㎡", "site / students * site", "dimension"),
        ("元", "money / students", "scale"),
        ("元", "money * 10000 / students", ""),
        ("万元", "money / students", ""),
        ("元/人", "money / students", "scale"),
        ("元", "money * 1000 / students", ""),
        ("%", "teachers / students", "scale"),
        ("%", "teachers / students * 100", ""),
        ("台", "students / teachers * 100", ""),
        ("亩", "site", "scale"),
        ("亩", "site * 3 / 2000", ""),
        ("元", "money + fee", "packs.units"),
        ("元", "money * 10000 + fee", ""),
        ("元", "money * 1.2 + fee", "sides_scale"),
        ("元", "money / students - site / students", "sides"),
    ],
)
def test_units_of_derived_indicators(forms: Forms, unit: str, formula: str, code: str) -> None:
    forms.edit(
        CATALOGUE_FILE,
        "  spare:\n",
        f"""\
  money: {{name: 收入, kind: decimal, unit: 万元}}
  fee: {{name: 学费, kind: decimal, unit: 元}}
  made:
    name: 算出的数
    unit: "{unit}"
    digits: 2
    formula: {formula}
  spare:
""",
    )
    codes = {one.code.removeprefix("audit.") for one in forms.problems()}
    if code:
        assert code in codes, codes
    else:
        assert not codes


def test_a_formula_of_a_rule_is_held_against_itself(forms: Forms) -> None:
    forms.edit(
        QUALITY_FILE, "requires: public", "requires: site / students >= students / teachers * students"
    )
    forms.is_at(found(forms.problems(), "sides"), QUALITY_FILE, "site / students >=", "㎡/人", "人")


def test_a_unit_that_is_not_written_smells(forms: Forms) -> None:
    forms.edit(CATALOGUE_FILE, "name: 生均用地\n    unit: ㎡", "name: 生均用地")
    assert "㎡/人" in found(forms.warnings(), "no_unit").sentence


# Not used


def test_what_no_pack_uses_smells(forms: Forms) -> None:
    warnings = forms.warnings()
    idle = {one.params["id"] for one in warnings if one.code in {"audit.indicator_idle", "audit.table_idle"}}
    assert idle == {"spare", "site_each"}
    forms.is_at(next(one for one in warnings if one.params.get("id") == "spare"), CATALOGUE_FILE, "spare:")


def test_a_document_no_source_names_smells(forms: Forms) -> None:
    forms.edit(CATALOGUE_FILE, "documents:\n", "documents:\n  letter: {title: 一封信}\n")
    forms.is_at(found(forms.warnings(), "document_idle"), CATALOGUE_FILE, "letter:", "一封信")


def test_a_shared_part_no_pack_names_smells(forms: Forms) -> None:
    forms.write("parts/opinions.yaml", "after:\n  dossier:\n    - {kind: findings}\n")
    forms.is_at(found(forms.warnings(), "part_idle"), "parts/opinions.yaml", "after:", "opinions")
    forms.edit(BASE_FILE, "applicant: 学校\n", "applicant: 学校\nparts: [opinions]\n")
    assert not [one for one in forms.warnings() if one.code == "audit.part_idle"]


def test_a_roster_asked_for_nothing_smells(forms: Forms) -> None:
    forms.edit(
        CATALOGUE_FILE,
        "tables:\n",
        "tables:\n  awards: {name: 奖项, columns: {name: {name: 名称, kind: text}}}\n",
    )
    forms.edit(QUALITY_FILE, "tables: [rooms]", "tables: [rooms, awards]")
    forms.is_at(found(forms.warnings(), "table_asked_idle"), QUALITY_FILE, "awards]", "奖项")


def test_an_indicator_asked_for_nothing_smells(forms: Forms) -> None:
    forms.edit(QUALITY_FILE, "field, public, ratio]", "field, public, ratio, spare]")
    forms.is_at(found(forms.warnings(), "asked_idle"), QUALITY_FILE, "spare]", "备用数")


# Ranges are never too narrow


class _Facts:
    def __init__(self, values: dict[str, Decimal]) -> None:
        self._values = values

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        del years_back
        return self._values[indicator_id]

    def rows(self, table_id: str) -> Missing:
        return Missing(fields=(table_id,))


_LEAVES = st.sampled_from(["a", "b", "c", "2", "-3", "0.5", "0"])
_NUMBERS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda it: f"({it[0]} {it[1]} {it[2]})"),
        st.tuples(st.sampled_from(["min", "max", "avg", "sum"]), inner, inner).map(
            lambda it: f"{it[0]}({it[1]}, {it[2]})"
        ),
        inner.map(lambda each: f"round({each}, 1)"),
        st.tuples(inner, inner, inner).map(lambda it: f"if({it[0]} > {it[1]}, {it[1]}, {it[2]})"),
    ),
    max_leaves=8,
)
_VALUES = st.integers(-20, 20).map(Decimal)


@given(_NUMBERS, _NUMBERS, st.sampled_from([">=", "<=", ">", "<", "=", "!="]), _VALUES, _VALUES, _VALUES)
def test_what_a_formula_gives_is_in_its_range(
    left: str, right: str, sign: str, a: Decimal, b: Decimal, c: Decimal
) -> None:
    bounds = {"a": (Decimal(-20), Decimal(20)), "b": (Decimal(0), None), "c": (None, Decimal(0))}
    indicators = {
        key: Indicator(key, key, ValueKind.DECIMAL, minimum=least, maximum=most)
        for key, (least, most) in bounds.items()
    }
    ranges = Ranges(indicators, {})
    facts = _Facts({"a": a, "b": abs(b), "c": -abs(c)})
    tree = parse(left)
    value, interval = evaluate(tree, facts), ranges.of(tree)
    if isinstance(value, Decimal):
        assert isinstance(interval, Interval)
        near = Decimal("1e-9") * max(abs(value), 1)
        assert interval.least is None or interval.least <= value + near
        assert interval.most is None or interval.most >= value - near
    whole = parse(f"{left} {sign} {right}")
    answer, truth = evaluate(whole, facts), ranges.of(whole)
    if isinstance(answer, bool) and "/" not in left + right and "avg" not in left + right:
        assert isinstance(truth, Truth)
        assert truth.yes if answer else truth.no
