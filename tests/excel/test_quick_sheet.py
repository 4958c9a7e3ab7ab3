"""The quick reading of rows and strings says what the XML parser says, or leaves the part to it."""

import gc
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.excel import quick_parts, quick_sheet, quick_strings, workbook_file
from chuyi_desktop.excel.quick_parts import UnusualError
from chuyi_desktop.excel.sheet import Sheet
from chuyi_desktop.excel.workbook_file import WorkbookFile
from tests.excel.school import filled_fields, write
from tests.excel.test_reader import MAIN, STYLES, made
from tests.excel.test_writers import LIBRARIES, REWRITTEN, Save, saved, typed_fields

STRINGS = "<si><t>张三</t></si><si><r><t>李</t></r><r><t>四</t></r></si><si><t> </t></si>"


def said(source: Path) -> list[Sheet] | str:
    """The sheets of a workbook with the order of their cells, or the code of its refusal."""
    try:
        with WorkbookFile(source) as book:
            return list(book.sheets())
    except InputError as error:
        return error.code


def ordered(found: list[Sheet] | str) -> object:
    """The same with the order of rows and cells, and the kind of each content."""
    if isinstance(found, str):
        return found
    return [
        (
            sheet.name,
            sheet.merges,
            [
                (row, [(column, cell, type(cell.content)) for column, cell in filled.items()])
                for row, filled in sheet.rows.items()
            ],
        )
        for sheet in found
    ]


@contextmanager
def parser_only() -> Iterator[None]:
    """Everything is unusual."""
    with (
        mock.patch.object(workbook_file, "read_sheet", side_effect=UnusualError),
        mock.patch.object(workbook_file, "read_strings", side_effect=UnusualError),
    ):
        yield


@contextmanager
def quick_only() -> Iterator[None]:
    """The parser reads no rows and no strings."""
    refusing = AssertionError("left to the parser")
    with (
        mock.patch.object(workbook_file, "SheetHandler", side_effect=refusing),
        mock.patch.object(workbook_file, "StringsHandler", side_effect=refusing),
        mock.patch.object(quick_sheet, "parse_piece", side_effect=refusing),
        mock.patch.object(quick_strings, "parse_piece", side_effect=refusing),
    ):
        yield


def agree(source: Path) -> list[Sheet] | str:
    """What both readers say, in large pieces and in small ones."""
    with parser_only():
        wanted = said(source)
    for size in (quick_parts.PIECE, 61):
        with mock.patch.object(quick_parts, "PIECE", size):
            assert ordered(said(source)) == ordered(wanted)
    return wanted


@pytest.mark.parametrize("save", REWRITTEN.values(), ids=REWRITTEN)
def test_the_same_whoever_packs_it(tmp_path: Path, save: Save) -> None:
    assert len(agree(saved(tmp_path, save, filled_fields()))) > 5


@pytest.mark.parametrize("save", LIBRARIES.values(), ids=LIBRARIES)
def test_the_same_whichever_library_saves_it(tmp_path: Path, save: Save) -> None:
    assert len(agree(saved(tmp_path, save, typed_fields()))) > 5


def test_a_workbook_of_ours_never_needs_the_parser(tmp_path: Path) -> None:
    source = write(tmp_path)
    with quick_only():
        assert len(said(source)) > 5


@pytest.mark.parametrize("name", ["openpyxl", "openpyxl, values only", "XlsxWriter, values only", "pandas"])
def test_nor_do_those_of_libraries(tmp_path: Path, name: str) -> None:
    source = saved(tmp_path, LIBRARIES[name], typed_fields())
    with quick_only():
        assert len(said(source)) > 5


