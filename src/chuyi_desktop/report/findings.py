"""审核说明: every finding of a check with the school's explanation, and what a draft still lacks."""

from chuyi_desktop.domain.programme import DossierPart, Grade
from chuyi_desktop.domain.verdict import Finding
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.blocks import Align, Block, DataTable, Paragraph, Part, TableColumn, TextStyle
from chuyi_desktop.report.finding_words import advice, cited
from chuyi_desktop.report.material import Material, marked
from chuyi_desktop.report.readiness import open_matters


def findings(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """审核说明, the gravest first."""
    matters = [
        say("report.number.item", {"number": number, "title": matter})
        for number, matter in enumerate(open_matters(material), 1)
    ]
    blocks: list[Block] = []
    if matters:
        blocks.append(Paragraph(say("report.findings.draft"), TextStyle.STRONG))
        blocks.append(Paragraph("\n".join(matters)))
    blocks.append(Paragraph(_summary(material)))
    if material.verdict.findings:
        blocks.append(_table(material))
    return (Part(part.title or say("report.findings.title"), tuple(blocks)),)


def _summary(material: Material) -> str:
    count, found = len(material.programme.checks), material.verdict.findings
    if not count:
        return say("report.findings.no_checks")
    if not found:
        return say("report.findings.none", {"count": count})
    unsettled = sum(1 for finding in found if not finding.settled)
    return say("report.findings.summary", {"count": count, "found": len(found), "open": unsettled})


def _table(material: Material) -> DataTable:
    columns = (
        TableColumn(say("report.verdict.number"), 5, Align.CENTER),
        TableColumn(say("report.findings.grade"), 7, Align.CENTER),
        TableColumn(say("report.findings.problem"), 34),
        TableColumn(say("report.findings.explanation"), 14),
        TableColumn(say("report.findings.state"), 8, Align.CENTER),
    )
    grades = list(Grade)
    ordered = sorted(material.verdict.findings, key=lambda finding: grades.index(finding.check.grade))
    rows = tuple(_row(number, finding) for number, finding in enumerate(ordered, 1))
    return DataTable(columns, rows)


def _row(number: int, finding: Finding) -> tuple[str, ...]:
    check = finding.check
    # The message begins with the title and names the figures it read.
    message = finding.message.replace(check.title, marked(check.title, check.provenance), 1)
    # What to do is for the school while something is to be done; the reviewer needs the rows and the source.
    told = [message, *finding.row_messages]
    if not finding.settled:
        told.append(advice(finding))
    if check.provenance.citation:
        told.append(cited(finding))
    return (
        str(number),
        say(f"report.grade.{check.grade}"),
        "\n".join(told),
        _explanation(finding),
        _state(finding),
    )


def _explanation(finding: Finding) -> str:
    explanation = finding.explanation
    if explanation is None or not explanation.text.strip():
        return say("report.none")
    if explanation.confirmed_by_head:
        return say("report.findings.confirmed", {"text": explanation.text})
    return explanation.text


def _state(finding: Finding) -> str:
    """A hint asks nothing; else 已处理, or what is still to be done."""
    if finding.settled and finding.check.grade is not Grade.HINT:
        return say("report.findings.settled")
    return say(f"report.findings.open.{finding.check.grade}")
