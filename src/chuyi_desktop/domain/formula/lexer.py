"""Text of a formula to tokens; Chinese and typographic signs are read as their plain twins."""

import re
from dataclasses import dataclass
from enum import StrEnum

from chuyi_desktop.domain.errors import InputError

LONGEST = 2000
"""Characters a formula may have: packs come from outside and must not cost unbounded time."""
MOST_TOKENS = 400
"""Pieces a formula may have: bounds the depth of every tree far below Python's recursion limit."""


class FormulaError(InputError):
    """A formula that cannot be read; ``at`` is the character, from 1."""

    def __init__(self, code: str, at: int, **params: object) -> None:
        self.at = at
        super().__init__(code, details="", at=at, **params)


class Kind(StrEnum):
    """The kind of a token."""

    NUMBER = "number"
    TEXT = "text"
    NAME = "name"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a formula; ``at`` is its first character, from 1."""

    kind: Kind
    text: str
    at: int


_KINDS = {kind.value: kind for kind in Kind}
_SIGNS = {
    "×": "*",
    "÷": "/",
    "−": "-",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "==": "=",
    "<>": "!=",
    "（": "(",
    "）": ")",
    "，": ",",
    "＋": "+",
    "－": "-",
    "＝": "=",
    "＞": ">",
    "＜": "<",
    "％": "%",
}
WORDS = {
    "且": "and",
    "或": "or",
    "非": "not",
    "如果": "if",
    "其中": "where",
    "是": "true",
    "否": "false",
    "计数": "count",
    "不重复": "distinct",
    "求和": "sum",
    "最小": "min",
    "最大": "max",
    "平均": "avg",
    "四舍五入": "round",
    "往年": "years_back",
    "取年份": "year_of",
    "逐年增长": "rising",
    "逐年不降": "not_falling",
    "近年合计": "years_sum",
    "近年平均": "years_avg",
    "近年最小": "years_min",
}
"""Words of the language in Chinese: as good as the plain ones."""
_PATTERN = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<name>[^\W\d]\w*)
      | (?P<text>"[^"]*"|“[^”]*”)
      | (?P<sign><=|>=|!=|==|<>|[-+*/=<>(),.%×÷−≥≤≠（），＋－＝＞＜％])""",
    re.VERBOSE,
)


def tokens(formula: str) -> list[Token]:
    """All tokens of ``formula`` and an END. Raises FormulaError for a sign that is not of the language."""
    if len(formula) > LONGEST:
        raise FormulaError("formula.too_long", 1, length=len(formula), limit=LONGEST)
    found: list[Token] = []
    position = 0
    while position < len(formula):
        match = _PATTERN.match(formula, position)
        if match is None:
            open_quote = formula[position] in '"“'
            code = "formula.open_text" if open_quote else "formula.unknown_character"
            raise FormulaError(code, position + 1, found=formula[position])
        if match.lastgroup != "space":
            found.append(_token(match))
        position = match.end()
    if len(found) > MOST_TOKENS:
        raise FormulaError("formula.too_many", 1, count=len(found), limit=MOST_TOKENS)
    return [*found, Token(Kind.END, "", len(formula) + 1)]


def _token(match: re.Match[str]) -> Token:
    kind, text, at = _KINDS[match.lastgroup or ""], match.group(), match.start() + 1
    if kind is Kind.TEXT:
        return Token(kind, text[1:-1], at)
    if kind is Kind.SIGN:
        return Token(kind, _SIGNS.get(text, text), at)
    if kind is Kind.NAME:
        return Token(kind, WORDS.get(text, text), at)
    return Token(kind, text, at)
