"""A second look at a pack that reads without a mistake: rules that cannot be meant as they stand."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from chuyi_desktop.domain.formula import Expression, write
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Bands,
    Check,
    Condition,
    Linear,
    Programme,
    Requirement,
    ScoredItem,
    Threshold,
    Tier,
)
from chuyi_desktop.domain.values import canonical
from chuyi_desktop.domain.wording import say
from chuyi_desktop.packs.models import ConditionModel, PackModel
from chuyi_desktop.packs.ranges import Interval, Ranges, Truth, point
from chuyi_desktop.packs.spot import Spot

Placed = tuple[Condition, Spot]


def audit(programme: Programme, model: PackModel, spot: Spot) -> None:
    """Note what is wrong in meaning as mistakes, what only smells as warnings; the pack's own rules only."""
    ranges = Ranges(programme.indicators, programme.tables)
    conditions = list(_placed(programme, model, spot))
    for condition, here in conditions:
        _note_applies(condition, here, ranges)
        _note_rule(condition, here, ranges)
    _note_pairs(programme, conditions, ranges)
    for item, here in _items(programme, model, spot):
        _note_item(item, here, ranges)
    _note_checks(programme, model, spot, ranges)
    _note_tiers(programme, spot / "tiers")


# Where rules stand


def _placed(programme: Programme, model: PackModel, spot: Spot) -> Iterator[Placed]:
    by_id = {condition.id: condition for condition in programme.conditions()}
    for index, group in enumerate(model.conditions):
        yield from _conditions(group.conditions, spot / "conditions" / index / "conditions", by_id)


def _conditions(models: list[ConditionModel], spot: Spot, by_id: dict[str, Condition]) -> Iterator[Placed]:
    for index, model in enumerate(models):
        yield by_id[model.id], spot / index
        if model.at_least_of is not None:
            yield from _conditions(model.at_least_of.options, spot / index / "at_least_of" / "options", by_id)


def _items(programme: Programme, model: PackModel, spot: Spot) -> Iterator[tuple[ScoredItem, Spot]]:
    sections = [] if model.scoring is None else model.scoring.sections
    for number, (section, _) in enumerate(zip(programme.scored_sections, sections, strict=True)):
        for index, item in enumerate(section.items):
            yield item, spot / "scoring" / "sections" / number / "items" / index


# Conditions


def _note_applies(condition: Condition, spot: Spot, ranges: Ranges) -> None:
    if condition.applies_when is None:
        return
    truth = ranges.truth(condition.applies_when)
    if not truth.yes:
        (spot / "applies_when").mild.fault("audit.applies_never", title=condition.title)
    elif not truth.no:
        (spot / "applies_when").mild.fault("audit.applies_always", title=condition.title)


def _note_rule(condition: Condition, spot: Spot, ranges: Ranges) -> None:
    match condition.rule:
        case Threshold():
            _note_threshold(condition, condition.rule, spot / "threshold", ranges)
        case Requirement(holds):
            truth = ranges.truth(holds)
            if not truth.yes:
                (spot / "requires").fault("audit.requires_never", title=condition.title)
            elif not truth.no:
                (spot / "requires").mild.fault("audit.requires_always", title=condition.title)
        case AtLeastOf() | Attested():
            pass


def _note_threshold(condition: Condition, rule: Threshold, spot: Spot, ranges: Ranges) -> None:
    subject = ranges.number(rule.subject)
    plain = len(rule.cases) == 1 and rule.cases[0].when is None
    for index, case in enumerate(rule.cases):
        at_cases = spot / "cases" / index / "value"
        here = spot / "value" if plain and (spot / "value").place != spot.place else at_cases
        truth = subject.meets(rule.comparison, point(case.value))
        params = {
            "title": condition.title,
            "subject": _named(rule.subject, ranges),
            "range": told(subject),
            "wanted": f"{rule.comparison} {canonical(case.value)}",
        }
        if not truth.yes:
            here.fault("audit.never_met", **params)
        elif not truth.no:
            here.mild.fault("audit.always_met", **params)
    _note_cases(rule, spot / "cases", ranges)


