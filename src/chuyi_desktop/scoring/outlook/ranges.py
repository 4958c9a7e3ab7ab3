"""What may still become of a verdict while data are missing: exact bounds, by cutting up what is open.

Rules that share something missing are looked at together, the others by themselves. The open figures of such
a part span a box; what the verdict over the box leaves open is an outer bound, what it is at a point an inner
one. The box is cut, and its pieces, until both agree, or until the budget is spent: then the outer bound is
told, and that it is not exact.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from chuyi_desktop.domain.formula.tree import Aggregation
from chuyi_desktop.domain.programme import Condition, ScoredItem
from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.scoring.outlook.domains import Grid
from chuyi_desktop.scoring.outlook.ground import Ground, Leaf, LeafKind
from chuyi_desktop.scoring.outlook.judging import EITHER, MET, Judgement, judge, score
from chuyi_desktop.scoring.outlook.leaves import corners, cut, grid_for, width
from chuyi_desktop.scoring.outlook.profiles import (
    Hull,
    Profiles,
    TierRules,
    added,
    bits_of,
    ends,
    hull_of,
    joined,
    within,
)
from chuyi_desktop.scoring.outlook.spans import Span, is_known

BUDGET = 40_000
"""Rules judged over boxes before the search is given up."""
_DEPTH, _FEW = 2, 12
"""How finely, and for how many leaves twice, good points are looked for at first."""
_ROUND = 40
"""Pieces cut in each part before the parts are put together again."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A part of a programme over a box."""

    profiles: Profiles
    undecided: tuple[Condition | ScoredItem, ...]
    short: int
    """Conditions that are not met for certain."""


@dataclass(slots=True)
class Budget:
    """How many rules may still be judged."""

    left: int

    @property
    def spent(self) -> bool:
        """Whether none may."""
        return self.left <= 0


