"""The whole derivation of a rule, indicator or check as plain data: what ``explain --json`` prints."""

from chuyi_desktop.domain.assessment import Origin
from chuyi_desktop.domain.programme import ThresholdCase
from chuyi_desktop.domain.provenance import Provenance
from chuyi_desktop.domain.verdict import Award, Finding, Input, ReadRow, RuleOutcome, Step, Trace
from chuyi_desktop.report.explain_words import account
from chuyi_desktop.report.explained import Attached, Explained
from chuyi_desktop.report.plain_json import Json, number_json, value_json


def explain_json(told: Explained) -> dict[str, Json]:
    """Everything, also as the ``lines`` that people read."""
    answer = _plain(told)
    answer["lines"] = [
        {"label": line.label, "text": line.text, "level": line.level} for line in account(told)
    ]
    return answer


def _plain(told: Explained) -> dict[str, Json]:
    answer: dict[str, Json] = {
        "kind": told.kind,
        "id": told.id,
        "title": told.title,
        "group": told.group or None,
        "note": told.note or None,
        "provenance": None if told.provenance is None else _provenance(told.provenance),
        "formula_words": told.formula or None,
        "trace": _trace(told.trace),
        "evidence": [_attached(each) for each in told.evidence],
    }
    if told.rule is not None:
        answer |= _rule(told.rule)
        answer["options"] = [_plain(option) for option in told.options]
    if told.indicator is not None:
        value = told.facts.value(told.indicator.id, 0)
        answer |= {"value": value_json(value), "unit": told.indicator.unit or None}
        answer["origin"] = None if told.entry is None else _origin(told.entry.origin)
        answer["used_by"] = list(told.used_by)
    if told.check is not None:
        answer |= {"grade": str(told.check.grade), "finding": _finding(told.finding)}
    return answer


def _rule(rule: RuleOutcome) -> dict[str, Json]:
    return {
        "rule_kind": str(rule.kind),
        "outcome": str(rule.outcome),
        "value": value_json(rule.value),
        "shown": rule.shown,
        "unit": rule.unit or None,
        "comparison": None if rule.comparison is None else str(rule.comparison),
        "threshold": number_json(rule.threshold),
        "shown_threshold": rule.shown_threshold,
        "threshold_reason": rule.threshold_reason,
        "cases": [_case(case) for case in rule.cases],
        "context": [_input(each) for each in rule.context],
        "applies": _trace(rule.applies),
        "answer": None if rule.answer is None else _input(rule.answer),
        "proofs": rule.proofs,
        "gap": number_json(rule.gap),
        "points": number_json(rule.points),
        "maximum": number_json(rule.maximum),
        "award": _award(rule.award),
        "explanation": rule.explanation,
    }


def _provenance(provenance: Provenance) -> dict[str, Json]:
    return {
        "basis": str(provenance.basis),
        "document": provenance.document or None,
        "number": provenance.number or None,
        "article": provenance.article or None,
        "note": provenance.note or None,
    }


def _trace(trace: Trace | None) -> dict[str, Json] | None:
    if trace is None:
        return None
    return {
        "formula": trace.formula,
        "reading": trace.reading,
        "inputs": [_input(each) for each in trace.inputs],
        "steps": [_step(step) for step in trace.steps],
        "result": value_json(trace.result),
        "unit": trace.unit or None,
        "digits": trace.digits,
    }


def _input(each: Input) -> dict[str, Json]:
    return {
        "id": each.id,
        "label": each.label,
        "year": each.year,
        "value": value_json(each.value),
        "shown": each.shown,
        "unit": each.unit or None,
        "origin": _origin(each.origin),
        "rows": [_row(row) for row in each.rows],
    }


def _step(step: Step) -> dict[str, Json]:
    return {
        "id": step.id,
        "label": step.label,
        "year": step.year,
        "formula": step.formula,
        "words": step.words,
        "value": value_json(step.value),
        "shown": step.shown,
        "unit": step.unit or None,
        "digits": step.digits,
        "rows": [row.number for row in step.rows],
    }


def _row(row: ReadRow) -> dict[str, Json]:
    return {"number": row.number, "id": row.row_id, "origin": _origin(row.origin)}


def _origin(origin: Origin | None) -> dict[str, Json] | None:
    if origin is None:
        return None
    return {
        "kind": str(origin.kind),
        "who": origin.who,
        "when": origin.when.isoformat(),
        "source": origin.source or None,
    }


def _case(case: ThresholdCase) -> dict[str, Json]:
    return {"value": number_json(case.value), "label": case.label or None}


def _award(award: Award | None) -> dict[str, Json] | None:
    if award is None:
        return None
    return {
        "words": award.words,
        "bound": number_json(award.bound),
        "zero_at": number_json(award.zero_at),
        "full_at": number_json(award.full_at),
        "level": award.level or None,
    }


def _finding(finding: Finding | None) -> dict[str, Json] | None:
    if finding is None:
        return None
    return {
        "message": finding.message,
        "where": finding.where or None,
        "found": finding.found or None,
        "wanted": finding.wanted or None,
        "row_count": finding.row_count,
        "settled": finding.settled,
        "blocks": finding.blocks,
        "explanation": None if finding.explanation is None else finding.explanation.text,
    }


def _attached(each: Attached) -> dict[str, Json]:
    return {"name": each.link.name, "proves": each.proves, "sha256": each.link.sha256}