ORDINARY = [
    '<row r="1"><c r="A1"><v>1</v></c></row>',
    '<row r="5" spans="1:9" ht="20.25" customHeight="1"><c r="A5" s="5" t="n"><v>5</v></c></row>',
    '<row r="7"><c r="A7" t="s"><v>0</v></c><c r="B7" s="1"/><c r="AA7" s="1"><v>0.35</v></c></row>',
    '<row r="7"><c r="B7" t="str"><f>"a"&amp;"7"</f><v>a7</v></c><c r="C7"><f>1</f></c></row>',
    '<row r="2"/><row r="3"><c r="A3" t="inlineStr"><is><t>a &lt; "3" </t></is></c></row><row r="4"/>',
    '\n<row r="3">\n <c r="A3" s="2"><v>45536</v></c>\n\t<c r="B3" t="b"><v>1</v></c> \n</row>\n',
    '<row r="3"><c r="A3" t="s" s="1"><v>1</v></c><c r="B3" t="e"><v>#N/A</v></c></row>',
    '<row r="9"><c r="A9"><f aca="false">B9&gt;1</f><v>1E+17</v></c><c r="B9"><v>-1.5</v></c></row>',
    '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
    '<row r="2"><c r="B2"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c><c r="B2"><v>3</v></c></row>',
    '<row r="2"><c r="B2"><v>１２</v></c><c r="C2"><v> 12 </v></c><c r="D2"><v>1_0</v></c></row>',
    '<row r="2"><c r="B2" s="1"><v>inf</v></c><c r="C2" s="2"><v>nan</v></c></row>',
    '<row r="2"><c r="B2" s="2"><v>1.5</v></c><c r="C2" s="2"><v>1E15</v></c></row>',
    '<row r="3"><c r="D3" s="4"><v>0</v></c><c r="E3" s="99"><v>45536</v></c></row>',
    '<row r="2"><c r="B2" t="str"><v>a_x000D_b</v></c><c r="C2" t="d"><v>2024-09-01T00</v></c></row>',
    '<row r="2"><c r="B2"><v></v></c><c r="C2"><v/></c><c r="D2"></c><c r="E2" t="inlineStr"/></row>',
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    '<row r="2"><c r="B2" t="s"><v>2</v></c></row>',
    '<row r="2"><c r="B2" t="str"><v>&#26970;&#x4E59;&#13;&#10;&amp;amp;&#127;&#57344;</v></c></row>',
]
UNUSUAL = [
    '<row><c><v>1</v></c><c r="C1"><v>2</v></c></row><c><v>3</v></c>',
    '<row r="4"><c r="D4"><v>1</v></c></row><c><v>3</v></c><row/><row><c><v>4</v></c></row>',
    '<row r="2"><c r="B2"><v>1</v></c><c r="B2"><v>2</v></c></row>',
    '<row r="2"><c r="B3"><v>1</v></c></row><row r="3"><c><v>1</v></c></row>',
    '<row r="2"><c r="$B$2"><v>1</v></c><c r="b2"><v>2</v></c></row>',
    '<row r="2"><c r="B2"><v>1</v><v>2</v></c></row>',
    '<row r="2"><c r="B2"><v>1<!-- 2 --></v></c></row>',
    '<row r="2"><c r="B2" t="str"><v><![CDATA[</row></sheetData>]]></v></c></row>',
    '<!-- <row r="2"><c r="B2"><v>1</v></c></row> -->',
    '<row r="2"><c r="B2" t="str"><v>a\r\nb&#10;c</v></c></row>',
    '<row r="2"><c r="B2" cm="1"><v>1</v></c></row>',
    '<row r="2"><c r="B2" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>',
    '<row r="2"><c r="B2" t="inlineStr"><v>a</v></c><c r="C2" t="s"><is><t>a</t></is></c></row>',
    '<row r="2"><t>a</t></row><row r="3"><c r="B3" t="str"><v>b</v></c></row>',
    '<row r="2"><v>a</v></row><row r="3"><c r="B3" t="inlineStr"><is><t>b</t></is></c></row>',
    '</sheetData><rPh><sheetData><row r="3"><c r="B3"><v>1</v></c></row></sheetData></rPh><sheetData>',
    '</sheetData><row r="3"><c r="B3"><v>1</v></c></row><sheetData>',
    '</sheetData><sheetData><row r="3"><c r="B3"><v>1</v></c></row>',
    '</sheetData ><sheetData><row r="3"><c r="B3"><v>1</v></c></row>',
    "<row r='2'><c r='B2'><v>1</v></c></row>",
    '<x:row r="2"><x:c r="B2"><x:v>1</x:v></x:c></x:row>',
    '<row r="2"><c r="B2"><v>1</v></c></row><?xml version="1.0"?>',
]
DAMAGED = [
    '<row r="2"><c r="B2"><v>1</v></c>',
    '<row r="2"><c r="B2"><v>1</c></row>',
    '<row r="2"><c r="B2"><v>1</row>',
    '<row r="2"><c r="B2"><v>12',
    '<row r="2" r="2"><c r="B2"><v>1</v></c></row>',
    '<row r="2" ht="1" ht="2"><c r="B2"><v>1</v></c></row>',
    '<row r="2"><c r="B2" s="1" t="n" s="1"><v>1</v></c></row>',
    '<row r="2"><c r="B2"><f t="a" t="b">1</f><v>1</v></c></row>',
    '<row r="2"><c r="B2"><v>x</v></c></row>',
    '<row r="2"><c r="B2" t="s"><v>3</v></c></row>',
    '<row r="2"><c r="B2" t="str"><v>a & b</v></c></row>',
    '<row r="2"><c r="B2" t="str"><v>&unknown;</v></c></row>',
    '<row r="2"><c r="B2" t="str"><v>]]></v></c></row>',
    '<row r="2"><c r="B2" t="str"><v>&#0;</v></c></row>',
    '<row r="2"><c r="B2" t="str"><v>&#xD800;</v></c></row>',
    '<row r="2"><c r="B2" t="str"><v>&#xFFFF;</v></c></row>',
    '<row r="2"><c r="B2" t="str"><v>&#1114112;</v></c></row>',
    '<row r="2"><c r="B2" t="str"><v>\x01</v></c></row>',
    '<row r="2"><c r="B2" t="str"><v>\ufffe</v></c></row>',
    '<row r="0"><c r="A0"><v>1</v></c></row>',
    '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
    '<row r="2"><c r="XFE2"><v>1</v></c></row>',
    '<row r="2"><c r="B2" s="x"><v>1</v></c></row>',
    '<row r="x"/>',
]


