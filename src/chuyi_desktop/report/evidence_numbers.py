"""佐证材料 numbered in the order of the rules they prove, each file once."""

from collections.abc import Mapping
from dataclasses import dataclass

from chuyi_desktop.domain.assessment import Assessment, EvidenceLink
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.blocks import EvidencePiece


@dataclass(frozen=True, slots=True)
class NumberedEvidence:
    """The pieces in order, and the numbers of those that prove a rule or indicator, by its id."""

    pieces: tuple[EvidencePiece, ...]
    numbers: Mapping[str, tuple[str, ...]]


def number_evidence(programme: Programme, assessment: Assessment) -> NumberedEvidence:
    """Number every file: ``2-1`` is the first new one of the second rule that brings a new one."""
    titles = programme.provable()
    linked: dict[str, list[EvidenceLink]] = {}
    for key, link in assessment.evidence():
        linked.setdefault(key, []).append(link)
    ordered = [key for key in titles if key in linked] + sorted(key for key in linked if key not in titles)

    files: dict[str, tuple[str, EvidenceLink]] = {}
    proves: dict[str, list[str]] = {}
    numbers: dict[str, tuple[str, ...]] = {}
    rules = 0
    for key in ordered:
        new = [link for link in linked[key] if link.sha256 not in files]
        rules += bool(new)
        for piece, link in enumerate(new, 1):
            files[link.sha256] = (say("report.number.evidence", {"rule": rules, "piece": piece}), link)
        for link in linked[key]:
            proves.setdefault(link.sha256, []).append(titles.get(key, say("report.evidence.other")))
        numbers[key] = tuple(files[link.sha256][0] for link in linked[key])
    pieces = tuple(
        EvidencePiece(number, link.name, tuple(dict.fromkeys(proves[sha256])), sha256, link.media_type)
        for sha256, (number, link) in files.items()
    )
    return NumberedEvidence(pieces, numbers)
