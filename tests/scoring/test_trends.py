"""A programme over the years."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.programme import Asked, Programme, Section
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.scoring import assess
from chuyi_desktop.scoring.trends import (
    JudgedYear,
    Move,
    YearValue,
    indicator_pairs,
    indicator_trends,
    moved,
    rule_trends,
)
from tests.builders import YEAR, assessment, condition, count, derived, group, number, programme, threshold

PACK = programme(
    count("students", "在校生数"),
    count("teachers", "专任教师数"),
    derived("ratio", "生师比", "students / teachers"),
    derived("since", "建校年数", "report_year - 1990", digits=0),
    groups=[group(condition("c1", threshold("ratio", "<=", 20)))],
    sections=(Section("s", "基本", (Asked("students", 2), Asked("teachers", 2))),),
)
SCHOOL = assessment(
    {"students": 1800, "teachers": 100},
    earlier={YEAR - 1: {"students": 1900}, YEAR - 2: {"students": 2400, "teachers": 100}},
)


def judged(year: int, pack: Programme = PACK, school: Assessment = SCHOOL) -> JudgedYear:
    of_year = replace(school, year=year)
    return JudgedYear(year, pack, of_year, assess(pack, of_year), assessed=year == YEAR)


YEARS = tuple(judged(year) for year in (YEAR - 2, YEAR - 1, YEAR))


def test_a_year_without_a_figure_is_missing_never_zero() -> None:
    trends = {trend.indicator.id: trend for trend in indicator_trends(YEARS)}
    assert [each.value for each in trends["students"].values] == [Decimal(2400), Decimal(1900), Decimal(1800)]
    teachers = trends["teachers"]
    assert [each.shown for each in teachers.values] == ["100 人", "未填", "100 人"]
    assert isinstance(teachers.values[1].value, Missing)
    assert teachers.moves == (Move(), Move())
    assert trends["ratio"].values[1].shown == "未填"


def test_the_year_of_the_report_is_each_years_own() -> None:
    since = next(trend for trend in indicator_trends(YEARS, ["since"]))
    assert [each.value for each in since.values] == [Decimal(34), Decimal(35), Decimal(36)]


def test_every_rule_is_told_year_by_year() -> None:
    (rule,) = rule_trends(YEARS)
    assert [each.outcome for each in rule.years] == [Outcome.UNMET, Outcome.MISSING, Outcome.MET]


def test_a_rule_that_a_years_pack_does_not_have_is_none() -> None:
    later = replace(PACK, condition_groups=(group(condition("c2", threshold("students", ">=", 1))),))
    found = rule_trends((YEARS[0], judged(YEAR, later)))
    assert [(each.id, [year.outcome for year in each.years]) for each in found] == [
        ("c2", [None, Outcome.MET]),
        ("c1", [Outcome.UNMET, None]),
    ]


def test_two_years_side_by_side() -> None:
    pairs = {pair.indicator.id: pair for pair in indicator_pairs(YEARS[0], YEARS[2])}
    assert pairs["students"].move == Move(Decimal(-600), Decimal(-25))
    assert pairs["ratio"].move == Move(Decimal(-6), Decimal(-25))
    assert pairs["teachers"].same
    assert not pairs["students"].same


def test_a_unit_that_another_pack_changed_is_converted_or_not_compared() -> None:
    def pack(unit: str) -> Programme:
        asked = (Section("s", "基本", (Asked("area"),)),)
        return programme(number("area", "占地面积", unit), sections=asked)

    school = assessment({"area": Decimal(40000)}, earlier={YEAR - 1: {"area": Decimal(3)}})
    now = judged(YEAR, pack("㎡"), school)
    (converted,) = indicator_pairs(judged(YEAR - 1, pack("公顷"), school), now)
    assert (converted.before.value, converted.move.change) == (Decimal(30000), Decimal(10000))
    (other,) = indicator_pairs(judged(YEAR - 1, pack("册"), school), now)
    assert (other.before.shown, other.move) == ("3 册", Move())


values = st.decimals(-(10**6), 10**6, places=2)


@given(values, values)
def test_a_move_leads_from_the_earlier_value_to_the_later(one: Decimal, two: Decimal) -> None:
    found = moved(YearValue(1, one, "", "人"), YearValue(2, two, "", "人"))
    assert found.change is not None
    assert one + found.change == two
    if one == 0:
        assert found.relative is None
    else:
        assert found.relative is not None
        assert abs(found.relative - 100 * (two - one) / abs(one)) <= Decimal("0.005")


def test_there_is_no_move_from_or_to_what_is_missing() -> None:
    known, missing = YearValue(1, Decimal(1), "", ""), YearValue(2, Missing(), "", "")
    assert moved(known, missing) == moved(missing, known) == Move()
