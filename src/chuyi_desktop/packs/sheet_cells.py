"""One cell of a pack's workbook, both ways: what stands in the YAML file and what people read and type."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Protocol

from chuyi_desktop.domain.formula import FormulaError
from chuyi_desktop.domain.values import canonical
from chuyi_desktop.domain.wording import say
from chuyi_desktop.packs.nearest import listed
from chuyi_desktop.packs.sheet_words import CellFault, Lexicon, Vocabulary, split_list

_NUMBER = re.compile(r"[-+]?\d{1,31}(?:\.\d{1,30})?")
_WHOLE = re.compile(r"\d{1,9}")


class Codec(Protocol):
    """A kind of cell. ``late``: it can be read only when all names are known. ``table`` is the roster that
    the cell's row is about, empty for most."""

    @property
    def late(self) -> bool:
        """Whether reading needs the names that other sheets define."""

    def show(self, value: object, words: Vocabulary, table: str = "") -> str:
        """``value`` of the file as a cell has it."""

    def read(self, text: str, words: Vocabulary, table: str = "") -> object:
        """What the file has for ``text``. Raises CellFault."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A text."""

    late: bool = False

    def show(self, value: object, words: Vocabulary, table: str = "") -> str:
        """As it is."""
        del words, table
        return str(value)

    def read(self, text: str, words: Vocabulary, table: str = "") -> object:
        """As it is."""
        del words, table
        return text


@dataclass(frozen=True, slots=True)
class Number:
    """A number, exact; ``whole`` ones count."""

    whole: bool = False
    late: bool = False

    def show(self, value: object, words: Vocabulary, table: str = "") -> str:
        """Without thousands separators."""
        del words, table
        return canonical(value) if isinstance(value, Decimal) else str(value)

    def read(self, text: str, words: Vocabulary, table: str = "") -> object:
        """Separators and a per cent sign are understood: 20% is 20."""
        del words, table
        plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
        if self.whole:
            if not _WHOLE.fullmatch(plain):
                raise CellFault("sheets.whole_number", found=text)
            return int(plain)
        plain = plain.removesuffix("%").strip()
        if not _NUMBER.fullmatch(plain):
            raise CellFault("sheets.number", found=text)
        try:
            number = Decimal(plain)
        except InvalidOperation:  # pragma: no cover  # the pattern lets numbers through only
            raise CellFault("sheets.number", found=text) from None
        return int(number) if number == number.to_integral_value() else number


@dataclass(frozen=True, slots=True)
class Options:
    """One of some words; ``group`` is where the message table has them."""

    group: str
    values: tuple[object, ...]
    late: bool = False

    def label(self, value: object) -> str:
        """The word for a value."""
        return say(f"sheets.option.{self.group}.{_code(value)}")

    @property
    def labels(self) -> tuple[str, ...]:
        """All words, in order."""
        return tuple(self.label(value) for value in self.values)

    def show(self, value: object, words: Vocabulary, table: str = "") -> str:
        """The word for it; as it is where there is none."""
        del words, table
        return self.label(value) if value in self.values else str(value)

    def read(self, text: str, words: Vocabulary, table: str = "") -> object:
        """The value for a word, or for the value as the file has it."""
        del words, table
        for value in self.values:
            if _same(text, self.label(value)) or _same(text, str(value)):
                return value
        raise CellFault("sheets.not_an_option", found=text, options=listed(self.labels))


_CODES = {">=": "at_least", "<=": "at_most", ">": "more", "<": "less", "=": "equal", "!=": "unequal"}


def _code(value: object) -> str:
    return _CODES.get(str(value), str(value).lower().replace("-", "_"))


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "").casefold()


YES_NO = Options("yes_no", (True, False))


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, shown in Chinese."""

    late: bool = True

    def show(self, value: object, words: Vocabulary, table: str = "") -> str:
        """In Chinese; as it is where it cannot be read."""
        try:
            return words.formula_shown(str(value), table)
        except FormulaError:
            return str(value)

    def read(self, text: str, words: Vocabulary, table: str = "") -> object:
        """By ids."""
        try:
            return words.formula_meant(text, table)
        except FormulaError as error:
            raise CellFault(error.code, **error.params) from None


@dataclass(frozen=True, slots=True)
class Named:
    """Something by its name: a ``document``, a ``table``, an ``indicator`` or a ``column`` of the row's
    roster; several where ``many``."""

    kind: str
    many: bool = False
    late: bool = True

    def _lexicon(self, words: Vocabulary, table: str) -> Lexicon:
        match self.kind:
            case "column":
                return words.columns(table)
            case "document":
                return words.document_names
            case "table":
                return words.table_names
            case _:
                return words.indicator_names

    def show(self, value: object, words: Vocabulary, table: str = "") -> str:
        """By name where that is clear."""
        lexicon = self._lexicon(words, table)
        if not self.many:
            return lexicon.shown(str(value))
        if not value:
            return say("sheets.none")
        keys = [str(key) for key in value] if isinstance(value, list) else [str(value)]
        return "\n".join(lexicon.shown(key) for key in keys)

    def read(self, text: str, words: Vocabulary, table: str = "") -> object:
        """The id, or the ids, one a line: names may have a comma in them."""
        lexicon = self._lexicon(words, table)
        if not self.many:
            return lexicon.meant(text)
        return [lexicon.meant(word) for word in _lines(text)]


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids, one after the other."""

    late: bool = False

    def show(self, value: object, words: Vocabulary, table: str = "") -> str:
        """With 、 between them."""
        del words, table
        return listed(str(key) for key in value) if isinstance(value, list) and value else say("sheets.none")

    def read(self, text: str, words: Vocabulary, table: str = "") -> object:
        """However they are set apart."""
        del words, table
        return [] if text == say("sheets.none") else list(split_list(text))


@dataclass(frozen=True, slots=True)
class Lines:
    """Texts, one a line."""

    late: bool = False

    def show(self, value: object, words: Vocabulary, table: str = "") -> str:
        """One a line."""
        del words, table
        return (
            "\n".join(str(text) for text in value)
            if isinstance(value, list) and value
            else say("sheets.none")
        )

    def read(self, text: str, words: Vocabulary, table: str = "") -> object:
        """One a line."""
        del words, table
        return _lines(text)


@dataclass(frozen=True, slots=True)
class Pairs:
    """``id: text`` or ``id: number``, one a line."""

    numbers: bool = False
    late: bool = False

    def show(self, value: object, words: Vocabulary, table: str = "") -> str:
        """One a line."""
        del words, table
        pairs = value.items() if isinstance(value, Mapping) else ()
        return "\n".join(f"{key}: {text}" for key, text in pairs)

    def read(self, text: str, words: Vocabulary, table: str = "") -> object:
        """One a line, with a colon of either width."""
        del table
        found: dict[str, object] = {}
        for line in _lines(text):
            key, rest = (part.strip() for part in [*re.split("[:：]", line, maxsplit=1), ""][:2])
            if not key or not rest:
                raise CellFault("sheets.pair", found=line)
            if key in found:
                raise CellFault("sheets.pair_twice", found=key)
            found[key] = Number(whole=True).read(rest, words) if self.numbers else rest
        return found


def _lines(text: str) -> list[str]:
    return [] if text == say("sheets.none") else [line.strip() for line in text.split("\n") if line.strip()]


TEXT, NUMBER, WHOLE, FORMULA, IDS, LINES = Plain(), Number(), Number(whole=True), Formula(), Ids(), Lines()
