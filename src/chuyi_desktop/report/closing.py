"""The parts after the body: opinions of the authorities, the list of evidence, the evidence."""

from chuyi_desktop.domain.programme import Attested, DossierPart
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.blocks import (
    Block,
    EvidenceList,
    EvidencePages,
    Paragraph,
    Part,
    Signature,
    TextStyle,
)
from chuyi_desktop.report.material import Material, joined, texts


def opinions(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """A place for every level's opinion, signature, seal and date. Settings: ``levels`` (names)."""
    del material
    levels = texts(part, "levels") or tuple(say("report.opinions.levels").split("\n"))
    lines = (say("report.opinions.head"), say("report.opinions.seal"), say("report.date_line"))
    blocks = tuple(Signature(level, lines, opinion=True) for level in levels)
    return (Part(part.title or say("report.opinions.title"), blocks),)


def evidence_list(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """佐证材料目录, and which declarations stand without proof."""
    blocks: list[Block] = [
        EvidenceList()
        if material.evidence.pieces
        else Paragraph(say("report.evidence.none"), TextStyle.PLAIN)
    ]
    unproved = joined(*_unproved(material))
    if unproved:
        blocks.append(Paragraph(say("report.evidence.unproved", {"titles": unproved}), TextStyle.NOTE))
    return (Part(part.title or say("report.evidence_list.title"), tuple(blocks)),)


def evidence(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """The evidence itself; no part where there is none."""
    if not material.evidence.pieces:
        return ()
    return (Part(part.title or say("report.evidence.title"), (EvidencePages(),)),)


def _unproved(material: Material) -> tuple[str, ...]:
    """Statements the school made and levels it chose, without a file that proves them."""
    proved = material.evidence.numbers
    stated = [
        condition.title
        for condition in material.programme.conditions()
        if isinstance(condition.rule, Attested)
        and condition.id not in proved
        and (answer := material.assessment.attestation(condition.id)) is not None
        and answer.holds
    ]
    rated = [
        item.title
        for item in material.programme.scored_items()
        if item.id not in proved and material.assessment.rating(item.id) is not None
    ]
    return (*stated, *rated)
