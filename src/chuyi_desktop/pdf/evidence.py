"""The evidence of a dossier: examined before the layout, so that every page of it is counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from chuyi_desktop.domain.errors import ChuyiError
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.wording import say
from chuyi_desktop.pdf.evidence_image import Picture, read_pictures
from chuyi_desktop.pdf.evidence_limits import Limits, Unplaced
from chuyi_desktop.pdf.evidence_pdf import OpenPdf, open_pdf
from chuyi_desktop.pdf.sheet import EVIDENCE_HEIGHT, EVIDENCE_WIDTH
from chuyi_desktop.report.blocks import EvidencePiece

HEAD = 1024
_PICTURE_MARKS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"BM")


@dataclass(slots=True)
class Piece:
    """A piece of evidence as examined: an opened PDF, pictures, or why it is not placed."""

    piece: EvidencePiece
    source: OpenPdf | tuple[Picture, ...] | None = None
    reason: str = ""

    @property
    def anchor(self) -> str:
        """Its key among the anchors."""
        return f"evidence-{self.piece.number}"

    @property
    def sizes(self) -> list[tuple[float, float]]:
        """The size of every page; a piece that is not placed has one page that says so."""
        if isinstance(self.source, OpenPdf):
            return self.source.sizes
        if self.source is not None:
            return [(picture.width, picture.height) for picture in self.source]
        return [(EVIDENCE_WIDTH, EVIDENCE_HEIGHT)]

    @property
    def pages(self) -> int:
        """How many pages of it are in the dossier."""
        return len(self.sizes)


@dataclass(slots=True)
class EvidenceSet:
    """All pieces in order, and what could not be taken as it is."""

    pieces: list[Piece] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def close(self) -> None:
        """Let go of the files."""
        for piece in self.pieces:
            if isinstance(piece.source, OpenPdf):
                piece.source.pdf.close()


def examine(
    pieces: Sequence[EvidencePiece],
    find: Callable[[str], Path],
    limits: Limits,
    report: Callable[[EvidencePiece], None],
) -> EvidenceSet:
    """Open every piece; ``report`` is told of each before it is opened."""
    found = EvidenceSet()
    try:
        for piece in pieces:
            report(piece)
            _take(found, piece, find, limits)
    except BaseException:
        found.close()
        raise
    return found


def _take(found: EvidenceSet, piece: EvidencePiece, find: Callable[[str], Path], limits: Limits) -> None:
    examined = Piece(piece)
    try:
        source = _open(piece, find, limits)
        count = len(source.sizes) if isinstance(source, OpenPdf) else len(source)
        if sum(one.pages for one in found.pieces) + count > limits.pages_in_all:
            if isinstance(source, OpenPdf):
                source.pdf.close()
            raise Unplaced("too_many_pages_in_all", limit=limits.pages_in_all)
        examined.source = source
        found.problems += _remarks(piece, source)
    except Unplaced as unplaced:
        examined.reason = unplaced.reason
        found.problems.append(_problem("not_placed", Severity.WARNING, piece, reason=unplaced.reason))
    found.pieces.append(examined)


def _open(piece: EvidencePiece, find: Callable[[str], Path], limits: Limits) -> OpenPdf | tuple[Picture, ...]:
    try:
        path = find(piece.sha256)
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD)
    except (OSError, KeyError, ChuyiError) as error:
        raise Unplaced("lost", details=repr(error)) from error
    if not size:
        raise Unplaced("empty")
    if size > limits.megabytes * 1_000_000:
        raise Unplaced("too_large", limit=limits.megabytes)
    if b"%PDF-" in head:
        return open_pdf(path, limits)
    if head.startswith(_PICTURE_MARKS):
        return read_pictures(path, limits, (EVIDENCE_WIDTH, EVIDENCE_HEIGHT))
    raise Unplaced("damaged" if piece.media_type == "application/pdf" else "not_printable")


def _remarks(piece: EvidencePiece, source: OpenPdf | tuple[Picture, ...]) -> list[Problem]:
    remarks: list[Problem] = []
    if isinstance(source, OpenPdf):
        if source.repaired:
            remarks.append(_problem("repaired", Severity.WARNING, piece))
        if source.active:
            kinds = say("pdf.active.joined").join(say(f"pdf.active.{kind}") for kind in source.active)
            remarks.append(_problem("active", Severity.NOTE, piece, found=kinds))
    return remarks


def _problem(code: str, severity: Severity, piece: EvidencePiece, **params: object) -> Problem:
    words = {"number": piece.number, "name": piece.name, **params}
    return Problem(f"pdf.problem.{code}", severity, Place(file=piece.name), words)
