"""What a formula makes of a roster's rows: which count, and what a blank cell leaves open."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import pytest

from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.formula import evaluate, parse
from chuyi_desktop.domain.formula.compiled import rows_counted
from chuyi_desktop.domain.formula.tree import Aggregate
from chuyi_desktop.domain.values import Maybe, Missing, MissingReason
from tests.domain.facts import GivenFacts

D = Decimal
ROWS: tuple[Mapping[str, Maybe], ...] = (
    {"s": "甲", "v": D(1), "t": True, "d": date(2024, 9, 1)},
    {"s": "乙", "v": D(2), "t": False, "d": date(2025, 9, 1)},
    {"s": "甲", "v": D(2), "t": True},
)
BLANK: tuple[Mapping[str, Maybe], ...] = (*ROWS, {"t": False})


def value(formula: str, rows: Sequence[Mapping[str, Maybe]] = ROWS) -> Maybe:
    return evaluate(parse(formula), GivenFacts({"limit": D(1)}, {"r": rows}))


def aggregate(formula: str) -> Aggregate:
    tree = parse(formula)
    assert isinstance(tree, Aggregate)
    return tree


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("count(r)", 3),
        ('count(r where s = "甲")', 2),
        ('count(r where s = "甲" or s = "乙")', 3),
        ('count(r where s = "甲" or s = "丙")', 2),
        ('count(r where s = "丙" or s = "丁" or s = "乙")', 1),
        ('count(r where s = "乙" or v = 1)', 2),
        ("count(r where v = 2)", 2),
        ("count(r where v = 1 or v = 2)", 3),
        ("count(r where not t)", 1),
        ("sum(r.v where t)", 3),
        ("sum(r.v)", 5),
        ("min(r.v)", 1),
        ("max(r.v where t)", 2),
        ("avg(r.v where t)", D("1.5")),
        ("distinct(r.v)", 2),
        ("distinct(r.s where t)", 1),
        ("sum(r.v where v > 9)", 0),
        ("count(r where v > 9)", 0),
        ("distinct(r.s where v > 9)", 0),
    ],
)
def test_rows_that_count(formula: str, result: int | Decimal) -> None:
    assert value(formula) == result


@pytest.mark.parametrize(
    ("later", "signs"),
    [
        (date(2024, 9, 2), {">", ">=", "!="}),
        (date(2024, 9, 1), {">=", "<=", "="}),
        (date(2024, 8, 31), {"<", "<=", "!="}),
    ],
)
def test_dates_a_day_apart(later: date, signs: set[str]) -> None:
    facts = GivenFacts({"later": later, "day": date(2024, 9, 1)})
    held = {sign for sign in (">", ">=", "<", "<=", "=", "!=") if evaluate(parse(f"later {sign} day"), facts)}
    assert held == signs


@pytest.mark.parametrize("function", ["min", "max", "avg"])
def test_of_no_rows_there_is_neither_least_nor_most(function: str) -> None:
    assert value(f"{function}(r.v where v > 9)") == Missing(MissingReason.NO_ROWS)


@pytest.mark.parametrize(
    ("formula", "column"),
    [
        ('count(r where s = "甲")', "s"),
        ('count(r where s = "甲" or s = "乙")', "s"),
        ('count(r where s != "甲")', "s"),
        ("count(r where v > 1)", "v"),
        ("count(r where v = 1 or v = 2)", "v"),
        ("sum(r.v)", "v"),
        ("min(r.v)", "v"),
        ("distinct(r.s)", "s"),
        ("count(r where year_of(d) = 2024)", "d"),
        ("count(r where nothing = 1)", "nothing"),
    ],
)
def test_a_blank_cell_leaves_open_what_reads_it(formula: str, column: str) -> None:
    assert value(formula, BLANK) == Missing(fields=(f"r.{column}",))


def test_a_blank_cell_that_decides_nothing_leaves_nothing_open() -> None:
    assert value('count(r where t and s = "甲")', BLANK) == 2
    assert value("sum(r.v where t)", BLANK) == 3
    assert value("count(r)", BLANK) == 4
    assert value('count(r where not t or s = "甲")', BLANK) == 4


def test_which_rows_counted() -> None:
    assert rows_counted(aggregate("count(r)"), ROWS) == (0, 1, 2)
    assert rows_counted(aggregate("sum(r.v where v = 2)"), ROWS) == (1, 2)
    assert rows_counted(aggregate("count(r where v > 9)"), ROWS) == ()
    assert rows_counted(aggregate("count(r where v = 2)"), BLANK) == ()


def test_a_roster_of_which_nothing_is_said_is_open() -> None:
    assert evaluate(parse("count(r)"), GivenFacts()) == Missing(fields=("r",))


def test_inside_a_row_there_is_no_other_roster() -> None:
    assert value("count(r where count(q) > 0)") == Missing(fields=("q",))
    assert value("count(r where sum(r.v) > 0)") == Missing(fields=("r",))


def test_inside_a_row_a_name_is_a_column_and_no_indicator() -> None:
    assert value("count(r where v > limit)") == Missing(fields=("r.limit",))


@pytest.mark.parametrize(
    "formula",
    [
        "count(r where v)",
        "count(r where t and v)",
        "count(r where t or v)",
        'count(r where t and (s = "甲" and v))',
        'count(r where t and (v and s = "甲"))',
        "count(r where t and not v)",
        "sum(r.s)",
        "sum(r.s where t)",
    ],
)
def test_the_wrong_kind_is_told_whatever_the_other_side_says(formula: str) -> None:
    """A pack is wrong for every school, not for those alone whose rows get that far."""
    with pytest.raises(InputError):
        value(formula)


@pytest.mark.parametrize(
    ("formula", "decided"), [("count(r where t and v)", False), ("count(r where t or v)", True)]
)
def test_also_where_the_first_side_decides_in_every_row(formula: str, decided: bool) -> None:  # noqa: FBT001  # a table
    with pytest.raises(InputError):
        value(formula, [{"t": decided, "v": D(1)}])


def test_formulas_are_right_also_where_more_are_used_than_are_kept_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("chuyi_desktop.domain.formula.compiled.MOST_KEPT", 4)
    trees = [parse(f"limit + {number}") for number in range(12)]
    facts = GivenFacts({"limit": D(1)})
    for _ in range(2):
        assert [evaluate(tree, facts) for tree in trees] == [D(number + 1) for number in range(12)]
