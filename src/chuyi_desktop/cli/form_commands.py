"""Commands on form packs: template, forms list, show, check, schema."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Column, Table

from chuyi_desktop.app.export_workbook import write_template
from chuyi_desktop.app.pack_coverage import write_coverage
from chuyi_desktop.cli import context, pack_commands, pack_versions
from chuyi_desktop.cli.exit_codes import UNUSABLE
from chuyi_desktop.cli.help_text import Command, Group
from chuyi_desktop.cli.options import Json
from chuyi_desktop.domain.problem import Problem, Severity
from chuyi_desktop.domain.programme import Condition, Programme, ScoredItem
from chuyi_desktop.domain.provenance import Basis
from chuyi_desktop.domain.wording import say

Id = Annotated[str, typer.Argument(metavar="ID", help=say("cli.help.programme"))]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("template", cls=Command, help=say("cli.help.template"))(template)
    forms = typer.Typer(cls=Group, help=say("cli.help.forms"), no_args_is_help=True, rich_markup_mode=None)
    forms.command("list", cls=Command, help=say("cli.help.forms_list"))(list_forms)
    forms.command("show", cls=Command, help=say("cli.help.forms_show"))(show)
    forms.command("check", cls=Command, help=say("cli.help.forms_check"))(check)
    forms.command("schema", cls=Command, help=say("cli.help.forms_schema"))(schema)
    forms.command("coverage", cls=Command, help=say("cli.help.forms_coverage"))(coverage)
    pack_versions.register(forms)
    pack_commands.register(forms)
    app.add_typer(forms, name="forms")


def template(
    ctx: typer.Context,
    programme: Id,
    target: Annotated[Path, typer.Option("-o", "--output", metavar="F.xlsx", help=say("cli.help.target"))],
    year: Annotated[
        int | None, typer.Option("--year", metavar="YEAR", help=say("cli.help.template_year"))
    ] = None,
) -> None:
    """Write a blank workbook."""
    here = context.of(ctx)
    chosen = year or here.program.clock().year
    with here.console.progress() as progress:
        write_template(here.program, programme, chosen, target, progress)
    here.console.say(say("cli.template_written", {"file": target, "year": chosen}))


def list_forms(ctx: typer.Context, json: Json = False) -> None:
    """List the packs."""
    here = context.of(ctx)
    found = here.program.library.summaries()
    if json:
        here.console.json(
            [
                {"id": pack.id, "name": pack.name, "version": pack.version, "applicant": pack.applicant}
                for pack in found
            ]
        )
        return
    table = Table(*(_column(f"cli.pack.{column}") for column in ("id", "name", "version", "applicant")))
    # Ids are there to be copied.
    table.columns[0].no_wrap = True
    for pack in found:
        table.add_row(pack.id, pack.name, pack.version, pack.applicant)
    here.console.out.print(table)


def show(ctx: typer.Context, programme: Id, json: Json = False) -> None:
    """Show a pack."""
    here = context.of(ctx)
    pack = here.program.library.programme(programme)
    if json:
        here.console.json(_facts(pack))
        return
    here.console.say(f"{pack.name}（{pack.id} {pack.version}）")
    here.console.say(pack.purpose)
    here.console.say(pack.provenance.citation)
    table = Table(*(_column(f"cli.rule.{column}") for column in ("title", "basis", "source")))
    for rule in _rules(pack):
        basis = say(f"report.basis.{rule.provenance.basis}")
        table.add_row(rule.title, basis, rule.provenance.citation or rule.provenance.note)
    here.console.out.print(table)
    for unknown in pack.unknown:
        here.console.say(say("cli.pack.unknown", {"what": unknown}))


def _column(code: str) -> Column:
    return Column(say(code), overflow="fold")


def _rules(pack: Programme) -> list[Condition | ScoredItem]:
    return [*pack.conditions(), *pack.scored_items()]


def _facts(pack: Programme) -> dict[str, object]:
    rules = _rules(pack)
    return {
        "id": pack.id,
        "name": pack.name,
        "version": pack.version,
        "hash": pack.pack_hash,
        "applicant": pack.applicant,
        "indicators": [
            {"id": indicator.id, "name": indicator.name, "kind": indicator.kind, "unit": indicator.unit}
            for indicator in pack.indicators.values()
        ],
        "tables": [{"id": table.id, "name": table.name} for table in pack.tables.values()],
        "rules": [
            {
                "id": rule.id,
                "title": rule.title,
                "basis": rule.provenance.basis,
                "source": rule.provenance.citation,
            }
            for rule in rules
        ],
        "rules_by_basis": {
            basis.value: sum(1 for rule in rules if rule.provenance.basis is basis) for basis in Basis
        },
        "tiers": [{"id": tier.id, "name": tier.name} for tier in pack.tiers],
        "unknown": list(pack.unknown),
    }


def check(ctx: typer.Context, json: Json = False) -> None:
    """Check all packs."""
    here = context.of(ctx)
    problems = here.program.library.check()
    errors = sum(1 for problem in problems if problem.severity is Severity.ERROR)
    if json:
        here.console.json([_problem(problem) for problem in problems])
    else:
        here.console.problems(problems)
    if errors:
        raise typer.Exit(UNUSABLE)
    if not json:
        count = len(here.program.library.summaries())
        warnings = len(problems)
        code = "cli.packs_fine" if not warnings else "cli.packs_smell"
        here.console.say(say(code, {"count": count, "warnings": warnings}))


def _problem(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "message": problem.sentence,
    }


def coverage(
    ctx: typer.Context,
    target: Annotated[Path, typer.Option("-o", "--output", metavar="F.md", help=say("cli.help.target"))],
) -> None:
    """Write the page on what each pack rests."""
    here = context.of(ctx)
    write_coverage(here.program.library, target)
    here.console.say(say("cli.written", {"file": target}))


def schema(
    ctx: typer.Context,
    target: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help=say("cli.help.target"))],
) -> None:
    """Write the JSON Schemas of packs."""
    here = context.of(ctx)
    for file in here.program.library.write_schema(target):
        here.console.say(say("cli.written", {"file": file}))
