"""The everyday part of YAML, read in a tenth of the time a whole YAML parser takes.

It reads what packs are made of: block mappings and lists, scalars on one line, quoted scalars without
escapes, flow mappings and lists, ``|`` and ``>`` blocks. At anything else, right or wrong, it gives up, and
the whole parser reads the file instead and says what is wrong. A test holds both against each other.
"""

import re

from chuyi_desktop.packs.scalars import plain_scalar

_UNUSUAL = re.compile(
    "[^\n\\x20-\\x7e\\xa1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_.\-]{0,99}):(?: +(.*))?$")
_QUOTED = re.compile(r"""(?:'((?:[^']|'')*)'|"([^"\\]*)")(?: +#.*)?$""")
_BLOCK = re.compile(r"([|>])(-?)(?: +#.*)?$")
_FLOW = re.compile(
    r""" +(?!\#)|([\[\]{},])|([A-Za-z_][A-Za-z0-9_.\-]{0,99}):(?:\ |$)|'((?:[^']|'')*)'|"([^"\\]*)"|"""
    r"""((?:[^\s\[\]{},\#&*!|>'"%@`\-?:]|-(?=\d))[^\[\]{},:?\#]*)"""
)
_BARRED = frozenset("-?:,[]{}#&*!|>'\"%@`")
"""What an unquoted scalar cannot begin with; a minus sign before a digit can."""
DEEPEST = 20
"""Levels of nesting; a real pack has at most ten."""
MOST_PIECES = 50_000
"""Mappings, lists and scalars a file may have."""


class GiveUp(Exception):  # noqa: N818  # not a failure: the whole parser takes over
    """Beyond the everyday part of YAML."""


def read_quickly(text: str) -> object:
    """``text`` as plain data. Raises GiveUp where the whole parser has to look."""
    if _UNUSUAL.search(text):
        raise GiveUp
    reader = _Reader(text.split("\n"))
    data = reader.block(0) if reader.indent >= 0 else None
    if reader.indent >= 0 or reader.pieces > MOST_PIECES:
        raise GiveUp
    return data


