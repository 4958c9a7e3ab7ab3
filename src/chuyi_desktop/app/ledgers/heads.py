"""The rows of heads of a ledger's sheet: titles above them, heads in two rows, merged heads, units in a row
of their own, one unit for the whole table."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chuyi_desktop.app.ledgers.layout import Why
from chuyi_desktop.app.ledgers.matching import NEAR, Head, Matcher, decide
from chuyi_desktop.app.ledgers.ports import LedgerSheet
from chuyi_desktop.app.ledgers.targets import Words, plain, words_of
from chuyi_desktop.domain.units import find_unit

DEEPEST = 3
"""Rows that heads may take."""
_SEARCHED_ROWS = 30
MOST_COLUMNS = 200
"""Columns of a sheet that are looked at."""
_LONGEST_HEAD = 60
_TABLE_UNIT = re.compile(r"单位[:：]\s*([^\s,，;；)）]{1,8})")


@dataclass(frozen=True, slots=True)
class HeadRows:
    """Where the heads are: the last of their rows, how many there are, why that is thought, and how many of
    them are known."""

    row: int
    depth: int
    why: Why
    known: int = 0


def columns_of(sheet: LedgerSheet) -> range:
    """The columns of a sheet that are looked at."""
    return range(1, min(sheet.last_column, MOST_COLUMNS) + 1)


def parts_of(sheet: LedgerSheet, row: int, depth: int, column: int) -> tuple[str, ...]:
    """What the heads of a column say, lowest row first, each once."""
    said = []
    for number in range(row, max(row - depth, 0), -1):
        if number != row and sheet.spreads(number):
            break
        text = " ".join(sheet.head(number, column).split())
        if text and text not in said:
            said.append(text)
    return tuple(said)


def shown_head(parts: Sequence[str]) -> str:
    """The head of a column as it is shown and remembered: ``基本情况/姓名``."""
    return "/".join(reversed(parts))


def head_of(parts: Sequence[str]) -> Head:
    """The words to match. A part that is nothing but a unit says the unit."""
    words: list[Words] = []
    unit = ""
    for part in parts:
        bare = plain(part).strip("()").removeprefix("单位").removeprefix(":")
        if find_unit(bare) is not None and len(parts) > 1:
            unit = unit or bare
            continue
        found = words_of(part)
        unit = unit or found.unit
        words.append(found)
    return Head(tuple(words), unit)


def table_unit(sheet: LedgerSheet, heads: HeadRows) -> str:
    """The unit that is written above the heads for the whole table; empty where none is."""
    for row in (number for number in sheet.row_numbers if number <= heads.row - heads.depth):
        for column in sheet.filled(row):
            match = _TABLE_UNIT.search(unicodedata.normalize("NFKC", sheet.text(row, column)))
            if match is not None and find_unit(match[1]) is not None:
                return match[1]
    return ""


def find_heads(sheet: LedgerSheet, matcher: Matcher) -> HeadRows:
    """The rows whose words fit the targets best; row 0 where none do."""
    best, most = HeadRows(0, 0, Why("ledger.why.no_heads")), 0.0
    for row, depth in _possible(sheet):
        heads = [parts_of(sheet, row, depth, column) for column in columns_of(sheet)]
        filled = [parts for parts in heads if parts and len(parts[0]) <= _LONGEST_HEAD]
        matches = decide([matcher.candidates(head_of(parts)) for parts in filled])
        known = [match for match in matches if match.target is not None]
        open_ = sum(
            1
            for match in matches
            if match.target is None and match.suggestions and match.suggestions[0].likeness >= NEAR
        )
        score = (
            sum(match.trust != "likely" for match in known)
            + 0.7 * (len(known))
            + 0.5 * open_
            - 0.1 * (depth - 1)
        )
        if known and score > most:
            why = Why("ledger.why.heads", {"row": row, "count": len(filled), "known": len(known)})
            best, most = HeadRows(row, depth, why, len(known)), score
    return best


def depth_of(sheet: LedgerSheet, row: int) -> int:
    """How many rows the heads ending in ``row`` take: as many as blocks merged down to it."""
    for depth in range(DEEPEST, 1, -1):
        if row - depth + 1 >= 1 and sheet.reach(row - depth + 1) == row:
            return depth
    return 1


def _possible(sheet: LedgerSheet) -> Iterator[tuple[int, int]]:
    """Rows that may be the last of the heads, with how many rows they may take."""
    numbers = list(sheet.row_numbers[:_SEARCHED_ROWS])
    there = set(numbers)
    for row in numbers:
        if sheet.spreads(row):
            continue
        last = sheet.reach(row)
        if last != row and last - row < DEEPEST:
            # Heads merged downwards: the rows that they cover belong to them.
            yield last, last - row + 1
            if row - 1 in there:
                yield last, last - row + 2
            continue
        yield row, 1
        if row - 1 in there and not sheet.spreads(row - 1):
            yield row, 2
