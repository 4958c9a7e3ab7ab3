"""How much of a piece of evidence is taken, and why one is not."""

from dataclasses import dataclass

from chuyi_desktop.domain.wording import say


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds against decompression bombs and mistakes."""

    megabytes: int = 300
    pages: int = 500
    pages_in_all: int = 3000
    pixels: int = 120_000_000
    content: int = 64_000_000
    """Bytes of drawing instructions on one page."""


class Unplaced(Exception):  # noqa: N818  (an outcome, caught in this room, not an error for the user)
    """A piece cannot be put on pages; the sentence says why."""

    def __init__(self, why: str, /, *, details: str = "", **params: object) -> None:
        super().__init__(why)
        self.why = why
        self.reason = say(f"pdf.why.{why}", params)
        self.details = details
