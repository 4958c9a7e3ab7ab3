"""Lines of Chinese text end where GB/T 15834-2011 lets them."""

from hypothesis import given
from hypothesis import strategies as st

from chuyi_desktop.pdf.line_breaking import break_lines

# Written out here again, so that the law does not test the module against itself.
STARTS_NO_LINE = set("，。、；：！？·）〕］｝〉》」』】”’,.;:!?)]}％%℃～/／")
ENDS_NO_LINE = set("（〔［｛〈《「『【“‘([{￥#№/／≤≥")
PAIRS = {"——", "……"}

ALPHABET = "学校教师≤，。、；：！？（）《》“”【】〔〕—…·％/12 ab."


def lines_of(text: str, width: float) -> list[str]:
    return [text[start:end] for start, end in break_lines(text, [1.0] * len(text), width, width)]


def forbidden(text: str, index: int) -> bool:
    before, after = (text[:index].rstrip(" ") or " ")[-1], text[index]
    return after in STARTS_NO_LINE or before in ENDS_NO_LINE or before + after in PAIRS or after == " "


@given(st.text(ALPHABET, max_size=120), st.integers(2, 30))
def test_a_line_starts_and_ends_rightly_wherever_it_has_a_right_place(text: str, width: int) -> None:
    for start, end in break_lines(text, [1.0] * len(text), width, width)[:-1]:
        following = end + len(text[end:]) - len(text[end:].lstrip(" "))
        if following >= len(text):
            continue
        allowed = [
            index
            for index in range(start + 1, min(start + width, len(text) - 1) + 1)
            if not forbidden(text, index) and not (text[index] == "—" and text[index + 1 : index + 2] != "—")
        ]
        if allowed:
            assert text[following] not in STARTS_NO_LINE
            assert text[end - 1] not in ENDS_NO_LINE
            assert text[end - 1] + text[following] not in PAIRS or following > end


@given(st.text(ALPHABET, max_size=120), st.integers(1, 30), st.integers(1, 30))
def test_nothing_is_lost_but_spaces_between_lines(text: str, first: int, rest: int) -> None:
    spans = break_lines(text, [1.0] * len(text), first, rest)
    kept = "".join(text[start:end] for start, end in spans)
    assert kept.replace(" ", "") == text.replace(" ", "")
    assert spans == sorted(spans)


@given(st.text(ALPHABET, min_size=1, max_size=120), st.integers(1, 30), st.integers(1, 30))
def test_no_line_is_wider_than_its_measure(text: str, first: int, rest: int) -> None:
    for number, (start, end) in enumerate(break_lines(text, [1.0] * len(text), first, rest)):
        assert end - start <= (rest if number else first)


def test_points_are_taken_to_the_next_line_with_the_character_before() -> None:
    assert lines_of("学校有实训基地，教师多。", 7) == ["学校有实训基", "地，教师多。"]


def test_opening_marks_go_to_the_next_line() -> None:
    assert lines_of("职业教育《条例》规定", 5) == ["职业教育", "《条例》规", "定"]


def test_numbers_and_words_stay_whole() -> None:
    assert lines_of("建筑面积45210.5平方米", 8) == ["建筑面积", "45210.5平", "方米"]
    assert lines_of("see www.moe.gov.cn ok", 14) == ["see", "www.moe.gov.cn", "ok"]


def test_a_number_keeps_its_unit_and_its_sign() -> None:
    assert lines_of("在校生数为 3,091 人达到", 12) == ["在校生数为", "3,091 人达到"]
    assert lines_of("生师比标准 ≤ 20:1，达到", 8)[1].startswith("≤ 20:1")


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert lines_of("ab" * 10, 8) == ["abababab", "abababab", "abab"]


def test_long_strokes_stay_together_and_a_single_one_begins_no_line() -> None:
    assert lines_of("学校教师——专任教师", 5) == ["学校教师", "——专任教", "师"]
    assert lines_of("甲乙丙丁—戊", 4) == ["甲乙丙", "丁—戊"]


def test_a_run_of_points_longer_than_a_line_still_ends() -> None:
    assert "".join(lines_of("。" * 10, 4)) == "。" * 10


def test_an_empty_text_is_one_empty_line() -> None:
    assert break_lines("", [], 10, 10) == [(0, 0)]


def test_few_characters_in_brackets_stay_together() -> None:
    assert lines_of("公办学校或独立法人（参考）", 11) == ["公办学校或独立法人", "（参考）"]
    assert lines_of("自筹（万元）", 4) == ["自筹", "（万元）"]
    assert lines_of("自筹（万元）", 3) == ["自筹", "（万", "元）"]


def test_brackets_inside_a_phrase_may_be_torn() -> None:
    assert lines_of("技艺（技能）大师", 5) == ["技艺（技", "能）大师"]
