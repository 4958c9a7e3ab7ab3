"""The large parts of an .xlsx file read piece by piece, faster than element by element.

What stands before and after the long content goes through the XML parser as ever. The content itself, rows or
shared strings, is cut at the ends of its elements, and whoever reads a piece must account for every character
of it: then nothing is taken that the parser would have refused. What is not of the ordinary form raises
UnusualError and is left to the parser.
"""

import codecs
import gc
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from xml.sax.handler import ContentHandler

from defusedxml.sax import make_parser, parseString

from chuyi_desktop.excel.xml_parts import TextsHandler

PIECE = 2**18
"""Bytes taken at a time."""
_LONGEST = 2**23
"""Characters that may pass without the end of an element."""
_ENCODING = re.compile(r"""encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
_NAME = r"[A-Za-z_][\w.\-]*(?::[A-Za-z_][\w.\-]*)?"
ATTRIBUTES = rf'(?: {_NAME}="[ !#-%\'-;=?-~]*")*'
"""Attributes as programs write them, in plain letters."""
_ATTRIBUTE_NAMES = re.compile(rf' ({_NAME})="[^"]*"', re.ASCII)
_CHARACTER = r"[^<&>\x00-\x08\x0b-\x1f\ufffe\uffff]"
TEXT = rf"{_CHARACTER}*+(?:&(?:amp|lt|gt|quot|apos|#[0-9]{{1,7}}|#x[0-9A-Fa-f]{{1,6}});{_CHARACTER}*+)*+"
"""Text without line ends or characters that a parser changes or refuses."""
SPACE = r"[ \t\n]*+"
_REFERENCE = re.compile(r"&[^;]*;")
_ALLOWED = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@contextmanager
def uncollected() -> Iterator[None]:
    """Python's collector of cycles rests meanwhile: it would walk all the new cells again and again, and
    reading a part makes no cycles. Of several threads the last that put it to rest may find it awake."""
    was_awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_awake:
            gc.enable()


class UnusualError(Exception):
    """A part is not of the ordinary form: nothing is wrong with it, but the XML parser must read it."""


def plain(text: str) -> str:
    """TEXT as the characters it stands for."""
    return _REFERENCE.sub(lambda match: _CHARACTERS[match[0]], text) if "&" in text else text


class _Characters(dict[str, str]):
    """Characters by their references."""

    def __missing__(self, reference: str) -> str:
        digits = reference[2:-1]
        code_point = int(digits[1:], 16) if digits.startswith("x") else int(digits)
        if code_point > sys.maxunicode or not _ALLOWED.fullmatch(chr(code_point)):
            raise UnusualError
        self[reference] = chr(code_point)
        return self[reference]


_CHARACTERS = _Characters({"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"})


def demand_once(attributes: str, *taken: str) -> None:
    """Raises UnusualError where an attribute of ATTRIBUTES comes twice, or is one of ``taken``."""
    names = [*taken, *_ATTRIBUTE_NAMES.findall(attributes)]
    if len(set(names)) != len(names):
        raise UnusualError


def contents(
    stream: IO[bytes], opening: re.Pattern[str], ending: str, closing: str, handler: ContentHandler
) -> Iterator[str]:
    """What stands between ``opening`` and ``closing``, cut behind ``ending``; all else goes to ``handler``.
    The last piece is what stands behind the last ``ending``."""
    parser = make_parser()
    parser.setContentHandler(handler)
    parser.forbid_dtd = True
    decoder = codecs.getincrementaldecoder("utf-8")()
    rest = decoder.decode(stream.read(PIECE))
    while (start := opening.search(rest)) is None:
        rest += _more(stream, decoder, rest)
    before, rest = rest[: start.end()], rest[start.end() :]
    # In a comment, say, the opening would be none.
    if "<!" in before or "<?" in before.lstrip("\ufeff")[2:] or _ENCODING.search(before):
        raise UnusualError
    parser.feed(before.encode())
    while (end := rest.find(closing)) < 0:
        cut = rest.rfind(ending) + len(ending)
        if cut >= len(ending):
            yield rest[:cut]
            rest = rest[cut:]
        rest += _more(stream, decoder, rest)
    cut = rest.rfind(ending, 0, end) + len(ending)
    if cut >= len(ending):
        yield rest[:cut]
        yield rest[cut:end]
    else:
        yield rest[:end]
    parser.feed(rest[end:].encode())
    while data := stream.read(PIECE):
        parser.feed(decoder.decode(data).encode())
    decoder.decode(b"", final=True)
    parser.close()


def _more(stream: IO[bytes], decoder: codecs.IncrementalDecoder, rest: str) -> str:
    data = stream.read(PIECE)
    if not data or len(rest) > _LONGEST:
        raise UnusualError
    return decoder.decode(data)


def parse_piece(text: str, element: str, handler: TextsHandler) -> None:
    """A piece that is not of the ordinary form, as the content of ``element``. A piece that ends within a
    comment or the like is no whole content, and the parser says so."""
    parseString(f"<{element}>{text}</{element}>".encode(), handler, forbid_dtd=True)
    if handler.collected():
        # Text of no cell and no string: the parser would put it before the next one.
        raise UnusualError
