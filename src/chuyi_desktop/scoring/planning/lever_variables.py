"""Levers as variables of an integer program, and read back from its solution."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from chuyi_desktop.domain.assessment import Field
from chuyi_desktop.domain.formula.tree import Aggregation
from chuyi_desktop.scoring.planning.integer_program import IntegerProgram
from chuyi_desktop.scoring.planning.levers import AnswerLever, FigureLever, LevelLever, Lever
from chuyi_desktop.scoring.planning.new_rows import RosterLever
from chuyi_desktop.scoring.planning.quantity import Affine

FARTHEST = 10**9
"""Steps a figure moves at most where nothing bounds it: beyond it floating point cannot tell them apart."""


@dataclass(slots=True)
class LeverVariables:
    """Variables of the levers. ``claims`` are variables of what is 未填 now, with the size of a unit: they
    cost nothing, and are made small only once the cost is settled."""

    program: IntegerProgram
    figures: dict[tuple[str, int], Affine] = field(default_factory=dict)
    up_down: dict[Field, tuple[int, int | None, int | None]] = field(default_factory=dict)
    """Variables up, down and filled-in of each figure; down is None where 未填, filled-in where known."""
    answers: dict[str, int] = field(default_factory=dict)
    levels: dict[str, dict[str, int]] = field(default_factory=dict)
    rows: dict[Field, tuple[int, ...]] = field(default_factory=dict)
    amounts: dict[Field, dict[tuple[int, str], int]] = field(default_factory=dict)
    begun: dict[Field, int] = field(default_factory=dict)
    """The switch of a roster that is not begun yet."""
    claims: dict[int, Fraction] = field(default_factory=dict)
    bounded: bool = False
    """Whether a bound was set only to keep the search near; then a dearer answer may lie beyond it."""
    free_bounded: bool = False
    """Whether that was done to what costs nothing and may go farther: a cheaper answer may lie there, too."""

    def aggregate(self, lever: RosterLever, number: int) -> Affine | None:
        """What new rows add to one of the roster's aggregates; None where that cannot be said."""
        one = lever.aggregates[number]
        needs = frozenset({self.begun[lever.field]}) if lever.field in self.begun else frozenset()
        terms: dict[int, Fraction] = {}
        if one.aggregation is Aggregation.COUNT:
            for at, variable in enumerate(self.rows[lever.field]):
                if number in lever.kinds[at].counted:
                    terms[variable] = Fraction(1)
        elif one.aggregation is Aggregation.SUM and one.column is not None:
            step = lever.amounts[one.column][1]
            for (at, column), variable in self.amounts[lever.field].items():
                if column == one.column and number in lever.kinds[at].counted:
                    terms[variable] = step
        elif not lever.known:
            return None
        return Affine(terms=terms, needs=needs)


def place_levers(
    program: IntegerProgram,
    levers: Iterable[Lever],
    radius: Fraction,
    still: frozenset[Field],
    free: Fraction | None = None,
) -> LeverVariables:
    """Variables for ``levers`` that are not kept ``still``; none may move farther than costs ``radius``, or,
    where it costs nothing because it is 未填, than would cost ``free`` (None: the same)."""
    made = LeverVariables(program)
    free = radius if free is None else free
    for lever in levers:
        match lever:
            case FigureLever(known=False):
                if lever.field not in still:
                    _place_claim(made, lever, free)
            case FigureLever():
                _place_figure(made, lever, radius, still=lever.field in still)
            case AnswerLever() if lever.field not in still:
                made.answers[lever.condition.id] = program.switch(lever.cost)
            case LevelLever() if lever.field not in still:
                switches = {name: program.switch(cost) for name, _, cost in lever.levels}
                program.demand(dict.fromkeys(switches.values(), -1), -1)
                made.levels[lever.item.id] = switches
            case RosterLever() if lever.field not in still:
                _place_rows(made, lever, radius if lever.known else free)
    return made


def _reach(
    made: LeverVariables, cost: Fraction, radius: Fraction, most: int | None, *, free: bool = False
) -> int:
    """Units a variable may move: no farther than ``radius`` pays for, and never beyond ``most``. ``free``:
    it is not paid for."""
    near: int = FARTHEST if cost == 0 else min(FARTHEST, max(1, floor(radius / cost)))
    if most is not None and most <= near:
        return most
    made.bounded = True
    made.free_bounded = made.free_bounded or free
    return near


