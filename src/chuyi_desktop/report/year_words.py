"""How figures moved from year to year, in words: the same on the screen, in the terminal and on paper."""

from decimal import Decimal

from chuyi_desktop.domain.display import in_unit
from chuyi_desktop.domain.indicator import is_ratio
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.difference_words import result, said_value
from chuyi_desktop.scoring.reading import number
from chuyi_desktop.scoring.trends import IndicatorPair, Move, YearOutcome


def change_said(pair: IndicatorPair) -> str:
    """``+45 人``, ``-1.2 个百分点``; a dash where a side is 未填 or no number."""
    change = pair.move.change
    if change is None:
        return say("years.none")
    if pair.indicator.unit == "%":
        return say("scoring.percent_points", {"number": _signed(change)})
    return in_unit(_signed(change), "" if is_ratio(pair.indicator) else pair.indicator.unit)


def relative_said(move: Move) -> str:
    """``+2.34%``; a dash where there is none."""
    return say("years.none") if move.relative is None else in_unit(_signed(move.relative), "%")


def year_result(year: YearOutcome) -> str:
    """How a rule came out in a year, with the school's value."""
    if year.rule is None:
        return say("years.not_in_pack")
    return "　".join(part for part in (said_value(year.rule), result(year.rule)) if part)


def _signed(value: Decimal) -> str:
    return say("years.up", {"number": number(value)}) if value > 0 else number(value)
