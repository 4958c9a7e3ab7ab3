"""The renderer-neutral tree of a dossier: what stands where, without fonts, points or pages.

All text is final: composed, worded and formatted. A renderer only sets it; it computes nothing but page
numbers.
"""

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """How text stands in its column."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    DECIMAL = "decimal"
    """Numbers under each other on the decimal point."""


class TextStyle(StrEnum):
    """What a paragraph is for."""

    BODY = "body"
    """Running text, first line indented by two characters."""
    PLAIN = "plain"
    """Running text without indent."""
    CENTERED = "centered"
    STRONG = "strong"
    """The conclusion of a part."""
    NOTE = "note"
    """Small print: sources, hints, the honesty sentence."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a part: level 2 （一）, level 3 1. Level 1 is the part's own title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text; a newline begins another paragraph of the same style."""

    text: str
    style: TextStyle = TextStyle.BODY


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a form, ``span`` columns wide; a label is printed heavier."""

    text: str
    span: int = 1
    label: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Form:
    """A label/value grid as in official forms. ``widths`` are relative; the spans of a row sum to them."""

    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a data table; ``width`` is relative."""

    title: str
    width: int
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class DataTable:
    """Rows under a head that is repeated on every page. ``total`` is a last row set apart; ``empty`` is
    printed across the table where there are no rows."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    total: tuple[str, ...] | None = None
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign, seal and date, never split over pages. ``opinion`` gives room to write above it."""

    title: str
    lines: tuple[str, ...]
    opinion: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover: what it is, who hands it in, and where they sign and seal."""

    programme: str
    title: str
    fields: tuple[tuple[str, str], ...]
    """Label and value, one a line, the value on a rule; empty values leave the rule to be filled by hand."""
    seals: tuple[str, ...]
    closing: tuple[str, ...]
    """The last lines: who issued the form, when it was filled in."""


@dataclass(frozen=True, slots=True)
class Contents:
    """目录: parts and level-2 headings with their pages."""


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """佐证材料目录: every piece with what it proves and the page where it begins."""


@dataclass(frozen=True, slots=True)
class EvidencePages:
    """The evidence itself, piece by piece, each page stamped with number and page."""


Block = (
    Heading
    | Paragraph
    | Form
    | DataTable
    | Signature
    | PageBreak
    | Cover
    | Contents
    | EvidenceList
    | EvidencePages
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the dossier, beginning on a new page. An empty title is printed nowhere and not in the
    contents; ``wide`` turns the paper for broad rosters."""

    title: str
    blocks: tuple[Block, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class EvidencePiece:
    """One piece of evidence: ``number`` as printed on its pages, the titles it ``proves``."""

    number: str
    name: str
    proves: tuple[str, ...]
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier, ready to be put on paper.

    ``identity`` names the exact input (assessment, pack hash) for the file's metadata; ``made`` is the
    ISO date it states; a ``watermark`` stands behind every page of a draft; ``footer`` is the honesty
    sentence under pages that show the self-assessment.
    """

    title: str
    school: str
    identity: str
    made: str
    parts: tuple[Part, ...]
    evidence: tuple[EvidencePiece, ...] = ()
    watermark: str = ""
    footer: str = ""
