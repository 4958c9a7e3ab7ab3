"""A verdict as a dossier: the programme's plan carried out, part by part."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.errors import PackError
from chuyi_desktop.domain.programme import DossierPart, Programme
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.blocks import Dossier, Part
from chuyi_desktop.report.closing import evidence, evidence_list, opinions
from chuyi_desktop.report.conclusion import conclusion
from chuyi_desktop.report.evidence_numbers import number_evidence
from chuyi_desktop.report.findings import findings
from chuyi_desktop.report.front import commitment, contents, cover, notes
from chuyi_desktop.report.material import Material
from chuyi_desktop.report.narratives import narratives
from chuyi_desktop.report.numbering import part_title
from chuyi_desktop.report.profile import profile
from chuyi_desktop.report.readiness import watermark
from chuyi_desktop.report.rosters import roster, rosters
from chuyi_desktop.report.scores import scores

Composer = Callable[[Material, DossierPart], tuple[Part, ...]]

_FRAME: Mapping[str, Composer] = {
    "cover": cover,
    "notes": notes,
    "commitment": commitment,
    "contents": contents,
    "evidence_list": evidence_list,
    "evidence": evidence,
}
"""Parts around the body, without a number."""
_BODY: Mapping[str, Composer] = {
    "profile": profile,
    "verdict": conclusion,
    "scores": scores,
    "table": roster,
    "tables": rosters,
    "narratives": narratives,
    "findings": findings,
    "opinions": opinions,
}
"""Parts of the body, numbered 一、二、三、 in the order of the plan."""

KINDS: frozenset[str] = frozenset(_FRAME) | frozenset(_BODY)
"""The kinds of parts a plan may have."""

_USUAL_PLAN = tuple(
    DossierPart(kind)
    for kind in (
        "cover",
        "notes",
        "commitment",
        "contents",
        "profile",
        "verdict",
        "scores",
        "tables",
        "narratives",
        "findings",
        "opinions",
        "evidence_list",
        "evidence",
    )
)
"""For a programme whose pack has no plan."""


def compose(programme: Programme, assessment: Assessment, verdict: Verdict, made: date) -> Dossier:
    """The dossier of ``assessment``, dated ``made``.

    Raises PackError for a plan with a part of unknown kind, or with a setting that names nothing.
    """
    numbered = number_evidence(programme, assessment)
    material = Material(programme, assessment, verdict, made, numbered)
    plan = programme.dossier or _USUAL_PLAN
    title = next((part.title for part in plan if part.kind == "cover" and part.title), "")
    params = {"programme": programme.name, "title": title or say("report.cover.title")}
    return Dossier(
        title=say("report.title", params),
        school=material.school,
        identity=f"{assessment.id} {verdict.programme_id} {verdict.pack_version} {verdict.pack_hash}",
        made=made.isoformat(),
        parts=_parts(material, plan),
        evidence=numbered.pieces,
        watermark=watermark(material),
        footer=say("report.honesty"),
    )


def _parts(material: Material, plan: tuple[DossierPart, ...]) -> tuple[Part, ...]:
    parts: list[Part] = []
    number = 0
    for planned in plan:
        composer = _FRAME.get(planned.kind)
        if composer is not None:
            parts += composer(material, planned)
            continue
        number += 1
        first, *rest = _composer(material, planned)(material, planned)
        parts += [replace(first, title=part_title(number, first.title)), *rest]
    return tuple(parts)


def _composer(material: Material, planned: DossierPart) -> Composer:
    composer = _BODY.get(planned.kind)
    if composer is None:
        known = say("report.join").join(sorted(KINDS))
        raise PackError(
            "report.unknown_part", programme=material.programme.name, kind=planned.kind, known=known
        )
    return composer
