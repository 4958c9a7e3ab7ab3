"""What a formula may give over a box: never too narrow, and exact where nothing is open."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from chuyi_desktop.domain.formula import evaluate, parse
from chuyi_desktop.domain.indicator import Column, ValueKind
from chuyi_desktop.domain.typed_input import read_typed
from chuyi_desktop.domain.values import Maybe, Missing
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.outlook.domains import FIRST_TOO_LARGE, domain_of, grid_of
from chuyi_desktop.scoring.outlook.ground import Ground, Leaf, LeafKind, over
from chuyi_desktop.scoring.outlook.spans import (
    NO,
    NOTHING,
    YES,
    Answers,
    Dates,
    Labels,
    Numbers,
    Span,
    known,
)
from tests.builders import YEAR, assessment, choice, count, derived, number, programme, roster

NAMES = ("a", "b", "c")
FORMULAS = (
    "a + b",
    "a - b * c",
    "-a",
    "a / b",
    "a / (b - c)",
    "(a - b) / (c - 2)",
    "ratio",
    "deep + ratio / 2",
    "round(a / b, 1)",
    "round(-a / 4, 0)",
    "min(a, b, c)",
    "max(a, b) - min(b, c)",
    "avg(a, b, c)",
    "sum(a, b) * 2",
    "a > b",
    "a >= b and b >= c",
    "a = b or ratio > 1",
    "not (ratio > 1)",
    "a != c",
    'place = "urban"',
    'place != "county" and ratio >= 1',
    'if(place = "urban", a, b)',
    "if(ratio > 1, a, a)",
    "if(a > 2, ratio, c)",
    "if(ratio > 1, a > b, b > a)",
    "(a - 3) * (b - 2)",
)
PROGRAMME = programme(
    *(replace(count(name, name), minimum=Decimal(0), maximum=Decimal(4)) for name in NAMES),
    choice("place", "所在地", urban="城市", county="县镇"),
    derived("ratio", "比值", "a / b"),
    derived("deep", "深层", "ratio * 2 + c", digits=1),
)


@dataclass(frozen=True)
class Piece:
    """What is left open: for each name its values."""

    values: Mapping[str, tuple[object, ...]]

    def spans(self) -> dict[Leaf, Span]:
        found: dict[Leaf, Span] = {}
        for name, values in self.values.items():
            numbers = [each for each in values if isinstance(each, int)]
            span: Span = (
                Numbers(Decimal(min(numbers)), Decimal(max(numbers)))
                if numbers
                else Labels(frozenset(str(each) for each in values))
            )
            found[Leaf(LeafKind.VALUE, name, YEAR)] = span
        return found

    def points(self) -> list[dict[str, object]]:
        return [dict(zip(self.values, each, strict=True)) for each in product(*self.values.values())]


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    values: dict[str, tuple[object, ...]] = {}
    for name in NAMES:
        low = draw(st.integers(0, 4))
        values[name] = tuple(range(low, draw(st.integers(low, 4)) + 1))
    options = draw(st.sampled_from([("urban",), ("county",), ("county", "urban")]))
    return Piece({**values, "place": options})


def holds(span: Span, value: Maybe) -> bool:
    """Whether a span has a value."""
    match span, value:
        case _, Missing():
            return span.missing
        case Answers(yes, no), bool():
            return yes if value else no
        case Numbers(low, high), Decimal():
            return low <= value <= high
        case Dates(low, high), date():
            return low <= value <= high
        case Labels(options), str():
            return options is None or value in options
    return False


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(FORMULAS), pieces())
def test_everything_a_formula_gives_in_a_box_is_in_its_span(formula: str, piece: Piece) -> None:
    tree = parse(formula)
    span = over(tree, Ground(PROGRAMME, assessment(), fill=True).box(piece.spans()), YEAR)
    for point in piece.points():
        value = evaluate(tree, SchoolFacts(PROGRAMME, assessment(point)))  # type: ignore[arg-type]
        assert holds(span, value), (formula, point, span, value)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(FORMULAS),
    st.fixed_dictionaries({name: st.none() | st.integers(0, 4) for name in NAMES}),
    st.sampled_from([None, "urban", "county"]),
)
def test_where_nothing_is_open_a_span_is_the_value(
    formula: str, values: dict[str, int | None], place: str | None
) -> None:
    tree = parse(formula)
    filled = assessment({**values, "place": place})
    span = over(tree, Ground(PROGRAMME, filled, fill=False).base, YEAR)
    assert span == known(evaluate(tree, SchoolFacts(PROGRAMME, filled)))


def test_a_half_is_rounded_away_from_zero_at_both_ends() -> None:
    ground = Ground(programme(number("x", "x")), assessment(), fill=True)
    box = ground.box({Leaf(LeafKind.VALUE, "x", YEAR): Numbers(Decimal("-0.5"), Decimal("2.5"))})
    assert over(parse("round(x, 0)"), box, YEAR) == Numbers(Decimal(-1), Decimal(3))


def test_dividing_by_what_may_be_zero_may_give_nothing() -> None:
    ground = Ground(PROGRAMME, assessment({"a": 4}), fill=True)
    assert over(parse("a / b"), ground.base, YEAR).missing
    one = ground.box({Leaf(LeafKind.VALUE, "b", YEAR): Numbers(Decimal(1), Decimal(4))})
    assert over(parse("a / b"), one, YEAR) == Numbers(Decimal(1), Decimal(4))
    zero = ground.box({Leaf(LeafKind.VALUE, "b", YEAR): known(Decimal(0))})
    assert over(parse("a / b"), zero, YEAR) == NOTHING


def test_dates_keep_their_order() -> None:
    day = replace(count("d", "日期"), kind=ValueKind.DATE)
    ground = Ground(programme(day), assessment(), fill=True)
    span = Dates(date(2019, 5, 1), date(2021, 2, 1))
    box = ground.box({Leaf(LeafKind.VALUE, "d", YEAR): span})
    assert over(parse("year_of(d)"), box, YEAR) == Numbers(Decimal(2019), Decimal(2021))
    assert over(parse("year_of(d) >= 2019"), box, YEAR) == YES
    assert over(parse("year_of(d) > 2021"), box, YEAR) == NO


def test_the_domain_of_a_field_is_what_may_be_typed_into_it() -> None:
    for field in (count("n", "n"), number("x", "x", digits=3), replace(count("m", "m"), minimum=Decimal(0))):
        span, grid = domain_of(field), grid_of(field)
        assert isinstance(span, Numbers)
        assert grid is not None
        for end, beyond in ((span.low, span.low - grid.step), (span.high, span.high + grid.step)):
            assert read_typed(f"{end:f}", field).value == end
            assert read_typed(f"{beyond:f}", field).value is None
    assert Decimal("1e19") == FIRST_TOO_LARGE


def test_blank_cells_leave_open_how_many_rows_count() -> None:
    kind = replace(choice("kind", "类别", a="甲", b="乙"))
    table = roster("t", "表", Column("kind", "类别", ValueKind.CHOICE, choices=kind.choices))
    asked = programme(tables=[table])
    tree = parse('count(t where kind = "a")')
    filled = assessment(rows={"t": [{"kind": "a"}, {}, {"kind": "b"}]})
    assert over(tree, Ground(asked, filled, fill=True).base, YEAR) == Numbers(Decimal(1), Decimal(2))
    assert over(tree, Ground(asked, filled, fill=False).base, YEAR) == NOTHING
    whole = assessment(rows={"t": [{"kind": "a"}, {"kind": "b"}]})
    assert over(tree, Ground(asked, whole, fill=True).base, YEAR) == known(Decimal(1))
    unknown = over(tree, Ground(asked, assessment(), fill=True).base, YEAR)
    assert isinstance(unknown, Numbers)
    assert unknown.low == 0 < unknown.high
