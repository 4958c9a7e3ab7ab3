"""A programme over the years as plain data for programs: ``compare --json`` and ``trend --json``."""

from collections.abc import Sequence

from chuyi_desktop.report.comparison_json import rule_change_json, rule_json, verdict_json
from chuyi_desktop.report.plain_json import Json, number_json, value_json
from chuyi_desktop.scoring.differences import RuleChange, VerdictDifference
from chuyi_desktop.scoring.trends import (
    IndicatorPair,
    IndicatorTrend,
    JudgedYear,
    Move,
    RuleTrend,
    YearValue,
)


def years_json(
    before: JudgedYear,
    after: JudgedYear,
    indicators: Sequence[IndicatorPair],
    rules: Sequence[RuleChange],
    found: VerdictDifference,
) -> dict[str, Json]:
    """Two years side by side: every indicator and rule of both."""
    return {
        "programme_id": after.programme.id,
        "before": _year(before),
        "after": _year(after),
        "same_tier": found.same_tier,
        "indicators": [_pair(pair) for pair in indicators],
        "rules": [rule_change_json(rule) for rule in rules],
    }


def trends_json(
    years: Sequence[JudgedYear], indicators: Sequence[IndicatorTrend], rules: Sequence[RuleTrend]
) -> dict[str, Json]:
    """Every year, indicator and rule."""
    return {
        "programme_id": years[-1].programme.id if years else None,
        "years": [_year(year) for year in years],
        "indicators": [
            {
                "id": trend.indicator.id,
                "name": trend.indicator.name,
                "unit": trend.indicator.unit or None,
                "values": [_value(value) for value in trend.values],
                "moves": [_move(move) for move in trend.moves],
            }
            for trend in indicators
        ],
        "rules": [
            {
                "id": trend.id,
                "title": trend.title,
                "years": [{"year": each.year, "rule": rule_json(each.rule)} for each in trend.years],
            }
            for trend in rules
        ],
    }


def _year(year: JudgedYear) -> dict[str, Json]:
    return {**verdict_json(year.verdict), "assessed": year.assessed}


def _pair(pair: IndicatorPair) -> dict[str, Json]:
    return {
        "id": pair.indicator.id,
        "name": pair.indicator.name,
        "unit": pair.indicator.unit or None,
        "before": _value(pair.before),
        "after": _value(pair.after),
        **_move(pair.move),
    }


def _value(value: YearValue) -> dict[str, Json]:
    return {"year": value.year, "value": value_json(value.value), "shown": value.shown}


def _move(move: Move) -> dict[str, Json]:
    return {"change": number_json(move.change), "relative_percent": number_json(move.relative)}
