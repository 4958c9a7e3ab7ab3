"""What a verdict keeps of the way to each outcome, as data."""

from dataclasses import replace
from decimal import Decimal

from chuyi_desktop.domain.assessment import (
    Attestation,
    Entry,
    EvidenceLink,
    Field,
    FieldKind,
    Origin,
    OriginKind,
    Rating,
    Row,
)
from chuyi_desktop.domain.formula import parse, write
from chuyi_desktop.domain.indicator import Column, ValueKind
from chuyi_desktop.domain.programme import Attested, Band, Bands, Level, Linear, Rubric, ScoredItem
from chuyi_desktop.domain.verdict import RuleOutcome, Step, Trace
from chuyi_desktop.scoring import assess
from tests.builders import (
    NOW,
    STANDARD,
    YEAR,
    assessment,
    case,
    choice,
    condition,
    count,
    derived,
    group,
    number,
    programme,
    roster,
    section,
    threshold,
)

TYPED = Origin(OriginKind.TYPED, "张三", NOW)
IMPORTED = Origin(OriginKind.IMPORTED, "李四", NOW, "名册.xlsx 教师 第 3 行")
STAFF = roster(
    "staff",
    "教师名册",
    Column("title", "职称", ValueKind.TEXT),
    Column("hours", "课时", ValueKind.DECIMAL, "学时"),
)
LINK = EvidenceLink("a" * 64, "证明.pdf", "application/pdf", 9, 0)


def trace_of(rule: RuleOutcome) -> Trace:
    assert rule.trace is not None
    return rule.trace


def test_every_step_from_what_was_typed_to_the_result_is_kept() -> None:
    asked = programme(
        count("students", "在校生"),
        derived("seniors", "高级教师数", 'count(staff where title = "高级")', "人", 0),
        derived("each", "每人", "students / seniors", "人", 1),
        derived("growth", "增长", "each - years_back(each, 1)", "人", 1),
        tables=[STAFF],
        groups=[group(condition("c", threshold("growth * 2", ">=", 1)))],
    )
    rows = {
        Field(FieldKind.ROW, "staff", YEAR, row_id): Row(row_id, at, {"title": title}, origin)
        for at, (row_id, title, origin) in enumerate(
            [("r1", "高级", TYPED), ("r2", "中级", TYPED), ("r3", "高级", IMPORTED)]
        )
    }
    typed = {Field(FieldKind.VALUE, "students", YEAR): Entry(Decimal(61), IMPORTED)}
    trace = trace_of(assess(asked, assessment(more={**rows, **typed})).conditions[0])
    assert [(one.id, one.year, one.unit, one.origin) for one in trace.inputs] == [
        ("students", YEAR, "人", IMPORTED),
        ("staff", YEAR, "行", None),
        ("students", YEAR - 1, "人", None),
        ("staff", YEAR - 1, "", None),
    ]
    assert [(row.number, row.row_id, row.origin) for row in trace.inputs[1].rows] == [
        (1, "r1", TYPED),
        (2, "r2", TYPED),
        (3, "r3", IMPORTED),
    ]
    now = [step for step in trace.steps if step.year == YEAR]
    assert [(one.id, str(one.value), one.unit, one.digits) for one in now[:3]] == [
        ("staff", "2", "", None),
        ("seniors", "2", "人", 0),
        ("each", "30.5", "人", 1),
    ]
    assert [row.row_id for row in now[0].rows] == ["r1", "r3"]
    assert (now[0].formula, now[0].words) == (
        'count(staff where title = "高级")',
        "教师名册中满足 职称 = “高级” 的行数",
    )
    assert (now[2].formula, now[2].words, now[2].shown) == (
        "students / seniors",
        "在校生 ÷ 高级教师数",
        "30.5 人",
    )
    assert [(one.id, one.year) for one in trace.steps if one.id == "each"] == [
        ("each", YEAR),
        ("each", YEAR - 1),
    ]
    assert trace.steps[-1].id == "growth"


def test_steps_stand_after_what_they_rest_on() -> None:
    asked = programme(
        count("a", "甲"),
        derived("low", "低", "a + 1"),
        derived("mid", "中", "low * 2"),
        derived("high", "高", "mid + low"),
        groups=[group(condition("c", threshold("high", ">=", 1)))],
    )
    rule = assess(asked, assessment({"a": 1})).conditions[0]
    steps = trace_of(rule).steps
    assert [step.id for step in steps] == ["low", "mid", "high"]
    assert steps[-1] == Step("high", "高", YEAR, "mid + low", "中 + 低", Decimal("6.00"), "6", digits=2)
    assert steps[-1].value == rule.value


