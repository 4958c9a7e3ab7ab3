"""Who supplies what: the usual department or the one the school named, and a workbook for each."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.app.change_owners import change_owners, owned
from chuyi_desktop.app.departments.register import FILE, read_register
from chuyi_desktop.app.departments.shares import Owners, part_of, shares, supplied
from chuyi_desktop.app.merge_workbooks import department_states
from chuyi_desktop.app.split_workbook import split_workbook
from chuyi_desktop.domain.assessment import (
    Entry,
    Field,
    FieldKind,
)
from chuyi_desktop.domain.errors import InputError, OutputError, WorkspaceError
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
    books,
    divided_programme,
    number,
    session_of,
    value,
)


def test_everything_asked_has_one_supplier() -> None:
    programme = divided_programme()
    found = {share.department: set(share.fields) for share in shares(programme, YEAR, Owners())}
    assert list(found) == [ACADEMIC, STAFF, ESTATE, OFFICE]
    assert found[ACADEMIC] == {value("student_count", year) for year in (YEAR, YEAR - 1, YEAR - 2)}
    assert found[STAFF] == {TEACHERS, value("senior_title_teacher_count"), ROSTER}
    assert found[ESTATE] == {AREA}
    assert found[OFFICE] == {
        value("school_name"),
        SAFE,
        PARTY,
        PLAN,
        Field(FieldKind.EXPLANATION, "senior"),
    }


def test_of_several_departments_the_first_leads() -> None:
    whole = divided_programme()
    area = replace(whole.indicators["site_area"], owner="图书馆、团委")
    programme = replace(whole, indicators={**whole.indicators, "site_area": area})
    assert [share.department for share in shares(programme, YEAR, Owners())][2] == "图书馆"


@given(
    st.dictionaries(
        st.sampled_from(("student_count", "teachers", "plan", "party", "site_area")),
        st.text("甲乙", min_size=1, max_size=2),
    )
)
def test_whoever_supplies_it_nothing_falls_through_and_nothing_is_asked_twice(items: dict[str, str]) -> None:
    programme = divided_programme()
    divided = shares(programme, YEAR, Owners(items=items))
    every = [place for share in divided for place in share.fields]
    whole = [place for item in supplied(programme, YEAR, Owners()) for place in item.fields]
    assert Counter(every) == Counter(whole)
    assert max(Counter(every).values()) == 1
    for share in divided:
        part = part_of(programme, share)
        (again,) = shares(part, YEAR, Owners(items=items)) if items else [share]
        assert set(again.fields) == set(share.fields)
        asked = [one.indicator_id for section in part.sections for one in section.asked]
        assert len(asked) == len(set(asked))
        assert (part.id, part.version, part.pack_hash) == (
            programme.id,
            programme.version,
            programme.pack_hash,
        )


def test_the_school_moves_a_thing_and_calls_a_department_otherwise(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    assert change_owners(session, {"建设思路": ACADEMIC, "总务处": "后勤保障部"}) == 2
    owners = {item.id: item.owner for item in owned(session)}
    assert (owners["plan"], owners["site_area"]) == (ACADEMIC, "后勤保障部")
    assert change_owners(session, {"plan": ACADEMIC}) == 0
    # A department of the school's own can be renamed too, and what it has goes with it.
    assert change_owners(session, {"后勤保障部": "后勤部", ACADEMIC: "教学部"}) == 3
    owners = {item.id: item.owner for item in owned(session)}
    assert (owners["plan"], owners["site_area"], owners["student_count"]) == ("教学部", "后勤部", "教学部")
    assert change_owners(session, {"plan": "", ESTATE: "", ACADEMIC: ""}) == 3
    assert read_register(session.workspace.folder).owners == Owners()


def test_naming_the_usual_department_is_no_word_of_the_school(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    assert change_owners(session, {"plan": OFFICE, "site_area": ESTATE}) == 0
    assert not (session.workspace.folder / FILE).exists()


def test_a_thing_can_stay_when_its_department_is_renamed(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    change_owners(session, {STAFF: "组织人事部"})
    assert change_owners(session, {"teachers": STAFF}) == 1
    assert {item.id: item.owner for item in owned(session)}["teachers"] == STAFF


@pytest.mark.parametrize("name", ["学生人数", "教务"])
def test_an_unknown_name_is_refused_with_what_is_near(tmp_path: Path, name: str) -> None:
    session = session_of(tmp_path)
    with pytest.raises(InputError, match=r"教务处|在校生数"):
        change_owners(session, {"plan": ACADEMIC, name: "某处"})
    assert read_register(session.workspace.folder).owners == Owners()


def test_a_name_no_department_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="不能用"):
        change_owners(session_of(tmp_path), {"plan": "处\n处"})


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 9}', '{"format": 1, "departments": []}'])
def test_a_register_that_cannot_be_read_is_said_and_left(tmp_path: Path, text: str) -> None:
    session = session_of(tmp_path)
    path = session.workspace.folder / FILE
    path.write_text(text, "utf-8")
    with pytest.raises(WorkspaceError, match="都还在"):
        department_states(session)
    assert path.read_text("utf-8") == text


def test_a_workbook_for_each_department(tmp_path: Path) -> None:
    session = session_of(tmp_path, {STUDENTS: number(3091)})
    done = split_workbook(session, tmp_path / "out", contact=" 李老师 ")
    assert [path.name for _, path in done.files] == [
        f"邵东职校-{YEAR}-{department}.xlsx" for department in (ACADEMIC, STAFF, ESTATE, OFFICE)
    ]
    cover = books(session).handed[done.files[0][1]]
    assert (cover.department, cover.school, cover.contact) == (ACADEMIC, "邵东职校", "李老师")
    assert {line.field: bool(line.value) for line in cover.handed_out} == {
        STUDENTS: True,
        value("student_count", YEAR - 1): False,
        value("student_count", YEAR - 2): False,
    }
    assert [state.handed_out is not None for state in department_states(session)] == [True] * 4


def test_a_file_that_is_there_may_be_somebodys_work(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    split_workbook(session, tmp_path / "out", departments=[STAFF])
    kept = (tmp_path / "out" / f"邵东职校-{YEAR}-{STAFF}.xlsx").read_bytes()
    with pytest.raises(OutputError, match="没有覆盖"):
        split_workbook(session, tmp_path / "out")
    assert [path.read_bytes() for path in (tmp_path / "out").iterdir()] == [kept]
    with pytest.raises(InputError, match=f"{ACADEMIC}"):
        split_workbook(session, tmp_path / "other", departments=["教务"])


def test_names_of_files_are_such_as_every_system_takes(tmp_path: Path) -> None:
    session = session_of(tmp_path, {value("school_name"): Entry("一中/职教:中心?")})
    change_owners(session, {"plan": "科研<部>", "party": "科研>部<"})
    done = split_workbook(session, tmp_path / "out")
    names = [path.name for _, path in done.files]
    assert len(set(map(str.casefold, names))) == len(names) == 6
    assert not set("".join(names)) & set('<>:"/\\|?*')
