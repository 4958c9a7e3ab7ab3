"""Points for bands, a linear share or a rubric level: 0 to the item's maximum, in hundredths."""

from collections.abc import Iterable
from decimal import Decimal

from chuyi_desktop.domain.programme import Band, Bands, Linear, Rubric, ScoredItem
from chuyi_desktop.domain.values import ARITHMETIC, round_half_up

POINT_DIGITS = 2
"""Decimals of points."""


def bounded(points: Decimal, item: ScoredItem) -> Decimal:
    """``points`` in hundredths, no less than 0 and no more than the item's maximum."""
    return max(Decimal(0), min(round_half_up(points, POINT_DIGITS), item.maximum))


def best_band(bands: Bands, value: Decimal) -> Band | None:
    """The band with most points of those that ``value`` reaches."""
    reached = (step for step in bands.steps if (value >= step.bound if bands.rising else value <= step.bound))
    return max(reached, key=lambda step: step.points, default=None)


def top_band(bands: Bands) -> Band | None:
    """The nearest band with the most points that the bands give."""
    nearest = sorted(bands.steps, key=lambda step: step.bound, reverse=not bands.rising)
    return max(nearest, key=lambda step: step.points, default=None)


def band_points(bands: Bands, value: Decimal, item: ScoredItem) -> Decimal:
    """Points of ``value`` by bands."""
    band = best_band(bands, value)
    return bounded(bands.otherwise if band is None else band.points, item)


def linear_points(linear: Linear, value: Decimal, item: ScoredItem) -> Decimal:
    """Points of ``value`` in proportion between ``zero_at`` and ``full_at``."""
    span = ARITHMETIC.subtract(linear.full_at, linear.zero_at)
    if span == 0:
        return item.maximum if value >= linear.full_at else Decimal(0)
    reached = ARITHMETIC.subtract(value, linear.zero_at)
    share = ARITHMETIC.divide(ARITHMETIC.multiply(item.maximum, reached), span)
    # Held inside before it is rounded: a value far outside has more digits than a quotient may keep.
    return bounded(max(Decimal(0), min(share, item.maximum)), item)


def attainable(item: ScoredItem) -> tuple[Decimal, ...] | None:
    """Every number of points the item can give; None where that is every hundredth from 0 to its maximum."""
    match item.method:
        case Bands(steps=steps, otherwise=otherwise):
            return _distinct([otherwise, *(step.points for step in steps)], item)
        case Rubric(levels=levels):
            return _distinct((level.points for level in levels), item)
        case Linear():
            return None


def _distinct(points: Iterable[Decimal], item: ScoredItem) -> tuple[Decimal, ...]:
    return tuple(sorted({bounded(each, item) for each in points}))
