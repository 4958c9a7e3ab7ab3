"""A programme over the years, each year under its own pack."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.compare_years import compare_years, trends, years_with_data
from chuyi_desktop.app.program import Program
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.report.years_json import trends_json, years_json
from tests.app.school import small_program, small_programme
from tests.app.test_compare_packs import STRICTER
from tests.fakes import MemoryLibrary


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return small_program(tmp_path)


def two_years(program: Program, folder: Path) -> Session:
    """2024 under the first pack; 2026 under a stricter one; of 2023 and 2025 single figures."""
    settings = {"student_count": "1900", "full_time_teacher_count": "100", "safe": "是"}
    begin(program, folder, "small", 2024, settings).close()
    library = MemoryLibrary(STRICTER)
    library.others[folder / ("0" * 64)] = MemoryLibrary(small_programme())
    later = {
        "student_count": "2090",
        "full_time_teacher_count": "110",
        "student_count@2025": "2000",
        "student_count@2023": "0",
    }
    return begin(replace(program, library=library), folder, "small", 2026, later)


def test_each_year_is_judged_under_its_own_pack(program: Program, tmp_path: Path) -> None:
    with two_years(program, tmp_path / "ws") as session:
        found = compare_years(session, 2026, 2024)
    assert (found.before.year, found.after.year) == (2024, 2026)
    assert (found.before.verdict.pack_version, found.after.verdict.pack_version) == ("1.0", "2.0")
    assert found.before.assessed
    outcomes = {
        change.id: (change.before and change.before.outcome, change.after and change.after.outcome)
        for change in found.rules
    }
    assert outcomes["ratio"] == (Outcome.MET, Outcome.UNMET)
    assert outcomes["large"] == (None, Outcome.MET)
    assert outcomes["safe"] == (Outcome.MET, None)
    assert found.notes == ("各年按自己的表单包判定：2024 年 1.0 版、2026 年 2.0 版",)
    moves = {pair.indicator.id: pair.move for pair in found.indicators}
    assert (moves["student_count"].change, moves["student_count"].relative) == (Decimal(190), Decimal(10))
    assert moves["site_area"].change is None


def test_a_year_without_an_assessment_is_judged_from_its_figures_and_that_is_said(
    program: Program, tmp_path: Path
) -> None:
    with two_years(program, tmp_path / "ws") as session:
        found = compare_years(session, 2025, 2026)
    assert not found.before.assessed
    assert found.before.verdict.pack_version == "2.0"
    assert "2025 年没有自评" in found.notes[0]
    assert "2.0 版" in found.notes[0]


def test_every_year_between_is_there_and_what_is_not_known_is_missing(
    program: Program, tmp_path: Path
) -> None:
    with two_years(program, tmp_path / "ws") as session:
        assert years_with_data(session) == (2023, 2024, 2025, 2026)
        found = trends(session, ["学生数", "ratio"])
    (students,) = found.indicators
    assert [each.value for each in students.values] == [Decimal(each) for each in (0, 1900, 2000, 2090)]
    (ratio,) = found.rules
    assert [each.outcome for each in ratio.years] == [
        Outcome.MISSING,
        Outcome.MET,
        Outcome.MISSING,
        Outcome.UNMET,
    ]


def test_a_year_in_between_of_which_nothing_is_known_stays_in_the_trend(
    program: Program, tmp_path: Path
) -> None:
    settings = {"student_count": "900", "student_count@2023": "800"}
    with begin(program, tmp_path / "ws", "small", 2026, settings) as session:
        (students,) = trends(session, ["student_count"]).indicators
    assert [isinstance(each.value, Missing) for each in students.values] == [False, True, True, False]
    assert [each.shown for each in students.values] == ["800 人", "未填", "未填", "900 人"]


def test_the_open_assessment_is_judged_as_it_is_now(program: Program, tmp_path: Path) -> None:
    with begin(program, tmp_path / "ws", "small", 2026, {"student_count@2025": "1"}) as session:
        assert compare_years(session, 2025, 2026).after.verdict is session.verdict


@pytest.mark.parametrize(
    ("years", "words"),
    [((2026, 2026), "两个不同的年度"), ((2020, 2026), "有数据的年度：2026"), ((26, 2026), "年度 26 不对")],
)
def test_years_that_cannot_be_compared_are_told(
    program: Program, tmp_path: Path, years: tuple[int, int], words: str
) -> None:
    with (
        begin(program, tmp_path / "ws", "small", 2026, {"student_count": "1"}) as session,
        pytest.raises(InputError, match=words),
    ):
        compare_years(session, *years)


def test_a_name_that_nothing_has_is_told_with_near_ones(program: Program, tmp_path: Path) -> None:
    with (
        begin(program, tmp_path / "ws", "small", 2026, {}) as session,
        pytest.raises(InputError, match="是不是：student_count"),
    ):
        trends(session, ["studnet_count"])


def test_comparing_changes_nothing(program: Program, tmp_path: Path) -> None:
    with two_years(program, tmp_path / "ws") as session:
        before, assessment = session.workspace.journal(), session.assessment
        compare_years(session, 2023, 2024)
        trends(session)
        assert session.workspace.journal() == before
        assert session.assessment is assessment


def test_as_json(program: Program, tmp_path: Path) -> None:
    with two_years(program, tmp_path / "ws") as session:
        found, all_years = compare_years(session, 2023, 2026), trends(session, ["student_count", "ratio"])
    plain = years_json(found.before, found.after, found.indicators, found.rules, found.difference)
    assert plain["before"]["assessed"] is False  # type: ignore[index, call-overload]  # JSON
    students = next(each for each in plain["indicators"] if each["id"] == "student_count")  # type: ignore[index, union-attr, call-overload]
    assert (students["change"], students["relative_percent"]) == ("2090", None)  # type: ignore[index, call-overload]
    told = trends_json(all_years.years, all_years.indicators, all_years.rules)
    values = told["indicators"][0]["values"]  # type: ignore[index, call-overload]  # JSON
    assert [each["value"] for each in values] == ["0", "1900", "2000", "2090"]  # type: ignore[index, union-attr, call-overload]
