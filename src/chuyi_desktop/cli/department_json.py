"""What the commands for departments answer to a program."""

from chuyi_desktop.app.departments.deliveries import Conflict, Delivery, DepartmentState, MergePlan, Remark
from chuyi_desktop.app.departments.shares import Supplied, filling
from chuyi_desktop.app.merge_workbooks import department_states
from chuyi_desktop.app.session import Session
from chuyi_desktop.app.split_workbook import Split
from chuyi_desktop.domain.assessment import Assessment, FieldKind
from chuyi_desktop.domain.problem import Problem

Json = dict[str, object]


def split_json(done: Split, assessment: Assessment) -> Json:
    """The workbooks that were written."""
    return {
        "noted": done.noted,
        "files": [
            {
                "department": share.department,
                "file": str(path),
                "indicators": share.count(FieldKind.VALUE),
                "tables": share.count(FieldKind.ROW),
                "asked": filling(share, assessment).asked,
                "filled": filling(share, assessment).filled,
            }
            for share, path in done.files
        ],
    }


def merge_json(session: Session, plan: MergePlan, *, taken: bool) -> Json:
    """What was found, and whether it was taken."""
    return {
        "taken": taken,
        "changed": plan.fields if taken else 0,
        "deliveries": [_delivery(each) for each in plan.deliveries],
        "conflicts": [_conflict(each) for each in plan.conflicts],
        "remarks": [_remark(each) for each in plan.remarks],
        "awaited": list(plan.awaited),
        "departments": states_json(department_states(session))["departments"],
    }


def states_json(states: tuple[DepartmentState, ...]) -> Json:
    """How far every department is."""
    return {"departments": [_state(state) for state in states]}


def owners_json(items: tuple[Supplied, ...]) -> Json:
    """Who supplies what."""
    return {
        "items": [
            {
                "kind": item.kind.value,
                "id": item.id,
                "title": item.title,
                "usual": item.usual,
                "owner": item.owner,
            }
            for item in items
        ]
    }


def _delivery(delivery: Delivery) -> Json:
    return {
        "file": delivery.key,
        "department": delivery.department,
        "refused": delivery.refused,
        "asked": delivery.asked,
        "filled": delivery.filled,
        "stated": len(delivery.statements),
        "problems": [_problem(each) for each in delivery.problems],
    }


def _problem(problem: Problem) -> Json:
    return {"severity": problem.severity.value, "code": problem.code, "sentence": str(problem)}


def _conflict(conflict: Conflict) -> Json:
    return {
        "id": conflict.id,
        "title": conflict.title,
        "last_year": conflict.last_year or None,
        "chosen": conflict.chosen or None,
        "choices": list(conflict.choices),
        "said": [
            {
                "choice": said.key,
                "who": said.department,
                "source": said.source,
                "says": said.shown,
                "when": said.when.isoformat() if said.when else None,
            }
            for said in conflict.said
        ],
    }


def _remark(remark: Remark) -> Json:
    return {
        "kind": remark.kind.value,
        "title": remark.title,
        "department": remark.department,
        "file": remark.file,
        "before": remark.before,
        "after": remark.after,
        "percent": remark.percent or None,
    }


def _state(state: DepartmentState) -> Json:
    out, back = state.handed_out, state.delivered
    return {
        "department": state.department,
        "asked": state.filling.asked,
        "filled": state.filling.filled,
        "blank": list(state.filling.blank),
        "handed_out": None if out is None else out.when.isoformat(),
        "due": None if out is None or out.due is None else out.due.isoformat(),
        "delivered": None if back is None else back.when.isoformat(),
    }
