"""A school over the years: an old year stays what it was, and the next begins from the last."""

from pathlib import Path

import pytest

from tests.end2end.conftest import Chuyi
from tests.packs.forms import BASE_FILE, QUALITY_FILE, Forms

SCHOOL = """\
indicators:
  school_name: {name: 学校名称, kind: text}
"""


@pytest.fixture
def forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Forms:
    """The small forms folder, as the installed one."""
    made = Forms(tmp_path / "forms")
    made.write("catalogue/school.yaml", SCHOOL)
    made.edit(
        QUALITY_FILE, "indicators: [students, teachers,", "indicators: [school_name, students, teachers,"
    )
    monkeypatch.setenv("CHUYI_FORMS", str(made.root))
    return made


@pytest.fixture
def workspace(chuyi: Chuyi, forms: Forms, tmp_path: Path) -> Path:
    """2025 under version 1."""
    del forms
    folder = tmp_path / "ws"
    new = ("new", folder, "--programme", "quality", "--year", "2025", "--school", "某校")
    settings = (
        "students=1900",
        "teachers=100",
        "site=25000",
        "field=工科",
        "public=是",
        "students@2024=1800",
    )
    assert chuyi(*new, *(word for each in settings for word in ("--set", each))).code == 0
    assert chuyi("set", folder, "promise=是", "culture=好", "overview=学校概况。").code == 0
    return folder


def new_version(forms: Forms) -> None:
    """Version 2 arrives: a lower limit, and a rule that the school must have grown."""
    forms.edit(BASE_FILE, "value: 20}", "value: 18}")
    forms.edit(
        QUALITY_FILE,
        "      - id: is-public",
        "      - {id: grows, title: 近三年逐年增长, requires: 'rising(students, 3)'}\n      - id: is-public",
    )
    forms.edit(QUALITY_FILE, "earlier_years: {students: 1}", "earlier_years: {students: 2}")
    forms.edit(QUALITY_FILE, 'version: "1"', 'version: "2"')


def rule(answer: dict[str, object], rule_id: str) -> dict[str, object]:
    rules: list[dict[str, object]] = answer["rules"]  # type: ignore[assignment]  # JSON
    return next(each for each in rules if each["id"] == rule_id)


def test_an_old_year_gives_the_same_bytes_after_a_new_pack_and_a_new_year(
    chuyi: Chuyi, workspace: Path, forms: Forms
) -> None:
    before = chuyi("assess", workspace, "--year", "2025", "--json")
    new_version(forms)
    rolled = chuyi("roll-over", workspace, "--year", "2026")
    assert rolled.code == 0
    assert "表单包 2 版" in rolled.out
    assert chuyi("set", workspace, "--year", "2026", "students=2000", "teachers=120", "promise=否").code == 0
    after = chuyi("assess", workspace, "--year", "2025", "--json")
    assert after.out == before.out
    now = chuyi("assess", workspace, "--year", "2026", "--json").json
    assert now["pack_version"] == "2"
    assert rule(now, "grows")["outcome"] == "met"
    assert "2,000 人" in str(rule(now, "grows")["explanation"])


def test_a_correction_of_an_old_figure_is_told_and_can_be_taken_back(
    chuyi: Chuyi, workspace: Path, forms: Forms
) -> None:
    """A figure is the school's, one a year: who corrects it corrects every assessment that reads it."""
    before = chuyi("assess", workspace, "--year", "2025", "--json")
    new_version(forms)
    assert chuyi("roll-over", workspace, "--year", "2026").code == 0
    answer = chuyi("set", workspace, "--year", "2026", "students@2025=2500")
    assert "2025 年自评的结论也按改后的数" in answer.err
    changed = chuyi("assess", workspace, "--year", "2025", "--json")
    assert rule(changed.json, "ratio-limit")["value"] == "25"
    assert chuyi("set", workspace, "--year", "2026", "students@2025=1900").code == 0
    assert chuyi("assess", workspace, "--year", "2025", "--json").out == before.out


def test_two_years_side_by_side_each_under_its_own_pack(chuyi: Chuyi, workspace: Path, forms: Forms) -> None:
    new_version(forms)
    assert chuyi("roll-over", workspace, "--year", "2026").code == 0
    assert chuyi("set", workspace, "--year", "2026", "students=2000", "teachers=100").code == 0
    answer = chuyi("compare", workspace, "2025", "2026")
    assert "各年按自己的表单包判定：2025 年 1 版、2026 年 2 版" in answer.out
    row = next(line for line in answer.out.splitlines() if "在校生数" in line)
    assert all(part in row for part in ("1,900 人", "2,000 人", "+100 人", "+5.26%"))
    assert "当年没有这一条" in next(line for line in answer.out.splitlines() if "逐年增长" in line)
    plain = chuyi("compare", workspace, "2026", "2025", "--json").json
    assert (plain["before"]["year"], plain["after"]["year"]) == (2025, 2026)  # type: ignore[index]  # JSON
    assert rule(plain, "ratio-limit")["after"]["threshold"] == "≤ 18"  # type: ignore[index]
    unassessed = chuyi("compare", workspace, "2024", "2025", "--json").json
    assert unassessed["before"]["assessed"] is False  # type: ignore[index]
    assert rule(unassessed, "promise")["before"]["outcome"] == "missing"  # type: ignore[index]


def test_the_trend_of_all_years(chuyi: Chuyi, workspace: Path) -> None:
    assert chuyi("roll-over", workspace, "--year", "2027").code == 0
    answer = chuyi("trend", workspace, "students", "生师比")
    row = next(line for line in answer.out.splitlines() if "在校生数" in line)
    assert [part.strip() for part in row.strip("│").split("│")[1:]] == [
        "1,800 人",
        "1,900 人",
        "未填",
        "未填",
    ]
    plain = chuyi("trend", workspace, "--json").json
    assert [each["year"] for each in plain["years"]] == [2024, 2025, 2026, 2027]  # type: ignore[index, union-attr, attr-defined]
    assert chuyi("trend", workspace, "studnts").code == 2


def test_rolling_over_is_told_first_and_done_once(chuyi: Chuyi, workspace: Path) -> None:
    dry = chuyi("roll-over", workspace, "--year", "2026", "--dry-run")
    for words in ("学校名称：某校", "专业类别：工科", "文字材料“概况”", "1 条承诺", "1 项自评等级"):
        assert words in dry.out
    assert "什么都没有新建" in dry.out
    assert chuyi("assess", workspace, "--year", "2026").code == 2
    made = chuyi("roll-over", workspace, "--year", "2026", "--json").json
    assert made["made"] is True
    assert [each["id"] for each in made["taken"]] == ["school_name", "field", "overview"]  # type: ignore[index, union-attr, attr-defined]
    again = chuyi("roll-over", workspace, "--year", "2026")
    assert again.code == 2
    assert "2026 年已有自评" in again.err
    early = chuyi("roll-over", workspace, "--year", "2024")
    assert early.code == 2
    assert "可以结转" in early.err
    now = chuyi("assess", workspace, "--year", "2026", "--json").json
    (_, promise) = rule(now, "results")["options"]  # type: ignore[misc]  # JSON
    assert promise["outcome"] == rule(now, "culture")["outcome"] == "missing"  # type: ignore[index]
