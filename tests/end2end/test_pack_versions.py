"""A new version of a pack arrives: what it changes is told rule by rule, and nothing is changed unasked."""

import re
from pathlib import Path

import pytest

from chuyi_desktop.packs.library import FormsFolder
from tests.end2end.conftest import Chuyi
from tests.packs.forms import BASE_FILE, CATALOGUE_FILE, QUALITY_FILE, Forms

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
        QUALITY_FILE,
        "indicators: [students, teachers, site,",
        "indicators: [school_name, students, teachers, site,",
    )
    monkeypatch.setenv("CHUYI_FORMS", str(made.root))
    return made


@pytest.fixture
def workspace(chuyi: Chuyi, forms: Forms, tmp_path: Path) -> Path:
    folder = tmp_path / "ws"
    new = ("new", folder, "--programme", "quality", "--year", "2026", "--school", "某校")
    assert chuyi(*new, "--set", "students=1900", "--set", "teachers=100", "--set", "site=25000").code == 0
    return folder


def test_the_pack_of_the_beginning_is_kept_whole(workspace: Path, forms: Forms) -> None:
    pack_hash = forms.library.programme("quality").pack_hash
    kept = FormsFolder(workspace / "packs" / pack_hash)
    assert kept.programme("quality") == forms.library.programme("quality")
    assert kept.programme("quality").pack_hash == pack_hash


def test_a_new_version_is_told_rule_by_rule(chuyi: Chuyi, workspace: Path, forms: Forms) -> None:
    before = chuyi("assess", workspace, "--json").json
    forms.edit(BASE_FILE, "value: 20}", "value: 18}")
    forms.edit(CATALOGUE_FILE, "name: 占地面积", "name: 校园占地面积")
    forms.edit(QUALITY_FILE, "- {id: good, title: 好, points: 3}", "- {id: good, title: 很好, points: 3}")
    forms.edit(QUALITY_FILE, 'version: "1"', 'version: "2"')
    answer = chuyi("forms", "compare", workspace, "--json").json
    assert answer["same_pack"] is False
    assert [(one["id"], one["aspects"]) for one in answer["rules"]] == [
        ("ratio-limit", ["threshold", "outcome"])
    ]
    assert (answer["before"]["pack_version"], answer["after"]["pack_version"]) == ("1", "2")
    assert answer["before"]["pack_hash"] == before["pack_hash"]
    shown = chuyi("forms", "compare", workspace).out
    assert re.search(r"生师比.*标准、结果.*≤ 20.*≤ 18", shown)


def test_a_draft_can_be_tried_before_it_is_installed(chuyi: Chuyi, workspace: Path, tmp_path: Path) -> None:
    draft = Forms(tmp_path / "draft")
    draft.write("catalogue/school.yaml", SCHOOL)
    draft.edit(QUALITY_FILE, "- {value: 20000}", "- {value: 26000}")
    answer = chuyi("forms", "compare", workspace, "--with", draft.root, "--json").json
    assert [one["id"] for one in answer["rules"]] == ["site-size"]
    assert [(one["id"], one["change"]) for one in answer["others"]] == [("school_name", "gone")]


def test_the_same_version_changes_nothing(chuyi: Chuyi, workspace: Path) -> None:
    assert "不会有变化" in chuyi("forms", "compare", workspace).out


def test_a_kept_pack_that_was_tampered_with_is_refused(chuyi: Chuyi, workspace: Path, forms: Forms) -> None:
    kept = workspace / "packs" / forms.library.programme("quality").pack_hash / BASE_FILE
    kept.write_text(kept.read_text("utf-8").replace("value: 20}", "value: 30}"), "utf-8")
    forms.edit(BASE_FILE, "value: 20}", "value: 18}")
    answer = chuyi("forms", "compare", workspace)
    assert answer.code == 2
    assert "内容不同" in answer.err


def stricter(forms: Forms) -> None:
    """Version 2 arrives, with a lower limit."""
    forms.edit(BASE_FILE, "value: 20}", "value: 18}")
    forms.edit(QUALITY_FILE, 'version: "1"', 'version: "2"')


