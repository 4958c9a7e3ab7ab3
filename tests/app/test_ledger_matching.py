"""Which head means which column, and why."""

from decimal import Decimal
from pathlib import Path

import pytest

from chuyi_desktop.app.import_ledger import assign, plan_ledger, understand
from chuyi_desktop.app.ledgers.layout import Layout, Trust, with_share, with_unit, with_word
from chuyi_desktop.app.ledgers.plan import Skip
from chuyi_desktop.app.ledgers.ports import Share
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.indicator import Choice, Column, Table, ValueKind
from tests.app.ledger_sheet import TextSheet, ledger_file, ledger_session
from tests.builders import programme

ROOMS = Table(
    "rooms",
    "实训场所明细表",
    (
        Column("name", "实训室名称", ValueKind.TEXT, required=True),
        Column("seats", "工位数", ValueKind.INTEGER, "个", minimum=Decimal(0), required=True),
        Column("value", "设备总值", ValueKind.DECIMAL, "万元", minimum=Decimal(0), aliases=("仪器设备总值",)),
        Column("income", "到账金额", ValueKind.DECIMAL, "万元"),
        Column("amount", "合同金额", ValueKind.DECIMAL, "万元"),
        Column("rate", "利用率", ValueKind.DECIMAL, "%", digits=2, maximum=Decimal(100)),
        Column(
            "level",
            "级别",
            ValueKind.CHOICE,
            choices=(Choice("national", "国家级"), Choice("provincial", "省级"), Choice("none", "无")),
        ),
        Column("open", "是否开放", ValueKind.YES_NO),
    ),
)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return ledger_session(tmp_path, programme(tables=[ROOMS]))


def _layout(session: Session, *lines: tuple[str, ...], **more: object) -> Layout:
    return understand(session, ledger_file(TextSheet(lines, **more)), "rooms")  # type: ignore[arg-type]  # options of the sheet


def _reason(layout: Layout, number: int) -> str:
    return str(layout.columns[number - 1].reason)


def test_the_same_words_an_alias_and_what_offices_say_are_certain_and_say_why(session: Session) -> None:
    layout = _layout(session, ("序号", "实训室名称", "仪器设备总值", "工位"), ("1", "数控", "3", "40"))
    assert [column.target for column in layout.columns] == ["", "name", "value", "seats"]
    assert all(column.trust is Trust.CERTAIN for column in layout.columns)
    assert "序号" in _reason(layout, 1)
    assert _reason(layout, 2) == "与“实训室名称”相同"
    assert _reason(layout, 3) == "与别名“仪器设备总值”相同"
    assert "工位" in _reason(layout, 4)


def test_a_near_head_is_taken_for_checking_with_its_likeness(session: Session) -> None:
    layout = _layout(session, ("实训室的名称", "工位数"), ("数控", "40"))
    assert layout.columns[0].target == "name"
    assert layout.columns[0].trust is Trust.LIKELY
    assert "相近 90 %" in _reason(layout, 1)


def test_names_that_differ_in_a_telling_character_are_left_to_the_clerk(session: Session) -> None:
    """新增设备总值 shares five of its six characters with 设备总值, and is another thing."""
    layout = _layout(session, ("实训室名称", "新设备总值"), ("数控", "40"))
    column = layout.columns[1]
    assert (column.target, column.trust) == ("", Trust.OPEN)
    assert column.suggestions[0].target == "value"
    assert "请您决定" in str(column.reason)


def test_of_two_columns_with_one_head_neither_is_taken(session: Session) -> None:
    layout = _layout(session, ("实训室名称", "工位数", "工位数"), ("数控", "40", "41"))
    assert [column.target for column in layout.columns] == ["name", "", ""]
    assert "几列" in _reason(layout, 2)


def test_a_unit_in_the_head_is_read_and_said_and_one_that_cannot_be_is_against(session: Session) -> None:
    layout = _layout(session, ("实训室名称", "设备总值（元）", "到账金额（人）"), ("数控", "32000", "7"))
    assert layout.columns[1].rule.unit == "元"
    assert "单位为元，将换算为万元" in _reason(layout, 2)
    assert layout.columns[2].target == ""


