"""What every tier asks and where the school stands to it."""

from collections.abc import Sequence

from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.programme import Tier, TierRule
from chuyi_desktop.domain.verdict import Outcome, Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.blocks import Align, DataTable, TableColumn
from chuyi_desktop.report.material import Material, basis, joined, joined_sentences, marked


def tier_table(material: Material) -> tuple[DataTable, ...]:
    """A row a tier, best first; nothing where the programme has no tiers."""
    tiers = material.programme.tiers
    if not tiers:
        return ()
    groups = {group.id: group.title for group in material.programme.condition_groups}
    columns = (
        TableColumn(say("report.verdict.tiers.tier"), 8),
        TableColumn(say("report.verdict.tiers.demands"), 18),
        TableColumn(say("report.verdict.tiers.standing"), 17),
        TableColumn(say("report.verdict.tiers.result"), 6, Align.CENTER),
        TableColumn(say("report.verdict.tiers.source"), 4, Align.CENTER),
    )
    rows = tuple(
        (
            marked(tier.name, tier.provenance),
            joined_sentences(_demands(tier.rule, groups), tier.note),
            _standing(tier.rule, groups, material.verdict),
            _result(tier, tiers, material.verdict),
            basis(tier.provenance),
        )
        for tier in tiers
    )
    return (DataTable(columns, rows),)


def tier_words(tiers: Sequence[Tier], verdict: Verdict) -> str:
    """The tier reached, else those still open; none at all is another way to come out where no tier takes
    every school. Empty for a programme without ``tiers``."""
    if verdict.tier is not None:
        return marked(verdict.tier.name, verdict.tier.provenance)
    names = [marked(tier.name, tier.provenance) for tier in verdict.possible_tiers]
    if tiers and not any(tier.rule.asks_nothing for tier in tiers):
        names.append(say("report.verdict.no_tier"))
    return joined(*names)


def _demands(rule: TierRule, groups: dict[str, str]) -> str:
    if rule.asks_nothing:
        return say("report.verdict.tier.nothing")
    demands = [say("report.verdict.tier.all_met", {"group": groups.get(group, "")}) for group in rule.all_met]
    demands += [
        say("report.verdict.tier.most_unmet", {"group": groups.get(group, ""), "count": most})
        for group, most in rule.most_unmet
    ]
    if rule.minimum_points is not None:
        points = grouped(rule.minimum_points)
        demands.append(say("report.verdict.tier.minimum_points", {"points": points}))
    return joined_sentences(*demands)


def _standing(rule: TierRule, groups: dict[str, str], verdict: Verdict) -> str:
    """The counts and points that decide the tier, as they are."""
    if rule.asks_nothing:
        return say("report.none")
    asked = [*rule.all_met, *(group for group, _ in rule.most_unmet)]
    facts = [_group_standing(group, groups.get(group, ""), verdict) for group in dict.fromkeys(asked)]
    if rule.minimum_points is not None:
        most = verdict.points + verdict.open_points
        code = (
            "report.verdict.standing.points_open" if verdict.open_points else "report.verdict.standing.points"
        )
        facts.append(say(code, {"points": grouped(verdict.points), "most": grouped(most)}))
    return joined_sentences(*facts)


def _group_standing(group: str, title: str, verdict: Verdict) -> str:
    outcomes = [rule.outcome for rule in verdict.conditions if rule.group == group]
    unmet, missing = outcomes.count(Outcome.UNMET), outcomes.count(Outcome.MISSING)
    code = "report.verdict.standing.group" if unmet or missing else "report.verdict.standing.group_met"
    return say(code, {"group": title, "unmet": unmet, "missing": missing})


def _result(tier: Tier, tiers: tuple[Tier, ...], verdict: Verdict) -> str:
    """As the verdict has it; tiers below what is reached or possible are passed over with a dash."""
    still = [each.id for each in verdict.possible_tiers] if verdict.tier is None else [verdict.tier.id]
    if tier.id in still:
        code = "report.verdict.result.possible" if verdict.tier is None else "report.verdict.result.reached"
        return say(code)
    order = [each.id for each in tiers]
    below = bool(still) and all(order.index(tier.id) > order.index(each) for each in still if each in order)
    return say("report.none" if below else "report.verdict.result.not_reached")
