"""A formula made ready to run: its tree turned once into functions within functions.

Walking a tree again for every school costs more than its arithmetic; these functions walk it once. They are
kept by the identity of the tree, for trees that compare equal may still differ: yes and 1 are equal.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Generic, Protocol, TypeVar, assert_never

from chuyi_desktop.domain.formula.operations import (
    COMPUTED,
    ORDERED,
    aggregated,
    compare,
    compute,
    day,
    fold,
    number,
    settled,
    wrong_kind,
    yes_no,
)
from chuyi_desktop.domain.formula.shapes import membership, never_fails
from chuyi_desktop.domain.formula.tree import (
    Aggregate,
    Arithmetic,
    Both,
    Choose,
    Compare,
    Constant,
    Either,
    Expression,
    Fold,
    Name,
    Negative,
    Not,
    Round,
    YearOf,
)
from chuyi_desktop.domain.values import ARITHMETIC, Maybe, Missing, Value, round_half_up

RosterRow = Mapping[str, Maybe]
"""The cells of a roster row by column id."""


class Facts(Protocol):
    """What a formula can ask: values of indicators and rows of rosters."""

    def value(self, indicator_id: str, years_back: int) -> Maybe:
        """The value of an indicator, ``years_back`` years before the assessment's year."""

    def rows(self, table_id: str) -> Sequence[RosterRow] | Missing:
        """The rows of a roster; missing where the school has said nothing, empty for 本表无数据."""


Run = Callable[[Facts], Maybe]
"""A formula that asks facts and gives its value."""

MOST_KEPT = 8192
"""Formulas kept ready; all packs together have some seven thousand."""
_kept: dict[int, tuple[Expression, Run]] = {}
"""By the identity of the tree, which is held as well, so that no other can take its place."""


