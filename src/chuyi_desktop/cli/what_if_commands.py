"""The command what-if: values assumed for a moment, and what would come of them."""

import re
from typing import Annotated

import typer
from rich.table import Table

from chuyi_desktop.app.session import Session
from chuyi_desktop.app.what_if import Overlay, Tried, WhatIf, plan_overlay, try_out
from chuyi_desktop.app.what_if_words import changes_told, derived_beside, derived_told, side_by_side
from chuyi_desktop.cli import context
from chuyi_desktop.cli.console import Console
from chuyi_desktop.cli.exit_codes import UNUSABLE
from chuyi_desktop.cli.help_text import Command
from chuyi_desktop.cli.opening import opened
from chuyi_desktop.cli.options import Json, ProgrammeChoice, Workspace, YearChoice, pairs
from chuyi_desktop.domain.assessment import Change, Content, Entry, FieldKind
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report import plain_json
from chuyi_desktop.report.comparison_json import difference_json, verdict_json
from chuyi_desktop.report.difference_words import change_words, finding_words, points, rule_title, tier, told

Settings = Annotated[list[str], typer.Option("--set", metavar="K=V", help=say("what_if.help.set"))]
Overlays = Annotated[
    list[str], typer.Option("--overlay", metavar="NAME:K=V,K=V", help=say("what_if.help.overlay"))
]
_BETWEEN = re.compile(r"[,，;；]\s*(?=[^=,，;；]+=)")
"""Between two settings of an overlay; a comma inside a number (3,091) has no ``name=`` after it."""


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("what-if", cls=Command, help=say("what_if.help"))(what_if)


def what_if(
    ctx: typer.Context,
    workspace: Workspace,
    settings: Settings = [],  # noqa: B006  # typer copies it
    overlays: Overlays = [],  # noqa: B006  # as above
    name: Annotated[str, typer.Option("--name", metavar="NAME", help=say("what_if.help.name"))] = "",
    programme: ProgrammeChoice = None,
    year: YearChoice = None,
    json: Json = False,
) -> None:
    """Judge assumed values; nothing is stored."""
    here = context.of(ctx)
    wanted = _named_settings(settings, overlays, name)
    with opened(here, workspace, programme, year) as session:
        found = try_out(session, _planned(here.console, session, wanted))
        if json:
            here.console.json(_as_plain(session, found))
        else:
            _print(here.console, session, found)


def _named_settings(settings: list[str], overlays: list[str], name: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    if settings:
        found.append((name.strip(), pairs(settings)))
    for overlay in overlays:
        head, assumed = _parted(overlay)
        found.append((head, pairs([each for each in _BETWEEN.split(assumed) if each.strip()])))
    if not found:
        raise InputError("what_if.nothing")
    if len(found) == 1:
        return [(found[0][0] or say("what_if.label"), found[0][1])]
    return [
        (called or say("what_if.numbered", {"number": number}), assumed)
        for number, (called, assumed) in enumerate(found, 1)
    ]


def _parted(overlay: str) -> tuple[str, str]:
    """Name and settings; the name, before the first colon, may be left out."""
    before, sign, _ = overlay.partition("=")
    if not sign:
        raise InputError("what_if.overlay_form", found=overlay)
    colon = min((at for at in (before.find(":"), before.find("：")) if at >= 0), default=-1)
    return overlay[: max(colon, 0)].strip(), overlay[colon + 1 :]


def _planned(console: Console, session: Session, wanted: list[tuple[str, dict[str, str]]]) -> list[Overlay]:
    found = []
    for name, assumed in wanted:
        plan = plan_overlay(session, assumed)
        console.problems(plan.problems)
        if plan.refused:
            console.fail(say("what_if.refused", {"name": name}))
            raise typer.Exit(UNUSABLE)
        found.append(Overlay(name, plan.changes))
    return found


def _print(console: Console, session: Session, found: WhatIf) -> None:
    programme = session.programme
    console.say(say("what_if.head", {"programme": programme.name, "year": found.before.year}))
    if len(found.tried) == 1:
        _print_one(console, session, found.tried[0])
    else:
        table = Table(title=say("what_if.side"), title_justify="left")
        table.add_column("", overflow="fold")
        for column in (say("what_if.now"), *(each.overlay.name for each in found.tried)):
            table.add_column(column, overflow="fold")
        for line in side_by_side(programme, found):
            table.add_row(*line)
        console.out.print(table)
        for each in found.tried:
            for change in each.difference.findings:
                title = say("what_if.title", {"name": each.overlay.name})
                console.say(f"{title}　{finding_words(change)}")
    console.say(say("what_if.unchanged"))
    console.say(say("report.honesty"))


def _print_one(console: Console, session: Session, tried: Tried) -> None:
    programme, found = session.programme, tried.difference
    named = tried.overlay.name != say("what_if.label")
    console.say(say("what_if.title", {"name": tried.overlay.name}) if named else say("what_if.label"))
    assumed = changes_told(programme, tried.overlay, session.assessment.year)
    for line in [each.line for each in assumed] or [say("what_if.same_values")]:
        console.say(say("cli.finding_line", {"line": line}))
    sides = {"before": tier(found.before), "after": tier(found.after)}
    console.say(say("app.compare.tier", sides))
    if found.after.maximum:
        sides = {"before": points(found.before), "after": points(found.after)}
        console.say(say("app.compare.points", sides))
    if found.rules:
        table = Table(title=say("what_if.rules"), title_justify="left")
        for column in ("rule", "change", "before", "after"):
            table.add_column(say(f"app.compare.{column}"), overflow="fold")
        for change in found.rules:
            table.add_row(rule_title(change), change_words(change), told(change.before), told(change.after))
        console.out.print(table)
    else:
        console.say(say("what_if.no_rule"))
    for derived in derived_beside(found):
        told_derived = derived_told(programme, derived)
        if told_derived.before != told_derived.after:
            # Missing before and after, but for want of other figures: nothing to tell.
            console.say(told_derived.line)
    for finding in found.findings:
        console.say(finding_words(finding))


def _as_plain(session: Session, found: WhatIf) -> dict[str, plain_json.Json]:
    return {
        "programme_id": session.programme.id,
        "year": found.before.year,
        "before": verdict_json(found.before),
        "overlays": [
            {
                "name": each.overlay.name,
                "changes": [_change(session, change) for change in each.overlay.changes],
                **difference_json(each.difference),
            }
            for each in found.tried
        ],
    }


def _change(session: Session, change: Change) -> dict[str, plain_json.Json]:
    indicator = session.programme.indicators.get(change.field.key)
    is_value = change.field.kind is FieldKind.VALUE
    return {
        "kind": str(change.field.kind),
        "id": change.field.key,
        "year": change.field.year,
        "unit": indicator.unit or None if is_value and indicator is not None else None,
        "from": _content(change.old),
        "to": _content(change.new),
    }


def _content(content: Content | None) -> plain_json.Json:
    match content:
        case None:
            return None
        case Entry():
            return plain_json.value_json(content.maybe)
    for name in ("holds", "level_id", "text"):
        if hasattr(content, name):
            found: plain_json.Json = getattr(content, name)
            return found
    return None
