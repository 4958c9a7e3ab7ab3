"""A verdict in the terminal."""

from typing import Literal

from rich.table import Table
from rich.text import Text

from chuyi_desktop.app.session import Session
from chuyi_desktop.cli.console import Console
from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.indicator import SCHOOL_NAME
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.verdict import Outcome, RuleOutcome, Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.finding_words import details
from chuyi_desktop.report.rule_words import gap
from chuyi_desktop.report.tiers import tier_words

_STYLES = {
    Outcome.MET: "green",
    Outcome.UNMET: "red",
    Outcome.MISSING: "yellow",
    Outcome.NOT_APPLICABLE: "dim",
}


def print_verdict(console: Console, session: Session) -> None:
    """The school, the tier, the points, every rule, and the honesty sentence."""
    verdict = session.verdict
    school = session.assessment.value(SCHOOL_NAME)
    console.say(f"{verdict.programme_name}　{school if isinstance(school, str) else ''}　{verdict.year}")
    console.out.print(_conditions(verdict))
    if verdict.items:
        console.out.print(_items(verdict))
    for finding in verdict.findings:
        grade = say(f"report.grade.{finding.check.grade}")
        console.say(say("cli.finding", {"grade": grade, "message": finding.message}))
        for line in details(finding):
            console.say(say("cli.finding_line", {"line": line}))
    console.say(_tier(session.programme, verdict))
    console.say(say("report.honesty"))


def _tier(programme: Programme, verdict: Verdict) -> str:
    tiers = tier_words(programme.tiers, verdict)
    if verdict.tier is None and verdict.possible_tiers:
        return say("cli.tier_open", {"tiers": tiers})
    return say("cli.tier", {"tier": tiers or say("report.verdict.no_tiers")})


def _conditions(verdict: Verdict) -> Table:
    table = Table(title=say("cli.conditions"), title_justify="left")
    for column in ("title", "value", "threshold", "outcome", "gap", "basis"):
        justify: Literal["left", "right"] = "right" if column in {"value", "gap"} else "left"
        table.add_column(say(f"cli.rule.{column}"), justify=justify, overflow="fold")
    for rule in verdict.conditions:
        for each, indent in ((rule, ""), *((option, "　") for option in rule.options)):
            table.add_row(
                indent + each.title, each.shown, each.shown_threshold, _outcome(each), gap(each), _basis(each)
            )
    return table


def _items(verdict: Verdict) -> Table:
    table = Table(title=say("cli.items"), title_justify="left", show_footer=True)
    table.add_column(say("cli.rule.title"), footer=say("cli.total"), overflow="fold")
    table.add_column(say("cli.rule.value"), justify="right")
    open_points = (
        say("cli.open_points", {"points": grouped(verdict.open_points)}) if verdict.open_points else ""
    )
    table.add_column(say("cli.rule.points"), justify="right", footer=grouped(verdict.points))
    table.add_column(say("cli.rule.maximum"), justify="right", footer=grouped(verdict.maximum))
    table.add_column(say("cli.rule.basis"), footer=open_points)
    for rule in verdict.items:
        points = say("input.missing.not_filled") if rule.points is None else grouped(rule.points)
        maximum = "" if rule.maximum is None else grouped(rule.maximum)
        table.add_row(rule.title, rule.shown, points, maximum, _basis(rule))
    return table


def _outcome(rule: RuleOutcome) -> Text:
    return Text(say(f"report.outcome.{rule.outcome}"), style=_STYLES[rule.outcome])


def _basis(rule: RuleOutcome) -> str:
    return say(f"report.basis.{rule.provenance.basis}")
