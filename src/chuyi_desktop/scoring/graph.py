"""What depends on what in a programme: worked out once, asked at every change."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from threading import Lock

from chuyi_desktop.domain.assessment import FieldKind
from chuyi_desktop.domain.errors import PackError
from chuyi_desktop.domain.formula import Expression, references, tables_used, write
from chuyi_desktop.domain.formula.references import parts
from chuyi_desktop.domain.formula.tree import Choose, Name
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Check,
    Condition,
    ConditionGroup,
    Programme,
    Rubric,
    ScoredItem,
    ScoredSection,
)
from chuyi_desktop.domain.rule_formulas import formulas_of, is_column
from chuyi_desktop.scoring.unfolding import FEW, Place, Unfolded, Unfolding

Source = tuple[FieldKind, str]
"""What is filled in or derived, of whichever year: a value, a roster, an answer, evidence."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change touches: conditions, items and checks by where they stand in the programme, and derived
    indicators with how many years back."""

    conditions: frozenset[int]
    items: frozenset[int]
    checks: frozenset[int]
    derived: frozenset[tuple[str, int]]


DEEPEST = 50
"""Derived indicators that may stand on one another, for formulas are walked by recursion; the packs have
three at most."""


class Graph:
    """The dependencies of one programme. Raises PackError where a formula comes back to itself, or where
    more than ``DEEPEST`` derived indicators stand on one another."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.conditions: tuple[tuple[ConditionGroup, Condition], ...] = tuple(
            (group, condition) for group in programme.condition_groups for condition in group.conditions
        )
        self.items: tuple[tuple[ScoredSection, ScoredItem], ...] = tuple(
            (section, item) for section in programme.scored_sections for item in section.items
        )
        self._derived = {
            indicator.id: indicator.formula
            for indicator in programme.indicators.values()
            if indicator.formula is not None
        }
        self.order = self._ordered()
        """Derived indicators, each after those it reads."""
        self.names = {id_: Name(id_) for id_ in self._derived}
        """Each derived indicator as a formula of its own."""
        self.maximum = programme.maximum
        """The most points the programme can give."""
        self.reference_points = programme.reference_points()
        """How many of the points rest on reference weights."""
        self._unfolded: dict[tuple[int, bool], Unfolded] = {}
        self._touched: dict[Place, Touched] = {}
        self.own = frozenset(map(id, self._formulas()))
        """The identities of the programme's own formulas, which live as long as this graph."""
        self.words: dict[tuple[int, str, int, int], str] = {}
        """What was written already, by formula, whose columns it may name, and both years."""
        self.forms: dict[tuple[int, str], Expression] = {}
        """Formulas as readers see them."""
        self._texts: dict[int, str] = {}
        self._reads: dict[int, tuple[Place, ...] | None] = {}

    def text(self, tree: Expression) -> str:
        """A formula in the language."""
        if id(tree) not in self.own:
            return write(tree)
        if id(tree) not in self._texts:
            self._texts[id(tree)] = write(tree)
        return self._texts[id(tree)]

    def reads(self, tree: Expression) -> tuple[Place, ...] | None:
        """What ``tree`` reads directly whatever the figures are; None where that hangs on a choice in it."""
        if id(tree) not in self._reads:
            found = None if _chooses(tree) else tuple(_read_by(tree))
            if id(tree) not in self.own:
                return found
            self._reads[id(tree)] = found
        return self._reads[id(tree)]

    @cached_property
    def choosing(self) -> frozenset[int]:
        """The identities of the programme's own formulas in which there is a choice."""
        return frozenset(id(tree) for tree in self._formulas() if _chooses(tree))

    @cached_property
    def pages(self) -> dict[str, str]:
        """On which page of the screen an indicator is asked for."""
        return {asked.indicator_id: one.title for one in self.programme.sections for asked in one.asked}

    def touched(self, kind: FieldKind, key: str, years_back: int) -> Touched:
        """What depends on a field, directly or through derived indicators."""
        place = (FieldKind.ROW if kind is FieldKind.EMPTY_TABLE else kind, key, years_back)
        found = self._touched.get(place)
        if found is None:
            # Another thread may clear meanwhile: what was found is kept in hand.
            found = self._reach(place)
            if len(self._touched) > 20 * len(self.own) + 1000:
                self._touched.clear()
            self._touched[place] = found
        return found

    def unfolded(self, tree: Expression, *, brief: bool = False) -> Unfolded:
        """What is behind ``tree``. ``brief``: what is derived from many figures, and not itself asked about,
        counts as an input."""
        key = (id(tree), brief)
        if key in self._unfolded:
            return self._unfolded[key]
        found = Unfolding(self._derived.get, self._is_long if brief else None).of(tree)
        if id(tree) in self.own:
            self._unfolded[key] = found
        return found

    def _is_long(self, formula: Expression) -> bool:
        return len(self.unfolded(formula).inputs) > FEW

    def _reach(self, place: Place) -> Touched:
        reached = {place}
        open_ = [place]
        while open_:
            kind, key, back = open_.pop()
            for reader, years_back in self._readers.get((kind, key), ()):
                # What reads the year before is moved by this year's value one year later.
                found = (FieldKind.VALUE, reader, back - years_back)
                if found not in reached:
                    reached.add(found)
                    open_.append(found)
        conditions, items, checks = (
            frozenset(at for one in reached for at in readers.get(one, ())) for readers in self._rules
        )
        derived = frozenset((key, back) for kind, key, back in reached - {place})
        return Touched(conditions, items, checks, derived)

    @cached_property
    def _readers(self) -> dict[Source, list[tuple[str, int]]]:
        """Which derived indicators read a source directly, and of how many years before."""
        readers: defaultdict[Source, list[tuple[str, int]]] = defaultdict(list)
        for reader, formula in self._derived.items():
            for kind, key, back in _read_by(formula):
                readers[kind, key].append((reader, back))
        return dict(readers)

    @cached_property
    def _rules(self) -> tuple[dict[Place, set[int]], ...]:
        """Which conditions, items and checks read a place directly."""
        return (
            _by_place(_of_condition(condition) for _, condition in self.conditions),
            _by_place(_of_item(item) for _, item in self.items),
            _by_place(_of_check(check, self.programme) for check in self.programme.checks),
        )

    def _ordered(self) -> tuple[str, ...]:
        reads = {
            id_: [read.id for read in references(formula) if read.id in self._derived]
            for id_, formula in self._derived.items()
        }
        try:
            order = tuple(TopologicalSorter(reads).static_order())
        except CycleError as error:
            label = self.programme.indicators[error.args[1][0]].name
            raise PackError("scoring.circular", label=label) from error
        depth: dict[str, int] = {}
        for id_ in order:
            depth[id_] = 1 + max((depth[read] for read in reads[id_]), default=0)
            if depth[id_] > DEEPEST:
                raise PackError("scoring.too_deep", label=self.programme.indicators[id_].name, most=DEEPEST)
        return order

    def _formulas(self) -> Iterator[Expression]:
        yield from self._derived.values()
        yield from self.names.values()
        for _, condition in self.conditions:
            yield from _trees(condition)
        for _, item in self.items:
            yield from formulas_of(item)
        for check in self.programme.checks:
            if check.holds is not None:
                yield check.holds


