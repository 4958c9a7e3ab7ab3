"""The parts of an .xlsx file as SAX handlers, which hold no more of a part than what is asked of it."""

from collections.abc import Callable
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from chuyi_desktop.excel.number_formats import NumberKind, kind_of
from chuyi_desktop.excel.sheet import Merge, Sheet, parse_reference
from chuyi_desktop.excel.stored_cells import StoredCells, unescaped

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_MOST_MERGES = 100_000


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


class TextsHandler(_Names):
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


class StringsHandler(TextsHandler):
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
            self.strings.append(unescaped(self.collected()))


class SheetHandler(TextsHandler):
    """The filled cells of a sheet, put into ``sheet``; ``count`` is told how many more there are and may
    refuse."""

    def __init__(self, sheet: Sheet, stored: StoredCells, count: Callable[[int], None]) -> None:
        super().__init__()
        self._sheet, self._cells, self._count = sheet, stored, count
        self._row = self._column = 0
        self._kind, self._style = "n", 0
        self._formula = False
        self._stored = ""

    def go_on_after(self, row: int, column: int) -> None:
        """The cells up to this one were read by somebody else."""
        self._row, self._column = row, column

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
        cell = self._cells.cell(self._kind, self._style, stored, formula=self._formula)
        if cell is not None:
            self._count(1)
            self._sheet.rows.setdefault(self._row, {})[self._column] = cell

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = parse_reference(first), parse_reference(last)
        if start and end and len(self._sheet.merges) < _MOST_MERGES:
            self._sheet.merges.append(Merge(*start, *end))
