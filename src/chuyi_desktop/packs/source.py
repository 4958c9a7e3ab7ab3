"""One YAML file as plain data that remembers where each piece stood.

Packs come from outside, so only the plain part of YAML is read: mappings, lists and scalars. Tags,
anchors, aliases and several documents are refused, and size, depth and number of pieces are bounded.
Numbers become exact decimals, never binary floats.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from chuyi_desktop.domain.problem import Place, Problem
from chuyi_desktop.packs.quick import DEEPEST, MOST_PIECES, GiveUp, read_quickly
from chuyi_desktop.packs.scalars import plain_scalar
from chuyi_desktop.packs.spot import Steps

LARGEST = 512 * 1024
"""Bytes a file may have: many times the longest real pack."""

_TAB_IS_THERE = re.compile(r"^\s*\t")


@dataclass(frozen=True, slots=True)
class _Text:
    """Where a scalar stood in the file: from ``start`` to ``end``, in which style."""

    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class _Positions:
    """Where keys, values and scalars of a file stand."""

    keys: Mapping[Steps, tuple[int, int]]
    values: Mapping[Steps, tuple[int, int]]
    texts: Mapping[Steps, _Text]


class Source:
    """A file that was read: ``data`` of dict, list, str, int, Decimal, bool and None. Where its pieces stand
    is found out when it is first asked: a file without mistakes never needs it."""

    def __init__(self, file: str, text: str, data: object, positions: _Positions | None = None) -> None:
        self.file = file
        self.text = text
        self.data = data
        self._positions = positions

    @property
    def positions(self) -> _Positions:
        """Where its pieces stand."""
        if self._positions is None:
            builder = _Builder(self.text, self.file, [])
            builder.document()
            self._positions = _Positions(builder.keys, builder.values, builder.texts)
        return self._positions

    def place(self, steps: Steps) -> Place:
        """Where the value at ``steps`` begins; of what contains it where there is no such value."""
        values = self.positions.values
        while steps and steps not in values:
            steps = steps[:-1]
        line, column = values.get(steps, (1, 1))
        return Place(file=self.file, line=line, column=column)

    def key_place(self, steps: Steps) -> Place:
        """Where the key of ``steps`` stands."""
        keys = self.positions.keys
        if steps not in keys:
            return self.place(steps)
        line, column = keys[steps]
        return Place(file=self.file, line=line, column=column)

    def place_in(self, steps: Steps, at: int) -> Place:
        """Where character ``at`` (from 1) of the text at ``steps`` stands."""
        written = self.positions.texts.get(steps)
        value = self._value(steps)
        if written is None or not isinstance(value, str):
            return self.place(steps)
        index = self._index(written, value, at)
        line = self.text.count("\n", 0, index) + 1
        return Place(file=self.file, line=line, column=index - (self.text.rfind("\n", 0, index) + 1) + 1)

    def _index(self, written: _Text, value: str, at: int) -> int:
        """The position in the file of a character of a scalar's value. Line folding changes blanks only,
        so the n-th character that is no blank of the value is the n-th such one as written."""
        start = written.start
        if written.style in {"|", ">"}:
            start = self.text.find("\n", start) + 1
        elif written.style:
            start += 1
        wanted = sum(1 for character in value[: at - 1] if not character.isspace())
        for index in range(start, written.end):
            if self.text[index].isspace() or (written.style == '"' and self.text[index] == "\\"):
                continue
            if wanted == 0:
                return index
            wanted -= 1
        return written.end

    def _value(self, steps: Steps) -> object:
        found: object = self.data
        for step in steps:
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
        return found


class _Refused(Exception):  # noqa: N818  # not a failure of the program: caught within this module
    """The file goes beyond the plain part of YAML."""

    def __init__(self, code: str, line: int, column: int, **params: object) -> None:
        super().__init__(code)
        self.code, self.line, self.column, self.params = code, line, column, params


def read_source(path: Path, file: str, problems: list[Problem]) -> Source | None:
    """The file at ``path``, called ``file`` in messages; None, with its problem noted, where unreadable."""
    try:
        if path.stat().st_size > LARGEST:
            problems.append(_problem(file, "packs.too_large", limit=LARGEST // 1024))
            return None
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        problems.append(_problem(file, "packs.unreadable", reason=error.strerror or type(error).__name__))
        return None
    except UnicodeDecodeError:
        problems.append(_problem(file, "packs.not_utf8"))
        return None
    return read_text(text, file, problems)


def read_text(text: str, file: str, problems: list[Problem]) -> Source | None:
    """``text`` of a file; None, with its problem noted, if it is not plain YAML."""
    try:
        return Source(file, text, read_quickly(text))
    except GiveUp:
        return read_wholly(text, file, problems)


def read_wholly(text: str, file: str, problems: list[Problem]) -> Source | None:
    """The same, with the whole YAML parser: slower, and able to say what is wrong."""
    builder = _Builder(text, file, problems)
    try:
        data = builder.document()
    except _Refused as refused:
        place = Place(file=file, line=refused.line, column=refused.column)
        problems.append(Problem(refused.code, place=place, params=refused.params))
        return None
    except YAMLError as error:
        problems.append(_yaml_problem(file, text, error))
        return None
    return Source(file, text, data, _Positions(builder.keys, builder.values, builder.texts))


def _problem(file: str, code: str, line: int = 1, column: int = 1, **params: object) -> Problem:
    return Problem(code, place=Place(file=file, line=line, column=column), params=params)


def _yaml_problem(file: str, text: str, error: YAMLError) -> Problem:
    if isinstance(error, ReaderError):
        before = text[: int(error.position)]
        column = len(before) - before.rfind("\n")
        code_point = f"U+{ord(text[int(error.position)]):04X}"
        return _problem(file, "packs.control", before.count("\n") + 1, column, code_point=code_point)
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    if mark is None:
        return _problem(file, "packs.not_yaml")
    line, column = int(mark.line) + 1, int(mark.column) + 1
    lines = text.split("\n")
    written = lines[line - 1] if line <= len(lines) else ""
    return _problem(file, "packs.tab" if _TAB_IS_THERE.match(written) else "packs.not_yaml", line, column)


_CONTENT = NodeEvent | SequenceEndEvent | MappingEndEvent


class _Builder:
    """Events of the YAML parser to plain data, with a limit on each kind of excess."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self._file = file
        self._problems = problems
        self.keys: dict[Steps, tuple[int, int]] = {}
        self.values: dict[Steps, tuple[int, int]] = {}
        self.texts: dict[Steps, _Text] = {}
        self._events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)
        self._pieces = 0
        self._documents = 0

    def document(self) -> object:
        """The only document; None for an empty file."""
        event = self._next_node()
        data = None if event is None else self._node(event, (), 0)
        if (extra := self._next_node()) is not None:
            raise _Refused("packs.several_documents", *_mark(extra))
        return data

    def _next_node(self) -> Event | None:
        """The next event about content, past those about the stream and its documents."""
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    raise _Refused("packs.several_documents", *_mark(event))
                if event.tags or event.version:
                    raise _Refused("packs.directive", *_mark(event))
            if isinstance(event, _CONTENT):
                return event
        return None

    def _take(self) -> Event:
        event = self._next_node()
        if event is None:  # pragma: no cover  # the parser balances its events
            raise _Refused("packs.not_yaml", 1, 1)
        return event

    def _node(self, event: Event, steps: Steps, depth: int) -> object:
        self._admit(event, depth)
        self.values[steps] = _mark(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(steps, depth)
        if isinstance(event, SequenceStartEvent):
            return self._list(steps, depth)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, steps)
        raise _Refused("packs.not_yaml", *_mark(event))

    def _admit(self, event: Event, depth: int) -> None:
        self._pieces += 1
        if self._pieces > MOST_PIECES:
            raise _Refused("packs.too_many_pieces", *_mark(event), limit=MOST_PIECES)
        if depth > DEEPEST:
            raise _Refused("packs.too_deep", *_mark(event), limit=DEEPEST)
        if isinstance(event, NodeEvent) and event.anchor is not None:
            raise _Refused("packs.alias", *_mark(event), name=_short(str(event.anchor)))
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag is not None:
            raise _Refused("packs.tag", *_mark(event), name=_short(str(event.tag)))

    def _mapping(self, steps: Steps, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := self._take(), MappingEndEvent):
            self._admit(event, depth)
            if not isinstance(event, ScalarEvent):
                raise _Refused("packs.key_not_text", *_mark(event))
            key = str(event.value)
            if key in found:
                self._key_twice(event, (*steps, key))
                continue
            self.keys[(*steps, key)] = _mark(event)
            found[key] = self._node(self._take(), (*steps, key), depth + 1)
        return found

    def _key_twice(self, event: ScalarEvent, steps: Steps) -> None:
        """Note a key that was there before, whose first value stays, and read past its second value."""
        first = self.keys[steps][0]
        key = _short(str(steps[-1]))
        self._problems.append(_problem(self._file, "packs.key_twice", *_mark(event), key=key, first=first))
        self._node(self._take(), (*steps, "second"), len(steps))

    def _list(self, steps: Steps, depth: int) -> list[object]:
        found: list[object] = []
        while not isinstance(event := self._take(), SequenceEndEvent):
            found.append(self._node(event, (*steps, len(found)), depth + 1))
        return found

    def _scalar(self, event: ScalarEvent, steps: Steps) -> object:
        text, style = str(event.value), str(event.style or "")
        self.texts[steps] = _Text(int(event.start_mark.index), int(event.end_mark.index), style)
        return text if style else plain_scalar(text)


def _mark(event: Event) -> tuple[int, int]:
    return int(event.start_mark.line) + 1, int(event.start_mark.column) + 1


def _short(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"
