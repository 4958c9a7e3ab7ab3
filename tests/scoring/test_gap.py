"""Smallest changes: against brute force on small programmes, and the cases a clerk meets."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chuyi_desktop.domain.assessment import Assessment, Entry, Field, FieldKind
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.indicator import Choice, Column, ValueKind
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Band,
    Bands,
    Grade,
    Level,
    Linear,
    Programme,
    Rubric,
    ScoredItem,
    TierRule,
)
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import Outcome, RuleOutcome
from chuyi_desktop.scoring import assess
from chuyi_desktop.scoring.outlook.gap import gap
from chuyi_desktop.scoring.outlook.results import Aim, Direction, GapChange, RuleGap
from chuyi_desktop.scoring.outlook.search import everywhere, nearest
from chuyi_desktop.scoring.outlook.sensitivity import first_to_check, sensitivity
from tests.builders import (
    STANDARD,
    YEAR,
    assessment,
    case,
    check,
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
    tier,
)
from tests.scoring.test_ranges import MOST, NAMES, asked_schools

PEOPLE = (
    replace(count("students", "在校生"), minimum=Decimal(0)),
    replace(count("teachers", "专任教师"), minimum=Decimal(0)),
)


def flat(rules: tuple[RuleGap, ...]) -> list[RuleGap]:
    return [each for rule in rules for each in (rule, *flat(rule.options))]


def judged(asked: Programme, given_: Assessment) -> dict[str, RuleOutcome]:
    return {each.id: each for rule in assess(asked, given_).rules for each in (rule, *rule.options)}


def with_value(given_: Assessment, name: str, value: int) -> Assessment:
    field = Field(FieldKind.VALUE, name, YEAR)
    return replace(given_, fields={**given_.fields, field: Entry(Decimal(value))})


def only(asked: Programme, given_: Assessment) -> RuleGap:
    (rule,) = gap(asked, given_).rules
    return rule


def told(changes: tuple[GapChange, ...]) -> list[tuple[str, object, object]]:
    return [(each.key, each.before, each.after) for each in changes]


# Against brute force


@settings(max_examples=60, deadline=None)
@given(asked_schools())
def test_the_stated_changes_are_the_nearest_there_are(pair: tuple[Programme, Assessment]) -> None:
    asked, given_ = pair
    rules = flat(
        tuple(
            each for rule in assess(asked, given_).rules for each in gap(asked, given_, rule_id=rule.id).rules
        )
    )
    for rule in rules:
        assert rule.unsettled == ()
        for name in NAMES:
            now = given_.value(name)
            if isinstance(now, Missing):
                continue
            meets = [
                value
                for value in range(MOST + 1)
                if judged(asked, with_value(given_, name, value))[rule.id].outcome is Outcome.MET
            ]
            expected = {
                *[min((value for value in meets if value > now), default=None)],
                *[max((value for value in meets if value < now), default=None)],
            } - {None}
            if rule.maximum is not None and not full_is_reachable(asked, rule):
                continue
            stated = {
                change.after for change in rule.changes if change.key == name and change.aim is not Aim.BETTER
            }
            assert stated == expected, (rule.id, name, now)


def full_is_reachable(asked: Programme, rule: RuleGap) -> bool:
    """Whether some band or level gives full points, so that full points are what is aimed at."""
    item = next(each for each in asked.scored_items() if each.id == rule.id)
    method = item.method
    if isinstance(method, Bands):
        return max([method.otherwise, *(step.points for step in method.steps)]) >= item.maximum
    return not isinstance(method, Rubric)


@settings(max_examples=40, deadline=None)
@given(asked_schools())
def test_the_nearest_miscount_that_turns_the_tier(pair: tuple[Programme, Assessment]) -> None:
    asked, given_ = pair
    # Else whether none comes out turns as well, which the verdict does not tell apart.
    assume(asked.tiers[-1].rule.asks_nothing)
    found = {near.field.key: near for near in sensitivity(asked, given_, Decimal(100)).inputs}
    now = assess(asked, given_).possible_tiers
    for name in NAMES:
        value = given_.value(name)
        if isinstance(value, Missing) or not isinstance(value, Decimal):
            continue
        reach = max(value, Decimal(1))
        turning = [
            other
            for other in range(MOST + 1)
            if abs(other - value) <= reach
            and assess(asked, with_value(given_, name, other)).possible_tiers != now
        ]
        expected = {
            max((other for other in turning if other < value), default=None),
            min((other for other in turning if other > value), default=None),
        } - {None}
        stated = {turn.value for turn in found[name].tier_turns} if name in found else set()
        assert stated == expected, (name, value)


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(0, 59), st.booleans())
def test_the_search_finds_the_nearest_of_any_pattern(pattern: list[bool], start: int, up: bool) -> None:  # noqa: FBT001
    first = min(start, len(pattern) - 1)
    last = len(pattern) - 1 if up else 0

    def ask(low: int, high: int) -> bool | None:
        asked = set(pattern[low : high + 1])
        return asked.pop() if len(asked) == 1 else None

    way = range(first, len(pattern)) if up else range(first, -1, -1)
    assert nearest(first, last, ask).place == next((at for at in way if pattern[at]), None)
    assert everywhere(0, len(pattern) - 1, ask) == all(pattern)


def test_a_search_that_is_given_up_says_so() -> None:
    assert nearest(0, 10**6, lambda low, high: None if low < high else False, budget=50).given_up


# Cases


def test_more_of_one_or_fewer_of_the_other() -> None:
    asked = programme(
        *PEOPLE,
        derived("ratio", "生师比", "students / teachers"),
        groups=[group(condition("r", threshold("ratio", "<=", 20), "生师比"))],
    )
    rule = only(asked, assessment({"students": 3200, "teachers": 155}))
    assert told(rule.changes) == [("students", 3200, 3100), ("teachers", 155, 160)]
    assert [change.direction for change in rule.changes] == [Direction.FEWER, Direction.MORE]
    assert rule.changes[0].message == "在校生 3,200 → 3,100 人（减少 100 人）"
    assert rule.changes[1].message == "专任教师 155 → 160 人（增加 5 人）"


def test_what_rounds_to_the_threshold_is_enough() -> None:
    asked = programme(
        replace(number("area", "校舍面积", "㎡"), minimum=Decimal(0)),
        *PEOPLE,
        derived("each", "生均", "area / students", "㎡"),
        groups=[group(condition("a", threshold("each", ">=", 20)))],
    )
    rule = only(asked, assessment({"area": Decimal("44580"), "students": 3091}))
    # 19.995 ㎡ is 20.00 ㎡: 61804.55 will do, 61820 is not needed.
    assert ("area", Decimal(44580), Decimal("61804.55")) in told(rule.changes)


def test_a_subject_that_rises_and_falls() -> None:
    asked = programme(
        replace(count("a", "甲"), minimum=Decimal(0), maximum=Decimal(100)),
        groups=[group(condition("p", threshold("(a - 20) * (a - 60)", "<=", -300)))],
    )
    # Met from 30 to 50 only.
    for now, after in ((10, 30), (90, 50)):
        assert told(only(asked, assessment({"a": now})).changes) == [("a", now, after)]


def test_what_no_single_change_can_do_is_said() -> None:
    asked = programme(
        replace(count("a", "甲"), minimum=Decimal(0), maximum=Decimal(5)),
        replace(count("b", "乙"), minimum=Decimal(0), maximum=Decimal(5)),
        groups=[group(condition("s", threshold("a + b", ">=", 10)))],
    )
    rule = only(asked, assessment({"a": 1, "b": 1}))
    assert rule.changes == ()
    assert "单改一项不能达到" in rule.message


def test_what_is_missing_is_told_what_to_fill_in() -> None:
    asked = programme(
        *PEOPLE,
        derived("ratio", "生师比", "students / teachers"),
        groups=[group(condition("r", threshold("ratio", "<=", 20)))],
    )
    rule = only(asked, assessment({"students": 3200}))
    (change,) = rule.changes
    # 3200 ÷ 160 is 20; 3200 ÷ 159.96… would round to it, but there is no such number of people.
    assert (change.key, change.direction, change.after) == ("teachers", Direction.FILL, 160)
    assert change.message == "专任教师填报不少于 160 人"
    (change,) = only(asked, assessment({"teachers": 160})).changes
    assert (change.direction, change.after) == (Direction.FILL_NO_MORE, 3200)
    rule = only(asked, assessment())
    assert rule.changes == ()
    assert set(rule.needs) == {"在校生", "专任教师"}


def test_what_is_to_be_filled_in_breaks_nothing_where_that_can_be() -> None:
    asked = programme(
        *PEOPLE,
        replace(count("senior", "高级职称"), minimum=Decimal(0)),
        groups=[group(condition("s", threshold("senior", ">=", 10)))],
        checks=[check("c", "senior <= teachers and senior >= 30", Grade.MANDATORY)],
    )
    (change,) = only(asked, assessment({"teachers": 50})).changes
    assert (change.after, change.breaks) == (30, ())
    assert change.message == "高级职称填报 30 至 50 人"


def test_what_a_change_breaks_is_said_and_comes_last() -> None:
    asked = programme(
        *PEOPLE,
        replace(count("senior", "高级职称"), minimum=Decimal(0)),
        derived("ratio", "生师比", "students / teachers"),
        derived("share", "高级占比", "senior / teachers * 100", "%"),
        groups=[
            group(
                condition("ratio-rule", threshold("ratio", "<=", 20), "生师比"),
                condition("share-rule", threshold("share", ">=", 50), "高级占比"),
            )
        ],
        checks=[check("all", "senior <= teachers", Grade.MANDATORY, "高级职称不超过专任教师")],
    )
    rule = only(asked, assessment({"students": 40, "teachers": 2, "senior": 0}))
    assert [(change.key, change.after, change.breaks) for change in rule.changes] == [("senior", 1, ())]
    rule = only(asked, assessment({"students": 3000, "teachers": 150, "senior": 74}))
    assert [(change.key, change.after, change.breaks) for change in rule.changes] == [
        ("senior", 75, ()),
        ("teachers", 148, ("ratio-rule",)),
    ]
    assert "但会使“生师比”不再达到" in rule.changes[1].message


LEVELS = (Choice("national", "国家级"), Choice("provincial", "省级"))
AWARDS = roster(
    "awards",
    "获奖明细表",
    Column("name", "名称", ValueKind.TEXT, required=True),
    Column("level", "级别", ValueKind.CHOICE, choices=LEVELS, required=True),
    Column("money", "金额", ValueKind.DECIMAL, "万元", digits=2, minimum=Decimal(0)),
)


def test_rows_to_add() -> None:
    asked = programme(
        tables=[AWARDS],
        groups=[group(condition("n", threshold('count(awards where level = "national")', ">=", 3)))],
    )
    given_ = assessment(
        rows={"awards": [{"name": "甲", "level": "national"}, {"name": "乙", "level": "provincial"}]}
    )
    (change,) = only(asked, given_).changes
    assert (change.key, change.before, change.after, change.difference) == ("awards", 1, 3, 2)
    assert change.message == "“获奖明细表”再增加 2 条（级别为“国家级”）"
    assert judged(asked, given_.after(change.edits))["n"].outcome is Outcome.MET


def test_rows_to_put_right() -> None:
    asked = programme(
        tables=[AWARDS],
        groups=[group(condition("n", threshold("count(awards where money < 5)", "<=", 0)))],
    )
    rows = [{"name": "甲", "level": "national", "money": 3}, {"name": "乙", "level": "national", "money": 9}]
    given_ = assessment(rows={"awards": rows})
    (change,) = only(asked, given_).changes
    assert (change.direction, change.before, change.after) == (Direction.FEWER, 1, 0)
    assert "第 1 行“金额”3 → 5 万元" in change.message
    assert judged(asked, given_.after(change.edits))["n"].outcome is Outcome.MET


def test_a_sum_to_raise() -> None:
    asked = programme(
        tables=[AWARDS], groups=[group(condition("m", threshold("sum(awards.money)", ">=", 20)))]
    )
    given_ = assessment(rows={"awards": [{"name": "甲", "level": "national", "money": Decimal("3.5")}]})
    (change,) = only(asked, given_).changes
    assert (change.before, change.after, change.difference) == (Decimal("3.5"), 20, Decimal("16.5"))
    assert change.unit == "万元"
    assert judged(asked, given_.after(change.edits))["m"].outcome is Outcome.MET


def test_a_roster_not_filled_in_begins_with_nothing() -> None:
    asked = programme(tables=[AWARDS], groups=[group(condition("n", threshold("count(awards)", ">=", 2)))])
    (change,) = only(asked, assessment()).changes
    assert (change.before, change.after) == (0, 2)
    assert judged(asked, assessment().after(change.edits))["n"].outcome is Outcome.MET


def test_a_statement_a_level_and_an_answer() -> None:
    asked = programme(
        choice("kind", "建设级别", none="无", top="国家级"),
        groups=[
            group(
                condition("s", Attested("…"), "承诺"),
                condition("k", threshold('if(kind = "top", 1, 0)', ">=", 1)),
            )
        ],
        scored=[
            section(
                ScoredItem(
                    "i",
                    "项",
                    Decimal(5),
                    Rubric(
                        (
                            Level("a", "优", Decimal(5)),
                            Level("b", "良", Decimal(3)),
                            Level("c", "差", Decimal(0)),
                        )
                    ),
                    STANDARD,
                )
            )
        ],
    )
    found = {each.id: each for each in gap(asked, assessment({"kind": "none"}, rated={"i": "c"})).rules}
    assert found["s"].changes[0].message == "需要作出承诺，并附佐证材料"
    assert found["k"].changes[0].message == "建设级别由“无”变为“国家级”"
    assert [(each.aim, each.after, each.points) for each in found["i"].changes] == [
        (Aim.FULL, "a", 5),
        (Aim.BETTER, "b", 3),
    ]


def test_the_next_band_and_full_points() -> None:
    steps = (Band(Decimal(10), Decimal(1)), Band(Decimal(20), Decimal(2)), Band(Decimal(40), Decimal(4)))
    asked = programme(
        replace(count("a", "甲"), minimum=Decimal(0)),
        replace(count("b", "乙"), minimum=Decimal(0)),
        scored=[
            section(
                ScoredItem("i", "分档", Decimal(4), Bands(parse("a"), steps), STANDARD),
                ScoredItem("j", "按比例", Decimal(4), Linear(parse("b"), Decimal(0), Decimal(8)), STANDARD),
            )
        ],
    )
    found = {each.id: each for each in gap(asked, assessment({"a": 12, "b": 5})).rules}
    assert [(each.aim, each.after, each.points) for each in found["i"].changes] == [
        (Aim.FULL, 40, 4),
        (Aim.BETTER, 20, 2),
    ]
    assert [(each.aim, each.after) for each in found["j"].changes] == [(Aim.FULL, 8)]
    assert "现得 1 分，满分 4 分" in found["i"].message


def test_k_of_n_tells_its_options() -> None:
    fields = [replace(count(name, name), minimum=Decimal(0)) for name in ("a", "b", "c")]
    options = tuple(condition(f"o-{each.id}", threshold(each.id, ">=", 5)) for each in fields)
    asked = programme(*fields, groups=[group(condition("k", AtLeastOf(2, options)))])
    rule = only(asked, assessment({"a": 5, "b": 3, "c": 1}))
    assert told(rule.changes) == [("b", 3, 5), ("c", 1, 5)]
    assert [option.id for option in rule.options] == ["o-b", "o-c"]
    rule = only(asked, assessment({"a": 4, "b": 3, "c": 1}))
    assert rule.changes == ()
    assert [told(option.changes) for option in rule.options] == [[("a", 4, 5)], [("b", 3, 5)], [("c", 1, 5)]]


def test_what_was_in_earlier_years_is_not_changed_any_more() -> None:
    asked = programme(
        *PEOPLE, groups=[group(condition("g", threshold("students / years_back(students, 1)", ">=", 1)))]
    )
    rule = only(asked, assessment({"students": 90}, earlier={YEAR - 1: {"students": 100}}))
    assert [(each.key, each.year) for each in rule.changes] == [("students", YEAR)]


def test_what_kind_of_school_it_is_is_no_lever() -> None:
    asked = programme(
        *PEOPLE,
        choice("place", "所在地", urban="城市", county="县镇"),
        groups=[group(condition("p", threshold("students", ">=", case(1000, 'place = "urban"'), case(500))))],
    )
    rule = only(asked, assessment({"students": 700, "place": "urban"}))
    assert [each.key for each in rule.changes] == ["students"]


TIERED = programme(
    *PEOPLE,
    groups=[
        group(
            condition("x", threshold("students", ">=", 1000)), condition("y", threshold("teachers", ">=", 50))
        )
    ],
    tiers=[
        tier("A", TierRule(("hard",))),
        tier("B", TierRule(most_unmet=(("hard", 1),))),
        tier("C", TierRule()),
    ],
)


def test_the_tier_asked_for_is_the_next_better_one() -> None:
    report = gap(TIERED, assessment({"students": 900, "teachers": 40}))
    assert report.tier is not None
    assert (report.tier.id, report.allowed_unmet, report.reached) == ("B", 1, False)
    assert [rule.id for rule in report.rules] == ["x", "y"]
    report = gap(TIERED, assessment({"students": 900, "teachers": 60}))
    assert report.tier is not None
    assert (report.tier.id, report.allowed_unmet) == ("A", 0)
    assert [rule.id for rule in report.rules] == ["x"]
    assert gap(TIERED, assessment({"students": 900, "teachers": 60}), tier_id="B").reached
    assert gap(TIERED, assessment({"students": 1900, "teachers": 60})).rules == ()
    everything = gap(TIERED, assessment({"students": 900, "teachers": 60}), tier_id="B", everything=True)
    assert [rule.id for rule in everything.rules] == ["x"]
    assert everything.tier is None


def test_a_miscount_that_turns_the_tier_comes_first() -> None:
    given_ = assessment({"students": 1010, "teachers": 50})
    found = first_to_check(TIERED, given_)
    assert [near.field.key for near in found] == ["students", "teachers"]
    near = found[0]
    (turn,) = near.tier_turns
    assert (turn.value, turn.difference, turn.before, turn.after) == (999, -11, "A档", "B档")
    assert (
        near.message
        == "在校生 1,010 人：若实际少 11 人（1.1%），结论将由“A档”变为“B档”；请先核对并优先准备佐证材料"
    )
    assert sensitivity(TIERED, given_, Decimal(1)).inputs[0].field.key == "teachers"
    assert sensitivity(TIERED, assessment({"students": 5000, "teachers": 500})).inputs == ()