def test_the_threshold_keeps_its_case_and_the_figures_that_chose_it() -> None:
    asked = programme(
        choice("place", "所在地", urban="城市", county="县镇"),
        number("area", "生均校舍", "㎡"),
        groups=[
            group(condition("c", threshold("area", ">=", case(14, 'place = "urban"', "城市学校"), case(20))))
        ],
    )
    given = assessment({"area": 15})
    town = Field(FieldKind.VALUE, "place", YEAR)
    chosen = assess(asked, replace(given, fields={**given.fields, town: Entry("urban", TYPED)})).conditions[0]
    assert [(str(one.value), one.label, one.when and write(one.when)) for one in chosen.cases] == [
        ("14", "城市学校", 'place = "urban"')
    ]
    assert [(one.id, one.shown, one.origin) for one in chosen.context] == [("place", "城市", TYPED)]
    assert trace_of(chosen).unit == "㎡"
    open_ = assess(asked, given).conditions[0]
    assert [str(one.value) for one in open_.cases] == ["14", "20"]
    assert [one.shown for one in open_.context] == ["未填"]


def test_whether_a_rule_is_for_the_school_is_derived_too() -> None:
    asked = programme(
        count("a", "甲"),
        groups=[
            group(
                condition("some", threshold("a", ">=", 1), applies_when="a > 5"),
                condition("all", threshold("a", ">=", 1)),
            )
        ],
    )
    for value, shown in ((3, "3 人"), (9, "9 人"), (None, "未填")):
        some, every = assess(asked, assessment({"a": value})).conditions
        assert some.applies is not None
        assert some.applies.formula == "a > 5"
        assert [one.shown for one in some.applies.inputs] == [shown]
        assert every.applies is None


def test_an_answer_keeps_who_gave_it_and_how_many_proofs_it_has() -> None:
    levels = Rubric((Level("top", "优", Decimal(9)), Level("low", "差", Decimal(1))))
    asked = programme(
        groups=[group(condition("c", Attested("有规划")))],
        scored=[section(ScoredItem("i", "项", Decimal(9), levels, STANDARD))],
    )
    given = {
        Field(FieldKind.ATTESTATION, "c"): Attestation(holds=True, origin=TYPED),
        Field(FieldKind.RATING, "i"): Rating("low", origin=IMPORTED),
        Field(FieldKind.EVIDENCE, "i", None, "a" * 64): LINK,
    }
    rule, item = assess(asked, assessment(more=given)).rules
    assert rule.answer is not None
    assert item.answer is not None
    assert (rule.answer.value, rule.answer.origin, rule.proofs) == (True, TYPED, 0)
    assert (item.answer.value, item.answer.shown, item.answer.origin, item.proofs) == (
        "low",
        "差",
        IMPORTED,
        1,
    )
    assert item.award is not None
    assert (item.award.level, item.award.words) == ("low", "自评等级“差”（佐证材料 1 份）")
    silent = assess(asked, assessment()).rules
    assert [one.answer.shown if one.answer else None for one in silent] == ["未填", None]


def test_points_keep_how_they_came_about() -> None:
    bands = Bands(parse("a"), (Band(Decimal(10), Decimal(9)), Band(Decimal(5), Decimal(4))))
    linear = Linear(parse("a"), Decimal(0), Decimal(20))
    asked = programme(
        count("a", "甲"),
        scored=[
            section(
                ScoredItem("b", "分段", Decimal(9), bands, STANDARD),
                ScoredItem("l", "比例", Decimal(9), linear, STANDARD),
            )
        ],
    )
    by_band, by_share = assess(asked, assessment({"a": 7})).items
    assert by_band.award is not None
    assert by_share.award is not None
    assert (by_band.award.bound, by_band.award.words, by_band.points) == (
        Decimal(5),
        "达到“≥ 5 人”一档",
        Decimal(4),
    )
    assert (by_share.award.zero_at, by_share.award.full_at) == (Decimal(0), Decimal(20))
    none, _ = assess(asked, assessment({"a": 1})).items
    assert none.award is not None
    assert (none.award.bound, none.award.words) == (None, "未达到任何一档")
    assert [item.award for item in assess(asked, assessment()).items] == [None, None]


def test_what_is_told_later_counts_when_verdicts_are_compared() -> None:
    asked = programme(count("a", "甲"), groups=[group(condition("c", threshold("a", ">=", 1)))])
    one, other = (
        assess(asked, assessment({"a": Entry(Decimal(3), origin)})).conditions[0]
        for origin in (TYPED, IMPORTED)
    )
    assert one != other
    assert one.explanation == other.explanation
    assert replace(one, explanation="") != one
    assert one == assess(asked, assessment({"a": Entry(Decimal(3), TYPED)})).conditions[0]