def _note_cases(rule: Threshold, spot: Spot, ranges: Ranges) -> None:
    seen: list[Expression] = []
    for index, case in enumerate(rule.cases):
        if case.when is None:
            continue
        here = (spot / index / "when").mild
        truth = ranges.truth(case.when)
        if case.when in seen:
            here.fault("audit.case_twice", number=index + 1, first=seen.index(case.when) + 1)
        elif not truth.yes:
            here.fault("audit.case_never", number=index + 1)
        elif not truth.no:
            here.fault("audit.case_hides", number=index + 1)
        seen.append(case.when)


def _note_pairs(programme: Programme, placed: list[Placed], ranges: Ranges) -> None:
    """Rules said twice, included ones too, and thresholds on one subject that exclude each other."""
    places = {condition.id: here for condition, here in placed}
    hard = {one.id: group.id for group in programme.condition_groups for one in group.conditions}
    seen: list[Condition] = []
    for condition in programme.conditions():
        if isinstance(condition.rule, AtLeastOf):
            continue
        alike = [other for other in seen if other.applies_when == condition.applies_when]
        seen.append(condition)
        if condition.id not in places:
            continue
        here = places[condition.id]
        twin = next((other for other in alike if other.rule == condition.rule), None)
        if twin is not None:
            here.mild.fault("audit.same_rule", title=condition.title, other=twin.title)
        elif condition.id in hard:
            _note_contradiction(condition, [other for other in alike if other.id in hard], here, hard, ranges)


def _note_contradiction(
    condition: Condition, others: list[Condition], spot: Spot, groups: dict[str, str], ranges: Ranges
) -> None:
    """Within a group nobody can meet both; two groups may be meant for different tiers."""
    one = _single(condition)
    for other in others:
        two = _single(other)
        if one and two and one[0] == two[0] and not _together(one[1:], two[1:]):
            params = {"subject": _named(one[0], ranges), "wanted": _wanted(one), "also": _wanted(two)}
            here = spot if groups[condition.id] == groups[other.id] else spot.mild
            here.fault("audit.contradiction", title=condition.title, other=other.title, **params)


Single = tuple[Expression, Comparison, Decimal]


def _single(condition: Condition) -> Single | None:
    """A threshold with one value for every school."""
    rule = condition.rule
    if not isinstance(rule, Threshold) or len(rule.cases) != 1:
        return None
    return rule.subject, rule.comparison, rule.cases[0].value


def _together(one: tuple[Comparison, Decimal], two: tuple[Comparison, Decimal]) -> bool:
    """Whether some number meets both; judged at the bounds and just beside them."""
    beside = (Decimal(-1), Decimal(0), Decimal(1))
    middle = (one[1] + two[1]) / 2
    tried = [middle, *(value + step for value in (one[1], two[1]) for step in beside)]
    return any(_holds(one, value) and _holds(two, value) for value in tried)


def _holds(wanted: tuple[Comparison, Decimal], value: Decimal) -> bool:
    return point(value).meets(wanted[0], point(wanted[1])).yes


def _wanted(single: Single) -> str:
    return f"{single[1]} {canonical(single[2])}"


# Points


def _note_item(item: ScoredItem, spot: Spot, ranges: Ranges) -> None:
    match item.method:
        case Bands():
            _note_bands(item, item.method, spot / "bands" / "steps", ranges)
        case Linear():
            _note_linear(item, item.method, spot / "linear", ranges)
        case _:
            pass


def _note_bands(item: ScoredItem, method: Bands, spot: Spot, ranges: Ranges) -> None:
    subject = ranges.number(method.subject)
    params = {"title": item.title, "subject": _named(method.subject, ranges), "range": told(subject)}
    comparison = Comparison.AT_LEAST if method.rising else Comparison.AT_MOST
    for index, step in enumerate(method.steps):
        truth = subject.meets(comparison, point(step.bound))
        here = spot / index / "bound"
        if not truth.yes:
            here.fault("audit.band_never", bound=canonical(step.bound), **params)
        elif not truth.no:
            here.mild.fault("audit.band_always", **params)
            return


