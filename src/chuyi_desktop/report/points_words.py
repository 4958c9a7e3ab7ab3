"""How the points of a scored item came about, line by line."""

from collections.abc import Iterator
from decimal import Decimal

from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.programme import Bands, Condition, Linear, Rubric, ScoredItem, Threshold
from chuyi_desktop.domain.verdict import RuleOutcome
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report import rule_words
from chuyi_desktop.report.account_line import Line, more, part
from chuyi_desktop.report.explained import Explained
from chuyi_desktop.scoring.reading import shown
from chuyi_desktop.scoring.thresholds import signed


def subject_field(told: Explained) -> Indicator | None:
    """The indicator whose value a rule is judged by; None for a compound formula."""
    asked = told.asked
    subject = None
    if isinstance(asked, Condition) and isinstance(asked.rule, Threshold):
        subject = asked.rule.subject
    elif isinstance(asked, ScoredItem) and not isinstance(asked.method, Rubric):
        subject = asked.method.subject
    return None if subject is None else told.facts.indicator(getattr(subject, "id", ""))


def points_lines(told: Explained, rule: RuleOutcome) -> Iterator[Line]:
    """The way of counting points, with where the school stands in it, and the points; nothing for a
    condition."""
    if not isinstance(told.asked, ScoredItem) or rule.maximum is None:
        return
    field = subject_field(told)
    match told.asked.method:
        case Bands(steps=steps, rising=rising, otherwise=otherwise):
            sign = Comparison.AT_LEAST if rising else Comparison.AT_MOST
            yield part("way", say("explain.bands"))
            bound = None if rule.award is None else rule.award.bound
            for step in steps:
                params = {"bound": signed(sign, step.bound, field), "points": grouped(step.points)}
                yield more(_marked(say("explain.band", params), here=step.bound == bound))
            params = {"points": grouped(otherwise)}
            none = rule.award is not None and bound is None
            yield more(_marked(say("explain.band_otherwise", params), here=none))
        case Linear(zero_at=zero, full_at=full):
            ends = {"zero": shown(zero, field), "full": shown(full, field), "maximum": grouped(rule.maximum)}
            yield part("way", say("explain.linear", ends))
            yield more(_share(rule, zero, full))
        case Rubric(levels=levels):
            yield part("way", say("explain.levels"))
            for level in levels:
                params = {"title": level.title, "points": grouped(level.points), "text": level.description}
                text = say("explain.level_described" if level.description else "explain.level", params)
                yield more(_marked(text, here=rule.award is not None and rule.award.level == level.id))
    params = {"points": rule_words.points(rule), "maximum": grouped(rule.maximum)}
    yield part("points", say("explain.points_open" if rule.points is None else "explain.points", params))


def _share(rule: RuleOutcome, zero: Decimal, full: Decimal) -> str:
    """``6 × (10 − 2.96) ÷ (10 − 1) = 4.69 分``; what lies beyond an end gets what the end gives."""
    value, points = rule.value, rule.points
    if not isinstance(value, Decimal) or points is None or rule.maximum is None or zero == full:
        return ""
    params = {"value": rule.shown, "points": grouped(points)}
    if not min(zero, full) < value < max(zero, full):
        return say("explain.linear.beyond", params)
    # Written so that both differences are positive.
    top, bottom = ((value, zero), (full, zero)) if full > zero else ((zero, value), (zero, full))
    for name, number in zip(("a", "b", "c", "d"), (*top, *bottom), strict=True):
        params[name] = grouped(number)
    return say("explain.linear.share", params | {"maximum": grouped(rule.maximum)})


def _marked(text: str, *, here: bool) -> str:
    """``text``, marked where the school stands there."""
    return say("explain.here", {"text": text}) if here else text
