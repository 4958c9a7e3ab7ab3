"""docs/programmes.md says on what the installed packs rest; every rule has its source."""

import re
from pathlib import Path

import pytest

from chuyi_desktop.app.pack_coverage import coverage_page, provenances, write_coverage
from chuyi_desktop.domain.provenance import Basis
from chuyi_desktop.packs.library import FormsFolder
from tests.packs.forms import QUALITY_FILE, Forms

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/programmes.md"


@pytest.fixture(scope="module")
def installed() -> FormsFolder:
    return FormsFolder(ROOT / "forms")


def sections(page: str) -> dict[str, str]:
    """The page by pack."""
    found = re.split(r'^<a id="([a-z0-9-]+)"></a>$', page, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True)) | {"overview": found[0]}


def test_the_committed_page_is_fresh(installed: FormsFolder) -> None:
    fresh = sections(coverage_page([installed.programme(one.id) for one in installed.summaries()]))
    committed = sections(PAGE.read_text("utf-8"))
    stale = [key for key in fresh | committed if fresh.get(key) != committed.get(key)]
    assert stale == [], "run `make programmes`"


def test_every_installed_rule_has_its_source(installed: FormsFolder) -> None:
    lacking = []
    for summary in installed.summaries():
        for rule, one in provenances(installed.programme(summary.id)):
            named = one.document and one.number and one.article
            if not (named if one.basis is not Basis.REFERENCE else one.document or one.note):
                lacking.append((summary.id, rule))
    assert lacking == []


def test_rules_points_and_sources_are_counted(forms: Forms, tmp_path: Path) -> None:
    write_coverage(forms.library, tmp_path / "docs/page.md")
    page = sections((tmp_path / "docs/page.md").read_text("utf-8"))
    assert set(page) == {"overview", "base", "quality"}
    assert "| [优质学校](#quality) | 学校 | 1 | 0 | 1 | 8 | 100% | 0 |" in page["overview"]
    assert "| 国标 | 1 | 0 | 0 | 0 | 0 |" in page["base"]
    assert "《设置标准》（教职成〔2010〕12号） 第七条，1 处" in page["base"]
    assert "引用：`base`" in page["quality"]
    assert "满分 10 分，其中 10 分（100%）按参考权重计" in page["quality"]
    assert "不计分" in page["base"]


def test_what_is_unknown_stands_there_with_where_to_look(forms: Forms) -> None:
    forms.edit(QUALITY_FILE, "narratives:\n  - {", "unknown:\n  - 名额：见当年通知。\nnarratives:\n  - {")
    page = coverage_page([forms.library.programme("quality")])
    assert "- 名额：见当年通知。" in page
    assert "| 100% | 1 |" in page


def test_a_page_that_cannot_be_written_leaves_the_old_one(forms: Forms, tmp_path: Path) -> None:
    target = tmp_path / "page.md"
    target.mkdir()
    with pytest.raises(Exception, match="没有改动"):
        write_coverage(forms.library, target)
    assert target.is_dir()
