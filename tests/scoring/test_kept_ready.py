"""What is kept ready between judgements: it changes no value, and does not grow without bound."""

from decimal import Decimal

import pytest

from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.formula import compiled as ready
from chuyi_desktop.domain.formula import evaluate, parse
from chuyi_desktop.domain.formula.tree import Constant
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.scoring import graph
from tests.builders import count, derived, programme
from tests.domain.facts import GivenFacts

ROWS = GivenFacts(
    {"kind": "b"},
    {
        "staff": (
            {"kind": "a", "hours": Decimal(2)},
            {"kind": "b", "hours": Decimal(3)},
            {"kind": "c", "hours": Decimal(5)},
        ),
        "gaps": ({"kind": "a"}, {"hours": Decimal(1)}),
    },
)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ('kind = "a" or kind = "b"', True),
        ('kind = "a" or kind = "c"', False),
        ('kind = "a" or other = "b"', Missing(fields=("other",))),
        ('other = "a" or other = "b" or other = "c"', Missing(fields=("other",))),
        ('years_back(kind, 1) = "b" or kind = "a"', Missing(fields=("kind",))),
        ('sum(staff.hours where kind = "a" or kind = "c")', Decimal(7)),
        ('count(staff where kind = "a" or hours > 4)', Decimal(2)),
        ('count(staff where kind != "a" and (kind = "b" or kind = "c"))', Decimal(2)),
        ('count(gaps where kind = "a" or kind = "b")', Missing(fields=("gaps.kind",))),
        # What decides in a row decides even where the rest of it is blank.
        ('count(gaps where hours = 1 or kind = "a")', Decimal(2)),
    ],
)
def test_one_of_several_values(formula: str, value: object) -> None:
    tree = parse(formula)
    if value == Missing(fields=("kind",)):
        facts = GivenFacts({"kind": "b", ("kind", 1): Missing(fields=("kind",))})
        assert evaluate(tree, facts) == value
    else:
        assert evaluate(tree, ROWS) == value


def test_a_wrong_kind_is_told_even_where_the_other_side_decides() -> None:
    with pytest.raises(InputError):
        evaluate(parse('count(staff where kind = "z" and hours)'), ROWS)
    with pytest.raises(InputError):
        evaluate(parse('kind = "z" and kind'), ROWS)


def test_yes_and_one_stay_two_formulas() -> None:
    assert Constant(value=True) == Constant(Decimal(1))
    assert evaluate(Constant(value=True), ROWS) is True
    assert isinstance(evaluate(Constant(Decimal(1)), ROWS), Decimal)


def test_formulas_kept_ready_have_a_bound() -> None:
    for at in range(ready.MOST_KEPT + 100):
        evaluate(Constant(Decimal(at)), ROWS)
    assert len(ready._kept) <= ready.MOST_KEPT
    assert evaluate(parse("1 + 1"), ROWS) == 2


def test_graphs_kept_have_a_bound_and_their_own_programme() -> None:
    made = [
        programme(count("a", "甲"), derived("b", "乙", f"a + {at}")) for at in range(graph.MOST_GRAPHS + 5)
    ]
    for each in made:
        assert graph.graph_of(each).programme is each
        assert graph.graph_of(each) is graph.graph_of(each)
    assert len(graph._graphs) <= graph.MOST_GRAPHS
