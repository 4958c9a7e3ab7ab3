"""Every pack with a filled sample: what the school typed is taken whole, and the verdict is the golden one.

``CHUYI_UPDATE_GOLDEN=1 pytest tests/packs/test_samples.py`` writes the golden files anew; review each.
A sample has ``settings`` (names as :func:`~chuyi_desktop.app.edit.plan_settings` takes them, to text as
typed), ``tables`` (rows of column id to text; an empty list is 本表无数据) and a ``note``.
"""

import json
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from chuyi_desktop.app.edit import plan_settings
from chuyi_desktop.app.ports import Stamp, silent
from chuyi_desktop.domain.assessment import (
    Assessment,
    Content,
    DeclaredEmpty,
    Field,
    FieldKind,
    Row,
)
from chuyi_desktop.domain.problem import Place, Severity
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.typed_input import read_typed
from chuyi_desktop.domain.values import Value
from chuyi_desktop.domain.verdict import RuleOutcome, Verdict
from chuyi_desktop.excel.workbooks import ExcelWorkbooks
from chuyi_desktop.packs.library import FormsFolder
from chuyi_desktop.report.compose import compose
from chuyi_desktop.scoring.verdicts import assess

HERE = Path(__file__).parent
SAMPLES = sorted((HERE / "samples").glob("*.json"))
YEAR = 2026
STAMP = Stamp("测试", datetime(2026, 9, 1, 8, 0, tzinfo=UTC), "样例")


@pytest.fixture(scope="module")
def library() -> FormsFolder:
    return FormsFolder(HERE.parents[1] / "forms")


def read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


def filled(programme: Programme, sample: Mapping[str, Any]) -> Assessment:
    """The sample as an assessment; nothing in it may be refused."""
    blank = Assessment("sample", programme.id, programme.version, programme.pack_hash, YEAR, {})
    plan = plan_settings(programme, blank, sample["settings"], STAMP)
    refused = [str(one) for one in plan.problems if one.severity is Severity.ERROR]
    assert not refused, "\n".join(refused)
    fields: dict[Field, Content] = {
        change.field: change.new for change in plan.changes if change.new is not None
    }
    for table_id, rows in sample["tables"].items():
        if not rows:
            fields[Field(FieldKind.EMPTY_TABLE, table_id, YEAR)] = DeclaredEmpty()
        for position, cells in enumerate(rows):
            row_id = f"r{position + 1:05}"
            row = Row(row_id, position, typed(programme, table_id, position, cells))
            fields[Field(FieldKind.ROW, table_id, YEAR, row_id)] = row
    return Assessment("sample", programme.id, programme.version, programme.pack_hash, YEAR, fields)


def typed(programme: Programme, table_id: str, position: int, cells: Mapping[str, str]) -> dict[str, Value]:
    """The cells of a row as values; every required one is there."""
    table = programme.tables[table_id]
    found: dict[str, Value] = {}
    for column_id, text in cells.items():
        if not text.strip():
            continue
        column = table.by_id[column_id]
        place = Place(label=f"{table.name} {position + 1} {column.name}")
        reading = read_typed(text, column, place=place)
        assert reading.value is not None, str(reading.problem)
        found[column_id] = reading.value
    missing = [column.name for column in table.columns if column.required and column.id not in found]
    assert not missing, (table.name, position + 1, missing)
    return found


def told(verdict: Verdict) -> dict[str, object]:
    """The verdict as the golden file has it."""
    rules = [*verdict.rules, *(option for rule in verdict.conditions for option in rule.options)]
    return {
        "tier": verdict.tier.id if verdict.tier is not None else None,
        "possible_tiers": [tier.id for tier in verdict.possible_tiers],
        "points": str(verdict.points),
        "open_points": str(verdict.open_points),
        "sections": {one.id: f"{one.points}/{one.maximum}" for one in verdict.sections},
        "rules": {rule.id: outcome(rule) for rule in rules},
        "findings": sorted(finding.check.id for finding in verdict.findings),
    }


def outcome(rule: RuleOutcome) -> str:
    """A rule's outcome beside what it was judged by, to be reviewed at a glance."""
    if rule.points is not None:
        return f"{rule.outcome.value} {rule.points}/{rule.maximum} ({rule.shown})"
    judged = f" ({rule.shown} {rule.shown_threshold})" if rule.shown_threshold else ""
    return f"{rule.outcome.value}{judged}"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_verdict_on_the_sample(path: Path, library: FormsFolder) -> None:
    programme = library.programme(path.stem)
    found = told(assess(programme, filled(programme, read(path))))
    golden = HERE / "golden" / path.name
    if os.environ.get("CHUYI_UPDATE_GOLDEN") == "1":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == read(golden)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_sample_shows_something(path: Path, library: FormsFolder) -> None:
    """Rules met, unmet and open all occur, and no check that blocks handing in speaks against the sample."""
    programme = library.programme(path.stem)
    verdict = assess(programme, filled(programme, read(path)))
    assert {rule.outcome.value for rule in verdict.rules} >= {"met", "unmet", "missing"}
    assert [finding.check.id for finding in verdict.findings if finding.blocks] == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_sample_comes_back_whole_from_its_workbook(
    path: Path, library: FormsFolder, tmp_path: Path
) -> None:
    programme = library.programme(path.stem)
    assessment = filled(programme, read(path))
    workbooks = ExcelWorkbooks()
    workbooks.write(programme, assessment, tmp_path / "filled.xlsx", silent)
    reading = workbooks.read(tmp_path / "filled.xlsx", programme, YEAR, silent)
    assert [str(one) for one in reading.problems if one.severity is Severity.ERROR] == []
    assert {cell.field: cell.content for cell in reading.cells} == {
        field: content
        for field, content in assessment.fields.items()
        if field.kind not in {FieldKind.ROW, FieldKind.EMPTY_TABLE}
    }
    for table_id, rows in read(path)["tables"].items():
        (roster,) = (one for one in reading.rosters if one.table_id == table_id)
        assert roster.declared_empty == (not rows)
        assert [row.cells for row in roster.rows] == [row.cells for row in assessment.rows(table_id) or ()]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_dossier_of_the_sample_shows_all_of_it(path: Path, library: FormsFolder) -> None:
    programme = library.programme(path.stem)
    sample = read(path)
    assessment = filled(programme, sample)
    shown = repr(compose(programme, assessment, assess(programme, assessment), date(YEAR, 9, 1)))
    rosters = [programme.tables[table_id].name for table_id, rows in sample["tables"].items() if rows]
    wanted = [
        *rosters,
        *(narrative.title for narrative in programme.narratives),
        *(condition.title for condition in programme.conditions()),
        *(item.title for item in programme.scored_items()),
    ]
    assert [title for title in wanted if title not in shown] == []


def test_every_golden_verdict_has_its_sample() -> None:
    assert {path.name for path in SAMPLES} == {path.name for path in (HERE / "golden").glob("*.json")}
    assert SAMPLES
