"""What clerks do to a workbook: everything understandable is understood, everything else is said."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from chuyi_desktop.app.ports import WorkbookReading
from chuyi_desktop.domain.assessment import Content, Entry, Field, FieldKind, Text
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.domain.values import Value
from tests.builders import YEAR
from tests.excel.school import contents, filled_fields, read, value, write

BASIC, MEANS, TEACHERS, AWARDS = "基本情况", "办学条件：场地 设备", "专任教师名册", "获奖情况"
THIS, LAST = "E", "F"
"""Columns of the years on a section's sheet; rows begin at 5, roster rows at 6."""


def edited(
    folder: Path, edit: Callable[[Workbook], None], fields: dict[Field, Content] | None = None
) -> WorkbookReading:
    """The reading of a workbook after somebody worked on it."""
    source = write(folder, {} if fields is None else fields)
    book = load_workbook(source)
    edit(book)
    book.save(source)
    return read(source)


def plain_fields() -> dict[Field, Content]:
    """Filled fields without what openpyxl, as the clerk, would change (``_x0041_``, ``=`` typed anew)."""
    return {
        **filled_fields(),
        Field(FieldKind.TEXT, "overview"): Text("学校创办于 1952 年。\n=1"),
        value("school_name"): Entry("邵东市职业中等专业学校", note="以公章为准"),
    }


def put(sheet: str, **cells: object) -> Callable[[Workbook], None]:
    """Type into cells."""

    def edit(book: Workbook) -> None:
        for place, content in cells.items():
            book[sheet][place] = content

    return edit


def codes(reading: WorkbookReading) -> list[tuple[str, str, str]]:
    """The problems: code, sheet, cell."""
    return [(each.code, each.place.sheet, each.place.cell) for each in reading.problems]


@pytest.mark.parametrize(
    ("sheet", "cell", "typed", "indicator_id", "expected"),
    [
        (BASIC, "E6", "3091", "student_count", Decimal(3091)),
        (BASIC, "E6", " ３，０９１ 人 ", "student_count", Decimal(3091)),
        (BASIC, "E6", 3091.0, "student_count", Decimal(3091)),
        (MEANS, "E5", "120亩", "site_area", Decimal(80000)),
        (MEANS, "E6", "30000元", "equipment_value", Decimal(3)),
        (MEANS, "E6", "3万元", "equipment_value", Decimal(3)),
        (MEANS, "E7", "96.5%", "employment_share", Decimal("96.5")),
        (MEANS, "E7", 0.1 + 0.2, "employment_share", Decimal("0.3")),
        (BASIC, "E9", "1952年3月", "founded_on", date(1952, 3, 1)),
        (BASIC, "E9", date(1952, 3, 1), "founded_on", date(1952, 3, 1)),
        (BASIC, "E9", 19520301, "founded_on", date(1952, 3, 1)),
        (BASIC, "E9", "195203", "founded_on", date(1952, 3, 1)),
        (BASIC, "E10", True, "is_public", True),
        (BASIC, "E10", "√", "is_public", True),
        (BASIC, "E11", "县镇", "place", "town"),
        (BASIC, "E5", 12345678901, "school_name", "12345678901"),
    ],
)
def test_every_way_to_type_a_value(
    tmp_path: Path, sheet: str, cell: str, typed: object, indicator_id: str, expected: Value
) -> None:
    reading = edited(tmp_path, put(sheet, **{cell: typed}))
    assert contents(reading) == {value(indicator_id): Entry(expected)}
    assert all(problem.severity is Severity.NOTE for problem in reading.problems)


@pytest.mark.parametrize(
    ("sheet", "cell", "typed", "code"),
    [
        (BASIC, "E6", "许多", "input.not_a_number"),
        (BASIC, "E6", 12.5, "input.not_whole"),
        (BASIC, "E6", -1, "input.below_minimum"),
        (MEANS, "E5", "3万元", "input.wrong_unit"),
        (MEANS, "E7", 101, "input.above_maximum"),
        (BASIC, "E9", 1952.3, "excel.date_slip"),
        (BASIC, "E9", "1952.1", "excel.ambiguous_month"),
        (BASIC, "E9", date(1905, 7, 16), "excel.date_slip"),
        (BASIC, "E9", "昨天", "input.not_a_date"),
        (BASIC, "E11", "乡下", "input.not_a_choice"),
        (BASIC, "E6", "=1/0", "excel.formula_without_value"),
    ],
)
def test_a_bad_cell_is_named_and_refused(
    tmp_path: Path, sheet: str, cell: str, typed: object, code: str
) -> None:
    reading = edited(tmp_path, put(sheet, **{cell: typed}))
    assert codes(reading) == [(code, sheet, cell)]
    assert reading.problems[0].severity is Severity.ERROR
    assert reading.problems[0].place.label
    assert reading.cells == ()


