"""A pack as the sheets of a workbook: out, changed, and back; every mistake at its cell."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from chuyi_desktop.app.ports import PackBook, PackLine, TakenPack
from chuyi_desktop.domain.errors import InputError, OutputError
from chuyi_desktop.domain.formula import parse
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.domain.programme import Bands, Requirement, Threshold
from chuyi_desktop.packs.library import FormsFolder
from chuyi_desktop.packs.models import (
    CaseModel,
    CheckModel,
    ColumnModel,
    ConditionModel,
    DocumentModel,
    IncludeModel,
    IndicatorModel,
    NarrativeModel,
    PackModel,
    PartModel,
    ScoredItemModel,
    SettingsModel,
    TableModel,
    TierModel,
)
from chuyi_desktop.packs.sheet_forms import FORMS
from tests.packs.forms import BASE_FILE, CATALOGUE_FILE, QUALITY_FILE, Forms
from tests.packs.sheets import cell_of, read_back, with_cells, with_line, with_lines


def taken(forms: Forms, book: PackBook, target: Path | None = None, new_id: str = "") -> TakenPack:
    return forms.library.take_book(read_back(book), target or forms.root, new_id)


def errors(found: TakenPack) -> list[str]:
    return [str(problem) for problem in found.problems if problem.severity is Severity.ERROR]


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("pack", ["base", "quality"])
def test_nothing_is_lost_on_the_way(forms: Forms, pack: str) -> None:
    before = forms.library.programme(pack)
    catalogue = forms.text(CATALOGUE_FILE)
    found = taken(forms, forms.library.as_book(pack))
    assert errors(found) == []
    assert forms.library.programme(pack) == before
    assert forms.text(CATALOGUE_FILE) == catalogue
    assert forms.problems() == ()


def keys(model: type[BaseModel]) -> set[str]:
    return set(model.model_fields)


@pytest.mark.parametrize(
    ("kind", "model", "elsewhere"),
    [
        ("indicators.asked", IndicatorModel, set()),
        ("tables.table", TableModel, {"columns"}),
        ("tables.column", ColumnModel, set()),
        ("conditions.condition", ConditionModel, set()),
        ("conditions.case", CaseModel, set()),
        ("scoring.item", ScoredItemModel, {"rubric"}),
        ("tiers.tier", TierModel, set()),
        ("checks.check", CheckModel, set()),
        ("narratives.narrative", NarrativeModel, set()),
        ("dossier.part", PartModel, set()),
        ("project.include", IncludeModel, set()),
        ("project.document", DocumentModel, set()),
    ],
)
def test_every_key_has_its_column(kind: str, model: type[BaseModel], elsewhere: set[str]) -> None:
    """What a pack can say, its workbook can say too."""
    sheet, name = kind.split(".")
    rules = next(form for form in FORMS if form.key == sheet).kind(name).cells
    first = {rule.path[0] for rule in rules} - {"#key", "#asked", "#earlier"}
    assert first == keys(model) - elsewhere
    settings = {rule.path[1] for rule in rules if rule.path[0] == "settings"}
    assert settings == (keys(SettingsModel) if model is PartModel else set())


def test_every_part_of_a_pack_has_its_sheet() -> None:
    into = {kind.into[0] for form in FORMS for kind in form.kinds if kind.into and not kind.under}
    into |= {rule.path[0] for kind in FORMS[0].kinds for rule in kind.cells if rule.path and not kind.into}
    assert keys(PackModel) <= into | {"tables"}


def test_a_new_folder_begins_with_all_packs(forms: Forms, tmp_path: Path) -> None:
    target = tmp_path / "own"
    book = with_cells(forms.library.as_book("base"), "conditions", ("id", "ratio-limit"), value="18")
    found = taken(forms, book, target)
    assert found.begun
    own = FormsFolder(target)
    assert [one.id for one in own.summaries()] == ["base", "quality"]
    rule = next(iter(own.programme("base").conditions())).rule
    assert isinstance(rule, Threshold)
    assert rule.cases[0].value == 18
    assert own.programme("quality").pack_hash != forms.library.programme("quality").pack_hash
    assert own.check() == own.check()
    assert [one for one in own.check() if one.severity is Severity.ERROR] == []


def test_a_new_folder_is_there_whole_or_not_at_all(
    forms: Forms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    book = forms.library.as_book("base")
    target = tmp_path / "own"
    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OutputError, match="own"):
        taken(forms, book, target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["forms"]


def test_under_another_id_the_old_pack_stays(forms: Forms) -> None:
    before = forms.library.programme("base")
    found = taken(forms, forms.library.as_book("base"), new_id="base-2027")
    assert (found.id, found.refused) == ("base-2027", False)
    assert forms.library.programme("base") == before
    assert [one.id for one in forms.library.summaries()] == ["base", "base-2027", "quality"]


def test_a_folder_of_other_things_is_left_alone(forms: Forms, tmp_path: Path) -> None:
    target = tmp_path / "other"
    target.mkdir()
    (target / "letter.txt").write_text("x")
    with pytest.raises(InputError, match="catalogue"):
        taken(forms, forms.library.as_book("base"), target)
    assert [path.name for path in target.iterdir()] == ["letter.txt"]


def test_formulas_are_shown_in_chinese(forms: Forms) -> None:
    book = forms.library.as_book("quality")
    formulas = {line.cells["formula"] for one in book.sheets for line in one.lines if "formula" in line.cells}
    assert '求和(实训室.面积 其中 级别 = "高")' in formulas
    assert "在校生数 ÷ 专任教师数" in formulas
    cases = [line.cells.get("when") for one in book.sheets for line in one.lines if "when" in line.cells]
    assert cases == ['专业类别 = "工科"']


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("在校生数 ≥ 1200 且 是否公办", "students >= 1200 and public"),
        ("students >= 1200 and public", "students >= 1200 and public"),
        ("【在校生数】 > 往年(在校生数, 1)", "students > years_back(students, 1)"),
        (
            '计数(实训室 其中 级别 = "高" 且 面积 > 50) ≥ 2',
            'count(rooms where level = "high" and area > 50) >= 2',
        ),
        ('非(专业类别 = "工科")', 'not (field = "engineering")'),
        (
            "如果(是否公办, 最小(占地面积, 5), 四舍五入(生均用地, 1)) > 0",
            "if(public, min(site, 5), round(site_each, 1)) > 0",
        ),
        ("申报年度 ≥ 2027", "report_year >= 2027"),
        ("不重复(实训室.名称) = 1", "distinct(rooms.name) = 1"),
    ],
)
def test_formulas_are_typed_in_chinese_or_ids(forms: Forms, typed: str, meant: str) -> None:
    book = forms.library.as_book("quality")
    book = with_cells(book, "conditions", ("id", "is-public"), formula=typed)
    for id_ in ("site_each",):
        book = with_cells(book, "indicators", ("id", "public"), name="是否公办")
        book = with_line(
            book,
            "indicators",
            ("id", "public"),
            kind="指标",
            id=id_,
            name="生均用地",
            unit="㎡",
            digits="2",
            formula="site / students",
        )
    found = taken(forms, book)
    assert errors(found) == []
    rules = {one.id: one.rule for one in forms.library.programme("quality").conditions()}
    rule = rules["is-public"]
    assert isinstance(rule, Requirement)
    assert rule.holds == parse(meant)


def test_a_name_that_means_two_things_wants_an_id(forms: Forms) -> None:
    forms.edit(CATALOGUE_FILE, "name: 备用数", "name: 专任教师数")
    book = forms.library.as_book("quality")
    wanted = cell_of(book, "conditions", ("id", "is-public"), "formula")
    found = taken(forms, with_cells(book, "conditions", ("id", "is-public"), formula="专任教师数 > 1"))
    assert found.refused
    assert str(found.problems[0]).startswith(wanted)
    assert "teachers" in found.problems[0].sentence
    assert "spare" in found.problems[0].sentence


MISTAKES = [
    ("conditions", ("id", "ratio-limit"), {"value": "二十"}, "value", "不是数"),
    ("conditions", ("id", "ratio-limit"), {"formula": "生师"}, "formula", "生师比"),
    ("conditions", ("id", "ratio-limit"), {"formula": "在校生数 ÷ (2"}, "formula", "第 10 个字符"),
    ("conditions", ("id", "ratio-limit"), {"formula": "在校生数 > 2"}, "formula", "应为数"),
    ("conditions", ("id", "ratio-limit"), {"comparison": "大约"}, "comparison", "≥"),
    ("conditions", ("id", "ratio-limit"), {"comparison": ""}, "comparison", "请填写"),
    ("conditions", ("id", "ratio-limit"), {"method": ""}, "method", "数值标准"),
    (
        "conditions",
        ("id", "ratio-limit"),
        {"method": "公式成立", "comparison": "", "value": ""},
        "formula",
        "是否",
    ),
    ("conditions", ("id", "ratio-limit"), {"count": "2"}, "count", "用不到"),
    ("conditions", ("id", "ratio-limit"), {"kind": "条款"}, "kind", "条件组"),
    ("conditions", ("id", "ratio-limit"), {"title": ""}, "title", "请填写“标题”"),
    ("conditions", ("id", "ratio-limit"), {"id": "Ratio"}, "id", "小写"),
    ("conditions", ("id", "ratio-limit"), {"article": ""}, "basis", "文件和条款"),
    ("conditions", ("id", "ratio-limit"), {"document": "没有的文件"}, "document", "没有的文件"),
    ("conditions", ("id", "basic"), {"kind": "条件"}, "kind", "条件组"),
    ("indicators", ("id", "ratio"), {"digits": ""}, "id", "小数位"),
    ("indicators", ("id", "ratio"), {"digits": "两位"}, "digits", "整数"),
    ("indicators", ("id", "students"), {"earlier": ""}, None, "往年数"),
    ("indicators", ("id", "students"), {"kind": "其他指标", "earlier": ""}, None, "填报页"),
    ("indicators", ("id", "teachers"), {"id": ""}, "id", "代号"),
    ("indicators", ("id", "teachers"), {"type": "数字"}, "type", "整数"),
    ("tiers", ("id", "met"), {"all_met": "basik"}, "all_met", "basic"),
    ("checks", ("id", "jump"), {"grade": "一般"}, "grade", "核实性"),
    ("checks", ("id", "jump"), {"advice": ""}, "advice", "请填写“怎么办”"),
    ("dossier-", ("part", "封面"), {"sections": "main"}, "sections", "用不到“填报页”"),
    ("narratives-", ("id", "overview"), {"limit": "0"}, "limit", "“字数上限”不能小于 1"),
    ("project", ("kind", "版本"), {"content": ""}, "content", "版本"),
    ("project", ("kind", "代号"), {"content": "catalogue"}, "content", "catalogue"),
]


@pytest.mark.parametrize(("sheet", "row", "cells", "role", "word"), MISTAKES)
def test_a_mistake_is_told_by_sheet_and_cell(
    forms: Forms, sheet: str, row: tuple[str, str], cells: dict[str, str], role: str | None, word: str
) -> None:
    before = files(forms.root)
    # The sheets that the smaller pack leaves empty are those of the other one.
    book = forms.library.as_book("quality" if sheet.endswith("-") else "base")
    sheet = sheet.removesuffix("-")
    found = taken(forms, with_cells(book, sheet, row, **cells))
    assert found.refused
    assert files(forms.root) == before
    told = errors(found)
    assert any(word in one for one in told), told
    assert all("!" in one.partition("：")[0] for one in told), told
    if role is not None:
        assert any(one.startswith(cell_of(book, sheet, row, role)) and word in one for one in told), told


def test_points_that_do_not_sum_are_told_at_the_section(forms: Forms) -> None:
    book = forms.library.as_book("quality")
    found = taken(forms, with_cells(book, "scoring", ("id", "culture"), points="4"))
    told = errors(found)
    assert any(one.startswith(cell_of(book, "scoring", ("id", "all"), "points")) for one in told), told


def test_a_new_item_with_its_steps(forms: Forms) -> None:
    book = forms.library.as_book("quality")
    book = with_cells(book, "scoring", ("id", "all"), points="12")
    book = with_cells(book, "project", ("kind", "评分总分"), content="12")
    book = with_line(book, "scoring", ("id", "all"), kind="分段", bound="30000", points="1")
    book = with_line(book, "scoring", ("id", "all"), kind="分段", bound="60000", points="2")
    book = with_line(
        book,
        "scoring",
        ("id", "all"),
        kind="评分项",
        id="site-points",
        title="占地",
        points="2",
        method="分段计分",
        formula="占地面积",
    )
    assert errors(taken(forms, book)) == []
    item = next(iter(forms.library.programme("quality").scored_items()))
    assert isinstance(item.method, Bands)
    assert [(step.bound, step.points) for step in item.method.steps] == [(60000, 2), (30000, 1)]


def test_a_new_indicator_goes_into_the_catalogue(forms: Forms) -> None:
    book = with_line(
        forms.library.as_book("base"),
        "indicators",
        ("id", "teachers"),
        kind="指标",
        id="classes",
        name="班级数",
        type="整数",
        definition="教学班",
    )
    found = taken(forms, book)
    assert errors(found) == []
    assert "catalogue/90-base.yaml" in found.written
    programme = forms.library.programme("base")
    assert programme.indicators["classes"].name == "班级数"
    assert [one.indicator_id for one in programme.sections[0].asked] == [
        "students",
        "teachers",
        "classes",
        "ratio",
    ]


def test_a_changed_definition_stands_where_the_old_one_stood(forms: Forms) -> None:
    forms.edit(CATALOGUE_FILE, "  teachers:\n", "  # 专任\n  teachers:\n")
    book = with_cells(forms.library.as_book("base"), "indicators", ("id", "students"), definition="全日制")
    found = taken(forms, book)
    assert errors(found) == []
    text = forms.text(CATALOGUE_FILE)
    assert text.index("definition: 全日制") < text.index("# 专任") < text.index("teachers:")
    assert "public:" in text
    assert [one.code for one in found.problems] == ["sheets.catalogue_changed", "sheets.same_version"]


def test_a_rule_that_another_pack_needs_stays(forms: Forms) -> None:
    before = files(forms.root)
    base = with_cells(forms.library.as_book("base"), "tiers", ("id", "met"), all_met="basics")
    found = taken(forms, with_cells(base, "conditions", ("id", "basic"), id="basics"))
    assert found.refused
    assert files(forms.root) == before
    assert any(one.startswith(QUALITY_FILE) for one in errors(found)), errors(found)


def test_a_definition_that_breaks_another_pack_is_refused_where_it_was_changed(forms: Forms) -> None:
    forms.edit(
        BASE_FILE, "indicators: [students, teachers, ratio]", "indicators: [students, field, teachers, ratio]"
    )
    before = files(forms.root)
    book = forms.library.as_book("base")
    found = taken(forms, with_cells(book, "indicators", ("id", "field"), choices="eng: 工科\nother: 其他"))
    assert found.refused
    assert files(forms.root) == before
    told = errors(found)
    assert "field" in told[0]
    assert told[0].startswith("指标!")
    assert told[1].startswith(QUALITY_FILE)


def test_a_column_can_be_renamed_with_the_formulas_that_name_it(forms: Forms) -> None:
    book = with_cells(forms.library.as_book("quality"), "tables", ("name", "面积"), id="floor")
    assert errors(taken(forms, book)) == []
    assert [column.id for column in forms.library.programme("quality").tables["rooms"].columns] == [
        "name",
        "floor",
        "level",
    ]
    assert forms.problems() == ()


def test_a_new_document_can_be_cited(forms: Forms) -> None:
    book = with_line(
        forms.library.as_book("base"),
        "project",
        ("kind", "用途"),
        kind="文件",
        id="notice-2027",
        content="二〇二七年申报通知",
        number="湘教通〔2027〕1号",
    )
    book = with_cells(
        book,
        "conditions",
        ("id", "ratio-limit"),
        basis="本项目通知",
        document="二〇二七年申报通知",
        article="三",
    )
    assert errors(taken(forms, book)) == []
    condition = next(iter(forms.library.programme("base").conditions()))
    assert condition.provenance.citation == "《二〇二七年申报通知》（湘教通〔2027〕1号）三"


def test_the_same_version_for_other_content_is_noticed(forms: Forms) -> None:
    book = forms.library.as_book("base")
    changed = with_cells(book, "conditions", ("id", "ratio-limit"), value="18")
    found = taken(forms, changed)
    assert [problem.code for problem in found.problems] == ["sheets.same_version"]
    newer = with_cells(
        with_cells(book, "conditions", ("id", "ratio-limit"), value="16"),
        "project",
        ("kind", "版本"),
        content="2",
    )
    assert taken(forms, newer).problems == ()
    assert forms.library.programme("base").version == "2"


def test_checks_of_rows_name_columns(forms: Forms) -> None:
    book = forms.library.as_book("quality")
    one = {"grade": "核实性", "advice": "请核对", "rows": "实训室"}
    rows = (
        PackLine(
            1,
            {
                "id": "area-each",
                "title": "面积",
                "formula": '面积 > 0 且 级别 ≠ "低" 且 在校生数 > 5',
                **one,
            },
        ),
        PackLine(1, {"id": "name-once", "title": "名称", "unique": "名称\n级别", **one}),
    )
    assert errors(taken(forms, with_lines(book, "checks", lambda lines: (*lines, *rows)))) == []
    checks = {check.id: check for check in forms.library.programme("quality").checks}
    assert checks["area-each"].table == "rooms"
    assert checks["area-each"].holds == parse('area > 0 and level != "low" and students > 5')
    assert checks["name-once"].unique == ("name", "level")
    shown = [dict(line.cells) for line in book_lines(forms.library.as_book("quality"), "checks")]
    assert shown == [dict(row.cells) for row in rows]


def book_lines(book: PackBook, sheet: str) -> tuple[PackLine, ...]:
    return next(one.lines for one in book.sheets if one.key == sheet)


def test_a_row_less_is_a_rule_less(forms: Forms) -> None:
    book = with_lines(forms.library.as_book("base"), "checks", lambda _: ())
    assert errors(taken(forms, book)) == []
    assert forms.library.programme("base").checks == ()
    assert not (forms.root / "base/checks.yaml").exists()
    assert BASE_FILE in files(forms.root)
