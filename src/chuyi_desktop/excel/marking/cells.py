"""Bad cells of one sheet: given another style where they stand, put in where they are blank."""

from collections.abc import Callable, Iterable, Mapping

from chuyi_desktop.excel.marking.notes import legacy_drawing
from chuyi_desktop.excel.marking.package import RELATION
from chuyi_desktop.excel.marking.spans import Element, XmlPart
from chuyi_desktop.excel.sheet import column_letters, parse_reference

Restyle = Callable[[int], int]
"""The style of a marked cell, from the one it has."""
_AFTER_DRAWING = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
    }
)
_TOP = _AFTER_DRAWING | {"worksheet", "sheetData", "sheetView", "legacyDrawing"}


def mark_sheet(data: bytes, places: Mapping[tuple[int, int], Restyle], drawing: str) -> bytes:
    """The sheet's part with ``places`` restyled; ``drawing`` is the relation to a new comment drawing."""
    rows = {row for row, _ in places}
    finder = _Finder(rows)
    part = XmlPart(data, finder.wanted)
    finder.place(part)
    _unselect(part)
    for row in sorted(rows):
        wanted = {column: restyle for (at, column), restyle in places.items() if at == row}
        _mark_row(part, finder, row, wanted)
    if drawing:
        _name_drawing(part, drawing)
    return part.result()


def unselected(data: bytes) -> bytes:
    """A sheet that is not looked at: two selected ones would be edited together."""
    part = XmlPart(data, _is_view)
    _unselect(part)
    return part.result()


def _is_view(name: str, attributes: Mapping[str, str]) -> bool:
    del attributes
    return name == "sheetView"


class _Finder:
    """Which elements matter: rows and cells of ``rows``, and what stands above and below the data."""

    def __init__(self, rows: Iterable[int]) -> None:
        self._rows = frozenset(rows)
        self._row = self._column = 0
        self._numbers: list[tuple[int, int]] = []
        self.rows: list[tuple[int, Element]] = []
        self.cells: dict[int, list[tuple[int, Element]]] = {}

    def wanted(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name == "row":
            # A row, or a cell, that does not say its number comes after the one before.
            self._row, self._column = int(attributes.get("r") or self._row + 1), 0
            self._numbers.append((self._row, 0))
            return True
        if name == "c":
            found = parse_reference(attributes.get("r", ""))
            self._row, self._column = found or (self._row, self._column + 1)
            if self._row in self._rows:
                self._numbers.append((self._row, self._column))
                return True
            return False
        return name in _TOP

    def place(self, part: XmlPart) -> None:
        """Give rows and cells their numbers."""
        numbers = iter(self._numbers)
        for element in part.elements:
            if element.name == "row":
                self.rows.append((next(numbers)[0], element))
            elif element.name == "c":
                row, column = next(numbers)
                self.cells.setdefault(row, []).append((column, element))


def _mark_row(part: XmlPart, finder: _Finder, row: int, wanted: Mapping[int, Restyle]) -> None:
    there = dict(finder.cells.get(row, ()))
    blank = {}
    for column, restyle in wanted.items():
        cell = there.get(column)
        if cell is None:
            blank[column] = restyle
        else:
            part.set_attribute(cell, "s", str(restyle(int(cell.attributes.get("s") or 0))))
    if blank:
        _put_in(part, finder, row, blank)


def _put_in(part: XmlPart, finder: _Finder, row: int, blank: Mapping[int, Restyle]) -> None:
    element = next((element for number, element in finder.rows if number == row), None)
    data = part.first("sheetData")
    if data is None:
        return
    if element is None:
        later = next((element for number, element in finder.rows if number > row), None)
        cells = "".join(
            _cell(data.prefix, row, column, restyle(0)) for column, restyle in sorted(blank.items())
        )
        written = f'<{data.prefix}row r="{row}">{cells}</{data.prefix}row>'
        if later is None:
            part.append(data, written)
        elif later.attributes.get("r"):
            part.insert(later.start, written)
        return
    style = int(element.attributes.get("s") or 0)
    last = []
    for column, restyle in sorted(blank.items()):
        written = _cell(element.prefix, row, column, restyle(style))
        later = next((cell for number, cell in finder.cells.get(row, ()) if number > column), None)
        if later is None:
            last.append(written)
        elif later.attributes.get("r"):
            # A cell that does not say its place would move; it is then only in the list.
            part.insert(later.start, written)
    if last:
        part.append(element, "".join(last))


def _cell(prefix: str, row: int, column: int, style: int) -> str:
    return f'<{prefix}c r="{column_letters(column)}{row}" s="{style}"/>'


def _unselect(part: XmlPart) -> None:
    for view in part.all("sheetView"):
        if view.attributes.get("tabSelected", "0") in {"1", "true"}:
            part.set_attribute(view, "tabSelected", "0")


def _name_drawing(part: XmlPart, relation: str) -> None:
    sheet = part.first("worksheet")
    if sheet is None or part.first("legacyDrawing") is not None:
        return
    written = legacy_drawing(relation, sheet.prefix, RELATION)
    later = next((each for each in part.elements if each.name in _AFTER_DRAWING and each.depth == 1), None)
    if later is None:
        part.append(sheet, written)
    else:
        part.insert(later.start, written)
