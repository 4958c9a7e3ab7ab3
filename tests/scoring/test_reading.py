"""Numbers and units as a derivation reads them out."""

from decimal import Decimal

import pytest

from chuyi_desktop.domain.indicator import Display, Indicator, ValueKind
from chuyi_desktop.scoring.reading import quantity, said_number, shown

RATIO = Indicator("ratio", "生师比", ValueKind.DECIMAL, digits=2, display=Display.TO_ONE)


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        ("3091", "人", "3,091 人"),
        ("18.47", "%", "18.47%"),
        ("1956", "年", "1956 年"),
        ("0.3333333333", "㎡", "≈0.333333 ㎡"),
        ("1200", "", "1,200"),
    ],
)
def test_a_number_with_its_unit(number: str, unit: str, text: str) -> None:
    field = Indicator("field", "指标", ValueKind.DECIMAL, unit)
    assert quantity(Decimal(number), field) == text
    assert shown(Decimal(number), field) == text


def test_a_ratio_is_read_out_as_one() -> None:
    assert said_number(Decimal("19.69"), RATIO) == "19.69:1"
    assert quantity(Decimal("19.69"), RATIO) == "19.69"
