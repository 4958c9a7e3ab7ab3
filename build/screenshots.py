"""The pictures of the README: the window on the sample school, the gap to a tier, two pages of its dossier.
Run by ``make screenshots``; writes docs/images/."""

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from chuyi_desktop import locations
from chuyi_desktop.app.demo import demonstrate
from chuyi_desktop.app.ports import PageImage
from chuyi_desktop.app.program import Program
from chuyi_desktop.bootstrap import build_program
from chuyi_desktop.ui.application import prepare
from chuyi_desktop.ui.main_window import MainWindow
from chuyi_desktop.ui.place_list import Place, PlaceKind

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZE = (1366, 768)
SECTION = "staff"
PROGRAMME = "quality-secondary-school"
PAGE_WIDTH = 620
GAP = 24
VERDICT_WORDS = "自评结论"


def picture_window(application: QApplication, program: Program, workspace: Path) -> None:
    """The window as a clerk sees it, one rule unfolded."""
    window = MainWindow(program)
    window.resize(*SIZE)
    window.show()
    window.open_folder(workspace)
    window.places.go(Place(PlaceKind.SECTION, SECTION))
    tree = window.verdict.tree
    unmet = next(
        rule
        for rule in window.desk.session.verdict.conditions
        if rule.outcome == "unmet" and rule.gap is not None
    )
    item = tree.named(f"rule:{unmet.programme_id}:{unmet.id}")
    if item is not None:
        window.verdict.view.expand(item.index())
    grid = window.pages.indicators.view
    grid.setCurrentIndex(grid.grid.index(1, 1))
    window.statusBar().clearMessage()
    for _ in range(5):
        application.processEvents()
    window.grab().save(str(IMAGES / "window.png"))
    window.close()


def picture_advice(application: QApplication, program: Program, workspace: Path) -> None:
    """What stands between the school and a tier, worked out."""
    window = MainWindow(program)
    window.resize(*SIZE)
    window.show()
    window.open_folder(workspace)
    window.places.go(Place(PlaceKind.ADVICE))
    application.processEvents()
    while window.jobs.running is not None:
        application.processEvents()
    window.statusBar().clearMessage()
    for _ in range(5):
        application.processEvents()
    window.grab().save(str(IMAGES / "advice.png"))
    window.close()


def picture_dossier(program: Program, dossier: Path, pages: tuple[int, int]) -> None:
    """Two pages side by side."""
    images = [_image(program.pages.page(dossier, number, PAGE_WIDTH)) for number in pages]
    height = max(image.height() for image in images)
    sheet = QImage(PAGE_WIDTH * 2 + GAP * 3, height + GAP * 2, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#c9ccd1"))
    painter = QPainter(sheet)
    for at, image in enumerate(images):
        painter.drawImage(GAP + at * (PAGE_WIDTH + GAP), GAP, image)
    painter.end()
    sheet.save(str(IMAGES / "dossier.png"))


def _image(page: PageImage) -> QImage:
    return QImage(page.pixels, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888).copy()


def verdict_page(dossier: Path) -> int:
    """The page (from 0) on which the part 自评结论 begins, by the file's own bookmarks."""
    import pikepdf  # noqa: PLC0415  # only this recipe looks into the file

    with pikepdf.open(dossier) as pdf, pdf.open_outline() as outline:
        for entry in outline.root:
            if VERDICT_WORDS in entry.title and isinstance(entry.destination, pikepdf.Array):
                target = entry.destination[0]
                return next(at for at, page in enumerate(pdf.pages) if page.objgen == target.objgen)
    return 1


def main() -> int:
    """Make both pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    application = prepare(locations.resources_folder())
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    program = replace(build_program(), who="王老师")
    with tempfile.TemporaryDirectory(prefix="chuyi-", ignore_cleanup_errors=True) as folder:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        out = Path(folder) / "demo"
        dossier = None
        for way in demonstrate(program, out):
            if way.session.programme.id == PROGRAMME:
                dossier = way.dossier
        if dossier is not None:
            picture_dossier(program, dossier, (0, verdict_page(dossier)))
        picture_window(application, program, out / "workspace")
        picture_advice(application, program, out / "workspace")
    return 0


if __name__ == "__main__":
    sys.exit(main())
