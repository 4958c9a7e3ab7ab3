"""明细表: rosters with typed columns, sums where a sum means something, broad ones on turned paper."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from chuyi_desktop.domain.assessment import Row
from chuyi_desktop.domain.display import grouped, show
from chuyi_desktop.domain.indicator import Column, Table, ValueKind
from chuyi_desktop.domain.programme import DossierPart
from chuyi_desktop.domain.typed_input import default_of
from chuyi_desktop.domain.units import YEARS, find_unit
from chuyi_desktop.domain.values import Value, total
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.blocks import Align, Block, DataTable, Paragraph, Part, TableColumn, TextStyle
from chuyi_desktop.report.material import Material, joined, labelled, texts
from chuyi_desktop.report.numbering import section_heading

_NUMBER_WIDTH = 5
_PORTRAIT_WIDTH = 84
"""Latin characters of table text that fit across upright paper."""
_ADDITIVE = frozenset({"area", "money", "people", "attendances", "volumes", "machines", "hours"})
"""Dimensions whose amounts add up; shares, years and lengths do not."""
_CENTERED = frozenset({ValueKind.DATE, ValueKind.YES_NO, ValueKind.CHOICE})


def roster(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """One roster as a part of its own. Settings: ``table`` (its id), ``wide``."""
    wanted = (texts(part, "table") or ("",))[0]
    table = material.found(part, material.programme.tables, wanted)
    return (Part(part.title or table.name, _blocks(material, table), wide=_is_wide(table, part)),)


def rosters(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """All rosters that no part of their own has, or those of the setting ``tables``; each under its heading.

    Broad ones need turned paper, and paper turns with a part: the part is continued under an empty title.
    """
    title = part.title or say("report.tables.title")
    tables = _chosen(material, part)
    if not tables:
        return (Part(title, (Paragraph(say("report.tables.none")),)),)
    parts: list[Part] = []
    turned = _turned([_is_wide(table, part) for table in tables])
    for number, (table, wide) in enumerate(zip(tables, turned, strict=True), 1):
        blocks = (section_heading(number, table.name), *_blocks(material, table))
        if parts and parts[-1].wide == wide:
            last = parts.pop()
            parts.append(Part(last.title, last.blocks + blocks, wide))
        else:
            parts.append(Part("" if parts else title, blocks, wide))
    return tuple(parts)


def _chosen(material: Material, part: DossierPart) -> tuple[Table, ...]:
    tables = material.programme.tables
    wanted = texts(part, "tables")
    if wanted is not None:
        return tuple(material.found(part, tables, name) for name in wanted)
    alone = {
        name
        for other in material.programme.dossier
        if other.kind == "table"
        for name in texts(other, "table") or ()
    }
    return tuple(table for table in tables.values() if table.id not in alone)


def _turned(wide: Sequence[bool]) -> list[bool]:
    """Which rosters lie broad: also one between two broad ones, rather than turn the paper twice for it."""
    padded = [False, *wide, False]
    return [padded[at] or (padded[at - 1] and padded[at + 1]) for at in range(1, len(padded) - 1)]


def _is_wide(table: Table, part: DossierPart) -> bool:
    setting = part.settings.get("wide")
    if isinstance(setting, bool):
        return setting
    return _NUMBER_WIDTH + sum(_width(column) for column in table.columns) > _PORTRAIT_WIDTH


def _width(column: Column) -> int:
    """A column is at least as broad as its head on two lines."""
    return max(column.width, len(labelled(column)), 4)


def _blocks(material: Material, table: Table) -> tuple[Block, ...]:
    """The roster and what is to be said about it; 未填 and 本表无数据 are told apart."""
    rows = material.assessment.rows(table.id)
    columns = (
        TableColumn(say("report.verdict.number"), _NUMBER_WIDTH, Align.CENTER),
        *(TableColumn(labelled(column), _width(column), _align(column)) for column in table.columns),
    )
    if rows is None:
        empty = DataTable(columns, (), empty=say("report.tables.not_filled"))
        return (empty, Paragraph(say("report.tables.not_filled_note"), TextStyle.NOTE))
    if not rows:
        return (DataTable(columns, (), empty=say("report.tables.empty")),)
    written = tuple(
        (str(number), *(_cell(row, column) for column in table.columns)) for number, row in enumerate(rows, 1)
    )
    # Before the roster: after it, the line would at times stand alone on the next page.
    count = Paragraph(say("report.tables.count", {"count": len(rows)}), TextStyle.NOTE)
    notes = []
    incomplete = joined(*_incomplete(rows, table.columns))
    if incomplete:
        notes.append(Paragraph(say("report.tables.incomplete", {"columns": incomplete}), TextStyle.NOTE))
    return (count, DataTable(columns, written, total=_total(rows, table.columns)), *notes)


def _align(column: Column) -> Align:
    if column.unit == YEARS:
        return Align.CENTER
    if column.kind is ValueKind.DECIMAL:
        return Align.DECIMAL
    if column.kind is ValueKind.INTEGER:
        return Align.RIGHT
    return Align.CENTER if column.kind in _CENTERED else Align.LEFT


def _content(row: Row, column: Column) -> Value | None:
    """A cell's value; a blank stands for the column's default where blank has a meaning."""
    return row.cells.get(column.id, default_of(column))


def _cell(row: Row, column: Column) -> str:
    value = _content(row, column)
    if value is None:
        return say("input.missing.not_filled" if column.required else "report.none")
    return show(value, column, with_unit=False)


def _adds_up(column: Column) -> bool:
    unit = find_unit(column.unit)
    return column.kind.is_number and unit is not None and unit.dimension in _ADDITIVE


def _total(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[str, ...] | None:
    """The last row: sums of filled cells; None where no column adds up."""
    if not any(_adds_up(column) for column in columns):
        return None
    return (say("report.tables.total"), *(_sum(rows, column) for column in columns))


def _sum(rows: Sequence[Row], column: Column) -> str:
    if not _adds_up(column):
        return ""
    amounts = _amounts(rows, column)
    if not amounts:
        return say("input.missing.not_filled" if column.required else "report.none")
    return grouped(total(amounts))


def _amounts(rows: Sequence[Row], column: Column) -> list[Decimal]:
    contents = (_content(row, column) for row in rows)
    return [value for value in contents if isinstance(value, Decimal)]


def _incomplete(rows: Sequence[Row], columns: Sequence[Column]) -> Iterable[str]:
    """Columns with a sum some cells of which are 未填; not a column that nobody had anything to write in."""
    for column in columns:
        filled = len(_amounts(rows, column))
        unused = not filled and not column.required
        blank = len(rows) - filled if _adds_up(column) and not unused else 0
        if blank:
            params = {"column": column.name, "count": blank}
            yield say("report.tables.incomplete_column", params)
