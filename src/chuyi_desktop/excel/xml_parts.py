"""The parts of an .xlsx file as SAX handlers, which hold no more of a part than what is asked of it."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from chuyi_desktop.excel.number_formats import NumberKind, kind_of
from chuyi_desktop.excel.sheet import Cell, ErrorValue, Merge, Sheet, parse_reference

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_MOST_MERGES = 100_000
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FIRST_TRUE_DATE = 60
"""Serial 60 is the 29th of February 1900, which never was; later serials are one day ahead."""


def _unescaped(text: str) -> str:
    """``_x000D_`` and its like as the characters they stand for."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _number(text: str) -> Decimal | None:
    """A stored number to 15 significant digits, the precision of Excel: a number somebody typed comes back
    digit for digit although the file holds the nearest double (``19.690000000000001``), and 0.1 + 0.2
    is 0.3."""
    value = float(text)
    return Decimal(format(value, ".15g")) if abs(value) < float("inf") else None


def _moment(serial: Decimal, *, since_1904: bool) -> datetime | None:
    """The moment a date serial stands for; None for one that no calendar has."""
    if since_1904:
        start = datetime(1904, 1, 1)  # noqa: DTZ001 - a cell has no time zone
    else:
        start = datetime(1899, 12, 30 if serial >= _FIRST_TRUE_DATE else 31)  # noqa: DTZ001 - as above
    try:
        return start + timedelta(seconds=round(float(serial) * 86400)) if serial >= 0 else None
    except OverflowError:
        return None


class _Names(ContentHandler):
    """Element names without their prefix: some programs write ``x:row``."""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - named by the SAX interface
        self.start(name.rpartition(":")[2], attrs)

    def endElement(self, name: str) -> None:  # noqa: N802 - named by the SAX interface
        self.end(name.rpartition(":")[2])

    def start(self, name: str, attrs: AttributesImpl) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""


class RelationsHandler(_Names):
    """Relations of a part to others inside the file: id, kind, target."""

    def __init__(self) -> None:
        super().__init__()
        self.relations: list[tuple[str, str, str]] = []

    def start(self, name: str, attrs: AttributesImpl) -> None:
        if name == "Relationship" and attrs.get("TargetMode") != "External":
            self.relations.append((attrs.get("Id", ""), attrs.get("Type", ""), attrs.get("Target", "")))


