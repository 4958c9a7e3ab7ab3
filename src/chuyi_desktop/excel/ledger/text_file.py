"""Tables in text files: .csv and .txt with commas, semicolons or tabs between the cells."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.excel.ledger.gb18030 import decode
from chuyi_desktop.excel.sheet import Cell, Sheet
from chuyi_desktop.excel.workbook_file import MOST_CELLS
from chuyi_desktop.excel.xml_parts import LAST_COLUMN, LAST_ROW

LARGEST_TEXT_FILE = 50 * 2**20
"""Bytes of a text file; a roster of 20,000 rows takes about 2 MB."""
_SEPARATORS = "\t,;，；"
_LOOKED_AT = 50
_KEPT_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)


def read_text_table(content: bytes, source: Path) -> Sheet:
    """The table in a text file. Every cell is text. Raises InputError for what is no table."""
    if len(content) > LARGEST_TEXT_FILE:
        raise InputError(
            "excel.file_too_big",
            file=source.name,
            size=len(content) // 2**20,
            limit=LARGEST_TEXT_FILE // 2**20,
        )
    text = decode(content, source.name).text
    if not text.strip():
        raise InputError("excel.empty_file", file=source.name)
    if "\0" in text:
        raise InputError("ledger.no_table", file=source.name)
    sheet = Sheet(source.stem)
    cells = 0
    for number, line in enumerate(_lines(text, source.name), 1):
        row = {column: Cell(cell) for column, words in enumerate(line, 1) if (cell := _content(words))}
        if not row:
            continue
        cells += len(row)
        if number > LAST_ROW or len(line) > LAST_COLUMN or cells > MOST_CELLS:
            raise InputError("excel.too_many_cells", file=source.name, limit=MOST_CELLS)
        sheet.rows[number] = row
    return sheet


def _lines(text: str, file: str) -> Iterator[list[str]]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        yield from csv.reader(StringIO(plain, newline=""), delimiter=separator(plain))
    except csv.Error as error:
        raise InputError("ledger.text_table", file=file, details=repr(error)) from error


def separator(text: str) -> str:
    """What stands between the cells: the sign that the most lines have the same number of times."""
    lines = [line for line in text.split("\n", _LOOKED_AT)[:_LOOKED_AT] if line.strip()]
    best, most = ",", 0
    for sign in _SEPARATORS:
        counts = [_outside_quotes(line).count(sign) for line in lines]
        usual = max(set(counts), key=lambda each: (counts.count(each) if each else 0, each), default=0)
        score = counts.count(usual) * usual
        if score > most:
            best, most = sign, score
    return best


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[0::2])


def _content(words: str) -> str:
    """The content of a cell; ``="0012"`` is how some programs keep a spreadsheet from making numbers."""
    stripped = words.strip()
    match = _KEPT_AS_TEXT.fullmatch(stripped)
    return match[1].strip() if match else stripped
