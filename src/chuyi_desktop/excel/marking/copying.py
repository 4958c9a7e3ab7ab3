"""The marked copy, put together."""

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.problem import Problem, Severity
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.marking.cells import Restyle, mark_sheet, unselected
from chuyi_desktop.excel.marking.looks import Looks
from chuyi_desktop.excel.marking.notes import add_notes
from chuyi_desktop.excel.marking.package import Package, main_part, related
from chuyi_desktop.excel.marking.problem_list import list_sheet
from chuyi_desktop.excel.marking.spans import XmlPart, attribute, with_attribute
from chuyi_desktop.excel.sheet import Merge, parse_reference
from chuyi_desktop.excel.workbook_file import WorkbookFile

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WEIGHT = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}

Cells = Mapping[tuple[int, int], Sequence[Problem]]


def marked_copy(source: Path, problems: Sequence[Problem]) -> bytes:
    """The marked copy. Raises InputError for a file that reading would refuse, or whose parts do not fit
    together."""
    with WorkbookFile(source) as book:
        merges = {sheet.name: sheet.merges for sheet in book.sheets()}
    try:
        return _marked(Package(source), problems, merges, source.name)
    except (ValueError, LookupError, zipfile.BadZipFile, zlib.error, OSError, RuntimeError) as error:
        raise InputError("excel.cannot_mark", file=source.name, details=repr(error)) from error


def _marked(
    package: Package, problems: Sequence[Problem], merges: Mapping[str, Sequence[Merge]], file: str
) -> bytes:
    book = main_part(package)
    styles = related(package, book, "styles")
    looks = Looks(package.read(styles))
    sheets = _sheets(package, book)
    title = say("excel.sheet.problems")
    names = set(sheets) - {title}
    by_place = _by_place(problems, {name: merges.get(name, ()) for name in names})
    for name, part in sheets.items():
        if name in by_place:
            _mark(package, part, by_place[name], looks)
        elif name != title:
            package.write(part, unselected(package.read(part)))
    listed = list_sheet(problems, file, names, looks)
    package.write(styles, looks.result())
    _put_in_front(package, book, sheets.get(title, ""), listed)
    return package.bytes()


def _mark(package: Package, part: str, cells: Cells, looks: Looks) -> None:
    words = {place: "\n".join(problem.sentence for problem in found) for place, found in cells.items()}
    drawing = add_notes(package, part, words)
    restyled = {place: _restyle(found, looks) for place, found in cells.items()}
    package.write(part, mark_sheet(package.read(part), restyled, drawing))


def _restyle(problems: Sequence[Problem], looks: Looks) -> Restyle:
    worst = max((problem.severity for problem in problems), key=lambda severity: _WEIGHT[severity])
    return lambda style: looks.marked(style, worst)


def _by_place(problems: Sequence[Problem], merges: Mapping[str, Sequence[Merge]]) -> Mapping[str, Cells]:
    """The problems of every cell; of a merged block, of its corner, which is the cell people see."""
    found: dict[str, dict[tuple[int, int], list[Problem]]] = {}
    for problem in problems:
        place = parse_reference(problem.place.cell)
        if problem.place.sheet in merges and place is not None:
            row, column = place
            for block in merges[problem.place.sheet]:
                if block.top <= row <= block.bottom and block.left <= column <= block.right:
                    row, column = block.top, block.left
            found.setdefault(problem.place.sheet, {}).setdefault((row, column), []).append(problem)
    return found


def _sheets(package: Package, book: str) -> dict[str, str]:
    """The part of every worksheet by name."""
    relations = package.relations(book)
    found = {}
    for sheet in XmlPart(package.read(book)).all("sheet"):
        key = next((value for name, value in sheet.attributes.items() if name.endswith(":id")), "")
        if relations.get(key, ("", ""))[0] == "worksheet":
            found[sheet.attributes.get("name", "")] = relations[key][1]
    return found


def _put_in_front(package: Package, book: str, part: str, listed: bytes) -> None:
    """Put the list in, in the place of one that an earlier marking left, and open the workbook on it."""
    part_of_book = XmlPart(package.read(book))
    sheets = part_of_book.first("sheets")
    if sheets is None:
        raise ValueError("no sheets")
    entries = part_of_book.all("sheet", sheets)
    if part:
        package.write(part, listed)
        title = say("excel.sheet.problems")
        front = next(at for at, each in enumerate(entries) if each.attributes.get("name") == title)
    else:
        front = 0
        part = package.free_name("xl/worksheets/sheetChuyi{}.xml")
        package.write(part, listed)
        package.declare(part, _SHEET)
        relation = package.relate(book, "worksheet", part)
        number = 1 + max((int(each.attributes.get("sheetId") or 0) for each in entries), default=0)
        part_of_book.insert(
            sheets.inside,
            f"<{sheets.prefix}sheet name={attribute(say('excel.sheet.problems'))} "
            f'sheetId="{number}" xmlns:r="{_RELATIONS}" r:id="{relation}"/>',
        )
        for name in part_of_book.all("definedName"):
            # These count sheets from the front, where there is one more now.
            if local := name.attributes.get("localSheetId"):
                part_of_book.set_attribute(name, "localSheetId", str(int(local) + 1))
    for view in part_of_book.all("workbookView"):
        part_of_book.replace(
            view.start, view.inside, _opened_on(part_of_book.data[view.start : view.inside], front)
        )
    package.write(book, part_of_book.result())


def _opened_on(tag: bytes, front: int) -> bytes:
    return with_attribute(with_attribute(tag, "activeTab", str(front)), "firstSheet", "0")
