"""Which rows below the heads are no rows of the ledger: sums, notes, heads once more."""

import re
from collections.abc import Mapping, Sequence

from chuyi_desktop.app.ledgers.plan import Skip
from chuyi_desktop.app.ledgers.ports import LedgerSheet
from chuyi_desktop.app.ledgers.targets import plain
from chuyi_desktop.domain import office_words

_TOTAL = re.compile(r"(?:合|总|小|共|累)\s*计(?:[:：]|数|人数|\(.*\))?|(?:本页|本校|全校)(?:合|小|共)计")
_NOTE = re.compile("(?:{})\\d*[:：]".format("|".join((*office_words.NOTES, *office_words.SIGNATURES))))
_SIGNED = tuple(office_words.SIGNATURES)
_LOOKED_AT = 4
_FEW = 3


class Skipper:
    """Knows for each row of a sheet whether and why it is passed over. ``heads`` are the words above the
    taken columns."""

    def __init__(self, sheet: LedgerSheet, first_row: int, heads: Mapping[int, str]) -> None:
        self._sheet = sheet
        self.first_row = first_row
        self._columns = frozenset(heads)
        self._heads = {column: plain(head) for column, head in heads.items() if head}
        self._first = tuple(self._heads)[:2]
        self._known: dict[int, Skip | None] = {}

    def skips(self, row: int) -> Skip | None:
        """Why a row is passed over; None for a row of the ledger."""
        if row not in self._known:
            self._known[row] = self._look(row)
        return self._known[row]

    def _look(self, row: int) -> Skip | None:
        filled = self._sheet.filled(row)
        texts = [self._sheet.text(row, column) for column in filled[:_LOOKED_AT]]
        if any(_TOTAL.fullmatch(plain(text)) for text in texts):
            return Skip.TOTAL
        if self._is_note(row, filled, texts):
            return Skip.NOTE
        if self._is_head(row, filled):
            return Skip.HEAD
        return None if any(column in self._columns for column in filled) else Skip.BLANK

    def _is_note(self, row: int, filled: Sequence[int], texts: list[str]) -> bool:
        if self._sheet.spreads(row):
            return True
        if not texts or len(filled) > max(_FEW, len(self._columns) // 2):
            return False
        first = plain(texts[0])
        return _NOTE.match(texts[0].strip()) is not None or first.startswith(_SIGNED)

    def _is_head(self, row: int, filled: Sequence[int]) -> bool:
        """The heads once more, or a line that numbers the columns."""
        if not any(self._repeats(row, column) for column in self._first):
            return self._counts_columns(row, filled)
        same = sum(self._repeats(row, column) for column in self._heads)
        return same >= max(2, (len(self._heads) + 1) // 2)

    def _repeats(self, row: int, column: int) -> bool:
        text = plain(self._sheet.text(row, column))
        head = self._heads[column]
        return bool(text) and (head == text or head.endswith(f"/{text}"))

    def _counts_columns(self, row: int, filled: Sequence[int]) -> bool:
        """Whether the row is the line below the heads that numbers the columns."""
        if len(filled) <= _FEW or self._sheet.text(row, filled[0]) not in {"0", "1"}:
            return False
        numbers = [self._sheet.text(row, column) for column in filled]
        return numbers in (
            [str(number) for number in range(1, len(numbers) + 1)],
            [str(number) for number in range(len(numbers))],
        )
