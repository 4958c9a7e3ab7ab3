"""Tokens to a tree, by recursive descent.

Grammar, loosest first::

    or       a or b            或
    and      a and b           且
    not      not a             非
    compare  a >= b            = != < <= > >=  (≥ ≤ ≠)
    sum      a + b - c
    product  a * b / c         × ÷
    unary    -a
    primary  12.5  20%  "工科"  true  name  (a)  function(…)

Functions: ``if(c, a, b)``, ``round(a, digits)``, ``min max sum avg`` of listed values,
``years_back(name, n)``, ``year_of(date)``, over the last n years (this one and n − 1 before)
``rising not_falling years_sum years_avg years_min (name, n)``, and over a roster ``count(table where …)``,
``distinct/sum/min/max/avg (table.column where …)``.
"""

from decimal import Decimal
from functools import reduce
from itertools import pairwise

from chuyi_desktop.domain.formula.lexer import FormulaError, Kind, Token, tokens
from chuyi_desktop.domain.formula.tree import (
    Aggregate,
    Aggregation,
    Arithmetic,
    Both,
    Choose,
    Compare,
    Comparison,
    Constant,
    Either,
    Expression,
    Fold,
    Name,
    Negative,
    Not,
    Operator,
    Round,
    YearOf,
)
from chuyi_desktop.domain.wording import say

__all__ = ["FormulaError", "parse"]

DEEPEST = 40
"""Nesting a formula may have, far below Python's own recursion limit."""

_MOST_DIGITS = 12
"""Decimals to round to, and years to look back, at most."""
_COMPARISONS = {sign.value: sign for sign in Comparison}
_OVER_ROWS = {name.value: name for name in Aggregation}
_OVER_VALUES = {
    name.value: name for name in Aggregation if name not in {Aggregation.COUNT, Aggregation.DISTINCT}
}
_GROWTH = {"rising": Comparison.MORE, "not_falling": Comparison.AT_LEAST}
_OVER_YEARS = {
    "years_sum": Aggregation.SUM,
    "years_avg": Aggregation.AVERAGE,
    "years_min": Aggregation.MINIMUM,
}
_MOST_YEARS = 10
"""Years that a growth condition may look over, this one among them; at least two."""
_FUNCTIONS = ("if", "round", "years_back", "year_of", *_GROWTH, *_OVER_YEARS, *_OVER_ROWS)
_RESERVED = frozenset({"and", "or", "not", "where", "true", "false"})


def parse(formula: str) -> Expression:
    """The tree of ``formula``. Raises FormulaError saying where it breaks and what was wanted there."""
    return _Parser(tokens(formula)).whole()


