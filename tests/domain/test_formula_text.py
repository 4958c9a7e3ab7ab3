"""Formulas as text: read to a tree, written back, refused where they are none."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.formula import FormulaError, parse, references, rewritten, tables_used, write
from chuyi_desktop.domain.formula.lexer import LONGEST, MOST_TOKENS
from chuyi_desktop.domain.formula.parser import DEEPEST
from chuyi_desktop.domain.formula.tree import (
    Aggregate,
    Aggregation,
    Arithmetic,
    Both,
    Choose,
    Compare,
    Comparison,
    Constant,
    Either,
    Expression,
    Fold,
    Name,
    Negative,
    Not,
    Operator,
    Round,
    YearOf,
)

ids = st.sampled_from(["a", "student_count", "在校生", "sum", "min", "x1"])
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6).filter(
    lambda text: not ('"' in text and "”" in text)
)
constants = st.one_of(
    st.decimals(0, 10**9, places=4).map(Constant),
    st.integers(0, 10**12).map(lambda number: Constant(Decimal(number))),
    texts.map(Constant),
    st.booleans().map(Constant),
)
names = st.builds(Name, ids, st.integers(0, 12))
values = tuple(each for each in Aggregation if each not in {Aggregation.COUNT, Aggregation.DISTINCT})


def aggregates(where: st.SearchStrategy[Expression]) -> st.SearchStrategy[Aggregate]:
    return st.one_of(
        st.builds(Aggregate, st.just(Aggregation.COUNT), ids, st.none(), st.none() | where),
        st.builds(Aggregate, st.sampled_from(Aggregation), ids, ids, st.none() | where),
    )


def larger(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.builds(Negative, parts),
        st.builds(Arithmetic, st.sampled_from(Operator), parts, parts),
        st.builds(Compare, st.sampled_from(Comparison), parts, parts),
        st.builds(Both, parts, parts),
        st.builds(Either, parts, parts),
        st.builds(Not, parts),
        st.builds(Choose, parts, parts, parts),
        st.builds(Round, parts, st.integers(0, 12)),
        st.builds(YearOf, parts),
        st.builds(Fold, st.sampled_from(values), st.lists(parts, min_size=1, max_size=3).map(tuple)),
        aggregates(parts),
    )


trees = st.recursive(constants | names, larger, max_leaves=12)


@given(trees)
def test_what_is_written_reads_back_as_the_same_tree(tree: Expression) -> None:
    assert parse(write(tree)) == tree


@pytest.mark.parametrize("formula", ['a = “say "yes"”', 'a = "“工科”"', 'a = ""'])
def test_quotes_inside_texts(formula: str) -> None:
    assert parse(write(parse(formula))) == parse(formula)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        parse(text)
    except FormulaError as error:
        assert 1 <= error.at <= len(text) + 1
        assert error.sentence


@pytest.mark.parametrize(
    ("formula", "plain"),
    [
        ("在校生 ÷ 专任教师", "在校生 / 专任教师"),
        ("a × （b ＋ c）", "a * (b + c)"),
        ("a ≥ 1 且 非 b ≤ 2 或 c ≠ 3", "a >= 1 and not b <= 2 or c != 3"),
        ("如果(a ＝ “工科”， 1， 2)", 'if(a = "工科", 1, 2)'),
        ("count(staff 其中 title = “高级”)", 'count(staff where title = "高级")'),
        ("a == 1", "a = 1"),
        ("a <> 1", "a != 1"),
        ("50％", "0.5"),
        ("−a", "-a"),
    ],
)
def test_chinese_signs_are_their_plain_twins(formula: str, plain: str) -> None:
    assert write(parse(formula)) == plain


@pytest.mark.parametrize(
    ("formula", "same"),
    [
        ("a + b * c", "a + (b * c)"),
        ("a - b - c", "(a - b) - c"),
        ("a / b / c", "(a / b) / c"),
        ("-a * b", "(-a) * b"),
        ("a or b and c", "a or (b and c)"),
        ("not a = b", "not (a = b)"),
        ("a + 1 >= b - 1 and c", "((a + 1) >= (b - 1)) and c"),
    ],
)
def test_precedence(formula: str, same: str) -> None:
    assert parse(formula) == parse(same)


@pytest.mark.parametrize(
    ("formula", "code", "at"),
    [
        ("", "formula.expected", 1),
        ("a +", "formula.expected", 4),
        ("(a", "formula.expected", 3),
        ("a b", "formula.expected", 3),
        ("a ? b", "formula.unknown_character", 3),
        ('a = "工科', "formula.open_text", 5),
        ("foo(a)", "formula.unknown_function", 1),
        ("if(a, b)", "formula.arguments", 1),
        ("round(a, b)", "formula.expected", 10),
        ("round(a, 13)", "formula.expected", 10),
        ("round(a, 1.5)", "formula.expected", 10),
        ("years_back(1, 1)", "formula.expected", 12),
        ("distinct(staff)", "formula.expected", 15),
        ("count(1)", "formula.expected", 7),
        ("a < b < c", "formula.expected", 7),
        ("and", "formula.expected", 1),
    ],
)
def test_refusals_say_where(formula: str, code: str, at: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(formula)
    assert (caught.value.code, caught.value.at) == (code, at)
    assert caught.value.sentence


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("a" * (LONGEST + 1), "formula.too_long"),
        ("1+" * MOST_TOKENS + "1", "formula.too_many"),
        ("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), "formula.too_deep"),
    ],
)
def test_limits(formula: str, code: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(formula)
    assert caught.value.code == code


def test_a_text_that_is_a_point_is_no_column() -> None:
    assert parse('max(- ".")') == Fold(Aggregation.MAXIMUM, (Negative(Constant(".")),))


@pytest.mark.parametrize("formula", ["max(", "sum(", "count(", "years_back(", "round("])
def test_a_formula_that_breaks_off_is_refused(formula: str) -> None:
    with pytest.raises(FormulaError):
        parse(formula)


def test_many_signs_do_not_exhaust_the_stack() -> None:
    assert write(parse("-" * (MOST_TOKENS - 1) + "a")).endswith("-a")
    assert write(parse("not " * (MOST_TOKENS - 1) + "a")).endswith("not a")


@pytest.mark.parametrize(
    "formula",
    [
        "a / count(t)",
        "a / if(b, 1, 2)",
        "a - round(b, 2)",
        "a / round(b, 2)",
        "a * year_of(b)",
        "a / max(b, c)",
        "a * sum(t.c where d = 1)",
        "-count(t)",
        "--a",
        "not not a",
        "not not not a = 1",
        "a * (b + c)",
        "a - (b - c)",
        "(a or b) and c",
        "not (a and b)",
        "-(a + b)",
        "(a = 1) = true",
    ],
)
def test_brackets_only_where_they_are_needed(formula: str) -> None:
    assert write(parse(formula)) == formula


def test_twice_the_opposite_is_not_once() -> None:
    assert parse("not not a") == Not(Not(Name("a")))
    assert parse("--a") == Negative(Negative(Name("a")))


def test_references_in_reading_order_each_once() -> None:
    tree = parse("b / a + years_back(a, 1) + b + sum(staff.hours where a = 1)")
    assert [(each.id, each.years_back) for each in references(tree)] == [("b", 0), ("a", 0), ("a", 1)]
    assert [(each.table, each.column) for each in tables_used(tree)] == [("staff", "hours")]


@given(trees)
def test_rewriting_changes_the_parts_meant_and_nothing_else(tree: Expression) -> None:
    def prefixed(node: Expression) -> Expression | None:
        return replace(node, id=f"n_{node.id}") if isinstance(node, Name) else None

    def bare(node: Expression) -> Expression | None:
        return replace(node, id=node.id.removeprefix("n_")) if isinstance(node, Name) else None

    other = rewritten(tree, prefixed)
    assert [(f"n_{each.id}", each.years_back) for each in references(tree)] == [
        (each.id, each.years_back) for each in references(other)
    ]
    assert tables_used(other) == tables_used(tree)
    assert rewritten(other, bare) == tree


@pytest.mark.parametrize(
    ("chinese", "plain"),
    [
        (
            '计数(rooms 其中 level = "高") + 求和(rooms.area)',
            'count(rooms where level = "高") + sum(rooms.area)',
        ),
        ("四舍五入(往年(students, 1), 2) + 不重复(a.b)", "round(years_back(students, 1), 2) + distinct(a.b)"),
        ("最小(a, b) + 最大(a, b) + 平均(a, b)", "min(a, b) + max(a, b) + avg(a, b)"),
    ],
)
def test_functions_have_chinese_names(chinese: str, plain: str) -> None:
    assert parse(chinese) == parse(plain)
