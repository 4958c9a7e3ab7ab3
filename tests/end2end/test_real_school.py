"""The published figures of a real school go in through Excel and come out as verdict and dossier."""

import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from tests.end2end.conftest import Chuyi

FIGURES = {
    "site_area": "141192",
    "building_area": "44580",
    "student_count": "3091",
    "staff_count": "186",
    "full_time_teacher_count": "157",
    "senior_title_teacher_count": "29",
    "dual_qualified_teacher_count": "80",
    "book_count": "13.26万册",
}


@pytest.fixture
def school(chuyi: Chuyi, tmp_path: Path) -> Path:
    """A workspace with the figures, which came in through an exported workbook."""
    typed, workspace = tmp_path / "typed", tmp_path / "ws"
    settings = [word for item in FIGURES.items() for word in ("--set", "=".join(item))]
    school = ("--programme", "conditions-secondary", "--year", "2022", "--school", "邵东县职业中等专业学校")
    assert chuyi("new", typed, *school, *settings).code == 0
    assert chuyi("export", typed, "-o", tmp_path / "f.xlsx").code == 0
    assert chuyi("new", workspace, *school).code == 0
    assert chuyi("import", workspace, tmp_path / "f.xlsx").code == 0
    return workspace


def _rules(chuyi: Chuyi, workspace: Path) -> dict[str, dict[str, str | None]]:
    answer = chuyi("assess", workspace, "--json")
    assert answer.code == 0
    rules: list[dict[str, str | None]] = answer.json["rules"]  # type: ignore[assignment]  # JSON
    return {str(rule["title"]): rule for rule in rules}


def _rule(rules: dict[str, dict[str, str | None]], *words: str) -> dict[str, str | None]:
    found = [rule for title, rule in rules.items() if all(word in title for word in words)]
    assert found, (words, list(rules))
    return found[0]


def test_the_published_ratio_and_every_national_threshold(chuyi: Chuyi, school: Path) -> None:
    rules = _rules(chuyi, school)
    ratio = _rule(rules, "生师比")
    assert Decimal(str(ratio["value"])) == Decimal("19.69")
    assert ratio["outcome"] == "met"
    assert ratio["basis"] == "national"
    assert "19.69" in str(ratio["explanation"])
    expected = {
        ("在校生",): ("met", "3091", "1200"),
        ("专任教师数",): ("met", "157", "60"),
        ("高级",): ("unmet", "18.47", "20"),
        ("校园占地",): ("met", "141192", "40000"),
        ("生均用地",): ("met", "45.68", "33"),
        ("生均", "建筑"): ("unmet", "14.42", "20"),
        ("生均图书",): ("met", "42.9", "30"),
    }
    for words, (outcome, value, threshold) in expected.items():
        rule = _rule(rules, *words)
        assert (rule["outcome"], rule["threshold"]) == (outcome, threshold), rule
        assert Decimal(str(rule["value"])) == Decimal(value), rule


def test_what_the_school_did_not_publish_is_missing_never_zero(chuyi: Chuyi, school: Path) -> None:
    rules = _rules(chuyi, school)
    for words in (("仪器设备总值",), ("生均仪器设备值",), ("计算机",), ("专业教师占比",)):
        rule = _rule(rules, *words)
        assert (rule["outcome"], rule["value"], rule["gap"]) == ("missing", None, None), rule
        assert "未填：" in str(rule["explanation"])


def test_a_second_import_of_the_export_changes_nothing(chuyi: Chuyi, school: Path, tmp_path: Path) -> None:
    assert chuyi("export", school, "-o", tmp_path / "again.xlsx").code == 0
    assert "没有改动" in chuyi("import", school, tmp_path / "again.xlsx").out


def test_the_dossier_opens_everywhere_with_its_fonts_inside(
    chuyi: Chuyi, school: Path, tmp_path: Path
) -> None:
    target = tmp_path / "申报书.pdf"
    assert chuyi("dossier", school, "-o", target).code == 0
    check = subprocess.run(["qpdf", "--check", target], capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout + check.stderr
    assert "WARNING" not in check.stdout + check.stderr
    text = subprocess.run(["pdftotext", target, "-"], capture_output=True, text=True, check=True)
    assert text.stderr == ""
    assert "邵东县职业中等专业学校" in text.stdout
    assert "自评结果仅供学校参考，以主管部门评审为准" in text.stdout.replace("\n", "")
    fonts = subprocess.run(["pdffonts", target], capture_output=True, text=True, check=True)
    rows = [line.split() for line in fonts.stdout.splitlines()[2:]]
    assert rows
    for row in rows:
        embedded, subset = row[-5:-3]
        assert (embedded, subset) == ("yes", "yes"), fonts.stdout
