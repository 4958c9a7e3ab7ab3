"""A verdict worked out from the documents: rule after rule, nothing kept, tiers by trying everything."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cache, reduce
from itertools import pairwise
from operator import or_
from typing import Any

from chuyi_desktop.domain.assessment import Assessment, Entry, Field, FieldKind, Row
from chuyi_desktop.domain.formula import write
from chuyi_desktop.domain.indicator import Column, ValueKind
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Bands,
    Check,
    Condition,
    Grade,
    Linear,
    Programme,
    Requirement,
    Rubric,
    ScoredItem,
    Threshold,
)
from tests.naive.language import BLANK, Tree, World, half_up, leaves, plain, read, work_out

MET, UNMET, OPEN, OUTSIDE = "met", "unmet", "missing", "not_applicable"
Kept = dict[str, Any]


@dataclass
class Found:
    """A rule judged."""

    outcome: str
    value: Any = BLANK
    points: Fraction | None = None
    threshold: Fraction | None = None
    gap: Fraction | None = None
    possible: frozenset[Fraction] = frozenset()
    """The points an open item may still give."""


@dataclass
class Opinion:
    """A verdict."""

    rules: dict[str, Found] = field(default_factory=dict)
    derived: Kept = field(default_factory=dict)
    sections: dict[str, tuple[Fraction, Fraction]] = field(default_factory=dict)
    """Points for certain and points that are open."""
    tiers: list[str] = field(default_factory=list)
    findings: dict[str, tuple[bool, tuple[int, ...]]] = field(default_factory=dict)
    """Whether settled, and the rows."""


@cache
def formula(tree: Any) -> Tree:
    """A formula by way of its text."""
    return read(write(tree))


class Judge:
    """One programme and one assessment."""

    def __init__(self, programme: Programme, assessment: Assessment) -> None:
        self.programme = programme
        self.assessment = assessment

    def opinion(self) -> Opinion:
        """Everything."""
        made = Opinion()
        for name, indicator in self.programme.indicators.items():
            if indicator.formula is not None:
                made.derived[name] = self.indicator(name, 0)
        for group in self.programme.condition_groups:
            for condition in group.with_options():
                made.rules[condition.id] = self.condition(condition)
        for section in self.programme.scored_sections:
            judged = {item.id: self.item(item) for item in section.items}
            made.rules |= judged
            sure = sum((one.points for one in judged.values() if one.points is not None), Fraction(0))
            still = sum(
                (Fraction(item.maximum) for item in section.items if judged[item.id].points is None),
                Fraction(0),
            )
            made.sections[section.id] = (sure, still)
        made.tiers = self.tiers(made)
        for check in self.programme.checks:
            self.check(check, made)
        return made

    # Values.

    def indicator(self, name: str, back: int) -> Any:
        """An indicator's value so many years back; computed where it has a formula, rounded as it states."""
        year = self.assessment.year - back
        if name == "report_year":
            return Fraction(year)
        indicator = self.programme.indicators.get(name)
        if indicator is None or indicator.formula is None:
            entry = self.assessment.fields.get(Field(FieldKind.VALUE, name, year))
            if not isinstance(entry, Entry) or entry.not_applicable or entry.value is None:
                return BLANK
            return plain(entry.value)
        world = World(
            lambda other, more: self.indicator(other, back + more), lambda table: self.rows(table, back)
        )
        value = work_out(formula(indicator.formula), world)
        if isinstance(value, Fraction) and indicator.digits is not None:
            return half_up(value, indicator.digits)
        return value

    def listed(self, table: str, back: int) -> list[Row] | None:
        """The rows of a roster as the school orders them; None where it has said nothing."""
        year = self.assessment.year - back
        rows = [
            content
            for place, content in self.assessment.fields.items()
            if place.kind is FieldKind.ROW
            and place.key == table
            and place.year == year
            and isinstance(content, Row)
        ]
        if not rows and Field(FieldKind.EMPTY_TABLE, table, year) not in self.assessment.fields:
            return None
        return sorted(rows, key=lambda row: (row.position, row.id))

    def rows(self, table: str, back: int) -> list[Mapping[str, Any]] | None:
        """The cells of a roster's rows; a default stands for a blank where the column has one."""
        rows = self.listed(table, back)
        return None if rows is None else [self.cells(table, row) for row in rows]

    def cells(self, table: str, row: Row) -> Mapping[str, Any]:
        """A row's cells with defaults."""
        columns = self.programme.tables[table].columns
        standing = {column.id: typed(column) for column in columns if column.default is not None}
        return standing | {name: plain(value) for name, value in row.cells.items()}

    def world(self) -> World:
        """What a rule's formula sees."""
        return World(self.indicator, lambda table: self.rows(table, 0))

    def value(self, tree: Any) -> Any:
        """A rule's own formula, not rounded."""
        return work_out(formula(tree), self.world())

    # Conditions.

    def condition(self, condition: Condition) -> Found:
        """A condition, and whether it counts for this school."""
        applies = True if condition.applies_when is None else self.value(condition.applies_when)
        if applies is False:
            return Found(OUTSIDE)
        found = self.rule(condition)
        # Met or not for this school: that is not known.
        return found if applies is True else replace(found, outcome=OPEN, gap=None)

    def rule(self, condition: Condition) -> Found:
        """The rule of a condition that counts."""
        match condition.rule:
            case Threshold():
                return self.threshold(condition.rule)
            case Requirement(holds):
                value = self.value(holds)
                return Found(OPEN if value is BLANK else MET if value else UNMET, value)
            case Attested():
                answer = self.assessment.attestation(condition.id)
                if answer is None:
                    return Found(OPEN)
                return Found(MET if answer.holds else UNMET, answer.holds)
            case AtLeastOf(count, options):
                outcomes = [self.condition(option).outcome for option in options]
                met, still = outcomes.count(MET), outcomes.count(OPEN)
                gap = Fraction(count - met) if met + still < count else None
                outcome = MET if met >= count else OPEN if met + still >= count else UNMET
                sure = BLANK if outcome == OPEN else Fraction(met)
                return Found(outcome, sure, threshold=Fraction(count), gap=gap)

    def threshold(self, rule: Threshold) -> Found:
        """The first case that holds gives the threshold; while it is open which, all candidates are tried."""
        value = self.value(rule.subject)
        candidates: list[Fraction] = []
        for case in rule.cases:
            when = True if case.when is None else self.value(case.when)
            if when is not False:
                candidates.append(Fraction(case.value))
            if when is True:
                break
        sure = candidates[0] if len(set(candidates)) == 1 else None
        if value is BLANK:
            return Found(OPEN, value, threshold=sure)
        outcomes = {compared(rule.comparison.value, value, one) for one in candidates}
        if len(outcomes) != 1:
            return Found(OPEN, value, threshold=sure)
        met = outcomes == {True}
        gap = abs(value - sure) if sure is not None and not met else None
        return Found(MET if met else UNMET, value, threshold=sure, gap=gap)

    # Points.

    def item(self, item: ScoredItem) -> Found:
        """The points of a scored item."""
        points, value, possible = self.points(item)
        full = full_from(item)
        if points is None:
            return Found(OPEN, value, threshold=full, possible=possible)
        met = points == item.maximum
        gap = None if met or full is None else abs(value - full)
        return Found(MET if met else UNMET, value, points, full, gap)

    def points(self, item: ScoredItem) -> tuple[Fraction | None, Any, frozenset[Fraction]]:
        """Points, the value they hang on, and what points there may be while that is open."""
        method = item.method
        if isinstance(method, Rubric):
            levels = {level.id: Fraction(level.points) for level in method.levels}
            rating = self.assessment.rating(item.id)
            if rating is None or rating.level_id not in levels:
                return None, BLANK, frozenset(levels.values())
            return levels[rating.level_id], rating.level_id, frozenset(levels.values())
        value = self.value(method.subject)
        if isinstance(method, Bands):
            possible = frozenset(Fraction(band.points) for band in method.steps) | {
                Fraction(method.otherwise)
            }
            if value is BLANK:
                return None, value, possible
            reached = [
                Fraction(band.points)
                for band in method.steps
                if (value >= Fraction(band.bound) if method.rising else value <= Fraction(band.bound))
            ]
            return max(reached, default=Fraction(method.otherwise)), value, possible
        full = Fraction(item.maximum)
        possible = frozenset(Fraction(at, 100) for at in range(hundredths(full) + 1))
        if value is BLANK:
            return None, value, possible
        return linear(method, full, value), value, possible

    # Tiers.

    def tiers(self, made: Opinion) -> list[str]:
        """The tiers that some way of deciding what is open would give, best first."""
        # All totals there may be, one bit for every hundredth of a point.
        totals = 1 << hundredths(sum((sure for sure, _ in made.sections.values()), Fraction(0)))
        for item in self.programme.scored_items():
            found = made.rules[item.id]
            if found.points is None:
                shifted = (totals << hundredths(points) for points in found.possible)
                totals = reduce(or_, shifted)
        groups = {
            group.id: [made.rules[condition.id].outcome for condition in group.conditions]
            for group in self.programme.condition_groups
        }
        # A group may end with any number of unmet conditions from those that are to those that may be.
        endings: list[dict[str, int]] = [{}]
        for key in {
            key for tier in self.programme.tiers for key in (*tier.rule.all_met, *dict(tier.rule.most_unmet))
        }:
            unmet, still = groups[key].count(UNMET), groups[key].count(OPEN)
            asked = {
                0,
                *(most for tier in self.programme.tiers for one, most in tier.rule.most_unmet if one == key),
            }
            # Numbers of unmet between which no tier makes a difference are alike.
            kinds = {
                tuple(count <= most for most in sorted(asked)): count
                for count in range(unmet, unmet + still + 1)
            }
            endings = [ending | {key: count} for ending in endings for count in kinds.values()]
        reached = {self.tier(ending, total) for ending in endings for total in self.telling(totals)}
        return [tier.id for tier in self.programme.tiers if tier.id in reached]

    def tier(self, unmet: Mapping[str, int], points: Fraction) -> str | None:
        """The best tier whose whole rule is fulfilled."""
        for tier in self.programme.tiers:
            enough = tier.rule.minimum_points is None or points >= Fraction(tier.rule.minimum_points)
            if (
                enough
                and all(unmet[key] == 0 for key in tier.rule.all_met)
                and all(unmet[key] <= most for key, most in tier.rule.most_unmet)
            ):
                return tier.id
        return None

    def telling(self, totals: int) -> list[Fraction]:
        """Of the totals there may be, the least from each number on that a tier asks for."""
        asked = [
            tier.rule.minimum_points for tier in self.programme.tiers if tier.rule.minimum_points is not None
        ]
        found: list[Fraction] = []
        ends = [*sorted({hundredths(Fraction(one)) for one in asked}), totals.bit_length()]
        for least, end in pairwise([0, *ends]):
            within = (totals & ((1 << max(end, least)) - 1)) >> least
            if within:
                found.append(Fraction(least + (within & -within).bit_length() - 1, 100))
        return found

    # Checks.

    def check(self, check: Check, made: Opinion) -> None:
        """Adds a finding where the check does not hold."""
        if check.table:
            wrong = self.wrong_rows(check)
        else:
            wrong = (0,) if check.holds is not None and self.fails(formula(check.holds), self.world()) else ()
        if not wrong:
            return
        words = self.assessment.explanation(check.id)
        explained = words is not None and len("".join(words.text.split())) >= 6
        settled = {
            Grade.MANDATORY: False,
            Grade.NEAR_MANDATORY: words is not None and explained and words.confirmed_by_head,
            Grade.EXPLAIN: explained,
            Grade.HINT: True,
        }[check.grade]
        made.findings[check.id] = (settled, wrong if check.table else ())

    def fails(self, tree: Tree, world: World) -> bool:
        """Whether it is judged, that is nothing it reads is blank, and does not hold."""
        if any(work_out(leaf, world) is BLANK for leaf in leaves(tree)):
            return False
        return work_out(tree, world) is False

    def wrong_rows(self, check: Check) -> tuple[int, ...]:
        """The numbers, from 1, of the rows in which a check of rows does not hold."""
        rows = self.rows(check.table, 0) or []
        columns = frozenset(column.id for column in self.programme.tables[check.table].columns)
        wrong: list[int] = []
        before: list[tuple[Any, ...]] = []
        for number, cells in enumerate(rows, start=1):
            if check.holds is not None:
                world = World(self.indicator, lambda table: self.rows(table, 0), cells, columns)
                if self.fails(formula(check.holds), world):
                    wrong.append(number)
                continue
            told = tuple(cells.get(column, BLANK) for column in check.unique)
            if BLANK in told:
                continue
            if told in before:
                wrong.append(number)
            before.append(told)
        return tuple(wrong)