class _Reader:
    """Stands at a line that says something; ``indent`` is -1 behind the last."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = -1
        self.indent = 0
        self._content = ""
        self.pieces = 0
        self._depth = 0
        self._advance()

    def _advance(self) -> None:
        """To the next line that is neither blank nor a comment."""
        lines, at = self._lines, self._at + 1
        while at < len(lines):
            content = lines[at].strip(" ")
            if content and content[0] != "#":
                self.indent = len(lines[at]) - len(lines[at].lstrip(" "))
                self._content = content
                self._at = at
                return
            at += 1
        self._at, self.indent, self._content = at, -1, ""

    def block(self, indent: int) -> object:
        """The mapping or list that begins here, ``indent`` deep."""
        if self.indent != indent:
            raise GiveUp
        self._depth += 1
        if self._depth > DEEPEST - 2:
            raise GiveUp
        found = self._list(indent) if self._content.startswith("- ") else self._mapping(indent)
        self._depth -= 1
        return found

    def _mapping(self, indent: int) -> dict[str, object]:
        found: dict[str, object] = {}
        while self.indent == indent:
            match = _KEY.match(self._content)
            if match is None or match[1] in found:
                raise GiveUp
            found[match[1]] = self._value(match[2] or "", indent, in_mapping=True)
        if self.indent > indent:
            raise GiveUp
        self.pieces += 2 * len(found) + 1
        return found

    def _list(self, indent: int) -> list[object]:
        found: list[object] = []
        while self.indent == indent and self._content.startswith("- "):
            item = self._content[2:].lstrip(" ")
            if _KEY.match(item):
                # A mapping that begins behind the dash.
                self.indent = indent + len(self._content) - len(item)
                self._content = item
                found.append(self.block(self.indent))
            else:
                found.append(self._value(item, indent, in_mapping=False))
        if self.indent > indent:
            raise GiveUp
        self.pieces += len(found) + 1
        return found

    def _value(self, rest: str, indent: int, *, in_mapping: bool) -> object:
        first = rest[:1]
        if first in {"", "#"}:
            if not in_mapping:
                raise GiveUp
            return self._below(indent)
        if first in {"|", ">"}:
            return self._text(rest, indent)
        if first in {"[", "{"}:
            return self._flow(rest, indent)
        value = _quoted(rest) if first in {"'", '"'} else _plain(rest)
        self._advance()
        if self.indent > indent:
            # The scalar goes on in the next line.
            raise GiveUp
        return value

    def _below(self, indent: int) -> object:
        """The value of a key with nothing behind it."""
        self._advance()
        if self.indent > indent:
            return self.block(self.indent)
        if self.indent == indent and self._content.startswith("- "):
            return self.block(indent)
        return None

    def _text(self, header: str, indent: int) -> str:
        match = _BLOCK.match(header)
        if match is None:
            raise GiveUp
        lines, at = self._lines, self._at + 1
        inner = len(lines[at]) - len(lines[at].lstrip(" ")) if at < len(lines) else 0
        if inner <= indent or not lines[at].strip(" "):
            raise GiveUp
        taken: list[str] = []
        while at < len(lines):
            line = lines[at]
            if line and not line.startswith(" " * inner):
                break
            if line != line.rstrip(" ") or (match[1] == ">" and line[inner : inner + 1] == " "):
                raise GiveUp
            taken.append(line[inner:])
            at += 1
        # A last line without its end has no line break to keep.
        endless = at == len(lines) and bool(taken[-1])
        self._at = at - 1
        self._advance()
        if self.indent > indent or endless:
            raise GiveUp
        while not taken[-1]:
            taken.pop()
        text = "\n".join(taken) if match[1] == "|" else _folded(taken)
        return text if match[2] else text + "\n"

    def _flow(self, rest: str, indent: int) -> object:
        tokens = _Tokens(self._lines, self._at, rest, indent)
        value = self._flow_value(tokens, tokens.take(), self._depth)
        self._at = tokens.finish()
        self._advance()
        if self.indent > indent:
            raise GiveUp
        return value

    def _flow_value(self, tokens: "_Tokens", token: "_Token", depth: int) -> object:
        kind, value = token
        if kind == "scalar":
            return value
        if depth > DEEPEST - 2 or kind not in {"[", "{"}:
            raise GiveUp
        return self._flow_list(tokens, depth) if kind == "[" else self._flow_mapping(tokens, depth)

    def _flow_list(self, tokens: "_Tokens", depth: int) -> list[object]:
        found: list[object] = []
        token = tokens.take()
        if token[0] == "]":
            return found
        while True:
            found.append(self._flow_value(tokens, token, depth + 1))
            self.pieces += 1
            if _goes_on(tokens, "]"):
                token = tokens.take()
            else:
                return found

    def _flow_mapping(self, tokens: "_Tokens", depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        kind, key = tokens.take()
        if kind == "}":
            return found
        while True:
            if kind != "key" or not isinstance(key, str) or key in found:
                raise GiveUp
            found[key] = self._flow_value(tokens, tokens.take(), depth + 1)
            self.pieces += 2
            if _goes_on(tokens, "}"):
                kind, key = tokens.take()
            else:
                return found


_Token = tuple[str, object]


def _goes_on(tokens: "_Tokens", closing: str) -> bool:
    kind = tokens.take()[0]
    if kind not in {",", closing}:
        raise GiveUp
    return kind == ","


class _Tokens:
    """The tokens of a flow mapping or list, which may go over several lines."""

    def __init__(self, lines: list[str], at: int, rest: str, indent: int) -> None:
        self._lines = lines
        self._line = at
        self._rest = rest
        self._place = 0
        self._indent = indent

    def take(self) -> _Token:
        """The next token."""
        while True:
            if self._place >= len(self._rest):
                self._next_line()
            match = _FLOW.match(self._rest, self._place)
            if match is None:
                raise GiveUp
            self._place = match.end()
            sign, key, single, double, plain = match.groups()
            if sign:
                return sign, None
            if key:
                return "key", key
            if single is not None:
                return "scalar", single.replace("''", "'")
            if double is not None:
                return "scalar", double
            if plain is not None:
                return "scalar", _plain(plain.rstrip(" "))

    def _next_line(self) -> None:
        self._line += 1
        if self._line >= len(self._lines):
            raise GiveUp
        line = self._lines[self._line]
        self._rest = line.strip(" ")
        self._place = 0
        if not self._rest or self._rest[0] == "#" or len(line) - len(line.lstrip(" ")) <= self._indent:
            raise GiveUp

    def finish(self) -> int:
        """The line on which it ends, with nothing behind it but a comment."""
        behind = self._rest[self._place :].lstrip(" ")
        if behind and not (behind[0] == "#" and self._rest[self._place] == " "):
            raise GiveUp
        return self._line


def _quoted(rest: str) -> str:
    match = _QUOTED.match(rest)
    if match is None:
        raise GiveUp
    return match[2] if match[1] is None else match[1].replace("''", "'")


def _plain(rest: str) -> object:
    comment = rest.find(" #")
    text = rest if comment < 0 else rest[:comment].rstrip(" ")
    if (
        ": " in text
        or text[-1] == ":"
        or (text[0] in _BARRED and not (text[0] == "-" and text[1:2].isdigit()))
    ):
        raise GiveUp
    return plain_scalar(text)


def _folded(lines: list[str]) -> str:
    """Lines joined by blanks; a blank line is a line break."""
    text, gap = lines[0], 0
    for line in lines[1:]:
        if not line:
            gap += 1
            continue
        text += ("\n" * gap if gap else " ") + line
        gap = 0
    return text
