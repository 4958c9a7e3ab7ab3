"""A standing after changes is the standing that judging anew would give, whatever the changes are."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chuyi_desktop.domain.assessment import (
    Assessment,
    Attestation,
    Change,
    Content,
    DeclaredEmpty,
    Entry,
    EvidenceLink,
    Explanation,
    Field,
    FieldKind,
    Origin,
    OriginKind,
    Rating,
    Row,
    Text,
)
from chuyi_desktop.domain.indicator import Fillable, ValueKind
from chuyi_desktop.domain.programme import Attested, Programme, Rubric
from chuyi_desktop.domain.values import Value
from chuyi_desktop.packs.library import FormsFolder
from chuyi_desktop.scoring import Standing, assess
from tests.builders import (
    NOW,
    YEAR,
    assessment,
    check,
    condition,
    count,
    derived,
    group,
    programme,
    threshold,
)
from tests.packs.test_samples import filled, read
from tests.scoring.test_laws import assessments, programmes
from tests.scoring.test_row_checks import CAP, STAFF

HERE = Path(__file__).parents[1]
PACKS = ("conditions-college", "inheritor", "quality-secondary-school", "specialty-undergraduate")
_READ: dict[str, tuple[Programme, Assessment]] = {}


def sample(pack: str) -> tuple[Programme, Assessment]:
    """A real pack with its filled sample, read once."""
    if pack not in _READ:
        found = FormsFolder(HERE.parent / "forms").programme(pack)
        _READ[pack] = found, filled(found, read(HERE / "packs" / "samples" / f"{pack}.json"))
    return _READ[pack]


def some_value(field: Fillable, random: Random) -> Value:
    """A value of the kind of ``field``; now and then one of another kind, as an older pack may have left."""
    if random.random() < 0.05:
        return random.choice(["moon", True, Decimal(3)])
    match field.kind:
        case ValueKind.INTEGER | ValueKind.DECIMAL:
            return Decimal(random.choice([0, 1, 7, 60, 2500, 40_000]))
        case ValueKind.YES_NO:
            return random.random() < 0.5
        case ValueKind.CHOICE:
            return random.choice(field.choices).id
        case ValueKind.DATE:
            return NOW.date().replace(year=YEAR - random.randint(0, 9))
        case ValueKind.TEXT:
            return random.choice(["张三", "李四", "甲 乙"])


def some_change(asked: Programme, now: Assessment, random: Random) -> Change:
    """Any field of any kind filled in, changed or emptied."""
    kind = random.choice([*FieldKind, FieldKind.VALUE, FieldKind.ROW])
    year = YEAR - random.choice([0, 0, 0, 1, 2, 3])
    origin = Origin(OriginKind.TYPED, random.choice("甲乙"), NOW)
    new: Content
    match kind:
        case FieldKind.VALUE:
            indicator = random.choice(list(asked.indicators.values()))
            place = Field(kind, indicator.id, year)
            new = Entry(some_value(indicator, random), origin)
            if random.random() < 0.1:
                new = Entry(None, origin, not_applicable="没有")
        case FieldKind.ROW | FieldKind.EMPTY_TABLE if asked.tables:
            table = random.choice(list(asked.tables.values()))
            place = Field(
                kind, table.id, year, f"r{random.randint(1, 3):05}" if kind is FieldKind.ROW else ""
            )
            cells = {
                column.id: some_value(column, random) for column in table.columns if random.random() < 0.8
            }
            new = Row(place.item, random.randint(0, 3), cells, origin)
            if kind is FieldKind.EMPTY_TABLE:
                new = DeclaredEmpty(origin)
        case FieldKind.ATTESTATION:
            place = Field(kind, random.choice(_ids(asked, Attested)))
            new = Attestation(random.random() < 0.5, origin=origin)
        case FieldKind.RATING:
            rubrics = [item for item in asked.scored_items() if isinstance(item.method, Rubric)]
            item = random.choice(rubrics) if rubrics else None
            place = Field(kind, "nothing" if item is None else item.id)
            levels = item.method.levels if item is not None and isinstance(item.method, Rubric) else ()
            new = Rating(random.choice([level.id for level in levels] or ["none"]), origin=origin)
        case FieldKind.EXPLANATION:
            place = Field(kind, random.choice([each.id for each in asked.checks] or ["nothing"]))
            new = Explanation("因为今年扩招了", random.random() < 0.5, origin)
        case FieldKind.EVIDENCE:
            place = Field(kind, random.choice(list(asked.provable())), None, random.choice("abc"))
            new = EvidenceLink(place.item * 64, "证明.pdf", "application/pdf", 9, 0, origin)
        case _:
            place = Field(FieldKind.TEXT, "story")
            new = Text("故事", origin)
    old = now.fields.get(place)
    return Change(place, old, None if old is not None and random.random() < 0.4 else new)


def _ids(asked: Programme, rule: type) -> list[str]:
    return [each.id for each in asked.conditions() if isinstance(each.rule, rule)] or ["nothing"]


def edits(asked: Programme, start: Assessment, random: Random, steps: int) -> Iterator[list[Change]]:
    """Deeds one after another, some of several changes, some taking an earlier one back."""
    now, done = start, list[list[Change]]()
    for _ in range(steps):
        if done and random.random() < 0.25:
            deed = [change.undone for change in reversed(done.pop())]
        else:
            deed = []
            after = now
            for _ in range(random.choice([1, 1, 1, 4])):
                change = some_change(asked, after, random)
                deed.append(change)
                after = after.after([change])
            done.append(deed)
        now = now.after(deed)
        yield deed


def assert_judged_alike(standing: Standing, asked: Programme) -> None:
    anew = assess(asked, standing.assessment)
    # Rule by rule first: a difference is then told by its rule and not by a page of verdict.
    for one, other in zip(standing.verdict.rules, anew.rules, strict=True):
        assert one == other
    assert standing.verdict.findings == anew.findings
    assert standing.verdict == anew


@pytest.mark.parametrize("pack", PACKS)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_after_any_edits_it_is_what_judging_anew_gives(pack: str, seed: int) -> None:
    asked, start = sample(pack)
    random = Random(seed)  # noqa: S311  # edits, no secrets
    standing = Standing(asked, start)
    for at, deed in enumerate(edits(asked, start, random, 12)):
        standing = standing.after(deed)
        if at % 4 == 3:
            assert_judged_alike(standing, asked)


@settings(max_examples=60, deadline=None)
@given(programmes(), assessments(), st.integers(0, 2**32))
def test_of_made_up_programmes_too(asked: Programme, start: Assessment, seed: int) -> None:
    standing = Standing(asked, start)
    for deed in edits(asked, start, Random(seed), 4):  # noqa: S311  # edits, no secrets
        standing = standing.after(deed)
        assert_judged_alike(standing, asked)


@pytest.mark.parametrize("pack", PACKS)
def test_every_field_of_the_sample_emptied_and_filled_again(pack: str) -> None:
    asked, start = sample(pack)
    before = Standing(asked, start)
    for place, content in list(start.fields.items())[::9]:
        gone = Change(place, content, None)
        without = before.after([gone])
        assert without.verdict == assess(asked, without.assessment), place
        assert without.after([gone.undone]).verdict == before.verdict


def test_an_earlier_year_moves_what_looks_back_at_it() -> None:
    asked = programme(
        count("heads", "人数"),
        derived("double", "两倍", "heads * 2"),
        derived("growth", "增长", "double - years_back(double, 1)"),
        groups=[
            group(
                condition("now", threshold("heads", ">=", 1)),
                condition("grown", threshold("growth", ">=", 10)),
                condition("before", threshold("years_back(growth, 1)", ">=", 10)),
            )
        ],
    )
    start = assessment({"heads": 20}, earlier={YEAR - 1: {"heads": 10}, YEAR - 2: {"heads": 1}})
    before = Standing(asked, start)
    place = Field(FieldKind.VALUE, "heads", YEAR - 2)
    after = before.after([Change(place, start.fields[place], Entry(Decimal(9)))])
    assert [rule.outcome.value for rule in before.verdict.conditions] == ["met", "met", "met"]
    assert [rule.outcome.value for rule in after.verdict.conditions] == ["met", "met", "unmet"]
    assert after.verdict == assess(asked, after.assessment)
    # What the change does not touch is not judged again.
    assert after.verdict.conditions[0] is before.verdict.conditions[0]
    assert after.verdict.conditions[1] is before.verdict.conditions[1]


def test_a_standing_stays_what_it_is() -> None:
    asked, start = sample("quality-secondary-school")
    before, fresh = Standing(asked, start), assess(asked, start)
    used = next(rule.trace.inputs[0] for rule in fresh.rules if rule.trace and rule.trace.inputs)
    place = Field(FieldKind.VALUE, used.id, used.year)
    later = before.after([Change(place, start.fields[place], None)])
    assert later.verdict != before.verdict
    assert before.verdict == fresh


def test_who_brought_a_number_in_is_told_anew() -> None:
    asked = programme(count("heads", "人数"), groups=[group(condition("c", threshold("heads", ">=", 1)))])
    start = assessment({"heads": 3})
    place = Field(FieldKind.VALUE, "heads", YEAR)
    origin = Origin(OriginKind.IMPORTED, "李四", NOW, "名册.xlsx 第 3 行")
    after = Standing(asked, start).after([Change(place, start.fields[place], Entry(Decimal(3), origin))])
    trace = after.verdict.conditions[0].trace
    assert trace is not None
    assert trace.inputs[0].origin == origin


def test_a_check_of_rows_reads_the_school_anew() -> None:
    asked = programme(CAP, tables=[STAFF], checks=[check("x", "total <= cap", table="staff")])
    start = assessment({"cap": 5}, rows={"staff": [{"name": "张三", "total": 4}]})
    place = Field(FieldKind.VALUE, "cap", YEAR)
    lower = Standing(asked, start).after([Change(place, start.fields[place], Entry(Decimal(3)))])
    assert [finding.row_count for finding in lower.verdict.findings] == [1]
    assert_judged_alike(lower, asked)


def test_judging_twice_shares_the_work_and_not_the_answer() -> None:
    asked, start = sample("inheritor")
    one, other = assess(asked, start), assess(asked, replace(start, id="another"))
    assert one == other
    assert one.rules[0] is not other.rules[0]


def test_a_check_that_is_explained_is_settled_at_once() -> None:
    asked = programme(count("a", "甲"), count("b", "乙"), checks=[check("x", "a >= b")])
    standing = Standing(asked, assessment({"a": 1, "b": 2}))
    (finding,) = standing.verdict.findings
    assert not finding.settled
    place = Field(FieldKind.EXPLANATION, "x")
    (explained,) = standing.after([Change(place, None, Explanation("因为今年扩招了"))]).verdict.findings
    assert explained.settled
