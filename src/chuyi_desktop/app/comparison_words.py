"""What another version of a pack changes, in words: the same on the screen and in the terminal."""

from collections.abc import Iterable

from chuyi_desktop.app.compare_packs import PackComparison
from chuyi_desktop.app.left_behind import Left
from chuyi_desktop.app.own_pack import pack_words
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.difference_words import change_words, points, rule_title, tier, told
from chuyi_desktop.scoring.differences import RuleChange

COLUMNS = ("rule", "change", "before", "after")
"""Of a line of ``rule_lines``; named by ``app.compare.<column>``."""


def head_lines(comparison: PackComparison) -> list[str]:
    """Programme, versions, tier and points; one sentence where nothing can change."""
    before, after = comparison.before, comparison.after
    lines = [
        f"{after.programme_name}　{after.year}",
        say("app.compare.versions", {"before": _version(before), "after": _version(after)}),
    ]
    if comparison.same_pack:
        return [*lines, say("app.compare.same")]
    lines += [
        say("app.compare.tier", {"before": tier(before), "after": tier(after)}),
        say("app.compare.points", {"before": points(before), "after": points(after)}),
    ]
    return lines if comparison.rules else [*lines, say("app.compare.no_rule")]


def rule_lines(comparison: PackComparison) -> list[tuple[str, str, str, str]]:
    """A line of COLUMNS for every rule that changes."""
    return [_rule_line(change) for change in comparison.rules]


def other_lines(comparison: PackComparison) -> list[str]:
    """What is asked or found under one pack only."""
    return [
        say(f"app.compare.{one.kind}.{'added' if one.added else 'gone'}", {"title": one.title})
        for one in comparison.others
    ]


def left_lines(left: Iterable[Left]) -> list[str]:
    """What stays stored and is no longer asked for."""
    return [say(f"app.left.{one.kind}", {"title": one.title, "count": one.count}) for one in left]


def _rule_line(change: RuleChange) -> tuple[str, str, str, str]:
    return rule_title(change), change_words(change), told(change.before), told(change.after)


def _version(verdict: Verdict) -> str:
    return pack_words(verdict.pack_version, verdict.pack_hash)
