from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.app.begin import begin, open_session
from chuyi_desktop.domain.errors import InputError, WorkspaceError
from tests.app.school import small_program


def test_a_new_assessment_holds_its_first_settings(tmp_path: Path) -> None:
    program = small_program(tmp_path)
    with begin(
        program, tmp_path / "ws", "small", 2026, {"school_name": "某校", "学生数": "3,091人"}
    ) as session:
        assert session.assessment.value("school_name") == "某校"
        assert session.assessment.value("student_count") == Decimal(3091)
    assert program.workspaces.open(tmp_path / "ws").heads()[0].id == "small-2026"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"studentcount": "1"}, "没有“studentcount”这一项，是不是要填：student_count"),
        ({"student_count": "很多"}, "“很多”不是数"),
        ({"site_area": "-5"}, "小于允许的最小值 0"),
        ({"student_teacher_ratio": "19"}, "由程序计算"),
        ({"student_count": "12.5"}, "不是整数"),
    ],
)
def test_a_wrong_setting_is_said_and_nothing_is_made(
    tmp_path: Path, settings: dict[str, str], words: str
) -> None:
    folder = tmp_path / "ws"
    with pytest.raises(InputError, match="什么都没有改动") as caught:
        begin(small_program(tmp_path), folder, "small", 2026, settings)
    assert words in caught.value.sentence
    assert not folder.exists()


@pytest.mark.parametrize("year", [26, 1999, 20260])
def test_an_impossible_year_is_refused(tmp_path: Path, year: int) -> None:
    with pytest.raises(InputError, match=f"年度 {year} 不对"):
        begin(small_program(tmp_path), tmp_path / "ws", "small", year, {})


def test_a_second_assessment_shares_the_schools_values(tmp_path: Path) -> None:
    program = small_program(tmp_path)
    folder = tmp_path / "ws"
    begin(program, folder, "small", 2025, {"student_count": "900", "plan": "旧思路"}).close()
    with begin(program, folder, "small", 2026, {"student_count": "1000"}) as session:
        assert session.assessment.value("student_count", 2025) == Decimal(900)
        assert session.assessment.value("student_count") == Decimal(1000)
        assert session.assessment.text("plan") == ""
    with open_session(program, folder) as latest:
        assert latest.assessment.year == 2026
    with open_session(program, folder, year=2025) as earlier:
        assert earlier.assessment.text("plan") == "旧思路"


def test_the_same_assessment_cannot_begin_twice(tmp_path: Path) -> None:
    program = small_program(tmp_path)
    begin(program, tmp_path / "ws", "small", 2026, {}).close()
    with pytest.raises(WorkspaceError):
        begin(program, tmp_path / "ws", "small", 2026, {})
    assert len(program.workspaces.open(tmp_path / "ws").heads()) == 1


def test_an_absent_assessment_is_refused_with_what_is_there(tmp_path: Path) -> None:
    program = small_program(tmp_path)
    begin(program, tmp_path / "ws", "small", 2026, {}).close()
    with pytest.raises(InputError, match="现有：small 2026"):
        open_session(program, tmp_path / "ws", year=2020)
