"""What may be typed into a field at all, as a span, and its smallest steps."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Context, Decimal

from chuyi_desktop.domain.indicator import Fillable, ValueKind
from chuyi_desktop.domain.values import Value
from chuyi_desktop.scoring.outlook.spans import OPEN, Dates, Labels, Numbers, Span

FIRST_TOO_LARGE = Decimal(10) ** 19
"""No field takes a number as large as this."""
LARGEST_COUNT = Decimal(10) ** 7
"""Rows that a roster is thought to have at most."""
LARGEST_SUM = FIRST_TOO_LARGE * LARGEST_COUNT
_WIDE = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Grid:
    """The values from ``low`` to ``high`` in steps, by their places on a line of whole numbers."""

    low: int
    high: int
    digits: int = 0
    dates: bool = False

    @property
    def step(self) -> Decimal:
        """The smallest difference; of dates a day."""
        return Decimal(1).scaleb(-self.digits)

    def at(self, place: int) -> Value:
        """The value at a place."""
        if self.dates:
            return date.fromordinal(place)
        return Decimal(place).scaleb(-self.digits, _WIDE)

    def span(self, first: int, last: int) -> Span:
        """Everything from one place to another."""
        low, high = self.at(first), self.at(last)
        if isinstance(low, Decimal) and isinstance(high, Decimal):
            return Numbers(low, high)
        if isinstance(low, date) and isinstance(high, date):
            return Dates(low, high)
        raise TypeError(low, high)

    def place_below(self, value: Value) -> int:
        """The place of a value, else the last one before it."""
        if isinstance(value, date):
            return value.toordinal()
        if not isinstance(value, Decimal):
            raise TypeError(value)
        scaled = value.scaleb(self.digits, _WIDE)
        return int(scaled.to_integral_value(ROUND_FLOOR, _WIDE))

    def place_above(self, value: Value) -> int:
        """The place of a value, else the first one after it."""
        below = self.place_below(value)
        return below if self.at(below) == value else below + 1


def grid_of(field: Fillable) -> Grid | None:
    """The steps of a field; None where it holds no numbers or dates."""
    if field.kind is ValueKind.DATE:
        return Grid(date.min.toordinal(), date.max.toordinal(), dates=True)
    if not field.kind.is_number:
        return None
    digits = field.decimals
    unbounded = Grid(0, 0, digits)
    most = FIRST_TOO_LARGE - unbounded.step
    low = unbounded.place_above(-most if field.minimum is None else field.minimum)
    high = unbounded.place_below(most if field.maximum is None else field.maximum)
    return Grid(low, max(low, high), digits)


def domain_of(field: Fillable) -> Span:
    """Everything that can be typed into a field."""
    grid = grid_of(field)
    if grid is not None:
        return grid.span(grid.low, grid.high)
    if field.kind is ValueKind.YES_NO:
        return OPEN
    if field.kind is ValueKind.CHOICE:
        return Labels(frozenset(choice.id for choice in field.choices))
    return Labels(None)


COUNTS = Grid(0, int(LARGEST_COUNT))
"""Numbers of rows."""
