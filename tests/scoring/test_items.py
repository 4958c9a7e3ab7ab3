"""Points of scored items, sections and the whole, by example."""

from decimal import Decimal

import pytest

from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.programme import Band, Bands, Level, Linear, Method, Rubric, ScoredItem
from chuyi_desktop.domain.verdict import Outcome, RuleOutcome
from chuyi_desktop.scoring import assess
from tests.builders import STANDARD, SUGGESTION, assessment, number, programme, section

SHARE = number("share", "双师型占比", "%")
RISING = Bands(parse("share"), (Band(Decimal(30), Decimal(4)), Band(Decimal(50), Decimal(8))))
FALLING = Bands(parse("share"), (Band(Decimal(18), Decimal(10)), Band(Decimal(20), Decimal(6))), rising=False)
LINEAR = Linear(parse("share"), Decimal(30), Decimal(60))
DOWNWARD = Linear(parse("share"), Decimal(20), Decimal(10))
RUBRIC = Rubric((Level("good", "优", Decimal(5)), Level("fair", "良", Decimal(3))))


def scored(method: Method, value: object = None, maximum: int = 10, rated: str = "") -> RuleOutcome:
    item = ScoredItem("i", "评分项", Decimal(maximum), method, STANDARD)
    values = {} if value is None else {"share": Decimal(str(value))}
    given = assessment(values, rated={"i": rated} if rated else {})
    return assess(programme(SHARE, scored=[section(item)]), given).items[0]


@pytest.mark.parametrize(
    ("method", "value", "points"),
    [
        (RISING, "29.99", "0"),
        (RISING, 30, "4"),
        (RISING, "49.99", "4"),
        (RISING, 50, "8"),
        (RISING, 500, "8"),
        (FALLING, 18, "10"),
        (FALLING, "18.01", "6"),
        (FALLING, "20.01", "0"),
        (LINEAR, 30, "0"),
        (LINEAR, 29, "0"),
        (LINEAR, "50.96", "6.99"),
        (LINEAR, 60, "10"),
        (LINEAR, 99, "10"),
        (DOWNWARD, 10, "10"),
        (DOWNWARD, 15, "5"),
        (DOWNWARD, "14.995", "5.01"),
        (DOWNWARD, 25, "0"),
    ],
)
def test_points(method: Method, value: object, points: str) -> None:
    found = scored(method, value)
    assert found.points == Decimal(points)
    assert found.outcome is (Outcome.MET if Decimal(points) == 10 else Outcome.UNMET)
    assert f"得 {points} 分（满分 10 分）" in found.explanation


def test_missing_is_not_zero_points() -> None:
    for method in (RISING, LINEAR, RUBRIC):
        found = scored(method)
        assert (found.points, found.outcome) == (None, Outcome.MISSING)


def test_gap_is_the_distance_to_full_points() -> None:
    assert (scored(LINEAR, 45).threshold, scored(LINEAR, 45).gap) == (60, 15)
    assert (scored(RISING, 45).threshold, scored(RISING, 45).gap) == (50, 5)
    assert (scored(FALLING, 25).threshold, scored(FALLING, 25).gap) == (18, 7)
    assert scored(LINEAR, 60).gap is None


def test_no_band_reached_gives_what_is_left() -> None:
    bands = Bands(RISING.subject, RISING.steps, otherwise=Decimal(1))
    found = scored(bands, 3)
    assert found.points == 1
    assert "未达到任何一档" in found.explanation


def test_points_never_exceed_the_maximum() -> None:
    assert scored(RISING, 50, maximum=5).points == 5
    assert scored(RUBRIC, rated="good", maximum=4).points == 4


def test_rubric() -> None:
    found = scored(RUBRIC, rated="fair")
    assert (found.points, found.shown, found.value) == (3, "良", "fair")
    assert "自评等级“良”（尚未附佐证材料）" in found.explanation


def test_a_level_the_pack_no_longer_has_counts_as_not_chosen() -> None:
    assert scored(RUBRIC, rated="excellent").outcome is Outcome.MISSING


def test_a_span_of_nothing_is_a_step() -> None:
    step = Linear(parse("share"), Decimal(30), Decimal(30))
    assert [scored(step, value).points for value in (29, 30)] == [0, 10]


def test_sums() -> None:
    one = section(
        ScoredItem("a", "甲", Decimal(10), LINEAR, STANDARD),
        ScoredItem("b", "乙", Decimal(5), RUBRIC, SUGGESTION),
        id="one",
    )
    two = section(ScoredItem("c", "丙", Decimal(4), RUBRIC, SUGGESTION), id="two")
    found = programme(SHARE, scored=[one, two])
    verdict = assess(found, assessment({"share": 45}, rated={"c": "fair"}))
    assert [(each.points, each.open_points, each.maximum) for each in verdict.sections] == [
        (5, 5, 15),
        (3, 0, 4),
    ]
    assert (verdict.points, verdict.open_points, verdict.maximum) == (8, 5, 19)
    assert verdict.reference_points == 9
