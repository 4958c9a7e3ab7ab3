"""What a school's figures may be: the ground on which boxes stand, and boxes that leave some of them open."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, assert_never

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.errors import PackError
from chuyi_desktop.domain.formula import Expression, evaluate, references, tables_used, write
from chuyi_desktop.domain.formula.evaluate import RosterRow
from chuyi_desktop.domain.formula.tree import (
    Aggregate,
    Aggregation,
    Arithmetic,
    Both,
    Choose,
    Compare,
    Constant,
    Either,
    Fold,
    Name,
    Negative,
    Not,
    Round,
    YearOf,
)
from chuyi_desktop.domain.indicator import REPORT_YEAR
from chuyi_desktop.domain.programme import AtLeastOf, Attested, Condition, Programme, Rubric, ScoredItem
from chuyi_desktop.domain.rule_formulas import formulas_of
from chuyi_desktop.domain.values import Missing, MissingReason
from chuyi_desktop.scoring.facts import RowFacts, SchoolFacts, rounding
from chuyi_desktop.scoring.outlook.domains import LARGEST_COUNT, LARGEST_SUM, Grid, domain_of
from chuyi_desktop.scoring.outlook.spans import (
    NOTHING,
    OPEN,
    Labels,
    Numbers,
    Span,
    answers,
    both,
    compared,
    computed,
    conjunction,
    disjunction,
    either,
    folded,
    is_known,
    known,
    negated,
    opposite,
    perhaps_missing,
    rounded,
    year_of,
)


class LeafKind(StrEnum):
    """What a verdict rests on in the end."""

    VALUE = "value"
    """A typed figure: ``key`` is the indicator."""
    ROSTER = "roster"
    """What is made of the rows of a roster: ``key`` is the aggregate as it is written."""
    ATTESTED = "attested"
    RATED = "rated"


class Leaf(NamedTuple):
    """One thing a verdict rests on."""

    kind: LeafKind
    key: str
    year: int


Leaves = frozenset[Leaf]


class Ground:
    """The figures of one assessment, and which rule rests on which of them.

    ``fill``: what is not filled in may take any value of its field, for it still will be; else it is missing,
    as the verdict takes it. A figure declared 不适用 is missing either way. Of a roster of which nothing is
    said, or whose cells leave open which rows count, every count or sum is taken by itself: wider than the
    rows would allow, never narrower.
    """

    def __init__(self, programme: Programme, assessment: Assessment, *, fill: bool) -> None:
        self.programme = programme
        self.assessment = assessment
        self.year = assessment.year
        self.facts = SchoolFacts(programme, assessment)
        self.fill = fill
        self.titles = programme.rule_titles()
        self.aggregates: dict[Leaf, Aggregate] = {}
        """Every roster aggregate met so far."""
        self.grids: dict[Leaf, Grid | None] = {}
        """The steps of every figure asked about so far."""
        self._leaves: dict[tuple[str, int], Leaves] = {}
        self._texts: dict[int, str] = {}
        self._spans: dict[Leaf, Span] = {}
        self._rules: dict[str, Leaves] = {}
        self.base = Box(self, {})

    def box(self, changed: Mapping[Leaf, Span]) -> "Box":
        """The ground with other spans in some places."""
        return Box(self, changed)

    # What rests on what

    def leaves(self, tree: Expression, year: int) -> Leaves:
        """Everything ``tree`` rests on, seen from ``year``."""
        return frozenset(self._found(tree, year))

    def leaves_of(self, rule: Condition | ScoredItem) -> Leaves:
        """Everything a rule rests on; of a k-of-n also its options."""
        if rule.id not in self._rules:
            self._rules[rule.id] = frozenset(self._of_rule(rule))
        return self._rules[rule.id]

    def value_leaves(self, indicator_id: str, year: int) -> Leaves:
        """Everything an indicator rests on: itself, where it is typed."""
        key = (indicator_id, year)
        if key not in self._leaves:
            indicator = self.facts.indicator(indicator_id)
            self._leaves[key] = frozenset()
            if indicator is not None and indicator.formula is not None:
                self._leaves[key] = self.leaves(indicator.formula, year)
            elif indicator is not None and indicator_id != REPORT_YEAR.id:
                self._leaves[key] = frozenset({Leaf(LeafKind.VALUE, indicator_id, year)})
        return self._leaves[key]

    def roster_leaf(self, node: Aggregate, year: int) -> Leaf:
        """The leaf of a roster aggregate."""
        text = self._texts.get(id(node))
        if text is None:
            # The trees are the programme's and live as long as it does, so an id stays that of its node.
            text = self._texts[id(node)] = write(node)
        leaf = Leaf(LeafKind.ROSTER, text, year)
        self.aggregates.setdefault(leaf, node)
        return leaf

    def _of_rule(self, rule: Condition | ScoredItem) -> Iterator[Leaf]:
        for tree in formulas_of(rule):
            yield from self.leaves(tree, self.year)
        if isinstance(rule, ScoredItem):
            if isinstance(rule.method, Rubric):
                yield Leaf(LeafKind.RATED, rule.id, self.year)
        elif isinstance(rule.rule, Attested):
            yield Leaf(LeafKind.ATTESTED, rule.id, self.year)
        elif isinstance(rule.rule, AtLeastOf):
            for option in rule.rule.options:
                yield from self.leaves_of(option)

    def _found(self, tree: Expression, year: int) -> Iterator[Leaf]:
        for read in references(tree):
            yield from self.value_leaves(read.id, year - read.years_back)
        for node in tables_used(tree):
            yield self.roster_leaf(node, year)

    # What the figures may be

    def span(self, leaf: Leaf) -> Span:
        """What the school's own figure may be."""
        if leaf not in self._spans:
            self._spans[leaf] = self._span(leaf)
        return self._spans[leaf]

    def _span(self, leaf: Leaf) -> Span:
        match leaf.kind:
            case LeafKind.VALUE:
                return self._typed(leaf)
            case LeafKind.ROSTER:
                return self._of_rows(self.aggregates[leaf], self.facts.in_year(leaf.year))
            case LeafKind.ATTESTED:
                answer = self.assessment.attestation(leaf.key)
                return known(answer.holds) if answer is not None else OPEN if self.fill else NOTHING
            case LeafKind.RATED:
                return self._rated(leaf.key)

    def _typed(self, leaf: Leaf) -> Span:
        value = self.facts.in_year(leaf.year).value(leaf.key, 0)
        indicator = self.facts.indicator(leaf.key)
        if not self.fill or not isinstance(value, Missing) or indicator is None:
            return known(value)
        return NOTHING if value.reason is MissingReason.NOT_APPLICABLE else domain_of(indicator)

    def _rated(self, item_id: str) -> Span:
        item = next(item for item in self.programme.scored_items() if item.id == item_id)
        levels = [level.id for level in item.method.levels] if isinstance(item.method, Rubric) else []
        rating = self.assessment.rating(item_id)
        if rating is not None and rating.level_id in levels:
            return known(rating.level_id)
        return Labels(frozenset(levels)) if self.fill and levels else NOTHING

    def _of_rows(self, node: Aggregate, facts: SchoolFacts) -> Span:
        value = evaluate(node, facts)
        if not isinstance(value, Missing):
            return known(value)
        if not self.fill or value.reason is not MissingReason.NOT_FILLED:
            return NOTHING
        rows = facts.rows(node.table)
        return self._open_rows(node, None if isinstance(rows, Missing) else self._wanted(node, rows, facts))

    def _wanted(
        self, node: Aggregate, rows: Sequence[RosterRow], facts: SchoolFacts
    ) -> tuple[list[RosterRow], list[RosterRow]]:
        """The rows that count for certain, and those that may count."""
        table = facts.table(node.table)
        certain: list[RosterRow] = []
        perhaps: list[RosterRow] = []
        for row in rows:
            where = node.where
            found = True if where is None or table is None else evaluate(where, RowFacts(facts, table, row))
            if isinstance(found, Missing):
                perhaps.append(row)
            elif found:
                certain.append(row)
        return certain, perhaps

    def _open_rows(self, node: Aggregate, rows: tuple[list[RosterRow], list[RosterRow]] | None) -> Span:
        certain, perhaps = rows if rows is not None else ([], [])
        most = LARGEST_COUNT if rows is None else Decimal(len(certain) + len(perhaps))
        if node.aggregation is Aggregation.COUNT:
            return Numbers(Decimal(len(certain)), most)
        if node.aggregation is Aggregation.DISTINCT:
            return Numbers(Decimal(1 if certain else 0), most)
        table = self.facts.table(node.table)
        column = None if table is None or node.column is None else table.by_id.get(node.column)
        cell = domain_of(column) if column is not None else NOTHING
        if not isinstance(cell, Numbers):
            return NOTHING
        if node.aggregation is not Aggregation.SUM:
            return cell if certain else perhaps_missing(cell)
        if rows is None:
            low = Decimal(0) if cell.low >= 0 else -LARGEST_SUM
            return Numbers(low, Decimal(0) if cell.high <= 0 else LARGEST_SUM)
        return self._open_sum(node.column or "", certain, perhaps, cell)

    @staticmethod
    def _open_sum(column: str, certain: list[RosterRow], perhaps: list[RosterRow], cell: Numbers) -> Numbers:
        low = high = Decimal(0)
        for rows, must in ((certain, True), (perhaps, False)):
            for row in rows:
                value = row.get(column)
                ends = (value, value) if isinstance(value, Decimal) else (cell.low, cell.high)
                low += ends[0] if must else min(ends[0], Decimal(0))
                high += ends[1] if must else max(ends[1], Decimal(0))
        return Numbers(low, high)


