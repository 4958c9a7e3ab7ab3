"""Plans over rosters, answers and levels, held against every choice of a small programme."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chuyi_desktop.domain.assessment import (
    Assessment,
    Attestation,
    Content,
    Field,
    FieldKind,
    Rating,
    Row,
)
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.indicator import Choice, Column, ValueKind
from chuyi_desktop.domain.programme import (
    Attested,
    Band,
    Bands,
    Level,
    Linear,
    Programme,
    Rubric,
    ScoredItem,
    TierRule,
)
from chuyi_desktop.domain.values import Value
from chuyi_desktop.scoring import assess
from chuyi_desktop.scoring.planning.improvement import Improvements, LeverKind, Terms
from chuyi_desktop.scoring.planning.improving import improve
from chuyi_desktop.solver.highs import HighsSolver
from tests.builders import (
    SUGGESTION,
    YEAR,
    assessment,
    condition,
    derived,
    group,
    programme,
    roster,
    section,
    tier,
)
from tests.solver.watching import Patient

LEVELS = ("national", "provincial", "school")
AWARDS = roster(
    "awards",
    "获奖明细表",
    Column("title", "名称", ValueKind.TEXT, required=True),
    Column("level", "级别", ValueKind.CHOICE, choices=tuple(Choice(each, each) for each in LEVELS)),
    Column("money", "奖金", ValueKind.INTEGER, "元", minimum=Decimal(0), maximum=Decimal(4)),
)
MOST_ROWS = 3
PRIZES = Field(FieldKind.ROW, "awards", YEAR)


def _item(id: str, method: Bands | Linear | Rubric, maximum: int) -> ScoredItem:  # noqa: A002  # the domain's word
    return ScoredItem(id, f"评分{id}", Decimal(maximum), method, SUGGESTION)


def awards_programme(points: Decimal) -> Programme:
    """Points for awards by level, for prize money, and for a level of its own; a promise must hold."""
    score = 'count(awards where level = "national") * 3 + count(awards where level = "provincial")'
    steps = tuple(Band(Decimal(bound), Decimal(bound)) for bound in (1, 3, 5))
    levels = (Level("a", "甲", Decimal(4)), Level("b", "乙", Decimal(2)), Level("c", "丙", Decimal(0)))
    money = Linear(parse("money"), Decimal(0), Decimal(8))
    items = (
        _item("score", Bands(parse(score), steps), 5),
        _item("money", money, 4),
        _item("own", Rubric(levels), 4),
    )
    return programme(
        derived("money", "奖金合计", "sum(awards.money)", "元", digits=0),
        tables=(AWARDS,),
        groups=(group(condition("promise", Attested("已公示"))),),
        scored=(section(*items),),
        tiers=(tier("good", TierRule(all_met=("hard",), minimum_points=points)), tier("none", TierRule())),
    )


@st.composite
def schools(draw: st.DrawFn) -> Assessment:
    cells = st.fixed_dictionaries({"level": st.sampled_from(LEVELS), "money": st.integers(0, 4).map(Decimal)})
    rows = draw(st.lists(cells, min_size=0, max_size=2))
    rated = draw(st.sampled_from([{}, {"own": "c"}, {"own": "b"}, {"own": "a"}]))
    attested = draw(st.sampled_from([{}, {"promise": False}, {"promise": True}]))
    return assessment(rows={"awards": rows}, rated=rated, attested=attested)


def found(made: Programme, school: Assessment, **terms: object) -> Improvements:
    asked = Terms(made.tiers[0], plans=1, **terms)  # type: ignore[arg-type]  # a test's own
    return improve(made, school, asked, HighsSolver(), Patient())


def every_choice(school: Assessment) -> Iterator[tuple[Fraction, Assessment]]:
    """Every way to add a few rows, to choose a level and to promise, with its cost."""
    rows = school.rows("awards") or ()
    money = sum((Decimal(str(row.cells["money"])) for row in rows), Decimal(0))
    answer, rating = school.attestation("promise"), school.rating("own")
    at = 3 if rating is None else "abc".index(rating.level_id)
    for counts in product(range(MOST_ROWS + 1), repeat=3):
        number = sum(counts)
        for prize in range(4 * number + 1 if number else 1):
            cost = Fraction(number, max(1, len(rows))) + Fraction(prize) / max(Fraction(money), Fraction(1))
            levels = [level for level, count in zip(LEVELS, counts, strict=True) for _ in range(count)]
            fields = _with_rows(school, levels, prize)
            for level in range(at + 1):
                dearer = cost + (at - level)
                if level < len(LEVELS):
                    fields[Field(FieldKind.RATING, "own")] = Rating("abc"[level])
                if answer is None or not answer.holds:
                    dearer += 1
                    fields[Field(FieldKind.ATTESTATION, "promise")] = Attestation(holds=True)
                yield dearer, replace(school, fields=dict(fields))


def _with_rows(school: Assessment, levels: list[str], prize: int) -> dict[Field, Content]:
    """The school's fields with a new row for each of ``levels``, and the prize shared out among them."""
    fields = dict(school.fields)
    for place, level in enumerate(levels):
        fields.pop(Field(FieldKind.EMPTY_TABLE, "awards", YEAR), None)
        share = min(max(prize - 4 * place, 0), 4)
        name = f"new{place}"
        cells: dict[str, Value] = {"level": level, "money": Decimal(share)}
        fields[Field(FieldKind.ROW, "awards", YEAR, name)] = Row(name, 90 + place, cells)
    return fields