def _place_claim(made: LeverVariables, lever: FigureLever, radius: Fraction) -> None:
    """A figure that is 未填: a switch says whether it is filled in."""
    program = made.program
    ever = min(FARTHEST, floor(Fraction(10**8) / lever.step))
    farthest = min(ever, floor(radius * 10**6 / lever.step))
    most = lever.upper
    if most is None or most > lever.lower + farthest:
        most, made.bounded = lever.lower + farthest, True
        made.free_bounded = made.free_bounded or farthest < ever
    if most < lever.lower:
        return
    filled = program.switch()
    value = program.variable(min(0, lever.lower), max(0, most))
    program.demand({value: 1, filled: -lever.lower}, 0)
    program.demand({value: -1, filled: most}, 0)
    made.figures[lever.field.key, lever.field.year or 0] = Affine(
        terms={value: lever.step}, needs=frozenset({filled})
    )
    made.up_down[lever.field] = (value, None, filled)
    made.claims[value] = lever.step if lever.lower >= 0 else Fraction(0)
    made.claims[filled] = Fraction(1)


def _place_figure(made: LeverVariables, lever: FigureLever, radius: Fraction, *, still: bool) -> None:
    key = (lever.field.key, lever.field.year or 0)
    program = made.program
    start = Affine(lever.start * lever.step)
    if still:
        made.figures[key] = start
        return
    up = _reach(made, lever.cost, radius, None if lever.upper is None else lever.upper - lever.start)
    down = _reach(made, lever.cost, radius, lever.start - lever.lower)
    # A limit of the school's may lie above or below the present value: then the figure has to move.
    first, last = max(0, lever.lower - lever.start), max(0, -up)
    rise = program.variable(first, max(first, up), lever.cost)
    fall = program.variable(last, max(last, down), lever.cost)
    made.figures[key] = start.plus(Affine(terms={rise: lever.step, fall: -lever.step}))
    made.up_down[lever.field] = (rise, fall, None)


def _place_rows(made: LeverVariables, lever: RosterLever, radius: Fraction) -> None:
    program = made.program
    price = lever.cost if lever.known else Fraction(0)
    farthest = _reach(made, lever.cost, radius, lever.most, free=not lever.known)
    variables = tuple(program.variable(0, farthest, price) for _ in lever.kinds)
    made.rows[lever.field] = variables
    made.amounts[lever.field] = {}
    if lever.most is not None:
        program.demand(dict.fromkeys(variables, -1), -lever.most)
    if lever.least:
        program.demand(dict.fromkeys(variables, 1), lever.least)
    if not lever.known:
        begun = program.switch()
        made.begun[lever.field] = begun
        program.demand({**dict.fromkeys(variables, 1), begun: -1}, 0)
        made.claims |= dict.fromkeys(variables, Fraction(1))
        made.claims[begun] = Fraction(1)
    for at, kind in enumerate(lever.kinds):
        for name in lever.amounts:
            counted = any(
                one.column == name and one.aggregation is Aggregation.SUM and number in kind.counted
                for number, one in enumerate(lever.aggregates)
            )
            if counted:
                _place_amount(made, lever, at, name, radius)


def _place_amount(made: LeverVariables, lever: RosterLever, at: int, name: str, radius: Fraction) -> None:
    """The sum of a column over the new rows of one kind, in steps."""
    cost, step = lever.amounts[name]
    program, column, rows = made.program, lever.table.by_id[name], made.rows[lever.field][at]
    least = 0 if column.minimum is None else max(0, floor(Fraction(column.minimum) / step))
    most = None if column.maximum is None else floor(Fraction(column.maximum) / step)
    column_most = None if most is None else most * program.variables[rows].upper
    farthest = _reach(made, cost, radius, column_most, free=not lever.known)
    amount = program.variable(0, farthest, cost if lever.known else Fraction(0))
    program.demand({amount: -1, rows: min(farthest, most) if most is not None else farthest}, 0)
    if least:
        program.demand({amount: 1, rows: -least}, 0)
    made.amounts[lever.field][at, name] = amount
    if not lever.known:
        made.claims[amount] = step


