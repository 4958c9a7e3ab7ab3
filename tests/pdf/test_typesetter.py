"""Text in lines of glyphs: faces, fallback, measure."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from chuyi_desktop.pdf.faces import Face, Faces, settable
from chuyi_desktop.pdf.styles import BODY, COVER_PROGRAMME, TEXT_WIDTH
from chuyi_desktop.pdf.typesetter import Typesetter
from tests.pdf.makers import TEXT

NAMES = "㛃𬭎䶮㵪𰻝㼆𬍛𬘡昇喆堃玥翀犇赟頔"


@pytest.mark.parametrize("wanted", list(Face))
@pytest.mark.parametrize("char", NAMES)
def test_every_face_prints_rare_characters_of_names(faces: Faces, wanted: Face, char: str) -> None:
    glyph = faces.find(char, wanted)
    assert glyph.char == char
    assert glyph.width == pytest.approx(1.0, abs=0.05)


def test_a_character_without_glyph_is_replaced_and_remembered(typesetter: Typesetter) -> None:
    line = typesetter.line("张\U0001f600三", BODY)
    assert line.text == "张〓三"
    assert typesetter.lost == {"\U0001f600": "张\U0001f600三"}


def test_fallback_changes_the_face_for_that_character_only(typesetter: Typesetter) -> None:
    assert typesetter.line("王𰻝明", BODY).runs == (
        (Face.SONG, "王"), (Face.KAI, "𰻝"), (Face.SONG, "明")
    )  # fmt: skip


def test_28_characters_fill_a_line_of_body_text(typesetter: Typesetter) -> None:
    lines = typesetter.lines("申" * 60, BODY, TEXT_WIDTH)
    assert [len(line.text) for line in lines] == [26, 28, 6]
    assert lines[1].width == pytest.approx(TEXT_WIDTH)


def test_lines_are_driven_out_to_the_measure_except_the_last(typesetter: Typesetter) -> None:
    lines = typesetter.lines(TEXT * 2, BODY, TEXT_WIDTH)
    for line in lines[:-1]:
        reached = line.indent + line.width + line.stretch * (len(line.text) - 1)
        assert reached == pytest.approx(TEXT_WIDTH, abs=0.02)
    assert lines[-1].stretch == 0


@hypothesis_settings(max_examples=40)
@given(repeat=st.integers(1, 6), cut=st.integers(0, 80), width=st.floats(120, 440))
def test_long_texts_have_no_bad_line_start_or_end(faces: Faces, repeat: int, cut: int, width: float) -> None:
    lines = Typesetter(faces).lines((TEXT * repeat)[cut:], BODY, width)
    for line in lines[1:]:
        assert line.text[0] not in "，。、；：！？）》”’％"
    for line in lines[:-1]:
        assert line.text[-1] not in "（《“‘"


def test_titles_break_into_even_lines(typesetter: Typesetter) -> None:
    first, second = typesetter.lines(
        "湖南省“楚怡”产教融合实训基地建设项目申报材料", COVER_PROGRAMME, TEXT_WIDTH
    )
    assert abs(first.width - second.width) < 3 * COVER_PROGRAMME.size


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("a\u200bb", "ab"),
        ("一\t二\xa0三", "一 二 三"),
        ("㐂\ufe00", "㐂"),
        ("x\x07y\u202ez", "xyz"),
        ("\ud800", "\ufffd"),
    ],
)
def test_what_has_no_outline_by_nature_is_left_out(raw: str, plain: str) -> None:
    assert settable(raw) == plain


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("“‘楚怡’名师”项目", {0}),
        ("如“甲”、“乙”。", {3, 4, 7}),
        ("（一）：“丙”", {2, 3}),
        ("，“", {0}),
        ("甲“乙”丙，丁", set()),
    ],
)
def test_marks_side_by_side_share_their_blank_halves(
    typesetter: Typesetter, text: str, squeezed: set[int]
) -> None:
    line = typesetter.line(text, BODY)
    assert line.squeezed == squeezed
    assert line.width == pytest.approx((len(text) - len(squeezed) / 2) * BODY.size)


@pytest.mark.parametrize("wanted", list(Face))
def test_quotation_marks_are_square_in_every_face(faces: Faces, wanted: Face) -> None:
    assert {faces.find(mark, wanted).width for mark in "“”‘’"} == {1.0}


class _Recorder:
    """A canvas and its text object in one: what is set, and with what space after each character."""

    def __init__(self) -> None:
        self.space = 0.0
        self.out: list[tuple[str, float]] = []

    def beginText(self, x: float, y: float) -> "_Recorder":  # noqa: N802  (reportlab's name)
        del x, y
        return self

    def drawText(self, text: object) -> None:  # noqa: N802  (reportlab's name)
        assert text is self

    def setFont(self, name: str, size: float) -> None:  # noqa: N802  (reportlab's name)
        del name, size

    def setCharSpace(self, space: float) -> None:  # noqa: N802  (reportlab's name)
        self.space = space

    def textOut(self, text: str) -> None:  # noqa: N802  (reportlab's name)
        self.out.append((text, self.space))


def test_a_squeezed_mark_is_set_half_an_em_closer_to_the_next(typesetter: Typesetter) -> None:
    recorder = _Recorder()
    line = replace(typesetter.line("称“‘楚𰻝", BODY), stretch=1.0)
    typesetter.draw(recorder, line, BODY, 0, 0, 400)
    assert recorder.out == [("称", 1.0), ("“", 1.0 - BODY.size / 2), ("‘楚", 1.0), ("𰻝", 1.0)]
