"""The order in which files come makes no difference."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from chuyi_desktop.app.departments.deliveries import BOTH, KEEP, MergePlan
from chuyi_desktop.app.merge_workbooks import make_merge, plan_merge
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.assessment import (
    Field,
    FieldKind,
)
from tests.app.departments_school import (
    ACADEMIC,
    AREA,
    ESTATE,
    ROSTER,
    STAFF,
    STUDENTS,
    TEACHERS,
    book,
    deliveries,
    number,
    roster,
    session_of,
    type_in,
    value,
)

_names = st.sampled_from(("甲", "乙", "丙", "丁"))
_amounts = st.integers(1, 3)
_said = st.fixed_dictionaries(
    {},
    optional={
        (ACADEMIC, "student_count"): _amounts,
        (ACADEMIC + "二", "student_count"): _amounts,
        (STAFF, "full_time_teacher_count"): _amounts,
        (STAFF, "teachers"): st.lists(_names, min_size=1, max_size=3),
        (STAFF + "二", "teachers"): st.lists(_names, min_size=1, max_size=3),
        (ESTATE, "site_area"): _amounts,
    },
)


def _books(session: Session, said: Mapping[tuple[str, str], object]) -> dict[str, Path]:
    found = {}
    for name in sorted({name for name, _ in said}):
        own = {key: each for (who, key), each in said.items() if who == name}
        values = {value(key): number(each) for key, each in own.items() if isinstance(each, int)}
        rows = {
            key: [("", {"name": one}) for one in each] for key, each in own.items() if isinstance(each, list)
        }
        found[name] = book(session, name.removesuffix("二"), values, rows, name=f"{name}.xlsx")
    return found


def _held(session: Session) -> object:
    """What is there; rows by what they say, since their ids depend on which were there before."""
    values = {
        place: content
        for place, content in session.assessment.fields.items()
        if place.kind is not FieldKind.ROW
    }
    return values, roster(session)


def _winning(plan: MergePlan, winners: Mapping[Field, str], merged: set[str]) -> dict[Field, str]:
    """One will whatever the order: the winner's word where it is here or came before, else what is new."""
    chosen = {}
    for conflict in plan.conflicts:
        winner = winners[conflict.field]
        here = [key for key in conflict.choices if key not in {KEEP, BOTH}]
        chosen[conflict.field] = winner if winner in here else KEEP if winner in merged else here[0]
    return chosen


@settings(max_examples=25, deadline=None)
@given(_said, st.fixed_dictionaries({STUDENTS: _amounts, AREA: _amounts}), st.data())
def test_any_order_one_by_one_or_together_gives_the_same(
    said: dict[tuple[str, str], object], typed: dict[Field, int], data: st.DataObject
) -> None:
    names = sorted({f"{name}.xlsx" for name, _ in said})
    winners = {
        STUDENTS: f"{ACADEMIC}.xlsx" if (ACADEMIC, "student_count") in said else f"{ACADEMIC}二.xlsx",
        ROSTER: f"{STAFF}二.xlsx" if (STAFF + "二", "teachers") in said else f"{STAFF}.xlsx",
        AREA: f"{ESTATE}.xlsx",
        TEACHERS: f"{STAFF}.xlsx",
    }
    outcomes = []
    orders = [[names], *([[one] for one in data.draw(st.permutations(names))] for _ in range(3))]
    for rounds in orders:
        with TemporaryDirectory() as folder:
            session = session_of(Path(folder))
            paths = {path.name: path for path in _books(session, said).values()}
            type_in(session, {place: number(amount) for place, amount in typed.items()})
            merged: set[str] = set()
            for batch in rounds:
                found = deliveries(session, *(paths[name] for name in batch))
                chosen = _winning(plan_merge(session, found), winners, merged)
                make_merge(session, plan_merge(session, found, chosen))
                merged |= set(batch)
            outcomes.append(_held(session))
    assert all(outcome == outcomes[0] for outcome in outcomes)