@dataclass(frozen=True, slots=True)
class Moves:
    """Where a solution puts the levers: figures in steps, answers given 是, levels chosen, and new rows with
    the sums of their columns, by kind. A lever that stays is not in it."""

    figures: Mapping[Field, int]
    answers: frozenset[Field]
    levels: Mapping[Field, str]
    rows: Mapping[Field, Mapping[int, int]]
    amounts: Mapping[Field, Mapping[tuple[int, str], int]]

    @property
    def moved(self) -> frozenset[Field]:
        """The levers that move."""
        return frozenset({*self.figures, *self.answers, *self.levels, *self.rows})


def read_moves(made: LeverVariables, levers: Mapping[Field, Lever], values: Sequence[int]) -> Moves:
    """Where ``values`` put the levers."""
    figures: dict[Field, int] = {}
    for place, (up, down, filled) in made.up_down.items():
        lever = levers[place]
        if not isinstance(lever, FigureLever):
            continue
        if filled is not None:
            if values[filled]:
                figures[place] = values[up]
        elif down is not None and values[up] != values[down]:
            figures[place] = lever.start + values[up] - values[down]
    answers = frozenset(
        lever.field
        for lever in levers.values()
        if isinstance(lever, AnswerLever) and values_at(values, made.answers.get(lever.condition.id))
    )
    levels = {
        lever.field: name
        for lever in levers.values()
        if isinstance(lever, LevelLever)
        for name, switch in made.levels.get(lever.item.id, {}).items()
        if values[switch]
    }
    rows = {
        place: {at: values[variable] for at, variable in enumerate(variables) if values[variable]}
        for place, variables in made.rows.items()
        if any(values[variable] for variable in variables)
    }
    amounts = {
        place: {key: values[variable] for key, variable in made.amounts[place].items() if values[variable]}
        for place in rows
    }
    return Moves(figures, answers, levels, rows, amounts)


def values_at(values: Sequence[int], number: int | None) -> bool:
    """Whether the switch ``number``, if there is one, is on."""
    return number is not None and values[number] == 1


def hold(made: LeverVariables, levers: Mapping[Field, Lever], moves: Moves, places: frozenset[Field]) -> None:
    """Keep the levers of ``places`` where ``moves`` put them; those that do not move, where they are now."""
    fixed = {
        **_held_figures(made, levers, moves, places),
        **_held_choices(made, levers, moves, places),
        **_held_rows(made, moves, places),
    }
    for number, value in fixed.items():
        variable = made.program.variables[number]
        # What a limit of the school's moves in any case cannot be held back.
        variable.lower = variable.upper = max(value, variable.lower)


def _held_figures(
    made: LeverVariables, levers: Mapping[Field, Lever], moves: Moves, places: frozenset[Field]
) -> dict[int, int]:
    fixed: dict[int, int] = {}
    for place, (up, down, filled) in made.up_down.items():
        lever = levers[place]
        if place not in places or not isinstance(lever, FigureLever):
            continue
        if down is not None:
            moved = moves.figures.get(place, lever.start) - lever.start
            fixed |= {up: max(moved, 0), down: max(-moved, 0)}
        elif filled is not None and place in moves.figures:
            fixed |= {up: moves.figures[place], filled: 1}
    return fixed


def _held_choices(
    made: LeverVariables, levers: Mapping[Field, Lever], moves: Moves, places: frozenset[Field]
) -> dict[int, int]:
    fixed: dict[int, int] = {}
    for place in places:
        lever = levers[place]
        if isinstance(lever, AnswerLever) and lever.condition.id in made.answers:
            fixed[made.answers[lever.condition.id]] = int(place in moves.answers)
        elif isinstance(lever, LevelLever):
            for level, switch in made.levels.get(lever.item.id, {}).items():
                fixed[switch] = int(moves.levels.get(place) == level)
    return fixed


def _held_rows(made: LeverVariables, moves: Moves, places: frozenset[Field]) -> dict[int, int]:
    fixed: dict[int, int] = {}
    for place in places & made.rows.keys():
        rows, amounts = moves.rows.get(place, {}), moves.amounts.get(place, {})
        fixed |= {number: rows.get(at, 0) for at, number in enumerate(made.rows[place])}
        fixed |= {number: amounts.get(key, 0) for key, number in made.amounts[place].items()}
    return fixed


STAYING = Moves({}, frozenset(), {}, {}, {})
"""Nothing moves."""
