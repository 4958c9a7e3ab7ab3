"""Explain a finding of a check in the school's words."""

from chuyi_desktop.app.changes import Plan
from chuyi_desktop.app.ports import Stamp
from chuyi_desktop.domain.assessment import Assessment, Explanation, Field, FieldKind, Origin, OriginKind


def plan_explanation(
    assessment: Assessment, check_id: str, text: str, stamp: Stamp, *, confirmed_by_head: bool = False
) -> Plan:
    """The explanation of a check's finding; empty text takes it back."""
    origin = Origin(OriginKind.TYPED, stamp.who, stamp.when)
    content = Explanation(text.strip(), confirmed_by_head, origin) if text.strip() else None
    change = assessment.change(Field(FieldKind.EXPLANATION, check_id), content)
    return Plan((change,) if change else ())
