"""Text files in the encodings that Chinese offices save, as text."""

import codecs
from dataclasses import dataclass

from chuyi_desktop.domain.errors import InputError

CHANGED_IN_2022 = {
    0xE78D: 0xFE10,
    0xE78E: 0xFE12,
    0xE78F: 0xFE11,
    0xE790: 0xFE13,
    0xE791: 0xFE14,
    0xE792: 0xFE15,
    0xE793: 0xFE16,
    0xE794: 0xFE17,
    0xE795: 0xFE18,
    0xE796: 0xFE19,
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE832: 0x9FB8,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE864: 0x9FBB,
}
"""The 18 two-byte codes that GB 18030-2022 gave characters of their own. Python's codec follows the table of
2005, where they are private characters. Their old four-byte codes stay what they were for whoever wrote
them: the same characters."""

UTF_8, UTF_16, GB18030 = "UTF-8", "UTF-16", "GB18030"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", UTF_8),
    (codecs.BOM_UTF16_LE, "utf-16", UTF_16),
    (codecs.BOM_UTF16_BE, "utf-16", UTF_16),
)
_SAMPLE = 4096
_MANY = 0.3


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was in."""

    text: str
    encoding: str


def decode(content: bytes, file: str) -> Decoded:
    """The text of a file: by its mark, else UTF-8 where it is without a fault, else GB 18030-2022. Raises
    InputError, with the line, for what is neither."""
    for mark, codec, encoding in _BOMS:
        if content.startswith(mark):
            return Decoded(_strictly(content, codec, file, encoding), encoding)
    unmarked = _unmarked_utf_16(content)
    if unmarked:
        return Decoded(_strictly(content, unmarked, file, UTF_16), UTF_16)
    try:
        return Decoded(content.decode("utf-8"), UTF_8)
    except UnicodeDecodeError:
        text = _strictly(content, "gb18030", file, GB18030)
        return Decoded(text.translate(CHANGED_IN_2022), GB18030)


def _strictly(content: bytes, codec: str, file: str, encoding: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            "ledger.encoding", file=file, line=line, encoding=encoding, details=repr(error)
        ) from error


def _unmarked_utf_16(content: bytes) -> str:
    """The codec of UTF-16 text that lost its mark: half of its bytes are zero wherever it has plain digits
    and commas."""
    head = content[:_SAMPLE]
    if len(head) < 2 or 0 not in head:  # noqa: PLR2004 - a character is two bytes
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < _MANY * len(head) / 2 or min(even, odd) > 0:
        return ""
    codec = "utf-16-le" if odd > even else "utf-16-be"
    # Any two bytes are some character of UTF-16; a table has ends of lines.
    return codec if "\n" in head.decode(codec, "ignore") else ""
