"""Evidence of every kind on the pages of the dossier, also what is hostile or broken."""

import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops

from chuyi_desktop.app.ports import PrintedDossier, silent
from chuyi_desktop.domain.errors import WorkspaceError
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.pdf.evidence_limits import Limits
from chuyi_desktop.pdf.renderer import PdfRenderer
from chuyi_desktop.report.blocks import Paragraph, Part
from tests.pdf.makers import (
    CONTENTS,
    EVIDENCE,
    FONTS,
    bookmarks,
    dossier,
    finder,
    page_image,
    page_texts,
    pdf_file,
    picture_file,
    piece,
    tool,
)

RED, GREEN, BLUE, BLACK, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 0, 0), (255, 255, 255)
Printed = tuple[Path, PrintedDossier]


@pytest.fixture(scope="module")
def strict() -> PdfRenderer:
    """A renderer with small limits, so that bombs in tests can be small too."""
    return PdfRenderer(FONTS, Limits(megabytes=1, pages=3, pages_in_all=4, pixels=100_000, content=100_000))


def show(renderer: PdfRenderer, folder: Path, *files: Path) -> Printed:
    """A dossier of nothing but these files, the list of evidence on page 1."""
    pieces = tuple(piece(str(number), file.name) for number, file in enumerate(files, 1))
    target = folder / "printed.pdf"
    paths = {f"n{number}": file for number, file in enumerate(files, 1)}
    return target, renderer.render(dossier(*EVIDENCE, evidence=pieces), finder(**paths), target, silent)


def colour_at(path: Path, page: int, x: float, y: float) -> tuple[int, ...]:
    """The colour of a page at shares of its width and height, from the upper left."""
    image = page_image(path, page)
    found = image.getpixel((int(image.width * x), int(image.height * y)))
    assert isinstance(found, tuple)
    return tuple(0 if value < 60 else 255 if value > 195 else value for value in found)


def box_of(
    path: Path, page: int, colour: tuple[int, int, int], scale: float = 1.0
) -> tuple[int, int, int, int]:
    """Where a colour is on a page, in points."""
    image = page_image(path, page, scale)
    near = image.point(lambda value: 255 if value > 128 else 0)
    apart = ImageChops.difference(near, Image.new("RGB", near.size, colour)).convert("L")
    mask = apart.point(lambda value: 0 if value else 255)
    box = mask.getbbox()
    assert box is not None
    return tuple(int(side / scale) for side in box)  # type: ignore[return-value]  # four of them


def test_pdf_pages_are_framed_stamped_and_counted(renderer: PdfRenderer, tmp_path: Path) -> None:
    path, done = show(renderer, tmp_path, pdf_file(tmp_path / "合同.pdf", ((595, 842),) * 3))
    texts = page_texts(path)
    assert done.problems == ()
    assert done.pages == len(texts) == 4
    assert "1合同.pdf校企合作32" in texts[0]
    assert [f"佐证材料1合同.pdf第{number}页共3页—{number + 1}—" == texts[number] for number in (1, 2, 3)] == [
        True
    ] * 3
    left, top, right, bottom = box_of(path, 2, RED)
    # Within the frame, under the stamp, above the page number; the shape of the sheet is kept.
    assert left > 20 and right < 575 and top > 50 and bottom < 842 - 95
    assert (right - left) / (bottom - top) == pytest.approx(595 / 842, abs=0.02)
    assert "No syntax or stream encoding errors" in tool("qpdf", "--check", path)


def test_the_list_gives_the_true_first_page_of_each_piece(renderer: PdfRenderer, tmp_path: Path) -> None:
    files = [pdf_file(tmp_path / f"材料{number}.pdf", ((595, 842),) * number) for number in range(1, 5)]
    path, _ = show(renderer, tmp_path, *files)
    texts = page_texts(path)
    marks = {title: page for _, title, page in bookmarks(path)}
    page = 2
    for number in range(1, 5):
        assert f"{number}材料{number}.pdf校企合作{number}{page}" in texts[0]
        assert marks[f"佐证材料 {number} 材料{number}.pdf"] == page
        assert texts[page - 1].startswith(f"佐证材料{number}材料{number}.pdf第1页共{number}页")
        page += number