@dataclass(slots=True)
class Part:
    """Rules that share open leaves: those that count for tiers or points."""

    ground: Ground
    tiers: TierRules
    conditions: tuple[tuple[str, Condition], ...]
    items: tuple[ScoredItem, ...]
    leaves: tuple[Leaf, ...]
    budget: Budget
    inner: dict[tuple[int, ...], int] = field(default_factory=dict)
    pieces: list[tuple[dict[Leaf, Span], Looked]] = field(default_factory=list)
    stuck: list[Profiles] = field(default_factory=list)
    """What pieces give that cannot be cut further."""
    dropped: dict[tuple[int, ...], int] = field(default_factory=dict)
    """What pieces give that brought nothing new to the whole."""

    @property
    def root(self) -> dict[Leaf, Span]:
        """Everything open."""
        return {leaf: self.ground.span(leaf) for leaf in self.leaves}

    @property
    def outer(self) -> Profiles:
        """Everything that may come out."""
        found: dict[tuple[int, ...], int] = dict(self.inner)
        for profiles in (*self.stuck, *(looked.profiles for _, looked in self.pieces)):
            found = joined(found, profiles)
        return found

    @property
    def everything(self) -> Profiles:
        """Everything that may come out, dropped pieces too."""
        return joined(self.outer, self.dropped)

    @property
    def closed(self) -> bool:
        """Whether everything that may come out does."""
        return all(within(looked.profiles, self.inner) for _, looked in self.pieces)

    @property
    def realised(self) -> bool:
        """Whether what comes out at a point comes out for some school. What is made of the rows of a roster
        is taken apart here as rows could not be, but for a mere number of rows."""
        rosters = [leaf for leaf in self.leaves if leaf.kind is LeafKind.ROSTER]
        nodes = [self.ground.aggregates[leaf] for leaf in rosters]
        plain = all(node.aggregation is Aggregation.COUNT and node.where is None for node in nodes)
        return plain and len({node.table for node in nodes}) == len(nodes)

    def look(self, spans: Mapping[Leaf, Span]) -> Looked:
        """What comes out over a box."""
        self.budget.left -= len(self.conditions) + len(self.items)
        box = self.ground.box(spans)
        judged = [(group, condition, judge(condition, box)) for group, condition in self.conditions]
        scored = [(item, score(item, box)) for item in self.items]
        bits = 1
        for _, each in scored:
            bits = added(bits, bits_of(each))
        undecided: list[Condition | ScoredItem] = []
        undecided += (condition for _, condition, found in judged if not found.definite)
        undecided += (item for item, found in scored if not found.definite)
        unmet = (_unmet(group, found) for group, _, found in judged)
        short = sum(1 for _, _, found in judged if found.outcomes & EITHER != MET)
        return Looked(self.tiers.profiles(unmet, bits), tuple(undecided), short)

    def begin(self) -> None:
        """The whole box, and what comes out where points are most and fewest and where least is unmet."""
        root = self.root
        self._take(root)
        if self.pieces and len(self.leaves) > 1:
            for better in (_most_points, _fewest_points, _fewest_unmet):
                self._climb(root, better)

    def _climb(self, root: Mapping[Leaf, Span], better: Callable[[Looked], tuple[int, int]]) -> None:
        """From a corner, one leaf after the other to where it is best."""
        at = {leaf: corners(span, self._grid(leaf))[1] for leaf, span in root.items()}
        best = better(self._sample(at))
        for leaf in (*self.leaves, *self.leaves) if len(self.leaves) <= _FEW else self.leaves:
            for value in dict.fromkeys(_spread(root[leaf], self._grid(leaf), _DEPTH)):
                if value == at[leaf] or self.budget.spent:
                    continue
                found = better(self._sample({**at, leaf: value}))
                if found > best:
                    best, at = found, {**at, leaf: value}

    def refine(self, wanted: "Wanted") -> bool:
        """Cut some pieces; False where nothing is left to cut."""
        ranked: list[tuple[tuple[int, int, int, int], dict[Leaf, Span], Looked]] = []
        for spans, looked in self.pieces:
            tiers, beyond = wanted.rank(self, looked.profiles)
            if tiers or beyond:
                order = (tiers, beyond, -looked.short, ends(looked.profiles)[1])
                ranked.append((order, spans, looked))
            else:
                self.dropped = joined(self.dropped, looked.profiles)
        ranked.sort(key=lambda each: each[0], reverse=True)
        self.pieces = [(spans, looked) for _, spans, looked in ranked]
        if not self.pieces:
            return False
        taken, self.pieces = self.pieces[:_ROUND], self.pieces[_ROUND:]
        for at, (spans, looked) in enumerate(taken):
            if self.budget.spent:
                self.pieces.extend(taken[at:])
                break
            self._cut(spans, looked)
        return True

    def _cut(self, spans: dict[Leaf, Span], looked: Looked) -> None:
        leaf = self._widest(spans, looked.undecided)
        halves = None if leaf is None else cut(spans[leaf], self._grid(leaf))
        if leaf is None or halves is None:
            self.stuck.append(looked.profiles)
            return
        self._take({**spans, leaf: halves.near})
        self._take({**spans, leaf: halves.far})

    def _take(self, spans: dict[Leaf, Span]) -> None:
        looked = self.look(spans)
        if not looked.undecided:
            self.inner = joined(self.inner, looked.profiles)
            return
        self.pieces.append((spans, looked))
        for at in (0, 1):
            self._sample({leaf: corners(span, self._grid(leaf))[at] for leaf, span in spans.items()})

    def _sample(self, spans: dict[Leaf, Span]) -> Looked:
        """What comes out at one point, which then is known to be possible."""
        looked = self.look(spans)
        if not looked.undecided:
            self.inner = joined(self.inner, looked.profiles)
        return looked

    def _widest(self, spans: Mapping[Leaf, Span], undecided: Sequence[Condition | ScoredItem]) -> Leaf | None:
        """The open leaf that most of what is undecided rests on, weighed by how open it is."""
        weights: dict[Leaf, int] = {}
        for rule in undecided:
            for leaf in self.ground.leaves_of(rule):
                if leaf in spans and not is_known(spans[leaf]):
                    weights[leaf] = weights.get(leaf, 0) + 1
        open_ = {leaf: count * width(spans[leaf], self._grid(leaf)) for leaf, count in weights.items()}
        found = max(open_, key=lambda leaf: (open_[leaf], leaf), default=None)
        return found if found is not None and open_[found] else None

    def _grid(self, leaf: Leaf) -> Grid | None:
        return grid_for(leaf, self.ground)


def _most_points(looked: Looked) -> tuple[int, int]:
    return ends(looked.profiles)[1], -looked.short


def _fewest_points(looked: Looked) -> tuple[int, int]:
    return -ends(looked.profiles)[0], looked.short


def _fewest_unmet(looked: Looked) -> tuple[int, int]:
    return -looked.short, ends(looked.profiles)[1]


def _spread(span: Span, grid: Grid | None, depth: int) -> list[Span]:
    """Some known values of a span, its ends among them."""
    found = list(corners(span, grid))
    halves = cut(span, grid) if depth else None
    if halves is not None:
        found += _spread(halves.near, grid, depth - 1) + _spread(halves.far, grid, depth - 1)
    return found


