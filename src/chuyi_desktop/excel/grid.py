"""Finding one's way on a data sheet that somebody worked on: where the heads are, what each column means,
what each row is about. Columns and rows may have been moved, inserted, renamed, hidden or merged."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from chuyi_desktop.domain.problem import Place, Severity
from chuyi_desktop.excel.cells import Reporter
from chuyi_desktop.excel.identity import HEAD_MARK, SheetKey, parse_key
from chuyi_desktop.excel.plan import Head
from chuyi_desktop.excel.sheet import Cell, Merge, Sheet, column_letters

KEY_ROLE = "key"
_SEARCHED_ROWS = 60
_SEARCHED_COLUMNS = 60
_FEWEST_HEADS = 2
_MOST_STRANGERS = 20
_LONGEST_QUOTE = 40
_NOISE = re.compile(r"[\s*]+")


@dataclass(frozen=True, slots=True)
class HeadFound:
    """The role a head stands for, empty where its words are of no help, and what stands in brackets behind
    words that were changed, a unit perhaps."""

    role: str
    bracket: str = ""


Meant = TypeVar("Meant")

HeadReader = Callable[[str], HeadFound | None]
"""Understands the text of a head; None for words it does not know."""


@dataclass(frozen=True, slots=True)
class LineFound:
    """A row below the heads: its number, its key if it has one, its filled cells by role."""

    number: int
    key: str
    cells: Mapping[str, Cell]

    @property
    def title(self) -> str:
        """The words of its name cell."""
        return self.cells["name"].text if "name" in self.cells else ""

    @property
    def called(self) -> str:
        """What a message calls a row that nothing is known of."""
        return self.title[:_LONGEST_QUOTE] or self.key or "—"

    def meant(self, by_title: Mapping[str, Meant | None], by_key: Mapping[str, Meant]) -> Meant | None:
        """What the row is about. The words a clerk sees win over the hidden key: somebody sorted the visible
        columns only."""
        return by_title.get(plain_head(self.title)) or by_key.get(self.key)


@dataclass(frozen=True, slots=True)
class Located:
    """A data sheet understood: the row of the heads and the columns by role."""

    sheet: Sheet
    file: str
    head_row: int
    columns: Mapping[str, int]
    brackets: Mapping[str, str]

    def place(self, row: int, role: str, label: str = "") -> Place:
        """The place of a cell in the user's file."""
        letters = column_letters(self.columns[role])
        return Place(self.file, self.sheet.name, f"{letters}{row}", label=label)

    def lines(self) -> Iterator[LineFound]:
        """The rows below the heads that have anything in a known column."""
        key_column = self.columns.get(KEY_ROLE, 0)
        by_column = {column: role for role, column in self.columns.items() if role != KEY_ROLE}
        for number in sorted(self.sheet.rows):
            if number <= self.head_row:
                continue
            filled = self.sheet.rows[number]
            cells = {by_column[column]: cell for column, cell in filled.items() if column in by_column}
            key = filled.get(key_column)
            if cells or key:
                yield LineFound(number, key.text if key else "", cells)

    def report_strangers(self, reporter: Reporter) -> None:
        """A warning for each column with content that no field takes."""
        known = set(self.columns.values())
        first: dict[int, int] = {}
        for number in sorted(self.sheet.rows):
            if number > self.head_row:
                for column in self.sheet.rows[number].keys() - known:
                    first.setdefault(column, number)
        for column in sorted(first)[:_MOST_STRANGERS]:
            head = self.sheet.cell(self.head_row, column)
            words = " ".join(head.text.split()) if head else ""
            cell = f"{column_letters(column)}{first[column]}"
            reporter.report(
                "excel.unknown_column", Severity.WARNING, self.sheet.name, cell, head=words or "—"
            )


def find_key(sheet: Sheet) -> tuple[SheetKey, int, int] | None:
    """The key of a sheet with its row and column; None where there is none any more."""
    for row, column, cell in _corner(sheet):
        key = parse_key(cell.text)
        if key is not None:
            return key, row, column
    return None


def locate(sheet: Sheet, reader: HeadReader, known: Container[str], reporter: Reporter) -> Located | None:
    """The sheet understood by the words of its heads, which are what the clerk saw, or else by its key
    cells; only ``known`` roles count. None where neither helps."""
    head_row = _head_row(sheet, reader)
    if head_row is None:
        return None
    found = find_key(sheet)
    key_cells = sheet.rows.get(found[1], {}) if found else {}
    key_column = found[2] if found else 0
    roles: dict[str, list[int]] = {}
    brackets: dict[str, str] = {}
    heads = sheet.rows.get(head_row, {})
    last = max((max(row, default=0) for row in sheet.rows.values()), default=0)
    for column in range(1, last + 1):
        head = heads.get(column)
        text = head.text if head else ""
        if text == HEAD_MARK or column == key_column:
            roles.setdefault(KEY_ROLE, []).append(column)
            continue
        by_words = reader(text) if text else None
        key = key_cells.get(column)
        role = (by_words.role if by_words else "") or (key.text if key else "")
        if role not in known:
            continue
        roles.setdefault(role, []).append(column)
        bracket = by_words.bracket if by_words else _split_bracket(plain_head(text))[1]
        if bracket:
            brackets[role] = bracket
    columns = _unique(roles, heads, head_row, sheet.name, reporter)
    return Located(sheet, reporter.file, head_row, columns, brackets)


