"""The finishing of a laid-out dossier: evidence put into its frames, metadata, stable bytes."""

import re
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

import pikepdf

from chuyi_desktop.pdf.careful_file import CarefulFile
from chuyi_desktop.pdf.evidence import Piece
from chuyi_desktop.pdf.evidence_image import Picture
from chuyi_desktop.pdf.evidence_leaf import Placement
from chuyi_desktop.pdf.evidence_pdf import OpenPdf
from chuyi_desktop.report.blocks import Dossier

CREATOR = "楚怡申报"
_NAME = "/Evidence"
_CMAP_ENTRY = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,6})>")
_CMAP_BLOCK = 100


def finish(
    laid: bytes,
    dossier: Dossier,
    placements: Sequence[Placement],
    target: Path,
    report: Callable[[Piece], None],
) -> int:
    """Write the whole dossier to ``target``; how many pages it has."""
    with pikepdf.open(BytesIO(laid)) as pdf:
        _repair_text_maps(pdf)
        for placement in placements:
            if placement.index == 0:
                report(placement.piece)
            _place(pdf, placement)
        _describe(pdf, dossier)
        with CarefulFile(target) as file:
            pdf.save(
                cast("BinaryIO", file),
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
        file.check()
        return len(pdf.pages)


def _place(pdf: pikepdf.Pdf, placement: Placement) -> None:
    """Draw one page of evidence before everything else on its sheet."""
    source = placement.piece.source
    if isinstance(source, OpenPdf):
        content = _as_form(pdf, source, placement.index)
    elif source is not None:
        content = _as_picture(pdf, source[placement.index])
    else:
        return
    page = pdf.pages[placement.page - 1]
    if "/Resources" not in page.obj:
        page.obj.Resources = pikepdf.Dictionary()
    # reportlab shares one dictionary of resources between pages; this page needs its own.
    resources = pikepdf.Dictionary({str(key): value for key, value in page.obj.Resources.items()})
    drawn = resources.get("/XObject")
    own = pikepdf.Dictionary({str(key): value for key, value in drawn.items()} if drawn is not None else {})
    own[_NAME] = content[0]
    resources.XObject = own
    page.obj.Resources = resources
    place = _numbers(placement.matrix)
    inner = _numbers(content[1])
    page.contents_add(f"q {place} cm {inner} cm {_NAME} Do Q\n".encode(), prepend=True)


def _numbers(matrix: Sequence[float]) -> str:
    return " ".join(f"{number:.5f}".rstrip("0").rstrip(".") for number in matrix)


def _as_picture(pdf: pikepdf.Pdf, picture: Picture) -> tuple[pikepdf.Object, Sequence[float]]:
    stream = pikepdf.Stream(pdf, picture.data)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = picture.pixels
    stream.ColorSpace = pikepdf.Name(picture.colours)
    stream.BitsPerComponent = picture.bits
    stream.Filter = pikepdf.Name.DCTDecode if picture.jpeg else pikepdf.Name.FlateDecode
    return pdf.make_indirect(stream), (picture.width, 0, 0, picture.height, 0, 0)


def _as_form(pdf: pikepdf.Pdf, source: OpenPdf, index: int) -> tuple[pikepdf.Object, Sequence[float]]:
    """A page as a drawing that stands upright with its lower left corner in the origin."""
    form = pdf.copy_foreign(source.pdf.pages[index].as_form_xobject())
    matrix = [float(number) for number in form.get("/Matrix", [1, 0, 0, 1, 0, 0])]
    left, bottom, right, top = (float(number) for number in form.BBox)
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    return form, (1, 0, 0, 1, -min(x for x, _ in corners), -min(y for _, y in corners))


def _repair_text_maps(pdf: pikepdf.Pdf) -> None:
    """Write the maps from glyphs back to text as the standard has them.

    reportlab writes characters beyond U+FFFF with five digits, where UTF-16 is wanted, so that rare
    characters of names could be neither searched nor copied; and more than 100 entries in a block.
    """
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/Font":
            text_map = font.get("/ToUnicode")
            if isinstance(text_map, pikepdf.Stream):
                text_map.write(_standard_map(text_map.read_bytes()))


def _standard_map(text: bytes) -> bytes:
    head, _, rest = text.partition(b"endcodespacerange\n")
    entries = [(code, chr(int(value, 16))) for code, value in _CMAP_ENTRY.findall(rest)]
    kept = [(code, char.encode("utf-16-be").hex().upper().encode()) for code, char in entries if char != "\0"]
    blocks = b""
    for start in range(0, len(kept), _CMAP_BLOCK):
        block = kept[start : start + _CMAP_BLOCK]
        lines = b"".join(b"<%s> <%s>\n" % entry for entry in block)
        blocks += b"%d beginbfchar\n%sendbfchar\n" % (len(block), lines)
    return head + b"endcodespacerange\n" + blocks + rest[rest.rindex(b"endcmap") :]


def _describe(pdf: pikepdf.Pdf, dossier: Dossier) -> None:
    """Title, author and identity, dated by the dossier itself."""
    stamp = f"D:{dossier.made.replace('-', '')[:8]}000000Z"
    info = pdf.docinfo
    for key in list(info.keys()):
        del info[key]
    info["/Title"] = dossier.title
    info["/Author"] = dossier.school
    info["/Subject"] = dossier.identity
    info["/Creator"] = CREATOR
    info["/CreationDate"] = info["/ModDate"] = stamp
    if dossier.watermark:
        info["/Keywords"] = dossier.watermark
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = dossier.title
        metadata["dc:creator"] = [dossier.school] if dossier.school else []
        metadata["dc:identifier"] = dossier.identity
        metadata["dc:language"] = ["zh-CN"]
        metadata["xmp:CreatorTool"] = CREATOR
        metadata["xmp:CreateDate"] = metadata["xmp:ModifyDate"] = f"{dossier.made[:10]}T00:00:00Z"
    pdf.Root.Lang = pikepdf.String("zh-CN")
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