def test_wide_pages_lie_on_their_side_and_are_shown_upright(renderer: PdfRenderer, tmp_path: Path) -> None:
    path, _ = show(renderer, tmp_path, pdf_file(tmp_path / "表.pdf", ((842, 595),)))
    with pikepdf.open(path) as pdf:
        assert pdf.pages[1].rotation == 90
    image = page_image(path, 2)
    assert image.width > image.height
    left, top, right, bottom = box_of(path, 2, RED)
    assert (right - left) / (bottom - top) == pytest.approx(842 / 595, abs=0.02)
    # The square at the page's lower left is at the lower left.
    assert colour_at(path, 2, (left + 20) / image.width, (bottom - 20) / image.height) == BLACK


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_turned_by_their_own_setting_are_upright(
    renderer: PdfRenderer, tmp_path: Path, turn: int
) -> None:
    source = pdf_file(tmp_path / "a.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Rotate = turn
        pdf.save(source)
    path, _ = show(renderer, tmp_path, source)
    seen, wanted = page_image(path, 2), page_image(source, 1)
    assert (seen.width > seen.height) == (wanted.width > wanted.height)
    left, top, right, bottom = box_of(path, 2, RED)
    corners = {
        "ul": (left + 15, top + 15),
        "ur": (right - 15, top + 15),
        "ll": (left + 15, bottom - 15),
        "lr": (right - 15, bottom - 15),
    }
    black = {90: "ul", 180: "ur", 270: "lr"}[turn]
    for corner, at in corners.items():
        assert (seen.getpixel(at) == BLACK) == (corner == black), corner


def test_cropped_offset_and_scaled_pages_fit(renderer: PdfRenderer, tmp_path: Path) -> None:
    source = pdf_file(tmp_path / "a.pdf", ((600, 800), (600, 800)))
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.MediaBox = [0, 0, 600, 800]
        pdf.pages[0].obj.CropBox = [300, 400, 600, 800]
        pdf.pages[1].obj.UserUnit = 2
        pdf.save(source)
    path, done = show(renderer, tmp_path, source)
    assert done.problems == ()
    for page in (2, 3):
        left, top, right, bottom = box_of(path, page, RED)
        assert (right - left) / (bottom - top) == pytest.approx(3 / 4, abs=0.02)
        assert left > 20 and right < 575 and top > 50 and bottom < 750


def test_small_pages_and_pictures_are_not_blown_up(renderer: PdfRenderer, tmp_path: Path) -> None:
    small = picture_file(tmp_path / "章.png", (96, 192))
    path, _ = show(renderer, tmp_path, pdf_file(tmp_path / "票.pdf", ((200, 300),)), small)
    left, top, right, bottom = box_of(path, 2, RED)
    assert (right - left, bottom - top) == (pytest.approx(200, abs=2), pytest.approx(300, abs=2))
    left, top, right, bottom = box_of(path, 3, BLUE)
    assert (right - left, bottom - top) == (pytest.approx(72, abs=2), pytest.approx(144, abs=2))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_are_turned_upright(renderer: PdfRenderer, tmp_path: Path, orientation: int) -> None:
    photo = picture_file(tmp_path / "照片.jpg", (600, 400), orientation)
    path, done = show(renderer, tmp_path, photo)
    assert done.problems == ()
    seen = page_image(path, 2)
    upright = (seen.height > seen.width) == (orientation in {5, 6, 7, 8})
    assert upright
    green = {1: "ul", 2: "ur", 3: "lr", 4: "ll", 5: "ul", 6: "ur", 7: "lr", 8: "ll"}[orientation]
    middle = seen.width // 2 + 5, seen.height // 2 + 5
    left, top, right, bottom = box_of(path, 2, GREEN)
    assert ("l" if right < middle[0] + 30 and left < middle[0] - 60 else "r") == green[1]
    assert ("u" if bottom < middle[1] + 30 and top < middle[1] - 60 else "l") == green[0]


def test_big_photos_are_reduced_and_carry_nothing_but_the_picture(
    renderer: PdfRenderer, tmp_path: Path
) -> None:
    photo = picture_file(tmp_path / "照片.jpg", (4000, 3000), quality=95)
    path, _ = show(renderer, tmp_path, photo)
    with pikepdf.open(path) as pdf:
        (image,) = [
            value for value in pdf.pages[1].resources.XObject.values() if value.get("/Subtype") == "/Image"
        ]
        assert max(image.Width, image.Height) <= 250 / 25.4 * 200 + 2
        assert b"SECRET" not in image.read_raw_bytes()
    assert b"SECRET" not in path.read_bytes()


def save_cmyk(path: Path) -> None:
    Image.new("CMYK", (300, 200), (0, 255, 255, 0)).save(path, "JPEG")


def save_clear(path: Path) -> None:
    image = Image.new("RGBA", (300, 200), (255, 0, 0, 255))
    image.paste((0, 0, 0, 0), (150, 0, 300, 200))
    image.save(path, "PNG")


def save_sixteen_bit(path: Path) -> None:
    Image.new("I;16", (300, 200), 40000).save(path, "PNG")


def save_palette(path: Path) -> None:
    Image.new("P", (300, 200), 1).save(path, "PNG", transparency=0)


def save_bitonal(path: Path) -> None:
    Image.new("1", (300, 200), 0).save(path, "TIFF", compression="group4")


def save_bmp(path: Path) -> None:
    Image.new("RGB", (300, 200), RED).save(path, "BMP")


@pytest.mark.parametrize(
    ("save", "colour"),
    [
        (save_cmyk, RED),
        (save_clear, RED),
        (save_sixteen_bit, (156, 156, 156)),
        (save_palette, (1, 1, 1)),
        (save_bitonal, BLACK),
        (save_bmp, RED),
    ],
)
def test_pictures_of_every_mode_are_placed(
    renderer: PdfRenderer, tmp_path: Path, save: Callable[[Path], None], colour: tuple[int, int, int]
) -> None:
    file = tmp_path / "picture"
    save(file)
    path, done = show(renderer, tmp_path, file)
    assert done.problems == ()
    image = page_image(path, 2)
    left, _, right, _ = box_of(path, 2, BLACK)
    found = image.getpixel(((left + right) // 2 - 20, image.height // 2))
    assert found == pytest.approx(colour, abs=3)
    tool("pdftoppm", "-r", "20", path, tmp_path / "page")


def test_what_is_transparent_becomes_white(renderer: PdfRenderer, tmp_path: Path) -> None:
    file = tmp_path / "章.png"
    save_clear(file)
    path, _ = show(renderer, tmp_path, file)
    _, top, right, bottom = box_of(path, 2, RED)
    assert page_image(path, 2).getpixel((right + 50, (top + bottom) // 2)) == WHITE


def test_every_page_of_a_scan_is_placed(renderer: PdfRenderer, tmp_path: Path) -> None:
    pages = [Image.new("L", (200, 300), shade) for shade in (0, 90, 180)]
    pages[0].save(tmp_path / "扫描.tif", save_all=True, append_images=pages[1:])
    path, done = show(renderer, tmp_path, tmp_path / "扫描.tif")
    assert done.pages == 4
    centres = [page_image(path, page).getpixel((297, 400)) for page in (2, 3, 4)]
    assert [centre[0] for centre in centres] == [0, 90, 180]  # type: ignore[index]  # RGB


def test_seals_kept_as_annotations_are_printed(renderer: PdfRenderer, tmp_path: Path) -> None:
    source = pdf_file(tmp_path / "盖章.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        seal = pikepdf.Stream(pdf, b"0 0 1 rg 0 0 100 100 re f")
        seal.Type, seal.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        seal.BBox = [0, 0, 100, 100]
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, F=4)
        note.Rect = [300, 400, 400, 500]
        note.AP = pikepdf.Dictionary(N=pdf.make_indirect(seal))
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])
        pdf.save(source)
    path, _ = show(renderer, tmp_path, source)
    left, _, right, _ = box_of(path, 2, BLUE)
    assert right - left > 60


def test_scripts_attachments_and_actions_stay_behind_and_are_named(
    renderer: PdfRenderer, tmp_path: Path
) -> None:
    source = pdf_file(tmp_path / "活动.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('EVIL')")
        pdf.Root.OpenAction = pdf.make_indirect(script)
        pdf.Root.AA = pikepdf.Dictionary(WC=script)
        pdf.attachments["x.exe"] = b"EVIL"
        pdf.pages[0].obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="EVIL"))
        pdf.save(source)
    path, done = show(renderer, tmp_path, source)
    (problem,) = done.problems
    assert problem.severity is Severity.NOTE
    assert "含有脚本、附件、自动动作" in problem.sentence
    with pikepdf.open(path) as pdf:
        assert "/OpenAction" not in pdf.Root
        assert "/AA" not in pdf.Root
        assert "/AA" not in pdf.pages[1].obj
        assert not pdf.attachments
        for thing in pdf.objects:
            assert not isinstance(thing, pikepdf.Dictionary) or not {"/JS", "/EF"} & set(thing.keys())
    assert box_of(path, 2, RED)


def test_an_ordinary_opening_place_is_no_active_content(renderer: PdfRenderer, tmp_path: Path) -> None:
    source = pdf_file(tmp_path / "a.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        place = [pdf.pages[0].obj, pikepdf.Name.Fit]
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=place)
        pdf.save(source)
    assert show(renderer, tmp_path, source)[1].problems == ()


def encrypted(folder: Path) -> Path:
    source = pdf_file(folder / "密.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.save(source, encryption=pikepdf.Encryption(user="u", owner="o"))
    return source


def cut_off(folder: Path) -> Path:
    source = pdf_file(folder / "断.pdf", ((595, 842),) * 3)
    source.write_bytes(source.read_bytes()[: int(source.stat().st_size * 0.7)])
    return source


def empty(folder: Path) -> Path:
    (folder / "空.pdf").write_bytes(b"")
    return folder / "空.pdf"


def web_page(folder: Path) -> Path:
    (folder / "假.pdf").write_bytes(b"<html><body>404</body></html>")
    return folder / "假.pdf"


def rubbish(folder: Path) -> Path:
    (folder / "乱.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    return folder / "乱.pdf"


def half_a_photo(folder: Path) -> Path:
    photo = picture_file(folder / "半.jpg", (200, 200), quality=95)
    photo.write_bytes(photo.read_bytes()[:900])
    return photo


def many_pages(folder: Path) -> Path:
    return pdf_file(folder / "多.pdf", ((100, 100),) * 4)


def many_pixels(folder: Path) -> Path:
    Image.new("1", (4000, 4000)).save(folder / "大.png")
    return folder / "大.png"


def swollen(folder: Path) -> Path:
    source = pdf_file(folder / "弹.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        bomb = pikepdf.Stream(pdf, b"")
        bomb.write(zlib.compress(b" " * 5_000_000), filter=pikepdf.Name.FlateDecode)
        pdf.pages[0].obj.Contents = pdf.make_indirect(bomb)
        pdf.save(source)
    return source


def heavy(folder: Path) -> Path:
    (folder / "重.pdf").write_bytes(b"%PDF-1.7\n" + bytes(1_100_000))
    return folder / "重.pdf"


def dynamic(folder: Path) -> Path:
    source = pdf_file(folder / "表单.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.Root.NeedsRendering = True
        pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.Stream(pdf, b"<xdp/>"), Fields=[])
        pdf.save(source)
    return source


def no_pages(folder: Path) -> Path:
    with pikepdf.new() as pdf:
        pdf.save(folder / "无页.pdf")
    return folder / "无页.pdf"


def gone(folder: Path) -> Path:
    return folder / "没有.pdf"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (encrypted, "打开密码"),
        (cut_off, "已损坏"),
        (empty, "空的"),
        (web_page, "已损坏"),
        (rubbish, "已损坏"),
        (half_a_photo, "已损坏"),
        (many_pages, "4 页，每件最多 3 页"),
        (many_pixels, "16 百万像素"),
        (swollen, "解压后过大"),
        (heavy, "超过 1 MB"),
        (dynamic, "XFA"),
        (no_pages, "没有页面"),
        (gone, "找不到"),
    ],
)
def test_what_cannot_be_placed_has_a_page_that_says_so_and_a_problem(
    strict: PdfRenderer, tmp_path: Path, make: Callable[[Path], Path], said: str
) -> None:
    source = make(tmp_path)
    path, done = show(strict, tmp_path, source, pdf_file(tmp_path / "好.pdf"))
    (problem,) = done.problems
    assert problem.severity is Severity.WARNING
    assert said in problem.sentence
    assert problem.place.file == source.name
    texts = page_texts(path)
    assert len(texts) == 3
    assert "未能编入" in texts[1]
    assert source.name in texts[1]
    assert "".join(said.split()) in texts[1]
    assert texts[2].startswith("佐证材料2好.pdf")
    assert box_of(path, 3, RED)


def test_other_kinds_of_files_are_not_printable(renderer: PdfRenderer, tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(b"PK\x03\x04 workbook")
    target = tmp_path / "out.pdf"
    one = piece("1", "表.xlsx", media_type="application/vnd.ms-excel")
    done = renderer.render(
        dossier(*EVIDENCE, evidence=(one,)), finder(n1=tmp_path / "表.xlsx"), target, silent
    )
    assert "只能编入 PDF" in done.problems[0].sentence


def test_all_pieces_together_have_a_limit(strict: PdfRenderer, tmp_path: Path) -> None:
    files = [pdf_file(tmp_path / f"{number}.pdf", ((100, 100),) * 2) for number in range(3)]
    _, done = show(strict, tmp_path, *files)
    assert ["合计超过 4 页" in problem.sentence for problem in done.problems] == [True]


def test_a_file_with_a_broken_table_is_repaired_placed_and_reported(
    renderer: PdfRenderer, tmp_path: Path
) -> None:
    source = pdf_file(tmp_path / "旧.pdf", ((595, 842),) * 2)
    data = source.read_bytes()
    at = data.rindex(b"startxref")
    source.write_bytes(data[:at] + b"startxref\n7\n%%EOF\n")
    path, done = show(renderer, tmp_path, source)
    (problem,) = done.problems
    assert problem.code == "pdf.problem.repaired"
    assert done.pages == 3
    assert box_of(path, 2, RED)
    assert box_of(path, 3, RED)


def test_evidence_the_workspace_has_lost_is_said_so(renderer: PdfRenderer, tmp_path: Path) -> None:
    def lost(sha256: str) -> Path:
        raise KeyError(sha256)

    target = tmp_path / "out.pdf"
    done = renderer.render(dossier(*EVIDENCE, evidence=(piece("1", "a.pdf"),)), lost, target, silent)
    assert "找不到" in done.problems[0].sentence
    assert issubclass(WorkspaceError, Exception)


def test_the_draft_mark_shows_over_a_scan(renderer: PdfRenderer, tmp_path: Path) -> None:
    scan = tmp_path / "扫描.png"
    Image.new("L", (1240, 1754), 255).save(scan, dpi=(150, 150))
    shades = []
    for mark in ("", "草稿"):
        target = tmp_path / f"out{mark}.pdf"
        book = dossier(*EVIDENCE, evidence=(piece("1", "a.png"),), watermark=mark)
        renderer.render(book, finder(n1=scan), target, silent)
        shades.append(sum(1 for value in page_image(target, 2).convert("L").tobytes() if value < 250))
    assert shades[1] > shades[0] + 10_000


def test_no_evidence_is_said_so(renderer: PdfRenderer, tmp_path: Path) -> None:
    path, done = show(renderer, tmp_path)
    assert "尚无佐证材料" in page_texts(path)[0]
    assert done.pages == 1


def test_evidence_may_stand_between_parts(renderer: PdfRenderer, tmp_path: Path) -> None:
    source = pdf_file(tmp_path / "a.pdf")
    target = tmp_path / "out.pdf"
    book = dossier(*EVIDENCE, Part("后记", ()), evidence=(piece("1", "a.pdf"),))
    renderer.render(book, finder(n1=source), target, silent)
    assert [text[:4] for text in page_texts(target)] == ["附件佐证", "佐证材料", "后记—3"]


def test_a_dossier_may_be_evidence_in_another_and_stays_readable(
    renderer: PdfRenderer, tmp_path: Path
) -> None:
    inner = tmp_path / "inner.pdf"
    renderer.render(dossier(Part("", (Paragraph("负责人𬭎䶮"),))), finder(), inner, silent)
    path, done = show(renderer, tmp_path, inner)
    assert done.problems == ()
    assert "负责人𬭎䶮" in page_texts(path)[1]


def test_the_part_of_evidence_begins_with_the_first_piece_and_has_no_empty_sheet(
    renderer: PdfRenderer, tmp_path: Path
) -> None:
    target = tmp_path / "out.pdf"
    pieces = (piece("1", "a.pdf"), piece("2", "b.pdf"))
    find = finder(n1=pdf_file(tmp_path / "a.pdf"), n2=pdf_file(tmp_path / "b.pdf"))
    book = dossier(CONTENTS, EVIDENCE[0], replace(EVIDENCE[1], title="佐证材料"), evidence=pieces)
    assert renderer.render(book, find, target, silent).pages == 4
    assert re.search("佐证材料[.…]*3$", page_texts(target)[0].split("—")[0])
    assert ("佐证材料", 3) in [(title, page) for _, title, page in bookmarks(target)]
