"""The school's own tables, by the command line, into a real workspace."""

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from chuyi_desktop.app.begin import open_session
from chuyi_desktop.app.import_ledger import open_ledger, plan_ledger, understand
from chuyi_desktop.app.ledgers.plan import Fate
from chuyi_desktop.bootstrap import build_program
from chuyi_desktop.domain.assessment import Row
from tests.end2end.conftest import Chuyi
from tests.excel.ledger_files import (
    TEACHER_HEADS,
    TEACHERS,
    long_roster,
    openpyxl_roster,
    text_table,
    xlsxwriter_table,
    xlwt_table,
)

NEW = ("--programme", "quality-secondary-school", "--year", "2026", "--school", "某校")


@pytest.fixture
def workspace(chuyi: Chuyi, tmp_path: Path) -> Path:
    folder = tmp_path / "ws"
    assert chuyi("new", folder, *NEW).code == 0
    return folder


def _rows(workspace: Path, table: str) -> tuple[Row, ...]:
    with open_session(build_program(), workspace, write=False) as session:
        return session.assessment.rows(table) or ()


def test_a_roster_of_the_office_comes_in_by_itself(chuyi: Chuyi, workspace: Path, tmp_path: Path) -> None:
    source = openpyxl_roster(tmp_path / "教师花名册.xlsx")
    before = source.read_bytes()
    preview = chuyi("ledger", workspace, source, "--into", "teachers", "--preview")
    assert preview.code == 0
    for words in ("工作表“教师花名册”", "通常就是", "副高级", "什么都没有改动"):
        assert words in preview.out
    assert _rows(workspace, "teachers") == ()
    answer = chuyi("ledger", workspace, source, "--into", "教师明细表")
    assert answer.code == 0
    assert "新增 4 行" in answer.out
    for words in ("1 行是合计", "1 行是说明或签名", "“性别”一列没有导入"):
        assert words in answer.err
    first = _rows(workspace, "teachers")[0]
    assert first.cells == {
        "name": "周梅",
        "birth": TEACHERS[0][4],
        "education": "bachelor",
        "title": "senior",
        "specialty_teacher": True,
        "dual_qualified": "senior",
        "subject": "语文",
        "employment": "full_time",
    }
    assert first.origin is not None
    assert first.origin.source == "教师花名册.xlsx 的“教师花名册”B5"
    again = chuyi("ledger", workspace, source, "--into", "teachers")
    assert "没有改动" in again.out
    assert source.read_bytes() == before


def test_the_same_roster_as_xls_and_csv_changes_nothing(
    chuyi: Chuyi, workspace: Path, tmp_path: Path
) -> None:
    assert chuyi("ledger", workspace, openpyxl_roster(tmp_path / "a.xlsx"), "--into", "teachers").code == 0
    lines = [TEACHER_HEADS, *TEACHERS]
    for source in (
        xlwt_table(tmp_path / "b.xls", lines),
        text_table(tmp_path / "c.csv", lines, "gb18030"),
        text_table(tmp_path / "d.txt", lines, "utf-16", "\t"),
    ):
        answer = chuyi("ledger", workspace, source, "--into", "teachers")
        assert answer.code == 0, answer
        assert "相同 4 行" in answer.out, answer


def test_indicators_over_years_with_units(chuyi: Chuyi, workspace: Path, tmp_path: Path) -> None:
    lines = (
        ("学校基本情况表",),
        ("指标", "单位", "2025年", "2026年"),
        ("在校生数", "人", 3000, "3,091"),
        ("占地面积", "亩", None, 120),
        ("食堂桌数", "张", 1, 2),
    )
    source = xlsxwriter_table(tmp_path / "指标.xlsx", lines)
    answer = chuyi("ledger", workspace, source, "--into", "indicators")
    assert answer.code == 0
    assert "“食堂桌数”一行没有导入" in answer.err
    with open_session(build_program(), workspace, write=False) as session:
        assert session.assessment.value("student_count") == Decimal(3091)
        assert session.assessment.value("student_count", 2025) == Decimal(3000)
        assert session.assessment.value("site_area") == Decimal(80000)


