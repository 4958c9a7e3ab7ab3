"""Formulas read from their text and worked out in fractions, by the grammar of the parser's docstring."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any

Tree = tuple[Any, ...]
"""(kind, …parts); numbers are fractions."""


class Blank:
    """The third value, 未填."""

    def __repr__(self) -> str:
        return "未填"


BLANK = Blank()

_TOKEN = re.compile(r'\s*(?:(\d+(?:\.\d+)?)|"([^"]*)"|“([^”]*)”|([^\W\d]\w*)|(<=|>=|!=|==|<>|.))', re.DOTALL)
_TWINS = dict(
    zip(
        "×÷−≥≤≠（），＋－＝＞＜％",
        ("*", "/", "-", ">=", "<=", "!=", *"(),", "+", "-", "=", ">", "<", "%"),
        strict=True,
    )
)
_TWINS |= {"==": "=", "<>": "!=", "且": "and", "或": "or", "非": "not", "如果": "if", "其中": "where"}
_TWINS |= {"是": "true", "否": "false", "计数": "count", "不重复": "distinct", "求和": "sum", "最小": "min"}
_TWINS |= {"最大": "max", "平均": "avg", "四舍五入": "round", "往年": "years_back", "取年份": "year_of"}
_TWINS |= {"逐年增长": "rising", "逐年不降": "not_falling", "近年合计": "years_sum", "近年平均": "years_avg"}
_TWINS |= {"近年最小": "years_min"}
_COMPARED = (">=", "<=", ">", "<", "=", "!=")
_LADDER = (("or",), ("and",), "not", _COMPARED, ("+", "-"), ("*", "/"), "-")


def read(text: str) -> Tree:
    """The formula's tree."""
    pieces: list[tuple[str, str]] = []
    for number, quoted, curled, name, sign in _TOKEN.findall(text.strip()):
        if number:
            pieces.append(("number", number))
        elif name or sign:
            pieces.append(("sign", _TWINS.get(name or sign, name or sign)))
        else:
            pieces.append(("text", quoted or curled))
    tree, rest = _rung(pieces, 0)
    assert not rest, (text, rest)
    return tree


Pieces = list[tuple[str, str]]


def _rung(pieces: Pieces, step: int) -> tuple[Tree, Pieces]:
    """What one level of the grammar reads from the front, and what is left."""
    if step == len(_LADDER):
        return _primary(pieces)
    signs = _LADDER[step]
    if isinstance(signs, str):
        if pieces[0] == ("sign", signs):
            inner, rest = _rung(pieces[1:], step)
            return ("negative" if signs == "-" else "not", inner), rest
        return _rung(pieces, step + 1)
    tree, rest = _rung(pieces, step + 1)
    while rest and rest[0][0] == "sign" and rest[0][1] in signs:
        right, after = _rung(rest[1:], step + 1)
        tree, rest = (rest[0][1], tree, right), after
        if signs is _COMPARED:
            break
    return tree, rest


def _primary(pieces: Pieces) -> tuple[Tree, Pieces]:
    (kind, text), rest = pieces[0], pieces[1:]
    if kind == "text":
        return ("constant", text), rest
    if kind == "number":
        percent = rest[:1] == [("sign", "%")]
        return ("constant", Fraction(text) / (100 if percent else 1)), rest[percent:]
    if text in {"true", "false"}:
        return ("constant", text == "true"), rest
    if text == "(":
        tree, rest = _rung(rest, 0)
        return tree, _after(rest, ")")
    return _call(text, rest[1:]) if rest[:1] == [("sign", "(")] else (("name", text, 0), rest)


def _call(function: str, rest: Pieces) -> tuple[Tree, Pieces]:
    if function in {"count", "distinct"} or rest[1] == ("sign", "."):
        return _over_rows(function, rest)
    arguments: list[Tree] = []
    rest = [("sign", ","), *rest]
    while rest[0] == ("sign", ","):
        one, rest = _rung(rest[1:], 0)
        arguments.append(one)
    rest = _after(rest, ")")
    if function == "years_back":
        return ("name", arguments[0][1], int(arguments[1][1])), rest
    if function in _OVER_YEARS:
        return _over_years(function, arguments[0][1], int(arguments[1][1])), rest
    if function == "round":
        return ("round", arguments[0], ("constant", arguments[1][1])), rest
    return (function, *arguments), rest


_OVER_YEARS = {"rising": ">", "not_falling": ">=", "years_sum": "sum", "years_avg": "avg", "years_min": "min"}


def _over_years(function: str, name: str, years: int) -> Tree:
    """This year and those before: each more, or no less, than the one before it; or all together."""
    values = [("name", name, back) for back in range(years)]
    if function.startswith("years_"):
        return (_OVER_YEARS[function], *values)
    steps = [(_OVER_YEARS[function], later, earlier) for later, earlier in pairwise(values)]
    return reduce(lambda so_far, step: ("and", so_far, step), steps)


