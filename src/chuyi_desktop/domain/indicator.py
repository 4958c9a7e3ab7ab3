"""指标 and 明细表: what a school may be asked, defined once for every programme."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from chuyi_desktop.domain.formula.tree import Expression
from chuyi_desktop.domain.provenance import Provenance
from chuyi_desktop.domain.units import YEARS
from chuyi_desktop.domain.wording import say

SCHOOL_NAME = "school_name"
"""The catalogue's indicator that holds the school's name."""


class ValueKind(StrEnum):
    """The type of a field."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"

    @property
    def is_number(self) -> bool:
        """Whether values of this kind are decimals."""
        return self in {ValueKind.INTEGER, ValueKind.DECIMAL}


class Display(StrEnum):
    """How a number is read out."""

    PLAIN = "plain"
    ONE_TO = "one_to"
    """As a ratio 1:x, the way 师生比 is written."""
    TO_ONE = "to_one"
    """As a ratio x:1, the way 生师比 is written."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a choice field; formulas compare with ``id``, people read ``label``."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """指标: one number, date, choice or text, with everything a clerk must know to fill it in.

    With a ``formula`` it is a 导出指标, computed and never typed; ``digits`` are then its rounding
    (half up), and every rule sees the rounded value that people see.
    """

    id: str
    name: str
    kind: ValueKind
    unit: str = ""
    definition: str = ""
    scope: str = ""
    """统计口径: what counts and what does not."""
    period: str = ""
    """统计时点 or 统计时期."""
    owner: str = ""
    """The department that usually has it."""
    evidence: str = ""
    """The usual proof."""
    provenance: Provenance | None = None
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    digits: int | None = None
    display: Display = Display.PLAIN
    formula: Expression | None = None

    @property
    def is_derived(self) -> bool:
        """Whether the program computes it."""
        return self.formula is not None

    @property
    def decimals(self) -> int:
        """Decimals a value may keep."""
        return _decimals(self.kind, self.digits)


@dataclass(frozen=True, slots=True)
class Column:
    """A typed column of a roster. ``default`` stands for a blank cell where blank has a meaning."""

    id: str
    name: str
    kind: ValueKind
    unit: str = ""
    definition: str = ""
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    digits: int | None = None
    required: bool = False
    default: str | None = None
    width: int = 12
    """Relative width on paper and in a sheet, in Latin characters."""

    @property
    def decimals(self) -> int:
        """Decimals a value may keep."""
        return _decimals(self.kind, self.digits)


@dataclass(frozen=True, slots=True)
class Table:
    """明细表: a roster whose rows the school lists one by one."""

    id: str
    name: str
    columns: tuple[Column, ...]
    definition: str = ""
    owner: str = ""
    aliases: tuple[str, ...] = ()
    by_id: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {column.id: column for column in self.columns})


REPORT_YEAR = Indicator("report_year", say("formula.report_year"), ValueKind.INTEGER, YEARS)
"""The year of the assessment, which every formula may read and nobody types."""

Fillable = Indicator | Column
"""Anything with a kind, unit, choices and bounds that a value can be typed into."""


def is_ratio(field: Fillable | None) -> bool:
    """Whether values of ``field`` are read out as a ratio."""
    return isinstance(field, Indicator) and field.display is not Display.PLAIN


def _decimals(kind: ValueKind, digits: int | None) -> int:
    """None for whole numbers, else as many as stated, or four."""
    if kind is ValueKind.INTEGER:
        return 0
    return 4 if digits is None else digits
