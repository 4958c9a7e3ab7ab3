"""Any school, for every pack: workbook out, workbook in, the same."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chuyi_desktop.app.ports import silent
from chuyi_desktop.excel.workbooks import ExcelWorkbooks
from chuyi_desktop.packs.library import FormsFolder
from tests.excel.generated_schools import full_school, schools
from tests.excel.school import contents
from tests.packs.test_samples import HERE, SAMPLES, YEAR, filled, read

LIBRARY = FormsFolder(HERE.parents[1] / "forms")


@pytest.mark.parametrize("path", SAMPLES, ids=[path.stem for path in SAMPLES])
@settings(
    max_examples=max(1, settings.default.max_examples // 100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10**6))
def test_what_is_written_is_read_back(path: Path, tmp_path: Path, seed: int) -> None:
    programme = LIBRARY.programme(path.stem)
    if Random(seed).random() < 0.5:  # noqa: S311  # repeatable, not secret
        school = full_school(programme, YEAR, seed)
    else:
        (school,) = schools(programme, filled(programme, read(path)), 1, seed)
    target = tmp_path / "w.xlsx"
    ExcelWorkbooks().write(programme, school, target, silent)
    reading = ExcelWorkbooks().read(target, programme, YEAR, silent)
    assert [str(each) for each in reading.problems if each.code != "excel.required_missing"] == []
    assert contents(reading) == school.fields
