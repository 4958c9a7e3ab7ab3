"""The verdict as JSON: exact, complete, null where there is nothing."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.values import Maybe, Missing
from chuyi_desktop.domain.verdict import FoundRow
from chuyi_desktop.report.summary import as_json
from tests.report.school import finished, programme, verdict


def test_the_head_names_programme_pack_and_standing() -> None:
    found = as_json(programme(), verdict())
    assert (found["programme_id"], found["programme_name"]) == ("big-programme", "优质学校")
    assert (found["pack_version"], found["pack_hash"]) == ("1.2", "ab" * 32)
    assert found["year"] == 2026
    assert found["tier"] is None
    assert found["possible_tiers"] == [
        {"id": "tier_b", "name": "B档", "basis": "reference"},
        {"id": "tier_none", "name": "未达到", "basis": "reference"},
    ]
    assert (found["points"], found["open_points"]) == ("27.5", "5")
    assert (found["maximum"], found["reference_points"]) == ("50", "35")
    assert found["blocked"] is True


def test_a_reached_tier_has_id_and_name() -> None:
    done, _, closed = finished()
    assert as_json(done, closed)["tier"] == {"id": "tier_b", "name": "B档", "basis": "reference"}


def _rules() -> dict[str, dict[str, object]]:
    rules = as_json(programme(), verdict())["rules"]
    return {rule["id"]: rule for rule in rules}  # type: ignore[call-overload,index,misc,union-attr]  # JSON


def test_a_threshold_is_whole() -> None:
    assert _rules()["dual_met"] == {
        "id": "dual_met",
        "title": "双师型教师占比",
        "kind": "threshold",
        "group": "达标监测",
        "outcome": "unmet",
        "value": "50.96",
        "threshold": "60",
        "comparison": ">=",
        "gap": "9.04",
        "unit": "%",
        "basis": "reference",
        "source": None,
        "explanation": "双师型教师数 80 人 ÷ 专任教师数 157 人 = 50.96%，标准 ≥ 60%，未达到",
        "points": None,
        "maximum": None,
        "options": [],
    }


def test_missing_is_null_and_a_choice_of_the_school_is_kept() -> None:
    rules = _rules()
    assert rules["equipment_met"]["value"] is None
    assert rules["equipment_item"]["points"] is None
    assert rules["equipment_item"]["maximum"] == "5"
    assert rules["safe_years"]["value"] is True
    assert rules["ratio_met"]["source"] == "《中等职业学校设置标准》（教职成〔2010〕12号）第七条"
    assert rules["ratio_met"]["gap"] is None
    options = rules["results"]["options"]
    assert [(each["id"], each["outcome"]) for each in options] == [  # type: ignore[attr-defined]  # JSON
        ("national_award", "met"),
        ("model_school", "missing"),
    ]


def test_findings_say_whether_they_block() -> None:
    findings = as_json(programme(), verdict())["findings"]
    assert findings == [
        {
            "id": "students_steady",
            "title": "在校生数比上年变动不超过 20%",
            "grade": "explain",
            "message": "在校生数比上年变动不超过 20%：变动较大",
            "where": "",
            "found": "",
            "wanted": "",
            "advice": "请说明原因",
            "basis": "reference",
            "source": None,
            "table": None,
            "row_count": 0,
            "rows": [],
            "settled": True,
            "blocks": False,
            "explanation": "扩招新专业两个",
        },
        {
            "id": "dual_within",
            "title": "双师型教师不多于专任教师",
            "grade": "mandatory",
            "message": "双师型教师不多于专任教师：双师型教师多于专任教师",
            "where": "",
            "found": "",
            "wanted": "",
            "advice": "请核对",
            "basis": "reference",
            "source": None,
            "table": None,
            "row_count": 0,
            "rows": [],
            "settled": False,
            "blocks": True,
            "explanation": None,
        },
    ]


def test_rows_of_a_finding_are_listed() -> None:
    row = FoundRow("r2", 3, "张㛃", ("ended",), "第 3 行 张㛃", "结束日期 2024年4月1日", ())
    finding = replace(verdict().findings[0], where="教师名册", rows=(row,), row_count=21)
    (told,) = as_json(programme(), replace(verdict(), findings=(finding,)))["findings"]  # type: ignore[misc]  # JSON
    assert (told["where"], told["row_count"]) == ("教师名册", 21)  # type: ignore[call-overload,index]  # JSON
    assert told["rows"] == [  # type: ignore[call-overload,index]  # JSON
        {
            "id": "r2",
            "number": 3,
            "name": "张㛃",
            "columns": ["ended"],
            "where": "第 3 行 张㛃",
            "found": "结束日期 2024年4月1日",
        }
    ]


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18))
def test_numbers_are_exact_decimals_without_exponent(number: Decimal) -> None:
    rule = replace(verdict().conditions[0], value=number)
    found = as_json(programme(), replace(verdict(), conditions=(rule,)))
    written = json.loads(json.dumps(found))["rules"][0]["value"]
    assert isinstance(written, str)
    assert "e" not in written.lower()
    assert Decimal(written) == number


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 9, 1), "2026-09-01"),
        (False, False),
        ("fair", "fair"),
        (Missing(), None),
        (Decimal("0"), "0"),
    ],
)
def test_other_values(value: Maybe, written: object) -> None:
    rule = replace(verdict().conditions[0], value=value)
    found = as_json(programme(), replace(verdict(), conditions=(rule,)))
    assert json.loads(json.dumps(found))["rules"][0]["value"] == written
