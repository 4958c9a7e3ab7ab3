"""What-if on the command line: told, and not a byte of the workspace is another afterwards."""

from pathlib import Path

import pytest

from tests.end2end.conftest import Chuyi

FIGURES = {
    "student_count": "3091",
    "full_time_teacher_count": "157",
    "senior_title_teacher_count": "29",
    "building_area": "44580",
}


@pytest.fixture
def school(chuyi: Chuyi, tmp_path: Path) -> Path:
    folder = tmp_path / "ws"
    settings = [word for item in FIGURES.items() for word in ("--set", "=".join(item))]
    new = ("new", folder, "--programme", "conditions-secondary", "--year", "2022", "--school", "某校")
    assert chuyi(*new, *settings).code == 0
    return folder


def on_disk(folder: Path) -> dict[str, bytes]:
    """Every file; what SQLite keeps beside a database while it reads holds nothing."""
    found = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert not any(found[path] for path in found if path.name.endswith("-wal"))
    return {
        str(path.relative_to(folder)): content
        for path, content in found.items()
        if not path.name.endswith(("-wal", "-shm"))
    }


def test_the_workspace_is_the_same_byte_for_byte(chuyi: Chuyi, school: Path) -> None:
    before = on_disk(school)
    verdict = chuyi("assess", school, "--json").out
    answer = chuyi(
        "what-if", school, "--set", "senior_title_teacher_count=35", "--overlay", "少招:student_count=2,900"
    )
    assert answer.code == 0
    assert chuyi("what-if", school, "--set", "student_count=很多").code == 2
    assert on_disk(school) == before
    assert chuyi("assess", school, "--json").out == verdict


def test_one_overlay_before_and_after(chuyi: Chuyi, school: Path) -> None:
    shown = chuyi("what-if", school, "--set", "高级职务专任教师数=35").out
    assert "高级职务专任教师数：29 人 → 35 人" in shown
    assert "18.47%　≥ 20%　未达到" in shown
    assert "22.29%　≥ 20%　达到" in shown
    assert "什么都没有改动" in shown
    plain = chuyi("what-if", school, "--set", "senior_title_teacher_count=35", "--json").json
    (overlay,) = plain["overlays"]  # type: ignore[misc]  # JSON
    assert overlay["changes"] == [  # type: ignore[index]
        {
            "kind": "value",
            "id": "senior_title_teacher_count",
            "year": 2022,
            "unit": "人",
            "from": "29",
            "to": "35",
        }
    ]
    assert [(each["id"], each["after"]["outcome"]) for each in overlay["rules"]] == [  # type: ignore[index]
        ("senior-titles", "met")
    ]


def test_several_side_by_side(chuyi: Chuyi, school: Path) -> None:
    words = ("--overlay", "甲：student_count=2,900，building_area=58000㎡", "--overlay", "student_count=100")
    shown = chuyi("what-if", school, "--set", "student_count=3000", "--name", "丙", *words).out
    head = next(line for line in shown.splitlines() if "现在" in line)
    assert all(name in head for name in ("丙", "甲", "设想 3"))
    plain = chuyi("what-if", school, *words, "--json").json
    first, second = plain["overlays"]  # type: ignore[misc]  # JSON
    assert [(each["id"], each["to"]) for each in first["changes"]] == [  # type: ignore[index]
        ("student_count", "2900"),
        ("building_area", "58000"),
    ]
    assert [(each["id"], each["to"]) for each in second["changes"]] == [("student_count", "100")]  # type: ignore[index]


REFUSED: dict[tuple[str, ...], str] = {
    (): "--set 或 --overlay",
    ("--overlay", "甲"): "名称:指标=值",
    ("--set", "student_count"): "应写成 指标=值",
    ("--set", "student_teacher_ratio=18"): "由程序计算",
    ("--set", "site_area=3册"): "单位",
    ("--set", "studentcount=3"): "是不是要填：student_count",
    ("--overlay", "甲:student_count=1,student_count=2"): "给了两次",
    ("--overlay", "甲:student_count=1", "--overlay", "甲:student_count=2"): "都叫“甲”",
}


def test_what_cannot_be_tried_is_told(chuyi: Chuyi, school: Path) -> None:
    for words, said in REFUSED.items():
        answer = chuyi("what-if", school, *words)
        assert (answer.code, answer.out) == (2, ""), words
        assert said in answer.err, words
