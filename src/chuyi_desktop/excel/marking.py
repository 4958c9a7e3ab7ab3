"""A copy of the user's own workbook with the bad cells coloured and commented, a list of them in front."""

import warnings
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.problem import Problem, Severity
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.identity import SheetKey, SheetKind
from chuyi_desktop.excel.sheet import parse_reference
from chuyi_desktop.excel.styles import FACE, HEAD_FILL, LINE
from chuyi_desktop.excel.widths import row_height
from chuyi_desktop.excel.workbook_file import WorkbookFile

_FILLS = {Severity.ERROR: "FFF4B8B0", Severity.WARNING: "FFFBE3A1", Severity.NOTE: "FFCFE3F2"}
_WEIGHT = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}
_COMMENT_WIDTH, _COMMENT_HEIGHT = 320, 110
_LONGEST_COMMENT = 1500
_COLUMNS = (("seq", 6), ("severity", 9), ("sheet", 18), ("cell", 10), ("label", 24), ("sentence", 90))
_HEAD_ROW = 4


def marked_copy(source: Path, problems: Sequence[Problem]) -> bytes:
    """The marked copy. The original is looked at as strictly as for reading before a library opens it."""
    with WorkbookFile(source) as book:
        for _ in book.sheets():
            pass
        keep_macros = book.has_macros
    try:
        with warnings.catch_warnings():
            # openpyxl warns of parts it cannot keep; the copy is for finding cells, the original stays.
            warnings.simplefilter("ignore")
            copy = load_workbook(source, keep_vba=keep_macros)
    except Exception as error:
        # openpyxl lets any exception through on a file that it cannot take.
        raise InputError("excel.cannot_mark", file=source.name, details=repr(error)) from error
    _mark_cells(copy, problems)
    _list_problems(copy, problems, source.name)
    if copy.calculation is not None:
        copy.calculation.fullCalcOnLoad = True
    # Into memory: a zip file left half written on a full disk would complain once more when it is let go.
    stream = BytesIO()
    copy.save(stream)
    return stream.getvalue()


def _mark_cells(book: Workbook, problems: Sequence[Problem]) -> None:
    by_place: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.place.sheet in book.sheetnames and parse_reference(problem.place.cell):
            by_place.setdefault((problem.place.sheet, problem.place.cell), []).append(problem)
    for (sheet_name, reference), found in by_place.items():
        sheet = book[sheet_name]
        if isinstance(sheet, Worksheet):
            _mark_cell(_writable(sheet, reference), found)


def _writable(sheet: Worksheet, reference: str) -> Cell:
    """The cell, or the corner of the merged block that covers it."""
    for block in sheet.merged_cells.ranges:
        if reference in block:
            return sheet.cell(block.min_row, block.min_col)
    return sheet[reference]


def _mark_cell(cell: Cell, problems: Sequence[Problem]) -> None:
    worst = max((problem.severity for problem in problems), key=lambda severity: _WEIGHT[severity])
    cell.fill = PatternFill("solid", fgColor=_FILLS[worst])
    words = "\n".join(problem.sentence for problem in problems)
    if cell.comment is not None:
        words = f"{words}\n\n{cell.comment.text}"
    comment = Comment(_clean(words)[:_LONGEST_COMMENT], say("excel.mark.author"))
    comment.width, comment.height = _COMMENT_WIDTH, _COMMENT_HEIGHT
    cell.comment = comment


def _clean(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub("�", text))


def _list_problems(book: Workbook, problems: Sequence[Problem], file: str) -> None:
    name = say("excel.sheet.problems")
    if name in book.sheetnames:
        del book[name]
    sheet = book.create_sheet(name, 0)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
    _put(sheet, 1, 1, str(SheetKey("", 0, SheetKind.PROBLEMS)))
    sheet.row_dimensions[1].hidden = True
    _put(sheet, 2, 1, say("excel.mark.title")).font = Font(name=FACE, size=16, bold=True, color=HEAD_FILL[1:])
    counts: Mapping[str, object] = {
        "file": file,
        **{f"{kind}s": sum(each.severity is kind for each in problems) for kind in Severity},
    }
    _put(sheet, 3, 1, say("excel.mark.hint", counts)).font = Font(name=FACE, size=9, color="52606D")
    sheet.row_dimensions[2].height, sheet.row_dimensions[3].height = 30, 20
    for column, (head, width) in enumerate(_COLUMNS, 1):
        cell = _put(sheet, _HEAD_ROW, column, say(f"excel.mark.{head}"))
        cell.font = Font(name=FACE, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=f"FF{HEAD_FILL[1:]}")
        cell.alignment = Alignment(horizontal="center", vertical="center")
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.row_dimensions[_HEAD_ROW].height = 26
    for number, problem in enumerate(problems, 1):
        _list_problem(sheet, number, problem, set(book.sheetnames))
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"


def _list_problem(sheet: Worksheet, number: int, problem: Problem, names: set[str]) -> None:
    row = _HEAD_ROW + number
    place = problem.place
    texts = (
        str(number),
        say(f"excel.severity.{problem.severity}"),
        place.sheet,
        place.cell,
        place.label,
        problem.sentence,
    )
    line = Side(style="thin", color=f"FF{LINE[1:]}")
    for column, text in enumerate(texts, 1):
        cell = _put(sheet, row, column, text)
        cell.font = Font(name=FACE, size=10)
        centred = _COLUMNS[column - 1][0] in {"seq", "severity", "cell"}
        cell.alignment = Alignment(
            horizontal="center" if centred else "left", vertical="center", wrap_text=True
        )
        cell.border = Border(left=line, right=line, top=line, bottom=line)
    sheet.cell(row, 2).fill = PatternFill("solid", fgColor=_FILLS[problem.severity])
    if place.sheet in names and parse_reference(place.cell):
        quoted = place.sheet.replace("'", "''")
        link = sheet.cell(row, 4)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{place.cell}")
        link.font = Font(name=FACE, size=10, color="2B6CB0", underline="single")
    widths = [float(width) for _, width in _COLUMNS]
    sheet.row_dimensions[row].height = row_height(zip(texts, widths, strict=True), 20)


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """A text as a text, whatever it begins with."""
    cell = sheet.cell(row, column, _clean(text))
    cell.data_type = "s"
    return cell
