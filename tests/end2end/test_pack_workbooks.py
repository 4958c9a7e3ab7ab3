"""Every shipped pack goes out to a workbook and comes back the same; in Excel a bureau changes it."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from chuyi_desktop.app.ports import TakenPack
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.programme import Threshold
from chuyi_desktop.excel.workbooks import ExcelWorkbooks
from chuyi_desktop.packs.library import FormsFolder

FORMS = Path(__file__).parents[2] / "forms"
PACKS = sorted(path.parent.name for path in FORMS.glob("*/pack.yaml"))
HEADS = 4
"""The row of the heads."""


@pytest.fixture(scope="module")
def shipped() -> FormsFolder:
    return FormsFolder(FORMS)


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bureau's own folder, begun from the shipped one."""
    folder = tmp_path_factory.mktemp("bureau") / "forms"
    shutil.copytree(FORMS, folder)
    return folder


def exported(library: FormsFolder, pack: str, folder: Path) -> Path:
    file = folder / f"{pack}.xlsx"
    ExcelWorkbooks().write_pack(library.as_book(pack), file)
    return file


def taken(library: FormsFolder, file: Path, target: Path, new_id: str = "") -> TakenPack:
    reading = ExcelWorkbooks().read_pack(file, library.book_form())
    return library.take_book(reading, target, new_id)


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_comes_back_as_it_went(pack: str, shipped: FormsFolder, target: Path, tmp_path: Path) -> None:
    found = taken(shipped, exported(shipped, pack, tmp_path), target)
    assert [str(problem) for problem in found.problems if problem.place.sheet] == []
    assert not found.refused
    # Nothing of what all packs share is written anew, and everything of this one means the same.
    assert {Path(file).parent.name for file in found.written} == {pack}
    assert FormsFolder(target).programme(pack) == shipped.programme(pack)


def sheet(book: Path, name: str) -> tuple[object, Worksheet, dict[str, int]]:
    opened = load_workbook(book)
    found = opened[name]
    assert isinstance(found, Worksheet)
    heads = {str(cell.value): cell.column for cell in found[HEADS] if cell.value}
    return opened, found, heads


def row_of(found: Worksheet, column: int, text: str) -> int:
    return next(row for row in range(HEADS + 1, found.max_row + 1) if found.cell(row, column).value == text)


def test_a_bureau_changes_a_threshold_in_excel(shipped: FormsFolder, tmp_path: Path) -> None:
    file = exported(shipped, "conditions-secondary", tmp_path)
    opened, conditions, heads = sheet(file, "条件")
    row = row_of(conditions, heads["代号"], "site-area")
    conditions.cell(row, heads["标准值"]).value = 45000
    conditions.title = "我们的条件"
    conditions.insert_rows(1)
    conditions.insert_cols(3)
    opened.save(file)  # type: ignore[attr-defined]  # a workbook
    target = tmp_path / "own"
    found = taken(shipped, file, target)
    assert (found.begun, found.refused) == (True, False)
    before, after = (
        shipped.programme("conditions-secondary"),
        FormsFolder(target).programme("conditions-secondary"),
    )
    changed = [
        (one, other)
        for one, other in zip(before.conditions(), after.conditions(), strict=True)
        if one != other
    ]
    assert [one.id for one, _ in changed] == ["site-area"]
    rule = changed[0][1].rule
    assert isinstance(rule, Threshold)
    assert rule.cases[0].value == Decimal(45000)


def test_a_mistake_in_excel_is_marked_in_a_copy(shipped: FormsFolder, tmp_path: Path) -> None:
    file = exported(shipped, "conditions-secondary", tmp_path)
    opened, conditions, heads = sheet(file, "条件")
    row = row_of(conditions, heads["代号"], "site-area")
    cell = conditions.cell(row, heads["标准值"])
    cell.value = "四万"
    opened.save(file)  # type: ignore[attr-defined]  # a workbook
    target, report = tmp_path / "own", tmp_path / "report.xlsx"
    found = taken(shipped, file, target)
    assert found.refused
    assert not target.exists()
    assert [(one.place.sheet, one.place.cell) for one in found.problems] == [("条件", cell.coordinate)]
    ExcelWorkbooks().mark(file, found.problems, report)
    marked = load_workbook(report)["条件"][cell.coordinate]
    assert marked.comment is not None
    assert "四万" in marked.comment.text


def test_formulas_of_excel_are_not_taken_for_texts(shipped: FormsFolder, tmp_path: Path) -> None:
    file = exported(shipped, "conditions-secondary", tmp_path)
    opened, conditions, heads = sheet(file, "条件")
    cell = conditions.cell(row_of(conditions, heads["代号"], "site-area"), heads["标准值"])
    cell.value = "=200*200"
    opened.save(file)  # type: ignore[attr-defined]  # a workbook
    found = taken(shipped, file, tmp_path / "own")
    assert "sheets.formula_cell" in {one.code for one in found.problems}


def test_every_column_explains_itself(shipped: FormsFolder, tmp_path: Path) -> None:
    opened = load_workbook(exported(shipped, "quality-secondary-school", tmp_path))
    assert opened.sheetnames == [
        "说明",
        "项目",
        "指标",
        "条件",
        "评分项",
        "档次",
        "明细表",
        "审核",
        "文字材料",
        "申报书",
        "选项",
    ]
    for name in opened.sheetnames[1:-1]:
        heads = [cell for cell in opened[name][HEADS] if cell.value and cell.column > 1]
        assert heads
        assert all(cell.comment is not None for cell in heads), name
    assert opened["条件"].data_validations.count >= 4


def test_another_workbook_is_refused(shipped: FormsFolder, tmp_path: Path) -> None:
    file = exported(shipped, "conditions-secondary", tmp_path)
    opened = load_workbook(file)
    for name in opened.sheetnames[1:]:
        del opened[name]
    opened.save(file)
    with pytest.raises(InputError, match="不是表单包工作簿"):
        taken(shipped, file, tmp_path / "own")