class Box:
    """The ground with other spans in the places ``changed``; derived figures that rest on none of these are
    those of the ground."""

    __slots__ = ("_derived", "_underway", "changed", "ground")

    def __init__(self, ground: Ground, changed: Mapping[Leaf, Span]) -> None:
        self.ground = ground
        self.changed = changed
        self._derived: dict[tuple[str, int], Span] = {}
        self._underway: set[tuple[str, int]] = set()

    def leaf(self, leaf: Leaf) -> Span:
        """What stands in one place."""
        found = self.changed.get(leaf)
        return self.ground.span(leaf) if found is None else found

    def value(self, indicator_id: str, year: int) -> Span:
        """What an indicator may be."""
        ground = self.ground
        indicator = ground.facts.indicator(indicator_id)
        if indicator is None:
            return NOTHING
        if indicator.formula is None:
            if indicator_id == REPORT_YEAR.id:
                return known(Decimal(year))
            return self.leaf(Leaf(LeafKind.VALUE, indicator_id, year))
        key = (indicator_id, year)
        leaves = ground.value_leaves(indicator_id, year)
        if self is not ground.base and leaves.isdisjoint(self.changed):
            return ground.base.value(indicator_id, year)
        found = self._derived.get(key)
        if found is None:
            if key in self._underway:
                raise PackError("scoring.circular", label=indicator.name)
            self._underway.add(key)
            found = over(indicator.formula, self, year)
            self._underway.discard(key)
            digits = rounding(indicator)
            if digits is not None:
                found = rounded(found, digits)
            self._derived[key] = found
        return found


