"""What a programme, a verdict and their parts say of themselves."""

from decimal import Decimal

import pytest

from chuyi_desktop.domain.assessment import EvidenceLink, Field, FieldKind, Text
from chuyi_desktop.domain.formula import parse, references, rewritten, tables_used, write
from chuyi_desktop.domain.formula.references import parts
from chuyi_desktop.domain.formula.tree import Constant, Name
from chuyi_desktop.domain.indicator import Column, Display, Indicator, Table, ValueKind, is_ratio
from chuyi_desktop.domain.programme import (
    Asked,
    AtLeastOf,
    Attested,
    Band,
    Bands,
    Check,
    Grade,
    Level,
    Linear,
    Programme,
    Requirement,
    Rubric,
    ScoredItem,
    Section,
    TierRule,
)
from chuyi_desktop.domain.rule_formulas import formulas_of, is_column, read_outside_rows, without_columns
from chuyi_desktop.domain.verdict import Finding, FoundRow, Outcome
from chuyi_desktop.scoring import assess
from tests.builders import (
    STANDARD,
    SUGGESTION,
    YEAR,
    assessment,
    case,
    check,
    condition,
    count,
    group,
    number,
    programme,
    section,
    threshold,
    unlike,
)

D = Decimal
HOURS = Column("hours", "课时", ValueKind.INTEGER)
STAFF = Table("staff", "教师", (Column("name", "姓名", ValueKind.TEXT), HOURS))
LINEAR = ScoredItem("ratio", "生师比", D("2.5"), Linear(parse("a / b"), D(30), D(18)), SUGGESTION)
BANDS = ScoredItem("books", "图书", D(4), Bands(parse("c"), (Band(D(30), D(4)),)), STANDARD)
RUBRIC = ScoredItem("culture", "文化", D(3), Rubric((Level("top", "优", D(3)),)), SUGGESTION)


def whole() -> Programme:
    part = condition("part", Attested("…"), "一项")
    return programme(
        count("a", "在校生"),
        count("b", "专任教师"),
        number("c", "图书"),
        sections=(Section("main", "主要", (Asked("c"), Asked("gone"))),),
        groups=[group(condition("k", AtLeastOf(1, (part,)), "几项"))],
        scored=[section(LINEAR, BANDS), section(RUBRIC, id="more")],
    )


def test_the_points_of_a_programme() -> None:
    assert whole().maximum == D("9.5")
    assert [one.maximum for one in whole().scored_sections] == [D("6.5"), D(3)]
    assert whole().reference_points() == D("5.5")
    assert [item.id for item in whole().scored_items()] == ["ratio", "books", "culture"]


def test_a_programme_without_points_has_a_number_for_them_too() -> None:
    bare = programme()
    assert (str(bare.maximum), str(bare.reference_points())) == ("0", "0")
    assert isinstance(bare.reference_points(), Decimal)


def test_rules_have_titles_and_options_too() -> None:
    assert whole().rule_titles() == {
        "k": "几项",
        "part": "一项",
        "ratio": "生师比",
        "books": "图书",
        "culture": "文化",
    }
    assert [each.id for each in whole().conditions()] == ["k", "part"]


def test_what_evidence_can_prove_rules_first_then_what_is_asked_for() -> None:
    """An indicator that is asked for but not defined is none."""
    provable = list(whole().provable().items())
    assert provable[:5] == list(whole().rule_titles().items())
    assert provable[5:] == [("c", "图书"), ("a", "在校生"), ("b", "专任教师")]


@pytest.mark.parametrize(
    ("rule", "nothing"),
    [
        (TierRule(), True),
        (TierRule(all_met=("hard",)), False),
        (TierRule(most_unmet=(("hard", 2),)), False),
        (TierRule(minimum_points=D(0)), False),
    ],
)
def test_only_the_last_tier_asks_nothing(rule: TierRule, nothing: bool) -> None:  # noqa: FBT001  # a table
    assert rule.asks_nothing is nothing


@pytest.mark.parametrize(
    ("grade", "blocks"),
    [(Grade.MANDATORY, True), (Grade.NEAR_MANDATORY, True), (Grade.EXPLAIN, False), (Grade.HINT, False)],
)
def test_which_grades_block_handing_in(grade: Grade, blocks: bool) -> None:  # noqa: FBT001  # a table
    assert grade.blocks is blocks
    finding = Finding(check("x", "a = 1", grade), "…", (), None, settled=False)
    assert finding.blocks is blocks
    assert Finding(check("x", "a = 1", grade), "…", (), None, settled=True).blocks is False


