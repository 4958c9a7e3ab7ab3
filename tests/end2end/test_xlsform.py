"""An XLSForm becomes a pack; what has no meaning here is told, cell by cell."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from chuyi_desktop.app.ports import TakenPack
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.indicator import ValueKind
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.excel.workbooks import ExcelWorkbooks
from chuyi_desktop.packs.library import FormsFolder
from tests.end2end.conftest import Chuyi

FORMS = Path(__file__).parents[2] / "forms"
HEADS = (
    "type",
    "name",
    "label::English (en)",
    "label::中文 (zh)",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "appearance",
)
SURVEY = (
    ("start", "start"),
    ("begin_group", "Basics", "Basics", "基本情况"),
    ("text", "lab_name", "Name", "实验室名称", "全称", "yes"),
    ("integer", "seats", "Seats", "座位数", "", "", "", ". >= 0 and . <= 500"),
    ("integer", "used", "Used", "使用座位", "", "", "${open} = 'yes'", ". <= ${seats}", "使用的不能多于座位"),
    ("select_one yesno", "open", "Open", "是否开放"),
    ("begin group", "inner", "Inner", "设备"),
    ("decimal", "value", "Value", "设备值", "", "", "${open} = 'yes'"),
    ("end group",),
    ("calculate", "Each", "", "每座位设备值", "", "", "", "", "", "${value} div ${seats}"),
    ("end_group",),
    ("begin_repeat", "tools", "Tools", "设备明细"),
    ("text", "tool", "Tool", "名称", "", "yes"),
    ("decimal", "price", "Price", "价格", "", "", "", ". > 0"),
    ("end_repeat",),
    ("calculate", "total", "", "设备合计", "", "", "", "", "", "sum(${price}) + count(${tools}) * 0"),
    ("geopoint", "where", "Where", "位置"),
    ("select_multiple yesno", "several", "Several", "多选"),
    ("integer", "odd", "Odd", "单数", "", "", "", ". mod 2 = 1"),
    ("integer", "student_count", "Students", "学生数"),
)
CHOICES = (("list_name", "name", "label"), ("yesno", "yes", "是"), ("yesno", "no", "否"))
SETTINGS = (("form_title", "form_id", "version"), ("实验室调查", "Lab_Survey", "2027.1"))


def form(file: Path, survey: Sequence[Sequence[str]] = SURVEY, heads: Sequence[str] = HEADS) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in (heads, *survey):
        sheet.append(list(row))
    for name, rows in (("choices", CHOICES), ("settings", SETTINGS)):
        other = book.create_sheet(name)
        for row in rows:
            other.append(list(row))
    book.save(file)
    return file


def taken(file: Path, target: Path) -> TakenPack:
    library = FormsFolder(FORMS)
    return library.take_xlsform(ExcelWorkbooks().read_pack(file, library.xlsform_sheets()), target)


def test_a_form_becomes_a_pack(tmp_path: Path) -> None:
    found = taken(form(tmp_path / "form.xlsx"), tmp_path / "own")
    assert [str(one) for one in found.problems if one.severity is Severity.ERROR] == []
    pack = FormsFolder(tmp_path / "own").programme("lab-survey")
    assert (pack.name, pack.version) == ("实验室调查", "2027.1")
    asked = {section.title: [one.indicator_id for one in section.asked] for section in pack.sections}
    assert asked == {
        "基本情况": ["lab_name", "seats", "used", "open", "each"],
        "设备": ["value"],
        "填报内容": ["total", "odd", "student_count"],
    }
    seats = pack.indicators["seats"]
    assert (seats.name, seats.kind, seats.minimum, seats.maximum) == ("座位数", ValueKind.INTEGER, 0, 500)
    assert pack.indicators["lab_name"].definition == "全称"
    assert [choice.label for choice in pack.indicators["open"].choices] == ["是", "否"]
    assert pack.indicators["each"].formula == parse("value / seats")
    assert pack.indicators["total"].formula == parse("sum(tools.price) + count(tools) * 0")
    assert [(column.id, column.required) for column in pack.tables["tools"].columns] == [
        ("tool", True),
        ("price", False),
    ]
    checks = {check.id: check for check in pack.checks}
    assert checks["used-constraint"].holds == parse('not (open = "yes") or used <= seats')
    assert checks["used-constraint"].advice == "使用的不能多于座位"
    assert (checks["price-constraint"].table, checks["price-constraint"].holds) == (
        "tools",
        parse("price > 0"),
    )


def test_what_was_left_out_is_told_where_it_stands(tmp_path: Path) -> None:
    found = taken(form(tmp_path / "form.xlsx"), tmp_path / "own")
    told = {(one.place.sheet, one.place.cell): one.code for one in found.problems}
    row = {line[1]: number for number, line in enumerate(SURVEY, 2) if len(line) > 1}
    assert told["survey", f"A{row['where']}"] == "sheets.xlsform_type"
    assert told["survey", f"A{row['several']}"] == "sheets.xlsform_type"
    assert told["survey", f"F{row['lab_name']}"] == "sheets.xlsform_required"
    assert told["survey", f"G{row['value']}"] == "sheets.xlsform_relevant"
    assert told["survey", f"H{row['odd']}"] == "sheets.xlsform_constraint"
    assert told["survey", "K1"] == "sheets.unknown_column"
    assert told["survey", f"B{row['student_count']}"] == "sheets.xlsform_reused"
    assert ("survey", f"A{row['start']}") not in told


def test_the_catalogues_own_definition_stays(tmp_path: Path) -> None:
    taken(form(tmp_path / "form.xlsx"), tmp_path / "own")
    before = FormsFolder(FORMS).programme("conditions-secondary").indicators["student_count"]
    assert FormsFolder(tmp_path / "own").programme("lab-survey").indicators["student_count"] == before


@pytest.mark.parametrize(
    ("line", "cell", "word"),
    [
        (("calculate", "bad", "", "坏", "", "", "", "", "", "${nothing} + 1"), "J2", "nothing"),
        (("calculate", "bad", "", "坏", "", "", "", "", "", "regex(${a}, 'x')"), "J2", "regex"),
        (("calculate", "bad", "", "坏", "", "", "", "", "", "1 +"), "J2", "公式"),
        (("select_one nothing", "bad", "", "坏"), "A2", "nothing"),
        (("integer", "", "", "坏"), "B2", "代号"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(tmp_path: Path, line: Sequence[str], cell: str, word: str) -> None:
    found = taken(form(tmp_path / "form.xlsx", (line, ("integer", "a", "", "甲"))), tmp_path / "own")
    assert found.refused
    assert not (tmp_path / "own").exists()
    errors = [one for one in found.problems if one.severity is Severity.ERROR]
    assert [(one.place.sheet, one.place.cell) for one in errors] == [("survey", cell)], found.problems
    assert word in errors[0].sentence


def test_other_workbooks_are_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(InputError):
        taken(tmp_path / "other.xlsx", tmp_path / "own")


def test_the_command_says_what_it_did(chuyi: Chuyi, tmp_path: Path) -> None:
    file, own = form(tmp_path / "form.xlsx"), tmp_path / "own"
    answer = chuyi("forms", "import-xlsform", file, "-o", own, "--id", "labs")
    assert answer.code == 0, answer
    assert "labs" in answer.out
    assert "没有采用" in answer.err
    again = tmp_path / "labs.xlsx"
    assert chuyi("forms", "export", "conditions-secondary", "-o", again).code == 0
    assert chuyi("forms", "import", again, "-o", own, "--id", "second").code == 0
    refused = chuyi("forms", "import", file, "-o", own)
    assert (refused.code, "不是表单包工作簿" in refused.err) == (2, True)
