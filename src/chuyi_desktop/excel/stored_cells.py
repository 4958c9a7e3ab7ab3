"""What a file stores in a cell, and what it means: texts, exact numbers, dates, error values."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from chuyi_desktop.excel.number_formats import NumberKind
from chuyi_desktop.excel.sheet import Cell, ErrorValue

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAC_START = datetime(1904, 1, 1)  # noqa: DTZ001 - a cell has no time zone
_START, _START_BEFORE = datetime(1899, 12, 30), datetime(1899, 12, 31)  # noqa: DTZ001 - as above
_DIGITS = 15
_FIRST_TRUE_DATE = 60
"""Serial 60 is the 29th of February 1900, which never was; later serials are one day ahead."""


def unescaped(text: str) -> str:
    """``_x000D_`` and its like as the characters they stand for."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


Reader = Callable[[str], Cell | None]
"""Understands what is stored in cells of one type and style; None for a blank cell. Raises ValueError,
LookupError or ArithmeticError for what no program writes."""


class _SharedCells(dict[int, Cell | None]):
    """Cells of shared strings by number. Many cells share a string, and none ever changes."""

    def __init__(self, strings: Sequence[str]) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> Cell | None:
        cell = _filled(self._strings[number], formula=False)
        self[number] = cell
        return cell


class StoredCells:
    """Understands the stored cells of one workbook: by its shared strings, by what its styles make of
    numbers, and by the first day of its calendar."""

    def __init__(
        self, strings: Sequence[str], formats: Sequence[NumberKind], *, since_1904: bool = False
    ) -> None:
        self._strings, self._formats, self._since_1904 = strings, formats, since_1904
        self._shared = _SharedCells(strings)

    def cell(self, kind: str, style: int, stored: str, *, formula: bool) -> Cell | None:
        """The cell of type ``kind`` (``t`` in the file) that stores ``stored``, as its reader understands
        it."""
        if not stored and kind not in {"str", "inlineStr"}:
            return Cell(None, formula=True) if formula else None
        return self.reader(kind, style, formula=formula)(stored)

    def reader(self, kind: str, style: int, *, formula: bool) -> Reader:
        """The reader of cells of type ``kind`` in which anything is stored."""
        match kind:
            case "s":
                return self._shared_text if not formula else self._computed_shared_text
            case "str" | "inlineStr":
                return lambda stored: _filled(unescaped(stored), formula=formula)
            case "b":
                return lambda stored: Cell(stored.strip() in {"1", "true"}, formula)
            case "e":
                return lambda stored: Cell(ErrorValue(stored), formula)
            case "d":
                return lambda stored: _filled(stored.partition("T")[0], formula=formula)
            case _:
                return self._number_reader(style, formula=formula)

    def _shared_text(self, stored: str) -> Cell | None:
        return self._shared[int(stored)]

    def _computed_shared_text(self, stored: str) -> Cell | None:
        return _filled(self._strings[int(stored)], formula=True)

    def _number_reader(self, style: int, *, formula: bool) -> Reader:
        kind = self._formats[style] if style < len(self._formats) else NumberKind.PLAIN
        since_1904 = self._since_1904

        def number(stored: str) -> Cell:
            found = _number(stored)
            return Cell(
                ErrorValue(stored) if found is None else found, formula, percent and found is not None
            )

        def moment(stored: str) -> Cell:
            found = _number(stored)
            if found is None:
                return Cell(ErrorValue(stored), formula)
            return Cell(_moment(found, since_1904=since_1904) or found, formula)

        percent = kind is NumberKind.PERCENT
        return moment if kind is NumberKind.DATE else number


def _filled(text: str, *, formula: bool) -> Cell | None:
    """A text cell; one of nothing but spaces is blank."""
    return Cell(text, formula) if text and not text.isspace() else None


def _number(text: str) -> Decimal | None:
    """A stored number to 15 significant digits, the precision of Excel: a number somebody typed comes back
    digit for digit although the file holds the nearest double (``19.690000000000001``), and 0.1 + 0.2
    is 0.3."""
    if text.isdecimal() and len(text) <= _DIGITS:
        return Decimal(text)
    value = float(text)
    return Decimal(format(value, f".{_DIGITS}g")) if abs(value) < float("inf") else None


def _moment(serial: Decimal, *, since_1904: bool) -> datetime | None:
    """The moment a date serial stands for; None for one that no calendar has."""
    start = _MAC_START if since_1904 else _START if serial >= _FIRST_TRUE_DATE else _START_BEFORE
    try:
        days = int(serial)
        if days == serial:
            return start + timedelta(days) if days >= 0 else None
        return start + timedelta(seconds=round(float(serial) * 86400)) if serial >= 0 else None
    except OverflowError:
        return None
