"""Small dossiers, evidence files and looks into printed files."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image, ImageDraw

from chuyi_desktop.report.blocks import (
    Align,
    Cell,
    Contents,
    Cover,
    DataTable,
    Dossier,
    EvidenceList,
    EvidencePages,
    EvidencePiece,
    Form,
    Heading,
    Paragraph,
    Part,
    Signature,
    TableColumn,
    TextStyle,
)

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
GOLDEN = Path(__file__).resolve().parent / "golden"

TEXT = (
    "学校落实“楚怡”职业教育行动计划（2022—2024年），紧扣区域产业，建成校内实训基地12个、实训室86间；"
    "与湖南××重工有限公司等48家企业合作，“双师型”教师占专业课教师的63.5％。"
)

COVER = Part(
    "",
    (
        Cover(
            "湖南省“楚怡”优秀中等职业学校",
            "申报书",
            (("申报学校", "邵东县职业中等专业学校"), ("项目负责人", "𬭎䶮"), ("联系人", "")),
            ("申报学校（盖章）",),
            ("湖南省教育厅制", "2026年11月24日"),
        ),
    ),
)
PLEDGE = Part(
    "诚信承诺书",
    (
        Paragraph("我校郑重承诺：所报材料真实、准确。"),
        Signature("", ("学校（盖章）：", "校长（签字）：", "年 月 日")),
    ),
)
CONTENTS = Part("目录", (Contents(),))


def table(rows: int, *, title: str = "") -> DataTable:
    """A table of conditions with ``rows`` rows."""
    columns = (
        TableColumn("序号", 5, Align.CENTER),
        TableColumn("条件", 20),
        TableColumn("数值", 14, Align.DECIMAL),
        TableColumn("结论", 20),
    )
    values = ("45,210.5 ㎡", "1:19.69", "未填", "20%")
    data = tuple(
        (str(number), f"第{number}项办学条件", values[number % 4], "达到") for number in range(1, rows + 1)
    )
    return DataTable(columns, data, title)


def profile(rows: int = 60) -> Part:
    """基本情况 over several pages."""
    form = Form(
        (2, 3, 2, 3),
        (
            (Cell("学校名称", label=True), Cell("邵东县职业中等专业学校", 3)),
            (Cell("办学性质", label=True), Cell("公办"), Cell("在校生", label=True), Cell("3,091 人")),
        ),
    )
    blocks = (
        form,
        Heading(2, "（一）办学条件"),
        table(rows, title="表1 逐项对照"),
        Heading(2, "（二）建设基础"),
    )
    return Part(
        "一、学校基本情况", (*blocks, Heading(3, "1. 专业群"), *(Paragraph(TEXT * 3) for _ in range(4)))
    )


OPINIONS = Part(
    "三、审核意见",
    tuple(
        Signature(f"{who}意见", ("负责人（签字）：", "年 月 日"), opinion=True) for who in ("学校", "教育局")
    ),
)
RESULT = Part(
    "二、自评结论",
    (
        Paragraph("按现有数据，学校达到 B 档。", TextStyle.STRONG),
        Paragraph("出处：《中等职业学校设置标准》第七条。", TextStyle.NOTE),
    ),
)
EVIDENCE = (Part("附件 佐证材料目录", (EvidenceList(),)), Part("", (EvidencePages(),)))


def dossier(
    *parts: Part, evidence: tuple[EvidencePiece, ...] = (), watermark: str = "", footer: str = ""
) -> Dossier:
    """A dossier of these parts."""
    return Dossier(
        title="楚怡优秀中职学校申报书",
        school="邵东县职业中等专业学校",
        identity="quality-secondary-school 1.0 sha256:0123abcd",
        made="2026-11-24",
        parts=parts,
        evidence=evidence,
        watermark=watermark,
        footer=footer,
    )


def whole(evidence: tuple[EvidencePiece, ...] = (), watermark: str = "") -> Dossier:
    """A dossier with every kind of block."""
    roster = Part("四、教师名册", (table(30),), wide=True)
    parts = (COVER, PLEDGE, CONTENTS, profile(), RESULT, OPINIONS, roster, *EVIDENCE)
    return dossier(
        *parts, evidence=evidence, watermark=watermark, footer="自评结果仅供学校参考，以主管部门评审为准"
    )


def piece(number: str, name: str, *proves: str, media_type: str = "application/pdf") -> EvidencePiece:
    """A piece of evidence whose hash is its number."""
    return EvidencePiece(number, name, proves or ("校企合作",), number, media_type)


def pdf_file(path: Path, sizes: tuple[tuple[int, int], ...] = ((595, 842),)) -> Path:
    """A PDF whose pages are red, with a black square at their lower left."""
    with pikepdf.new() as pdf:
        for size in sizes:
            pdf.add_blank_page(page_size=size)
            pdf.pages[-1].contents_add(b"1 0 0 rg 0 0 %d %d re f 0 g 0 0 100 100 re f" % size)
        pdf.save(path, static_id=True)
    return path


def picture_file(path: Path, size: tuple[int, int], orientation: int = 1, **options: object) -> Path:
    """A blue picture with a green quarter at its upper left."""
    image = Image.new("RGB", size, (0, 0, 255))
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill=(0, 255, 0))
    exif = image.getexif()
    exif[0x0112] = orientation
    exif[0x010E] = "SECRET"
    image.save(path, exif=exif, **options)
    return path


def finder(**paths: Path) -> Callable[[str], Path]:
    """Finds evidence by number, written with _ for -."""
    return lambda sha256: paths["n" + sha256.replace("-", "_")]


def tool(*command: str | Path) -> str:
    """What a command line tool says; it must be there, succeed and complain of nothing."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def page_texts(path: Path) -> list[str]:
    """The text of every page as poppler reads it, in the order it is drawn, without line ends."""
    pages = tool("pdftotext", "-raw", path, "-").split("\f")[:-1]
    return ["".join(page.split()) for page in pages]


def page_image(path: Path, number: int, scale: float = 1.0) -> Image.Image:
    """Page ``number`` (from 1) as a picture."""
    with pypdfium2.PdfDocument(path) as document:
        return document[number - 1].render(scale=scale).to_pil().convert("RGB")


def bookmarks(path: Path) -> list[tuple[int, str, int]]:
    """Level, title and page (from 1) of every bookmark."""
    with pypdfium2.PdfDocument(path) as document:
        found = []
        for mark in document.get_toc():
            target = mark.get_dest()
            assert target is not None
            index = target.get_index()
            assert index is not None
            found.append((mark.level, mark.get_title(), index + 1))
        return found
