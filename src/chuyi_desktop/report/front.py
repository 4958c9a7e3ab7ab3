"""The parts before the body: cover, 填写说明, 诚信承诺书, 目录."""

from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.programme import DossierPart
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.blocks import Contents, Cover, Paragraph, Part, Signature
from chuyi_desktop.report.material import Material, texts

COVER_INDICATORS = {
    "report.cover.authority": "supervising_authority",
    "report.cover.leader": "project_leader",
    "report.cover.contact": "contact_person",
    "report.cover.phone": "contact_phone",
    "report.cover.email": "email",
}
"""The well-known indicators on the cover, by their labels; 未填 ones leave a line to write on by hand."""


def cover(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """The cover. Settings: ``closing``, ``seals`` (lists of lines)."""
    made = show(material.made)
    fields = (
        (say("report.cover.programme"), material.programme.name),
        (say("report.cover.year"), say("report.cover.year_value", {"year": material.assessment.year})),
        (say("report.cover.school"), material.school),
        *((say(label), material.known(indicator)) for label, indicator in COVER_INDICATORS.items()),
        (say("report.cover.made"), made),
    )
    return (
        Part(
            "",
            (
                Cover(
                    material.programme.name,
                    part.title or say("report.cover.title"),
                    fields,
                    texts(part, "seals") or (),
                    texts(part, "closing") or (say("report.cover.closing"),),
                ),
            ),
        ),
    )


def notes(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """填写说明. Settings: ``lines``, the pack's own instead of the usual ones."""
    del material
    lines = texts(part, "lines") or tuple(say("report.notes.lines").split("\n"))
    numbered = (
        say("report.number.item", {"number": number, "title": line}) for number, line in enumerate(lines, 1)
    )
    return (Part(part.title or say("report.notes.title"), tuple(Paragraph(line) for line in numbered)),)


def commitment(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """诚信承诺书 with the places to sign and seal. Settings: ``lines``, the pack's own wording."""
    params = {
        "school": material.school or say("report.commitment.school"),
        "programme": material.programme.name,
    }
    lines = texts(part, "lines") or tuple(say("report.commitment.lines", params).split("\n"))
    signature = Signature(
        "",
        (
            say("report.commitment.seal"),
            say("report.commitment.head"),
            say("report.commitment.leader"),
            say("report.date_line"),
        ),
    )
    title = part.title or say("report.commitment.title")
    return (Part(title, (*(Paragraph(line) for line in lines), signature)),)


def contents(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """目录."""
    del material
    return (Part(part.title or say("report.contents.title"), (Contents(),)),)
