"""Every sentence the room says is in the table, and every sentence in the table is said."""

import re
from pathlib import Path

import chuyi_desktop.excel
from chuyi_desktop.domain.wording.zh_cn.excel import MESSAGES

SOURCES = sorted(Path(chuyi_desktop.excel.__file__).parent.rglob("*.py"))
WHOLE = re.compile(r"""["'](excel\.[a-z_.]+)["']""")
BEGINNING = re.compile(r"""f["'](excel\.[a-z_.]+\.)\{""")


def test_codes_and_sentences_are_the_same() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    whole = set(WHOLE.findall(text))
    beginnings = tuple(BEGINNING.findall(text))
    assert whole - set(MESSAGES) == set()
    assert {code for code in set(MESSAGES) - whole if not code.startswith(beginnings)} == set()