def test_an_old_year_judged_again_under_its_own_pack_gives_the_same_bytes(
    chuyi: Chuyi, workspace: Path, forms: Forms
) -> None:
    before = chuyi("assess", workspace, "--json")
    assert before.err == ""
    stricter(forms)
    after = chuyi("assess", workspace, "--json")
    assert after.out == before.out
    assert re.search(r"它自己的表单包 1 版.*安装的是 2 版", after.err)
    forms.edit(BASE_FILE, "value: 18}", "value: [")
    broken = chuyi("assess", workspace, "--json")
    assert broken.out == before.out
    assert "留存的表单包 1 版" in broken.err


def test_moving_is_told_first_and_done_on_consent(chuyi: Chuyi, workspace: Path, forms: Forms) -> None:
    stricter(forms)
    first = chuyi("assess", workspace, "--json").json
    shown = chuyi("forms", "move", workspace)
    assert re.search(r"生师比.*标准、结果.*≤ 20.*≤ 18", shown.out)
    assert "什么都没有改动" in shown.out
    assert chuyi("assess", workspace, "--json").json == first
    moved = chuyi("forms", "move", workspace, "--yes", "--json").json
    assert (moved["moved"], moved["before"]["pack_version"], moved["after"]["pack_version"]) == (
        True,
        "1",
        "2",
    )
    now = chuyi("assess", workspace, "--json")
    assert now.err == ""
    assert now.json["pack_version"] == "2"
    assert len(list((workspace / "packs").iterdir())) == 2
    assert "没有改动" in chuyi("forms", "move", workspace, "--yes").out


def test_moving_back_gives_the_first_verdict_again(chuyi: Chuyi, workspace: Path, forms: Forms) -> None:
    before = chuyi("assess", workspace, "--json")
    first_pack = workspace / "packs" / str(before.json["pack_hash"])
    stricter(forms)
    assert chuyi("forms", "move", workspace, "--yes").code == 0
    assert chuyi("forms", "move", workspace, "--with", first_pack, "--yes").code == 0
    assert chuyi("assess", workspace, "--json").out == before.out


def test_what_a_new_pack_no_longer_asks_is_listed_and_stays(
    chuyi: Chuyi, workspace: Path, forms: Forms
) -> None:
    assert chuyi("set", workspace, "promise=是").code == 0
    before = chuyi("assess", workspace, "--json")
    forms.edit(QUALITY_FILE, "{id: promise, title: 承诺", "{id: pledge, title: 承诺")
    answer = chuyi("forms", "move", workspace, "--yes", "--json").json
    assert [(one["kind"], one["id"], one["count"]) for one in answer["left"]] == [
        ("attestation", "promise", 1)
    ]
    first_pack = workspace / "packs" / str(before.json["pack_hash"])
    assert chuyi("forms", "move", workspace, "--with", first_pack, "--yes").code == 0
    assert chuyi("assess", workspace, "--json").out == before.out


def test_without_its_own_pack_the_installed_one_judges_and_that_is_said(
    chuyi: Chuyi, workspace: Path, forms: Forms
) -> None:
    kept = workspace / "packs"
    kept.rename(workspace / "elsewhere")
    stricter(forms)
    answer = chuyi("assess", workspace, "--json")
    assert answer.json["pack_version"] == "2"
    assert "没有留存" in answer.err
    assert chuyi("forms", "move", workspace, "--yes").code == 0
    assert chuyi("assess", workspace, "--json").err == ""


def test_a_workbook_of_another_version_is_still_taken(
    chuyi: Chuyi, workspace: Path, forms: Forms, tmp_path: Path
) -> None:
    stricter(forms)
    book = tmp_path / "new.xlsx"
    assert chuyi("template", "quality", "--year", "2026", "-o", book).code == 0
    answer = chuyi("import", workspace, book)
    assert answer.code == 0
    assert chuyi("assess", workspace, "--json").json["pack_version"] == "1"
