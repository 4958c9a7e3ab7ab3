"""Quotation marks in what is said, and sentences filled in."""

import pytest

from chuyi_desktop.domain.wording import say

TABLE = {"t.whole": "{text}", "t.quoted": "没有“{name}”这一项", "t.plain": "没有参数"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“楚怡”优质学校", "“楚怡”优质学校"),
        ("“甲”和“乙”", "“甲”和“乙”"),
        ("“甲“乙”丙”", "“甲‘乙’丙”"),
        ("“甲“乙“丙”丁”戊”", "“甲‘乙“丙”丁’戊”"),
        ("“一”、“甲“乙”丙”、“二”", "“一”、“甲‘乙’丙”、“二”"),
        ("““楚怡”行动”", "“‘楚怡’行动”"),
        ("“甲“乙”丙", "“甲“乙”丙"),
        ("甲”乙”", "甲”乙”"),
        ("‘甲’", "‘甲’"),
        ("", ""),
    ],
)
def test_marks_inside_marks_are_single(text: str, said: str) -> None:
    assert say("t.whole", {"text": text}, TABLE) == said


def test_what_is_filled_in_counts() -> None:
    assert say("t.quoted", {"name": "“楚怡”名师"}, TABLE) == "没有“‘楚怡’名师”这一项"
    assert say("t.plain", table=TABLE) == "没有参数"


def test_a_code_without_a_sentence_is_a_fault() -> None:
    with pytest.raises(KeyError):
        say("t.gone", {}, TABLE)
