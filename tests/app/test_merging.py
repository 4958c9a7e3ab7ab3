"""Bringing together what departments say: what comes in, what is disputed, what cannot be used."""

from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.app.change_owners import change_owners
from chuyi_desktop.app.departments.deliveries import BOTH, KEEP, RemarkKind
from chuyi_desktop.app.departments.field_marks import marks
from chuyi_desktop.app.departments.register import read_register
from chuyi_desktop.app.merge_workbooks import department_states, make_merge, read_choices
from chuyi_desktop.app.split_workbook import split_workbook
from chuyi_desktop.domain.assessment import (
    Attestation,
    Content,
    Entry,
    Field,
    Origin,
    OriginKind,
    Rating,
    Text,
)
from chuyi_desktop.domain.errors import ChuyiError, InputError
from chuyi_desktop.domain.problem import Place, Problem
from tests.app.departments_school import (
    ACADEMIC,
    AREA,
    ESTATE,
    OFFICE,
    PARTY,
    PLAN,
    ROSTER,
    SAFE,
    STAFF,
    STUDENTS,
    TEACHERS,
    YEAR,
    book,
    deliveries,
    list_of,
    merge,
    number,
    planned,
    session_of,
    teacher_rows,
    type_in,
    value,
)
from tests.fakes import NOW


