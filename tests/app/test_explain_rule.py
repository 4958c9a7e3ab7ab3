"""The whole derivation of what a person names."""

from pathlib import Path

import pytest

from chuyi_desktop.app.attach import attach
from chuyi_desktop.app.begin import begin
from chuyi_desktop.app.explain_rule import explain_rule
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.report.explain_json import explain_json
from chuyi_desktop.report.explain_words import account
from tests.app.school import small_program

SETTINGS = {
    "student_count": "3091",
    "full_time_teacher_count": "157",
    "senior_title_teacher_count": "200",
    "safe": "是",
    "party": "一般",
}


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return begin(small_program(tmp_path), tmp_path / "ws", "small", 2026, SETTINGS)


def told(session: Session, name: str) -> dict[str, str]:
    """The lines by label; those that go on joined to theirs."""
    found: dict[str, str] = {}
    label = ""
    for line in account(explain_rule(session, name)):
        label = line.label or label
        found[label] = f"{found[label]}\n{line.text}" if label in found else line.text
    return found


@pytest.mark.parametrize("name", ["ratio", "生师比不高于 20", " ratio "])
def test_a_threshold(session: Session, name: str) -> None:
    lines = told(session, name)
    assert lines["规则"] == "生师比不高于 20（基本条件，代号 ratio）"
    assert lines["依据"] == "国标　《中等职业学校设置标准》（教职成〔2010〕12号）第七条"
    assert lines["公式"] == "生师比 = 在校生数 ÷ 专任教师数"
    assert "在校生数 3,091 人　← " in lines["所用的数"]
    assert "由 王老师 键入" in lines["所用的数"]
    steps = "生师比 = 在校生数 ÷ 专任教师数 = 3,091 ÷ 157 = 19.69（四舍五入，保留 2 位小数）"
    assert lines["计算"] == steps
    assert lines["标准"] == "≤ 20"
    assert lines["结果"] == "达到"
    assert lines["佐证材料"] == "还没有附"


def test_what_is_not_filled_in_is_told_as_such(session: Session) -> None:
    stamp = session.program.stamp("试")
    gone = session.assessment.change(
        next(field for field in session.assessment.fields if field.key == "student_count"), None
    )
    assert gone is not None
    session.make([gone], stamp.label)
    lines = told(session, "ratio")
    assert "在校生数（2026 年）　未填" in lines["所用的数"]
    assert lines["结果"] == "未填"


def test_an_attested_condition_with_its_proof(session: Session, tmp_path: Path) -> None:
    proof = tmp_path / "证明.pdf"
    proof.write_bytes(b"%PDF-1.7")
    attach(session, proof, "safe", "主管部门证明")
    lines = told(session, "safe")
    assert lines["要声明的"] == "近三年没有发生安全责任事故"
    assert lines["佐证材料"] == "主管部门证明（证明“三年内无安全责任事故”）"
    assert lines["结果"] == "达到"
    assert lines["依据"].startswith("参考")


def test_points_and_how_they_came_about(session: Session) -> None:
    linear = told(session, "规模")
    way = "0 人 得 0 分，1,200 人 得满分 60 分，其间按比例，两位小数"
    assert linear["计分办法"] == f"{way}\n本校 3,091 人，在两端以外或正在一端，得 60 分"
    assert linear["得分"] == "60 分，满分 60 分"
    rubric = told(session, "party")
    assert rubric["计分办法"] == "自评等级\n“好”得 40 分\n“一般”得 20 分　← 本校"
    assert rubric["得分"] == "20 分，满分 40 分"


def test_a_derived_and_a_typed_indicator(session: Session) -> None:
    derived = told(session, "student_teacher_ratio")
    assert derived["指标"] == "生师比（代号 student_teacher_ratio）"
    assert derived["公式"] == "生师比 = 在校生数 ÷ 专任教师数"
    assert derived["数值"] == "19.69"
    assert derived["用于规则"] == "生师比不高于 20"
    typed = told(session, "学生数")
    assert typed["数值"] == "3,091 人"
    assert "由 王老师 键入" in typed["来源"]
    assert typed["用于规则"] == "生师比不高于 20、规模"


def test_a_check_that_found_something_and_one_that_did_not(session: Session) -> None:
    found = told(session, "senior")
    assert found["审核"] == "高级职务教师不多于专任教师（代号 senior）"
    assert found["公式"] == "高级职务教师数 ≤ 专任教师数"
    assert "200 ≤ 157 不成立" in found["审核结果"]
    assert found["处理情况"] == "强制性，还没有处理，不能上报"
    change = session.assessment.change(
        next(field for field in session.assessment.fields if field.key == "senior_title_teacher_count"), None
    )
    assert change is not None
    session.make([change], "试")
    assert told(session, "senior")["审核结果"] == "用到的数没有填齐，还没有判断"


def test_a_name_that_nothing_has_is_told_with_near_ones(session: Session) -> None:
    with pytest.raises(InputError, match=r"是不是：.*生师比"):
        explain_rule(session, "生师比例")
    with pytest.raises(InputError, match="没有“zzzz”这个规则、指标或审核"):
        explain_rule(session, "zzzz")


@pytest.mark.parametrize("name", ["ratio", "safe", "students", "party", "student_count", "senior"])
def test_the_same_as_json(session: Session, name: str) -> None:
    found = explain_rule(session, name)
    plain = explain_json(found)
    assert (plain["id"], plain["kind"]) == (name, found.kind)
    lines = plain["lines"]
    assert isinstance(lines, list)
    assert [(each["label"], each["text"]) for each in lines] == [  # type: ignore[index, call-overload]  # JSON
        (line.label, line.text) for line in account(found)
    ]


def test_json_has_the_trace_with_every_input_and_its_origin(session: Session) -> None:
    plain = explain_json(explain_rule(session, "ratio"))
    trace = plain["trace"]
    assert isinstance(trace, dict)
    inputs = trace["inputs"]
    assert isinstance(inputs, list)
    first = inputs[0]
    assert isinstance(first, dict)
    assert (first["id"], first["value"], first["year"]) == ("student_count", "3091", 2026)
    assert first["origin"] == {
        "kind": "typed",
        "who": "王老师",
        "when": "2026-09-01T10:32:05+00:00",
        "source": None,
    }
    assert (plain["value"], plain["threshold"], plain["outcome"]) == ("19.69", "20", "met")
