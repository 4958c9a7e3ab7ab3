"""Improvements as plain data for programs: what ``plan --json`` prints."""

from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.values import canonical
from chuyi_desktop.domain.verdict import Finding
from chuyi_desktop.report.plain_json import Json, tier_json
from chuyi_desktop.scoring.planning.improvement import (
    AddedRows,
    Improvement,
    Improvements,
    LeverKind,
    Step,
)


def improvements_json(found: Improvements) -> dict[str, Json]:
    """The plans, best first. Numbers are strings of exact decimals; ``from`` is null where nothing is filled
    in. A change but one of rows can be made with ``chuyi set WORKSPACE id=to``."""
    return {
        "goal": tier_json(found.tier),
        "reached": found.reached,
        "plans": [_plan(plan) for plan in found.plans],
        "reason": list(found.reasons),
        "notes": list(found.notes),
    }


def _plan(plan: Improvement) -> dict[str, Json]:
    return {
        "changes": [_change(step) for step in plan.steps],
        "cost": canonical(plan.cost),
        "tier": plan.tier.id,
        "tier_name": plan.tier.name,
        "basis": str(plan.tier.provenance.basis),
        "optimal": plan.optimal,
        "gap": None if plan.gap is None else canonical(plan.gap),
        "points": canonical(plan.points),
        "new_findings": [_finding(finding) for finding in plan.new_findings],
    }


def _change(step: Step) -> dict[str, Json]:
    change: dict[str, Json] = {
        "id": step.id,
        "from": _before(step),
        "to": step.setting,
        "kind": str(step.kind),
        "title": step.title,
        "unit": step.unit or None,
        "difference": _difference(step),
        "cost": canonical(step.cost),
        "assumed": step.assumed,
        "sentence": step.sentence,
    }
    if step.kind is LeverKind.ROWS:
        change["adds"] = [_added(each) for each in step.adds]
    return change


def _before(step: Step) -> str | None:
    if step.before is None:
        return None
    if step.kind is LeverKind.LEVEL:
        return str(step.before)
    if step.kind in {LeverKind.FIGURE, LeverKind.ROWS}:
        return canonical(step.before)  # type: ignore[arg-type]  # figures and rows are numbers
    return step.shown_before


def _difference(step: Step) -> str | None:
    if step.before is None or step.kind not in {LeverKind.FIGURE, LeverKind.ROWS}:
        return None
    return canonical(step.after - step.before)  # type: ignore[operator,arg-type]  # as above


def _added(added: AddedRows) -> dict[str, Json]:
    return {
        "count": added.count,
        "cells": {
            name: show(value) if isinstance(value, bool) else str(value)
            for name, value in added.cells.items()
        },
        "shown": dict(added.shown),
        "amounts": {name: canonical(value) for name, value in added.amounts.items()},
    }


def _finding(finding: Finding) -> dict[str, Json]:
    return {
        "id": finding.check.id,
        "title": finding.check.title,
        "grade": str(finding.check.grade),
        "message": finding.message,
        "advice": finding.check.advice,
    }
