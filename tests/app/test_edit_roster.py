"""Rosters are edited cell by cell, and findings explained, as changes that can be undone."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.app.changes import Plan
from chuyi_desktop.app.edit_roster import fresh_row_ids, plan_cells, plan_declared_empty, plan_rows_gone
from chuyi_desktop.app.explain import plan_explanation
from chuyi_desktop.app.ports import Stamp
from chuyi_desktop.domain.assessment import Assessment, Explanation, Field, FieldKind
from chuyi_desktop.domain.indicator import Choice, Column, Table, ValueKind
from tests.fakes import NOW

STAMP = Stamp("王老师", NOW, "填写")
BLANK = Assessment("small-2026", "small", "1.0", "0" * 64, 2026, {})
TABLE = Table(
    "teachers",
    "教师",
    (
        Column("name", "姓名", ValueKind.TEXT),
        Column(
            "title", "职称", ValueKind.CHOICE, choices=(Choice("senior", "高级"), Choice("other", "其他"))
        ),
        Column("age", "年龄", ValueKind.INTEGER, "岁", minimum=Decimal(18)),
    ),
)


def typed(assessment: Assessment, **rows: dict[str, str]) -> Assessment:
    return assessment.after(plan_cells(assessment, TABLE, rows, STAMP).plan.changes)


def cells(assessment: Assessment) -> dict[str, dict[str, object]]:
    return {row.id: dict(row.cells) for row in assessment.rows("teachers") or ()}


def test_new_rows_stand_at_the_end_in_the_order_given() -> None:
    first = typed(BLANK, r00001={"name": "张三"})
    both = typed(first, r00002={"name": "李四", "title": "高级"}, r00003={"age": "40 岁"})
    assert list(cells(both).values()) == [
        {"name": "张三"},
        {"name": "李四", "title": "senior"},
        {"age": Decimal(40)},
    ]
    assert [row.position for row in both.rows("teachers") or ()] == [0, 1, 2]


def test_refused_cell_keeps_what_it_has_and_the_others_are_taken() -> None:
    before = typed(BLANK, r00001={"name": "张三", "age": "40"})
    result = plan_cells(before, TABLE, {"r00001": {"name": "张三丰", "age": "7"}}, STAMP)
    assert list(result.refused) == [("r00001", "age")]
    assert cells(before.after(result.plan.changes)) == {"r00001": {"name": "张三丰", "age": Decimal(40)}}


def test_row_of_refused_cells_is_not_made() -> None:
    result = plan_cells(BLANK, TABLE, {"r00001": {"age": "老"}}, STAMP)
    assert result.plan.changes == ()
    assert result.plan.refused


def test_empty_text_clears_a_cell_and_same_text_changes_nothing() -> None:
    before = typed(BLANK, r00001={"name": "张三", "age": "40"})
    assert cells(typed(before, r00001={"age": " "})) == {"r00001": {"name": "张三"}}
    assert plan_cells(before, TABLE, {"r00001": {"age": "４０"}}, STAMP).plan.changes == ()


def test_declared_empty_ends_with_the_first_row() -> None:
    empty = BLANK.after(plan_declared_empty(BLANK, TABLE, STAMP, empty=True).changes)
    assert empty.rows("teachers") == ()
    filled = typed(empty, r00001={"name": "张三"})
    assert Field(FieldKind.EMPTY_TABLE, "teachers", 2026) not in filled.fields
    assert plan_declared_empty(filled, TABLE, STAMP, empty=True) == Plan()
    gone = filled.after(plan_rows_gone(filled, TABLE, ["r00001", "r00009"]).changes)
    assert gone.rows("teachers") is None


def test_other_years_stay_as_they_are() -> None:
    last_year = replace(BLANK, year=2025)
    before = replace(typed(last_year, r00001={"name": "张三"}), year=2026)
    after = typed(before, r00001={"name": "李四"})
    assert [row.cells["name"] for row in after.rows("teachers", 2025) or ()] == ["张三"]


@given(st.sets(st.integers(1, 30)), st.integers(0, 10))
def test_fresh_ids_are_fresh(taken: set[int], count: int) -> None:
    before = typed(BLANK, **{f"r{number:05}": {"name": "张"} for number in sorted(taken)})
    fresh = fresh_row_ids(before, TABLE, count)
    assert len(set(fresh)) == count
    assert not set(fresh) & set(cells(before))


def test_explanation_is_made_changed_and_taken_back() -> None:
    made = BLANK.after(plan_explanation(BLANK, "few", " 新办学校 ", STAMP).changes)
    assert made.explanation("few") == Explanation("新办学校")
    assert plan_explanation(made, "few", "新办学校", STAMP).changes == ()
    confirmed = plan_explanation(made, "few", "新办学校", STAMP, confirmed_by_head=True)
    assert len(confirmed.changes) == 1
    assert made.after(plan_explanation(made, "few", "", STAMP).changes).explanation("few") is None
