"""Departments in words: the same on the screen and in the terminal."""

from datetime import date, datetime

from chuyi_desktop.app.departments.deliveries import BOTH, KEEP, DepartmentState, MergePlan, Remark, Said
from chuyi_desktop.domain.wording import say


def who_words(said: Said) -> str:
    """Whose word it is: a department's, or what the workspace has and who brought it in."""
    if said.key != KEEP:
        return said.department
    code = "departments.keep.typed" if said.department else "departments.keep"
    return say(code, {"who": said.department})


def choice_words(key: str) -> str:
    """What a conflict is settled by: the name of a file, what is there, or both."""
    names = {KEEP: say("departments.keep"), BOTH: say("departments.both")}
    return names.get(key, key)


def remark_words(remark: Remark) -> str:
    """A remark as a sentence."""
    params = {
        "department": remark.department,
        "title": remark.title,
        "before": remark.before,
        "after": remark.after,
        "percent": remark.percent,
    }
    return say(f"departments.remark.{remark.kind}", params)


def left_words(plan: MergePlan) -> str:
    """What is put by for later: conflicts not settled, files not usable."""
    counts = (("conflicts", len(plan.open)), ("files", len(plan.refused)))
    left = [say(f"departments.left.{what}", {"count": count}) for what, count in counts if count]
    return say("departments.left", {"what": "、".join(left)})


def moment_words(when: datetime) -> str:
    """Day and time, without the year."""
    params = {"month": when.month, "day": when.day, "hour": when.hour, "minute": when.minute}
    return say("departments.moment", params)


def due_words(state: DepartmentState, today: date) -> str:
    """Until when a department was asked to deliver, and whether that is past."""
    due = state.handed_out.due if state.handed_out is not None else None
    if due is None:
        return say("departments.not_yet")
    overdue = state.delivered is None and due < today
    return say("departments.overdue", {"date": due.isoformat()}) if overdue else due.isoformat()
