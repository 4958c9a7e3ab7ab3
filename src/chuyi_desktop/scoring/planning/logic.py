"""What must hold, as a tree that an integer program can be told: rows, all of, some of, so many of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chuyi_desktop.scoring.planning.integer_program import IntegerProgram


@dataclass(frozen=True, slots=True)
class Atom:
    """Every row (terms, least) holds, and every figure of ``needs`` is filled in."""

    rows: tuple[tuple[Mapping[int, int], int], ...]
    needs: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Logic", ...]


@dataclass(frozen=True, slots=True)
class SomeOf:
    """At least ``count`` parts hold."""

    count: int
    parts: tuple["Logic", ...]


Logic = Atom | AllOf | SomeOf

TRUE = AllOf(())
FALSE = SomeOf(1, ())


def all_of(*parts: Logic) -> Logic:
    """All of ``parts``, made as plain as can be."""
    kept: list[Logic] = []
    for part in parts:
        if part == FALSE:
            return FALSE
        kept.extend(part.parts if isinstance(part, AllOf) else (part,))
    return kept[0] if len(kept) == 1 else AllOf(tuple(kept))


def some_of(*parts: Logic) -> Logic:
    """At least one of ``parts``."""
    return at_least(1, parts)


def at_least(count: int, parts: Sequence[Logic]) -> Logic:
    """At least ``count`` of ``parts``."""
    certain = sum(1 for part in parts if part == TRUE)
    open_ = [part for part in parts if part not in (TRUE, FALSE)]
    count -= certain
    if count <= 0:
        return TRUE
    if count > len(open_):
        return FALSE
    if count == len(open_):
        return all_of(*open_)
    return SomeOf(count, tuple(open_))


def tell(program: IntegerProgram, logic: Logic, when: tuple[int, ...] = ()) -> None:
    """Demand ``logic`` of ``program`` whenever all switches of ``when`` are on."""
    match logic:
        case Atom(rows, needs):
            for terms, least in rows:
                program.demand(terms, least, when)
            for switch in sorted(needs):
                program.demand({switch: 1}, 1, when)
        case AllOf(parts):
            for part in parts:
                tell(program, part, when)
        case SomeOf(count, parts):
            switches: dict[int, int] = {}
            for part in parts:
                switch = program.switch()
                switches[switch] = 1
                tell(program, part, (switch,))
            program.demand(switches, count, when)
