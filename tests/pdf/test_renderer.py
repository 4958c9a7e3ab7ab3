"""A printed dossier, looked at with the tools an office's printer and readers are made of."""

import errno
import itertools
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from chuyi_desktop.app.ports import PrintedDossier, silent
from chuyi_desktop.domain.errors import CancelledError, OutputError
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.pdf import renderer as renderer_module
from chuyi_desktop.pdf.renderer import PdfRenderer
from chuyi_desktop.report.blocks import (
    Align,
    Cell,
    DataTable,
    Form,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    Signature,
    TableColumn,
)
from tests.pdf.makers import (
    CONTENTS,
    COVER,
    GOLDEN,
    OPINIONS,
    PLEDGE,
    TEXT,
    bookmarks,
    dossier,
    finder,
    page_image,
    page_texts,
    piece,
    profile,
    table,
    tool,
    whole,
)

NO_EVIDENCE = finder()
ROOT = Path(__file__).resolve().parents[2]
Printed = tuple[Path, PrintedDossier]


def render(renderer: PdfRenderer, folder: Path, *parts: Part, watermark: str = "") -> Path:
    target = folder / "out.pdf"
    renderer.render(dossier(*parts, watermark=watermark), NO_EVIDENCE, target, silent)
    return target


def test_the_tools_find_nothing_wrong(printed: Printed, tmp_path: Path) -> None:
    path, _ = printed
    assert "No syntax or stream encoding errors" in tool("qpdf", "--check", path)
    assert f"Pages:           {printed[1].pages}\n" in tool("pdfinfo", path)
    tool("pdftoppm", "-r", "20", path, tmp_path / "page")


def test_only_embedded_subsets_of_the_shipped_faces_are_used(printed: Printed) -> None:
    rows = tool("pdffonts", printed[0]).splitlines()[2:]
    assert rows
    for row in rows:
        name, *_, embedded, subset, unicode_map, _, _ = row.split()
        assert re.fullmatch(r"[A-Z]{6}\+Chuyi(Song|Hei|Kai)-(Regular|Bold)", name)
        assert (embedded, subset, unicode_map) == ("yes", "yes", "yes")


def test_the_text_is_that_of_the_golden_file(printed: Printed) -> None:
    found = "\n".join(page_texts(printed[0])) + "\n"
    golden = GOLDEN / "whole.txt"
    assert found == golden.read_text(encoding="utf-8")


def test_it_is_all_a4_and_wide_parts_are_turned(printed: Printed) -> None:
    sizes = re.findall(r"size: +([\d.]+) x ([\d.]+)", tool("pdfinfo", "-l", "999", printed[0]))
    assert {tuple(sorted(map(float, size))) for size in sizes} == {(595.276, 841.89)}
    with pikepdf.open(printed[0]) as pdf:
        roster = next(page for _, title, page in bookmarks(printed[0]) if title == "四、教师名册")
        assert pdf.pages[roster - 1].rotation == 90
        assert [float(side) for side in pdf.pages[roster - 1].mediabox[2:]] == pytest.approx(
            [595.28, 841.89], abs=0.01
        )


def test_the_contents_give_true_pages_and_so_do_the_bookmarks(printed: Printed) -> None:
    texts = page_texts(printed[0])
    contents = next(text for text in texts if text.startswith("目录"))
    marks = bookmarks(printed[0])
    named = [mark for mark in marks if mark[1] != "目录" and not mark[1].startswith("佐证材料")]
    assert contents.removeprefix("目录").startswith(
        "".join(f"{title}{page}" for _, title, page in named).replace(" ", "")
    )
    for _, title, page in marks:
        assert title.replace(" ", "") in texts[page - 1]
    assert [level for level, title, _ in marks if title.startswith("（")] == [1, 1]


def test_the_contents_lead_to_their_pages(printed: Printed) -> None:
    marks = {title: page for _, title, page in bookmarks(printed[0])}
    with pikepdf.open(printed[0]) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        names = pdf.Root.Dests if "/Dests" in pdf.Root else {}
        targets = []
        for note in pdf.pages[marks["目录"] - 1].obj.Annots:
            target = note.get("/Dest")
            found = names[target] if isinstance(target, pikepdf.Name) else target
            targets.append(numbers[found[0].objgen])
    named = [
        mark for mark in bookmarks(printed[0]) if mark[1] != "目录" and not mark[1].startswith("佐证材料")
    ]
    assert targets == [page for _, _, page in named]


