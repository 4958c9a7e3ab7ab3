"""A programme over the years: every indicator and rule year by year, and how two years differ.

Each year stands for itself: it is judged under the pack handed in for it, from the figures of that year. What
is not known of a year is 未填, never 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.units import convert
from chuyi_desktop.domain.values import ARITHMETIC, Maybe, Missing, round_half_up
from chuyi_desktop.domain.verdict import Outcome, RuleOutcome, Verdict
from chuyi_desktop.scoring.differences import every_rule
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.reading import shown

RELATIVE_DIGITS = 2
"""Decimals of a relative change, in percent."""


@dataclass(frozen=True, slots=True)
class JudgedYear:
    """A programme in one year. ``assessed``: the school has an assessment of that year; else only its shared
    figures are known, and what belongs to an assessment (texts, attestations, ratings) is not."""

    year: int
    programme: Programme
    assessment: Assessment
    verdict: Verdict
    assessed: bool = True
    facts: SchoolFacts = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", SchoolFacts(self.programme, self.assessment))

    def value(self, indicator_id: str) -> Maybe:
        """The value of an indicator in this year."""
        return self.facts.value(indicator_id, 0)


@dataclass(frozen=True, slots=True)
class YearValue:
    """An indicator in one year, in the unit of its trend where the units can be converted."""

    year: int
    value: Maybe
    shown: str
    unit: str


@dataclass(frozen=True, slots=True)
class Move:
    """How a number moved: ``change`` in its unit, ``relative`` in percent of the earlier (half up, two
    decimals); None where one side is 未填 or no number, and ``relative`` also from 0."""

    change: Decimal | None = None
    relative: Decimal | None = None


@dataclass(frozen=True, slots=True)
class IndicatorTrend:
    """An indicator in every year, earliest first. ``indicator`` is the latest year's."""

    indicator: Indicator
    values: tuple[YearValue, ...]

    @property
    def known(self) -> bool:
        """Whether any year has a value."""
        return any(not isinstance(each.value, Missing) for each in self.values)

    @property
    def moves(self) -> tuple[Move, ...]:
        """From each year to the next."""
        return tuple(moved(one, two) for one, two in zip(self.values[:-1], self.values[1:], strict=True))


@dataclass(frozen=True, slots=True)
class YearOutcome:
    """A rule in one year; ``rule`` is None where that year's pack does not have it."""

    year: int
    rule: RuleOutcome | None

    @property
    def outcome(self) -> Outcome | None:
        """How it came out."""
        return None if self.rule is None else self.rule.outcome


@dataclass(frozen=True, slots=True)
class RuleTrend:
    """A rule in every year, earliest first; ``title`` is the latest that it had."""

    id: str
    title: str
    years: tuple[YearOutcome, ...]


@dataclass(frozen=True, slots=True)
class IndicatorPair:
    """An indicator in two years, and how it moved."""

    indicator: Indicator
    before: YearValue
    after: YearValue
    move: Move

    @property
    def same(self) -> bool:
        """Whether both years have the same, or both nothing."""
        sides = (self.before.value, self.after.value)
        return all(isinstance(side, Missing) for side in sides) or sides[0] == sides[1]


def indicator_trends(years: Sequence[JudgedYear], ids: Sequence[str] = ()) -> tuple[IndicatorTrend, ...]:
    """The trend of every indicator that one of ``years`` asks for or derives, or of ``ids`` alone."""
    found: dict[str, Indicator] = {}
    for each in reversed(years):
        for indicator in shown_indicators(each.programme):
            found.setdefault(indicator.id, indicator)
    return tuple(
        IndicatorTrend(found[key], tuple(_year_value(each, found[key]) for each in years))
        for key in (ids or found)
        if key in found
    )


def rule_trends(years: Sequence[JudgedYear], ids: Sequence[str] = ()) -> tuple[RuleTrend, ...]:
    """The trend of every rule that a pack of ``years`` has, by the latest one's order, or of ``ids``."""
    rules = [(each.year, every_rule(each.verdict)) for each in years]
    titles: dict[str, str] = {}
    for _, of_year in reversed(rules):
        for key, rule in of_year.items():
            titles.setdefault(key, rule.title)
    return tuple(
        RuleTrend(key, titles[key], tuple(YearOutcome(year, of_year.get(key)) for year, of_year in rules))
        for key in (ids or titles)
        if key in titles
    )


def indicator_pairs(before: JudgedYear, after: JudgedYear) -> tuple[IndicatorPair, ...]:
    """Every indicator that either year asks for or derives, in both."""
    return tuple(
        IndicatorPair(trend.indicator, trend.values[0], trend.values[1], trend.moves[0])
        for trend in indicator_trends((before, after))
    )


def moved(before: YearValue, after: YearValue) -> Move:
    """How a number moved from one year to a later."""
    one, two = before.value, after.value
    if not isinstance(one, Decimal) or not isinstance(two, Decimal) or before.unit != after.unit:
        return Move()
    change = ARITHMETIC.subtract(two, one)
    if one == 0:
        return Move(change)
    share = ARITHMETIC.divide(ARITHMETIC.multiply(change, Decimal(100)), one.copy_abs())
    return Move(change, round_half_up(share, RELATIVE_DIGITS))


def shown_indicators(programme: Programme) -> tuple[Indicator, ...]:
    """What a programme asks for, in order, then what else it derives."""
    known = programme.indicators
    asked = [one.indicator_id for section in programme.sections for one in section.asked]
    others = [key for key, indicator in known.items() if indicator.is_derived]
    return tuple(known[key] for key in dict.fromkeys([*asked, *others]) if key in known)


def _year_value(year: JudgedYear, latest: Indicator) -> YearValue:
    value = year.value(latest.id)
    of_year = year.facts.indicator(latest.id) or latest
    if isinstance(value, Decimal) and of_year.unit != latest.unit:
        converted = convert(value, of_year.unit, latest.unit)
        if converted is None:
            return YearValue(year.year, value, shown(value, of_year), of_year.unit)
        value = converted
    return YearValue(year.year, value, shown(value, latest), latest.unit)
