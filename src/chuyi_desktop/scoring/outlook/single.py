"""Single changes: for a goal and one thing it rests on, the smallest change that reaches it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from chuyi_desktop.domain.assessment import Attestation, Change, Content, Entry, Field, FieldKind, Rating, Row
from chuyi_desktop.domain.formula import references
from chuyi_desktop.domain.formula.evaluate import RosterRow
from chuyi_desktop.domain.formula.tree import Aggregate, Aggregation, Comparison, Operator
from chuyi_desktop.domain.indicator import Column, Indicator, ValueKind
from chuyi_desktop.domain.programme import Bands, Linear, Rubric, ScoredItem, Threshold
from chuyi_desktop.domain.values import ARITHMETIC, Maybe, Missing, Value, canonical
from chuyi_desktop.scoring.outlook.aims import Goal
from chuyi_desktop.scoring.outlook.domains import Grid, grid_of
from chuyi_desktop.scoring.outlook.ground import Box, Ground, Leaf, LeafKind
from chuyi_desktop.scoring.outlook.leaves import value_of
from chuyi_desktop.scoring.outlook.results import Direction
from chuyi_desktop.scoring.outlook.roster_rows import (
    MOST_ADDED,
    Roster,
    adding,
    changing,
    corrections,
    removing,
    roster_of,
    row_that_counts,
)
from chuyi_desktop.scoring.outlook.search import Ask, everywhere, nearest
from chuyi_desktop.scoring.outlook.spans import Span, computed, known
from chuyi_desktop.scoring.thresholds import LESS_IS_BETTER

_MOST_CORRECTED = 40
"""Rows that a change puts right at most."""
_WAYS = 3
"""Cells of a row by which it may be put right that are tried, to find one that breaks nothing."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change that reaches a goal: from ``before`` to ``after``, by ``edits``; ``spans`` are the places of
    the ground it changes. ``node`` is the roster aggregate it is about; ``proved``: all beyond ``after``, up
    to ``most`` where there is such a limit, reaches the goal as well; ``rows`` go or change."""

    leaf: Leaf
    direction: Direction
    before: Maybe
    after: Value
    edits: tuple[Change, ...]
    spans: Mapping[Leaf, Span]
    node: Aggregate | None = None
    proved: bool = False
    most: Value | None = None
    rows: tuple[Row, ...] = ()
    cells: tuple["CellChange", ...] = ()


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of a row from one value to another."""

    row_id: str
    column: Column
    before: Maybe
    after: Value


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A leaf of which nothing can be said."""

    leaf: Leaf


Harmless = Callable[[Box, str], bool | None]
"""Whether everywhere in a box (True) or nowhere in it (False) all that is met now, but for the rule of that
id, stays so, and no check that blocks speaks."""


class Steps:
    """The single changes for one school."""

    def __init__(self, ground: Ground, harmless: Harmless) -> None:
        self.ground = ground
        self.harmless = harmless
        self.context = _context(ground)
        self._rosters: dict[str, Roster | None] = {}

    def towards(self, goal: Goal) -> Iterator[Step | GivenUp]:
        """Every single change that reaches ``goal``, and what the search was given up for."""
        for leaf in sorted(self.ground.leaves_of(goal.rule)):
            match leaf.kind:
                case LeafKind.VALUE:
                    yield from self._typed(goal, leaf)
                case LeafKind.ROSTER if leaf.year == self.ground.year:
                    yield from self._rows(goal, leaf)
                case LeafKind.ATTESTED:
                    yield from self._chosen(goal, leaf, [True], Direction.ANSWER)
                case LeafKind.RATED:
                    yield from self._level(goal, leaf)
                case _:
                    continue

    # Typed figures

    def _typed(self, goal: Goal, leaf: Leaf) -> Iterator[Step | GivenUp]:
        ground = self.ground
        indicator = ground.facts.indicator(leaf.key)
        if indicator is None:
            return
        now = value_of(ground.span(leaf))
        # What was so in earlier years cannot be changed any more, only filled in.
        if now is not None and leaf.year != ground.year:
            return
        grid = grid_of(indicator)
        if grid is None:
            if now is None or leaf.key not in self.context:
                yield from self._chosen(goal, leaf, _options(indicator, now), Direction.ANSWER)
        elif now is None:
            yield from self._filled(goal, leaf, grid)
        else:
            yield from self._moved(goal, leaf, grid, now)

    def _moved(self, goal: Goal, leaf: Leaf, grid: Grid, now: Value) -> Iterator[Step | GivenUp]:
        def ask(first: int, last: int) -> bool | None:
            return goal.reached(self.ground.box({leaf: grid.span(first, last)}))

        below, above = grid.place_below(now), grid.place_above(now)
        start_up = above + 1 if below == above else above
        start_down = below - 1 if below == above else below
        found = []
        if max(start_up, grid.low) <= grid.high:
            found.append((Direction.MORE, nearest(max(start_up, grid.low), grid.high, ask)))
        floor = max(grid.low, 0) if isinstance(now, Decimal) and now >= 0 else grid.low
        if min(start_down, grid.high) >= floor:
            found.append((Direction.FEWER, nearest(min(start_down, grid.high), floor, ask)))
        for direction, place in found:
            if place.place is not None:
                yield self._step(leaf, direction, grid.at(place.place))
            elif place.given_up:
                yield GivenUp(leaf)

    def _filled(self, goal: Goal, leaf: Leaf, grid: Grid) -> Iterator[Step | GivenUp]:
        """What to fill in: what breaks nothing, else anything that reaches the goal."""

        def ask(first: int, last: int) -> bool | None:
            return goal.reached(self.ground.box({leaf: grid.span(first, last)}))

        def ask_harmless(first: int, last: int) -> bool | None:
            box = self.ground.box({leaf: grid.span(first, last)})
            answers = {goal.reached(box), self.harmless(box, goal.rule.id)}
            return False if False in answers else None if None in answers else True

        floor = grid.low if grid.dates or grid.high < 0 else max(grid.low, 0)
        harmless = nearest(floor, grid.high, ask_harmless)
        asked, least = (ask_harmless, harmless) if harmless.place is not None else (ask, None)
        if least is None:
            least = nearest(floor, grid.high, ask)
        if least.place is None:
            if least.given_up:
                yield GivenUp(leaf)
            return
        yield self._range(leaf, grid, least.place, floor, asked)

    def _range(self, leaf: Leaf, grid: Grid, least: int, floor: int, ask: Ask) -> Step:
        """The values to fill in from the least on, as far as is shown."""
        step = self._step(leaf, Direction.FILL, grid.at(least))
        if everywhere(least, grid.high, ask):
            return replace(step, proved=True)
        most = nearest(grid.high, least, ask).place
        if most is None or not everywhere(least, most, ask):
            return step
        if least == floor:
            return replace(self._step(leaf, Direction.FILL_NO_MORE, grid.at(most)), proved=True)
        return replace(step, proved=True, most=grid.at(most))

    def _chosen(
        self, goal: Goal, leaf: Leaf, options: list[Value], direction: Direction
    ) -> Iterator[Step | GivenUp]:
        for option in options:
            if goal.reached(self.ground.box({leaf: known(option)})):
                yield self._step(leaf, direction, option)

    def _level(self, goal: Goal, leaf: Leaf) -> Iterator[Step | GivenUp]:
        rule = goal.rule
        if not isinstance(rule, ScoredItem) or not isinstance(rule.method, Rubric):
            return
        # The least level that is enough.
        levels = sorted(rule.method.levels, key=lambda level: level.points)
        yield from list(self._chosen(goal, leaf, [level.id for level in levels], Direction.ANSWER))[:1]

    def _step(self, leaf: Leaf, direction: Direction, after: Value) -> Step:
        after = _plain(after)
        field, content = self._content(leaf, after)
        edits = (Change(field, self.ground.assessment.fields.get(field), content),)
        now = value_of(self.ground.span(leaf))
        before: Maybe = Missing(fields=(leaf.key,)) if now is None else now
        return Step(leaf, direction, before, after, edits, {leaf: known(after)})

    def _content(self, leaf: Leaf, value: Value) -> tuple[Field, Content]:
        old = self.ground.assessment
        match leaf.kind:
            case LeafKind.ATTESTED:
                answer = old.attestation(leaf.key)
                note = "" if answer is None else answer.note
                return Field(FieldKind.ATTESTATION, leaf.key), Attestation(value is True, note)
            case LeafKind.RATED:
                rating = old.rating(leaf.key)
                note = "" if rating is None else rating.note
                return Field(FieldKind.RATING, leaf.key), Rating(str(value), note)
            case _:
                entry = old.entry(leaf.key, leaf.year)
                note = "" if entry is None else entry.note
                return Field(FieldKind.VALUE, leaf.key, leaf.year), Entry(value, note=note)

    # Rosters

    def _rows(self, goal: Goal, leaf: Leaf) -> Iterator[Step | GivenUp]:
        node = self.ground.aggregates[leaf]
        if node.table not in self._rosters:
            self._rosters[node.table] = roster_of(self.ground, node.table)
        roster = self._rosters[node.table]
        if roster is None:
            return
        if node.aggregation in {Aggregation.COUNT, Aggregation.DISTINCT}:
            yield from self._more_rows(goal, leaf, node, roster)
            if _less_is_better(goal):
                yield from self._fewer_rows(goal, leaf, node, roster)
        elif node.aggregation is Aggregation.SUM:
            yield from self._more_sum(goal, leaf, node, roster)
        elif node.aggregation is Aggregation.MINIMUM and roster.cells:
            yield from self._raised(goal, leaf, node, roster)
        elif roster.cells:
            yield GivenUp(leaf)

    def _raised(self, goal: Goal, leaf: Leaf, node: Aggregate, roster: Roster) -> Iterator[Step | GivenUp]:
        """Every cell below some number brought up to it."""
        column = roster.table.by_id.get(node.column or "")
        grid = None if column is None else grid_of(column)
        now = value_of(self.ground.span(leaf))
        if column is None or grid is None or not isinstance(now, Decimal):
            return

        def ask(first: int, last: int) -> bool | None:
            return goal.reached(self.ground.box({leaf: grid.span(first, last)}))

        found = nearest(grid.place_below(now) + 1, grid.high, ask)
        wanted = None if found.place is None else grid.at(found.place)
        if not isinstance(wanted, Decimal):
            return
        kept = [dict(cells) for cells in roster.cells]
        rows: list[Row] = []
        for cells, row in zip(kept, roster.rows, strict=True):
            cell = cells.get(column.id)
            if roster.counts(node.where, cells) is True and isinstance(cell, Decimal) and cell < wanted:
                cells[column.id] = wanted
                rows.append(replace(row, cells={**row.cells, column.id: wanted}))
        spans = roster.only(kept)
        if goal.reached(self.ground.box(spans)):
            edits = changing(roster, rows)
            yield Step(leaf, Direction.MORE, now, wanted, edits, spans, node, rows=tuple(rows))

    def _more_rows(self, goal: Goal, leaf: Leaf, node: Aggregate, roster: Roster) -> Iterator[Step | GivenUp]:
        cells = row_that_counts(roster, node)
        if cells is None or node.aggregation is not Aggregation.COUNT:
            return

        def ask(first: int, last: int) -> bool | None:
            return goal.reached(self.ground.box(roster.with_rows(cells, first, last)))

        found = nearest(1, MOST_ADDED, ask)
        if found.given_up:
            yield GivenUp(leaf)
        if found.place is None:
            return
        spans = roster.with_rows(cells, found.place, found.place)
        after = value_of(spans[leaf])
        if after is not None:
            edits = adding(roster, [cells] * found.place)
            yield Step(leaf, Direction.MORE, _before(after, found.place), after, edits, spans, node)

    def _fewer_rows(
        self, goal: Goal, leaf: Leaf, node: Aggregate, roster: Roster
    ) -> Iterator[Step | GivenUp]:
        counted = [at for at, row in enumerate(roster.cells) if roster.counts(node.where, row) is True]
        now = value_of(self.ground.span(leaf))
        if now is None or node.aggregation is not Aggregation.COUNT:
            return
        for gone in range(1, min(len(counted), _MOST_CORRECTED) + 1):
            ways = [self._corrected(leaf, node, roster, counted[-gone:], way) for way in range(_WAYS)]
            enough = [step for step in ways if goal.reached(self.ground.box(step.spans))]
            if enough:
                safe = [step for step in enough if self.harmless(self.ground.box(step.spans), goal.rule.id)]
                after = Decimal(len(counted) - gone)
                yield replace((safe or enough)[0], before=now, after=after)
                return

    def _corrected(self, leaf: Leaf, node: Aggregate, roster: Roster, places: list[int], way: int) -> Step:
        """Rows put right by one cell each, so that they do not count; where that cannot be, they go."""
        kept: list[RosterRow] = []
        removed: list[Row] = []
        changed: list[Row] = []
        cells_changed: list[CellChange] = []
        for at, (cells, row) in enumerate(zip(roster.cells, roster.rows, strict=True)):
            ways = corrections(roster, node, cells) if at in places else []
            better = ways[min(way, len(ways) - 1)] if ways else None
            if at not in places:
                kept.append(cells)
            elif better is None:
                removed.append(row)
            else:
                column, value = better
                kept.append({**cells, column.id: value})
                changed.append(replace(row, cells={**row.cells, column.id: value}))
                cells_changed.append(CellChange(row.id, column, cells[column.id], value))
        edits = (*changing(roster, changed), *removing(roster, removed))
        rows = (*changed, *removed)
        spans = roster.only(kept)
        none = Decimal(0)
        return Step(
            leaf, Direction.FEWER, none, none, edits, spans, node, rows=rows, cells=tuple(cells_changed)
        )

    def _more_sum(self, goal: Goal, leaf: Leaf, node: Aggregate, roster: Roster) -> Iterator[Step | GivenUp]:
        """One row more, with so much in the column."""
        column = roster.table.by_id.get(node.column or "")
        cells = row_that_counts(roster, node)
        grid = None if column is None else grid_of(column)
        if column is None or cells is None or grid is None or grid.dates:
            return
        base = roster.with_rows({**cells, column.id: Decimal(0)}, 1, 1)
        start = value_of(base[leaf])
        if not isinstance(start, Decimal):
            return
        shared = any(each.column == column.id and other != leaf for other, each in roster.leaves())

        def row(place: int) -> dict[str, Value]:
            return {**cells, column.id: _plain(grid.at(place))}

        def ask(first: int, last: int) -> bool | None:
            if first == last:
                return goal.reached(self.ground.box(roster.with_rows(row(first), 1, 1)))
            if shared:
                return None
            amount = computed(Operator.ADD, known(start), grid.span(first, last))
            return goal.reached(self.ground.box({**base, leaf: amount}))

        found = nearest(max(1, grid.low), grid.high, ask)
        if found.place is not None:
            made = row(found.place)
            spans = roster.with_rows(made, 1, 1)
            after = value_of(spans[leaf])
            if after is not None:
                yield Step(leaf, Direction.MORE, start, after, adding(roster, [made]), spans, node)
        elif found.given_up:
            yield GivenUp(leaf)


def _less_is_better(goal: Goal) -> bool:
    """Whether a rule asks for few rows: only then are rows there to be put right. Elsewhere they are what
    the school has, and nothing is gained by having less of it."""
    rule = goal.rule
    if isinstance(rule, ScoredItem):
        match rule.method:
            case Bands(rising=rising):
                return not rising
            case Linear(zero_at=zero, full_at=full):
                return full < zero
            case _:
                return False
    return isinstance(rule.rule, Threshold) and rule.rule.comparison in LESS_IS_BETTER | {Comparison.EQUAL}


def _plain(value: Value) -> Value:
    return Decimal(canonical(value)) if isinstance(value, Decimal) else value


def _before(after: Value, rows: int) -> Maybe:
    return ARITHMETIC.subtract(after, Decimal(rows)) if isinstance(after, Decimal) else Missing()


def _options(indicator: Indicator, now: Value | None) -> list[Value]:
    match indicator.kind:
        case ValueKind.YES_NO:
            return [option for option in (True, False) if option is not now]
        case ValueKind.CHOICE:
            return [choice.id for choice in indicator.choices if choice.id != now]
        case _:
            return []


def _context(ground: Ground) -> frozenset[str]:
    """Indicators that say what kind of school it is: rules choose their standard, or whether they apply, by
    them. They are no lever."""
    found: set[str] = set()
    for condition in ground.programme.conditions():
        cases = condition.rule.cases if isinstance(condition.rule, Threshold) else ()
        for tree in (condition.applies_when, *(case.when for case in cases)):
            if tree is not None:
                found.update(read.id for read in references(tree))
    return frozenset(found)