class BookHandler(_Names):
    """The list of sheets, the defined names and the first day of the calendar."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.names: dict[str, str] = {}
        self.since_1904 = False
        self._name = ""
        self._text: list[str] = []

    def start(self, name: str, attrs: AttributesImpl) -> None:
        if name == "sheet":
            relation = next((attrs[key] for key in attrs.keys() if key.endswith(":id")), "")  # noqa: SIM118 - SAX attributes do not iterate
            self.sheets.append((attrs.get("name", ""), relation))
        elif name == "workbookPr":
            self.since_1904 = attrs.get("date1904", "0") in {"1", "true"}
        elif name == "definedName":
            self._name = "" if attrs.get("localSheetId") else attrs.get("name", "")
            self._text = []

    def characters(self, content: str) -> None:
        if self._name:
            self._text.append(content)

    def end(self, name: str) -> None:
        if name == "definedName" and self._name:
            self.names[self._name] = "".join(self._text)
            self._name = ""


class StylesHandler(_Names):
    """What the cell styles make of numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[int, str] = {}
        self._cells: list[int] = []
        self._in_cells = False

    def start(self, name: str, attrs: AttributesImpl) -> None:
        if name == "numFmt":
            self._codes[int(attrs.get("numFmtId", "0"))] = attrs.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self._cells.append(int(attrs.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def kinds(self) -> tuple[NumberKind, ...]:
        """What a number means, by the style number of its cell."""
        return tuple(kind_of(number, self._codes.get(number)) for number in self._cells)


class _Texts(_Names):
    """Collects the text of ``t`` elements, rich text runs joined, phonetic guides left out."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._listening = False
        self._phonetic = False

    def characters(self, content: str) -> None:
        if self._listening:
            self._parts.append(content)

    def listen(self, name: str) -> None:
        """Start listening where ``name`` holds text."""
        if name == "rPh":
            self._phonetic = True
        self._listening = name == "t" and not self._phonetic

    def stop(self, name: str) -> None:
        """Stop listening."""
        self._listening = False
        if name == "rPh":
            self._phonetic = False

    def collected(self) -> str:
        """What was heard since the last call."""
        text = "".join(self._parts)
        self._parts.clear()
        return text


class StringsHandler(_Texts):
    """The shared strings."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []

    def start(self, name: str, attrs: AttributesImpl) -> None:
        del attrs
        self.listen(name)

    def end(self, name: str) -> None:
        self.stop(name)
        if name == "si":
            self.strings.append(_unescaped(self.collected()))


class SheetHandler(_Texts):
    """The filled cells of a sheet, put into ``sheet``; ``count`` is told of each and may refuse."""

    def __init__(
        self,
        sheet: Sheet,
        strings: Sequence[str],
        formats: Sequence[NumberKind],
        *,
        since_1904: bool,
        count: Callable[[], None],
    ) -> None:
        super().__init__()
        self._sheet, self._strings, self._formats = sheet, strings, formats
        self._since_1904, self._count = since_1904, count
        self._row = self._column = 0
        self._kind, self._style = "n", 0
        self._formula = False
        self._stored = ""

    def start(self, name: str, attrs: AttributesImpl) -> None:
        if name == "c":
            place = parse_reference(attrs.get("r", ""))
            self._row, self._column = place or (self._row, self._column + 1)
            self._kind, self._style = attrs.get("t", "n"), int(attrs.get("s", "0"))
            self._formula, self._stored = False, ""
        elif name == "row":
            self._row, self._column = int(attrs.get("r", str(self._row + 1))), 0
        elif name == "f":
            self._formula = True
        elif name == "mergeCell":
            self._merge(attrs.get("ref", ""))
        elif name == "v":
            self._listening = True
        else:
            self.listen(name)

    def end(self, name: str) -> None:
        self.stop(name)
        if name == "v":
            self._stored = self.collected()
        elif name == "c":
            inline = self.collected()
            self._keep(inline if self._kind == "inlineStr" else self._stored)

    def _keep(self, stored: str) -> None:
        if not (1 <= self._row <= LAST_ROW and 1 <= self._column <= LAST_COLUMN):
            raise ValueError(f"cell at row {self._row} column {self._column}")
        cell = self._cell(stored)
        if cell is None or (isinstance(cell.content, str) and not cell.content.strip()):
            return
        self._count()
        self._sheet.rows.setdefault(self._row, {})[self._column] = cell

    def _cell(self, stored: str) -> Cell | None:
        if not stored and self._kind not in {"str", "inlineStr"}:
            return Cell(None, formula=True) if self._formula else None
        match self._kind:
            case "s":
                return Cell(self._strings[int(stored)], self._formula)
            case "str" | "inlineStr":
                return Cell(_unescaped(stored), self._formula)
            case "b":
                return Cell(stored.strip() in {"1", "true"}, self._formula)
            case "e":
                return Cell(ErrorValue(stored), self._formula)
            case "d":
                return Cell(stored.partition("T")[0], self._formula)
            case _:
                return self._numeric(stored)

    def _numeric(self, stored: str) -> Cell:
        number = _number(stored)
        if number is None:
            return Cell(ErrorValue(stored), self._formula)
        kind = self._formats[self._style] if self._style < len(self._formats) else NumberKind.PLAIN
        if kind is NumberKind.DATE:
            moment = _moment(number, since_1904=self._since_1904)
            return Cell(number if moment is None else moment, self._formula)
        return Cell(number, self._formula, kind is NumberKind.PERCENT)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = parse_reference(first), parse_reference(last)
        if start and end and len(self._sheet.merges) < _MOST_MERGES:
            self._sheet.merges.append(Merge(*start, *end))
