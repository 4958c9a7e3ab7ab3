"""The parsed form of a formula. Nodes are frozen, compare by meaning and ignore where they stood."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Operator(StrEnum):
    """Arithmetic between two numbers."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"


class Comparison(StrEnum):
    """Comparison of two values of one kind."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE = ">"
    LESS = "<"
    EQUAL = "="
    UNEQUAL = "!="


class Aggregation(StrEnum):
    """What is made of the rows of a table."""

    COUNT = "count"
    SUM = "sum"
    MINIMUM = "min"
    MAXIMUM = "max"
    AVERAGE = "avg"
    DISTINCT = "distinct"


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, text or yes/no written in the formula."""

    value: Decimal | str | bool


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator, of the assessment's year or ``years_back`` years before; inside ``where`` a column."""

    id: str
    years_back: int = 0
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """The negative of a number."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``left operator right``."""

    operator: Operator
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Compare:
    """``left comparison right``: yes or no."""

    comparison: Comparison
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Both:
    """``left and right``; no as soon as one side is no, even if the other is 未填."""

    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Either:
    """``left or right``; yes as soon as one side is yes, even if the other is 未填."""

    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of yes or no."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Choose:
    """``if(condition, then, otherwise)``."""

    condition: "Expression"
    then: "Expression"
    otherwise: "Expression"


@dataclass(frozen=True, slots=True)
class Round:
    """``round(operand, digits)``, half up."""

    operand: "Expression"
    digits: int


@dataclass(frozen=True, slots=True)
class YearOf:
    """``year_of(operand)``: the year of a date, as a number."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Fold:
    """``sum``, ``min``, ``max`` or ``avg`` of the listed expressions."""

    aggregation: Aggregation
    operands: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """``count(table where …)``, ``sum(table.column where …)`` and so on over a roster's rows."""

    aggregation: Aggregation
    table: str
    column: str | None = None
    where: "Expression | None" = None
    at: int = field(default=0, compare=False)


Expression = (
    Constant
    | Name
    | Negative
    | Arithmetic
    | Compare
    | Both
    | Either
    | Not
    | Choose
    | Round
    | YearOf
    | Fold
    | Aggregate
)
