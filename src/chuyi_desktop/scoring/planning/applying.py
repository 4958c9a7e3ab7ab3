"""Moves of levers as changes of the assessment, and what they cost."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from chuyi_desktop.domain.assessment import (
    Assessment,
    Attestation,
    Change,
    Content,
    Entry,
    Field,
    FieldKind,
    Rating,
    Row,
)
from chuyi_desktop.domain.values import Value
from chuyi_desktop.scoring.planning.lever_variables import Moves
from chuyi_desktop.scoring.planning.levers import AnswerLever, FigureLever, LevelLever, Lever
from chuyi_desktop.scoring.planning.new_rows import RosterLever


def as_decimal(number: Fraction) -> Decimal:
    """A number with finitely many decimals, exactly."""
    digits = 0
    while (number * 10**digits).denominator != 1:
        digits += 1
    return Decimal(int(number * 10**digits)).scaleb(-digits)


def changes(moves: Moves, levers: Mapping[Field, Lever], assessment: Assessment) -> tuple[Change, ...]:
    """What the moves change in ``assessment``; without origins."""
    found: list[Change] = []
    for place, content in _contents(moves, levers, assessment):
        change = assessment.change(place, content)
        if change is not None:
            found.append(change)
    return tuple(found)


def _contents(
    moves: Moves, levers: Mapping[Field, Lever], assessment: Assessment
) -> Iterator[tuple[Field, Content | None]]:
    for place, lever in levers.items():
        match lever:
            case FigureLever() if place in moves.figures:
                old = assessment.entry(place.key, place.year)
                note = "" if old is None else old.note
                yield place, Entry(as_decimal(moves.figures[place] * lever.step), note=note)
            case AnswerLever() if place in moves.answers:
                answer = assessment.attestation(place.key)
                yield place, Attestation(holds=True, note="" if answer is None else answer.note)
            case LevelLever() if place in moves.levels:
                rating = assessment.rating(place.key)
                yield place, Rating(moves.levels[place], "" if rating is None else rating.note)
            case RosterLever() if place in moves.rows:
                yield Field(FieldKind.EMPTY_TABLE, place.key, place.year), None
                yield from _new_rows(place, lever, moves, assessment)


def _new_rows(
    place: Field, lever: RosterLever, moves: Moves, assessment: Assessment
) -> Iterator[tuple[Field, Row]]:
    present = assessment.rows(place.key, place.year) or ()
    position = max((row.position for row in present), default=-1) + 1
    taken = {row.id for row in present}
    for at, count in moves.rows[place].items():
        for cells in row_cells(lever, at, count, moves.amounts.get(place, {})):
            name = next(name for number in range(position, 10**9) if (name := f"plan{number}") not in taken)
            taken.add(name)
            yield Field(FieldKind.ROW, place.key, place.year, name), Row(name, position, cells)
            position += 1


def row_cells(
    lever: RosterLever, at: int, count: int, amounts: Mapping[tuple[int, str], int]
) -> Iterator[dict[str, Value]]:
    """The cells of ``count`` new rows of the kind numbered ``at``: sums are put on the first rows, as much as
    each may hold."""
    left = {
        name: amounts.get((at, name), 0) * step
        for name, (_, step) in lever.amounts.items()
        if name not in lever.kinds[at].cells
    }
    least = {name: Fraction(lever.table.by_id[name].minimum or 0) for name in left}
    least = {name: max(Fraction(0), each) for name, each in least.items()}
    for number in range(count):
        cells: dict[str, Value] = dict(lever.kinds[at].cells)
        for name, rest in left.items():
            most = lever.table.by_id[name].maximum
            free = rest - least[name] * (count - number - 1)
            share = max(least[name], free if most is None else min(free, Fraction(most)))
            left[name] = rest - share
            cells[name] = as_decimal(share)
        yield cells


def cost_of(place: Field, moves: Moves, lever: Lever) -> Fraction:
    """What the move of one lever costs; nothing for what is 未填 now."""
    match lever:
        case FigureLever():
            return abs(moves.figures[place] - lever.start) * lever.cost if lever.known else Fraction(0)
        case AnswerLever():
            return lever.cost
        case LevelLever():
            return next(cost for name, _, cost in lever.levels if name == moves.levels[place])
        case RosterLever():
            if not lever.known:
                return Fraction(0)
            found = sum(moves.rows[place].values()) * lever.cost
            for (_, name), amount in moves.amounts.get(place, {}).items():
                found += amount * lever.amounts[name][0]
            return found


def total_cost(moves: Moves, levers: Mapping[Field, Lever]) -> Fraction:
    """What all moves cost."""
    return sum((cost_of(place, moves, levers[place]) for place in moves.moved), Fraction(0))
