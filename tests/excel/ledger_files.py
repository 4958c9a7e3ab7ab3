"""Tables as school offices make them, written by different programs."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.styles import Alignment

TEACHER_HEADS = (
    "序号",
    "姓名",
    "性别",
    "身份证号",
    "出生年月",
    "学历",
    "职称",
    "是否专业课教师",
    "双师型",
    "任教学科",
    "用工形式",
)
"""The heads of a roster as 人事处 keeps it."""
TEACHERS: tuple[tuple[object, ...], ...] = (
    (
        1,
        "周梅",
        "女",
        "430422198001010026",
        date(1980, 1, 1),
        "本科",
        "高级讲师",
        "是",
        "高级",
        "语文",
        "专职",
    ),
    (
        2,
        "刘伟",
        "男",
        "430422198502033517",
        date(1985, 2, 3),
        "硕士研究生",
        "讲师",
        "是",
        "中级",
        "机电",
        "专职",
    ),
    (
        3,
        "陈静",
        "女",
        "430422199012127424",
        date(1990, 12, 12),
        "本科",
        "助理讲师",
        "否",
        "不是",
        "数学",
        "专职",
    ),
    (
        4,
        "欧阳娜",
        "女",
        "430422197506250028",
        date(1975, 6, 25),
        "大专",
        "副高级",
        "是",
        "不是",
        "护理",
        "外聘",
    ),
)


def openpyxl_roster(target: Path, rows: Iterable[Sequence[object]] = TEACHERS) -> Path:
    """A title over the whole width, heads in two rows with merged groups, a sum and a signature below; a
    sheet of something else in front."""
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "封面"
    cover["A1"] = "某某职业中专学校"
    sheet = book.create_sheet("教师花名册")
    sheet["A1"] = "某某职业中专学校教师花名册"
    sheet.merge_cells("A1:K1")
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet["A2"] = "（2026年9月）"
    sheet.merge_cells("A2:K2")
    for column, head in enumerate(TEACHER_HEADS, 1):
        if column in {2, 3, 4, 5}:
            sheet.cell(4, column, head)
        else:
            sheet.cell(3, column, head)
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    sheet["B3"] = "基本信息"
    sheet.merge_cells("B3:E3")
    row = 5
    for filled in rows:
        for column, content in enumerate(filled, 1):
            cell = sheet.cell(row, column, content)
            if isinstance(content, date):
                cell.number_format = "yyyy.mm"
        row += 1
    sheet.cell(row, 1, "合 计")
    sheet.cell(row, 2, f"{row - 5}人")
    sheet.cell(row + 2, 1, "填表人：王老师          审核人：李主任          填表日期：2026.9.10")
    sheet.merge_cells(start_row=row + 2, end_row=row + 2, start_column=1, end_column=11)
    book.save(target)
    return target


def xlsxwriter_table(
    target: Path,
    lines: Sequence[Sequence[object]],
    *,
    percent_columns: Sequence[int] = (),
    since_1904: bool = False,
    sheet: str = "Sheet1",
) -> Path:
    """Lines as they are; days as days."""
    options = {"strings_to_formulas": False, "date_1904": since_1904}
    with xlsxwriter.Workbook(str(target), options) as book:
        percent = book.add_format({"num_format": "0.00%"})
        day = book.add_format({"num_format": "yyyy/m/d"})
        page = book.add_worksheet(sheet)
        for number, line in enumerate(lines):
            for column, content in enumerate(line):
                if content is None:
                    continue
                if isinstance(content, datetime | date):
                    page.write_datetime(number, column, content, day)
                elif column in percent_columns and isinstance(content, int | float):
                    page.write_number(number, column, content, percent)
                else:
                    page.write(number, column, content)
    return target


def text_table(
    target: Path, lines: Sequence[Sequence[object]], encoding: str = "utf-8", separator: str = ","
) -> Path:
    """A text file as Excel and WPS write it."""
    written = [
        separator.join(f'"{cell}"' if separator in str(cell) else str(cell) for cell in line)
        for line in lines
    ]
    target.write_bytes("\r\n".join([*written, ""]).encode(encoding))
    return target


def xlwt_table(
    target: Path, lines: Sequence[Sequence[object]], *, percent_columns: Sequence[int] = ()
) -> Path:
    """The same lines in the format of Excel 97 to 2003."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("台账")
    day, percent = xlwt.easyxf(num_format_str="YYYY/M/D"), xlwt.easyxf(num_format_str="0.00%")
    for number, line in enumerate(lines):
        for column, content in enumerate(line):
            if isinstance(content, date):
                sheet.write(number, column, content, day)
            elif column in percent_columns and isinstance(content, int | float):
                sheet.write(number, column, content, percent)
            elif content is not None:
                sheet.write(number, column, content)
    book.save(str(target))
    return target


def long_roster(target: Path, count: int) -> Path:
    """A roster of ``count`` teachers with the usual columns."""
    titles = ("正高级讲师", "高级讲师", "讲师", "助理讲师", "未定级")
    heads = (
        "姓名",
        "身份证号",
        "出生年月",
        "学历",
        "职称",
        "是否专业课教师",
        "双师型",
        "任教学科",
        "用工形式",
    )
    lines = [
        (
            f"教师{number:05}",
            f"43042219{60 + number % 40}0101{number % 10000:04}",
            date(1960 + number % 40, 1 + number % 12, 1 + number % 28),
            ("本科", "硕士研究生", "大专")[number % 3],
            titles[number % 5],
            "是" if number % 2 else "否",
            "中级" if number % 4 == 0 else "不是",
            "机电技术应用",
            "专职" if number % 5 else "外聘",
        )
        for number in range(count)
    ]
    return xlsxwriter_table(target, [heads, *lines], sheet="花名册")
