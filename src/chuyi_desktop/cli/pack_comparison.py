"""What a newer pack changes in a verdict, in the terminal and as JSON."""

from collections.abc import Iterable

from rich.table import Table

from chuyi_desktop.app.compare_packs import PackComparison
from chuyi_desktop.app.comparison_words import COLUMNS, head_lines, left_lines, other_lines, rule_lines
from chuyi_desktop.app.left_behind import Left
from chuyi_desktop.cli.console import Console
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.comparison_json import rule_change_json, verdict_json


def print_comparison(console: Console, comparison: PackComparison) -> None:
    """Both versions, tier and points, every rule that changes, and what is asked anew."""
    for line in head_lines(comparison):
        console.say(line)
    if comparison.same_pack:
        return
    if comparison.rules:
        console.out.print(_rules(comparison))
    for line in other_lines(comparison):
        console.say(line)
    console.say(say("report.honesty"))


def print_left(console: Console, left: Iterable[Left]) -> None:
    """What stays stored and is no longer asked for; nothing where that is nothing."""
    lines = left_lines(left)
    for line in [say("app.left.title"), *lines] if lines else ():
        console.say(line)


def _rules(comparison: PackComparison) -> Table:
    table = Table(title=say("app.compare.rules"), title_justify="left")
    for column in COLUMNS:
        table.add_column(say(f"app.compare.{column}"), overflow="fold")
    for line in rule_lines(comparison):
        table.add_row(*line)
    return table


def as_plain(comparison: PackComparison) -> dict[str, object]:
    """The same for a program."""
    return {
        "same_pack": comparison.same_pack,
        "before": verdict_json(comparison.before),
        "after": verdict_json(comparison.after),
        "rules": [rule_change_json(change) for change in comparison.rules],
        "others": [
            {"kind": one.kind, "id": one.id, "title": one.title, "change": "added" if one.added else "gone"}
            for one in comparison.others
        ],
    }


def left_as_plain(left: Iterable[Left]) -> list[dict[str, object]]:
    """What stays stored and is no longer asked for, for a program."""
    return [{"kind": str(one.kind), "id": one.id, "title": one.title, "count": one.count} for one in left]
