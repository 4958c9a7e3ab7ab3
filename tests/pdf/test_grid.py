"""Ruled tables: columns, decimal points, rows over pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.pdf.grid import Grid, GridCell, GridRow, column_widths
from chuyi_desktop.pdf.styles import TABLE_CELL, TABLE_HEAD, Style
from chuyi_desktop.pdf.tables import data_table
from chuyi_desktop.pdf.typesetter import Line, Typesetter
from chuyi_desktop.report.blocks import DataTable, TableColumn


class RecordingTypesetter(Typesetter):
    """Remembers where lines are drawn instead of drawing them."""

    def __init__(self, other: Typesetter) -> None:
        super().__init__(other._faces)
        self.drawn: list[tuple[str, float, float]] = []

    def draw(self, canvas: object, line: Line, style: Style, x: float, y: float, width: float) -> None:
        del canvas, style, width
        self.drawn.append((line.text, x, y))


class NoCanvas:
    """A canvas that takes everything."""

    def __getattr__(self, name: str) -> object:
        return lambda *_: None


def grid(typesetter: Typesetter, texts: list[str], *, decimal: bool = False, head: int = 1) -> Grid:
    rows = [GridRow((GridCell("表头", TABLE_HEAD), GridCell("数", TABLE_HEAD)))] * head
    rows += [
        GridRow((GridCell("甲", TABLE_CELL), GridCell(text, TABLE_CELL, decimal=decimal))) for text in texts
    ]
    return Grid(typesetter, (1, 1), rows, head=head)


def drawn(table: Grid, recorder: RecordingTypesetter) -> list[tuple[str, float, float]]:
    recorder.drawn.clear()
    table.wrap(400, 1000)
    table.canv = NoCanvas()
    table.draw()
    return list(recorder.drawn)


def test_numbers_stand_with_their_points_under_each_other(typesetter: Typesetter) -> None:
    recorder = RecordingTypesetter(typesetter)
    numbers = ["45,210.5 ㎡", "3.14159", "1,980", "1:19.69", "-0.5%"]
    table = grid(recorder, numbers, decimal=True)
    points = []
    for text, x, _ in drawn(table, recorder):
        if text in numbers:
            whole = text.partition(".")[0] if "." in text else text
            points.append(x + typesetter.width(whole, TABLE_CELL))
    assert len(points) == len(numbers)
    assert points == pytest.approx([points[0]] * len(points), abs=0.01)


def test_words_in_a_number_column_are_kept(typesetter: Typesetter) -> None:
    recorder = RecordingTypesetter(typesetter)
    table = grid(recorder, ["12.5", "未填（除数为 0）"], decimal=True)
    assert "未填（除数为 0）" in [text for text, _, _ in drawn(table, recorder)]


def test_a_table_splits_between_rows_and_repeats_its_head(typesetter: Typesetter) -> None:
    recorder = RecordingTypesetter(typesetter)
    table = grid(recorder, [f"第{number}" for number in range(20)])
    row = table.wrap(400, 1000)[1] / 21
    first, rest = table.split(400, row * 8.5)
    upper = [text for text, _, _ in drawn(first, recorder)]
    lower = [text for text, _, _ in drawn(rest, recorder)]
    assert [text for text in upper if text.startswith("第")] == [f"第{number}" for number in range(7)]
    assert [text for text in lower if text.startswith("第")] == [f"第{number}" for number in range(7, 20)]
    assert upper[0] == lower[0] == "表头"
    assert first.wrap(400, 1000)[1] <= row * 8.5


def test_the_head_never_stands_alone(typesetter: Typesetter) -> None:
    table = grid(typesetter, ["第一"] * 20)
    row = table.wrap(400, 1000)[1] / 21
    assert table.split(400, row * 1.5) == []


class Sheet:
    """A frame of a page, as a table in it sees it."""

    def __init__(self, *, at_top: bool, height: float = 1000) -> None:
        self._atTop = at_top
        self._aH = height


def test_a_row_kept_back_for_company_begins_the_next_sheet(typesetter: Typesetter) -> None:
    recorder = RecordingTypesetter(typesetter)
    table = grid(recorder, [f"第{number}" for number in range(9)])
    row = table.wrap(400, 1000)[1] / 10
    first, rest = table.split(400, row * 9.5)
    rest.wrap(400, row * 2.5)
    # There would be room for the head and one row below the first part.
    rest._frame = Sheet(at_top=False)
    assert rest.split(400, row * 2.5) == []
    rest._frame = Sheet(at_top=True)
    texts = [text for part in (first, rest) for text, _, _ in drawn(part, recorder)]
    assert [text for text in texts if text.startswith("第")] == [f"第{number}" for number in range(9)]
    assert texts.count("表头") == 2


def test_a_row_higher_than_a_page_is_split_between_lines_and_loses_none(typesetter: Typesetter) -> None:
    recorder = RecordingTypesetter(typesetter)
    words = "\n".join(f"第{number}行" for number in range(100))
    parts = [grid(recorder, [words, "末行"])]
    done = []
    while parts:
        table = parts.pop()
        if table.wrap(400, 1000)[1] <= 300:
            done.append(table)
            continue
        first, rest = table.split(400, 300)
        assert first.wrap(400, 1000)[1] <= 300
        done.append(first)
        parts.append(rest)
    texts = [text for table in done for text, _, _ in drawn(table, recorder)]
    assert [text for text in texts if text.startswith("第")] == [f"第{number}行" for number in range(100)]
    assert texts.count("表头") == len(done)
    assert texts[-1] == "末行"


@given(
    st.lists(st.tuples(st.integers(1, 40), st.floats(0, 60)), min_size=1, max_size=12), st.floats(100, 700)
)
def test_column_widths_fill_the_table_and_keep_their_floors(
    columns: list[tuple[int, float]], width: float
) -> None:
    shares, floors = [share for share, _ in columns], [floor for _, floor in columns]
    widths = column_widths(shares, floors, width)
    assert sum(widths) == pytest.approx(width)
    if sum(floors) < width:
        assert all(given >= floor - 1e-6 for given, floor in zip(widths, floors, strict=True))
    assert all(given > 0 for given in widths)


def test_no_single_line_of_a_row_goes_over(typesetter: Typesetter) -> None:
    recorder = RecordingTypesetter(typesetter)
    words = [f"第{number}行" for number in range(20)]
    table = grid(recorder, ["\n".join(words), "末行"])
    line = TABLE_CELL.leading
    head = table.wrap(400, 1000)[1] - 22 * line
    # There is room for all lines of the row but one.
    first, rest = table.split(400, head + 19.2 * line)
    assert [text for text, _, _ in drawn(first, recorder) if text in words] == words[:-2]
    assert [text for text, _, _ in drawn(rest, recorder) if text in words] == words[-2:]


def test_a_table_opens_with_two_rows_where_they_are_low(typesetter: Typesetter) -> None:
    rows = grid(typesetter, ["第一", "第二", "第三"])
    row = rows.wrap(400, 1000)[1] / 4
    assert rows.opening_height(400) == pytest.approx(3 * row)
    low_then_high = grid(typesetter, ["第一", "\n".join(["高"] * 30)])
    assert low_then_high.opening_height(400) == pytest.approx(2 * row)


def test_dates_and_amounts_are_not_broken_where_the_table_has_room(typesetter: Typesetter) -> None:
    recorder = RecordingTypesetter(typesetter)
    columns = (TableColumn("项目", 60), TableColumn("日期", 4), TableColumn("金额", 4))
    texts = ("一个名称很长的项目" * 6, "2025年10月18日", "16,794.48 元")
    table = data_table(recorder, DataTable(columns, (texts,)), 440, wide=False)
    assert {texts[1], texts[2]} <= {text for text, _, _ in drawn(table, recorder)}


def test_a_table_without_room_for_whole_texts_still_fits(typesetter: Typesetter) -> None:
    columns = tuple(TableColumn(f"第{number}列", 10) for number in range(14))
    rows = (("2025年10月18日",) * 14,)
    table = data_table(typesetter, DataTable(columns, rows), 440, wide=False)
    assert table.wrap(440, 1000)[0] == 440
