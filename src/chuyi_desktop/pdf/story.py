"""The dossier's tree to things that flow: one run, with the pages known from the run before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.platypus import Flowable, NextPageTemplate
from reportlab.platypus import PageBreak as SheetBreak

from chuyi_desktop.domain.wording import say
from chuyi_desktop.pdf.contents import LONG, ContentsLine
from chuyi_desktop.pdf.cover import CoverBlock
from chuyi_desktop.pdf.evidence import EvidenceSet
from chuyi_desktop.pdf.evidence_leaf import EvidenceLeaf, PlacementLog
from chuyi_desktop.pdf.flowing import Anchor, AnchorLog, Block, PageOf, Room, TextBlock
from chuyi_desktop.pdf.sheet import Kind
from chuyi_desktop.pdf.signing import OpinionBlock, SignatureBlock, opinion_height
from chuyi_desktop.pdf.styles import (
    HEADINGS,
    NUMBERED_PART_TITLE,
    PARAGRAPHS,
    PART_TITLE,
    TABLE_TITLE,
    Style,
)
from chuyi_desktop.pdf.tables import data_table, form_table
from chuyi_desktop.pdf.typesetter import Typesetter
from chuyi_desktop.report import blocks as tree

_NUMBERED = re.compile(r"^[〇一二三四五六七八九十百]+、")
SECTION_LEVEL = 2


@dataclass(slots=True)
class Run:
    """One run over the whole dossier: what it knows and what it learns."""

    typesetter: Typesetter
    dossier: tree.Dossier
    evidence: EvidenceSet
    known: PageOf
    anchors: AnchorLog = field(default_factory=AnchorLog)
    placements: PlacementLog = field(default_factory=PlacementLog)


def _is_note(block: tree.Block) -> bool:
    return isinstance(block, tree.Paragraph) and block.style is tree.TextStyle.NOTE


def first_kind(dossier: tree.Dossier) -> Kind:
    """The kind of the first sheet."""
    for part in dossier.parts:
        if not part.title and part.blocks and isinstance(part.blocks[0], tree.Cover):
            return Kind.COVER
        return _text_kind(part)
    return Kind.TEXT


def _text_kind(part: tree.Part) -> Kind:
    return Kind.WIDE if part.wide else Kind.TEXT


def compose_story(run: Run) -> list[Flowable]:
    """Everything that flows, in order."""
    return _Composer(run).story()


class _Composer:
    """Walks the tree. ``_fresh``: nothing stands on the present sheet yet; ``_full``: nothing more may."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._setter = run.typesetter
        self._story: list[Flowable] = []
        self._kind = first_kind(run.dossier)
        self._fresh, self._full = True, False
        self._opinion_height = 0.0
        self._evidence_anchor: Anchor | None = None

    def story(self) -> list[Flowable]:
        for number, part in enumerate(self._run.dossier.parts):
            self._part(f"part-{number}", part)
        # A dossier has at least one sheet.
        return self._story or [self._text("", PARAGRAPHS[tree.TextStyle.BODY])]

    def _part(self, key: str, part: tree.Part) -> None:
        kind = _text_kind(part)
        self._full = not self._fresh
        if part.title and self._run.evidence.pieces and part.blocks[:1] == (tree.EvidencePages(),):
            # Evidence has whole sheets of its own; its title needs none, only a place in the contents.
            self._evidence_anchor = Anchor(key, part.title, 0)
        elif part.title:
            style = NUMBERED_PART_TITLE if _NUMBERED.match(part.title) else PART_TITLE
            self._add(kind, self._text(part.title, style, Anchor(key, part.title, 0)))
        opinions = [block for block in part.blocks if isinstance(block, tree.Signature) and block.opinion]
        self._opinion_height = opinion_height(opinions, kind.box[1])
        for index, block in enumerate(part.blocks):
            self._block(block, part.blocks[index + 1 : index + 3], f"{key}-{index}", kind)

    def _sheet(self, kind: Kind) -> None:
        """Make the present sheet a usable one of ``kind``."""
        if kind is self._kind and not self._full:
            return
        if self._fresh and self._story:
            del self._story[-2:]
        self._story += [NextPageTemplate(kind.value), SheetBreak()]
        self._kind, self._fresh, self._full = kind, True, False

    def _add(self, kind: Kind, *flowables: Flowable) -> None:
        if flowables:
            self._sheet(kind)
            self._story += flowables
            self._fresh = False

    def _block(self, block: tree.Block, following: Sequence[tree.Block], key: str, kind: Kind) -> None:
        match block:
            case tree.PageBreak():
                self._full = not self._fresh
            case tree.Cover():
                self._full = self._full or not self._fresh
                self._add(Kind.COVER, CoverBlock(self._setter, block))
                self._full = True
            case tree.EvidencePages():
                self._leaves()
            case tree.Heading():
                self._add(kind, *self._heading(block, following, key, kind))
            case _:
                self._add(kind, *self._flowing(block, kind))

    def _heading(
        self, block: tree.Heading, following: Sequence[tree.Block], key: str, kind: Kind
    ) -> tuple[Flowable, ...]:
        section = block.level <= SECTION_LEVEL
        style = HEADINGS[2 if section else 3]
        heading = self._text(block.text, style, Anchor(key, block.text, 1) if section else None)
        width, height = kind.box
        needed = style.before + heading.wrap(width, height)[1] + style.after
        for after in following:
            if not _is_note(after):
                needed += self._opening(after, kind)
                break
            # A note before a table says how to read it.
            for each in self._flowing(after, kind):
                needed += each.getSpaceBefore() + each.wrap(width, height)[1] + each.getSpaceAfter()
        return Room(min(needed, height * 0.6)), heading

    def _opening(self, block: tree.Block, kind: Kind) -> float:
        """How much of ``block`` must stand under the heading before it."""
        if isinstance(block, tree.Heading):
            style = HEADINGS[2 if block.level <= SECTION_LEVEL else 3]
            return 3 * style.leading
        flowing = self._flowing(block, kind)
        if not flowing:
            return 0
        first = flowing[0]
        if isinstance(first, Room):
            return first.needed
        return float(first.getSpaceBefore()) + first.opening_height(kind.box[0])

    def _text(self, text: str, style: Style, anchor: Anchor | None = None) -> TextBlock:
        marked = (anchor, self._run.anchors) if anchor else None
        return TextBlock(self._setter, text, style, anchor=marked)

    def _flowing(self, block: tree.Block, kind: Kind) -> list[Block]:
        """The flowables of a block that flows on a sheet of text."""
        match block:
            case tree.Paragraph():
                style = PARAGRAPHS[block.style]
                return [self._text(text, style) for text in block.text.split("\n") if text.strip()]
            case tree.Form():
                return [form_table(self._setter, block)]
            case tree.DataTable():
                return self._table(block, kind)
            case tree.Signature():
                if block.opinion:
                    return [OpinionBlock(self._setter, block, self._opinion_height)]
                return [SignatureBlock(self._setter, block)]
            case tree.Contents():
                return self._contents()
            case tree.EvidenceList():
                return self._table(self._evidence_list(), kind)
            case _:
                return []

    def _table(self, table: tree.DataTable, kind: Kind) -> list[Block]:
        width, height = kind.box
        grid = data_table(self._setter, table, width, wide=kind is Kind.WIDE)
        if not table.title:
            return [grid]
        title = self._text(table.title, TABLE_TITLE)
        needed = TABLE_TITLE.before + title.wrap(width, height)[1] + 8 + grid.opening_height(width)
        return [Room(min(needed, height * 0.6)), title, grid]

    def _contents(self) -> list[Block]:
        anchors: list[Anchor] = []
        for number, part in enumerate(self._run.dossier.parts):
            if part.title and not any(isinstance(block, tree.Contents) for block in part.blocks):
                anchors.append(Anchor(f"part-{number}", part.title, 0))
            anchors += [
                Anchor(f"part-{number}-{index}", block.text, 1)
                for index, block in enumerate(part.blocks)
                if isinstance(block, tree.Heading) and block.level <= SECTION_LEVEL
            ]
        known, small = self._run.known, len(anchors) > LONG
        return [ContentsLine(self._setter, anchor, known.get(anchor.key), small=small) for anchor in anchors]

    def _evidence_list(self) -> tree.DataTable:
        columns = (
            tree.TableColumn(say("pdf.evidence.number"), 9, tree.Align.CENTER),
            tree.TableColumn(say("pdf.evidence.name"), 32),
            tree.TableColumn(say("pdf.evidence.proves"), 32),
            tree.TableColumn(say("pdf.evidence.pages"), 8, tree.Align.CENTER),
            tree.TableColumn(say("pdf.evidence.first_page"), 10, tree.Align.CENTER),
        )
        rows = tuple(
            (
                piece.piece.number,
                piece.piece.name,
                "\n".join(piece.piece.proves),
                str(piece.pages),
                str(self._run.known.get(piece.anchor, "")),
            )
            for piece in self._run.evidence.pieces
        )
        return tree.DataTable(columns, rows, empty=say("pdf.evidence.none"))

    def _leaves(self) -> None:
        for piece in self._run.evidence.pieces:
            for index in range(piece.pages):
                leaf = EvidenceLeaf(self._setter, piece, index, self._run.anchors, self._run.placements)
                leaf.opens, self._evidence_anchor = self._evidence_anchor, None
                self._full = not self._fresh
                self._add(leaf.kind, leaf)
                self._full = True
