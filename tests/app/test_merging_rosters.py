"""Rosters that departments deliver: taken whole, or the rows of all."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.app.departments.deliveries import BOTH, KEEP
from chuyi_desktop.app.departments.field_marks import row_mark
from chuyi_desktop.app.departments.roster_union import union
from chuyi_desktop.app.ports import SheetRoster, SheetRow
from chuyi_desktop.domain.assessment import (
    DeclaredEmpty,
    Field,
    FieldKind,
    Row,
)
from tests.app.departments_school import (
    ROSTER,
    STAFF,
    YEAR,
    book,
    merge,
    planned,
    roster,
    session_of,
    teacher_rows,
    type_in,
)


def test_a_roster_is_taken_whole(tmp_path: Path) -> None:
    session = session_of(tmp_path, teacher_rows("甲", "乙"))
    path = book(session, STAFF, {}, {"teachers": [("r00002", {"name": "乙乙"}), ("", {"name": "丙"})]})
    merge(session, path)
    assert [row["name"] for row in roster(session)] == ["乙乙", "丙"]
    row = (session.assessment.rows("teachers") or ())[1]
    assert row.origin is not None
    assert (row.origin.who, row.origin.source) == (STAFF, "人事处.xlsx!1")


def test_a_roster_said_to_be_empty(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    merge(session, book(session, STAFF, {}, {"teachers": []}))
    assert session.assessment.rows("teachers") == ()
    assert Field(FieldKind.EMPTY_TABLE, "teachers", YEAR) in session.assessment.fields
    assert DeclaredEmpty() in session.assessment.fields.values()


def test_two_versions_of_a_roster_the_clerk_takes_one_or_all(tmp_path: Path) -> None:
    session = session_of(tmp_path, teacher_rows("甲", "乙"))
    old = [("r00001", {"name": "甲"}), ("r00002", {"name": "乙"})]
    one = book(session, STAFF, {}, {"teachers": [*old, ("", {"name": "丙"})]}, name="a.xlsx")
    two = book(
        session, STAFF, {}, {"teachers": [old[0], ("", {"name": "丁"}), ("", {"name": "丙"})]}, name="b.xlsx"
    )
    plan = planned(session, one, two)
    (conflict,) = plan.open
    assert [said.shown for said in conflict.said] == [
        "2 行",
        "3 行",
        "3 行（独有 1 行：丁）",
    ]
    assert conflict.choices == (KEEP, "a.xlsx", "b.xlsx", BOTH)
    merge(session, one, two, choices={ROSTER: BOTH})
    # 乙 was deleted by one and left alone by the other.
    assert [row["name"] for row in roster(session)] == ["甲", "丙", "丁"]


def test_rows_typed_meanwhile_are_not_lost_unseen(tmp_path: Path) -> None:
    session = session_of(tmp_path, teacher_rows("甲"))
    path = book(session, STAFF, {}, {"teachers": [("r00001", {"name": "甲甲"})]})
    type_in(session, teacher_rows("甲", "乙"))
    assert [conflict.id for conflict in planned(session, path).open] == ["teachers"]
    merge(session, path, choices={ROSTER: BOTH})
    assert [row["name"] for row in roster(session)] == ["甲甲", "乙"]


_names = st.sampled_from(("甲", "乙", "丙", "丁"))
_versions = st.lists(st.tuples(st.sampled_from(("", "r1", "r2", "r3")), _names), max_size=5)


def _roster(rows: Sequence[tuple[str, str]]) -> SheetRoster:
    seen: set[str] = set()
    unique = []
    for row_id, name in rows:
        unique.append(SheetRow("" if row_id in seen else row_id, {"name": name}, ""))
        seen.add(row_id)
    return SheetRoster("t", tuple(unique))


@given(st.lists(_names, max_size=3), _versions, _versions)
def test_bringing_rosters_together(
    base: list[str], first: list[tuple[str, str]], second: list[tuple[str, str]]
) -> None:
    ours = [Row(f"r{at + 1}", at, {"name": name}) for at, name in enumerate(base)]
    known = {row.id: row_mark(row.cells) for row in ours}
    one, two = _roster(first), _roster(second)

    def names(*versions: SheetRoster) -> Counter[object]:
        return Counter(row.cells["name"] for row in union("t", ours, versions, known).rows)

    assert names(one, two) == names(two, one)
    assert names(one, one) == names(one)
    together = names(one, two)
    for version in (one, two):
        # Whatever somebody changed or added is there.
        said = Counter(
            row.cells["name"] for row in version.rows if known.get(row.row_id) != row_mark(row.cells)
        )
        assert not set(said) - set(together)