@pytest.mark.parametrize(
    ("cell", "typed", "number_format", "expected"),
    [
        ("E9", 1952.3, "General", Entry(date(1952, 3, 1))),
        ("E9", 1952.1, "0.0", "excel.ambiguous_month"),
        ("E9", 19054, 'yyyy"年"m"月"', Entry(date(1952, 3, 1))),
        ("E9", 19054, "[$-804]aaaa;@", "input.not_a_date"),
        ("E6", 46086, "m/d/yy", "excel.date_for_number"),
        ("E6", 46086, '[Red]0.00"d"', Entry(Decimal(46086))),
    ],
)
def test_number_formats_say_what_a_number_is(
    tmp_path: Path, cell: str, typed: float, number_format: str, expected: Entry | str
) -> None:
    def edit(book: Workbook) -> None:
        book[BASIC][cell], book[BASIC][cell].number_format = typed, number_format

    reading = edited(tmp_path, edit)
    assert [each.content for each in reading.cells] + [each.code for each in reading.problems] == [expected]


def test_percent_cells_are_shares(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        book[MEANS]["E7"], book[MEANS]["E7"].number_format = 0.9635, "0.00%"

    assert contents(edited(tmp_path, edit)) == {value("employment_share"): Entry(Decimal("96.35"))}


@pytest.mark.parametrize(
    ("cell", "unit", "typed", "indicator_id", "expected"),
    [
        ("D6", "元", 35000, "equipment_value", Decimal("3.5")),
        ("D5", "亩", 3, "site_area", Decimal(2000)),
        ("D5", "平方米", 3, "site_area", Decimal(3)),
    ],
)
def test_a_changed_unit_cell_is_believed(
    tmp_path: Path, cell: str, unit: str, typed: int, indicator_id: str, expected: Decimal
) -> None:
    reading = edited(tmp_path, put(MEANS, **{cell: unit, f"E{cell[1:]}": typed}))
    assert contents(reading) == {value(indicator_id): Entry(expected)}


def test_a_unit_nobody_knows_is_not_guessed(tmp_path: Path) -> None:
    reading = edited(tmp_path, put(MEANS, D6="万", E6=3))
    assert codes(reading) == [("input.wrong_unit", MEANS, "E6")]


def test_not_applicable_with_and_without_reason(tmp_path: Path) -> None:
    reading = edited(tmp_path, put(MEANS, E6="不适用", E7="不适用:没有毕业生", H7="新建校"))
    assert contents(reading) == {
        value("equipment_value"): Entry(None, not_applicable="不适用"),
        value("employment_share"): Entry(None, note="新建校", not_applicable="没有毕业生"),
    }


def _move_columns(book: Workbook) -> None:
    sheet = book[BASIC]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    sheet.delete_rows(1, sheet.max_row)
    for row in rows:
        sheet.append([*reversed(row)])


def _move_rows(book: Workbook) -> None:
    sheet = book[BASIC]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    sheet.delete_rows(5, sheet.max_row)
    for row in (*reversed(rows), []):
        sheet.append(row)
        sheet.append([])


def _insert_lines_above(book: Workbook) -> None:
    book[BASIC].insert_rows(1, 3)
    book[BASIC]["C1"] = "张三填"
    book[TEACHERS].insert_rows(4, 2)


def _rename_sheets(book: Workbook) -> None:
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"Sheet{number}"


def _delete_hidden_sheets(book: Workbook) -> None:
    for name in ("_标识", "_选项"):
        del book[name]


def _delete_marks(book: Workbook) -> None:
    _delete_hidden_sheets(book)
    for name in list(book.defined_names):
        del book.defined_names[name]


def _delete_guide_too(book: Workbook) -> None:
    _delete_marks(book)
    del book["说明"]


def _delete_keys_of_sections(book: Workbook) -> None:
    for name in (BASIC, MEANS):
        book[name].delete_cols(1)
        book[name].delete_rows(1)


@pytest.mark.parametrize(
    "edit",
    [
        _move_columns,
        _move_rows,
        _insert_lines_above,
        _rename_sheets,
        _delete_hidden_sheets,
        _delete_marks,
        _delete_guide_too,
        _delete_keys_of_sections,
    ],
)
def test_moving_and_losing_things_loses_no_data(tmp_path: Path, edit: Callable[[Workbook], None]) -> None:
    reading = edited(tmp_path, edit, plain_fields())
    assert reading.problems == ()
    assert contents(reading) == plain_fields()


def test_identity_in_words_is_the_last_resort(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        _delete_marks(book)
        for sheet in book.worksheets:
            sheet.delete_cols(1)
            sheet.delete_rows(1)

    reading = edited(tmp_path, edit, plain_fields())
    assert reading.problems == ()
    rows = [row for roster in reading.rosters for row in roster.rows]
    assert {row.row_id for row in rows} == {""}
    assert len(contents(reading)) == len(plain_fields())


def test_rows_sorted_without_their_hidden_keys_go_by_their_names(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book[BASIC]
        for column in "CDEFGHIJK":
            first, second = sheet[f"{column}6"], sheet[f"{column}7"]
            first.value, second.value = second.value, first.value

    reading = edited(tmp_path, edit, plain_fields())
    assert contents(reading)[value("student_count")] == Entry(Decimal(3091))
    assert contents(reading)[value("full_time_teacher_count")] == Entry(Decimal(157))


def test_an_unknown_row_and_column_are_said(tmp_path: Path) -> None:
    reading = edited(tmp_path, put(BASIC, C20="校友数", E20=500, P4="电话", P6="123"))
    assert sorted(codes(reading)) == [
        ("excel.unknown_column", BASIC, "P6"),
        ("excel.unknown_indicator", BASIC, "E20"),
    ]
    assert {problem.severity for problem in reading.problems} == {Severity.WARNING}


def test_what_is_not_asked_is_said(tmp_path: Path) -> None:
    reading = edited(tmp_path, put(BASIC, E8=19.7, G7=150))
    assert sorted(codes(reading)) == [
        ("excel.derived_ignored", BASIC, "E8"),
        ("excel.year_not_asked", BASIC, "G7"),
    ]
    assert reading.cells == ()


def test_one_indicator_with_two_values_counts_for_neither(tmp_path: Path) -> None:
    reading = edited(tmp_path, put(BASIC, E6=3000, C20="在校生数", E20=3091))
    assert codes(reading) == [("excel.filled_twice", BASIC, "E20")]
    assert reading.cells == ()


def test_one_indicator_twice_the_same_is_fine(tmp_path: Path) -> None:
    reading = edited(tmp_path, put(BASIC, E6=3091, C20="在校生数", E20="3091人"))
    assert reading.problems == ()
    assert contents(reading) == {value("student_count"): Entry(Decimal(3091))}


def test_two_columns_for_one_year_count_for_neither(tmp_path: Path) -> None:
    reading = edited(tmp_path, put(BASIC, F4="2026年", E6=1, F6=2))
    assert ("excel.duplicate_column", BASIC, "F4") in codes(reading)
    assert reading.cells == ()


def roster_cells(reading: WorkbookReading) -> list[dict[str, Value]]:
    """The rows of the only roster."""
    return [dict(row.cells) for row in reading.rosters[0].rows]


def test_rows_added_copied_and_left_blank(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book[TEACHERS]
        sheet["C12"], sheet["G12"] = "赵六", "１２学时"
        sheet["A13"], sheet["C13"] = "r0", "钱七"

    fields = plain_fields()
    reading = edited(tmp_path, edit, fields)
    roster = next(each for each in reading.rosters if each.table_id == "teachers")
    assert [row.row_id for row in roster.rows] == ["r0", "r1", "r2", "", ""]
    assert dict(roster.rows[3].cells) == {"name": "赵六", "hours": Decimal(12)}


def test_a_changed_unit_in_a_head_is_believed(tmp_path: Path) -> None:
    reading = edited(tmp_path, put(TEACHERS, C6="张三", H5="培训经费（元）", H6=3500))
    assert roster_cells(reading) == [{"name": "张三", "funds": Decimal("0.35")}]


def test_heads_known_by_alias_when_the_keys_are_gone(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet: Worksheet = book[TEACHERS]
        sheet.delete_rows(1, 4)
        sheet["A1"], sheet["C1"], sheet["C2"], sheet["F2"] = None, "教师姓名", "张三", "否"

    assert roster_cells(edited(tmp_path, edit)) == [{"name": "张三", "dual": False}]


def test_a_merged_block_counts_for_every_row_it_covers(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book[TEACHERS]
        for row, name in ((6, "张三"), (7, "李四"), (9, "王五")):
            sheet[f"C{row}"] = name
        sheet["E6"] = "高级"
        sheet.merge_cells("E6:E9")

    assert roster_cells(edited(tmp_path, edit)) == [
        {"name": name, "title": "senior"} for name in ("张三", "李四", "王五")
    ]


def test_a_total_is_no_row(tmp_path: Path) -> None:
    reading = edited(tmp_path, put(TEACHERS, C6="张三", G6=12, B7="合 计", G7=12))
    assert roster_cells(reading) == [{"name": "张三", "hours": Decimal(12)}]
    assert codes(reading) == [("excel.total_row", TEACHERS, "B7")]


def test_a_row_without_its_required_cell_is_taken_and_said(tmp_path: Path) -> None:
    reading = edited(tmp_path, put(TEACHERS, G6=12))
    assert codes(reading) == [("excel.required_missing", TEACHERS, "C6")]
    assert roster_cells(reading) == [{"hours": Decimal(12)}]


def test_a_bad_roster_cell_keeps_the_row(tmp_path: Path) -> None:
    reading = edited(tmp_path, put(TEACHERS, C6="张三", G6="很多"))
    assert codes(reading) == [("input.not_a_number", TEACHERS, "G6")]
    assert roster_cells(reading) == [{"name": "张三"}]


@pytest.mark.parametrize(("typed", "declared"), [("是", True), ("有", True), ("否", False), (None, False)])
def test_no_data_is_said_in_one_cell(tmp_path: Path, typed: str | None, declared: bool) -> None:  # noqa: FBT001 - a parameter of the test
    reading = edited(tmp_path, put(AWARDS, D4=typed))
    assert [roster.declared_empty for roster in reading.rosters] == ([True] if declared else [])
    assert reading.problems == ()


def test_no_data_and_rows_contradict(tmp_path: Path) -> None:
    reading = edited(tmp_path, put(AWARDS, D4="是", C6="一等奖"))
    assert codes(reading) == [("excel.empty_but_rows", AWARDS, "D4")]
    assert roster_cells(reading) == [{"name": "一等奖"}]


def test_a_note_without_an_answer_is_said(tmp_path: Path) -> None:
    reading = edited(tmp_path, put("承诺与自评", F6="有证明"))
    assert codes(reading) == [("excel.note_without_answer", "承诺与自评", "F6")]


def test_sheets_of_others_are_said(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        book.create_sheet("草稿")["B2"] = "x"
        book[AWARDS]["A1"] = "chuyi|1|other|2024|roster|awards"

    assert codes(edited(tmp_path, edit)) == [
        ("excel.foreign_sheet", AWARDS, "A1"),
        ("excel.unknown_sheet", "草稿", "B2"),
    ]


def test_departments_may_fill_in_copies_of_one_sheet(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        copy = book.copy_worksheet(book[BASIC])
        copy["E7"] = 157
        book[BASIC]["E6"] = 3091

    assert contents(edited(tmp_path, edit)) == {
        value("student_count"): Entry(Decimal(3091)),
        value("full_time_teacher_count"): Entry(Decimal(157)),
    }


def test_fields_of_other_years_keep_their_year(tmp_path: Path) -> None:
    reading = edited(tmp_path, put(BASIC, F6=2950, G6=2800))
    assert contents(reading) == {
        Field(FieldKind.VALUE, "student_count", YEAR - 1): Entry(Decimal(2950)),
        Field(FieldKind.VALUE, "student_count", YEAR - 2): Entry(Decimal(2800)),
    }
