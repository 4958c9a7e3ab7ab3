"""Reads the cells of one column of a ledger, by what was said about the column."""

from dataclasses import replace

from chuyi_desktop.app.ledgers.columns import is_dash
from chuyi_desktop.app.ledgers.layout import LaidColumn
from chuyi_desktop.app.ledgers.ports import LedgerSheet
from chuyi_desktop.app.ledgers.problems import Gathered
from chuyi_desktop.domain.indicator import Column, ValueKind
from chuyi_desktop.domain.problem import Problem, Severity
from chuyi_desktop.domain.values import Value

Read = tuple[Value | None, Problem | None]
"""A value, and what was wrong or changed."""
_BY_WORDS = frozenset({ValueKind.CHOICE, ValueKind.YES_NO})
_REMEMBERED = frozenset({ValueKind.CHOICE, ValueKind.YES_NO, ValueKind.TEXT})


class CellReader:
    """Reads a column for ``target``; what is wrong goes to ``gathered``."""

    def __init__(self, sheet: LedgerSheet, column: LaidColumn, target: Column, gathered: Gathered) -> None:
        self._sheet, self._column, self.target, self._gathered = sheet, column, target, gathered
        self._meanings = {word.text: word.meaning for word in column.words}
        self._known: dict[str, Value] = {}

    def read(self, row: int) -> Read:
        """The cell of a row; nothing for a blank, and for an open word, which was told already."""
        text = self._sheet.text(row, self._column.number)
        if not text:
            return None, None
        if text in self._meanings:
            return self._meant(text, row)
        if text in self._known:
            return self._known[text], None
        if self.target.kind is not ValueKind.TEXT and is_dash(text):
            place = replace(self._gathered.place, cell=f"{self._column.letters}{row}", label=self.target.name)
            note = Problem("ledger.dash", Severity.NOTE, place, {"found": text})
            self._gathered.take(note, self.target.id)
            return None, note
        place = replace(self._gathered.place, cell=f"{self._column.letters}{row}", label=self.target.name)
        reading = self._sheet.read(row, self._column.number, self.target, self._column.rule, place)
        if reading.problem is not None:
            self._gathered.take(reading.problem, self.target.id)
        elif reading.value is not None and self.target.kind in _REMEMBERED:
            self._known[text] = reading.value
        return reading.value, reading.problem

    def _meant(self, text: str, row: int) -> Read:
        meaning = self._meanings[text]
        if not meaning:
            place = replace(self._gathered.place, cell=f"{self._column.letters}{row}", label=self.target.name)
            return None, Problem("ledger.word_open", Severity.ERROR, place, {"word": text[:40]})
        return (meaning == "yes" if self.target.kind is ValueKind.YES_NO else meaning), None
