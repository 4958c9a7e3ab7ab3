"""What is written is read back, exactly and nothing else."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings

from chuyi_desktop.app.ports import silent
from chuyi_desktop.domain.assessment import Entry, Field, FieldKind, Row, Text
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.excel.workbooks import ExcelWorkbooks
from tests.builders import YEAR
from tests.excel.generated import Case, cases
from tests.excel.school import contents, filled_fields, read, small_assessment, small_programme, value, write


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_reading_gives_back_exactly_what_was_written(case: Case) -> None:
    with TemporaryDirectory() as folder:
        target = Path(folder) / "w.xlsx"
        ExcelWorkbooks().write(case.programme, case.assessment, target, silent)
        reading = ExcelWorkbooks().read(target, case.programme, YEAR, silent)
    assert [str(problem) for problem in reading.problems if problem.code != "excel.required_missing"] == []
    assert contents(reading) == case.assessment.fields


def test_a_school_comes_back_whole(tmp_path: Path) -> None:
    reading = read(write(tmp_path))
    assert reading.problems == ()
    assert contents(reading) == filled_fields()


def test_a_second_import_of_an_export_changes_nothing(tmp_path: Path) -> None:
    first = read(write(tmp_path))
    assessment = small_assessment(contents(first))
    again = tmp_path / "again.xlsx"
    ExcelWorkbooks().write(small_programme(), assessment, again, silent)
    for place, content in contents(read(again)).items():
        assert assessment.change(place, content) is None


def test_the_same_assessment_gives_the_same_bytes(tmp_path: Path) -> None:
    assert write(tmp_path, name="a.xlsx").read_bytes() == write(tmp_path, name="b.xlsx").read_bytes()


def test_an_empty_template_says_nothing(tmp_path: Path) -> None:
    reading = read(write(tmp_path, {}))
    assert (reading.cells, reading.rosters, reading.problems) == ((), (), ())


def test_every_value_names_its_cell(tmp_path: Path) -> None:
    reading = read(write(tmp_path))
    sources = {cell.field: cell.source for cell in reading.cells}
    assert sources[value("student_count")] == "表.xlsx 的“基本情况”E6"
    assert reading.rosters[0].rows[0].source == "表.xlsx 的“专任教师名册”C6"


def test_numbers_longer_than_a_double_stay_exact(tmp_path: Path) -> None:
    exact = Decimal("123456789012345.6789")
    reading = read(write(tmp_path, {value("equipment_value"): Entry(exact)}))
    assert contents(reading) == {value("equipment_value"): Entry(exact)}


def test_a_text_no_cell_can_hold_is_left_alone(tmp_path: Path) -> None:
    long = Field(FieldKind.TEXT, "plan")
    reading = read(write(tmp_path, {long: Text("𬭎" * 20_000), value("student_count"): Entry(Decimal(1))}))
    assert reading.problems == ()
    assert contents(reading) == {value("student_count"): Entry(Decimal(1))}


def test_a_roster_of_thousands(tmp_path: Path) -> None:
    fields = {
        Field(FieldKind.ROW, "teachers", YEAR, f"r{number}"): Row(
            f"r{number}", number, {"name": f"教师{number}", "hours": Decimal(number % 60)}
        )
        for number in range(5000)
    }
    assert contents(read(write(tmp_path, fields))) == fields


def test_another_version_of_the_pack_is_said(tmp_path: Path) -> None:
    newer = replace(small_programme(), version="2", pack_hash="1" * 64)
    reading = read(write(tmp_path), newer)
    assert [(each.code, each.severity) for each in reading.problems] == [("excel.other_pack", Severity.NOTE)]
    assert contents(reading) == filled_fields()
