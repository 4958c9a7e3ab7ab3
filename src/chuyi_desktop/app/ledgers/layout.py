"""How a ledger's sheet is understood: where its heads are and what each column means, each with the reason,
so that the clerk can correct it. Values only; ``ledgers.guess`` makes the first one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from chuyi_desktop.app.ledgers.ports import CellRule, Share
from chuyi_desktop.domain.wording import say

INDICATORS = "indicators"
"""What a ledger of indicators goes into; every other target is the id of a 明细表."""


AS_THE_FIELD = CellRule()


class Role(StrEnum):
    """What a column of an indicator ledger is for, where it is no value."""

    NAME = "#name"
    UNIT = "#unit"
    NOTE = "#note"


VALUE_PREFIX = "#value"
"""``#value@2025`` is the target of a column with values of 2025."""


def value_target(year: int) -> str:
    """The target of a column that holds the values of ``year``."""
    return f"{VALUE_PREFIX}@{year}"


def year_of(target: str) -> int | None:
    """The year of a column of values; None for any other target."""
    prefix, _, year = target.partition("@")
    return int(year) if prefix == VALUE_PREFIX and year.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Why:
    """A reason, in the user's words."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.code, self.params)


class Trust(StrEnum):
    """How sure a match is."""

    CERTAIN = "certain"
    """The same words, or the clerk said so."""
    LIKELY = "likely"
    """Near enough to be taken; shown for checking."""
    OPEN = "open"
    """Left for the clerk; not taken."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a head, a name or a word may mean, and how alike it is (0 to 100)."""

    target: str
    label: str
    likeness: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a ledger that is no choice of its field as it stands: how often and where it first occurs
    (row), and what it means: the id of a choice, ``yes`` or ``no``, empty while nobody has said."""

    text: str
    meaning: str
    count: int
    row: int
    trust: Trust
    reason: Why
    suggestions: tuple[Suggestion, ...] = ()
    label: str = ""
    """The meaning in words."""


@dataclass(frozen=True, slots=True)
class LaidColumn:
    """A column of the sheet: its head as written, and what it is taken for. An empty ``target`` is not
    taken; ``rule`` says how its cells are read, ``words`` what choice words of it mean."""

    number: int
    letters: str
    head: str
    target: str = ""
    label: str = ""
    """The name of the target."""
    trust: Trust = Trust.OPEN
    reason: Why = Why("ledger.why.unknown")
    rule: CellRule = AS_THE_FIELD
    share_reason: Why | None = None
    """Why shares are thought to be written as ``rule.share`` says; None where the question does not arise."""
    share_trust: Trust = Trust.CERTAIN
    words: tuple[Word, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    samples: tuple[str, ...] = ()
    """The first few contents, to recognise it by."""

    @property
    def key(self) -> str:
        """By what it is remembered: its head, or its letters where it has none."""
        return self.head or f"[{self.letters}]"


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row of an indicator ledger: its name as written, and the indicator it is taken for."""

    number: int
    name: str
    unit: str = ""
    target: str = ""
    label: str = ""
    trust: Trust = Trust.OPEN
    reason: Why = Why("ledger.why.unknown")
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Absent:
    """A required column of the roster that the sheet does not have."""

    target: str
    label: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is understood. ``head_row`` is the last row of the heads, ``head_depth`` how many rows
    they take; 0 is no heads found. ``rows`` is for ledgers of indicators only, ``keys`` (column ids by which
    rows are known again) and ``absent`` for rosters only."""

    into: str
    into_label: str
    sheet: str
    head_row: int
    head_depth: int
    head_reason: Why
    columns: tuple[LaidColumn, ...] = ()
    rows: tuple[LaidRow, ...] = ()
    keys: tuple[str, ...] = ()
    absent: tuple[Absent, ...] = ()
    remembered: bool = False
    """Whether a mapping from before was used."""
    turned: bool = False
    """Whether the sheet is looked at on its side: its indicators stand beside one another. ``columns`` are
    then the filled rows of the sheet, and ``rows`` its columns."""

    @property
    def first_row(self) -> int:
        """The first row below the heads."""
        return self.head_row + 1

    @property
    def taken(self) -> tuple[LaidColumn, ...]:
        """The columns that are taken."""
        return tuple(column for column in self.columns if column.target)

    @property
    def open_words(self) -> tuple[tuple[LaidColumn, Word], ...]:
        """The choice words that somebody must say the meaning of."""
        return tuple(
            (column, word) for column in self.taken for word in column.words if word.trust is Trust.OPEN
        )

    def column_of(self, target: str) -> LaidColumn | None:
        """The column taken for ``target``."""
        return next((column for column in self.columns if target and column.target == target), None)


def with_share(layout: Layout, column: int, share: Share) -> Layout:
    """The clerk says how the shares of a column are written."""
    said = Why("ledger.why.said")
    return _with_column(
        layout,
        column,
        lambda old: replace(
            old, rule=replace(old.rule, share=share), share_reason=said, share_trust=Trust.CERTAIN
        ),
    )


def with_unit(layout: Layout, column: int, unit: str) -> Layout:
    """The clerk says in which unit a column is; empty is the unit of its field."""
    return _with_column(layout, column, lambda old: replace(old, rule=replace(old.rule, unit=unit)))


def with_word(layout: Layout, column: int, text: str, meaning: str, label: str = "") -> Layout:
    """The clerk says what a choice word of a column means: the id of a choice, ``yes`` or ``no``; ``label``
    is that in words. Empty: open again."""
    said, trust = Why("ledger.why.said"), Trust.CERTAIN if meaning else Trust.OPEN

    def changed(old: LaidColumn) -> LaidColumn:
        words = tuple(
            replace(word, meaning=meaning, label=label, trust=trust, reason=said)
            if word.text == text
            else word
            for word in old.words
        )
        return replace(old, words=words)

    return _with_column(layout, column, changed)


def with_keys(layout: Layout, keys: tuple[str, ...]) -> Layout:
    """The clerk says by which columns rows are known again."""
    return replace(layout, keys=keys)


def _with_column(layout: Layout, number: int, change: Callable[[LaidColumn], LaidColumn]) -> Layout:
    columns = tuple(change(column) if column.number == number else column for column in layout.columns)
    return replace(layout, columns=columns)
