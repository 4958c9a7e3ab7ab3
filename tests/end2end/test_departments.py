"""Departments work apart and their work comes together: every pack, and a clerk's way at the command line."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from chuyi_desktop import bootstrap
from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.departments.shares import Owners, part_of, shares
from chuyi_desktop.app.merge_workbooks import department_states, make_merge, plan_merge
from chuyi_desktop.app.ports import ShareCover, silent
from chuyi_desktop.app.program import Program
from chuyi_desktop.app.read_deliveries import read_deliveries
from chuyi_desktop.app.split_workbook import handed_out, split_workbook, workspace_mark
from chuyi_desktop.domain.assessment import Assessment, Field, FieldKind
from chuyi_desktop.domain.programme import Attested, Rubric
from chuyi_desktop.excel import roster_rendering
from tests.end2end.conftest import Chuyi
from tests.packs.test_samples import SAMPLES, YEAR, filled, read

SCHOOL = "邵东市职业中等专业学校"
PACK = "conditions-secondary"


@pytest.fixture(autouse=True, scope="module")
def small_sheets() -> Iterator[None]:
    """Fewer blank rows and open columns: hundreds of workbooks are written here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(roster_rendering, "SPARE_ROWS", 25)
        patch.setattr(roster_rendering, "_LAST_COLUMN", 40)
        yield


@pytest.fixture(scope="module")
def program() -> Program:
    return bootstrap.build_program()


def _said(assessment: Assessment) -> object:
    """What is there; rows by what they say."""
    values = {
        place: content for place, content in assessment.fields.items() if place.kind is not FieldKind.ROW
    }
    tables = {place.key for place in assessment.fields if place.kind is FieldKind.ROW}
    return values, {key: [row.cells for row in assessment.rows(key) or ()] for key in tables}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_what_the_departments_of_a_pack_fill_in_comes_together_whole(
    program: Program, sample: Path, tmp_path: Path
) -> None:
    programme = program.library.programme(sample.stem)
    whole = filled(programme, read(sample))
    with begin(program, tmp_path / "ws", programme.id, YEAR, {}) as session:
        paths = []
        for number, share in enumerate(shares(programme, YEAR, Owners())):
            cover = ShareCover(
                share.department, "", workspace_mark(session), handed_out(share, session.assessment)
            )
            path = tmp_path / f"{number}.xlsx"
            program.workbooks.write_share(part_of(programme, share), whole, cover, path, silent)
            paths.append(path)
        random.Random(sample.stem).shuffle(paths)  # noqa: S311  # an order, not a secret
        deliveries = read_deliveries(session, paths)
        plan = plan_merge(session, deliveries)
        assert [str(each) for delivery in plan.refused for each in delivery.problems] == []
        assert (plan.conflicts, plan.awaited) == ((), ())
        make_merge(session, plan)
        assert _said(session.assessment) == _said(whole)
        # It is in the workspace as it is in memory, and the same files change nothing any more.
        assert _said(session.workspace.assessment(session.head.id)) == _said(whole)
        assert plan_merge(session, deliveries).changes == ()
        session.undo()
        assert all(state.filling.filled == 0 for state in department_states(session))


@pytest.mark.parametrize("name", ["quality-secondary-school"])
def test_what_goes_out_filled_in_says_nothing_when_it_comes_back_untouched(
    program: Program, name: str, tmp_path: Path
) -> None:
    (sample,) = (path for path in SAMPLES if path.stem == name)
    whole = filled(program.library.programme(name), read(sample))
    with begin(program, tmp_path / "ws", name, YEAR, {}) as session:
        changes = [session.assessment.change(place, content) for place, content in whole.fields.items()]
        session.make([change for change in changes if change is not None], "填写")
        done = split_workbook(session, tmp_path / "out")
        for delivery in read_deliveries(session, [path for _, path in done.files]):
            assert (delivery.statements, delivery.cleared, delivery.refused) == ((), (), False), delivery


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_field_a_pack_asks_for_is_asked_of_one_department(program: Program, sample: Path) -> None:
    programme = program.library.programme(sample.stem)
    wanted: set[Field] = set()
    for section in programme.sections:
        for one in section.asked:
            if not programme.indicators[one.indicator_id].is_derived:
                years = range(YEAR - one.earlier_years, YEAR + 1)
                wanted |= {Field(FieldKind.VALUE, one.indicator_id, year) for year in years}
    wanted |= {Field(FieldKind.ROW, key, YEAR) for key in programme.tables}
    wanted |= {Field(FieldKind.TEXT, each.id) for each in programme.narratives}
    wanted |= {
        Field(FieldKind.ATTESTATION, each.id)
        for each in programme.conditions()
        if isinstance(each.rule, Attested)
    }
    wanted |= {
        Field(FieldKind.RATING, each.id)
        for each in programme.scored_items()
        if isinstance(each.method, Rubric)
    }
    wanted |= {Field(FieldKind.EXPLANATION, each.id) for each in programme.checks}
    every = [place for share in shares(programme, YEAR, Owners()) for place in share.fields]
    assert set(every) == wanted
    assert len(every) == len(wanted)


