"""A ledger's sheet of texts, for tests of the use cases without any file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.ledgers.ports import CellRule, LedgerFile, Share
from chuyi_desktop.app.ports import Progress, silent
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.indicator import Fillable
from chuyi_desktop.domain.problem import Place
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.typed_input import Reading, read_typed
from tests.app.school import small_program
from tests.fakes import MemoryLibrary


class TextSheet:
    """Lines of texts from row 1 on; ``spread`` rows are titles, ``tall`` says how far heads reach down."""

    def __init__(
        self,
        lines: Sequence[Sequence[str]],
        name: str = "台账",
        *,
        spread: Sequence[int] = (),
        tall: Mapping[int, int] | None = None,
    ) -> None:
        self.name = name
        self._lines = {number: tuple(line) for number, line in enumerate(lines, 1) if any(line)}
        self._spread, self._tall = spread, tall or {}

    @property
    def row_numbers(self) -> Sequence[int]:
        return sorted(self._lines)

    @property
    def last_column(self) -> int:
        return max((len(line) for line in self._lines.values()), default=0)

    def filled(self, row: int) -> Sequence[int]:
        return [column for column, text in enumerate(self._lines.get(row, ()), 1) if text]

    def text(self, row: int, column: int) -> str:
        line = self._lines.get(row, ())
        return line[column - 1] if column <= len(line) else ""

    def head(self, row: int, column: int) -> str:
        return self.text(row, column)

    def cell(self, row: int, column: int) -> str:
        return f"{chr(ord('A') + column - 1)}{row}"

    def reach(self, row: int) -> int:
        return self._tall.get(row, row)

    def spreads(self, row: int) -> bool:
        return row in self._spread

    def looks(self, row: int, column: int) -> str:
        text = self.text(row, column)
        if not text:
            return ""
        if text.endswith("%"):
            return "percent"
        if text.replace(".", "", 1).replace(",", "").isdigit():
            return "number"
        return "date" if text[:4].isdigit() and text[4:5] in {"-", "/", "."} else "text"

    def read(self, row: int, column: int, field: Fillable, rule: CellRule, place: Place) -> Reading:
        text = self.text(row, column)
        if rule.share is Share.FRACTION and self.looks(row, column) == "number":
            text = f"{float(text) * 100:g}%"
        return read_typed(text, field, unit=rule.unit, place=place)


class TextLedgers:
    """Opens the sheets it was given."""

    def __init__(self, *sheets: TextSheet) -> None:
        self.sheets = sheets

    def open(self, source: Path, progress: Progress = silent) -> LedgerFile:
        del progress
        return LedgerFile(source, self.sheets)

    def likeness(self, words: str, others: Sequence[str]) -> Sequence[int]:
        return [int(100 * SequenceMatcher(None, words, other, autojunk=False).ratio()) for other in others]


def ledger_file(*sheets: TextSheet) -> LedgerFile:
    """A file of those sheets."""
    return LedgerFile(Path("台账.xlsx"), sheets)


def ledger_session(tmp_path: Path, programme: Programme) -> Session:
    """An assessment of ``programme`` of 2026 with nothing in it, over memory."""
    program = small_program(tmp_path)
    program = replace(program, library=MemoryLibrary(programme), ledgers=TextLedgers())
    return begin(program, tmp_path / "ws", programme.id, 2026, {})
