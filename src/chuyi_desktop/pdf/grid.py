"""Ruled tables and forms: rows of cells that wrap, heads that repeat, rows that stay whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from chuyi_desktop.pdf.flowing import Block
from chuyi_desktop.pdf.styles import Side, Style
from chuyi_desktop.pdf.typesetter import Line, Typesetter, baseline

PAD_X = 4.0
PAD_Y = 3.5
THIN = 0.5
THICK = 1.0

WHOLE_ROW = 0.5
"""A row lower than this share of the page is never split."""

_NUMBER = re.compile(r"^(?P<left>[^\d]{0,3}(?:\d+:)?[\d,]*\d)(?P<right>(?:\.\d+)?\s?[^\d\s]{0,3})$")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its text, how it is set, how many columns it spans, whether on the decimal point."""

    text: str
    style: Style
    span: int = 1
    decimal: bool = False


@dataclass(frozen=True, slots=True)
class _LaidCell:
    lines: Sequence[Line]
    style: Style
    left: float
    width: float
    inset: float = 0
    """Where the line of a number begins, that its point stands under the others."""

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.leading + 2 * PAD_Y


_LaidRow = tuple[_LaidCell, ...]


def _row_height(row: _LaidRow) -> float:
    return max(cell.height for cell in row)


@dataclass(frozen=True, slots=True)
class _Laid:
    """Rows as they are laid for a width, and their heights."""

    rows: list[_LaidRow]
    heights: list[float]
    width: float


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row; ``least`` is a height it has in any case."""

    cells: tuple[GridCell, ...]
    least: float = 0


class Grid(Block):
    """A ruled table. The first ``head`` rows are repeated on every page."""

    def __init__(
        self,
        typesetter: Typesetter,
        shares: Sequence[float],
        rows: Sequence[GridRow],
        *,
        head: int = 0,
        floors: Sequence[float] = (),
        laid: _Laid | None = None,
    ) -> None:
        super().__init__()
        self._floors = tuple(floors)
        self._typesetter = typesetter
        self._shares = tuple(shares)
        self._rows = tuple(rows)
        self._head = head
        self._laid = laid.rows if laid else []
        self._heights = laid.heights if laid else []
        self._for_width = laid.width if laid else -1.0
        self.goes_over = False
        """Whether rows were kept back from the sheet before, so that this part begins on the next one."""
        self.spaceBefore = 4
        self.spaceAfter = 6

    def _lay(self, width: float) -> None:
        if self._for_width == width:
            return
        self._for_width = width
        points = _decimal_points(self._rows, self._typesetter)
        floors = [
            max(floor, sum(points.get(column, (0.0,))) + 2 * PAD_X + 1)
            for column, floor in enumerate(self._floors or [0.0] * len(self._shares))
        ]
        edges = [0.0, *accumulate(column_widths(self._shares, floors, width))]
        self._laid = [self._lay_row(row, edges, points) for row in self._rows]
        self._heights = [
            max(_row_height(laid), row.least) for laid, row in zip(self._laid, self._rows, strict=True)
        ]

    def _lay_row(self, row: GridRow, edges: list[float], points: dict[int, tuple[float, float]]) -> _LaidRow:
        laid, column = [], 0
        for cell in row.cells:
            left, right = edges[column], edges[min(column + cell.span, len(edges) - 1)]
            laid.append(self._lay_cell(cell, left, right - left, points.get(column)))
            column += cell.span
        return tuple(laid)

    def _lay_cell(
        self, cell: GridCell, left: float, width: float, point: tuple[float, float] | None
    ) -> _LaidCell:
        room = width - 2 * PAD_X
        if cell.decimal and point is not None and sum(point) <= room:
            found = _NUMBER.match(cell.text)
            if found:
                style = replace(cell.style, side=Side.LEFT)
                before = self._typesetter.width(found["left"], style)
                inset = (room - sum(point)) / 2 + point[0] - before
                return _LaidCell((self._typesetter.line(cell.text, style),), style, left, width, inset)
        style = replace(cell.style, side=Side.CENTER) if cell.decimal else cell.style
        return _LaidCell(self._typesetter.lines(cell.text, style, room), style, left, width)

    def opening_height(self, width: float) -> float:
        """The head and the first row, or as much of it as may be split off, and a low row after it: one
        row alone under a head looks torn off."""
        self._lay(width)
        least = 2 * self._laid[-1][0].style.leading + 2 * PAD_Y
        first = self._heights[self._head : self._head + 1]
        second = [height for height in self._heights[self._head + 1 : self._head + 2] if height <= 2 * least]
        return sum(self._heights[: self._head]) + min([*first, 8 * least]) + sum(second)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """All rows."""
        del height
        self._lay(width)
        self.width, self.height = width, sum(self._heights)
        return width, self.height

    def split(self, width: float, height: float) -> list[Grid]:
        """The rows that fit, and the rest under the same head; a very high row is split between lines."""
        self._lay(width)
        used, fits = 0.0, 0
        for row in self._heights:
            if used + row > height + 0.01:
                break
            used += row
            fits += 1
        if fits >= len(self._rows):
            return []
        frame = getattr(self, "_frame", None)
        if self.goes_over and not getattr(frame, "_atTop", True):
            return []
        page = getattr(frame, "_aH", None) or height
        halves = None
        if self._heights[fits] > WHOLE_ROW * page and fits >= self._head:
            halves = self._split_row(fits, height - used)
        # The last row, a total perhaps, does not stand alone under a head.
        kept_back = halves is None and len(self._rows) - fits == 1 and fits - 1 > self._head
        fits -= kept_back
        if halves is None and fits <= self._head:
            return []
        heads = list(range(self._head))
        first = self._part(range(fits), below=halves[:1] if halves else ())
        if halves is None:
            rest = self._part([*heads, *range(fits, len(self._rows))])
        else:
            rest = self._part(heads, below=halves[1:], after=range(fits + 1, len(self._rows)))
        first.spaceAfter = rest.spaceBefore = 0
        rest.goes_over = kept_back
        return [first, rest]

    def _split_row(self, index: int, room: float) -> tuple[_LaidRow, ...] | None:
        """A row in two at ``room``, or None where too little of it would stand."""
        row = self._laid[index]
        upper, lower = [], []
        for cell in row:
            fits = min(len(cell.lines), int((room - 2 * PAD_Y) / cell.style.leading + 0.001))
            fits -= len(cell.lines) - fits == 1  # no line stands alone on the next page either
            if fits < min(2, len(cell.lines)):
                return None
            upper.append(replace(cell, lines=cell.lines[:fits]))
            lower.append(replace(cell, lines=cell.lines[fits:]))
        return tuple(upper), tuple(lower)

    def _part(
        self, rows: Sequence[int], *, below: Sequence[_LaidRow] = (), after: Sequence[int] = ()
    ) -> Grid:
        """These rows as they are laid, under them a half of a split one, and the rows after it."""
        chosen = [*((self._rows[row], self._laid[row], self._heights[row]) for row in rows)]
        chosen += [(GridRow(()), half, _row_height(half)) for half in below]
        chosen += [(self._rows[row], self._laid[row], self._heights[row]) for row in after]
        part = Grid(
            self._typesetter,
            self._shares,
            [row for row, _, _ in chosen],
            head=self._head,
            floors=self._floors,
            laid=_Laid([laid for _, laid, _ in chosen], [height for _, _, height in chosen], self._for_width),
        )
        part.spaceBefore, part.spaceAfter = self.spaceBefore, self.spaceAfter
        return part

    def draw(self) -> None:
        """Text and rules."""
        canvas = self.canv
        canvas.saveState()
        canvas.setLineWidth(THIN)
        top = self.height
        for row, height in zip(self._laid, self._heights, strict=True):
            for cell in row:
                canvas.rect(cell.left, top - height, cell.width, height)
                self._draw_cell(cell, top, height)
            top -= height
        canvas.setLineWidth(THICK)
        canvas.rect(0, 0, self.width, self.height)
        canvas.restoreState()

    def _draw_cell(self, cell: _LaidCell, top: float, height: float) -> None:
        y = top - (height - len(cell.lines) * cell.style.leading) / 2
        for line in cell.lines:
            x = cell.left + PAD_X + cell.inset
            self._typesetter.draw(
                self.canv, line, cell.style, x, baseline(cell.style, y), cell.width - 2 * PAD_X
            )
            y -= cell.style.leading


def column_widths(shares: Sequence[float], floors: Sequence[float], width: float) -> list[float]:
    """``width`` shared out, no column under its floor as long as the floors leave anything to share."""
    if sum(floors) >= width:
        return [share * width / sum(shares) for share in shares]
    low: set[int] = set()
    while True:
        rest = width - sum(floors[column] for column in low)
        free = sum(share for column, share in enumerate(shares) if column not in low)
        widths = [
            floors[column] if column in low else share * rest / free for column, share in enumerate(shares)
        ]
        found = {column for column, given in enumerate(widths) if given < floors[column]} - low
        if not found:
            return widths
        low |= found


def _decimal_points(rows: Sequence[GridRow], typesetter: Typesetter) -> dict[int, tuple[float, float]]:
    """For each decimal column the widths its numbers need before and after the point."""
    points: dict[int, tuple[float, float]] = {}
    for row in rows:
        column = 0
        for cell in row.cells:
            found = _NUMBER.match(cell.text) if cell.decimal else None
            if found:
                before = typesetter.width(found["left"], cell.style)
                after = typesetter.width(found["right"], cell.style)
                left, right = points.get(column, (0.0, 0.0))
                points[column] = (max(left, before), max(right, after))
            column += cell.span
    return points
