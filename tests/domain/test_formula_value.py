"""What formulas are worth, and how 未填 spreads."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.formula import evaluate, parse
from chuyi_desktop.domain.values import Maybe, Missing, MissingReason
from tests.domain.facts import GivenFacts

D = Decimal
GAP = Missing(fields=("gap",))
FACTS = GivenFacts(
    {
        "one": D(1),
        "two": D(2),
        "ten": D(10),
        ("ten", 1): D(8),
        "yes": True,
        "no": False,
        "kind": "工科",
        "opened": date(2020, 9, 1),
        "closed": date(2024, 9, 1),
    },
    {
        "staff": [
            {"title": "高级", "hours": D(10)},
            {"title": "中级", "hours": D(20)},
            {"title": "高级", "hours": D(30)},
            {"title": "初级"},
        ],
        "nobody": [],
    },
)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("one + two * ten", D(21)),
        ("ten / 4", D("2.5")),
        ("-two - -one", D(-1)),
        ("0.1 + 0.2", D("0.3")),
        ("ten - years_back(ten, 1)", D(2)),
        ("round(2 / 3, 2)", D("0.67")),
        ("year_of(closed) - year_of(opened)", D(4)),
        ("取年份(opened)", D(2020)),
        ("round(2.5, 0)", D(3)),
        ("round(-2.5, 0)", D(-3)),
        ("round(ten * 1000000000000000000 * 1000000000000000000, 2)", D(10) ** 37),
        ("min(two, one, ten)", D(1)),
        ("max(two, one, ten)", D(10)),
        ("sum(two, one, ten)", D(13)),
        ("avg(two, one)", D("1.5")),
        ("if(kind = “工科”, one, two)", D(1)),
        ("if(no, gap, two)", D(2)),
        ("if(gap > 1, two, 2.0)", D(2)),
        ("opened < closed", True),
        ("opened >= closed", False),
        ("kind != “工科”", False),
        ("two = 2.00", True),
        ("count(staff)", D(4)),
        ("count(staff where title = “高级”)", D(2)),
        ("sum(staff.hours where title = “高级”)", D(40)),
        ("min(staff.hours where title != “初级”)", D(10)),
        ("max(staff.hours where title != “初级”)", D(30)),
        ("avg(staff.hours where title != “初级”)", D(20)),
        ("distinct(staff.title)", D(3)),
        ("count(nobody)", D(0)),
        ("sum(nobody.hours)", D(0)),
    ],
)
def test_values(formula: str, value: Maybe) -> None:
    assert evaluate(parse(formula), FACTS) == value


@pytest.mark.parametrize(
    ("formula", "missing"),
    [
        ("gap + 1", GAP),
        ("gap * 0", GAP),
        ("gap + other", Missing(fields=("gap", "other"))),
        ("one / 0", Missing(MissingReason.DIVISION_BY_ZERO)),
        ("0 / 0", Missing(MissingReason.DIVISION_BY_ZERO)),
        ("max(one, gap)", GAP),
        ("round(gap, 1)", GAP),
        ("year_of(gap)", GAP),
        ("gap = gap", GAP),
        ("if(gap > 1, one, two)", GAP),
        ("years_back(one, 1)", Missing(fields=("one",))),
        ("count(unsaid)", Missing(fields=("unsaid",))),
        ("sum(staff.hours)", Missing(fields=("staff.hours",))),
        ("count(staff where hours > 5)", Missing(fields=("staff.hours",))),
        ("avg(nobody.hours)", Missing(MissingReason.NO_ROWS)),
        ("max(nobody.hours)", Missing(MissingReason.NO_ROWS)),
    ],
)
def test_missing_spreads(formula: str, missing: Missing) -> None:
    assert evaluate(parse(formula), FACTS) == missing


WORDS = {"yes": True, "no": False, "gap": None}


@pytest.mark.parametrize("left", WORDS)
@pytest.mark.parametrize("right", WORDS)
def test_three_valued_logic(left: str, right: str) -> None:
    def as_table(formula: str) -> bool | None:
        value = evaluate(parse(formula), FACTS)
        return None if isinstance(value, Missing) else value is True

    a, b = WORDS[left], WORDS[right]
    both = False if a is False or b is False else None if a is None or b is None else True
    either = True if a is True or b is True else None if a is None or b is None else False
    assert as_table(f"{left} and {right}") is both
    assert as_table(f"{left} or {right}") is either
    assert as_table(f"not {left}") is (None if a is None else not a)
    # De Morgan holds in three values too.
    assert as_table(f"not ({left} and {right})") is as_table(f"not {left} or not {right}")


@pytest.mark.parametrize(
    "formula",
    [
        "kind + 1",
        "yes + 1",
        "one and yes",
        "not one",
        "kind > 1",
        "opened > 1",
        "if(one, 1, 2)",
        "year_of(one)",
    ],
)
def test_wrong_kinds_are_refused_in_words(formula: str) -> None:
    with pytest.raises(InputError, match="应为") as caught:
        evaluate(parse(formula), FACTS)
    assert caught.value.code == "formula.kinds"


small = st.none() | st.integers(-3, 3)


@given(
    st.sampled_from(
        [
            "a > b or c > 0",
            "a > b and not c > 0",
            "if(a > 0, b, c)",
            "if(a > 0, b > 0, b > 0) or c = 1",
            "(a + b) / c",
            "max(a, b) >= c",
        ]
    ),
    small,
    small,
    small,
    st.data(),
)
def test_filling_in_never_changes_what_was_known(
    formula: str, a: int | None, b: int | None, c: int | None, data: st.DataObject
) -> None:
    given_ = {"a": a, "b": b, "c": c}
    partial = {key: D(value) for key, value in given_.items() if value is not None}
    whole = {key: partial.get(key, D(data.draw(st.integers(-3, 3)))) for key in given_}
    tree = parse(formula)
    before, after = evaluate(tree, GivenFacts(dict(partial))), evaluate(tree, GivenFacts(dict(whole)))
    if not isinstance(before, Missing):
        assert before == after


def test_a_date_held_against_a_number_is_named() -> None:
    with pytest.raises(InputError, match="日期"):
        evaluate(parse("day > 1"), GivenFacts({"day": date(2024, 1, 1)}))
