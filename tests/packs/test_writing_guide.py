"""The worked example of docs/writing-a-form-pack.md is a pack that works, and its mistakes are found."""

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.domain.formula import parse, write
from chuyi_desktop.domain.provenance import Basis
from chuyi_desktop.packs.library import FormsFolder

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/writing-a-form-pack.md").read_text("utf-8")
BLOCK = re.compile(r"<!-- file: (\S+) -->\n```yaml\n(.*?)```\n", re.DOTALL)
FILES = dict(BLOCK.findall(GUIDE))
MISTAKE = re.compile(r"^\| `([\w/.-]+\.yaml)` \| `(.+?)` \| `(.+?)` \| (.+?) \|$", re.MULTILINE)
MISTAKES = MISTAKE.findall(GUIDE)

YEARS = re.findall(r"^\| [^|]+ \| `(\w+\(.+?\).*?)` \| `(\w+)\(…\)` \| ", GUIDE, re.MULTILINE)
"""The growth conditions of the guide, and their names in Chinese."""
WRITTEN_OUT = {
    "rising": "student_count > years_back(student_count, 1) "
    "and years_back(student_count, 1) > years_back(student_count, 2)",
    "not_falling": "student_count >= years_back(student_count, 1) "
    "and years_back(student_count, 1) >= years_back(student_count, 2)",
    "years_sum": "sum(new_book_count, years_back(new_book_count, 1), years_back(new_book_count, 2))",
    "years_avg": "avg(new_book_count, years_back(new_book_count, 1), years_back(new_book_count, 2))",
    "years_min": "min(new_book_count, years_back(new_book_count, 1), years_back(new_book_count, 2)) >= 500",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the example uses of the shared catalogue, and the example."""
    root = tmp_path / "forms"
    (root / "catalogue").mkdir(parents=True)
    for path in (ROOT / "forms/catalogue").glob("*.yaml"):
        if path.name < "75" or path.name == "documents.yaml":
            shutil.copy(path, root / "catalogue")
    for file, text in FILES.items():
        path = root / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def of_the_example(root: Path) -> list[str]:
    """What ``forms check`` says of the example's own files."""
    return [str(one) for one in FormsFolder(root).check() if one.place.file in FILES]


def test_the_example_is_whole() -> None:
    assert list(FILES) == [
        "catalogue/95-reading.yaml",
        "reading-school/pack.yaml",
        "reading-school/conditions.yaml",
        "reading-school/scoring.yaml",
        "reading-school/dossier.yaml",
    ]
    assert len(MISTAKES) == GUIDE.count("\n| `") - GUIDE.count("\n| `forms")
    assert len(YEARS) == 5


def test_the_example_has_neither_mistakes_nor_smells(folder: Path) -> None:
    assert of_the_example(folder) == []


def test_the_example_says_what_the_notice_says(folder: Path) -> None:
    pack = FormsFolder(folder).programme("reading-school")
    assert pack.maximum == 100
    assert [tier.name for tier in pack.tiers] == ["示范校", "培育校", "未达到"]
    assert [tier.rule.minimum_points for tier in pack.tiers] == [Decimal(85), Decimal(70), None]
    assert {one.provenance.basis for one in pack.conditions()} == {Basis.OFFICIAL}
    assert pack.reference_points() == 20


@pytest.mark.parametrize(("formula", "chinese"), YEARS)
def test_conditions_of_several_years_mean_what_the_guide_says(formula: str, chinese: str) -> None:
    name = formula.partition("(")[0]
    assert write(parse(formula)) == WRITTEN_OUT[name]
    assert parse(formula.replace(name, chinese, 1)) == parse(formula)


def test_a_condition_of_several_years_is_one_of_the_pack(folder: Path) -> None:
    path = folder / "reading-school/dossier.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("new_book_count <= book_count", "not_falling(book_count, 2)"), "utf-8")
    assert of_the_example(folder) == []
    check = FormsFolder(folder).programme("reading-school").checks[0]
    assert check.holds == parse("book_count >= years_back(book_count, 1)")


@pytest.mark.parametrize(("file", "right", "wrong", "said"), MISTAKES)
def test_each_mistake_is_found_where_it_is(
    folder: Path, file: str, right: str, wrong: str, said: str
) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    line = text[: text.index(right)].count("\n") + 1
    found = of_the_example(folder)
    assert any(said in one for one in found), found
    assert any(one.startswith(f"{file}:") and abs(int(one.split(":")[1]) - line) <= 4 for one in found), found