@settings(max_examples=12, deadline=None)
@given(schools(), st.sampled_from(["2", "4.5", "6.5", "9"]))
def test_no_choice_is_cheaper(school: Assessment, points: str) -> None:
    made = awards_programme(Decimal(points))
    answer = found(made, school)
    if answer.reached:
        return
    best: Fraction | None = None
    for cost, choice in every_choice(school):
        if best is None or cost < best:
            verdict = assess(made, choice)
            if verdict.tier is not None and verdict.tier.id == "good":
                best = cost
    assert best is not None
    (plan,) = answer.plans
    assert plan.optimal
    assert abs(Fraction(plan.cost) - best) < Fraction(1, 10**6)
    after = assess(made, school.after(plan.changes))
    assert after.tier is not None
    assert after.tier.id == "good"


def test_new_rows_say_what_they_must_be() -> None:
    made = awards_programme(Decimal(5))
    school = assessment(
        rows={"awards": [{"level": "school", "money": 1}]}, rated={"own": "c"}, attested={"promise": True}
    )
    (plan,) = found(made, school, frozen=frozenset({Field(FieldKind.RATING, "own")})).plans
    (step,) = plan.steps
    assert step.kind is LeverKind.ROWS
    assert step.before == 1
    assert step.after > 1  # type: ignore[operator]  # rows are a number
    assert any(each.cells.get("level") == "national" for each in step.adds)
    assert "获奖明细表 1 行 → " in step.sentence
    assert "级别为national" in step.sentence


def test_a_frozen_roster_is_not_added_to() -> None:
    made = awards_programme(Decimal(5))
    school = assessment(rows={"awards": [{"level": "school", "money": 1}]}, attested={"promise": True})
    answer = found(made, school, frozen=frozenset({PRIZES}))
    assert not answer.plans
    assert "最多只能得 4.5 分，要求 5 分" in "".join(answer.reasons)


@pytest.mark.parametrize("most", [2, 3])
def test_a_roster_has_no_more_rows_than_allowed(most: int) -> None:
    made = awards_programme(Decimal("4"))
    school = assessment(rows={"awards": [{"level": "school", "money": 0}]}, attested={"promise": True})
    frozen = frozenset({Field(FieldKind.RATING, "own")})
    answer = found(made, school, frozen=frozen, limits={PRIZES: (None, Decimal(most))})
    for plan in answer.plans:
        assert all(step.after <= most for step in plan.steps)  # type: ignore[operator]  # rows are a number