def test_page_numbers_run_through_and_the_cover_has_none(printed: Printed) -> None:
    texts = page_texts(printed[0])
    assert not re.search(r"—\d+—", texts[0])
    for number, text in enumerate(texts[1:], 2):
        assert f"—{number}—" in text


def test_page_numbers_stand_outside_on_odd_and_even_pages(renderer: PdfRenderer, tmp_path: Path) -> None:
    path = render(renderer, tmp_path, PLEDGE, CONTENTS)
    boxes = []
    for page in (1, 2):
        words = tool("pdftotext", "-bbox", "-f", str(page), "-l", str(page), path, "-")
        boxes.append(re.search(rf'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>{page}<', words))
    odd, even = ([float(number) for number in box.groups()] for box in boxes if box)
    assert odd[0] > 400
    assert even[2] < 150
    # 7 mm below the text's lower edge, 35 mm from the sheet's.
    assert 841.89 - odd[1] == pytest.approx(28 * 72 / 25.4, abs=12)


def test_the_body_is_set_by_the_standard(renderer: PdfRenderer, tmp_path: Path) -> None:
    path = render(renderer, tmp_path, Part("", (Paragraph("申" * 28 * 30),)))
    words = re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">申+<',
        tool("pdftotext", "-bbox", path, "-"),
    )
    boxes = [tuple(map(float, word)) for word in words]
    page = boxes[:22]
    mm = 72 / 25.4
    assert min(box[0] for box in page) == pytest.approx(28 * mm, abs=1)
    assert max(box[2] for box in page) == pytest.approx((210 - 26) * mm, abs=1)
    steps = [after[1] - before[1] for before, after in itertools.pairwise(page)]
    assert steps == pytest.approx([28.99] * 21, abs=0.02)
    assert page[0][1] > 36 * mm
    assert page[21][3] < (297 - 34) * mm
    # The 23rd line stands at the head of the next page.
    assert boxes[22][1] == pytest.approx(page[0][1], abs=0.1)


def test_metadata_says_what_it_is(printed: Printed) -> None:
    with pikepdf.open(printed[0]) as pdf:
        assert pdf.docinfo["/Title"] == "楚怡优秀中职学校申报书"
        assert pdf.docinfo["/Author"] == "邵东县职业中等专业学校"
        assert pdf.docinfo["/Subject"] == "quality-secondary-school 1.0 sha256:0123abcd"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261124")
        assert pdf.Root.Lang == "zh-CN"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:identifier"] == "quality-secondary-school 1.0 sha256:0123abcd"


def test_the_same_dossier_gives_the_same_bytes(
    renderer: PdfRenderer, printed: Printed, tmp_path: Path
) -> None:
    folder = printed[0].parent
    find = finder(n1_1=folder / "a.pdf", n2_1=folder / "b.jpg")
    pieces = (piece("1-1", "批复.pdf", "专业设置", "产教融合"), piece("2-1", "实训车间.jpg", "实训条件"))
    again = tmp_path / "again.pdf"
    renderer.render(whole(pieces, "草稿"), find, again, silent)
    assert again.read_bytes() == printed[0].read_bytes()


def test_a_draft_is_marked_on_every_page_and_a_final_one_on_none(
    renderer: PdfRenderer, printed: Printed, tmp_path: Path
) -> None:
    def marked(path: Path) -> list[bool]:
        with pikepdf.open(path) as pdf:
            commands = [pikepdf.parse_content_stream(page) for page in pdf.pages]
            return [any("Watermark" in str(one.operands) for one in page) for page in commands]

    assert all(marked(printed[0]))
    final = render(renderer, tmp_path, PLEDGE)
    assert not any(marked(final))
    draft = tmp_path / "draft.pdf"
    renderer.render(dossier(PLEDGE, watermark="草稿"), NO_EVIDENCE, draft, silent)
    before, after = page_image(final, 1, 0.5), page_image(draft, 1, 0.5)
    changed = sum(
        1 for one, other in zip(before.tobytes()[::3], after.tobytes()[::3], strict=True) if one > other + 10
    )
    assert changed > 2000
    assert "草稿" not in "".join(page_texts(draft))


def test_the_footer_stands_under_text_pages_only(printed: Printed) -> None:
    texts = page_texts(printed[0])
    said = ["自评结果仅供学校参考" in text for text in texts]
    evidence = next(page for _, title, page in bookmarks(printed[0]) if title.startswith("佐证材料 1-1"))
    assert said[0] is False
    assert all(said[1 : evidence - 1])
    assert not any(said[evidence - 1 :])


