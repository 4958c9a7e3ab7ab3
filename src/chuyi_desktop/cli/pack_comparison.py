"""What a newer pack changes in a verdict, in the terminal and as JSON."""

from collections.abc import Iterable

from rich.table import Table

from chuyi_desktop.app.compare_packs import PackComparison
from chuyi_desktop.app.comparison_words import COLUMNS, head_lines, left_lines, other_lines, rule_lines
from chuyi_desktop.app.left_behind import Left
from chuyi_desktop.cli.console import Console
from chuyi_desktop.domain.values import canonical
from chuyi_desktop.domain.verdict import RuleOutcome, Verdict
from chuyi_desktop.domain.wording import say


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
        "before": _verdict(comparison.before),
        "after": _verdict(comparison.after),
        "rules": [
            {
                "id": change.id,
                "change": "added" if change.before is None else "gone" if change.after is None else "changed",
                "aspects": list(change.aspects),
                "before": _rule(change.before),
                "after": _rule(change.after),
            }
            for change in comparison.rules
        ],
        "others": [
            {"kind": one.kind, "id": one.id, "title": one.title, "change": "added" if one.added else "gone"}
            for one in comparison.others
        ],
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    return {
        "pack_version": verdict.pack_version,
        "pack_hash": verdict.pack_hash,
        "tier": None if verdict.tier is None else verdict.tier.id,
        "possible_tiers": [tier.id for tier in verdict.possible_tiers],
        "points": canonical(verdict.points),
        "open_points": canonical(verdict.open_points),
        "maximum": canonical(verdict.maximum),
    }


def _rule(rule: RuleOutcome | None) -> dict[str, object] | None:
    if rule is None:
        return None
    return {
        "title": rule.title,
        "kind": str(rule.kind),
        "outcome": str(rule.outcome),
        "value": rule.shown,
        "threshold": rule.shown_threshold,
        "points": None if rule.points is None else canonical(rule.points),
        "maximum": None if rule.maximum is None else canonical(rule.maximum),
        "basis": str(rule.provenance.basis),
        "source": rule.provenance.citation or None,
    }


def left_as_plain(left: Iterable[Left]) -> list[dict[str, object]]:
    """What stays stored and is no longer asked for, for a program."""
    return [{"kind": str(one.kind), "id": one.id, "title": one.title, "count": one.count} for one in left]