@pytest.mark.parametrize(
    ("rule", "formulas"),
    [
        (LINEAR, ["a / b"]),
        (BANDS, ["c"]),
        (RUBRIC, []),
        (condition("t", threshold("a", ">=", case(1, "kind = 1"), case(2))), ["a", "kind = 1"]),
        (condition("t", threshold("a", ">=", 2), applies_when="public"), ["public", "a"]),
        (condition("r", Requirement(parse("a > 1")), applies_when="public"), ["public", "a > 1"]),
        (condition("k", AtLeastOf(1, ()), applies_when="public"), ["public"]),
        (condition("s", Attested("…"), applies_when="public"), ["public"]),
        (condition("s", Attested("…")), []),
    ],
)
def test_the_formulas_a_rule_rests_on(rule: ScoredItem, formulas: list[str]) -> None:
    assert [write(each) for each in formulas_of(rule)] == formulas


def test_what_a_check_reads_beside_the_cells_of_its_rows() -> None:
    tables = {"staff": STAFF}
    of_rows = check("x", "hours <= limit and years_back(hours, 1) > 0", table="staff")
    (outside,) = read_outside_rows(of_rows, tables)
    assert [(each.id, each.years_back) for each in references(outside)] == [("limit", 0), ("hours", 1)]
    assert write(outside) == "0 <= limit and years_back(hours, 1) > 0"
    assert read_outside_rows(unlike("x", "staff", "name"), tables) == ()
    plain = check("x", "hours > 0")
    assert read_outside_rows(plain, tables) == (plain.holds,)
    assert read_outside_rows(check("x", "hours > 0", table="gone"), tables) == (parse("hours > 0"),)


def test_columns_are_left_alone_inside_an_aggregate() -> None:
    tree = parse("hours + count(staff where hours > 1) + other")
    assert write(without_columns(tree, STAFF)) == "0 + count(staff where hours > 1) + other"
    assert is_column(Name("hours"), STAFF)
    assert not is_column(Name("hours", 1), STAFF)
    assert not is_column(Name("limit"), STAFF)


def test_a_table_knows_its_columns_by_id() -> None:
    table = Table("t", "表", (HOURS, Column("name", "姓名", ValueKind.TEXT)))
    assert table.by_id["hours"] is HOURS
    assert list(table.by_id) == ["hours", "name"]


@pytest.mark.parametrize(
    ("kind", "digits", "decimals"),
    [
        (ValueKind.INTEGER, None, 0),
        (ValueKind.INTEGER, 3, 0),
        (ValueKind.DECIMAL, None, 4),
        (ValueKind.DECIMAL, 0, 0),
        (ValueKind.DECIMAL, 2, 2),
    ],
)
def test_decimals_a_value_may_keep(kind: ValueKind, digits: int | None, decimals: int) -> None:
    assert Indicator("x", "数", kind, digits=digits).decimals == decimals
    assert Column("x", "数", kind, digits=digits).decimals == decimals


def test_which_fields_are_ratios() -> None:
    assert is_ratio(Indicator("r", "生师比", ValueKind.DECIMAL, display=Display.TO_ONE))
    assert is_ratio(Indicator("r", "师生比", ValueKind.DECIMAL, display=Display.ONE_TO))
    assert not is_ratio(Indicator("r", "比值", ValueKind.DECIMAL))
    assert not is_ratio(HOURS)
    assert not is_ratio(None)


def test_kinds_that_are_numbers_and_indicators_that_are_computed() -> None:
    assert {kind for kind in ValueKind if kind.is_number} == {ValueKind.INTEGER, ValueKind.DECIMAL}
    assert Indicator("x", "数", ValueKind.DECIMAL, formula=parse("a")).is_derived
    assert not Indicator("x", "数", ValueKind.DECIMAL).is_derived


