"""Rounding, exact writing and conversion of numbers."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.domain.units import UNITS, convert, find_unit, same_unit
from chuyi_desktop.domain.values import Missing, MissingReason, canonical, round_half_up

D = Decimal
numbers = st.decimals(-(10**15), 10**15, places=6)


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("19.685", 2, "19.69"),
        ("19.6849999", 2, "19.68"),
        ("1.005", 2, "1.01"),
        ("3", 2, "3"),
        ("1E+40", 2, "1E+40"),
        ("1234567890123456789012345678E+12", 4, "1234567890123456789012345678E+12"),
    ],
)
def test_round_half_up(value: str, digits: int, rounded: str) -> None:
    assert round_half_up(D(value), digits) == D(rounded)


@given(numbers, st.integers(0, 8))
def test_rounding_is_nearest_and_settles(value: Decimal, digits: int) -> None:
    rounded = round_half_up(value, digits)
    assert abs(Fraction(rounded) - Fraction(value)) <= Fraction(1, 2 * 10**digits)
    assert round_half_up(rounded, digits) == rounded
    assert round_half_up(-value, digits) == -rounded


@given(numbers, numbers, st.integers(0, 8))
def test_rounding_keeps_order(one: Decimal, other: Decimal, digits: int) -> None:
    low, high = sorted([one, other])
    assert round_half_up(low, digits) <= round_half_up(high, digits)


@pytest.mark.parametrize(
    ("value", "text"),
    [("3E+3", "3000"), ("45.680", "45.68"), ("0.00", "0"), ("-0", "0"), ("-0.0", "0"), ("1E-7", "0.0000001")],
)
def test_canonical(value: str, text: str) -> None:
    assert canonical(D(value)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_canonical_is_exact_and_shortest(value: Decimal) -> None:
    text = canonical(value)
    assert D(text) == value
    assert "E" not in text
    assert not ("." in text and text.endswith(("0", ".")))


@pytest.mark.parametrize(
    ("value", "written", "wanted", "converted"),
    [
        ("120", "亩", "㎡", "80000"),
        ("80000", "平方米", "亩", "120"),
        ("1.5", "公顷", "㎡", "15000"),
        ("13.26", "万册", "册", "132600"),
        ("4000", "万元", "元", "40000000"),
        ("2.5", "亿元", "万元", "25000"),
        ("5", "‰", "%", "0.5"),
        ("7", "名", "人", "7"),
        ("7", "斤", "斤", "7"),
    ],
)
def test_convert(value: str, written: str, wanted: str, converted: str) -> None:
    assert convert(D(value), written, wanted) == D(converted)


@pytest.mark.parametrize(("written", "wanted"), [("亩", "元"), ("斤", "㎡"), ("㎡", "斤"), ("人", "人次")])
def test_what_does_not_measure_the_same_is_not_converted(written: str, wanted: str) -> None:
    assert convert(D(1), written, wanted) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("㎡", "平方米", True),
        ("m2", "m²", True),
        ("人", "名", True),
        ("人", "人次", False),
        ("亩", "㎡", False),
        ("斤", "斤", True),
        ("斤", "两", False),
        ("", "", True),
        ("", "人", False),
        ("人", "", False),
    ],
)
def test_two_written_forms_of_one_unit(one: str, other: str, same: bool) -> None:  # noqa: FBT001  # a table
    assert same_unit(one, other) is same
    assert same_unit(other, one) is same


def test_every_written_form_means_one_unit() -> None:
    names = [name.casefold() for unit in UNITS for name in (unit.symbol, *unit.names)]
    assert len(names) == len(set(names))
    assert all(find_unit(f" {name} ") is not None for name in names)


@given(st.integers(0, 10**9).map(Decimal), st.data())
def test_there_and_back(value: Decimal, data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(UNITS))
    other = data.draw(st.sampled_from([each for each in UNITS if each.dimension == unit.dimension]))
    there = convert(value, unit.symbol, other.symbol)
    assert there is not None
    back = convert(there, other.symbol, unit.symbol)
    assert back is not None
    assert round_half_up(back, 9) == value


def test_missing_values_join_their_fields() -> None:
    one, other = Missing(fields=("a", "b")), Missing(MissingReason.NO_ROWS, ("b", "c"))
    assert Missing.joined([one, other]) == Missing(MissingReason.NOT_FILLED, ("a", "b", "c"))
