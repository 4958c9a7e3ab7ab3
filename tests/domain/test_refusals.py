"""What is said when something typed, or a formula, cannot be taken: the found, the wanted and the place."""

from datetime import date
from decimal import Decimal, localcontext

import pytest

from chuyi_desktop.domain.errors import ChuyiError, InputError
from chuyi_desktop.domain.formula import FormulaError, evaluate, parse
from chuyi_desktop.domain.formula.lexer import LONGEST, MOST_TOKENS, Kind, tokens
from chuyi_desktop.domain.formula.parser import DEEPEST
from chuyi_desktop.domain.indicator import Choice, Column, Indicator, ValueKind
from chuyi_desktop.domain.problem import Place, Problem
from chuyi_desktop.domain.typed_input import LONGEST_TEXT, accept_number, read_typed
from tests.domain.facts import GivenFacts

D = Decimal
PEOPLE = Indicator("p", "在校生", ValueKind.INTEGER, "人", minimum=D(0), maximum=D(99_999))
AREA = Indicator("a", "占地面积", ValueKind.DECIMAL, "㎡", digits=2)
PLAIN = Indicator("n", "系数", ValueKind.DECIMAL)
LINES = Indicator("t", "简介", ValueKind.TEXT)
KIND = Column("k", "类型", ValueKind.CHOICE, choices=(Choice("eng", "工科"), Choice("art", "文科")))


def refused(text: str, field: Indicator | Column) -> str:
    reading = read_typed(text, field)
    assert reading.value is None
    assert reading.problem is not None
    return reading.problem.sentence


@pytest.mark.parametrize(
    ("text", "field", "sentence"),
    [
        ("很多", PEOPLE, "“很多”不是数，应填数，单位 人"),
        ("很多", PLAIN, "“很多”不是数，应填数"),
        ("5元", PEOPLE, "“5元”的单位是 元，这里应为 人 或可换算的单位"),
        ("5元", PLAIN, "“5元”的单位是 元，这里应为 — 或可换算的单位"),
        ("1e30", AREA, "“1e30”太大或太小，不会是占地面积，请检查是不是多打了数字"),
        ("12.5", PEOPLE, "“12.5”不是整数，在校生应填整数"),
        ("1.234", AREA, "“1.234”小数位数太多，占地面积最多保留 2 位小数"),
        ("1.23456", PLAIN, "“1.23456”小数位数太多，系数最多保留 4 位小数"),
        ("-1", PEOPLE, "“-1”小于允许的最小值 0"),
        ("100000", PEOPLE, "“100000”大于允许的最大值 99,999"),
        ("理科", KIND, "“理科”不在可选项中，应为：工科、文科"),
        ("长" * (LONGEST_TEXT + 1), LINES, f"文字共 {LONGEST_TEXT + 1} 个字符，最多 {LONGEST_TEXT} 个"),
        ("a\x00b", LINES, "文字中有看不见的控制字符（U+0000），请删去后再填"),
        ("张\ue00a", LINES, "文字中有自造字（U+E00A），别的电脑显示不出来，请改用标准汉字"),
    ],
)
def test_typed_input(text: str, field: Indicator | Column, sentence: str) -> None:
    assert refused(text, field) == sentence


def test_a_long_text_is_quoted_by_its_beginning() -> None:
    assert refused("长" * 40, PLAIN) == f"“{'长' * 40}”不是数，应填数"
    assert refused("长" * 41, PLAIN) == f"“{'长' * 40}…”不是数，应填数"


def test_the_limits_themselves_are_still_taken() -> None:
    assert read_typed("99999", PEOPLE).value == 99_999
    assert read_typed("1" + "0" * 18, PLAIN).value == D(10) ** 18
    assert read_typed("1" + "0" * 19, PLAIN).value is None
    assert read_typed("0" * 58 + "12", PLAIN).value == 12
    assert read_typed("0" * 59 + "12", PLAIN).value is None
    assert read_typed("长" * LONGEST_TEXT, LINES).value == "长" * LONGEST_TEXT
    assert read_typed("甲\t乙\n丙", LINES).value == "甲\t乙\n丙"


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_every_end_of_a_line_becomes_one(ends: str) -> None:
    assert read_typed(f"第一段{ends}第二段", LINES).value == "第一段\n第二段"