def over(tree: Expression, box: Box, year: int) -> Span:  # noqa: C901, PLR0911, PLR0912  # one case a node
    """What ``tree`` may give over ``box``: its value exactly where nothing it reads is open."""
    match tree:
        case Name(id, years_back):
            return box.value(id, year - years_back)
        case Constant(value):
            return known(value)
        case Arithmetic(operator, left, right):
            return computed(operator, over(left, box, year), over(right, box, year))
        case Compare(comparison, left, right):
            return compared(comparison, over(left, box, year), over(right, box, year))
        case Aggregate():
            return box.leaf(box.ground.roster_leaf(tree, year))
        case Choose():
            return _chosen(tree, box, year)
        case Both(left, right):
            return conjunction(over(left, box, year), over(right, box, year))
        case Either(left, right):
            return disjunction(over(left, box, year), over(right, box, year))
        case Not(operand):
            return negated(over(operand, box, year))
        case Negative(operand):
            return opposite(over(operand, box, year))
        case Round(operand, digits):
            return rounded(over(operand, box, year), digits)
        case YearOf(operand):
            return year_of(over(operand, box, year))
        case Fold(aggregation, operands):
            return folded(aggregation, [over(operand, box, year) for operand in operands])
        case _:
            assert_never(tree)


def _chosen(tree: Choose, box: Box, year: int) -> Span:
    condition = answers(over(tree.condition, box, year))
    found: list[Span] = []
    if condition.yes or condition.missing:
        then = over(tree.then, box, year)
    if condition.no or condition.missing:
        otherwise = over(tree.otherwise, box, year)
    if condition.yes:
        found.append(then)
    if condition.no:
        found.append(otherwise)
    if condition.missing:
        # Either way the same value: then what is not known does not matter.
        same = both(then, otherwise)
        sure = is_known(then) and is_known(otherwise) and then == otherwise
        found.append(same if sure else perhaps_missing(same))
    result = found[0]
    for other in found[1:]:
        result = either(result, other)
    return result