def test_a_unit_above_the_heads_counts_for_what_measures_the_same(session: Session) -> None:
    lines = (
        ("实训室一览", "", ""),
        ("", "", "单位：元"),
        ("实训室名称", "工位数", "设备总值"),
        ("数控", "40", "32000"),
    )
    layout = _layout(session, *lines, spread=(1,))
    assert layout.head_row == 3
    assert [column.rule.unit for column in layout.columns] == ["", "", "元"]
    sheet = ledger_file(TextSheet(lines, spread=(1,)))
    assert plan_ledger(session, sheet, layout).rows[0].after["value"] == Decimal("3.2")


def test_content_of_another_kind_speaks_against_a_head(session: Session) -> None:
    lines = (("实训室名称", "级别"), *((f"室{number}", str(number)) for number in range(5)))
    assert _layout(session, *lines).columns[1].target == ""


def test_heads_in_two_rows_below_a_title(session: Session) -> None:
    lines = (
        ("某校实训室台账", "", "", ""),
        ("实训室名称", "规模", "", "经费（元）"),
        ("", "工位数", "级别", "设备总值"),
        ("数控", "40", "省级", "32000"),
    )
    layout = _layout(session, *lines, spread=(1,), tall={2: 3})
    assert (layout.head_row, layout.head_depth) == (3, 2)
    assert [column.target for column in layout.columns] == ["name", "seats", "level", "value"]
    assert layout.columns[1].head == "规模/工位数"


def test_required_columns_that_are_not_there_are_said(session: Session) -> None:
    layout = _layout(session, ("实训室名称", "级别"), ("数控", "省级"))
    assert [absent.label for absent in layout.absent] == ["工位数"]


def test_the_clerk_corrects_and_each_target_goes_once(session: Session) -> None:
    file = ledger_file(TextSheet((("实训室名称", "工位数", "座位"), ("数控", "40", "45"))))
    layout = assign(session, file, understand(session, file, "rooms"), 3, "seats")
    assert [column.target for column in layout.columns] == ["name", "", "seats"]
    assert str(layout.columns[2].reason) == "由您指定"
    assert plan_ledger(session, file, layout).rows[0].after["seats"] == Decimal(45)
    with pytest.raises(InputError, match="没有“nonsense”"):
        assign(session, file, layout, 1, "nonsense")


def test_the_clerk_names_another_row_of_heads_and_another_sheet(session: Session) -> None:
    other = TextSheet((("说明", "无"),), "说明")
    sheet = TextSheet((("实训室名称", "工位数"), ("名称二", "数二"), ("数控", "40")), "实训")
    file = ledger_file(other, sheet)
    assert understand(session, file, "rooms").sheet == "实训"
    assert understand(session, file, "实训场所明细表", sheet="实训", head_row=2).head_row == 2
    with pytest.raises(InputError, match="有内容的工作表：说明、实训"):
        understand(session, file, "rooms", sheet="没有")
    with pytest.raises(InputError, match="rooms（实训场所明细表）"):
        understand(session, file, "nothing")


def test_choice_words_are_taken_when_usual_and_asked_when_not(session: Session) -> None:
    lines = (("实训室名称", "级别"), ("甲", "省级"), ("乙", "国家"), ("丙", "省厅级"), ("丁", "省厅级"))
    file = ledger_file(TextSheet(lines))
    layout = understand(session, file, "rooms")
    words = {word.text: word for word in layout.columns[1].words}
    assert (words["国家"].meaning, words["国家"].trust) == ("national", Trust.LIKELY)
    assert (words["省厅级"].meaning, words["省厅级"].trust, words["省厅级"].count) == ("", Trust.OPEN, 2)
    assert words["省厅级"].suggestions[0].target == "provincial"
    plan = plan_ledger(session, file, layout)
    assert plan.refused
    assert any("“省厅级”（2 处）" in problem.sentence for problem in plan.plan.problems)
    settled = plan_ledger(session, file, with_word(layout, 2, "省厅级", "provincial"))
    assert not settled.refused
    assert [row.after["level"] for row in settled.rows] == [
        "provincial",
        "national",
        "provincial",
        "provincial",
    ]