def typed(column: Column) -> Any:
    """A column's default as a value."""
    text = column.default or ""
    if column.kind.is_number:
        return Fraction(text)
    if column.kind is ValueKind.YES_NO:
        return text in {"是", "true"}
    if column.kind is ValueKind.DATE:
        return date.fromisoformat(text)
    by_label = {choice.label: choice.id for choice in column.choices}
    return by_label.get(text, text)


def hundredths(points: Fraction) -> int:
    """Points as a whole number of hundredths."""
    scaled = points * 100
    assert scaled.denominator == 1, points
    return int(scaled)


def compared(sign: str, left: Fraction, right: Fraction) -> bool:
    """Whether a comparison holds."""
    return bool(
        work_out((sign, ("constant", left), ("constant", right)), World(lambda *_: BLANK, lambda _: None))
    )


def full_from(item: ScoredItem) -> Fraction | None:
    """The value from which on an item gives full points."""
    match item.method:
        case Bands(_, steps):
            return Fraction(max(steps, key=lambda step: step.points).bound)
        case Linear(_, _, full_at):
            return Fraction(full_at)
        case Rubric():
            return None


def linear(method: Linear, full: Fraction, value: Fraction) -> Fraction:
    """Points in proportion, to hundredths."""
    zero, end = Fraction(method.zero_at), Fraction(method.full_at)
    share = (value - zero) / (end - zero)
    return half_up(full * min(max(share, Fraction(0)), Fraction(1)), 2)
