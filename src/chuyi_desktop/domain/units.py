"""Units of measurement: their written forms and exact conversion."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from chuyi_desktop.domain.values import ARITHMETIC

YEARS = "年"
"""The unit of years, whose numbers are written without a separator: 2019."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``factor`` times the base unit of its ``dimension``; ``names`` are how people write it."""

    symbol: str
    dimension: str
    factor: Fraction
    names: tuple[str, ...] = ()


def _unit(symbol: str, dimension: str, factor: Fraction | int, *names: str) -> Unit:
    return Unit(symbol, dimension, Fraction(factor), names)


UNITS: tuple[Unit, ...] = (
    _unit("㎡", "area", 1, "m²", "m2", "平方米", "平米", "平方公尺"),
    # 1 亩 is exactly 2000/3 ㎡.
    _unit("亩", "area", Fraction(2000, 3), "市亩"),
    _unit("公顷", "area", 10000, "ha", "hm²"),
    _unit("万㎡", "area", 10000, "万m²", "万平方米", "万平米"),
    _unit("元", "money", 1, "圆", "人民币元"),
    _unit("千元", "money", 1000),
    _unit("万元", "money", 10000),
    _unit("亿元", "money", 100_000_000),
    _unit("人", "people", 1, "名", "位"),
    _unit("人次", "attendances", 1),
    _unit("万人次", "attendances", 10000),
    _unit("册", "volumes", 1, "本"),
    _unit("万册", "volumes", 10000),
    _unit("台", "machines", 1, "台套", "台（套）", "台(套)"),
    _unit("米", "length", 1, "m"),
    _unit("%", "share", 1, "％", "百分比"),
    _unit("‰", "share", Fraction(1, 10), "千分之"),
    _unit(YEARS, "years", 1, "岁", "周岁"),
    _unit("学时", "hours", 1, "课时"),
)


def _key(name: str) -> str:
    """One form for ㎡, m² and m2, ％ and %, （套） and (套)."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


_BY_NAME = {_key(name): unit for unit in UNITS for name in (unit.symbol, *unit.names)}


def find_unit(text: str) -> Unit | None:
    """The unit people mean by ``text``, or None for an unknown one."""
    return _BY_NAME.get(_key(text))


def same_unit(one: str, other: str) -> bool:
    """Whether two written forms are of one unit; unknown units only where they are written alike."""
    found = find_unit(one)
    return one == other or (found is not None and found == find_unit(other))


def convert(value: Decimal, written: str, wanted: str) -> Decimal | None:
    """``value`` in unit ``written`` expressed in ``wanted``; None where the two do not measure the same.

    Exact where the result has a finite decimal form, else rounded to 28 significant digits.
    """
    if written == wanted:
        return value
    source, target = find_unit(written), find_unit(wanted)
    if source is None or target is None or source.dimension != target.dimension:
        return None
    factor = source.factor / target.factor
    product = ARITHMETIC.multiply(value, Decimal(factor.numerator))
    return ARITHMETIC.divide(product, Decimal(factor.denominator))
