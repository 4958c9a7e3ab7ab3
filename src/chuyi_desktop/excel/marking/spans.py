"""An XML part as bytes with places: elements are found where they stand and changes spliced in, so that
everything that nobody asked to change stays byte for byte."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape, quoteattr

_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Element:
    """Where an element stands: ``start`` of its tag, ``inside`` after that tag, ``close`` at its end tag and
    ``end`` after it; ``close`` is ``end`` for ``<a/>``. ``prefix`` is ``x:`` where names have one."""

    name: str
    prefix: str
    attributes: Mapping[str, str]
    depth: int
    start: int
    inside: int
    close: int = -1
    end: int = -1

    @property
    def is_empty(self) -> bool:
        """Whether it was written ``<a/>``."""
        return self.close == self.end


Wanted = Callable[[str, Mapping[str, str]], bool]
"""Whether an element of that name and attributes is to be kept."""


def everything(name: str, attributes: Mapping[str, str]) -> bool:
    """Every element."""
    del name, attributes
    return True


class XmlPart:
    """The bytes of a part, its elements in order, and the splices to be made. Raises ValueError for what is
    no well-formed XML or carries a document type."""

    def __init__(self, data: bytes, wanted: Wanted = everything) -> None:
        self.data = as_utf8(data)
        self.elements: list[Element] = []
        self._splices: list[tuple[int, int, bytes]] = []
        self._read(wanted)

    def all(self, name: str, within: Element | None = None) -> list[Element]:
        """Every element of that name, of ``within`` where given."""
        low, high = (0, len(self.data)) if within is None else (within.start, within.end)
        return [each for each in self.elements if each.name == name and low <= each.start < high]

    def first(self, name: str) -> Element | None:
        """The first element of that name."""
        return next((each for each in self.elements if each.name == name), None)

    def raw(self, element: Element) -> bytes:
        """The element as it was written."""
        return self.data[element.start : element.end]

    def insert(self, at: int, text: str | bytes) -> None:
        """Put ``text`` at a place; what is put at one place later comes later."""
        self.replace(at, at, text)

    def replace(self, start: int, end: int, text: str | bytes) -> None:
        """Put ``text`` in the place of a stretch."""
        self._splices.append((start, end, text.encode() if isinstance(text, str) else text))

    def append(self, parent: Element, text: str) -> None:
        """Put ``text`` at the end of what ``parent`` holds."""
        if not parent.is_empty:
            self.insert(parent.close, text)
            return
        head = self.data[parent.start : parent.end].rstrip()
        opened = head[: head.rindex(b"/")] + b">"
        self.replace(
            parent.start, parent.end, opened + text.encode() + f"</{parent.prefix}{parent.name}>".encode()
        )

    def set_attribute(self, element: Element, name: str, value: str) -> None:
        """Give the element's tag an attribute, in place of the one it may have."""
        tag = self.data[element.start : element.inside]
        self.replace(element.start, element.inside, with_attribute(tag, name, value))

    def result(self) -> bytes:
        """The part with all splices made."""
        pieces, at = [], 0
        for start, end, text in sorted(self._splices, key=lambda splice: splice[:2]):
            if start < at:
                raise ValueError(f"splices overlap at byte {start}")
            pieces += [self.data[at:start], text]
            at = end
        return b"".join([*pieces, self.data[at:]])

    def _read(self, wanted: Wanted) -> None:
        parser = ParserCreate()
        parser.buffer_text = True
        open_: list[Element | None] = []

        def opened(raw: str, attributes: dict[str, str]) -> None:
            prefix, _, name = raw.rpartition(":")
            element = None
            if wanted(name, attributes):
                start = parser.CurrentByteIndex
                inside = _tag_end(self.data, start)
                element = Element(name, f"{prefix}:" if prefix else "", attributes, len(open_), start, inside)
                self.elements.append(element)
            open_.append(element)

        def closed(raw: str) -> None:
            del raw
            element = open_.pop()
            if element is None:
                return
            at = parser.CurrentByteIndex
            if at == element.start or self.data[element.inside - 2 : element.inside] == b"/>":
                element.close = element.end = element.inside
            else:
                element.close, element.end = at, self.data.index(b">", at) + 1

        def refused(*_: object) -> None:
            raise ValueError("a document type")

        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
        parser.StartDoctypeDeclHandler = refused
        try:
            parser.Parse(self.data, True)  # noqa: FBT003  # expat takes it by place only
        except ExpatError as error:
            raise ValueError(str(error)) from error


def as_utf8(data: bytes) -> bytes:
    """The part in UTF-8 without a byte order mark: places in it are then bytes of what expat reads."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    declared = _DECLARATION.match(data)
    if not encoding and declared is not None:
        named = _ENCODING.search(declared.group())
        encoding = named.group(1).decode("ascii").lower() if named else ""
    if encoding in {"", "utf-8", "utf8", "us-ascii"}:
        return data
    text = data.decode(encoding).removeprefix("\ufeff").encode()
    return _HEAD + text[match.end() :].lstrip() if (match := _DECLARATION.match(text)) else _HEAD + text


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """A start tag with an attribute set."""
    written = f" {name}={quoteattr(value)}".encode()
    there = re.compile(rb"""\s%s\s*=\s*("[^"]*"|'[^']*')""" % re.escape(name.encode()))
    if there.search(tag):
        return there.sub(lambda _: written, tag, count=1)
    return re.sub(rb"\s*(/?>)$", lambda match: written + match.group(1), tag, count=1)


def text(words: str) -> str:
    """Words as XML text; what XML cannot hold is shown as a replacement character."""
    return escape(_UNWRITABLE.sub("�", words))


def attribute(words: str) -> str:
    """Words as a quoted attribute value."""
    return quoteattr(_UNWRITABLE.sub("�", words))


def _tag_end(data: bytes, start: int) -> int:
    """After the ``>`` of the tag that begins at ``start``; one in quotation marks does not count."""
    at, quote = start, 0
    while at < len(data):
        byte = data[at]
        if quote:
            quote = 0 if byte == quote else quote
        elif byte in b"\"'":
            quote = byte
        elif byte == ord(">"):
            return at + 1
        at += 1
    raise ValueError("a tag without an end")
