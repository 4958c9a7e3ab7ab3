"""The commands gap, ranges and sensitivity: what it takes, what may still come, and what to count again."""

from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from chuyi_desktop.app.find_gap import find_gap
from chuyi_desktop.app.named import find_named
from chuyi_desktop.app.session import Session
from chuyi_desktop.cli import context
from chuyi_desktop.cli.console import Console
from chuyi_desktop.cli.help_text import Command
from chuyi_desktop.cli.opening import opened
from chuyi_desktop.cli.options import Json, ProgrammeChoice, Workspace, YearChoice
from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.outlook_json import gap_json, outlook_json, sensitivity_json
from chuyi_desktop.scoring.differences import every_rule
from chuyi_desktop.scoring.outlook.outlook import outlook
from chuyi_desktop.scoring.outlook.results import Aim, GapChange, RuleGap
from chuyi_desktop.scoring.outlook.sensitivity import REACH, sensitivity

RuleChoice = Annotated[str | None, typer.Option("--rule", metavar="ID", help=say("gap.help.rule"))]
TierChoice = Annotated[str | None, typer.Option("--tier", metavar="T", help=say("gap.help.tier"))]
Everything = Annotated[bool, typer.Option("--all", help=say("gap.help.all"))]
Reach = Annotated[str, typer.Option("--reach", metavar="PERCENT", help=say("gap.help.reach"))]
_LARGEST_REACH = 100


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("gap", cls=Command, help=say("gap.help.gap"))(gap)
    app.command("ranges", cls=Command, help=say("gap.help.ranges"))(ranges)
    app.command("sensitivity", cls=Command, help=say("gap.help.sensitivity"))(near)


def gap(  # one argument an option
    ctx: typer.Context,
    workspace: Workspace,
    rule: RuleChoice = None,
    tier: TierChoice = None,
    everything: Everything = False,
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
    json: Json = False,
) -> None:
    """Say what stands between the school and a tier."""
    here = context.of(ctx)
    with opened(here, workspace, programme, year) as session:
        report = find_gap(session, rule=rule, tier=tier, everything=everything)
        if json:
            here.console.json(gap_json(report))
            return
        if rule is None or not report.rules:
            here.console.say(report.message or _no_gap(session, rule or ""))
        for each in report.rules:
            _print_rule(here.console, each)
        here.console.say(say("report.honesty"))


def _no_gap(session: Session, name: str) -> str:
    rule = every_rule(session.verdict)[find_named(session.programme, name).id]
    if rule.outcome is Outcome.NOT_APPLICABLE:
        return say("gap.rule_not_applicable", {"title": rule.title})
    return say("gap.rule_full" if rule.maximum else "gap.rule_met", {"title": rule.title})


def _print_rule(console: Console, rule: RuleGap, indent: str = "") -> None:
    head = rule.message
    if rule.changes:
        # The changes follow line by line.
        head = say("gap.line.rule", {"title": rule.title, "what": rule.distance})
    console.say(indent + head)
    for change in rule.changes:
        console.say(say("gap.line.change", {"indent": indent, "change": _change(change)}))
    for option in rule.options:
        _print_rule(console, option, say("gap.line.indent") + indent)


def _change(change: GapChange) -> str:
    if change.aim is Aim.MET or change.points is None:
        return change.message
    params = {"points": grouped(change.points), "change": change.message}
    return say("gap.line.points", params)


def ranges(
    ctx: typer.Context,
    workspace: Workspace,
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
    json: Json = False,
) -> None:
    """Say what may still come out."""
    here = context.of(ctx)
    with opened(here, workspace, programme, year) as session:
        found = outlook(session.programme, session.assessment)
        if json:
            here.console.json(outlook_json(found))
            return
        here.console.say(found.message)
        for each in found.open_inputs:
            here.console.say(say("gap.line.input", {"input": each.message}))
        here.console.say(say("report.honesty"))


def near(  # one argument an option
    ctx: typer.Context,
    workspace: Workspace,
    reach: Reach = str(REACH),
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
    json: Json = False,
) -> None:
    """Say which figures lie near a threshold."""
    here = context.of(ctx)
    percent = _percent(reach)
    with opened(here, workspace, programme, year) as session:
        found = sensitivity(session.programme, session.assessment, percent)
        if json:
            here.console.json(sensitivity_json(found))
            return
        here.console.say(found.message)
        for each in found.inputs:
            here.console.say(say("gap.line.input", {"input": each.message}))
        here.console.say(say("report.honesty"))


def _percent(text: str) -> Decimal:
    try:
        percent = Decimal(text.strip().rstrip("%％"))
    except InvalidOperation:
        raise InputError("gap.reach", found=text) from None
    if not percent.is_finite() or not 0 < percent <= _LARGEST_REACH:
        raise InputError("gap.reach", found=text)
    return percent