def found(count_: int, told: int) -> Finding:
    rows = tuple(
        FoundRow(f"r{at}", at, "甲", ("hours",), f"第 {at} 行", "课时 0", ()) for at in range(1, told + 1)
    )
    rule = Check("x", "课时", Grade.HINT, parse("hours > 0"), "请核对", STANDARD, "staff")
    return Finding(rule, "…", (), None, settled=True, rows=rows, row_count=count_)


def test_rows_told_and_how_many_more() -> None:
    assert found(2, 2).row_messages == ("第 1 行：课时 0", "第 2 行：课时 0")
    more = found(3, 2).row_messages
    assert len(more) == 3
    assert "1" in more[-1]
    assert "第 3 行" not in more[-1]
    assert found(25, 20).told_rows(5)[:5] == found(25, 20).row_messages[:5]
    assert "20" in found(25, 20).told_rows(5)[-1]
    assert len(found(25, 20).told_rows(5)) == 6


def test_a_field_with_content_of_another_kind_has_none() -> None:
    """A workspace written by another version may hold anything; nothing is taken for what it is not."""
    other = Text("…")
    kinds = (FieldKind.ATTESTATION, FieldKind.RATING, FieldKind.EXPLANATION, FieldKind.TEXT)
    held = assessment(
        more={Field(FieldKind.VALUE, "x", YEAR): other} | {Field(kind, "x"): other for kind in kinds}
    )
    assert held.entry("x") is None
    assert held.attestation("x") is None
    assert held.rating("x") is None
    assert held.explanation("x") is None
    assert held.text("x") == "…"
    numbers = assessment({"x": 1}, more={Field(FieldKind.TEXT, "x"): EvidenceLink("0", "a", "b", 1, 1)})
    assert numbers.text("x") == ""


def test_evidence_in_order_of_place_then_name_then_what_it_proves() -> None:
    def link(name: str, position: int) -> EvidenceLink:
        return EvidenceLink("0" * 64, name, "application/pdf", 1, position)

    proofs = [("b", "甲.pdf", 1), ("a", "甲.pdf", 1), ("c", "丙.pdf", 0), ("a", "乙.pdf", 1)]
    fields = {Field(FieldKind.EVIDENCE, key, item=name): link(name, at) for key, name, at in proofs}
    listed = [(key, one.name) for key, one in assessment(more=fields).evidence()]
    assert listed == [("c", "丙.pdf"), ("a", "乙.pdf"), ("a", "甲.pdf"), ("b", "甲.pdf")]


def test_taking_away_what_is_not_there_changes_nothing() -> None:
    held = assessment({"a": 1})
    change = held.change(Field(FieldKind.VALUE, "a", YEAR), None)
    assert change is not None
    emptied = held.after([change])
    assert emptied.after([change]) == emptied


def test_the_parts_of_a_formula_in_reading_order() -> None:
    assert [write(each) for each in parts(parse("if(a, b, 1)"))] == ["a", "b", "1"]
    assert [write(each) for each in parts(parse("max(a, b / c)"))] == ["a", "b / c"]
    assert [write(each) for each in parts(parse("count(t where a)"))] == ["a"]
    assert list(parts(Constant(D(1)))) == []


def test_where_in_the_text_a_reference_stands() -> None:
    formula = "1 + ab / years_back(cd, 2) + count(staff) + sum(t.x) * years_sum(ef, 2)"
    tree = parse(formula)
    assert [(each.id, each.at) for each in references(tree)] == [
        ("ab", 5),
        ("cd", 21),
        ("ef", 66),
        ("ef", 66),
    ]
    assert [(each.table, each.at) for each in tables_used(tree)] == [("staff", 36), ("t", 49)]


def test_a_formula_in_which_nothing_changes_is_the_very_same() -> None:
    tree = parse("if(a > 1, max(b, c), 2)")
    assert rewritten(tree, lambda _: None) is tree


def test_how_many_conditions_came_out_so() -> None:
    rules = [condition(f"c{at}", Attested("…")) for at in range(6)]
    attested = {f"c{at}": at < 3 for at in range(5)}
    verdict = assess(programme(groups=[group(*rules)]), assessment(attested=attested))
    counts = {outcome: verdict.count(outcome) for outcome in Outcome}
    assert counts == {Outcome.MET: 3, Outcome.UNMET: 2, Outcome.MISSING: 1, Outcome.NOT_APPLICABLE: 0}
    assert [rule.id for rule in verdict.rules] == [rule.id for rule in rules]