def _fill(path: Path, cells: dict[str, object], target: Path | None = None) -> None:
    """The clerk of a department types into this year's column, by the indicator's name."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        roles = {str(cell.value): cell.column for cell in sheet[1]}
        if f"value:{YEAR}" not in roles:
            continue
        for row in range(5, sheet.max_row + 1):
            name = str(sheet.cell(row, roles["name"]).value)
            if name in cells:
                sheet.cell(row, roles[f"value:{YEAR}"]).value = cells[name]
    book.save(target or path)


@pytest.fixture
def sent(chuyi: Chuyi, tmp_path: Path) -> Path:
    """The workbooks of a school's departments."""
    ws, out = tmp_path / "ws", tmp_path / "发出"
    settings = ("--set", "student_count=3091", "--set", f"student_count@{YEAR - 1}=2950")
    assert chuyi("new", ws, "--programme", PACK, "--year", YEAR, "--school", SCHOOL, *settings).code == 0
    answer = chuyi("split", ws, "-o", out, "--due", f"{YEAR}-9-10", "--contact", "李老师")
    assert (answer.code, "chuyi merge" in answer.out) == (0, True)
    return out


def _of(sent: Path, department: str) -> Path:
    return sent / f"{SCHOOL}-{YEAR}-{department}.xlsx"


def test_a_clerks_way(chuyi: Chuyi, sent: Path, tmp_path: Path) -> None:
    ws = tmp_path / "ws"
    _fill(_of(sent, "教务处"), {"在校生数": 4200})
    _fill(_of(sent, "人事处"), {"教职工数": "约200"}, tmp_path / "坏.xlsx")
    _fill(_of(sent, "人事处"), {"教职工数": 200, "专任教师数": "157人"})
    _fill(_of(sent, "总务处"), {"校园占地面积": "212亩"})
    assert chuyi("set", ws, "student_count=3191", "site_area=141192").code == 0

    # A bad cell and open disputes: nothing is taken, everything is said.
    files = (_of(sent, "教务处"), _of(sent, "总务处"), tmp_path / "坏.xlsx")
    answer = chuyi("merge", ws, *files, "--report", tmp_path / "标")
    assert answer.code == 2
    assert "“约200”不是数" in answer.err
    assert "什么都没有改动" in answer.err
    for shown in ("3,191 人", "4,200 人", "上年 2,950 人", "教务处", "student_count=keep"):
        assert shown in answer.out
    assert (tmp_path / "标" / "坏.xlsx").is_file()
    states = {one["department"]: one for one in chuyi("departments", ws, "--json").json["departments"]}  # type: ignore[attr-defined]  # JSON
    assert [states[name]["delivered"] for name in ("教务处", "总务处", "人事处")] == [None] * 3

    # The good file instead of the bad one, and the disputes settled.
    files = (_of(sent, "人事处"), *files[:2])
    chosen = ("--choose", f"student_count={_of(sent, '教务处').name}", "--choose", "校园占地面积=keep")
    answer = chuyi("merge", ws, *files, *chosen)
    assert answer.code == 0, answer.err
    assert "提示：教务处的“在校生数”4,200 人，上年 2,950 人，变化 +42%" in answer.out
    assert "已汇总 3 个文件，改动 3 项" in answer.out
    assert "办公室" in answer.out.splitlines()[-1]
    answer = chuyi("assess", ws, "--json")
    values = {rule["title"]: rule["value"] for rule in answer.json["rules"]}  # type: ignore[attr-defined]  # JSON
    assert "4200" in values.values()

    # Once more: the same files change nothing.
    again = chuyi("merge", ws, _of(sent, "人事处"), _of(sent, "教务处"))
    assert (again.code, "没有改动" in again.out) == (0, True)
    table = chuyi("departments", ws, "--blank")
    assert table.code == 0
    assert "办公室 未填：" in table.out