@pytest.mark.parametrize("rows", ORDINARY)
def test_ordinary_rows(tmp_path: Path, rows: str) -> None:
    source = made(tmp_path, rows, strings=STRINGS, styles=STYLES)
    agree(source)
    with mock.patch.object(workbook_file, "SheetHandler", side_effect=AssertionError):
        assert not isinstance(said(source), str)


@pytest.mark.parametrize("rows", UNUSUAL)
def test_unusual_rows(tmp_path: Path, rows: str) -> None:
    before, after = ORDINARY[0], ORDINARY[3]
    agree(made(tmp_path, before + rows + after, strings=STRINGS, styles=STYLES))


@pytest.mark.parametrize("rows", DAMAGED)
def test_damaged_rows(tmp_path: Path, rows: str) -> None:
    before, after = ORDINARY[0], ORDINARY[3]
    assert agree(made(tmp_path, before + rows + after, strings=STRINGS, styles=STYLES)) == "excel.damaged"


@pytest.mark.parametrize(
    "strings",
    [
        "",
        "<si><t>a &amp;amp; b</t></si>",
        '<si><t xml:space="preserve"> a\n</t><phoneticPr fontId="1" type="noConversion"/></si>\n',
        '<si><t>a</t><phoneticPr fontId="1" fontId="1"/></si>',
        "<si/><si><t/></si><si><t>a\r\nb</t></si>",
        "<si><t>a</t></si><t>b</t><si><t>c</t></si>",
        "<rPh><si><t>a</t></si></rPh>",
        "<!-- <si><t>a</t></si> --><si><t>b</t></si>",
        "<si><t><![CDATA[</si></sst>]]></t></si>",
        "<si><t>a</si>",
        "<si><t>a</t></si></sst><sst>",
        "<si><t>a</t></si>&lol;",
    ],
)
def test_shared_strings(tmp_path: Path, strings: str) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>{row - 1}</v></c></row>' for row in range(1, 6))
    agree(made(tmp_path, rows, strings=STRINGS + strings + STRINGS, styles=STYLES))


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0" encoding="GB18030"?><worksheet>',
        '<?xml version="1.0" encoding="utf-8"?>\r\n<worksheet>',
        "\ufeff<worksheet>",
        " <?xml version='1.0'?><worksheet>",
        "<!DOCTYPE worksheet><worksheet>",
        "<!-- <sheetData> --><worksheet>",
        "<?a <sheetData> ?><worksheet>",
        "<worksheet><c><v>1</v></c>",
        "<worksheet><t>x</t>",
        '<worksheet a="<sheetData>">',
    ],
)
def test_heads(tmp_path: Path, head: str) -> None:
    source = made(tmp_path, ORDINARY[2], strings=STRINGS)
    with zipfile.ZipFile(source) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = parts["XL/worksheets/s.xml"].decode()
    parts["XL/worksheets/s.xml"] = sheet.replace(f"<worksheet {MAIN}>", head).encode()
    with zipfile.ZipFile(source, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    agree(source)


def test_the_limit_of_cells_holds_either_way(tmp_path: Path) -> None:
    cells = "".join(f'<c r="{letter}1"><v>1</v></c>' for letter in "ABCDEF")
    source = made(tmp_path, f'<row r="1">{cells}</row>')
    for limit, wanted in ((5, "excel.too_many_cells"), (6, None)):
        with mock.patch.object(workbook_file, "MOST_CELLS", limit):
            found = agree(source)
        assert wanted is None or found == wanted
    # What is read twice is counted once.
    with mock.patch.object(workbook_file, "MOST_CELLS", 7):
        assert not isinstance(agree(made(tmp_path, f'<row r="1">{cells}</row><c r="A2" cm="1"/>')), str)


@pytest.mark.parametrize("rows", [ORDINARY[0], DAMAGED[0]])
def test_the_collector_is_awake_again(tmp_path: Path, rows: str) -> None:
    assert gc.isenabled()
    said(made(tmp_path, rows))
    assert gc.isenabled()


def test_text_without_end_is_not_gathered_without_end(tmp_path: Path) -> None:
    source = made(tmp_path, '<row r="1"><c r="A1" t="str"><v>' + "x" * 5000 + "</v></c></row>")
    with mock.patch.object(quick_parts, "_LONGEST", 1000), mock.patch.object(quick_parts, "PIECE", 61):
        found = said(source)
    assert len(found[0].rows[1][1].content) == 5000  # type: ignore[union-attr, arg-type, index]


FRAGMENTS = (
    *("<!--", "-->", "<![CDATA[", "]]>", "<?a ?>", "<!DOCTYPE a>", "</sheetData>", "<sheetData>", "</row>"),
    *("</c>", "<c/>", "<v>1</v>", "<v>", "</v>", "<t>x</t>", "</t>", "<rPh>", "</si>", "<si><t>a</t></si>"),
    *('<row r="3">', '<row r="3"/>', '<c r="B3"><v>7</v></c>', '<c r="B3"/>', "<f>1</f>", "<is>", "<f/>"),
    *(
        ' s="1"',
        ' t="s"',
        ' t="str"',
        ' t="inlineStr"',
        ' r="2"',
        '"',
        "'",
        "<",
        ">",
        "&",
        "&amp;",
        "&#10;",
        "&#xE000;",
    ),
    *("\r\n", "\n", " ", "\x00", "\ufffe", "\ud800", "甲", "0", "-", "1E9", "7", "_x0041_", "x:", "/", "="),
)
PARTS = ("sheet2.xml", "sheet3.xml", "sheet4.xml", "sharedStrings.xml")


def mutated(chance: Random, text: str) -> str:
    """A part with some of its tokens gone, doubled, exchanged, or with others between them."""
    tokens = re.findall(r'<[^<> ]*|[a-z]+="|[^<>"]+|[">]', text)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(tokens))
        match chance.randrange(5):
            case 0:
                del tokens[at]
            case 1:
                tokens.insert(at, tokens[at])
            case 2:
                tokens[at] = chance.choice(tokens)
            case 3:
                tokens[at] = chance.choice(FRAGMENTS)
            case _:
                tokens.insert(at, chance.choice(FRAGMENTS))
    return "".join(tokens)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The parts of a workbook that several programs worked on."""
    with zipfile.ZipFile(write(tmp_path_factory.mktemp("whole"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all examples."""
    return tmp_path_factory.mktemp("mutated")


