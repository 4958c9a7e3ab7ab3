"""Conditions and figures of several years: written out by the parser, so that they mean what the plain
formula means."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.formula import FormulaError, evaluate, parse, references, write
from chuyi_desktop.domain.values import Maybe, Missing
from tests.domain.facts import GivenFacts

numbers = st.integers(-50, 50).map(Decimal)
years = st.lists(numbers, min_size=2, max_size=10)
"""This year first."""


def facts(given_years: list[Maybe]) -> GivenFacts:
    return GivenFacts({("x", back) if back else "x": value for back, value in enumerate(given_years)})


def value(function: str, given_years: list[Maybe]) -> Maybe:
    return evaluate(parse(f"{function}(x, {len(given_years)})"), facts(given_years))


@given(years)
def test_rising_is_more_every_year_than_the_year_before(values: list[Decimal]) -> None:
    assert value("rising", [*values]) is all(later > earlier for later, earlier in pairwise(values))
    assert value("not_falling", [*values]) is all(later >= earlier for later, earlier in pairwise(values))


@given(years)
def test_figures_over_years(values: list[Decimal]) -> None:
    assert value("years_sum", [*values]) == sum(values)
    assert value("years_min", [*values]) == min(values)
    average = value("years_avg", [*values])
    assert isinstance(average, Decimal)
    assert abs(average * len(values) - sum(values)) < Decimal("1e-20")


@given(years, st.data())
def test_a_year_that_is_missing_is_never_taken_for_zero(values: list[Decimal], data: st.DataObject) -> None:
    gap = data.draw(st.integers(0, len(values) - 1))
    given_years: list[Maybe] = [*values]
    given_years[gap] = Missing()
    for function in ("years_sum", "years_avg", "years_min"):
        assert isinstance(value(function, given_years), Missing)
    known = [(later, earlier) for later, earlier in pairwise(given_years)]
    settled = any(
        isinstance(later, Decimal) and isinstance(earlier, Decimal) and later <= earlier
        for later, earlier in known
    )
    found = value("rising", given_years)
    # Where one year did not rise already, no figure of the missing year can mend it.
    assert found is False if settled else isinstance(found, Missing)


@pytest.mark.parametrize(
    ("chinese", "plain"),
    [
        ("逐年增长(在校生数，3)", "rising(在校生数, 3)"),
        ("逐年不降(x, 2) 且 近年合计(y, 3) ≥ 10", "not_falling(x, 2) and years_sum(y, 3) >= 10"),
        ("近年平均(x, 3) × 2", "years_avg(x, 3) * 2"),
        ("近年最小(x, 4)", "years_min(x, 4)"),
    ],
)
def test_the_chinese_words_mean_the_same(chinese: str, plain: str) -> None:
    assert parse(chinese) == parse(plain)


def test_it_is_written_out_and_reads_what_it_says() -> None:
    tree = parse("not rising(student_count, 3)")
    assert write(tree) == (
        "not (student_count > years_back(student_count, 1) "
        "and years_back(student_count, 1) > years_back(student_count, 2))"
    )
    assert parse(write(tree)) == tree
    assert [(read.id, read.years_back) for read in references(tree)] == [
        ("student_count", back) for back in range(3)
    ]


def test_an_indicator_may_have_the_name_of_a_function() -> None:
    assert write(parse("rising + years_sum")) == "rising + years_sum"


@pytest.mark.parametrize(
    ("formula", "at", "words"),
    [
        ("rising(x, 1)", 11, "2 到 10 的整数"),
        ("rising(x, 11)", 11, "2 到 10 的整数"),
        ("years_sum(x, 2.5)", 14, "2 到 10 的整数"),
        ("rising(x, y)", 11, "连本年在内"),
        ("rising(x)", 9, "“,”"),
        ("rising(x + 1, 3)", 10, "“,”"),
        ("years_avg(3, 3)", 11, "指标名"),
        ("not_falling(and, 3)", 13, "指标名"),
        ("years_min(x, 3", 15, "“)”"),
        ("years_max(x, 3)", 1, "rising, not_falling, years_sum, years_avg, years_min"),
    ],
)
def test_wrong_use_is_told_where_it_is(formula: str, at: int, words: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(formula)
    assert caught.value.at == at
    assert words in caught.value.sentence