class _Parser:
    """One pass over the tokens of one formula."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._next = 0
        self._depth = 0

    def whole(self) -> Expression:
        tree = self._or()
        if self._here.kind is not Kind.END:
            raise self._wanted(say("formula.end"))
        return tree

    @property
    def _here(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._here
        self._next += 1
        return token

    def _took(self, *texts: str) -> str | None:
        """The text of the next sign or keyword if it is one of ``texts``, which is then taken."""
        # Asked at every level of precedence for every token, so it looks at the text first.
        token = self._tokens[self._next]
        if token.text in texts and (token.kind is Kind.SIGN or token.kind is Kind.NAME):
            self._next += 1
            return token.text
        return None

    def _expect(self, text: str) -> None:
        if self._took(text) is None:
            raise self._wanted(f"“{text}”")

    def _wanted(self, wanted: str) -> FormulaError:
        found = self._here.text or say("formula.end")
        return FormulaError("formula.expected", self._here.at, wanted=wanted, found=found)

    def _or(self) -> Expression:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError("formula.too_deep", self._here.at, limit=DEEPEST)
        tree = self._and()
        while self._took("or"):
            tree = Either(tree, self._and())
        self._depth -= 1
        return tree

    def _and(self) -> Expression:
        tree = self._not()
        while self._took("and"):
            tree = Both(tree, self._not())
        return tree

    def _not(self) -> Expression:
        negations = 0
        while self._took("not"):
            negations += 1
        tree = self._compare()
        for _ in range(negations):
            tree = Not(tree)
        return tree

    def _compare(self) -> Expression:
        left = self._sum()
        sign = self._took(*_COMPARISONS)
        return left if sign is None else Compare(_COMPARISONS[sign], left, self._sum())

    def _sum(self) -> Expression:
        tree = self._product()
        while sign := self._took("+", "-"):
            tree = Arithmetic(Operator(sign), tree, self._product())
        return tree

    def _product(self) -> Expression:
        tree = self._unary()
        while sign := self._took("*", "/"):
            tree = Arithmetic(Operator(sign), tree, self._unary())
        return tree

    def _unary(self) -> Expression:
        negations = 0
        while self._took("-"):
            negations += 1
        tree = self._primary()
        for _ in range(negations):
            tree = Negative(tree)
        return tree

    def _primary(self) -> Expression:
        token = self._here
        if token.kind is Kind.NUMBER:
            self._take()
            percent = self._took("%")
            return Constant(Decimal(token.text).scaleb(-2) if percent else Decimal(token.text))
        if token.kind is Kind.TEXT:
            return Constant(self._take().text)
        if self._took("true"):
            return Constant(value=True)
        if self._took("false"):
            return Constant(value=False)
        if self._took("("):
            tree = self._or()
            self._expect(")")
            return tree
        if token.kind is Kind.NAME and token.text not in _RESERVED:
            self._take()
            return self._call(token) if self._took("(") else Name(token.text, at=token.at)
        raise self._wanted(say("formula.value_wanted"))

    def _call(self, function: Token) -> Expression:
        match function.text:
            case "if":
                return Choose(*self._exactly(function, 3))
            case "round":
                operand = self._or()
                self._expect(",")
                digits = self._whole_number()
                self._expect(")")
                return Round(operand, digits)
            case "year_of":
                operand = self._or()
                self._expect(")")
                return YearOf(operand)
            case "years_back":
                name = self._take_name(say("formula.name_wanted"))
                self._expect(",")
                years = self._whole_number()
                self._expect(")")
                return Name(name.text, years, name.at)
            case name if name in _GROWTH or name in _OVER_YEARS:
                return self._over_years(name)
            case name if name in _OVER_ROWS and self._starts_roster(name):
                return self._aggregate(_OVER_ROWS[name])
            case name if name in _OVER_VALUES:
                return Fold(_OVER_VALUES[name], tuple(self._arguments()))
        known = ", ".join(dict.fromkeys(_FUNCTIONS))
        raise FormulaError("formula.unknown_function", function.at, found=function.text, known=known)

    def _over_years(self, function: str) -> Expression:
        """A condition or figure of the last years of one indicator, written out with ``years_back``: so
        nothing beside the parser needs to know of it. 未填 in one year makes it 未填."""
        name = self._take_name(say("formula.name_wanted"))
        self._expect(",")
        token = self._here
        years = self._whole_number() if token.text.isdigit() else 0
        if not 2 <= years <= _MOST_YEARS:  # noqa: PLR2004  # one year neither rises nor falls
            wanted = say("formula.years_wanted", {"most": _MOST_YEARS})
            found = token.text or say("formula.end")
            raise FormulaError("formula.expected", token.at, wanted=wanted, found=found)
        self._expect(")")
        values = [Name(name.text, back, name.at) for back in range(years)]
        if function in _OVER_YEARS:
            return Fold(_OVER_YEARS[function], tuple(values))
        steps: list[Expression] = [
            Compare(_GROWTH[function], later, earlier) for later, earlier in pairwise(values)
        ]
        return reduce(Both, steps)

    def _starts_roster(self, function: str) -> bool:
        """``count``/``distinct`` always read a roster; the others only when given ``table.column``."""
        after = self._tokens[min(self._next + 1, len(self._tokens) - 1)]
        return function not in _OVER_VALUES or (after.kind is Kind.SIGN and after.text == ".")

    def _aggregate(self, aggregation: Aggregation) -> Expression:
        table = self._take_name(say("formula.table_wanted"))
        column = self._take_name(say("formula.name_wanted")).text if self._took(".") else None
        if column is None and aggregation is not Aggregation.COUNT:
            raise self._wanted("“.”")
        where = self._or() if self._took("where") else None
        self._expect(")")
        return Aggregate(aggregation, table.text, column, where, table.at)

    def _arguments(self) -> list[Expression]:
        found = [self._or()]
        while self._took(","):
            found.append(self._or())
        self._expect(")")
        return found

    def _exactly(self, function: Token, count: int) -> tuple[Expression, Expression, Expression]:
        found = self._arguments()
        if len(found) != count:
            raise FormulaError(
                "formula.arguments", function.at, function=function.text, wanted=count, found=len(found)
            )
        first, second, third = found
        return first, second, third

    def _take_name(self, wanted: str) -> Token:
        if self._here.kind is not Kind.NAME or self._here.text in _RESERVED:
            raise self._wanted(wanted)
        return self._take()

    def _whole_number(self) -> int:
        token = self._here
        if token.kind is not Kind.NUMBER or not token.text.isdigit() or int(token.text) > _MOST_DIGITS:
            raise self._wanted(say("formula.whole_number_wanted"))
        return int(self._take().text)
