"""Two verdicts held against each other, in words: the same on the screen, in the terminal and on paper."""

from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.verdict import Outcome, RuleOutcome, Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.scoring.differences import FindingChange, RuleChange


def change_words(change: RuleChange) -> str:
    """Which aspects of a rule differ; empty where none does."""
    if change.before is None:
        return say("app.compare.is_new")
    if change.after is None:
        return say("app.compare.is_gone")
    return "、".join(say(f"app.compare.aspect.{aspect}") for aspect in change.aspects)


def rule_title(change: RuleChange) -> str:
    """What the rule is called, by the later verdict where that has it."""
    rule = change.after or change.before
    return "" if rule is None else rule.title


def told(rule: RuleOutcome | None) -> str:
    """Value, standard and outcome, or value and points, in one line; empty for no rule."""
    if rule is None:
        return ""
    parts = [said_value(rule), rule.shown_threshold, result(rule)]
    if rule.maximum is not None:
        parts = [said_value(rule), result(rule)]
    return "　".join(part for part in parts if part)


def said_value(rule: RuleOutcome) -> str:
    """The school's value; empty where the outcome says 未填 already."""
    return "" if rule.outcome is Outcome.MISSING else rule.shown


def result(rule: RuleOutcome) -> str:
    """达到, 未达到, 未填, 不适用, or the points of a scored item: ``12 / 20``."""
    if rule.maximum is None:
        return say(f"report.outcome.{rule.outcome}")
    points = say("input.missing.not_filled") if rule.points is None else grouped(rule.points)
    return f"{points} / {grouped(rule.maximum)}"


def tier(verdict: Verdict) -> str:
    """The tier, or those still possible."""
    if verdict.tier is not None:
        return verdict.tier.name
    names = "、".join(each.name for each in verdict.possible_tiers)
    return say("app.compare.open", {"tiers": names}) if names else say("report.verdict.no_tier")


def points(verdict: Verdict) -> str:
    """The points for certain, of how many."""
    return f"{grouped(verdict.points)} / {grouped(verdict.maximum)}"


def finding_words(change: FindingChange) -> str:
    """What a check newly finds, no longer finds, or now has settled."""
    return say(f"app.compare.finding.{change.kind}", {"title": change.message})
