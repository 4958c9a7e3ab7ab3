"""Expressions of an XLSForm in the formula language, as far as it has a word for them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from chuyi_desktop.packs.sheet_words import CellFault

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | \$\{\s*(?P<name>[^{}]{1,100}?)\s*\}
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<word>[A-Za-z_][A-Za-z_0-9\-]*)
      | (?P<sign><=|>=|!=|[-+*=<>(),.])""",
    re.VERBOSE,
)
_WORDS = {"div": "/", "and": "and", "or": "or", "not": "not"}
_FUNCTIONS = frozenset({"if", "round", "min", "max", "sum", "count", "selected", "number", "not"})
_OVER_ROWS = frozenset({"sum", "min", "max"})
_CONSTANTS = frozenset({"true", "false"})
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Names:
    """What ``${…}`` stands for: ids by name, the roster of each column, rosters, ids of options by name."""

    ids: Mapping[str, str]
    roster_of: Mapping[str, str]
    rosters: Mapping[str, str]
    options: Mapping[str, str]


def translated(text: str, own: str, names: Names) -> str:
    """``text`` as a formula; ``own`` is the question it stands at, which ``.`` means. Raises CellFault."""
    if len(text) > LONGEST:
        raise CellFault("formula.too_long", length=len(text), limit=LONGEST)
    writer = _Writer(own, names)
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise CellFault("sheets.xlsform_sign", found=text[position])
        writer.take(match, text[match.end() :].lstrip())
        position = match.end()
    return " ".join(writer.found)


class _Writer:
    """Pieces one after the other; ``open`` has the function of every bracket that is open."""

    def __init__(self, own: str, names: Names) -> None:
        self._own, self._names = own, names
        self.found: list[str] = []
        self._open: list[str] = []
        self._function = ""
        self._skipped = 0

    def take(self, match: re.Match[str], rest: str) -> None:
        """One piece of the expression."""
        kind = match.lastgroup
        function, self._function = self._function, "" if kind != "space" else self._function
        if kind == "name":
            self.found.append(self._name(match["name"]))
        elif kind == "text":
            self.found.append(self._text(match["text"][1:-1]))
        elif kind == "number":
            self.found.append(match["number"])
        elif kind == "word":
            self._word(match["word"], rest)
        elif kind == "sign":
            self._sign(match["sign"], function)

    def _name(self, name: str) -> str:
        around = self._open[-1] if self._open else ""
        if around == "count" and name in self._names.rosters:
            return self._names.rosters[name]
        if name not in self._names.ids:
            raise CellFault("sheets.xlsform_name", found=name)
        key, roster = self._names.ids[name], self._names.roster_of.get(name)
        return f"{roster}.{key}" if roster is not None and around in _OVER_ROWS else key

    def _text(self, text: str) -> str:
        if not text:
            raise CellFault("sheets.xlsform_blank")
        return f'"{self._names.options.get(text, text)}"'

    def _word(self, word: str, rest: str) -> None:
        if rest.startswith("("):
            if word in _CONSTANTS and rest[1:].lstrip().startswith(")"):
                self.found.append(word)
                self._skipped = 2
            elif word in _FUNCTIONS:
                self._function = word
                self.found += [] if word in {"selected", "number"} else [word]
            else:
                raise CellFault("sheets.xlsform_function", found=word)
        elif word in _WORDS:
            self.found.append(_WORDS[word])
        else:
            raise CellFault("sheets.xlsform_function", found=word)

    def _sign(self, sign: str, function: str) -> None:
        if self._skipped and sign in "()":
            # The brackets of true() and false().
            self._skipped -= 1
            return
        if sign == "(":
            self._open.append(function)
        elif sign == ")" and self._open:
            self._open.pop()
        elif sign == "," and self._open and self._open[-1] == "selected":
            sign = "="
        elif sign == ".":
            sign = self._own
        self.found.append(sign)
