"""Random formulas worked out twice: by the program, and in fractions by tests/naive from their text."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from chuyi_desktop.domain.formula import evaluate, parse
from chuyi_desktop.domain.values import Maybe, Missing, Value
from tests.domain.facts import GivenFacts
from tests.naive.language import BLANK, World, read, work_out

NUMBERS = ("a", "b", "c")
Rows = Sequence[Mapping[str, Value]]

# Quotients end, so that fractions and 28 digits mean the same number; averages too, of at most four rows.
small = st.integers(-60, 60).map(Decimal) | st.integers(-99, 99).map(
    lambda tenths: Decimal(tenths).scaleb(-1)
)
DIVISORS = ("2", "4", "0.5", "5", "10", "0", "d", "(d - 2)", "20%")
KNOWN: dict[object, st.SearchStrategy[Value]] = {
    "d": st.sampled_from([Decimal(each) for each in (0, 1, 2, 4)]),
    "yes": st.booleans(),
    "kind": st.sampled_from(["甲", "乙"]),
    "day": st.dates(date(2000, 1, 1), date(2030, 1, 1)),
}
KNOWN |= {key: small for name in NUMBERS for key in (name, (name, 1))}
facts = st.fixed_dictionaries({}, optional=KNOWN)
rosters = st.none() | st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "v": st.sampled_from([Decimal(each) for each in (-12, 0, 12, 24, 60)]),
            "s": st.sampled_from(["甲", "乙"]),
            "t": st.booleans(),
            "when": st.dates(date(2000, 1, 1), date(2003, 1, 1)),
        },
    ),
    max_size=4,
)
LEAVES = (
    *NUMBERS,
    *(f"years_back({name}, 1)" for name in NUMBERS),
    "d",
    "year_of(day)",
    "0",
    "1",
    "2.5",
    "30%",
)
SUBJECTS = ("sum(r.v", "min(r.v", "max(r.v", "avg(r.v", "count(r", "distinct(r.s", "distinct(r.v")
WHERE = (
    "",
    ' where s = "甲"',
    " where s ≠ “甲”",
    " 其中 v > 0",
    " where t",
    " where not t",
    " where v >= 12 and t",
    ' where s = "乙" or v < 12',
    " where year_of(when) = 2001",
)
YES = ("yes", 'kind = "甲"', "kind != “乙”", "true", "false", "day = day", "not yes")
COMPARED = (">=", "<=", ">", "<", "=", "!=", "≥", "≤", "≠", "<>", "==")


@st.composite
def numbers(draw: st.DrawFn, depth: int) -> str:
    """A formula that gives a number."""

    def inner() -> str:
        return draw(numbers(depth - 1))

    kind = draw(st.integers(0, 7)) if depth else draw(st.integers(0, 1))
    match kind:
        case 0:
            return draw(st.sampled_from(LEAVES))
        case 1:
            return f"{draw(st.sampled_from(SUBJECTS))}{draw(st.sampled_from(WHERE))})"
        case 2:
            return f"({inner()} {draw(st.sampled_from('+-*×−＋'))} {inner()})"
        case 3:
            return f"({inner()} {draw(st.sampled_from('/÷'))} {draw(st.sampled_from(DIVISORS))})"
        case 4:
            return f"-{inner()}"
        case 5:
            return f"round({inner()}, {draw(st.integers(0, 3))})"
        case 6:
            parts = [inner() for _ in range(draw(st.sampled_from([1, 2, 4])))]
            return f"{draw(st.sampled_from(['sum', 'min', 'max', 'avg']))}({', '.join(parts)})"
        case _:
            return f"if({draw(statements(depth - 1))}, {inner()}, {inner()})"


@st.composite
def statements(draw: st.DrawFn, depth: int) -> str:
    """A formula that gives yes or no; without brackets, so that it is the grammar that says what binds."""
    kind = draw(st.integers(0, 4)) if depth else 0
    match kind:
        case 0:
            return draw(st.sampled_from(YES))
        case 1 | 2:
            return f"{draw(numbers(depth - 1))} {draw(st.sampled_from(COMPARED))} {draw(numbers(depth - 1))}"
        case 3:
            words = draw(st.sampled_from(["and", "or", "且", "或"]))
            return f"{draw(statements(depth - 1))} {words} {draw(statements(depth - 1))}"
        case _:
            return f"not {draw(statements(depth - 1))}"


@settings(max_examples=max(200, settings().max_examples))
@given(numbers(3) | statements(3), facts, rosters)
def test_both_come_to_the_same(text: str, known: Mapping[object, Value], rows: Rows | None) -> None:
    given_facts = GivenFacts(known, {} if rows is None else {"r": rows})  # type: ignore[arg-type]  # both kinds of key
    program = evaluate(parse(text), given_facts)
    world = World(lambda name, back: known.get((name, back) if back else name, BLANK), lambda _: rows)
    naive = work_out(read(text), world)
    assert same(program, naive), (text, program, naive)


def same(program: Maybe, naive: object) -> bool:
    """Numbers to 15 places: a quotient of products may need more than 28 digits."""
    if naive is BLANK or isinstance(program, Missing):
        return naive is BLANK and isinstance(program, Missing)
    if isinstance(naive, Fraction) and isinstance(program, Decimal):
        return abs(Fraction(program) - naive) < Fraction(1, 10**15)
    return type(program) is type(naive) and program == naive