def _chooses(tree: Expression) -> bool:
    return isinstance(tree, Choose) or any(_chooses(part) for part in parts(tree))


def _read_by(tree: Expression) -> Iterator[Place]:
    """What a formula reads directly."""
    for read in references(tree):
        yield FieldKind.VALUE, read.id, read.years_back
    for roster in tables_used(tree):
        yield FieldKind.ROW, roster.table, 0


def _trees(condition: Condition) -> Iterator[Expression]:
    yield from formulas_of(condition)
    if isinstance(condition.rule, AtLeastOf):
        for option in condition.rule.options:
            yield from _trees(option)


def _of_condition(condition: Condition) -> Iterator[Place]:
    for tree in formulas_of(condition):
        yield from _read_by(tree)
    if isinstance(condition.rule, Attested):
        yield FieldKind.ATTESTATION, condition.id, 0
        yield FieldKind.EVIDENCE, condition.id, 0
    if isinstance(condition.rule, AtLeastOf):
        for option in condition.rule.options:
            yield from _of_condition(option)


def _of_item(item: ScoredItem) -> Iterator[Place]:
    for tree in formulas_of(item):
        yield from _read_by(tree)
    if isinstance(item.method, Rubric):
        yield FieldKind.RATING, item.id, 0
        yield FieldKind.EVIDENCE, item.id, 0


def _of_check(check: Check, programme: Programme) -> Iterator[Place]:
    yield FieldKind.EXPLANATION, check.id, 0
    table = programme.tables.get(check.table)
    if check.table:
        yield FieldKind.ROW, check.table, 0
    if check.holds is None:
        return
    for read in references(check.holds):
        if table is None or not is_column(read, table):
            yield FieldKind.VALUE, read.id, read.years_back
    for roster in tables_used(check.holds):
        yield FieldKind.ROW, roster.table, 0


def _by_place(rules: Iterable[Iterable[Place]]) -> dict[Place, set[int]]:
    found: defaultdict[Place, set[int]] = defaultdict(set)
    for at, places in enumerate(rules):
        for place in places:
            found[place].add(at)
    return dict(found)


MOST_GRAPHS = 32
"""Programmes whose graphs are kept; a program has some two dozen packs."""
_graphs: OrderedDict[int, Graph] = OrderedDict()
"""By the identity of the programme, which its graph holds; the one asked for longest ago first."""
_graphs_lock = Lock()


def graph_of(programme: Programme) -> Graph:
    """The graph of ``programme``, kept for the next time. Raises PackError as ``Graph`` does."""
    with _graphs_lock:
        found = _graphs.get(id(programme))
        if found is not None:
            _graphs.move_to_end(id(programme))
            return found
    made = Graph(programme)
    with _graphs_lock:
        _graphs[id(programme)] = made
        while len(_graphs) > MOST_GRAPHS:
            _graphs.popitem(last=False)
    return made
