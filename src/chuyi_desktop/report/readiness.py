"""What keeps a dossier a draft."""

from collections.abc import Iterator

from chuyi_desktop.domain.values import Missing, MissingReason
from chuyi_desktop.domain.verdict import Outcome
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.front import BY_HAND
from chuyi_desktop.report.material import Material, joined
from chuyi_desktop.report.narratives import Fault, fault


def watermark(material: Material) -> str:
    """草稿 while anything is open; empty for a finished dossier. What is open stands in 审核说明."""
    return say("report.draft") if open_matters(material) else ""


def open_matters(material: Material) -> tuple[str, ...]:
    """Everything still to be done, a sentence a kind; empty for a finished dossier."""
    matters = [say("report.draft.finding", {"title": title}) for title in _findings(material)]
    lists = (*_rules(material), *_fields(material))
    matters += [say(code, {"titles": joined(*titles)}) for code, titles in lists if titles]
    if material.verdict.tier is None and material.verdict.possible_tiers:
        matters.append(say("report.draft.tier"))
    return tuple(matters)


def _findings(material: Material) -> Iterator[str]:
    """Findings that still ask something of the school, whether they block handing in or not."""
    return (finding.check.title for finding in material.verdict.findings if not finding.settled)


def _rules(material: Material) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Rules that cannot be judged yet: the code of the sentence and the titles."""
    verdict, missing = material.verdict, Outcome.MISSING
    yield "report.draft.condition", tuple(r.title for r in verdict.conditions if r.outcome is missing)
    yield "report.draft.item", tuple(r.title for r in verdict.items if r.outcome is missing)


def _fields(material: Material) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is not filled in, or not as it must be: the code of the sentence and the titles."""
    programme, assessment = material.programme, material.assessment
    yield "report.draft.value", tuple(_unfilled(material))
    tables = programme.tables.values()
    yield "report.draft.roster", tuple(each.name for each in tables if assessment.rows(each.id) is None)
    for kind in Fault:
        faulty = (each for each in programme.narratives if fault(each, assessment.text(each.id)) is kind)
        yield f"report.draft.narrative_{kind}", tuple(each.title for each in faulty)


def _unfilled(material: Material) -> Iterator[str]:
    """Indicators of this year that are asked for and 未填. What the cover asks may be written by hand."""
    for section in material.programme.sections:
        for asked in section.asked:
            indicator = material.programme.indicators.get(asked.indicator_id)
            if indicator is None or indicator.is_derived or indicator.id in BY_HAND:
                continue
            value = material.value(indicator)
            if isinstance(value, Missing) and value.reason is not MissingReason.NOT_APPLICABLE:
                yield indicator.name