def test_refused_cells_keep_all_out_and_are_marked_in_a_copy(
    chuyi: Chuyi, workspace: Path, tmp_path: Path
) -> None:
    rows = [list(line) for line in TEACHERS]
    rows[1][6] = "首席讲师"
    rows[2][4] = "某年"
    rows[3][1] = 430422198001010026
    source = openpyxl_roster(tmp_path / "教师.xlsx", rows)
    marked = tmp_path / "标注.xlsx"
    answer = chuyi("ledger", workspace, source, "--into", "teachers", "--report", marked)
    assert answer.code == 2
    for words in ("“首席讲师”", "“某年”不是日期", "找不回来", "什么都没有改动"):
        assert words in answer.err
    assert _rows(workspace, "teachers") == ()
    copy = openpyxl.load_workbook(marked)["教师花名册"]
    assert [bool(copy[cell].comment) for cell in ("G6", "E7", "B8", "B5")] == [True, True, True, False]
    text = text_table(tmp_path / "教师.csv", [TEACHER_HEADS, *rows])
    refused = chuyi("ledger", workspace, text, "--into", "teachers", "--report", tmp_path / "x.xlsx")
    assert refused.code == 2
    assert "不能标在副本里" in refused.err


def test_a_mapping_file_settles_what_was_open_and_is_remembered(
    chuyi: Chuyi, workspace: Path, tmp_path: Path
) -> None:
    lines = (("教工", "等第", "专技"), ("周梅", "副高职", "是"), ("刘伟", "中级", "否"))
    source, mapping = xlsxwriter_table(tmp_path / "a.xlsx", lines), tmp_path / "对应.json"
    first = chuyi("ledger", workspace, source, "--into", "teachers", "--header", "1", "--save-map", mapping)
    assert first.code == 2
    whole = json.loads(mapping.read_text("utf-8"))
    assert whole["targets"]["title"] == "专业技术职务"
    for column, target in zip(whole["columns"], ("name", "title", "specialty_teacher"), strict=True):
        column["into"] = target
    whole["columns"][1]["words"] = {"副高职": "senior"}
    mapping.write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    answer = chuyi("ledger", workspace, source, "--into", "teachers", "--map", mapping)
    assert answer.code == 0, answer
    assert [row.cells["title"] for row in _rows(workspace, "teachers")] == ["senior", "intermediate"]
    remembered = chuyi("ledger", workspace, source, "--into", "teachers", "--json")
    assert remembered.code == 0
    counts = remembered.json["counts"]
    assert isinstance(counts, dict)
    assert counts["same"] == 2


def test_adding_and_replacing(chuyi: Chuyi, workspace: Path, tmp_path: Path) -> None:
    assert chuyi("ledger", workspace, openpyxl_roster(tmp_path / "a.xlsx"), "--into", "teachers").code == 0
    two = openpyxl_roster(tmp_path / "b.xlsx", TEACHERS[2:])
    kept = chuyi("ledger", workspace, two, "--into", "teachers")
    assert "2 行不在这份台账里，原样保留" in kept.err
    assert len(_rows(workspace, "teachers")) == 4
    assert chuyi("ledger", workspace, two, "--into", "teachers", "--replace").code == 0
    assert [row.cells["name"] for row in _rows(workspace, "teachers")] == ["陈静", "欧阳娜"]
    both = chuyi("ledger", workspace, two, "--into", "teachers", "--replace", "--add")
    assert (both.code, "只能选一个" in both.err) == (2, True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--into", "nothing"), "teachers（教师明细表）"),
        (("--into", "teachers", "--sheet", "没有"), "教师花名册"),
        (("--into", "teachers", "--map", "none.json"), "读不出来"),
        ((), "--into"),
    ],
)
def test_wrong_options_get_a_sentence(
    chuyi: Chuyi, workspace: Path, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    answer = chuyi("ledger", workspace, openpyxl_roster(tmp_path / "a.xlsx"), *options)
    assert answer.code == 2
    assert words in answer.err


def test_a_long_roster_comes_in_whole(chuyi: Chuyi, workspace: Path, tmp_path: Path) -> None:
    answer = chuyi("ledger", workspace, long_roster(tmp_path / "花名册.xlsx", 3000), "--into", "teachers")
    assert answer.code == 0, answer.err
    assert "新增 3000 行" in answer.out
    rows = _rows(workspace, "teachers")
    assert len(rows) == 3000
    assert rows[-1].cells["name"] == "教师02999"


def test_twenty_thousand_rows_are_planned_whole(chuyi: Chuyi, workspace: Path, tmp_path: Path) -> None:
    del chuyi
    lines = [
        ("姓名", "职称", "专任/兼职", "是否专业教师"),
        *((f"教师{number:05}", "讲师", "专任", "是") for number in range(20_000)),
    ]
    source = text_table(tmp_path / "花名册.csv", lines, "gb18030")
    with open_session(build_program(), workspace, write=False) as session:
        file = open_ledger(session.program, source)
        plan = plan_ledger(session, file, understand(session, file, "teachers"))
    assert not plan.refused
    assert plan.count(Fate.NEW) == len(plan.plan.changes) == 20_000
    assert plan.rows[-1].after["name"] == "教师19999"
