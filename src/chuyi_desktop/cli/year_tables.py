"""The years of a programme in the terminal."""

from rich.table import Table

from chuyi_desktop.app.compare_years import Trends, YearComparison
from chuyi_desktop.cli.console import Console
from chuyi_desktop.domain.indicator import ValueKind
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.difference_words import change_words, points, rule_title, tier, told
from chuyi_desktop.report.year_words import change_said, relative_said, year_result
from chuyi_desktop.scoring.trends import IndicatorPair, JudgedYear

_MOST_YEARS = 8
"""Years that a trend is printed with, the latest: more do not fit a terminal."""


def print_comparison(console: Console, found: YearComparison) -> None:
    """Tier and points, every indicator that has a value in either year, every rule."""
    before, after = found.before, found.after
    params = {"programme": after.programme.name, "before": before.year, "after": after.year}
    console.say(say("years.head", params))
    for note in found.notes:
        console.say(note)
    console.say(say("years.tier", {"before": tier(before.verdict), "after": tier(after.verdict)}))
    if before.verdict.maximum or after.verdict.maximum:
        sides = {"before": points(before.verdict), "after": points(after.verdict)}
        console.say(say("years.points", sides))
    _print_pairs(console, found)
    rules = Table(title=say("years.rules"), title_justify="left")
    rules.add_column(say("years.rule"), overflow="fold")
    for year in (before, after):
        rules.add_column(_year(year), overflow="fold")
    rules.add_column(say("years.changed"), overflow="fold")
    for change in found.rules:
        sides_told = [told(side) or say("years.not_in_pack") for side in (change.before, change.after)]
        rules.add_row(rule_title(change), *sides_told, change_words(change))
    console.out.print(rules)
    console.say(say("report.honesty"))


def _print_pairs(console: Console, found: YearComparison) -> None:
    table = Table(title=say("years.indicators"), title_justify="left")
    table.add_column(say("years.indicator"), overflow="fold")
    for year in (found.before, found.after):
        table.add_column(_year(year), justify="right", overflow="fold")
    table.add_column(say("years.change"), justify="right")
    table.add_column(say("years.relative"), justify="right")
    known = [pair for pair in found.indicators if _is_known(pair)]
    for pair in known:
        if pair.indicator.kind is ValueKind.TEXT and pair.same:
            continue
        sides = (pair.before.shown, pair.after.shown)
        table.add_row(pair.indicator.name, *sides, change_said(pair), relative_said(pair.move))
    console.out.print(table)
    if missing := len(found.indicators) - len(known):
        console.say(say("years.both_missing", {"count": missing}))


def _is_known(pair: IndicatorPair) -> bool:
    return not (isinstance(pair.before.value, Missing) and isinstance(pair.after.value, Missing))


def print_trends(console: Console, found: Trends) -> None:
    """A column a year, the latest at the right."""
    years = found.years[-_MOST_YEARS:]
    latest = years[-1]
    params = {"programme": latest.programme.name, "first": years[0].year, "last": latest.year}
    console.say(say("years.trend_head", params))
    for note in found.notes:
        console.say(note)
    _print_indicators(console, found, years)
    if found.rules:
        table = _columns(say("years.rules"), say("years.rule"), years)
        table.add_row(say("years.tier_row"), *(tier(year.verdict) for year in years))
        if latest.verdict.maximum:
            table.add_row(say("years.points_row"), *(points(year.verdict) for year in years))
        for rule in found.rules:
            table.add_row(rule.title, *(year_result(each) for each in rule.years[-len(years) :]))
        console.out.print(table)
    if len(found.years) > len(years):
        console.say(say("years.more_years", {"shown": len(years), "total": len(found.years)}))
    console.say(say("report.honesty"))


def _print_indicators(console: Console, found: Trends, years: tuple[JudgedYear, ...]) -> None:
    known = [trend for trend in found.indicators if trend.known] or list(found.indicators[:1])
    if not known:
        return
    table = _columns(say("years.indicators"), say("years.indicator"), years, justify_right=True)
    for trend in known:
        table.add_row(trend.indicator.name, *(value.shown for value in trend.values[-len(years) :]))
    console.out.print(table)
    if missing := len(found.indicators) - len(known):
        console.say(say("years.all_missing", {"count": missing}))


def _columns(title: str, first: str, years: tuple[JudgedYear, ...], *, justify_right: bool = False) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(first, overflow="fold")
    for year in years:
        table.add_column(_year(year), justify="right" if justify_right else "left", overflow="fold")
    return table


def _year(year: JudgedYear) -> str:
    """A star marks a year without an assessment of its own."""
    return say("years.year" if year.assessed else "years.not_assessed_mark", {"year": year.year})