def compiled(tree: Expression) -> Run:
    """``tree`` ready to run. Running raises InputError where a pack computes with the wrong kinds."""
    found = _kept.get(id(tree))
    if found is not None:
        return found[1]
    run = _OF_FACTS.built(tree)
    if len(_kept) >= MOST_KEPT:
        for key in list(islice(_kept, MOST_KEPT // 2)):
            _kept.pop(key, None)
    _kept[id(tree)] = (tree, run)
    return run


def rows_counted(tree: Aggregate, rows: Sequence[RosterRow]) -> tuple[int, ...]:
    """Which of ``rows``, from 0, count for ``tree``; none where a blank cell leaves that open."""
    chosen = _choosing(tree)(rows)
    return () if isinstance(chosen, Missing) else tuple(chosen)


World = TypeVar("World")
"""What names are looked up in: facts, or the cells of one row."""


class _Builder(Generic[World]):
    """Builds the functions; how a name and a roster are read is said by the two builders at the end."""

    def __init__(
        self,
        read_name: Callable[[Name], Callable[[World], Maybe]],
        read_roster: Callable[[Aggregate], Callable[[World], Maybe]],
        one_of: Callable[[Name, frozenset[Value]], Callable[[World], Maybe]],
        *,
        watched: bool,
    ) -> None:
        self._read_name = read_name
        self._read_roster = read_roster
        self._one_of = one_of
        self._watched = watched

    def built(self, tree: Expression) -> Callable[[World], Maybe]:  # noqa: C901, PLR0911, PLR0912  # one case a node
        match tree:
            case Constant(constant):
                return lambda _: constant
            case Name():
                return self._read_name(tree)
            case Negative(operand):
                return self._changed(operand, lambda value: ARITHMETIC.minus(number(value, "-")))
            case Arithmetic():
                return self._arithmetic(tree)
            case Compare() | Either() if (asked := membership(tree)) is not None:
                return self._one_of(*asked)
            case Compare():
                return self._compare(tree)
            case Both(left, right):
                return self._settled(left, right, settles=False)
            case Either(left, right):
                return self._settled(left, right, settles=True)
            case Not(operand):
                return self._changed(operand, lambda value: not yes_no(value, "not"))
            case Choose():
                return self._choose(tree)
            case Round(operand, digits):
                return self._changed(operand, lambda value: round_half_up(number(value, "round"), digits))
            case YearOf(operand):
                return self._changed(operand, lambda value: Decimal(day(value, "year_of").year))
            case Fold(aggregation, operands):
                parts = [self.built(operand) for operand in operands]
                return lambda world: fold(aggregation, [part(world) for part in parts])
            case Aggregate():
                return self._read_roster(tree)
            case _:
                assert_never(tree)

    def _changed(self, operand: Expression, change: Callable[[Maybe], Maybe]) -> Callable[[World], Maybe]:
        inner = self.built(operand)

        def run(world: World) -> Maybe:
            value = inner(world)
            return value if isinstance(value, Missing) else change(value)

        return run

    def _arithmetic(self, tree: Arithmetic) -> Callable[[World], Maybe]:
        left, right, operator = self.built(tree.left), self.built(tree.right), tree.operator
        computed = COMPUTED[operator]

        def run(world: World) -> Maybe:
            a, b = left(world), right(world)
            if isinstance(a, Decimal) and isinstance(b, Decimal):
                return computed(a, b)
            return compute(operator, a, b)

        return run

    def _compare(self, tree: Compare) -> Callable[[World], Maybe]:
        left, right, comparison = self.built(tree.left), self.built(tree.right), tree.comparison
        test = ORDERED.get(comparison)
        if test is None:
            # Same or not: of values of any kind.
            return lambda world: compare(comparison, left(world), right(world))

        def run(world: World) -> Maybe:
            a, b = left(world), right(world)
            if isinstance(a, Decimal) and isinstance(b, Decimal):
                return test(a, b)
            return compare(comparison, a, b)

        return run

    def _settled(self, left: Expression, right: Expression, *, settles: bool) -> Callable[[World], Maybe]:
        # Both sides are run, for whoever notices what is read, and of which kind, must see all of it; unless
        # nobody watches and the other side can neither fail nor change what this one decides.
        one, other = self.built(left), self.built(right)
        decides_alone = not self._watched and never_fails(right)

        def run(world: World) -> Maybe:
            a = one(world)
            if a is settles and decides_alone:
                return settles
            b = other(world)
            if isinstance(a, bool) and isinstance(b, bool):
                return settles if a is settles or b is settles else not settles
            return settled(a, b, settles=settles)

        return run

    def _choose(self, tree: Choose) -> Callable[[World], Maybe]:
        condition, then, otherwise = (
            self.built(part) for part in (tree.condition, tree.then, tree.otherwise)
        )

        def run(world: World) -> Maybe:
            holds = condition(world)
            if not isinstance(holds, Missing):
                return then(world) if yes_no(holds, "if") else otherwise(world)
            one, other = then(world), otherwise(world)
            # Either way the same value: what is not known does not matter.
            return one if one == other and not isinstance(one, Missing) else holds

        return run


def _name_of_facts(name: Name) -> Callable[[Facts], Maybe]:
    id_, years_back = name.id, name.years_back
    return lambda facts: facts.value(id_, years_back)


def _one_of_facts(name: Name, wanted: frozenset[Value]) -> Callable[[Facts], Maybe]:
    id_, years_back = name.id, name.years_back

    def run(facts: Facts) -> Maybe:
        value = facts.value(id_, years_back)
        return Missing.joined([value]) if isinstance(value, Missing) else value in wanted

    return run


def _roster_of_facts(tree: Aggregate) -> Callable[[Facts], Maybe]:
    """What is made of the rows of a roster."""
    table, aggregation, column = tree.table, tree.aggregation, tree.column
    blank = Missing(fields=(f"{table}.{column}",))
    one = Decimal(1)
    chosen_of = _choosing(tree)

    def run(facts: Facts) -> Maybe:
        rows = facts.rows(table)
        if isinstance(rows, Missing):
            return rows
        chosen = chosen_of(rows)
        if isinstance(chosen, Missing):
            return chosen
        if column is None:
            return aggregated(aggregation, [one] * len(chosen))
        return aggregated(aggregation, [rows[at].get(column, blank) for at in chosen])

    return run


def _choosing(tree: Aggregate) -> Callable[[Sequence[RosterRow]], Sequence[int] | Missing]:
    """Which rows count; the first blank cell that leaves a row open leaves the whole open."""
    if tree.where is None:
        return lambda rows: range(len(rows))
    where = _of_row(tree.table).built(tree.where)

    def run(rows: Sequence[RosterRow]) -> Sequence[int] | Missing:
        chosen: list[int] = []
        for at, row in enumerate(rows):
            wanted = where(row)
            if wanted is True:
                chosen.append(at)
            elif wanted is not False:
                if isinstance(wanted, Missing):
                    return wanted
                raise wrong_kind("where", "yes_no", wanted)
        return chosen

    return run


_OF_FACTS: _Builder[Facts] = _Builder(_name_of_facts, _roster_of_facts, _one_of_facts, watched=True)


def _of_row(table: str) -> _Builder[RosterRow]:
    """Inside ``where`` a name is a column of the row, and there are no other rosters."""

    def cell(name: Name) -> Callable[[RosterRow], Maybe]:
        column, blank = name.id, Missing(fields=(f"{table}.{name.id}",))
        return lambda row: row.get(column, blank)

    def roster(tree: Aggregate) -> Callable[[RosterRow], Maybe]:
        nothing = Missing(fields=(tree.table,))
        return lambda _: nothing

    def one_of(name: Name, wanted: frozenset[Value]) -> Callable[[RosterRow], Maybe]:
        column, blank = name.id, Missing(fields=(f"{table}.{name.id}",))

        def run(row: RosterRow) -> Maybe:
            value = row.get(column, blank)
            if value in wanted:
                return True
            return Missing.joined([value]) if isinstance(value, Missing) else False

        return run

    return _Builder(cell, roster, one_of, watched=False)
