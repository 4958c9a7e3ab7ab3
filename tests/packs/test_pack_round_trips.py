"""Any school, for every pack: workbook out, workbook in, the same."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chuyi_desktop.app.ports import silent
from chuyi_desktop.domain.assessment import Content, Field, Row
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
    assert in_order(contents(reading)) == in_order(school.fields)


def in_order(fields: Mapping[Field, Content]) -> dict[Field, Content]:
    """The fields with rows counted from 0: a workbook keeps their order, not gaps where rows were deleted."""
    found = dict(fields)
    rosters: dict[str, list[Field]] = {}
    for place, content in fields.items():
        if isinstance(content, Row):
            rosters.setdefault(place.key, []).append(place)
    for places in rosters.values():
        rows = sorted(((found[place], place) for place in places), key=lambda pair: _position(pair[0]))
        for at, (row, place) in enumerate(rows):
            found[place] = replace(row, position=at)  # type: ignore[call-arg]  # a row, as chosen above
    return found


def _position(content: Content) -> int:
    assert isinstance(content, Row)
    return content.position