def _note_linear(item: ScoredItem, method: Linear, spot: Spot, ranges: Ranges) -> None:
    subject = ranges.number(method.subject)
    params = {"title": item.title, "subject": _named(method.subject, ranges), "range": told(subject)}
    ends = sorted((method.zero_at, method.full_at))
    below = not subject.meets(Comparison.MORE, point(ends[0])).yes
    above = not subject.meets(Comparison.LESS, point(ends[1])).yes
    if below or above:
        least, most = canonical(ends[0]), canonical(ends[1])
        spot.fault("audit.linear_constant", least=least, most=most, **params)
        return
    comparison = Comparison.AT_LEAST if method.full_at > method.zero_at else Comparison.AT_MOST
    if not subject.meets(comparison, point(method.full_at)).yes:
        (spot / "full_at").fault("audit.linear_never_full", full=canonical(method.full_at), **params)


# Checks and tiers


def _note_checks(programme: Programme, model: PackModel, spot: Spot, ranges: Ranges) -> None:
    own = {check.id: spot / "checks" / index / "holds" for index, check in enumerate(model.checks)}
    seen: list[Check] = []
    for check in programme.checks:
        if check.id in own:
            _note_check(check, seen, own[check.id], ranges.with_columns(check.table))
        seen.append(check)


def _note_check(check: Check, seen: list[Check], spot: Spot, ranges: Ranges) -> None:
    truth = Truth() if check.holds is None else ranges.truth(check.holds)
    twin = next((other for other in seen if _same(other, check)), None)
    if not truth.yes:
        spot.fault("audit.check_never", title=check.title)
    elif not truth.no:
        spot.mild.fault("audit.check_always", title=check.title)
    elif twin is not None:
        spot.mild.fault("audit.same_check", title=check.title, other=twin.title)


def _same(one: Check, other: Check) -> bool:
    return (one.holds, one.table, one.unique) == (other.holds, other.table, other.unique)


def _note_tiers(programme: Programme, spot: Spot) -> None:
    sizes = {group.id: len(group.conditions) for group in programme.condition_groups}
    for index, tier in enumerate(programme.tiers):
        for group, most in tier.rule.most_unmet:
            if most >= sizes.get(group, most + 1):
                params = {"group": group, "count": sizes[group], "most": most}
                (spot / index / "most_unmet" / group).mild.fault("audit.tier_all_unmet", **params)
        if index and _reaches(tier, programme.tiers[index - 1]):
            better = programme.tiers[index - 1]
            (spot / index).fault("audit.tier_same", name=tier.name, better=better.name)


def _reaches(tier: Tier, better: Tier) -> bool:
    """Whether every school that reaches ``tier`` reaches ``better``, so that ``tier`` never comes out."""
    allowed: dict[str, int] = dict(tier.rule.most_unmet) | dict.fromkeys(tier.rule.all_met, 0)
    wanted: dict[str, int] = dict(better.rule.most_unmet) | dict.fromkeys(better.rule.all_met, 0)
    groups = all(group in allowed and allowed[group] <= most for group, most in wanted.items())
    return groups and (tier.rule.minimum_points or 0) >= (better.rule.minimum_points or 0)


# In words


def told(interval: Interval) -> str:
    """A range as a sentence has it."""
    least, most = _number(interval.least), _number(interval.most)
    if least and most:
        return say("audit.range.point" if least == most else "audit.range.between", _ends(least, most))
    if least:
        return say("audit.range.from", {"least": least})
    return say("audit.range.to", {"most": most}) if most else say("audit.range.any")


def _ends(least: str, most: str) -> dict[str, str]:
    return {"least": least, "most": most}


def _number(bound: Fraction | None) -> str:
    if bound is None:
        return ""
    return canonical(round(Decimal(bound.numerator) / Decimal(bound.denominator), 4))


def _named(tree: Expression, ranges: Ranges) -> str:
    """A formula with the names that people read."""
    return write(
        tree, name=lambda each: ranges.indicators[each.id].name if each.id in ranges.indicators else each.id
    )