def test_rare_characters_of_names_can_be_read_and_searched(renderer: PdfRenderer, tmp_path: Path) -> None:
    names = "㛃𬭎䶮㵪𰻝"
    path = tmp_path / "names.pdf"
    done = renderer.render(dossier(Part("", (Paragraph(names),))), NO_EVIDENCE, path, silent)
    assert done.problems == ()
    assert names in page_texts(path)[0]


def test_a_character_without_glyph_is_shown_and_reported(renderer: PdfRenderer, tmp_path: Path) -> None:
    path = tmp_path / "lost.pdf"
    part = Part("", (Paragraph("负责人：李\U0001f600明"), Paragraph("李\U0001f600明")))
    done = renderer.render(dossier(part), NO_EVIDENCE, path, silent)
    assert "李〓明" in page_texts(path)[0]
    (problem,) = done.problems
    assert problem.severity is Severity.WARNING
    assert "U+1F600" in problem.sentence
    assert "负责人：李" in problem.sentence


def test_a_heading_never_ends_a_page(renderer: PdfRenderer, tmp_path: Path) -> None:
    blocks = [
        block for number in range(30) for block in (Heading(2, f"（{number}）节"), Paragraph(TEXT), table(2))
    ]
    texts = page_texts(render(renderer, tmp_path, Part("一、正文", tuple(blocks))))
    assert len(texts) > 5
    for text in texts:
        assert not re.search(r"（\d+）节(—\d+—)?$", text)


def test_signature_blocks_are_never_split(renderer: PdfRenderer, tmp_path: Path) -> None:
    for lines in range(14, 22):
        signature = Signature("", ("学校（盖章）：", "校长（签字）：", "日期落款："))
        part = Part("", (*(Paragraph("行") for _ in range(lines)), signature))
        texts = page_texts(render(renderer, tmp_path, part))
        assert sum("盖章" in text for text in texts) == 1
        assert all(("盖章" in text) == ("日期落款" in text) for text in texts)


def test_table_heads_repeat_and_no_row_is_lost(renderer: PdfRenderer, tmp_path: Path) -> None:
    texts = page_texts(render(renderer, tmp_path, Part("名册", (table(120),))))
    assert len(texts) > 2
    assert all("序号条件数值结论" in text for text in texts)
    joined = "".join(texts)
    assert [f"第{number}项" in joined for number in range(1, 121)] == [True] * 120


