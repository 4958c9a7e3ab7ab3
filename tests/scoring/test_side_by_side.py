"""A standing that is read, changed and read again, also by two threads at once."""

import sys
from collections.abc import Iterator
from decimal import ROUND_DOWN, Context, Decimal, localcontext
from itertools import pairwise
from threading import Thread

import pytest

from chuyi_desktop.domain.assessment import Entry, Field, FieldKind
from chuyi_desktop.domain.errors import PackError
from chuyi_desktop.domain.indicator import Column, Indicator, ValueKind
from chuyi_desktop.domain.programme import TierRule
from chuyi_desktop.scoring import Standing, assess
from chuyi_desktop.scoring.graph import DEEPEST
from chuyi_desktop.scoring.outlook.gap import gap
from tests.builders import (
    YEAR,
    assessment,
    check,
    condition,
    count,
    derived,
    group,
    programme,
    roster,
    threshold,
    tier,
)

HEADS = Field(FieldKind.VALUE, "heads", YEAR)


def test_an_indicator_is_derived_from_indicators_whatever_the_columns_are_called() -> None:
    """A check of rows is the first to read ``double`` after the change, and its roster has ``heads`` too."""
    made = programme(
        count("heads", "教师"),
        derived("double", "双倍", "heads * 2", digits=0),
        tables=[roster("rooms", "教室", Column("heads", "人数", ValueKind.INTEGER))],
        checks=[check("c", "double >= 5", table="rooms")],
    )
    before = assessment({"heads": 10}, rows={"rooms": [{"heads": 1}]})
    change = before.change(HEADS, Entry(Decimal(20)))
    assert change is not None
    after = Standing(made, before).after([change])
    assert after.verdict.derived["double"].result == 40
    assert not after.verdict.findings
    assert after.verdict == assess(made, before.after([change]))


def chain(length: int) -> list[Indicator]:
    """A figure and as many derived from it, each from the one before."""
    names = ["heads", *(f"d{at}" for at in range(length))]
    return [
        count("heads", "教师"),
        *(derived(two, two, f"{one} + 1") for one, two in pairwise(names)),
    ]


def test_formulas_that_stand_on_too_many_others_are_refused() -> None:
    """Rather than failing somewhere on the way, once a figure is changed."""
    with pytest.raises(PackError, match=f"{DEEPEST} 层"):
        assess(programme(*chain(DEEPEST + 1)), assessment({"heads": 1}))
    last = f"d{DEEPEST - 1}"
    # Twice as deep as a single year: the year before is read through a choice, inside a sum.
    rule = threshold(f"years_back({last}, 1) + if({last} > 3, {last}, 0)", ">=", 3)
    made = programme(*chain(DEEPEST), groups=[group(condition("c", rule))])
    stands = assessment({"heads": 10}, earlier={YEAR - 1: {"heads": 1}})
    change = stands.change(HEADS, Entry(Decimal(20)))
    assert change is not None
    after = Standing(made, stands).after([change]).verdict.conditions[0]
    assert after.value == 20 + 1 + 2 * DEEPEST
    assert after.trace is not None
    assert len(after.trace.steps) == 2 * DEEPEST


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads take turns far more often than they usually do."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hurried")
def test_words_are_read_in_one_thread_while_another_changes_a_figure() -> None:
    """A dossier is written while the clerk types on: what is worked out for its words is shared."""
    number = 300
    typed = [count(f"x{at}", f"数{at}") for at in range(number)]
    made = programme(
        count("heads", "教师"),
        *typed,
        *(derived(f"d{at}", f"导{at}", f"x{at} + 1") for at in range(number)),
        groups=[group(*(condition(f"c{at}", threshold(f"d{at}", ">=", 3)) for at in range(number)))],
    )
    stands = assessment({"heads": 1, **{each.id: 10 for each in typed}})
    change = stands.change(HEADS, Entry(Decimal(20)))
    assert change is not None
    standing = Standing(made, stands)
    told: list[str] = []

    def read() -> None:
        told.extend(rule.explanation for rule in standing.verdict.conditions)

    reader = Thread(target=read)
    reader.start()
    while reader.is_alive():
        assert standing.after([change]).assessment.value("heads") == 20
    assert told == [rule.explanation for rule in assess(made, stands).conditions]


def test_no_thread_s_own_arithmetic_changes_a_result() -> None:
    """Whoever set its thread to four digits, cut off, is told the same."""
    made = programme(
        count("pupils", "在校生"),
        count("heads", "教师"),
        derived("area", "生均面积", "pupils * 1.25 / heads"),
        groups=[group(condition("c", threshold("area", ">=", "98765.43")), id="hard")],
        tiers=[tier("good", TierRule(all_met=("hard",))), tier("none", TierRule())],
    )
    stands = assessment({"pupils": 1234567, "heads": 157})
    usual = repr((assess(made, stands), gap(made, stands)))
    with localcontext(Context(prec=4, rounding=ROUND_DOWN)):
        assert repr((assess(made, stands), gap(made, stands))) == usual
