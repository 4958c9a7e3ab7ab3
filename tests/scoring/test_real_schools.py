"""The published figures of two real schools, held against the national standard."""

from decimal import Decimal

import pytest

from chuyi_desktop.domain.indicator import Display
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.scoring import assess
from tests.builders import assessment, condition, count, derived, group, number, programme, threshold


def national_standard() -> Programme:
    """A part of 教职成〔2010〕12号."""
    return programme(
        count("students", "在校生"),
        count("teachers", "专任教师"),
        count("dual", "双师型教师"),
        count("senior", "高级职务教师"),
        number("site", "校园占地面积", "㎡"),
        number("building", "校舍建筑面积", "㎡"),
        number("equipment", "仪器设备总值", "万元"),
        number("books", "图书", "册"),
        derived("ratio", "生师比", "students / teachers", display=Display.ONE_TO),
        derived("site_each", "生均用地面积", "site / students", "㎡"),
        derived("building_each", "生均校舍建筑面积", "building / students", "㎡"),
        derived("books_each", "生均图书", "books / students", "册", digits=1),
        derived("dual_share", "双师型教师占比", "dual / teachers * 100", "%"),
        derived("senior_share", "高级职务教师占比", "senior / teachers * 100", "%"),
        derived("equipment_each", "生均仪器设备值", "equipment * 10000 / students", "元", digits=0),
        groups=[
            group(
                condition("ratio", threshold("ratio", "<=", 20)),
                condition("site_each", threshold("site_each", ">=", 33)),
                condition("building_each", threshold("building_each", ">=", 20)),
                condition("books_each", threshold("books_each", ">=", 30)),
                condition("senior_share", threshold("senior_share", ">=", 20)),
                condition("dual_share", threshold("dual_share", ">=", 30)),
                condition("equipment_each", threshold("equipment_each", ">=", 2500)),
            )
        ],
    )


SHAODONG = {
    "students": 3091,
    "teachers": 157,
    "site": 141192,
    "building": 44580,
    "books": 132600,
    "dual": 80,
    "senior": 29,
}
MILUO = {"teachers": 224, "senior": 94, "equipment": 4000}


@pytest.mark.parametrize(
    ("rule_id", "value", "shown", "outcome"),
    [
        ("ratio", "19.69", "1:19.69", Outcome.MET),
        ("site_each", "45.68", "45.68 ㎡", Outcome.MET),
        ("building_each", "14.42", "14.42 ㎡", Outcome.UNMET),
        ("books_each", "42.9", "42.9 册", Outcome.MET),
        ("senior_share", "18.47", "18.47%", Outcome.UNMET),
        ("dual_share", "50.96", "50.96%", Outcome.MET),
    ],
)
def test_shaodong(rule_id: str, value: str, shown: str, outcome: Outcome) -> None:
    verdict = assess(national_standard(), assessment(SHAODONG))
    rule = next(rule for rule in verdict.conditions if rule.id == rule_id)
    assert (rule.value, rule.shown, rule.outcome) == (Decimal(value), shown, outcome)


def test_shaodong_in_words() -> None:
    by_id = {rule.id: rule for rule in assess(national_standard(), assessment(SHAODONG)).conditions}
    assert by_id["ratio"].explanation == (
        "在校生 3,091 人，专任教师 157 人，生师比 = 3,091 ÷ 157 = 19.69（1:19.69），标准 ≤ 20（1:20），达到"
    )
    assert by_id["building_each"].explanation == (
        "校舍建筑面积 44,580 ㎡，在校生 3,091 人，生均校舍建筑面积 = 44,580 ÷ 3,091 = 14.42 ㎡，"
        "标准 ≥ 20 ㎡，未达到，还差 5.58 ㎡"
    )
    assert by_id["building_each"].gap == Decimal("5.58")
    assert by_id["senior_share"].explanation.endswith("标准 ≥ 20%，未达到，还差 1.53 个百分点")
    assert by_id["equipment_each"].explanation == (
        "在校生 3,091 人，生均仪器设备值 = 仪器设备总值 × 10,000 ÷ 在校生，标准 ≥ 2,500 元，"
        "暂不能判定（未填：仪器设备总值）"
    )


def test_what_a_school_did_not_publish_is_missing() -> None:
    verdict = assess(national_standard(), assessment(MILUO))
    by_id = {rule.id: rule for rule in verdict.conditions}
    assert (by_id["senior_share"].outcome, by_id["senior_share"].shown) == (Outcome.MET, "41.96%")
    assert verdict.count(Outcome.MISSING) == 6
    assert "未填：在校生" in by_id["ratio"].explanation
