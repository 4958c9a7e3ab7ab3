"""The whole derivation of a rule, indicator or check, line by line, in the words of the field."""

from collections.abc import Iterator

from chuyi_desktop.domain.formula import evaluate, parse
from chuyi_desktop.domain.formula.tree import Aggregate, Name
from chuyi_desktop.domain.programme import Attested, Check, Condition, Threshold
from chuyi_desktop.domain.values import Missing
from chuyi_desktop.domain.verdict import Input, Outcome, RuleOutcome, Step, Trace
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report import rule_words
from chuyi_desktop.report.account_line import Line, more, part
from chuyi_desktop.report.explained import Explained
from chuyi_desktop.report.finding_words import cited, details
from chuyi_desktop.report.material import basis, source
from chuyi_desktop.report.origin_words import input_origin, origin_words, row_numbers
from chuyi_desktop.report.points_words import points_lines, subject_field
from chuyi_desktop.scoring.reading import labelled, numbers, shown, words
from chuyi_desktop.scoring.thresholds import signed


def account(told: Explained) -> tuple[Line, ...]:
    """Everything there is to tell."""
    parts = {"rule": _rule, "indicator": _indicator, "check": _check}
    return tuple(line for line in parts[told.kind](told) if line.text)


def _head(told: Explained) -> Iterator[Line]:
    where = say("explain.titled", {"title": told.title, "id": told.id, "group": told.group})
    yield part(told.kind, where if told.group else say("explain.named", {"title": told.title, "id": told.id}))
    if told.provenance is not None:
        params = {"basis": basis(told.provenance), "source": source(told.provenance)}
        yield part("source", say("explain.source", params))


def _rule(told: Explained) -> Iterator[Line]:
    rule = told.rule
    if rule is None:
        return
    yield from _head(told)
    yield part("note", told.note)
    yield from _applies(told, rule)
    if isinstance(told.asked, Condition) and isinstance(told.asked.rule, Attested):
        yield part("statement", told.asked.rule.statement)
    yield part("formula", told.formula)
    yield from _derivation(told.trace, told)
    if rule.answer is not None:
        yield part("answer", _answer(rule, rule.answer))
    yield from _standard(told, rule)
    yield part("outcome", _outcome(rule))
    yield from points_lines(told, rule)
    if told.options:
        yield part("options", rule.explanation)
        for option in told.options:
            yield from _option(option)
    yield from _evidence(told)
    yield part("explanation", "" if told.options else rule.explanation)


def _applies(told: Explained, rule: RuleOutcome) -> Iterator[Line]:
    """For which schools a rule is, and whether it is for this one."""
    if rule.applies is None or not isinstance(told.asked, Condition) or told.asked.applies_when is None:
        return
    found = rule.applies.result
    state = "open" if isinstance(found, Missing) else "yes" if found else "no"
    params = {
        "words": words(told.asked.applies_when, told.facts),
        "found": say(f"explain.applies.{state}"),
    }
    yield part("applies", say("explain.applies", params))
    yield from (more(_input(each, told)) for each in rule.applies.inputs)


def _answer(rule: RuleOutcome, answer: Input) -> str:
    params = {"shown": answer.shown, "origin": origin_words(answer.origin), "count": rule.proofs}
    told = say("explain.answer" if answer.origin is not None else "explain.answer_plain", params)
    return told + say("explain.proofs", params) if rule.proofs else told


def _option(option: Explained) -> Iterator[Line]:
    """An option in full, one step further in."""
    rule = option.rule
    if rule is None:
        return
    yield more(say("explain.option", {"title": option.title, "outcome": rule_words.outcome(rule)}))
    yield more(rule.explanation, 2)
    params = {"basis": basis(rule.provenance), "source": source(rule.provenance)}
    yield more(say("explain.source", params), 2)
    for attached in option.evidence:
        yield more(say("explain.attached", {"name": attached.link.name, "proves": attached.proves}), 2)


def _standard(told: Explained, rule: RuleOutcome) -> Iterator[Line]:
    asked = told.asked
    if isinstance(asked, Condition) and isinstance(asked.rule, Threshold):
        yield part("standard", rule.shown_threshold)
        yield part("why", rule.threshold_reason)
        yield from _cases(asked.rule, rule, told)
        yield from (more(_input(each, told)) for each in rule.context)
    elif rule.shown_threshold and rule.maximum is None:
        yield part("standard", rule.shown_threshold)


def _cases(threshold: Threshold, rule: RuleOutcome, told: Explained) -> Iterator[Line]:
    """All the standards of a rule that has several, the one that counts marked."""
    if len(threshold.cases) < 2:  # noqa: PLR2004  # one standard needs no list
        return
    field = subject_field(told)
    for case in threshold.cases:
        name = case.label or (
            say("scoring.case.other") if case.when is None else words(case.when, told.facts)
        )
        params = {"name": name, "standard": signed(threshold.comparison, case.value, field)}
        counts = case in rule.cases
        code = "explain.case_counts" if counts and len(rule.cases) == 1 else "explain.case_may"
        yield more(say(code if counts else "explain.case", params))


def _outcome(rule: RuleOutcome) -> str:
    gap = rule_words.gap(rule)
    outcome = rule_words.outcome(rule)
    if rule.maximum is not None and rule.outcome is not Outcome.MISSING:
        return ""
    return (
        outcome if gap == say("report.none") else say("explain.outcome_gap", {"outcome": outcome, "gap": gap})
    )


