"""Prints a dossier: evidence examined, laid out until the page numbers are true, finished, put in place."""

import errno
import os
import tempfile
import threading
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from reportlab.platypus import BaseDocTemplate

from chuyi_desktop.app.ports import PrintedDossier, Progress
from chuyi_desktop.domain.errors import OutputError
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.wording import say
from chuyi_desktop.pdf.evidence import EvidenceSet, examine
from chuyi_desktop.pdf.evidence_limits import Limits
from chuyi_desktop.pdf.faces import Face, Faces
from chuyi_desktop.pdf.finishing import finish
from chuyi_desktop.pdf.flowing import PageOf
from chuyi_desktop.pdf.progress import Steps
from chuyi_desktop.pdf.sheet import Furniture, Kind, SheetTemplate
from chuyi_desktop.pdf.story import Run, compose_story, first_kind
from chuyi_desktop.pdf.typesetter import Typesetter
from chuyi_desktop.pdf.watermark import Watermark
from chuyi_desktop.report.blocks import Dossier

ENDING = ".pdf"
MOST_RUNS = 5
CONTEXT = 20
"""Characters of the text quoted with a character that has no glyph."""

_REASONS = {
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.EISDIR: "is_folder",
}


class PdfRenderer:
    """Puts dossiers on paper with the faces of one folder."""

    def __init__(self, fonts_folder: Path, limits: Limits | None = None) -> None:
        self._folder = fonts_folder
        self._limits = limits or Limits()
        self._faces: Faces | None = None
        # reportlab's fonts serve one document at a time.
        self._lock = threading.Lock()
        pikepdf.settings.set_qpdf_limits(flate_max_memory=512_000_000, run_length_max_memory=512_000_000)

    def render(
        self, dossier: Dossier, evidence: Callable[[str], Path], target: Path, progress: Progress
    ) -> PrintedDossier:
        """Write ``target`` whole or not at all; ``evidence`` finds a stored file by its SHA-256."""
        if target.suffix.casefold() != ENDING and not target.is_dir():
            raise OutputError("pdf.wrong_ending", file=target.name)
        with self._lock:
            self._faces = self._faces or Faces(self._folder)
            typesetter = Typesetter(self._faces)
            steps = Steps(progress)
            steps.examining(len(dossier.evidence))
            found = examine(dossier.evidence, evidence, self._limits, steps.piece)
            try:
                laid, run = self._lay_out(dossier, found, typesetter, steps)
                steps.placing(len(found.pieces))
                pages = _in_place(
                    target,
                    lambda path: finish(
                        laid, dossier, run.placements.placements, path, lambda one: steps.piece(one.piece)
                    ),
                )
            finally:
                found.close()
            steps.done()
            return PrintedDossier(pages, (*found.problems, *_lost_characters(typesetter)))

    def _lay_out(
        self, dossier: Dossier, found: EvidenceSet, typesetter: Typesetter, steps: Steps
    ) -> tuple[bytes, Run]:
        """Lay out until every page number printed is where its anchor stands."""
        known: PageOf = {}
        while True:
            steps.laying(known)
            run = Run(typesetter, dossier, found, known)
            laid = self._run(run, steps)
            if run.anchors.pages == known or steps.runs >= MOST_RUNS:
                return laid, run
            known = run.anchors.pages

    def _run(self, run: Run, steps: Steps) -> bytes:
        dossier, faces = run.dossier, self._faces
        assert faces is not None  # noqa: S101  (loaded in render)
        mark = Watermark(dossier.watermark, faces.path(Face.HEI)) if dossier.watermark else None
        furniture = Furniture(run.typesetter, mark, dossier.footer)
        written = BytesIO()
        document = _Document(written, steps)
        kinds = [first_kind(dossier), *Kind]
        document.addPageTemplates([SheetTemplate(kind, furniture) for kind in dict.fromkeys(kinds)])
        document.watermark = mark
        try:
            document.build(compose_story(run))
        except _InterruptedError:
            if document.interruption is not None:
                raise document.interruption from None
            raise
        return written.getvalue()


class _InterruptedError(Exception):
    """Carries an interruption through reportlab, which makes every exception anew from its text."""


class _Document(BaseDocTemplate):  # type: ignore[misc]  # reportlab carries no types
    """A document that tells of its pages and is the same to the byte every time."""

    def __init__(self, written: BytesIO, steps: Steps) -> None:
        super().__init__(
            written, invariant=1, pageCompression=1, initialFontName=Face.SONG, lang="zh-CN", allowSplitting=1
        )
        self._steps = steps
        self.watermark: Watermark | None = None
        self.interruption: Exception | None = None
        """What the progress raised to stop the print."""

    def _makeCanvas(self, *args: Any, **kwargs: Any) -> Any:  # noqa: N802, ANN401  (reportlab's name, no types)
        canvas = super()._makeCanvas(*args, **kwargs)
        if self.watermark is not None:
            self.watermark.define(canvas)
        return canvas

    def beforePage(self) -> None:  # noqa: N802  (reportlab's name)
        """Say which page is being laid out."""
        try:
            self._steps.page(self.page)
        except Exception as error:
            self.interruption = error
            raise _InterruptedError(str(error)) from error


def _lost_characters(typesetter: Typesetter) -> list[Problem]:
    problems = []
    for character, text in typesetter.lost.items():
        at = text.index(character)
        quoted = text[max(0, at - CONTEXT // 2) : at + CONTEXT // 2]
        words = {"character": character, "code_point": f"U+{ord(character):04X}", "text": quoted}
        problems.append(Problem("pdf.problem.lost_character", Severity.WARNING, Place(), words))
    return problems


def _in_place(target: Path, write: Callable[[Path], int]) -> int:
    """Write beside ``target``, then put it in its place in one step."""
    temporary: Path | None = None
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        handle, name = tempfile.mkstemp(prefix=f".{target.stem[:40]}-", suffix=".tmp", dir=target.parent)
        temporary = Path(name)
        os.close(handle)
        pages = write(temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(target)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, "other")
        words = {"found": error.strerror or str(error)} if reason == "other" else {}
        said = say(f"pdf.reason.{reason}", words)
        raise OutputError("pdf.not_written", path=target, reason=said, details=repr(error)) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    return pages
