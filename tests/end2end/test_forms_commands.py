"""``chuyi forms check`` and ``coverage`` as a writer of packs runs them."""

import json
from pathlib import Path

import pytest

from tests.end2end.conftest import Chuyi
from tests.packs.forms import BASE_FILE, CATALOGUE_FILE, Forms


@pytest.fixture
def forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Forms:
    """The small forms folder, as the installed one."""
    made = Forms(tmp_path / "forms")
    monkeypatch.setenv("CHUYI_FORMS", str(made.root))
    return made


def test_a_smell_is_told_and_stands_in_nobodys_way(chuyi: Chuyi, forms: Forms) -> None:
    answer = chuyi("forms", "check")
    assert answer.code == 0
    assert "2 个表单包可以使用，有 2 处提示" in answer.out
    assert f"{CATALOGUE_FILE}:" in answer.err


def test_without_smells_there_is_nothing_to_look_at(chuyi: Chuyi, forms: Forms) -> None:
    forms.edit(CATALOGUE_FILE, "  spare:\n    name: 备用数\n    kind: integer\n", "")
    site_each = (
        "  site_each:\n    name: 生均用地\n    unit: ㎡\n    digits: 2\n    formula: site / students\n"
    )
    forms.edit(CATALOGUE_FILE, site_each, "")
    answer = chuyi("forms", "check")
    assert (answer.code, answer.out.strip(), answer.err) == (0, "2 个表单包没有问题", "")


def test_a_mistake_ends_with_2_and_is_told_to_programs(chuyi: Chuyi, forms: Forms) -> None:
    forms.edit(BASE_FILE, "value: 20}", "valu: 20}")
    assert chuyi("forms", "check").code == 2
    answer = chuyi("forms", "check", "--json")
    assert answer.code == 2
    found = [one for one in json.loads(answer.out) if one["severity"] == "error"]
    assert [(one["file"], one["code"]) for one in found if one["code"] == "packs.unknown_key"] == [
        (BASE_FILE, "packs.unknown_key")
    ]
    assert all(one["line"] and one["column"] and one["message"] for one in found)


def test_the_page_is_written(chuyi: Chuyi, forms: Forms, tmp_path: Path) -> None:
    target = tmp_path / "page.md"
    assert chuyi("forms", "coverage", "-o", target).code == 0
    assert "## 优质学校" in target.read_text("utf-8")


def test_a_faulty_pack_leaves_the_page_as_it_was(chuyi: Chuyi, forms: Forms, tmp_path: Path) -> None:
    target = tmp_path / "page.md"
    target.write_text("旧", "utf-8")
    forms.edit(BASE_FILE, "value: 20}", "valu: 20}")
    assert chuyi("forms", "coverage", "-o", target).code == 2
    assert target.read_text("utf-8") == "旧"
