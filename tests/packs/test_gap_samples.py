"""Gaps on every pack's sample: each stated change does what it says, and nothing smaller would."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.domain.assessment import Assessment, Change, Entry, FieldKind, Row
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import Outcome, RuleOutcome, Verdict
from chuyi_desktop.packs.library import FormsFolder
from chuyi_desktop.scoring import assess
from chuyi_desktop.scoring.outlook.gap import Gaps, gap
from chuyi_desktop.scoring.outlook.outlook import outlook
from chuyi_desktop.scoring.outlook.results import Aim, Direction, GapChange, RuleGap
from chuyi_desktop.scoring.outlook.sensitivity import sensitivity
from tests.packs.test_samples import SAMPLES, filled, read

LIBRARY = FormsFolder(Path(__file__).parents[2] / "forms")


@dataclass(frozen=True)
class Sample:
    programme: Programme
    assessment: Assessment
    verdict: Verdict

    def gaps(self) -> list[RuleGap]:
        """Every rule that is not met, options of a k-of-n too."""
        gaps = Gaps(self.programme, self.assessment, self.verdict)
        return [each for rule in self.verdict.rules for gap in gaps.of_rule(rule.id) for each in flat(gap)]


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Sample:
    path: Path = request.param
    programme = LIBRARY.programme(path.stem)
    assessment = filled(programme, read(path))
    return Sample(programme, assessment, assess(programme, assessment))


def flat(gap: RuleGap) -> Iterator[RuleGap]:
    yield gap
    for option in gap.options:
        yield from flat(option)


def rules(verdict: Verdict) -> dict[str, RuleOutcome]:
    return {each.id: each for rule in verdict.rules for each in (rule, *rule.options)}


def reaches(rule: RuleOutcome, change: GapChange) -> bool:
    if change.aim is Aim.MET:
        return rule.outcome is Outcome.MET
    return rule.points is not None and change.points is not None and rule.points >= change.points


def one_step_less(programme: Programme, change: GapChange) -> tuple[Change, ...] | None:
    """The same change of a typed number, a step smaller; None where that is no change of a number."""
    edit = change.edits[0]
    if edit.field.kind is not FieldKind.VALUE or not isinstance(edit.new, Entry):
        return None
    value, step = edit.new.value, Decimal(1).scaleb(-programme.indicators[change.key].decimals)
    back = change.direction in {Direction.MORE, Direction.FILL}
    if isinstance(value, Decimal):
        less = value - step if back else value + step
        if change.direction is Direction.FILL and less < (programme.indicators[change.key].minimum or 0):
            return None
        return (replace(edit, new=Entry(less)),)
    if isinstance(value, date):
        return (replace(edit, new=Entry(value - timedelta(1) if back else value + timedelta(1))),)
    return None


def test_every_stated_change_does_what_it_says_and_no_smaller_one_does(sample: Sample) -> None:
    stated = 0
    met = {rule.id for rule in sample.verdict.rules if rule.outcome is Outcome.MET}
    for gap_ in sample.gaps():
        for at, change in enumerate(gap_.changes):
            stated += 1
            after = assess(sample.programme, sample.assessment.after(change.edits))
            assert reaches(rules(after)[gap_.id], change), (gap_.id, change.message)
            lost = {rule.id for rule in after.rules if rule.id in met and rule.outcome is not Outcome.MET}
            assert lost - {gap_.id} == set(change.breaks) & met, (gap_.id, change.message)
            less = one_step_less(sample.programme, change) if at < 2 else None
            if less is not None and less[0].old != less[0].new:
                short = assess(sample.programme, sample.assessment.after(less))
                harmless = met <= {rule.id for rule in short.rules if rule.outcome is Outcome.MET}
                blocked = any(finding.blocks for finding in short.findings)
                reached = reaches(rules(short)[gap_.id], change)
                # Something not filled in is told the least that also breaks nothing.
                filling = isinstance(change.before, Missing) and not (harmless and not blocked)
                assert not reached or filling, (gap_.id, change.message)
    assert stated


def test_every_change_fits_its_field(sample: Sample) -> None:
    for gap_ in sample.gaps():
        for change in gap_.changes:
            for edit in change.edits:
                assert sample.assessment.fields.get(edit.field) == edit.old
                if isinstance(edit.new, Row):
                    table = sample.programme.tables[edit.field.key]
                    assert edit.new.cells.keys() <= table.by_id.keys()
                elif edit.field.kind is FieldKind.VALUE and isinstance(change.after, Decimal):
                    field = sample.programme.indicators[edit.field.key]
                    assert field.minimum is None or change.after >= field.minimum
                    assert field.maximum is None or change.after <= field.maximum
                    assert change.after == round(change.after, field.decimals)


def test_nothing_is_left_unsaid(sample: Sample) -> None:
    for gap_ in sample.gaps():
        assert gap_.unsettled == (), gap_.message
        assert gap_.message.count("{") == 0
        assert gap_.changes or gap_.needs or gap_.options or "单改一项不能达到" in gap_.message, gap_.message


def test_the_way_to_the_next_tier_is_among_the_rules_not_met(sample: Sample) -> None:
    report = gap(sample.programme, sample.assessment, verdict=sample.verdict)
    for rule in report.rules:
        assert rules(sample.verdict)[rule.id].outcome in {Outcome.UNMET, Outcome.MISSING}
    assert report.reached == (not report.rules)


def test_the_tiers_still_possible_are_among_those_of_the_verdict(sample: Sample) -> None:
    found = outlook(sample.programme, sample.assessment)
    assert set(found.possible_tiers) <= set(sample.verdict.possible_tiers)
    assert sample.verdict.points <= found.lowest <= found.highest
    assert found.highest <= sample.verdict.points + sample.verdict.open_points


def test_every_miscount_turns_what_it_says(sample: Sample) -> None:
    told = [each for each in sensitivity(sample.programme, sample.assessment).inputs if each.exact]
    typed = [each for each in told if each.field.kind is FieldKind.VALUE]
    before = rules(sample.verdict)
    for near in typed[:12]:
        old = sample.assessment.fields[near.field]
        for turn in (*near.tier_turns, *near.rule_turns):
            change = Change(near.field, old, Entry(turn.value))
            after = assess(sample.programme, sample.assessment.after([change]))
            later = rules(after)
            turned = [each for each in turn.rules if later[each].outcome is not before[each].outcome]
            points = [each for each in turn.rules if later[each].points != before[each].points]
            assert turned or points or turn in near.tier_turns
            if turn in near.tier_turns:
                assert after.possible_tiers != sample.verdict.possible_tiers
