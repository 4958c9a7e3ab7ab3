"""One renderer for all tests of the room: reading the faces takes most of a small print."""

from pathlib import Path

import pytest

from chuyi_desktop.app.ports import PrintedDossier, silent
from chuyi_desktop.pdf.faces import Faces
from chuyi_desktop.pdf.renderer import PdfRenderer
from chuyi_desktop.pdf.typesetter import Typesetter
from tests.pdf.makers import FONTS, finder, pdf_file, picture_file, piece, whole


@pytest.fixture(scope="session")
def renderer() -> PdfRenderer:
    """The real renderer."""
    return PdfRenderer(FONTS)


@pytest.fixture(scope="session")
def faces() -> Faces:
    """The real faces."""
    return Faces(FONTS)


@pytest.fixture
def typesetter(faces: Faces) -> Typesetter:
    """A typesetter that has met no text yet."""
    return Typesetter(faces)


@pytest.fixture(scope="session")
def printed(renderer: PdfRenderer, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PrintedDossier]:
    """A whole draft with two pieces of evidence."""
    folder = tmp_path_factory.mktemp("whole")
    pieces = (piece("1-1", "批复.pdf", "专业设置", "产教融合"), piece("2-1", "实训车间.jpg", "实训条件"))
    find = finder(
        n1_1=pdf_file(folder / "a.pdf", ((595, 842), (842, 595))),
        n2_1=picture_file(folder / "b.jpg", (800, 600)),
    )
    target = folder / "dossier.pdf"
    return target, renderer.render(whole(pieces, "草稿"), find, target, silent)
