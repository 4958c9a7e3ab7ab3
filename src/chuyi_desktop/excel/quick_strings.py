"""The shared strings as nearly every program writes them, read without an XML parser.

The result is that of :class:`StringsHandler`, which also reads every piece that is written otherwise: text in
several fonts, say.
"""

import re
from typing import IO
from xml.sax.xmlreader import AttributesImpl

from chuyi_desktop.excel.quick_parts import (
    ATTRIBUTES,
    SPACE,
    TEXT,
    UnusualError,
    contents,
    demand_once,
    parse_piece,
    plain,
)
from chuyi_desktop.excel.stored_cells import unescaped
from chuyi_desktop.excel.xml_parts import StringsHandler

_NOT_AROUND = frozenset({"si", "t", "rPh"})
_OPENING = re.compile(r"<sst(?:\s[^<>]*)?>(?<!/>)")
_STRING = re.compile(
    rf'{SPACE}<si><t(?: xml:space="preserve")?>({TEXT})</t>(?:<phoneticPr({ATTRIBUTES})/>)?', re.ASCII
)


def read_strings(stream: IO[bytes]) -> list[str]:
    """The shared strings of a part. Raises UnusualError, or what the parser raises, where the parser must
    read all of it."""
    handler = StringsHandler()
    for piece in contents(stream, _OPENING, "</si>", "</sst>", _Around()):
        _take(piece, handler)
    return handler.strings


class _Around(StringsHandler):
    """What stands around the strings; strings and texts have no place there."""

    def start(self, name: str, attrs: AttributesImpl) -> None:
        if name in _NOT_AROUND:
            raise UnusualError
        super().start(name, attrs)


def _take(piece: str, handler: StringsHandler) -> None:
    *written, rest = piece.split("</si>")
    found = []
    for one in written:
        match = _STRING.fullmatch(one)
        if match is None:
            parse_piece(piece, "sst", handler)
            return
        if match[2]:
            demand_once(match[2])
        found.append(unescaped(plain(match[1])))
    handler.strings += found
    if rest.strip(" \t\n"):
        parse_piece(rest, "sst", handler)
