"""What else a change would do: rules met now that would no longer be, and checks that would block."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from chuyi_desktop.domain.formula import tables_used
from chuyi_desktop.domain.programme import Check, Condition, ScoredItem
from chuyi_desktop.domain.rule_formulas import read_outside_rows
from chuyi_desktop.scoring.checks import run_check
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.outlook.ground import Box, Ground, Leaf, over
from chuyi_desktop.scoring.outlook.judging import hundredths, judge, score
from chuyi_desktop.scoring.outlook.single import Step
from chuyi_desktop.scoring.outlook.spans import NO, answers


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that would be worse: its id and title; a check, or a rule that is met now."""

    id: str
    title: str
    is_check: bool = False


class Breaking:
    """What changes break, for one school."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    def of(self, step: Step, goal_id: str) -> tuple[Broken, ...]:
        """What ``step`` breaks; the rule it is made for is not among it."""
        changed = frozenset(step.spans)
        box = self.ground.box(step.spans)
        rules = [
            Broken(rule.id, rule.title)
            for rule, leaves in self._met
            if rule.id != goal_id and not leaves.isdisjoint(changed) and not _met(rule, box)
        ]
        return (*rules, *self._checks(step, changed))

    def harmless(self, box: Box, goal_id: str) -> bool | None:
        """Whether everywhere in a box (True) or nowhere in it (False) nothing is broken beside the rule of
        that id; checks of rows are not looked at."""
        changed = frozenset(box.changed)
        unsure = False
        for rule, leaves in self._met:
            if rule.id == goal_id or leaves.isdisjoint(changed):
                continue
            stays = _stays(rule, box)
            if stays is False:
                return False
            unsure = unsure or stays is None
        for check, leaves, _ in self._silent:
            if check.table or check.holds is None or leaves.isdisjoint(changed):
                continue
            found = answers(over(check.holds, box, box.ground.year))
            if found == NO:
                return False
            unsure = unsure or found.no
        return None if unsure else True

    @cached_property
    def _met(self) -> list[tuple[Condition | ScoredItem, frozenset[Leaf]]]:
        """The rules that are met now, and what they rest on."""
        programme, base = self.ground.programme, self.ground.base
        rules: list[Condition | ScoredItem] = []
        for group in programme.condition_groups:
            rules += group.conditions
        rules += programme.scored_items()
        return [(rule, self.ground.leaves_of(rule)) for rule in rules if _met(rule, base)]

    @cached_property
    def _silent(self) -> list[tuple[Check, frozenset[Leaf], int]]:
        """Checks that block, what they rest on beside their rows, and in how many rows they speak now; a
        check of no roster that speaks already is left out."""
        ground = self.ground
        found: list[tuple[Check, frozenset[Leaf], int]] = []
        for check in ground.programme.checks:
            if not check.grade.blocks:
                continue
            trees = read_outside_rows(check, ground.programme.tables)
            leaves: frozenset[Leaf] = frozenset()
            for tree in trees:
                leaves |= ground.leaves(tree, ground.year)
            spoken = _spoken(check, ground.facts)
            if check.table or not spoken:
                found.append((check, leaves, spoken))
        return found

    def _checks(self, step: Step, changed: frozenset[Leaf]) -> Iterator[Broken]:
        table = "" if step.node is None else step.node.table
        asked = [
            (check, count)
            for check, leaves, count in self._silent
            if (table and self._reads(check, table)) or not leaves.isdisjoint(changed)
        ]
        if not asked:
            return
        facts = SchoolFacts(self.ground.programme, self.ground.assessment.after(step.edits))
        for check, count in asked:
            if _spoken(check, facts) > count:
                yield Broken(check.id, check.title, is_check=True)

    @staticmethod
    def _reads(check: Check, table: str) -> bool:
        used = () if check.holds is None else tables_used(check.holds)
        return check.table == table or any(node.table == table for node in used)


def _spoken(check: Check, facts: SchoolFacts) -> int:
    """In how many rows, or whether at all, a check speaks."""
    finding = run_check(check, facts)
    return 0 if finding is None else max(1, finding.row_count)


def _stays(rule: Condition | ScoredItem, box: Box) -> bool | None:
    """Whether a rule is met everywhere (True) or nowhere (False) in a box."""
    if isinstance(rule, ScoredItem):
        full = hundredths(rule.maximum)
        scored = score(rule, box)
        return True if scored.surely(full) else False if scored.never(full) else None
    judged = judge(rule, box)
    return True if judged.surely_met else False if judged.never_met else None


def _met(rule: Condition | ScoredItem, box: Box) -> bool:
    if isinstance(rule, ScoredItem):
        return score(rule, box).surely(hundredths(rule.maximum))
    return judge(rule, box).surely_met