def _derivation(trace: Trace | None, told: Explained) -> Iterator[Line]:
    """What was read, with its origin, and every step from there to the result."""
    if trace is None:
        return
    for at, each in enumerate(trace.inputs):
        yield part("inputs", _input(each, told)) if at == 0 else more(_input(each, told), 0)
    texts = [_step(step, told) for step in trace.steps]
    texts += _whole(trace, told)
    for at, text in enumerate(texts or ([trace.reading] if trace.inputs else [])):
        yield part("steps", text) if at == 0 else more(text, 0)


def _input(each: Input, told: Explained) -> str:
    origin = input_origin(each, told.facts.assessment.year)
    label = each.label
    if isinstance(each.value, Missing):
        indicator = told.facts.indicator(each.id)
        owner = "" if indicator is None else indicator.owner
        params = {"label": label, "shown": each.shown, "year": each.year, "owner": owner}
        return say("explain.input_owner" if owner else "explain.input_missing", params)
    params = {"label": label, "shown": each.shown, "year": each.year, "origin": origin}
    return say("explain.input" if origin else "explain.input_plain", params)


def _step(step: Step, told: Explained) -> str:
    """``生师比 = 在校生数 ÷ 专任教师数 = 3,091 ÷ 157 = 19.69:1（四舍五入，保留 2 位小数）``; of a roster
    what is made of it and the rows that counted."""
    if told.facts.table(step.id) is not None:
        rows = say("explain.counted", {"rows": row_numbers(step.rows)}) if step.rows else ""
        return say("explain.roster", {"words": step.words, "shown": step.shown, "rows": rows})
    facts = told.facts.in_year(step.year)
    label = labelled(step.label, step.year, told.facts)
    if isinstance(step.value, Missing):
        parts, rounded = dict.fromkeys((step.words, step.shown)), ""
    else:
        tree = parse(step.formula)
        parts = dict.fromkeys(part for part in (step.words, numbers(tree, facts), step.shown) if part)
        rounded = "" if evaluate(tree, facts) == step.value else _rounding(step.digits)
    return say("explain.step", {"label": label, "told": " = ".join(parts), "rounding": rounded})


def _whole(trace: Trace, told: Explained) -> Iterator[str]:
    """A formula that is more than one indicator, with its numbers: the last step."""
    tree = parse(trace.formula)
    if trace.steps and trace.steps[-1].formula == trace.formula:
        return
    if isinstance(tree, Name | Aggregate) or isinstance(trace.result, Missing):
        return
    written, result = numbers(tree, told.facts), shown(trace.result, None)
    if any(map(str.isdigit, written)) and written != result:
        yield say("explain.whole", {"numbers": written, "result": result})


def _rounding(digits: int | None) -> str:
    if digits is None:
        return ""
    return say("explain.rounded", {"digits": digits}) if digits else say("explain.rounded_whole")


def _evidence(told: Explained) -> Iterator[Line]:
    for at, each in enumerate(told.evidence):
        params = {"name": each.link.name, "proves": each.proves}
        text = say("explain.attached", params)
        yield part("evidence", text) if at == 0 else more(text, 0)
    if not told.evidence:
        usual = told.asked.evidence if told.asked is not None else ""
        if told.indicator is not None:
            usual = told.indicator.evidence
        yield part(
            "evidence", say("explain.no_evidence_usual" if usual else "explain.no_evidence", {"usual": usual})
        )


def _indicator(told: Explained) -> Iterator[Line]:
    indicator = told.indicator
    if indicator is None:
        return
    yield from _head(told)
    yield part("definition", indicator.definition)
    yield part("scope", indicator.scope)
    yield part("period", indicator.period)
    yield part("owner", indicator.owner)
    yield part(
        "formula", say("explain.equals", {"label": told.title, "words": told.formula}) if told.formula else ""
    )
    yield from _derivation(told.trace, told)
    value = told.facts.value(indicator.id, 0)
    yield part("value", shown(value, indicator))
    entry = told.entry
    if entry is not None and told.trace is None:
        yield part("origin", origin_words(entry.origin))
        yield part("not_applicable", entry.not_applicable)
        yield part("remark", entry.note)
    yield part("used_by", "、".join(told.used_by) or say("explain.used_by_none"))
    yield from _evidence(told)


def _check(told: Explained) -> Iterator[Line]:
    check = told.check
    if check is None:
        return
    yield from _head(told)
    yield part("grade", say(f"report.grade.{check.grade}"))
    yield part("formula", told.formula)
    yield from _derivation(told.trace, told)
    yield from _found(told, check)


def _found(told: Explained, check: Check) -> Iterator[Line]:
    finding = told.finding
    if finding is None:
        unknown = told.trace is not None and isinstance(told.trace.result, Missing)
        yield part("found", say("explain.check_open" if unknown else "explain.check_fine"))
        return
    yield part("found", finding.message)
    # The source stands at the head already.
    source_line = cited(finding)
    yield from (more(each, 0) for each in details(finding) if each != source_line)
    settled = (
        "explain.settled" if finding.settled else "explain.blocks" if finding.blocks else "explain.unsettled"
    )
    yield part("state", say(settled, {"grade": say(f"report.grade.{check.grade}")}))
    if finding.explanation is not None:
        yield part("school", finding.explanation.text)