@settings(deadline=None, max_examples=150)
@given(seed=st.integers(0, 2**32))
def test_whatever_is_broken_both_readers_say_the_same(
    whole: dict[str, bytes], folder: Path, seed: int
) -> None:
    agree(broken(whole, folder, seed))


def broken(whole: dict[str, bytes], folder: Path, seed: int) -> Path:
    """A workbook with a broken part."""
    chance = Random(seed)  # noqa: S311  # repeatable, no secret
    part = chance.choice([name for name in whole if name.endswith(PARTS)])
    source = folder / "broken.xlsx"
    with zipfile.ZipFile(source, "w") as archive:
        for name, content in whole.items():
            if name == part:
                content = mutated(chance, content.decode()).encode("utf-8", "surrogatepass")  # noqa: PLW2901
            archive.writestr(name, content)
    return source


CELLS = st.builds(
    lambda column, row, head, body: f'<c r="{column}{row}"{head}{body}',
    st.sampled_from(["A", "B", "C", "Z", "AA", "XFD"]),
    st.integers(1, 12),
    st.sampled_from(["", ' s="1"', ' s="12"', ' t="s"', ' s="2" t="n"', ' t="str"', ' t="inlineStr"']),
    st.sampled_from(
        [
            *("/>", "></c>", "><v>1</v></c>", "><v>0</v></c>", "><v>12</v></c>", "><f>A1</f><v>12.5</v></c>"),
            *("><f>A1</f></c>", "><is><t>甲&amp;</t></is></c>", "><v>1</v></c> ", '><v>"1" </v></c>'),
        ]
    ),
)
ROWS = st.builds(
    lambda row, head, cells: f'<row r="{row}"{head}>{"".join(cells)}</row>',
    st.integers(1, 12),
    st.sampled_from(["", ' spans="1:12"', ' ht="12"', ' s="5" customFormat="1"', ' hidden="1"  x:y="2"']),
    st.lists(CELLS, max_size=6),
)


@settings(deadline=None, max_examples=150)
@given(rows=st.lists(ROWS, max_size=6))
def test_whatever_is_written_both_readers_say_the_same(folder: Path, rows: list[str]) -> None:
    agree(made(folder, "".join(rows), strings=STRINGS, styles=STYLES))
