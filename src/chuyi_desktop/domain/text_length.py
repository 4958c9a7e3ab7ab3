"""How long a text is, counted the way Word and WPS count 字数, by which limits of forms are meant."""

import unicodedata

_COUNTED_ALONE = frozenset("“”‘’—…·")
"""Punctuation that Chinese text shares with other scripts; in a Chinese text each is one character."""


def length_as_word(text: str) -> int:
    """Every Chinese character or mark is one; a run of other characters between blanks is one word."""
    count = 0
    in_word = False
    for character in text:
        alone = character in _COUNTED_ALONE or unicodedata.east_asian_width(character) in {"W", "F"}
        if character.isspace():
            in_word = False
        elif alone:
            count += 1
            in_word = False
        elif not in_word:
            count += 1
            in_word = True
    return count
