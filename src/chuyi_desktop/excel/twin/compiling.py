"""A programme's figures, rules and tiers as the steps of a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass

from chuyi_desktop.app.ports import JudgedSchool
from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.verdict import RuleOutcome
from chuyi_desktop.excel.twin.calculation import Calculation
from chuyi_desktop.excel.twin.calculation_sheet import union
from chuyi_desktop.excel.twin.conditions import ConditionTranslator, GroupSteps
from chuyi_desktop.excel.twin.derived_sheet import DerivedSteps
from chuyi_desktop.excel.twin.items import ItemTranslator, SectionSteps
from chuyi_desktop.excel.twin.places import Places
from chuyi_desktop.excel.twin.rosters import Rosters
from chuyi_desktop.excel.twin.scalars import Scalars
from chuyi_desktop.excel.twin.tiers import TierSteps, tier_steps


@dataclass(frozen=True, slots=True)
class Compiled:
    """Everything computed, as steps."""

    calculation: Calculation
    scalars: Scalars
    derived: tuple[DerivedSteps, ...]
    groups: tuple[GroupSteps, ...]
    sections: tuple[SectionSteps, ...]
    tiers: TierSteps

    @property
    def fixed(self) -> Sequence[str]:
        """What does not follow the typed cells."""
        return self.scalars.fixed


def compile_twin(
    programme: Programme, assessment: Assessment, judged: JudgedSchool, places: Places
) -> Compiled:
    """The steps of everything that a verdict rests on."""
    calculation = Calculation()
    rosters = Rosters(calculation, programme.tables, places.rosters, judged.facts, judged.words)
    scalars = Scalars(programme, calculation, places, rosters, judged.facts, assessment.year, judged.words)
    derived = tuple(
        DerivedSteps(indicator, scalars.indicator(indicator.id))
        for indicator in programme.indicators.values()
        if indicator.is_derived
    )
    conditions = ConditionTranslator(scalars, assessment, union)
    groups = tuple(conditions.group(group) for group in programme.condition_groups)
    outcomes: dict[str, RuleOutcome] = {rule.id: rule for rule in judged.verdict.items}
    items = ItemTranslator(scalars, assessment, outcomes)
    sections = tuple(items.section(section) for section in programme.scored_sections)
    scored = [item for section in sections for item in section.items]
    tiers = tier_steps(programme, groups, scored, judged.verdict, calculation)
    return Compiled(calculation, scalars, derived, groups, sections, tiers)
