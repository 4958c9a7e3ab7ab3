"""Evidence that is a PDF: opened with suspicion, made harmless, checked to be whole."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pypdfium2

from chuyi_desktop.pdf.evidence_limits import Limits, Unplaced
from chuyi_desktop.pdf.pages import PDFIUM

TAIL = 2048
"""Where the end mark of a whole file stands."""
LEAST_SIDE = 1.0
MOST_SIDE = 14_400.0 * 10


@dataclass(slots=True)
class OpenPdf:
    """An opened file: the size of every page as one sees it, and what was found in it."""

    pdf: pikepdf.Pdf
    sizes: list[tuple[float, float]]
    repaired: bool
    active: list[str] = field(default_factory=list)
    """Kinds of active content that stay behind: scripts, attachments, actions."""


def open_pdf(path: Path, limits: Limits) -> OpenPdf:
    """Open ``path`` for placing its pages. Raises Unplaced."""
    try:
        pdf = pikepdf.open(path, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise Unplaced("encrypted") from error
    except Exception as error:
        raise Unplaced("damaged", details=repr(error)) from error
    try:
        return _examine(pdf, path, limits)
    except Unplaced:
        pdf.close()
        raise
    except Exception as error:
        pdf.close()
        raise Unplaced("damaged", details=repr(error)) from error


def _examine(pdf: pikepdf.Pdf, path: Path, limits: Limits) -> OpenPdf:
    count = len(pdf.pages)
    if not count:
        raise Unplaced("no_pages")
    if count > limits.pages:
        raise Unplaced("too_many_pages", found=count, limit=limits.pages)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form and pdf.Root.get("/NeedsRendering", False):
        raise Unplaced("dynamic_form")
    active = sorted(_active_content(pdf), key=["scripts", "attachments", "actions"].index)
    for page in pdf.pages:
        _bound_content(page, limits.content)
    repaired = bool(pdf.get_warnings())
    if repaired:
        _prove_whole(pdf, path)
    # Seals and form entries are annotations; they become part of the page, everything else stays behind.
    pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")
    return OpenPdf(pdf, [_size(page) for page in pdf.pages], repaired, active)


def _size(page: pikepdf.Page) -> tuple[float, float]:
    """Width and height as the page is seen, turned and scaled by its own settings."""
    box = [float(number) for number in page.trimbox]
    unit = float(page.obj.get("/UserUnit", 1))
    width, height = abs(box[2] - box[0]) * unit, abs(box[3] - box[1]) * unit
    if not (LEAST_SIDE < width < MOST_SIDE and LEAST_SIDE < height < MOST_SIDE):
        raise Unplaced("damaged", details=f"page box {box}")
    return (height, width) if int(page.rotation or 0) % 180 else (width, height)


def _prove_whole(pdf: pikepdf.Pdf, path: Path) -> None:
    """A file that had to be repaired must end properly and every page must show. Raises Unplaced."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL))
        ends = b"%%EOF" in file.read()
    if not ends or any("/Contents" not in page.obj for page in pdf.pages):
        raise Unplaced("damaged", details="cut off")
    with PDFIUM, pypdfium2.PdfDocument(path) as document:
        if len(document) != len(pdf.pages):
            raise Unplaced("damaged", details=f"{len(document)} of {len(pdf.pages)} pages")
        for page in document:
            page.render(scale=0.1)


def _streams(contents: pikepdf.Object | None) -> Iterator[pikepdf.Object]:
    if isinstance(contents, pikepdf.Array):
        for item in contents:
            yield from _streams(item)
    elif isinstance(contents, pikepdf.Stream):
        yield contents


def _bound_content(page: pikepdf.Page, limit: int) -> None:
    """Refuse a page whose instructions unpack to more than ``limit`` bytes, without unpacking them all."""
    total = 0
    for stream in _streams(page.obj.get("/Contents")):
        filters = stream.get("/Filter")
        names = list(filters) if isinstance(filters, pikepdf.Array) else [] if filters is None else [filters]
        raw = stream.read_raw_bytes()
        for name in names:
            if name not in {"/FlateDecode", "/Fl"}:
                # The other filters cannot swell beyond what the file's own size allows.
                break
            raw = zlib.decompressobj().decompress(raw, limit + 1)
        total += len(raw)
        if total > limit:
            raise Unplaced("too_much_content")


def _active_content(pdf: pikepdf.Pdf) -> set[str]:
    """Which kinds of active content the file has."""
    found: set[str] = set()
    root = pdf.Root
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        found |= {"scripts"} if "/JavaScript" in names else set()
        found |= {"attachments"} if "/EmbeddedFiles" in names else set()
    found |= _action(root.get("/OpenAction"))
    found |= {"actions"} if "/AA" in root else set()
    for page in pdf.pages:
        found |= {"actions"} if "/AA" in page.obj else set()
        for note in page.obj.get("/Annots", ()):
            if isinstance(note, pikepdf.Dictionary):
                found |= {"attachments"} if note.get("/Subtype") == "/FileAttachment" else set()
                found |= {"actions"} if "/AA" in note else set()
                found |= _action(note.get("/A"))
    return found


def _action(action: pikepdf.Object | None) -> set[str]:
    """What kind of active content an action is; going to a page or address is none."""
    if not isinstance(action, pikepdf.Dictionary):
        return set()
    kind = action.get("/S")
    if kind == "/JavaScript":
        return {"scripts"}
    return set() if kind in {"/GoTo", "/URI", "/Named"} else {"actions"}