def test_a_number_that_the_spreadsheet_cut_short_is_no_text() -> None:
    said = (
        "“4.30521198803E+17”是被 Excel 当成数的 18 位号码（如身份证号），第 15 位以后已经变成 0，找不回来了。"
        "请把这一列的格式改为“文本”，再从原件重新录入"
    )
    assert refused("4.30521198803E+17", LINES) == said
    assert read_typed("1.2E+3", LINES).value == "1.2E+3"
    assert read_typed("型号 1.2E+17", LINES).value == "型号 1.2E+17"


def test_no_setting_of_the_thread_changes_a_number() -> None:
    with localcontext() as thread:
        thread.prec = 3
        assert read_typed("123456.78", AREA).value == D("123456.78")
        assert read_typed("1亩", AREA).value == D("666.67")


def test_what_is_no_number_is_no_number_cell_either() -> None:
    place = Place(sheet="办学条件", cell="C7")
    reading = accept_number(D("NaN"), PEOPLE, place=place)
    assert reading.problem == Problem("input.not_a_plain_number", place=place, params={"found": "NaN"})


def test_a_conversion_says_where_it_happened() -> None:
    place = Place(cell="C7")
    reading = read_typed("120亩", AREA, place=place)
    assert reading.problem is not None
    assert reading.problem.place == place
    assert str(reading.problem) == "C7：“120亩”已换算为 80,000 ㎡"


def test_a_number_keeps_every_digit_it_was_typed_with() -> None:
    long = "123456789012345678.1234"
    assert read_typed(long, PLAIN).value == D(long)


def test_a_problem_without_a_place_is_its_sentence() -> None:
    problem = Problem("input.not_yes_no", params={"found": "也许"})
    assert str(problem) == problem.sentence == "“也许”不是“是”或“否”"


