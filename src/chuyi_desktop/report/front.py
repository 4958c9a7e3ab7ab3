"""The parts before the body: cover, 填写说明, 诚信承诺书, 目录."""

from collections.abc import Iterable

from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.programme import DossierPart
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.blocks import Contents, Cover, Paragraph, Part, Signature
from chuyi_desktop.report.material import Material, texts

_AUTHORITY = {"report.cover.authority": "supervising_authority"}
_CONTACT = {
    "report.cover.contact": "contact_person",
    "report.cover.phone": "contact_phone",
    "report.cover.email": "email",
}
_LEADER, _APPLICANT = "project_leader", "person_name"
BY_HAND = frozenset({*_AUTHORITY.values(), *_CONTACT.values(), _LEADER})
"""What a dossier need not have filled in: the cover leaves a line to write it on by hand."""


def cover(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """The cover. Settings: ``fields`` (ids of indicators this programme's cover has besides: 专业群名称),
    ``closing``, ``seals`` (lists of lines)."""
    made = show(material.made)
    fields = (
        (say("report.cover.programme"), material.programme.name),
        (say("report.cover.year"), say("report.cover.year_value", {"year": material.assessment.year})),
        *_own_fields(material, part),
        (say("report.cover.school"), material.school),
        *((say(label), material.known(indicator)) for label, indicator in _well_known(material).items()),
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


def _own_fields(material: Material, part: DossierPart) -> Iterable[tuple[str, str]]:
    for name in texts(part, "fields") or ():
        indicator = material.found(part, material.programme.indicators, name)
        yield indicator.name, material.known(name)


def _well_known(material: Material) -> dict[str, str]:
    """The indicators on every cover, by their labels."""
    leader = {"report.cover.leader": _LEADER}
    if _is_of_a_person(material):
        leader = {"report.cover.applicant": _APPLICANT}
    return _AUTHORITY | leader | _CONTACT


def _is_of_a_person(material: Material) -> bool:
    """Whether a person hands it in, or a team by its head: the programme asks for them and no 项目负责人."""
    asked = material.programme.indicators
    return _APPLICANT in asked and _LEADER not in asked


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
            say("report.commitment.applicant" if _is_of_a_person(material) else "report.commitment.leader"),
            say("report.date_line"),
        ),
    )
    title = part.title or say("report.commitment.title")
    return (Part(title, (*(Paragraph(line) for line in lines), signature)),)


def contents(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """目录."""
    del material
    return (Part(part.title or say("report.contents.title"), (Contents(),)),)