def understood(sheet: Sheet, heads: Sequence[Head], reporter: Reporter) -> Located | None:
    """The sheet understood by ``heads``, unknown columns reported; None where its heads cannot be found."""
    located = locate(sheet, head_reader(heads, ()), {head.role for head in heads}, reporter)
    if located is not None:
        located.report_strangers(reporter)
    return located


def _unique(
    roles: Mapping[str, Sequence[int]],
    heads: Mapping[int, Cell],
    head_row: int,
    sheet: str,
    reporter: Reporter,
) -> dict[str, int]:
    """One column a role. Of two with the same head neither can be trusted."""
    columns = {}
    for role, places in roles.items():
        if len(places) == 1 or role == KEY_ROLE:
            columns[role] = places[0]
            continue
        head = heads.get(places[1])
        cell = f"{column_letters(places[1])}{head_row}"
        words = head.text if head else role
        reporter.report("excel.duplicate_column", Severity.ERROR, sheet, cell, head=" ".join(words.split()))
    return columns


def head_reader(heads: Sequence[Head], aliases: Sequence[tuple[str, str]]) -> HeadReader:
    """Understands heads by the words that were written, else by those words with another unit, else by
    ``aliases`` (words and role). Words that mean two columns mean none: the key decides then."""
    fulls = by_unique_words((head.text, head.role) for head in heads)
    bases = by_unique_words((_split_bracket(plain_head(head.text))[0], head.role) for head in heads)
    others = by_unique_words(aliases)

    def read(text: str) -> HeadFound | None:
        full = plain_head(text)
        base, bracket = _split_bracket(full)
        if full in fulls:
            return HeadFound(fulls[full] or "")
        for known in (bases, others):
            if known.get(full):
                return HeadFound(known[full] or "")
            if known.get(base):
                return HeadFound(known[base] or "", bracket)
        return None

    return read


def by_unique_words(pairs: Iterable[tuple[str, Meant]]) -> dict[str, Meant | None]:
    """What plain words mean; None for words that mean several things."""
    found: dict[str, Meant | None] = {}
    for words, meant in pairs:
        plain = plain_head(words)
        if plain:
            found[plain] = meant if found.get(plain, meant) == meant else None
    return found


def plain_head(text: str) -> str:
    """A head without spaces, line breaks and the mark of required columns, full-width forms made plain."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text))


def _split_bracket(plain: str) -> tuple[str, str]:
    """``金额(万元)`` as ``金额`` and ``万元``; brackets inside the last pair belong to it."""
    if not plain.endswith(")"):
        return plain, ""
    depth = 0
    for index in range(len(plain) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(plain[index], 0)
        if depth == 0:
            return plain[:index], plain[index + 1 : -1]
    return plain, ""


def _head_row(sheet: Sheet, reader: HeadReader) -> int | None:
    marked = next((row for row, _, cell in _corner(sheet) if cell.text == HEAD_MARK), None)
    if marked is not None:
        return marked
    best, most = None, 0
    for row in sorted(sheet.rows)[:_SEARCHED_ROWS]:
        cells = sheet.rows[row].values()
        known = len({found.role for cell in cells if cell.text and (found := reader(cell.text))})
        if known > most:
            best, most = row, known
    return best if most >= _FEWEST_HEADS else None


def _corner(sheet: Sheet) -> Iterator[tuple[int, int, Cell]]:
    """The cells near the top left, where keys are."""
    for row in sorted(sheet.rows)[:_SEARCHED_ROWS]:
        for column in sorted(sheet.rows[row])[:_SEARCHED_COLUMNS]:
            yield row, column, sheet.rows[row][column]


class MergedDown:
    """Content of blocks merged downwards: a department written once for five teachers counts for the five."""

    def __init__(self, located: Located) -> None:
        self._sheet = located.sheet
        self._blocks: dict[str, list[Merge]] = {}
        roles = {column: role for role, column in located.columns.items() if role != KEY_ROLE}
        for block in sorted(located.sheet.merges, key=lambda block: block.top):
            role = roles.get(block.left)
            if role and block.left == block.right and block.bottom > block.top > located.head_row:
                self._blocks.setdefault(role, []).append(block)

    def of(self, row: int) -> dict[str, Cell]:
        """The cells that a row shares with one above it, by role."""
        shared = {}
        for role, blocks in self._blocks.items():
            index = bisect_left(blocks, row, key=lambda block: block.top) - 1
            if index >= 0 and row <= blocks[index].bottom:
                cell = self._sheet.cell(blocks[index].top, blocks[index].left)
                if cell is not None:
                    shared[role] = cell
        return shared