def _unmet(group: str, found: Judgement) -> tuple[str, bool, bool]:
    return group, found.outcomes == {Outcome.UNMET}, Outcome.UNMET in found.outcomes


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is still to be found out: totals beyond ``low`` and ``high``, and the tiers ``results``. ``rest``
    is between what the other parts are, by the part."""

    low: int
    high: int
    results: frozenset[int | None]
    tiers: TierRules
    rest: Mapping[int, Hull]

    def rank(self, part: Part, profiles: Profiles) -> tuple[int, int]:
        """How much a piece may still bring: tiers, and points beyond the ends."""
        whole = self.tiers.hulls_together(self.rest[id(part)], hull_of(profiles))
        beyond = max(0, self.low - whole.low) + max(0, whole.high - self.high)
        return len(self.tiers.within_reach(whole) & self.results) if self.results else 0, beyond


@dataclass(frozen=True, slots=True)
class Bounds:
    """Points in hundredths and tiers by their places, as far as known; ``parts`` as they were left."""

    low: int
    high: int
    results: frozenset[int | None]
    exact: bool
    settled: Profiles
    """What the rules give on which nothing open bears."""
    parts: tuple[Part, ...]
    purse: Budget


def bounds(ground: Ground, budget: int = BUDGET) -> Bounds:
    """What may still come out of a programme."""
    tiers = TierRules(ground.programme)
    purse = Budget(budget)
    alone, parts = _parted(ground, tiers, purse)
    base = settled = alone.look({}).profiles
    for part in parts:
        part.begin()
        if part.closed:
            base = tiers.together(base, part.inner)
    whole, parts = parts, [part for part in parts if not part.closed]
    more = True
    while True:
        inner = _sum(tiers, base, (part.inner for part in parts))
        outer = _sum(tiers, base, (part.outer for part in parts))
        found = tiers.results(inner)
        span = ends(inner) if inner else None
        results, (low, high) = tiers.results(outer), ends(outer)
        closed = (found, span) == (results, (low, high))
        if closed or purse.spent or not more:
            break
        rest = _others(tiers, base, parts)
        wanted = Wanted(*(span or (high + 1, low - 1)), results - found, tiers, rest)
        # Every part is cut, not only the first that can be.
        more = max([part.refine(wanted) for part in parts])
    exact = closed and all(part.realised for part in whole)
    return Bounds(low, high, results, exact, settled, tuple(whole), purse)


def _others(tiers: TierRules, base: Profiles, parts: Sequence[Part]) -> dict[int, Hull]:
    """For each part what all the others are between: by sums from both sides."""
    hulls = [hull_of(part.outer) for part in parts]
    before = [hull_of(base)]
    for hull in hulls:
        before.append(tiers.hulls_together(before[-1], hull))
    found: dict[int, Hull] = {}
    after = hull_of(tiers.nothing)
    for at in reversed(range(len(parts))):
        found[id(parts[at])] = tiers.hulls_together(before[at], after)
        after = tiers.hulls_together(after, hulls[at])
    return found


def _sum(tiers: TierRules, base: Profiles, profiles: Iterable[Profiles]) -> Profiles:
    found = base
    for each in profiles:
        found = tiers.together(found, each)
    return found


def _parted(ground: Ground, tiers: TierRules, purse: Budget) -> tuple[Part, list[Part]]:
    """The rules on which nothing open bears, and the others by what they share."""
    programme = ground.programme
    conditions: list[tuple[str, Condition | ScoredItem]] = [
        (group.id, condition)
        for group in programme.condition_groups
        if group.id in tiers.groups
        for condition in group.conditions
    ]
    settled = _Cluster()
    clusters: list[_Cluster] = []
    for group, rule in [*conditions, *(("", item) for item in programme.scored_items())]:
        leaves = {leaf for leaf in ground.leaves_of(rule) if not is_known(ground.span(leaf))}
        cluster = _Cluster(leaves) if leaves else settled
        cluster.add(group, rule)
        if leaves:
            for other in [each for each in clusters if each.leaves & leaves]:
                clusters.remove(other)
                cluster.absorb(other)
            clusters.append(cluster)
    return settled.part(ground, tiers, purse), [each.part(ground, tiers, purse) for each in clusters]


@dataclass(slots=True)
class _Cluster:
    """Rules on their way to a part."""

    leaves: set[Leaf] = field(default_factory=set)
    conditions: list[tuple[str, Condition]] = field(default_factory=list)
    items: list[ScoredItem] = field(default_factory=list)

    def add(self, group: str, rule: Condition | ScoredItem) -> None:
        if isinstance(rule, ScoredItem):
            self.items.append(rule)
        else:
            self.conditions.append((group, rule))

    def absorb(self, other: "_Cluster") -> None:
        self.leaves |= other.leaves
        self.conditions += other.conditions
        self.items += other.items

    def part(self, ground: Ground, tiers: TierRules, purse: Budget) -> Part:
        leaves = tuple(sorted(self.leaves))
        return Part(ground, tiers, tuple(self.conditions), tuple(self.items), leaves, purse)
