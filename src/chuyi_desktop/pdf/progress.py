"""How far a print is, as one scale over its stages."""

from chuyi_desktop.app.ports import Progress
from chuyi_desktop.domain.wording import say
from chuyi_desktop.pdf.flowing import PageOf
from chuyi_desktop.report.blocks import EvidencePiece

TOTAL = 1000
_EXAMINED, _FIRST_RUN, _LAID, _PLACED = 250, 500, 750, 950


class Steps:
    """Turns stages and steps into done of total."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._code = "pdf.progress.evidence"
        self._from, self._to, self._count, self._at = 0, _EXAMINED, 1, 0
        self._pages = 0
        self.runs = 0
        """How many layout runs were begun."""

    def examining(self, pieces: int) -> None:
        """The evidence is about to be examined."""
        self._stage("pdf.progress.evidence", 0, _EXAMINED, pieces)

    def placing(self, pieces: int) -> None:
        """The evidence is about to be placed."""
        self._stage("pdf.progress.placing", _LAID, _PLACED, pieces)
        self._progress(_LAID, TOTAL, say("pdf.progress.writing"))

    def _stage(self, code: str, start: int, end: int, count: int) -> None:
        self._code, self._from, self._to, self._count, self._at = code, start, end, max(count, 1), 0

    def piece(self, piece: EvidencePiece) -> None:
        """A piece is taken in hand."""
        done = self._from + (self._to - self._from) * self._at // self._count
        self._at += 1
        self._progress(done, TOTAL, say(self._code, {"number": piece.number}))

    def laying(self, known: PageOf) -> None:
        """A layout run begins; the pages known from the one before say how long it is."""
        self.runs += 1
        self._pages = max(known.values(), default=0)
        self._progress(_EXAMINED if self.runs == 1 else _FIRST_RUN, TOTAL, say("pdf.progress.layout"))

    def page(self, number: int) -> None:
        """A page is laid out."""
        if self.runs == 1:
            # How many there will be is not known yet: the step per page becomes ever smaller.
            done = _FIRST_RUN - (_FIRST_RUN - _EXAMINED) * 20 // (20 + number)
        else:
            done = _FIRST_RUN + (_LAID - _FIRST_RUN) * min(number, self._pages) // max(self._pages, 1)
        self._progress(done, TOTAL, say("pdf.progress.page", {"page": number}))

    def done(self) -> None:
        """Everything is written."""
        self._progress(TOTAL, TOTAL, say("pdf.progress.writing"))