@pytest.mark.parametrize("length", [2000, 6000])
def test_a_cell_longer_than_a_page_goes_on_on_the_next(
    renderer: PdfRenderer, tmp_path: Path, length: int
) -> None:
    words = "".join(f"{number:05d}字" for number in range(length // 6))
    form = Form((1, 4), ((Cell("建设基础", label=True), Cell(words)), (Cell("末", label=True), Cell("完"))))
    texts = page_texts(render(renderer, tmp_path, Part("", (form,))))
    joined = "".join(re.sub(r"—\d+—", "", text) for text in texts)
    assert [f"{number:05d}" in joined for number in range(length // 6)] == [True] * (length // 6)
    assert "完" in texts[-1]


def test_empty_tables_totals_and_breaks(renderer: PdfRenderer, tmp_path: Path) -> None:
    columns = (TableColumn("项目", 2), TableColumn("金额（万元）", 1, Align.DECIMAL))
    empty = DataTable(columns, (), empty="本表无数据")
    total = DataTable(columns, (("设备", "12.5"),), total=("合计", "12.5"))
    parts = (
        Part("甲", (PageBreak(), empty, PageBreak(), PageBreak(), total)),
        Part("", ()),
        Part("乙", (PageBreak(),)),
    )
    texts = page_texts(render(renderer, tmp_path, *parts))
    assert ["本表无数据" in text for text in texts] == [False, True, False, False]
    assert "合计12.5" in texts[2]
    assert "乙" in texts[3]


def test_a_dossier_may_begin_with_anything_or_be_empty(renderer: PdfRenderer, tmp_path: Path) -> None:
    assert len(page_texts(render(renderer, tmp_path))) == 1
    wide = render(renderer, tmp_path, Part("名册", (table(3),), wide=True), COVER, OPINIONS)
    texts = page_texts(wide)
    assert len(texts) == 3
    assert "申报书" in texts[1]
    assert "—" not in texts[1]
    assert "审核意见" in texts[2]


def test_parts_follow_in_order_and_begin_new_pages(renderer: PdfRenderer, tmp_path: Path) -> None:
    path = render(renderer, tmp_path, COVER, PLEDGE, CONTENTS, profile(5), OPINIONS)
    pages = [page for level, _, page in bookmarks(path) if level == 0]
    assert pages == sorted(set(pages))
    assert pages[0] == 2


class Stop:
    """Cancels once a message is met; records what it was told."""

    def __init__(self, at: str = "") -> None:
        self.at = at
        self.told: list[tuple[int, int, str]] = []

    def __call__(self, done: int, total: int, label: str) -> None:
        self.told.append((done, total, label))
        if self.at and self.at in label:
            raise CancelledError


def test_progress_only_grows_and_ends_full(renderer: PdfRenderer, tmp_path: Path) -> None:
    progress = Stop()
    renderer.render(whole(), NO_EVIDENCE, tmp_path / "out.pdf", progress)
    done = [step for step, _, _ in progress.told]
    assert done == sorted(done)
    assert {total for _, total, _ in progress.told} == {done[-1]}
    assert any("第 5 页" in label for _, _, label in progress.told)


@pytest.mark.parametrize("at", ["第 3 页", "写入"])
def test_a_cancelled_print_leaves_what_was_there(renderer: PdfRenderer, tmp_path: Path, at: str) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    with pytest.raises(CancelledError):
        renderer.render(whole(), NO_EVIDENCE, target, Stop(at))
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]


def test_a_full_disk_leaves_what_was_there(
    renderer: PdfRenderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> int:
        path = args[3]
        assert isinstance(path, Path)
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(renderer_module, "finish", full)
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    with pytest.raises(OutputError, match="磁盘空间不足") as raised:
        renderer.render(dossier(PLEDGE), NO_EVIDENCE, target, silent)
    assert str(target) in raised.value.sentence
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]


REALLY_FULL = """
import resource, signal, sys
from pathlib import Path
from chuyi_desktop.app.ports import silent
from chuyi_desktop.domain.errors import OutputError
from chuyi_desktop.pdf.renderer import PdfRenderer
from tests.pdf.makers import FONTS, dossier, finder, profile

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    PdfRenderer(FONTS).render(dossier(profile()), finder(), Path(sys.argv[1]), silent)
except OutputError as error:
    sys.exit(7)
"""


def test_a_write_that_fails_halfway_does_not_end_the_process(tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    command = [sys.executable, "-c", REALLY_FULL, str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 7, done.stderr
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]


def test_unwritable_targets_are_said_so(renderer: PdfRenderer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for target, said in (
        (tmp_path, "文件夹"),
        (tmp_path / "none" / "out.pdf", "文件夹不存在"),
        (tmp_path / "file" / "out.pdf", "文件夹不存在"),
    ):
        with pytest.raises(OutputError, match=said):
            renderer.render(dossier(PLEDGE), NO_EVIDENCE, target, silent)


def test_lost_fonts_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="字体文件"):
        PdfRenderer(tmp_path).render(dossier(PLEDGE), NO_EVIDENCE, tmp_path / "out.pdf", silent)


def test_a_last_row_does_not_stand_alone(renderer: PdfRenderer, tmp_path: Path) -> None:
    for rows in range(20, 50, 3):
        columns = (TableColumn("项目", 2), TableColumn("金额", 1, Align.DECIMAL))
        data = tuple((f"第{number}项", "1.5") for number in range(rows))
        spending = DataTable(columns, data, total=("合计", "99"))
        texts = page_texts(render(renderer, tmp_path, Part("", (Paragraph("行"), spending))))
        last = next(text for text in texts if "合计" in text)
        assert "第" in last


def test_four_opinions_share_a_sheet_and_five_are_spread_evenly(
    renderer: PdfRenderer, tmp_path: Path
) -> None:
    for count, shares in ((4, [4]), (5, [3, 2])):
        lines = ("负责人（签字）：", "（盖章）", "年 月 日")
        boxes = tuple(Signature(f"第{number}级意见", lines, opinion=True) for number in range(count))
        texts = page_texts(render(renderer, tmp_path, Part("审核意见", boxes)))
        assert [text.count("（签字）") for text in texts] == shares
