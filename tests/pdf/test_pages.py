"""Pages of a printed file for the screen."""

from pathlib import Path

import pytest

from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.pdf.pages import PdfPages
from tests.pdf.makers import pdf_file


def test_pages_are_counted_and_shown_as_wide_as_wanted(tmp_path: Path) -> None:
    source = pdf_file(tmp_path / "a.pdf", ((600, 800), (800, 600)))
    pages = PdfPages()
    assert pages.page_count(source) == 2
    image = pages.page(source, 0, 300)
    assert (image.width, image.height) == (300, 400)
    assert len(image.pixels) == 300 * 400 * 3
    assert image.pixels[:3] == b"\xff\x00\x00"
    assert image.pixels[-300 * 3 : -300 * 3 + 3] == b"\x00\x00\x00"
    assert pages.page(source, 1, 400).height == 300


def test_a_page_there_is_not_and_files_that_are_no_pdf_are_refused(tmp_path: Path) -> None:
    source = pdf_file(tmp_path / "a.pdf")
    with pytest.raises(InputError, match="没有第 2 页"):
        PdfPages().page(source, 1, 100)
    (tmp_path / "b.pdf").write_text("no")
    for path in (tmp_path / "b.pdf", tmp_path / "none.pdf"):
        with pytest.raises(InputError, match="不是可以打开的 PDF"):
            PdfPages().page_count(path)


def test_a_huge_page_is_not_made_bigger_than_the_screen_needs(tmp_path: Path) -> None:
    source = pdf_file(tmp_path / "a.pdf", ((100, 14000),))
    image = PdfPages().page(source, 0, 2000)
    assert image.width * image.height <= 41_000_000
