"""One rule, indicator or check with its whole derivation gathered: what ``chuyi explain``, a comment on a
cell and an appendix tell is told from this."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from chuyi_desktop.domain.assessment import Assessment, Entry, EvidenceLink
from chuyi_desktop.domain.formula import Expression, references
from chuyi_desktop.domain.formula.tree import Name
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.programme import (
    AtLeastOf,
    Attested,
    Check,
    Condition,
    Programme,
    Requirement,
    Rubric,
    ScoredItem,
    Threshold,
)
from chuyi_desktop.domain.provenance import Provenance
from chuyi_desktop.domain.rule_formulas import formulas_of
from chuyi_desktop.domain.verdict import Finding, RuleOutcome, Trace, Verdict
from chuyi_desktop.scoring.derivation import derivation
from chuyi_desktop.scoring.differences import every_rule
from chuyi_desktop.scoring.facts import SchoolFacts
from chuyi_desktop.scoring.reading import words


@dataclass(frozen=True, slots=True)
class Attached:
    """A piece of evidence and the title of what it proves."""

    proves: str
    link: EvidenceLink


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule (``asked`` and ``rule``), an indicator (``indicator``; ``entry`` where it is typed) or a check
    (``check``, ``finding`` where it does not hold). ``formula`` is in the words of the field, ``trace`` its
    derivation, ``used_by`` the titles of the rules that an indicator decides, ``options`` those of a k-of-n.
    """

    kind: str
    id: str
    title: str
    provenance: Provenance | None
    facts: SchoolFacts
    formula: str = ""
    trace: Trace | None = None
    group: str = ""
    note: str = ""
    asked: Condition | ScoredItem | None = None
    rule: RuleOutcome | None = None
    indicator: Indicator | None = None
    entry: Entry | None = None
    check: Check | None = None
    finding: Finding | None = None
    used_by: tuple[str, ...] = ()
    options: tuple["Explained", ...] = ()
    evidence: tuple[Attached, ...] = field(default=())


def explained_rule(programme: Programme, assessment: Assessment, verdict: Verdict, rule_id: str) -> Explained:
    """A condition, an option of a k-of-n, or a scored item. Raises KeyError for an unknown id."""
    facts = SchoolFacts(programme, assessment)
    rules: dict[str, Condition | ScoredItem] = {each.id: each for each in programme.conditions()}
    rules |= {each.id: each for each in programme.scored_items()}
    outcomes = every_rule(verdict)

    def of(key: str) -> Explained:
        asked, rule = rules[key], outcomes[key]
        # A condition that is not for this school has no options judged.
        options = tuple(of(option.id) for option in _options(asked) if option.id in outcomes)
        inputs = [] if rule.trace is None else [each.id for each in rule.trace.inputs]
        return Explained(
            "rule",
            key,
            asked.title,
            rule.provenance,
            facts,
            _formula(asked, facts),
            rule.trace,
            _group(programme, key),
            asked.note,
            asked=asked,
            rule=rule,
            options=options,
            evidence=_attached(programme, assessment, [key, *inputs]),
        )

    return of(rule_id)


def explained_indicator(
    programme: Programme, assessment: Assessment, verdict: Verdict, indicator_id: str
) -> Explained:
    """A typed or derived indicator. Raises KeyError for an unknown id."""
    facts = SchoolFacts(programme, assessment)
    indicator = programme.indicators[indicator_id]
    trace = verdict.derived.get(indicator_id)
    inputs = [] if trace is None else [each.id for each in trace.inputs]
    return Explained(
        "indicator",
        indicator_id,
        indicator.name,
        indicator.provenance,
        facts,
        "" if indicator.formula is None else words(indicator.formula, facts),
        trace,
        indicator=indicator,
        entry=assessment.entry(indicator_id),
        used_by=tuple(_users(programme, indicator_id)),
        evidence=_attached(programme, assessment, [indicator_id, *inputs]),
    )


def explained_check(
    programme: Programme, assessment: Assessment, verdict: Verdict, check_id: str
) -> Explained:
    """A check, whether it found something or not. Raises KeyError for an unknown id."""
    facts = SchoolFacts(programme, assessment)
    check = {each.id: each for each in programme.checks}[check_id]
    # Of a check of rows, its finding says what every row that does not fit holds.
    plain = check.holds if check.holds is not None and not check.table else None
    return Explained(
        "check",
        check_id,
        check.title,
        check.provenance,
        facts,
        "" if plain is None else words(plain, facts),
        None if plain is None else derivation(plain, facts).trace,
        note=check.advice,
        check=check,
        finding=next((each for each in verdict.findings if each.check.id == check_id), None),
    )


def _options(rule: Condition | ScoredItem) -> tuple[Condition, ...]:
    if isinstance(rule, Condition) and isinstance(rule.rule, AtLeastOf):
        return rule.rule.options
    return ()


def _group(programme: Programme, rule_id: str) -> str:
    for group in programme.condition_groups:
        if any(each.id == rule_id for each in group.with_options()):
            return group.title
    sections = programme.scored_sections
    return next((each.title for each in sections if any(item.id == rule_id for item in each.items)), "")


def _formula(rule: Condition | ScoredItem, facts: SchoolFacts) -> str:
    """``生师比 = 在校生数 ÷ 专任教师数``; what is declared or chosen has none."""
    tree = _subject(rule)
    if tree is None:
        return ""
    indicator = facts.indicator(tree.id) if isinstance(tree, Name) else None
    if indicator is None or indicator.formula is None:
        return words(tree, facts)
    return f"{words(tree, facts)} = {words(indicator.formula, facts)}"


def _subject(rule: Condition | ScoredItem) -> Expression | None:
    if isinstance(rule, ScoredItem):
        return None if isinstance(rule.method, Rubric) else rule.method.subject
    match rule.rule:
        case Threshold(subject):
            return subject
        case Requirement(holds):
            return holds
        case AtLeastOf() | Attested():
            return None


def _attached(programme: Programme, assessment: Assessment, keys: Iterable[str]) -> tuple[Attached, ...]:
    titles = programme.provable()
    return tuple(
        Attached(titles.get(key, key), link)
        for key in dict.fromkeys(keys)
        for _, link in assessment.evidence(key)
    )


def _users(programme: Programme, indicator_id: str) -> Iterator[str]:
    """The rules that read an indicator, also through derived ones."""
    rules: list[Condition | ScoredItem] = [*programme.conditions(), *programme.scored_items()]
    for rule in rules:
        waiting, seen = list(formulas_of(rule)), set[str]()
        while waiting:
            for read in references(waiting.pop()):
                if read.id not in seen:
                    seen.add(read.id)
                    derived = programme.indicators.get(read.id)
                    if derived is not None and derived.formula is not None:
                        waiting.append(derived.formula)
        if indicator_id in seen:
            yield rule.title