@pytest.mark.parametrize(
    ("shares", "wanted", "share"),
    [
        (("0.65", "0.7", "1"), ("65", "70", "100"), Share.FRACTION),
        (("65", "70", "100"), ("65", "70", "100"), Share.PERCENT),
        (("65%", "0.7%", "100%"), ("65", "0.7", "100"), Share.PERCENT),
        (("0", "1", "1"), ("0", "1", "1"), Share.PERCENT),
    ],
)
def test_how_shares_are_written_is_guessed_from_all_of_them(
    session: Session, shares: tuple[str, ...], wanted: tuple[str, ...], share: Share
) -> None:
    file = ledger_file(
        TextSheet((("实训室名称", "利用率"), *((f"室{each}{at}", each) for at, each in enumerate(shares))))
    )
    layout = understand(session, file, "rooms")
    assert layout.columns[1].rule.share is share
    plan = plan_ledger(session, file, layout)
    assert [row.after["rate"] for row in plan.rows] == [Decimal(each) for each in wanted]


def test_shares_written_both_ways_are_flagged_and_the_clerk_says(session: Session) -> None:
    file = ledger_file(TextSheet((("实训室名称", "利用率"), ("甲", "0.5"), ("乙", "65"))))
    layout = understand(session, file, "rooms")
    assert layout.columns[1].share_trust is Trust.OPEN
    assert any("写法不一" in problem.sentence for problem in plan_ledger(session, file, layout).plan.problems)
    said = with_share(layout, 2, Share.PERCENT)
    assert not any("写法" in problem.sentence for problem in plan_ledger(session, file, said).plan.problems)


def test_the_clerk_says_the_unit(session: Session) -> None:
    file = ledger_file(TextSheet((("实训室名称", "设备总值"), ("甲", "50000"))))
    layout = with_unit(understand(session, file, "rooms"), 2, "元")
    assert plan_ledger(session, file, layout).rows[0].after["value"] == Decimal(5)


def test_rows_that_are_none_are_passed_over_and_counted(session: Session) -> None:
    lines = (
        ("实训室名称", "工位数", "级别"),
        ("1", "2", "3", "4"),
        ("甲", "40", "省级"),
        ("", "", ""),
        ("实训室名称", "工位数", "级别"),
        ("乙", "50", "无"),
        ("合 计", "90", ""),
        ("注：工位数按实际。", "", ""),
        ("制表人：王老师", "", ""),
    )
    file = ledger_file(TextSheet(lines))
    plan = plan_ledger(session, file, understand(session, file, "rooms"))
    assert [row.number for row in plan.rows] == [3, 6]
    assert plan.skipped == {Skip.HEAD: (2, 5), Skip.BLANK: (4,), Skip.TOTAL: (7,), Skip.NOTE: (8, 9)}
    said = " ".join(problem.sentence for problem in plan.plan.problems)
    assert all(words in said for words in ("1 行是合计", "2 行是说明", "2 行是重复的表头", "1 行没有"))


def test_columns_left_out_are_said(session: Session) -> None:
    file = ledger_file(TextSheet((("实训室名称", "管理员"), ("甲", "王"))))
    plan = plan_ledger(session, file, understand(session, file, "rooms"))
    assert any(problem.sentence.startswith("“管理员”一列没有导入") for problem in plan.plan.problems)


def test_nothing_that_fits_is_refused_with_what_to_do(session: Session) -> None:
    file = ledger_file(TextSheet((("甲", "乙"), ("1", "2"))))
    layout = understand(session, file, "rooms")
    assert layout.head_row == 0
    plan = plan_ledger(session, file, layout)
    assert plan.refused
    assert "请指定" in plan.plan.problems[0].sentence


def test_a_word_is_never_thought_to_be_its_opposite(session: Session) -> None:
    file = ledger_file(TextSheet((("实训室名称", "级别"), ("甲", "有"), ("乙", "非省级"))))
    words = {word.text: word for word in understand(session, file, "rooms").columns[1].words}
    assert all(each.target != "provincial" for each in words["非省级"].suggestions)