def test_an_error_has_no_details_unless_some_are_given() -> None:
    assert ChuyiError("input.yes").details == ""
    with pytest.raises(FormulaError) as caught:
        parse("a ?")
    assert caught.value.details == ""


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("", "公式第 1 个字符处应为 数、指标、函数或左括号，现为“公式结束”"),
        ("a +", "公式第 4 个字符处应为 数、指标、函数或左括号，现为“公式结束”"),
        ("a + where", "公式第 5 个字符处应为 数、指标、函数或左括号，现为“where”"),
        ("a b", "公式第 3 个字符处应为 公式结束，现为“b”"),
        ('a "b"', "公式第 3 个字符处应为 公式结束，现为“b”"),
        ("(a b", "公式第 4 个字符处应为 “)”，现为“b”"),
        ("years_back(1, 1)", "公式第 12 个字符处应为 指标名，现为“1”"),
        ("years_back(a 1)", "公式第 14 个字符处应为 “,”，现为“1”"),
        ("round(a, b)", "公式第 10 个字符处应为 0 到 12 的整数，现为“b”"),
        ("count(1)", "公式第 7 个字符处应为 明细表名，现为“1”"),
        ("sum(t.1)", "公式第 7 个字符处应为 指标名，现为“1”"),
        ("distinct(t)", "公式第 11 个字符处应为 “.”，现为“)”"),
        ("a ? b", "公式第 3 个字符“?”不认识"),
        ("a X b", "公式第 3 个字符处应为 公式结束，现为“X”"),
        ('a = "工科', "公式第 5 个字符起的引号没有配对"),
        ("if(a, b)", "函数“if”要 3 个参数，现有 2 个"),
        ("rising(a, 1)", "公式第 11 个字符处应为 2 到 10 的整数（几年，连本年在内），现为“1”"),
        ("rising(a,", "公式第 10 个字符处应为 2 到 10 的整数（几年，连本年在内），现为“公式结束”"),
    ],
)
def test_formulas(formula: str, sentence: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(formula)
    assert caught.value.sentence == sentence


def test_an_unknown_function_is_answered_with_the_known_ones() -> None:
    with pytest.raises(FormulaError) as caught:
        parse("foo(a)")
    sentence = caught.value.sentence
    assert sentence.startswith("没有“foo”这个函数；可用：if, round, years_back, year_of, ")
    known = sentence.partition("可用：")[2].split(", ")
    assert {"count", "sum", "min", "max", "avg", "distinct", "rising"} <= set(known)
    assert len(known) == len(set(known))


def test_the_longest_formula_and_one_longer() -> None:
    assert parse("a" * LONGEST)
    with pytest.raises(FormulaError) as caught:
        parse("a" * (LONGEST + 1))
    length = f"公式太长（{LONGEST + 1} 个字符），最多 {LONGEST} 个字符，请拆成几个导出指标"
    assert (caught.value.at, caught.value.sentence) == (1, length)


def test_the_most_pieces_and_one_more() -> None:
    assert parse("-" * (MOST_TOKENS - 1) + "a")
    with pytest.raises(FormulaError) as caught:
        parse("-" * MOST_TOKENS + "a")
    pieces = f"公式有 {MOST_TOKENS + 1} 个部分，最多 {MOST_TOKENS} 个，请拆成几个导出指标"
    assert (caught.value.at, caught.value.sentence) == (1, pieces)


def test_the_deepest_nesting_and_one_deeper() -> None:
    # The whole formula is the first level.
    deepest = "(" * (DEEPEST - 1) + "a" + ")" * (DEEPEST - 1)
    assert parse(deepest) == parse("a")
    with pytest.raises(FormulaError) as caught:
        parse(f"({deepest})")
    assert caught.value.at == DEEPEST + 1
    assert caught.value.sentence == f"公式括号嵌套超过 {DEEPEST} 层，请拆成几个导出指标"


def test_nesting_is_counted_by_depth_and_not_by_brackets() -> None:
    flat = " + ".join(["(a)"] * (DEEPEST + 5))
    assert parse(flat) == parse(flat.replace("(", "").replace(")", ""))
    deep = "(" * (DEEPEST - 2) + "a" + ")" * (DEEPEST - 2)
    with pytest.raises(FormulaError):
        parse(f"{flat} + (({deep}))")


def test_a_bracket_that_closed_leaves_those_around_it_open() -> None:
    """One more than the deepest, behind a pair inside the first pair."""
    for inside, fits in ((DEEPEST - 2, True), (DEEPEST - 1, False)):
        formula = f"((a) + {'(' * inside}b{')' * inside})"
        if fits:
            assert parse(formula) == parse("a + b")
        else:
            with pytest.raises(FormulaError):
                parse(formula)


@pytest.mark.parametrize("quote", ['"', "“"])
def test_an_open_quote_is_no_unknown_character(quote: str) -> None:
    with pytest.raises(FormulaError) as caught:
        tokens(f"a = {quote}工科")
    assert (caught.value.code, caught.value.at) == ("formula.open_text", 5)


def test_where_the_pieces_of_a_formula_stand() -> None:
    found = [(token.kind, token.text, token.at) for token in tokens('“甲” ≥ a1 × 2.50 且 "乙"')]
    assert found == [
        (Kind.TEXT, "甲", 1),
        (Kind.SIGN, ">=", 5),
        (Kind.NAME, "a1", 7),
        (Kind.SIGN, "*", 10),
        (Kind.NUMBER, "2.50", 12),
        (Kind.NAME, "and", 17),
        (Kind.TEXT, "乙", 19),
        (Kind.END, "", 22),
    ]


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ('1 + "甲"', "“+”两边应为数，现为文字"),
        ("-true", "“-”两边应为数，现为是否"),
        ("1 > day", "“>”两边应为数，现为日期"),
        ("1 + true", "“+”两边应为数，现为是否"),
        ("true * 2", "“*”两边应为数，现为是否"),
        ('"甲" / 2', "“/”两边应为数，现为文字"),
        ("true < 1", "“<”两边应为数，现为是否"),
        ('"甲" >= day', "“>=”两边应为数，现为文字"),
        ('1 < "甲"', "“<”两边应为数，现为文字"),
        ("not 1", "“not”两边应为是否，现为数"),
        ("true and 1", "“and/or”两边应为是否，现为数"),
        ("if(1, 2, 3)", "“if”两边应为是否，现为数"),
        ("year_of(1)", "“year_of”两边应为日期，现为数"),
        ('sum(1, "甲")', "“sum”两边应为数，现为文字"),
        ('round("甲", 1)', "“round”两边应为数，现为文字"),
        ("count(r where v)", "“where”两边应为是否，现为数"),
    ],
)
def test_formulas_of_the_wrong_kinds(formula: str, sentence: str) -> None:
    facts = GivenFacts({"day": date(2024, 9, 1)}, {"r": [{"v": D(1)}]})
    with pytest.raises(InputError) as caught:
        evaluate(parse(formula), facts)
    assert caught.value.sentence == sentence
