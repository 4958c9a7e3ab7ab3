"""The whole verdict on one assessment."""

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.scoring.standing import Standing


def assess(programme: Programme, assessment: Assessment) -> Verdict:
    """How the school stands: a function of the programme and what was filled in, of nothing else.

    Words, inputs and steps are worked out when they are first read; for many verdicts of which only tier,
    points and outcomes count they cost nothing. Raises PackError for a formula that comes back to itself.
    """
    return Standing(programme, assessment).verdict