def _over_rows(function: str, pieces: Pieces) -> tuple[Tree, Pieces]:
    table, rest, column, where = pieces[0][1], pieces[1:], None, None
    if rest[0] == ("sign", "."):
        column, rest = rest[1][1], rest[2:]
    if rest[0] == ("sign", "where"):
        where, rest = _rung(rest[1:], 0)
    return ("rows", function, table, column, where), _after(rest, ")")


def _after(pieces: Pieces, sign: str) -> Pieces:
    assert pieces[0] == ("sign", sign), pieces
    return pieces[1:]


@dataclass(frozen=True)
class World:
    """What a formula can see: indicators by id and years back, and the cells of rosters' rows, blanks left
    out (None: nothing is known of the roster)."""

    value: Callable[[str, int], Any]
    rows: Callable[[str], Sequence[Mapping[str, Any]] | None]
    cells: Mapping[str, Any] | None = None
    """The row that is looked at."""
    columns: frozenset[str] | None = None
    """The names that mean its cells; None: all names do."""

    def named(self, name: str, back: int) -> Any:
        """What a name stands for."""
        if self.cells is not None and back == 0 and (self.columns is None or name in self.columns):
            return plain(self.cells.get(name, BLANK))
        return plain(self.value(name, back))


def plain(value: Any) -> Any:
    """A value as this module computes with it."""
    return Fraction(value) if isinstance(value, Decimal) else value


def half_up(value: Fraction, digits: int) -> Fraction:
    """A half goes away from zero."""
    scaled = abs(value) * 10**digits
    whole = scaled.numerator // scaled.denominator
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    return Fraction(whole if value >= 0 else -whole, 10**digits)


def work_out(tree: Tree, world: World) -> Any:
    """The value of a formula: Fraction, str, bool, date or BLANK."""
    kind, *parts = tree
    if kind == "constant":
        return parts[0]
    if kind == "name":
        return world.named(*parts)
    if kind == "rows":
        return _of_rows(parts, world)
    if kind in {"and", "or"}:
        left, right = (work_out(part, world) for part in parts)
        deciding = kind == "or"
        if left is deciding or right is deciding:
            return deciding
        return BLANK if left is BLANK or right is BLANK else not deciding
    if kind == "if":
        return _chosen(*(work_out(part, world) for part in parts))
    values = [work_out(part, world) for part in parts]
    if any(value is BLANK for value in values):
        return BLANK
    return _computed(kind, values)


def _chosen(condition: Any, then: Any, otherwise: Any) -> Any:
    """One of the two ways. An open condition does not decide where both lead to the same."""
    if condition is BLANK:
        return then if then == otherwise else BLANK
    return then if condition else otherwise


_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: BLANK if right == 0 else left / right,
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    ">": lambda left, right: left > right,
    "<": lambda left, right: left < right,
    ">=": lambda left, right: left >= right,
    "<=": lambda left, right: left <= right,
    "round": lambda value, digits: half_up(value, int(digits)),
}


def _computed(kind: str, values: list[Any]) -> Any:
    if kind in _SIGNS:
        return _SIGNS[kind](*values)
    if kind == "not":
        return not values[0]
    if kind == "negative":
        return -values[0]
    if kind == "year_of":
        return Fraction(values[0].year)
    return _folded(kind, values)


def _folded(function: str, values: list[Any]) -> Any:
    if function == "count":
        return Fraction(len(values))
    if function == "distinct":
        return Fraction(len(set(values)))
    if function == "sum":
        return sum(values, Fraction(0))
    if not values:
        return BLANK
    if function == "avg":
        return sum(values, Fraction(0)) / len(values)
    return {"min": min, "max": max}[function](values)


def _of_rows(parts: list[Any], world: World) -> Any:
    function, table, column, where = parts
    rows = world.rows(table)
    if rows is None:
        return BLANK
    taken: list[Any] = []
    for cells in rows:
        inside = World(world.value, world.rows, cells)
        holds = True if where is None else work_out(where, inside)
        if holds is BLANK:
            return BLANK
        if holds:
            taken.append(True if column is None else plain(cells.get(column, BLANK)))
    if any(value is BLANK for value in taken):
        return BLANK
    return _folded(function, taken)


def leaves(tree: Any) -> list[Tree]:
    """Every name and roster a formula reads, rosters whole."""
    if not isinstance(tree, tuple):
        return []
    if tree and tree[0] in {"name", "rows"}:
        return [tree]
    return [leaf for part in tree for leaf in leaves(part)]
