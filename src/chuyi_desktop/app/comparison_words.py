"""What another version of a pack changes, in words: the same on the screen and in the terminal."""

from collections.abc import Iterable

from chuyi_desktop.app.compare_packs import PackComparison, RuleChange
from chuyi_desktop.app.left_behind import Left
from chuyi_desktop.app.own_pack import pack_words
from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.verdict import Outcome, RuleOutcome, Verdict
from chuyi_desktop.domain.wording import say

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
        say("app.compare.tier", {"before": _tier(before), "after": _tier(after)}),
        say("app.compare.points", {"before": _points(before), "after": _points(after)}),
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
    rule = change.after or change.before
    title = "" if rule is None else rule.title
    return title, _change(change), _told(change.before), _told(change.after)


def _change(change: RuleChange) -> str:
    if change.before is None:
        return say("app.compare.is_new")
    if change.after is None:
        return say("app.compare.is_gone")
    return "、".join(say(f"app.compare.aspect.{aspect}") for aspect in change.aspects)


def _told(rule: RuleOutcome | None) -> str:
    if rule is None:
        return ""
    shown = "" if rule.outcome is Outcome.MISSING else rule.shown
    parts = [shown, rule.shown_threshold, say(f"report.outcome.{rule.outcome}")]
    if rule.maximum is not None:
        points = say("input.missing.not_filled") if rule.points is None else grouped(rule.points)
        parts = [shown, f"{points} / {grouped(rule.maximum)}"]
    return "　".join(part for part in parts if part)


def _version(verdict: Verdict) -> str:
    return pack_words(verdict.pack_version, verdict.pack_hash)


def _tier(verdict: Verdict) -> str:
    if verdict.tier is not None:
        return verdict.tier.name
    names = "、".join(tier.name for tier in verdict.possible_tiers)
    return say("app.compare.open", {"tiers": names}) if names else say("report.verdict.no_tier")


def _points(verdict: Verdict) -> str:
    return f"{grouped(verdict.points)} / {grouped(verdict.maximum)}"
