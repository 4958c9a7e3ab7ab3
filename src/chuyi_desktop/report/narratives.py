"""文字材料: what the school wrote, held against the limits."""

from enum import StrEnum

from chuyi_desktop.domain.programme import DossierPart, Narrative
from chuyi_desktop.domain.text_length import length_as_word
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.blocks import Block, Paragraph, Part, TextStyle
from chuyi_desktop.report.material import Material, texts
from chuyi_desktop.report.numbering import section_heading


class Fault(StrEnum):
    """What is wrong with a narrative."""

    EMPTY = "empty"
    OVER = "over"
    UNDER = "under"


def fault(narrative: Narrative, text: str) -> Fault | None:
    """Whether a narrative is missing, too long or too short, as Word counts."""
    if not text.strip():
        return Fault.EMPTY
    length = length_as_word(text)
    if length > narrative.limit:
        return Fault.OVER
    return Fault.UNDER if length < narrative.minimum else None


def narratives(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """The texts, each under its heading. Settings: ``narratives`` (ids); else all."""
    title = part.title or say("report.narratives.title")
    chosen = _chosen(material, part)
    if not chosen:
        return (Part(title, (Paragraph(say("report.narratives.none")),)),)
    blocks: list[Block] = []
    for number, narrative in enumerate(chosen, 1):
        # A part with one text needs no second title under its own.
        if len(chosen) > 1 or (part.title and part.title != narrative.title):
            blocks.append(section_heading(number, narrative.title))
        blocks += _text(narrative, material.assessment.text(narrative.id))
    return (Part(title if len(chosen) > 1 or part.title else chosen[0].title, tuple(blocks)),)


def _chosen(material: Material, part: DossierPart) -> tuple[Narrative, ...]:
    wanted = texts(part, "narratives")
    if wanted is None or wanted == ("all",):
        return material.programme.narratives
    by_id = {narrative.id: narrative for narrative in material.programme.narratives}
    return tuple(material.found(part, by_id, name) for name in wanted)


def _text(narrative: Narrative, text: str) -> tuple[Paragraph, ...]:
    found = fault(narrative, text)
    if found is Fault.EMPTY:
        return (Paragraph(say("report.narratives.empty"), TextStyle.PLAIN),)
    lines = "\n".join(line.strip() for line in text.split("\n") if line.strip())
    if found is None:
        return (Paragraph(lines),)
    params = {"count": length_as_word(text), "limit": narrative.limit, "minimum": narrative.minimum}
    return (Paragraph(lines), Paragraph(say(f"report.narratives.{found}", params), TextStyle.NOTE))
