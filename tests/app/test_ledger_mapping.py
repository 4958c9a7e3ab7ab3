"""The mapping: remembered, moved along with the year, a file that people can read and break."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.app.import_ledger import (
    assign,
    assign_row,
    plan_ledger,
    remembered,
    take_ledger,
    understand,
)
from chuyi_desktop.app.ledgers.layout import INDICATORS, value_target, with_word
from chuyi_desktop.app.ledgers.mapping import (
    LedgerMapping,
    MappedColumn,
    MappedRow,
    from_json,
    mapping_of,
    read_mapping,
    remembered_in,
    to_json,
    write_mapping,
)
from chuyi_desktop.app.session import Session
from chuyi_desktop.domain.errors import InputError, OutputError
from tests.app.ledger_sheet import TextSheet, ledger_file, ledger_session
from tests.app.school import small_programme


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return ledger_session(tmp_path, small_programme())


def test_last_years_mapping_is_used_where_columns_have_moved(session: Session) -> None:
    file = ledger_file(TextSheet((("教工", "等第"), ("周梅", "顶级"), ("刘伟", "其他"))))
    layout = assign(session, file, understand(session, file, "teachers", head_row=1), 1, "name")
    layout = assign(session, file, layout, 2, "title")
    layout = with_word(layout, 2, "顶级", "senior")
    take_ledger(session, plan_ledger(session, file, layout))
    moved = ledger_file(TextSheet((("教师名单",), ("等第", "备注", "教工"), ("顶级", "", "陈静"))))
    again = understand(session, moved, "teachers", mapping=remembered(session, "teachers"))
    assert again.head_row == 2
    assert [column.target for column in again.columns] == ["title", "", "name"]
    assert "上次" in str(again.columns[0].reason)
    plan = plan_ledger(session, moved, again)
    assert plan.rows[0].after == {"name": "陈静", "title": "senior"}


def test_heads_that_are_no_more_are_guessed_anew(session: Session) -> None:
    mapping = LedgerMapping("teachers", "台账", 2025, (MappedColumn("教工", "name"),))
    file = ledger_file(TextSheet((("姓名", "职称"), ("周梅", "高级"))))
    layout = understand(session, file, "teachers", mapping=mapping)
    assert [column.target for column in layout.columns] == ["name", "title"]
    assert not layout.remembered


def test_columns_of_values_move_along_with_the_year(session: Session) -> None:
    mapping = LedgerMapping(
        INDICATORS,
        "台账",
        2025,
        (
            MappedColumn("名目", "#name"),
            MappedColumn("现数", value_target(2025)),
            MappedColumn("2024年", value_target(2024)),
        ),
        (MappedRow("人头", "student_count"),),
    )
    file = ledger_file(
        TextSheet((("名目", "现数", "2024年"), ("在校生数", "1", "2"), ("占地面积", "3", "4")))
    )
    layout = understand(session, file, INDICATORS, mapping=mapping)
    assert [column.target for column in layout.columns] == ["#name", value_target(2026), value_target(2024)]


def test_what_nobody_decided_is_asked_again_and_what_goes_nowhere_stays_so(session: Session) -> None:
    file = ledger_file(TextSheet((("姓名", "职称等次"), ("周梅", "高级"))))
    layout = understand(session, file, "teachers")
    assert layout.columns[1].suggestions
    again = understand(session, file, "teachers", mapping=mapping_of(layout, 2026))
    assert again.columns[1].suggestions == layout.columns[1].suggestions
    nowhere = mapping_of(assign(session, file, layout, 2, ""), 2026)
    assert str(understand(session, file, "teachers", mapping=nowhere).columns[1].reason) == "与上次的对应相同"


def test_a_name_that_is_no_indicator_on_purpose_stays_so(session: Session) -> None:
    file = ledger_file(TextSheet((("指标", "数值"), ("在校生数", "3091"), ("专任教师数", "157"))))
    layout = assign_row(session, understand(session, file, INDICATORS), 3, "")
    again = understand(session, file, INDICATORS, mapping=mapping_of(layout, 2026))
    assert [row.target for row in again.rows] == ["student_count", ""]


def test_a_mapping_for_something_else_is_refused(session: Session) -> None:
    file = ledger_file(TextSheet((("姓名",), ("周梅",))))
    with pytest.raises(InputError, match="indicators"):
        understand(session, file, "teachers", mapping=LedgerMapping(INDICATORS, "", 2026))


def test_a_broken_memory_is_no_memory(session: Session) -> None:
    target = remembered_in(session.workspace.folder, "teachers")
    assert remembered(session, "teachers") is None
    target.parent.mkdir()
    target.write_text("{", "utf-8")
    assert remembered(session, "teachers") is None


_WORDS = st.text(max_size=12)
_NAMES = st.text(min_size=1, max_size=12)
_COLUMNS = st.builds(
    MappedColumn,
    _NAMES,
    _WORDS,
    _WORDS,
    st.sampled_from(["", "percent", "fraction"]),
    st.dictionaries(_WORDS, _WORDS, max_size=3),
    st.tuples() | st.tuples(_WORDS),
)
_MAPPINGS = st.builds(
    LedgerMapping,
    _NAMES,
    _WORDS,
    st.integers(0, 2100),
    st.lists(_COLUMNS, max_size=4).map(tuple),
    st.lists(st.builds(MappedRow, _NAMES, _WORDS), max_size=3).map(tuple),
    st.lists(_NAMES, max_size=3).map(tuple),
)


@given(_MAPPINGS)
def test_its_file_says_the_same(mapping: LedgerMapping) -> None:
    assert from_json(to_json(mapping, {"name": "姓名"}), "m.json") == mapping


def test_its_file_is_readable_and_names_what_can_be_chosen(session: Session, tmp_path: Path) -> None:
    file = ledger_file(TextSheet((("姓名", "职称"), ("周梅", "高级职称"))))
    layout = understand(session, file, "teachers")
    target = tmp_path / "对应.json"
    write_mapping(mapping_of(layout, 2026), target, {"name": "姓名"})
    text = target.read_text("utf-8")
    assert "职称" in text
    assert json.loads(text)["columns"][1]["words"] == {"高级职称": ""}
    assert read_mapping(target) == mapping_of(layout, 2026)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "不是 UTF-8 的 JSON"),
        ("[]", "不是台账的对应关系文件"),
        ('{"a": 1}', "不是台账的对应关系文件"),
        ('{"chuyi_ledger_mapping": 99, "into": "x"}', "先升级程序"),
        ('{"chuyi_ledger_mapping": 1}', "“into”"),
        ('{"chuyi_ledger_mapping": 1, "into": "x", "columns": {}}', "“columns”"),
        ('{"chuyi_ledger_mapping": 1, "into": "x", "columns": [3]}', "“columns”"),
        ('{"chuyi_ledger_mapping": 1, "into": "x", "columns": [{"into": "y"}]}', "“head”"),
        ('{"chuyi_ledger_mapping": 1, "into": "x", "columns": [{"head": "y", "share": "?"}]}', "“share”"),
        (
            '{"chuyi_ledger_mapping": 1, "into": "x", "columns": [{"head": "y", "words": {"a": 1}}]}',
            "“words”",
        ),
        ('{"chuyi_ledger_mapping": 1, "into": "x", "rows": [{"into": "y"}]}', "“name”"),
        ('{"chuyi_ledger_mapping": 1, "into": "x", "keys": [1]}', "“keys”"),
        ('{"chuyi_ledger_mapping": 1, "into": "x", "year": "2026"}', "“year”"),
        ("[" * 100_000, "不是 UTF-8 的 JSON"),
    ],
)
def test_a_broken_file_is_refused_saying_where(text: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        from_json(text, "m.json")
    assert words in caught.value.sentence


def test_files_that_cannot_be_read_or_written_say_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="读不出来"):
        read_mapping(tmp_path / "none.json")
    (tmp_path / "gbk.json").write_bytes("对应".encode("gb18030"))
    with pytest.raises(InputError, match="UTF-8"):
        read_mapping(tmp_path / "gbk.json")
    mapping = LedgerMapping("teachers", "", 2026)
    with pytest.raises(OutputError, match="没有写进"):
        write_mapping(mapping, tmp_path / "no" / "m.json")
    assert replace(mapping, into="x") != mapping
