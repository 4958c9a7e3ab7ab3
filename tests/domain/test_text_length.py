"""Characters as Word counts them."""

import pytest

from chuyi_desktop.domain.text_length import length_as_word


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("  \n\t", 0),
        ("学校", 2),
        ("学校，简介。", 6),
        ("hello world", 2),
        ("共3091人", 3),
        ("1+X证书", 3),
        ("“楚怡”", 4),
        ("第一段\n第二段", 6),
    ],
)
def test_length(text: str, length: int) -> None:
    assert length_as_word(text) == length


@pytest.mark.parametrize(("text", "length"), [("ＡＢ", 2), ("Ａb", 2), ("bＡ", 2), ("…—·", 3), ("ﾊﾝ", 1)])
def test_wide_letters_count_alone_and_narrow_ones_as_words(text: str, length: int) -> None:
    assert length_as_word(text) == length
