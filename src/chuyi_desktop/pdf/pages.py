"""Pages of a printed file as pixels, for the screen."""

import threading
from pathlib import Path

import pypdfium2

from chuyi_desktop.app.ports import PageImage
from chuyi_desktop.domain.errors import InputError

PDFIUM = threading.RLock()
"""pdfium may be used by one thread at a time."""

MOST_PIXELS = 40_000_000


class PdfPages:
    """Shows pages of a PDF."""

    def page_count(self, source: Path) -> int:
        """How many pages ``source`` has. Raises InputError for what is no readable PDF."""
        with PDFIUM, _opened(source) as document:
            return len(document)

    def page(self, source: Path, number: int, width: int) -> PageImage:
        """Page ``number`` (from 0), ``width`` pixels wide. Raises InputError for a page there is not."""
        with PDFIUM, _opened(source) as document:
            count = len(document)
            if not 0 <= number < count:
                raise InputError("pdf.no_such_page", number=number + 1, count=count)
            page = document[number]
            across, down = page.get_size()
            scale = max(width, 1) / across
            scale = min(scale, (MOST_PIXELS / (across * down)) ** 0.5)
            image = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_pil().convert("RGB")
            return PageImage(image.width, image.height, image.tobytes())


def _opened(source: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise InputError("pdf.unreadable", path=source, details=str(error)) from error
