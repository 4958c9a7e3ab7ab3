"""The sheet in front of a marked copy that lists every problem, with a way to its cell."""

from collections.abc import Sequence

from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.identity import SheetKey, SheetKind
from chuyi_desktop.excel.marking.looks import Looks
from chuyi_desktop.excel.marking.spans import attribute, text
from chuyi_desktop.excel.sheet import column_letters, parse_reference
from chuyi_desktop.excel.widths import row_height

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COLUMNS = (("seq", 6), ("severity", 9), ("sheet", 18), ("cell", 10), ("label", 24), ("sentence", 90))
_CENTRED = frozenset({"seq", "cell"})
_HEAD_ROW = 4


def list_sheet(problems: Sequence[Problem], file: str, names: set[str], looks: Looks) -> bytes:
    """The sheet's part; ``names`` are the sheets that can be gone to."""
    counts = {f"{kind}s": sum(each.severity is kind for each in problems) for kind in Severity}
    heads = [
        (column_letters(at), say(f"excel.mark.{name}"), looks.head)
        for at, (name, _) in enumerate(_COLUMNS, 1)
    ]
    rows = [
        _row(1, [("A", str(SheetKey("", 0, SheetKind.PROBLEMS)), 0)], 'hidden="1"'),
        _row(2, [("A", say("excel.mark.title"), looks.title)], _height(30)),
        _row(3, [("A", say("excel.mark.hint", {"file": file, **counts}), looks.hint)], _height(20)),
        _row(_HEAD_ROW, heads, _height(26)),
    ]
    links = []
    for number, problem in enumerate(problems, 1):
        row, linked = _HEAD_ROW + number, _is_place(problem, names)
        rows.append(_problem(row, number, problem, looks, linked=linked))
        if linked:
            links.append(_link(row, problem.place))
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, (_, width) in enumerate(_COLUMNS, 1)
    )
    first = f"A{_HEAD_ROW + 1}"
    below = f'<pane ySplit="{_HEAD_ROW}" topLeftCell="{first}" activePane="bottomLeft" state="frozen"/>'
    written = (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">{below}'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols>'
        f"<sheetData>{''.join(rows)}</sheetData>{_hyperlinks(links)}"
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{written}'.encode()


def _problem(row: int, number: int, problem: Problem, looks: Looks, *, linked: bool) -> str:
    place = problem.place
    texts = (
        str(number),
        say(f"excel.severity.{problem.severity}"),
        place.sheet,
        place.cell,
        place.label,
        problem.sentence,
    )
    styles = [looks.centred if name in _CENTRED else looks.body for name, _ in _COLUMNS]
    styles[1] = looks.severity[problem.severity]
    styles[3] = looks.link if linked else styles[3]
    cells = [
        (column_letters(at), said, style)
        for at, (said, style) in enumerate(zip(texts, styles, strict=True), 1)
    ]
    widths = [float(width) for _, width in _COLUMNS]
    return _row(row, cells, _height(row_height(zip(texts, widths, strict=True), 20)))


def _row(number: int, cells: Sequence[tuple[str, str, int]], more: str) -> str:
    # As inline text, whatever it begins with: nothing here can become a formula.
    written = "".join(
        f'<c r="{letter}{number}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{text(said)}</t></is></c>'
        for letter, said, style in cells
        if said or style
    )
    return f'<row r="{number}" {more}>{written}</row>'


def _height(points: float) -> str:
    return f'ht="{points:g}" customHeight="1"'


def _link(row: int, place: Place) -> str:
    sheet = place.sheet.replace("'", "''")
    location = attribute(f"'{sheet}'!{place.cell}")
    return f'<hyperlink ref="D{row}" location={location}/>'


def _hyperlinks(links: Sequence[str]) -> str:
    return f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""


def _is_place(problem: Problem, names: set[str]) -> bool:
    return problem.place.sheet in names and parse_reference(problem.place.cell) is not None