def test_what_is_not_settled_can_stay_behind(chuyi: Chuyi, sent: Path, tmp_path: Path) -> None:
    ws = tmp_path / "ws"
    _fill(_of(sent, "教务处"), {"在校生数": 4200})
    _fill(_of(sent, "人事处"), {"专任教师数": 157})
    assert chuyi("set", ws, "student_count=3191").code == 0
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"no workbook")
    answer = chuyi("merge", ws, bad, _of(sent, "教务处"), _of(sent, "人事处"), "--partial", "--json")
    assert answer.code == 0
    found = answer.json
    assert (found["taken"], found["changed"]) == (True, 1)
    assert [conflict["id"] for conflict in found["conflicts"]] == ["student_count"]  # type: ignore[attr-defined]  # JSON
    assert next((one["file"], one["refused"]) for one in found["deliveries"]) == ("bad.xlsx", True)  # type: ignore[attr-defined]  # JSON
    assert "教务处" not in found["awaited"]  # type: ignore[operator]  # JSON


def test_the_school_says_who_supplies_what(chuyi: Chuyi, sent: Path, tmp_path: Path) -> None:
    ws = tmp_path / "ws"
    assert "已调整" in chuyi("owners", ws, "总务处=后勤部", "student_count=招就处").out
    items = {one["id"]: one for one in chuyi("owners", ws, "--json").json["items"]}  # type: ignore[attr-defined]  # JSON
    assert (items["student_count"]["usual"], items["student_count"]["owner"]) == ("教务处", "招就处")
    assert items["site_area"]["owner"] == "后勤部"
    assert "后勤部" in chuyi("owners", ws).out
    refused = chuyi("split", ws, "-o", sent, "--department", "招就处")
    assert (refused.code, "没有覆盖" in refused.err) == (2, True)
    assert chuyi("split", ws, "-o", tmp_path / "二", "--department", "后勤部", "--json").code == 0
    assert [path.name for path in (tmp_path / "二").iterdir()] == [f"{SCHOOL}-{YEAR}-后勤部.xlsx"]
    assert json.loads((ws / "departments.json").read_text("utf-8"))["departments"] == {"总务处": "后勤部"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("split", "-o", "{tmp}/x", "--due", "明天"), "不是日期"),
        (("split", "-o", "{tmp}/x", "--department", "教务"), "没有“教务”这个部门"),
        (("merge", "{tmp}/没有.xlsx"), "不能采用"),
        (("merge", "{tmp}/没有[red].xlsx"), "没有[red].xlsx"),
        (("merge", "{sent}/教务处", "--choose", "student_count"), "应写成"),
        (("owners", "没有的=教务处"), "没有“没有的”"),
    ],
)
def test_what_cannot_be_done_is_said(
    chuyi: Chuyi, sent: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    command, *rest = (word.format(tmp=tmp_path, sent=sent) for word in arguments)
    answer = chuyi(command, tmp_path / "ws", *rest)
    assert answer.code == 2
    assert words in answer.err + answer.out
    assert not (tmp_path / "x").exists()


def test_a_workbook_of_another_assessment_is_refused(chuyi: Chuyi, sent: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert chuyi("new", other, "--programme", PACK, "--year", YEAR, "--school", "另一职校").code == 0
    for ws, programme, year, words in (
        (other, PACK, YEAR, f"这是“{SCHOOL}”的填报表"),
        (tmp_path / "ws", PACK, YEAR - 1, "年的"),
        (tmp_path / "ws", "quality-secondary-school", YEAR, "的表样"),
    ):
        chuyi("new", ws, "--programme", programme, "--year", year, "--school", SCHOOL)
        answer = chuyi("merge", ws, _of(sent, "教务处"), "--programme", programme, "--year", year)
        assert answer.code == 2
        assert words in answer.err, words
