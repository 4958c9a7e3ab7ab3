"""Checks of roster rows in a pack: read, refused with what to write instead, and looked at twice."""

import pytest

from chuyi_desktop.domain.formula import parse
from tests.packs.forms import BASE_FILE, CATALOGUE_FILE, QUALITY_FILE, Forms

ROWS = """\
checks:
  - id: rows
    title: 每行
    grade: explain
    table: rooms
    holds: area <= site and level = "high"
    advice: 请核对
  - id: twice
    title: 不重复
    grade: near_mandatory
    table: rooms
    unique: [name, level]
    advice: 请核对
scoring:
"""


@pytest.fixture
def rows(forms: Forms) -> Forms:
    forms.edit(QUALITY_FILE, "scoring:\n", ROWS)
    return forms


def test_they_are_read_whole(rows: Forms) -> None:
    assert rows.problems() == ()
    _, by_formula, by_columns = rows.library.programme("quality").checks
    assert (by_formula.table, by_formula.unique) == ("rooms", ())
    assert by_formula.holds == parse('area <= site and level = "high"')
    assert (by_columns.table, by_columns.unique, by_columns.holds) == ("rooms", ("name", "level"), None)


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ("area <= site", "aera <= site", "aera", ("没有“aera”这一列", "area")),
        ("area <= site", "area <= spare", "area <= spare", ("备用数", "sections")),
        ("area <= site", "area <= students", "area <= students", ("㎡", "人")),
        ('site and level = "high"', 'site and level = "mid"', "mid", ("mid", "high")),
        ('site and level = "high"', "site and level > area", "area\n    advice", ("文字", "数")),
        ("    table: rooms\n    holds", "    table: romms\n    holds", "romms", ("romms", "rooms")),
        ("[name, level]", "[nam, level]", "nam, level", ("nam", "name")),
        ("[name, level]", "[name, name]", "name]", ("名称", "两次")),
        ("    unique: [name, level]\n", "", "id: twice", ("holds", "unique", "只写一种")),
        ("    unique:", "    holds: area > 0\n    unique:", "id: twice", ("只写一种",)),
        ("    table: rooms\n    unique", "    unique", "[name, level]", ("table",)),
    ],
)
def test_mistakes_are_told_where_they_stand(
    rows: Forms, old: str, new: str, at: str, words: tuple[str, ...]
) -> None:
    rows.edit(QUALITY_FILE, old, new)
    rows.only_problem(QUALITY_FILE, at, *words)


def test_a_roster_that_is_not_asked_cannot_be_checked(forms: Forms) -> None:
    row = "  - {id: rows, title: 每行, grade: hint, table: rooms, holds: area > 0, advice: 看}\n"
    forms.edit(BASE_FILE, "checks:\n", f"checks:\n{row}")
    forms.is_at(forms.problems()[0], BASE_FILE, "rooms, holds", "实训室", "tables")


def test_a_pack_that_includes_them_asks_the_roster(forms: Forms) -> None:
    row = "  - {id: rows, title: 每行, grade: hint, table: rooms, holds: area > 0, advice: 看}\n"
    forms.edit(BASE_FILE, "checks:\n", f"tables: [rooms]\nchecks:\n{row}")
    assert forms.problems() == ()
    assert [check.id for check in forms.library.programme("quality").checks] == ["rows", "jump"]
    forms.edit(QUALITY_FILE, "tables: [rooms]\n", "")
    assert any("实训室" in one.sentence and "tables" in one.sentence for one in forms.problems())


def test_the_year_and_the_year_of_a_date_can_be_read(rows: Forms) -> None:
    rows.edit(CATALOGUE_FILE, "      area: {", "      built: {name: 建成, kind: date}\n      area: {")
    rows.edit(QUALITY_FILE, "area <= site", "year_of(built) <= report_year")
    assert rows.problems() == ()
    rows.edit(QUALITY_FILE, "year_of(built)", "year_of(area)")
    rows.only_problem(QUALITY_FILE, "area) <=", "日期")


def test_report_year_is_no_id_of_an_indicator(forms: Forms) -> None:
    forms.edit(CATALOGUE_FILE, "  spare:\n", "  report_year:\n")
    forms.only_problem(CATALOGUE_FILE, "report_year:", "report_year")


def test_the_hash_covers_them(rows: Forms) -> None:
    first = rows.library.programme("quality").pack_hash
    rows.edit(QUALITY_FILE, "[name, level]", "[name]")
    assert rows.library.programme("quality").pack_hash != first


def test_rows_that_can_never_hold_are_a_mistake(rows: Forms) -> None:
    rows.edit(CATALOGUE_FILE, "unit: ㎡}", "unit: ㎡, minimum: 0}")
    rows.edit(QUALITY_FILE, 'area <= site and level = "high"', "area < 0")
    assert [one.code for one in rows.problems()] == ["audit.check_never"]