def test_what_a_department_says_comes_in_with_its_origin(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    path = book(session, ACADEMIC, {STUDENTS: number(3091, "含联办")})
    assert merge(session, path).fields == {STUDENTS}
    entry = session.assessment.entry("student_count")
    assert entry == number(3091, "含联办")
    assert entry.origin is not None
    assert (entry.origin.kind, entry.origin.who) == (OriginKind.IMPORTED, ACADEMIC)
    assert entry.origin.source == "教务处.xlsx!student_count"
    assert session.workspace.journal()[0].stamp.label == "汇总部门填报表：教务处"
    states = {state.department: state for state in department_states(session)}
    assert states[ACADEMIC].delivered is not None
    assert (states[ACADEMIC].filling.asked, states[ACADEMIC].filling.filled) == (3, 1)
    assert states[ACADEMIC].filling.blank == ("在校生数（2025 年）", "在校生数（2024 年）")


def test_merging_again_changes_nothing(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    path = book(session, STAFF, {TEACHERS: number(157)}, {"teachers": [("", {"name": "甲"})]})
    merge(session, path)
    before = len(session.workspace.journal())
    assert not merge(session, path).anything
    assert len(session.workspace.journal()) == before
    assert len(read_register(session.workspace.folder).delivered) == 1


def test_undo_takes_a_merge_back_and_the_department_is_awaited_again(tmp_path: Path) -> None:
    session = session_of(tmp_path, {AREA: number(5)})
    merge(session, book(session, STAFF, {TEACHERS: number(157)}, {"teachers": [("", {"name": "甲"})]}))
    session.undo()
    assert session.assessment.fields == session_of(tmp_path / "same", {AREA: number(5)}).assessment.fields
    assert all(state.delivered is None for state in department_states(session))
    session.redo()
    assert [state.department for state in department_states(session) if state.delivered] == [STAFF]


def test_a_department_with_nothing_to_add_has_delivered_all_the_same(tmp_path: Path) -> None:
    session = session_of(tmp_path, {AREA: number(5)})
    path = book(session, ESTATE, {AREA: number(5)})
    plan = planned(session, path)
    assert (plan.changes, plan.awaited) == ((), (ACADEMIC, STAFF, OFFICE))
    make_merge(session, plan)
    assert [state.department for state in department_states(session) if state.delivered] == [ESTATE]


def test_what_was_left_as_it_was_says_nothing_against_what_was_typed_since(tmp_path: Path) -> None:
    session = session_of(tmp_path, {STUDENTS: number(3000, "旧")})
    path = book(session, ACADEMIC, {STUDENTS: number(3000, "旧")})
    type_in(session, {STUDENTS: number(3091, "新")})
    assert planned(session, path).whole
    assert not merge(session, path).anything
    assert session.assessment.entry("student_count") == number(3091, "新")


def test_a_blank_cell_takes_nothing_away_and_is_remarked(tmp_path: Path) -> None:
    session = session_of(tmp_path, {STUDENTS: number(3000), **teacher_rows("甲")})
    plan = planned(session, book(session, ACADEMIC, {}), book(session, STAFF, {}))
    assert [delivery.cleared for delivery in plan.deliveries] == [(ROSTER,), (STUDENTS,)]
    assert (plan.changes, plan.conflicts) == ((), ())
    assert [(each.kind, each.title, each.before) for each in plan.remarks] == [
        (RemarkKind.CLEARED, "专任教师名册", "1 行"),
        (RemarkKind.CLEARED, "在校生数", "3,000 人"),
    ]


def test_against_what_was_typed_since_the_clerk_has_to_choose(tmp_path: Path) -> None:
    session = session_of(tmp_path, {value("student_count", YEAR - 1): number(2950)})
    path = book(session, ACADEMIC, {STUDENTS: number(3091)})
    typed = Origin(OriginKind.TYPED, "王老师", NOW)
    type_in(session, {STUDENTS: Entry(Decimal(3000), typed)})
    plan = planned(session, path)
    (conflict,) = plan.open
    assert [(said.key, said.department, said.shown) for said in conflict.said] == [
        (KEEP, "王老师", "3,000 人"),
        ("教务处.xlsx", ACADEMIC, "3,091 人"),
    ]
    assert (conflict.id, conflict.last_year, conflict.choices) == (
        "student_count",
        "2,950 人",
        (KEEP, "教务处.xlsx"),
    )
    with pytest.raises(InputError, match="1 处分歧"):
        make_merge(session, plan)
    assert session.assessment.entry("student_count") == number(3000)
    merge(session, path, choices=read_choices(plan, {"student_count": "教务处.xlsx"}))
    assert session.assessment.entry("student_count") == number(3091)


def test_what_was_chosen_to_be_kept_is_kept_and_the_rest_comes_in(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    path = book(session, STAFF, {TEACHERS: number(157), value("senior_title_teacher_count"): number(29)})
    type_in(session, {TEACHERS: number(150)})
    plan = planned(session, path)
    merge(session, path, choices=read_choices(plan, {"all": KEEP}))
    assert session.assessment.value("full_time_teacher_count") == Decimal(150)
    assert session.assessment.value("senior_title_teacher_count") == Decimal(29)


def test_two_files_of_a_department_that_disagree(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    one = book(session, ACADEMIC, {STUDENTS: number(3091)}, name="a.xlsx")
    two = book(session, ACADEMIC, {STUDENTS: number(3190)}, name="b.xlsx")
    same = book(session, ACADEMIC, {STUDENTS: number(3091)}, name="c.xlsx")
    plan = planned(session, one, two, same)
    assert [said.key for said in plan.open[0].said] == [KEEP, "a.xlsx", "b.xlsx", "c.xlsx"]
    assert planned(session, one, same).whole
    merge(session, one, two, choices={STUDENTS: "b.xlsx"})
    assert session.assessment.value("student_count") == Decimal(3190)


def test_a_corrected_value_that_the_department_saw_is_no_dispute(tmp_path: Path) -> None:
    session = session_of(tmp_path, {STUDENTS: number(3000)})
    merge(session, book(session, ACADEMIC, {STUDENTS: number(3091)}))
    assert session.assessment.value("student_count") == Decimal(3091)


def test_a_note_and_a_value_of_one_field_come_from_two(tmp_path: Path) -> None:
    session = session_of(tmp_path, {STUDENTS: number(3000)})
    noted = book(session, ACADEMIC, {STUDENTS: number(3000, "含联办")}, name="a.xlsx")
    valued = book(session, ACADEMIC, {STUDENTS: number(3091)}, name="b.xlsx")
    merge(session, noted, valued)
    assert session.assessment.entry("student_count") == number(3091, "含联办")


def test_notes_are_disputed_as_values_are(tmp_path: Path) -> None:
    session = session_of(tmp_path, {STUDENTS: number(3000)})
    one = book(session, ACADEMIC, {STUDENTS: number(3000, "含联办")}, name="a.xlsx")
    two = book(session, ACADEMIC, {STUDENTS: number(3000, "不含联办")}, name="b.xlsx")
    assert [conflict.id for conflict in planned(session, one, two).open] == ["student_count"]
    merge(session, one, two, choices={STUDENTS: "b.xlsx"})
    assert session.assessment.entry("student_count") == number(3000, "不含联办")


def test_a_choice_between_values_leaves_a_note_alone_that_nobody_disputes(tmp_path: Path) -> None:
    session = session_of(tmp_path, {STUDENTS: number(3000)})
    paths = (
        book(session, ACADEMIC, {STUDENTS: number(3091)}, name="a.xlsx"),
        book(session, ACADEMIC, {STUDENTS: number(3190)}, name="b.xlsx"),
        book(session, ACADEMIC, {STUDENTS: number(3000, "含联办")}, name="c.xlsx"),
    )
    merge(session, *paths, choices={STUDENTS: "a.xlsx"})
    assert session.assessment.entry("student_count") == number(3091, "含联办")


def test_answers_levels_and_texts_are_the_offices(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    filled: dict[Field, Content] = {
        SAFE: Attestation(holds=True, note="见证明"),
        PARTY: Rating("good"),
        PLAN: Text("思路"),
        AREA: Entry(None, not_applicable="租用"),
    }
    merge(
        session,
        book(session, OFFICE, {key: filled[key] for key in (SAFE, PARTY, PLAN)}),
        book(session, ESTATE, {AREA: filled[AREA]}),
    )
    assert {key: session.assessment.fields[key] for key in filled} == filled


def test_a_leap_against_last_year_is_remarked_and_stands_in_nobodys_way(tmp_path: Path) -> None:
    session = session_of(
        tmp_path, {value("student_count", YEAR - 1): number(2950), value("site_area", YEAR - 1): number(100)}
    )
    path = book(session, ACADEMIC, {STUDENTS: number(4200), value("student_count", YEAR - 1): number(2960)})
    plan = planned(session, path, book(session, ESTATE, {AREA: number(120)}))
    found = [(each.kind, each.department, each.before, each.after, each.percent) for each in plan.remarks]
    assert found == [
        (RemarkKind.JUMP, ACADEMIC, "2,960 人", "4,200 人", "+42%"),
        (RemarkKind.EARLIER_CHANGED, ACADEMIC, "2,950 人", "2,960 人", ""),
    ]
    assert plan.whole


def test_one_bad_file_holds_the_run_up_and_can_be_left_out(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    good = book(session, ACADEMIC, {STUDENTS: number(3091)})
    bad_cell = Problem(
        "input.not_a_number", place=Place("x", "s", "E5"), params={"found": "约", "unit": "人"}
    )
    bad = book(session, STAFF, {TEACHERS: number(157)}, problems=(bad_cell,))
    plan = planned(session, good, bad, session.workspace.folder / "没有.xlsx")
    assert [delivery.key for delivery in plan.refused] == ["没有.xlsx", "人事处.xlsx"]
    with pytest.raises(InputError, match="2 个文件"):
        make_merge(session, plan)
    assert session.assessment.entry("student_count") is None
    assert make_merge(session, plan, partial=True).fields == {STUDENTS}
    assert [state.department for state in department_states(session) if state.delivered] == [ACADEMIC]


@pytest.mark.parametrize(
    ("department", "school", "workspace", "code"),
    [
        ("", "邵东职校", "", "departments.not_a_share"),
        (ACADEMIC, "另一职校", "elsewhere", "departments.other_school"),
        (ACADEMIC, "改过名的职校", "", None),
        (ACADEMIC, "邵东职校", "elsewhere", None),
        (ACADEMIC, "", "elsewhere", None),
    ],
)
def test_whose_workbook_it_is(
    tmp_path: Path, department: str, school: str, workspace: str, code: str | None
) -> None:
    session = session_of(tmp_path)
    lines = list_of(session, ACADEMIC)
    path = book(
        session,
        department,
        {STUDENTS: number(1)},
        name="x.xlsx",
        lines=lines,
        school=school,
        workspace=workspace,
    )
    (delivery,) = deliveries(session, path)
    assert [problem.code for problem in delivery.problems] == ([code] if code else [])
    assert delivery.refused == (code is not None)


def test_cells_of_others_are_ignored_and_said(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    path = book(
        session, ACADEMIC, {STUDENTS: number(3091), AREA: number(7)}, {"teachers": [("", {"name": "甲"})]}
    )
    plan = planned(session, path)
    (delivery,) = plan.deliveries
    assert [problem.sentence for problem in delivery.problems] == [
        "不在这个部门的填报清单里，没有采用：教务处.xlsx!site_area",
        "不在这个部门的填报清单里，没有采用：教务处.xlsx!0",
    ]
    assert [change.field for change in plan.changes] == [STUDENTS]


def test_a_workbook_that_lost_its_list_is_taken_by_what_its_department_is_asked(tmp_path: Path) -> None:
    session = session_of(tmp_path, {STUDENTS: number(3000)})
    path = book(session, ACADEMIC, {STUDENTS: number(3091), AREA: number(7)}, lines=None)
    plan = planned(session, path)
    codes = [problem.code for problem in plan.deliveries[0].problems]
    assert codes == ["departments.list_lost", "departments.not_own"]
    # What it saw is not known any more, so that it cannot be told who is newer.
    assert [conflict.id for conflict in plan.open] == ["student_count"]
    unknown = book(session, "保卫处", {}, lines=None)
    assert deliveries(session, unknown)[0].problems[0].code == "departments.unknown_share"


def test_a_department_that_was_renamed_meanwhile_has_delivered(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    path = book(session, ESTATE, {AREA: number(7)})
    change_owners(session, {ESTATE: "后勤部"})
    assert planned(session, path).awaited == (ACADEMIC, STAFF, OFFICE)


def test_files_called_alike_are_told_apart_and_one_given_twice_is_one(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    (session.workspace.folder / "b").mkdir()
    one = book(session, ACADEMIC, {STUDENTS: number(1)}, name="x.xlsx")
    two = book(session, STAFF, {TEACHERS: number(2)}, name="b/x.xlsx")
    assert {each.key for each in deliveries(session, one, two, one)} == {"ws/x.xlsx", "b/x.xlsx"}


def test_a_folder_stands_for_its_workbooks(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    path = book(session, ACADEMIC, {STUDENTS: number(1)}, name="x.XLSX")
    for name in ("x.XLSX", "~$x.xlsx", ".x.xlsx", "x.docx"):
        (session.workspace.folder / name).touch()
    assert [each.path for each in deliveries(session, session.workspace.folder)] == [path]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="没有"):
        deliveries(session, tmp_path / "empty")


@pytest.mark.parametrize(
    "wanted", [{"nothing": KEEP}, {"student_count": "z.xlsx"}, {"student_count": BOTH}, {"all": "z.xlsx"}]
)
def test_a_choice_nobody_offers_is_refused(tmp_path: Path, wanted: dict[str, str]) -> None:
    session = session_of(tmp_path)
    path = book(session, ACADEMIC, {STUDENTS: number(1)})
    type_in(session, {STUDENTS: number(2)})
    with pytest.raises(InputError):
        read_choices(planned(session, path), wanted)


def test_marks_tell_contents_apart_and_nothing_else() -> None:
    assert marks(Entry(Decimal("3.10"))) == marks(Entry(Decimal("3.1")))
    others: list[Content] = [
        Entry(Decimal(1)),
        Entry(value=True),
        Entry("1"),
        Entry(None, not_applicable="1"),
        Text("1"),
        Rating("1"),
        Attestation(holds=True),
    ]
    assert len({marks(each).value for each in others}) == len(others)
    assert marks(Entry(None, note="x")).value == ""


def test_every_failure_says_what_is_kept(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    session.workspace.read_only = True  # type: ignore[misc]  # the fake's
    for deed in (
        lambda: change_owners(session, {"plan": ACADEMIC}),
        lambda: merge(session, book(session, ACADEMIC, {STUDENTS: number(1)})),
    ):
        with pytest.raises(ChuyiError):
            deed()
    assert not split_workbook(session, tmp_path / "out").noted
