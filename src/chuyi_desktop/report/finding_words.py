"""What is told of a finding beside its message: the rows, where the figures stand, what to do, the source."""

from chuyi_desktop.domain.verdict import Finding
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.material import basis, source


def details(finding: Finding) -> tuple[str, ...]:
    """A line each; nothing is said twice that the message says."""
    rows = finding.row_messages
    where = () if rows or not finding.where else (say("report.findings.where", {"where": finding.where}),)
    return (*rows, *where, advice(finding), cited(finding))


def advice(finding: Finding) -> str:
    """What to do about it."""
    return say("report.findings.advice", {"advice": finding.check.advice})


def cited(finding: Finding) -> str:
    """Where the rule comes from: document and article, or 参考 and why."""
    provenance = finding.check.provenance
    return say("report.findings.source", {"basis": basis(provenance), "source": source(provenance)})
