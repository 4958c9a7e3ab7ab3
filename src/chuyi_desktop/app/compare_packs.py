"""One assessment judged under its own pack and under another: rule by rule what changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from chuyi_desktop.app.begin import choose_head
from chuyi_desktop.app.own_pack import kept_pack
from chuyi_desktop.app.program import Program
from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.verdict import RuleOutcome, Verdict
from chuyi_desktop.scoring import assess

ASPECTS = ("title", "kind", "formula", "threshold", "maximum", "provenance", "value", "outcome", "points")
"""What of a rule can change: first what the pack says, from ``value`` on what comes of it for this school."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that is not the same under both packs; None on the side that does not have it."""

    id: str
    before: RuleOutcome | None
    after: RuleOutcome | None
    aspects: tuple[str, ...] = ()
    """Which of ASPECTS differ, where both have it."""


@dataclass(frozen=True, slots=True)
class NameChange:
    """Something asked or checked under one pack only: ``kind`` is indicator, table, narrative or finding."""

    kind: str
    id: str
    title: str
    added: bool


@dataclass(frozen=True, slots=True)
class PackComparison:
    """Two verdicts on one assessment, and what differs between them."""

    before: Verdict
    after: Verdict
    rules: tuple[RuleChange, ...]
    others: tuple[NameChange, ...]

    @property
    def same_pack(self) -> bool:
        """Whether both packs say the same."""
        return self.before.pack_hash == self.after.pack_hash


def compare_packs(
    program: Program,
    folder: Path,
    *,
    programme_id: str | None = None,
    year: int | None = None,
    forms: Path | None = None,
) -> PackComparison:
    """An assessment of the workspace in ``folder`` under its own pack, and under the pack of ``forms`` or,
    without it, the one installed. Nothing is changed. Raises InputError where its own pack was not kept."""
    workspace = program.workspaces.open(folder, write=False)
    try:
        head = choose_head(workspace, programme_id, year)
        library = program.library if forms is None else program.library.at(forms)
        after = library.programme(head.programme_id)
        same = head.pack_hash == after.pack_hash
        before = after if same else kept_pack(program.library, workspace, head)
        return compared(before, after, workspace.assessment(head.id))
    finally:
        workspace.close()


def compared(before: Programme, after: Programme, assessment: Assessment) -> PackComparison:
    """``assessment`` under both programmes."""
    one, two = assess(before, assessment), assess(after, assessment)
    rules = tuple(_rule_changes(one, two))
    others = (*_asked(before, after), *_findings(one, two))
    return PackComparison(one, two, rules, others)


def _rule_changes(before: Verdict, after: Verdict) -> Iterator[RuleChange]:
    """In the order of the new pack, then those it no longer has."""
    old, new = _flat(before), _flat(after)
    for key, rule in new.items():
        earlier = old.get(key)
        if earlier is None:
            yield RuleChange(key, None, rule)
        elif aspects := _aspects(earlier, rule):
            yield RuleChange(key, earlier, rule, aspects)
    yield from (RuleChange(key, rule, None) for key, rule in old.items() if key not in new)


def _flat(verdict: Verdict) -> dict[str, RuleOutcome]:
    return {each.id: each for rule in verdict.rules for each in (rule, *rule.options)}


def _aspects(before: RuleOutcome, after: RuleOutcome) -> tuple[str, ...]:
    one, two = _facets(before), _facets(after)
    return tuple(aspect for aspect in ASPECTS if one[aspect] != two[aspect])


def _facets(rule: RuleOutcome) -> dict[str, object]:
    return {
        "title": rule.title,
        "kind": rule.kind,
        "formula": "" if rule.trace is None else rule.trace.formula,
        "threshold": rule.shown_threshold,
        "maximum": rule.maximum,
        "provenance": rule.provenance,
        "value": rule.value,
        "outcome": rule.outcome,
        "points": rule.points,
    }


def _asked(before: Programme, after: Programme) -> Iterator[NameChange]:
    yield from _names("indicator", _typed(before), _typed(after))
    tables = [{key: table.name for key, table in pack.tables.items()} for pack in (before, after)]
    yield from _names("table", *tables)
    texts = [{one.id: one.title for one in pack.narratives} for pack in (before, after)]
    yield from _names("narrative", *texts)


def _typed(programme: Programme) -> dict[str, str]:
    """The indicators that a school fills in."""
    asked = (one.indicator_id for section in programme.sections for one in section.asked)
    known = programme.indicators
    return {key: known[key].name for key in asked if key in known and not known[key].is_derived}


def _findings(before: Verdict, after: Verdict) -> Iterable[NameChange]:
    found = [{one.check.id: one.message for one in verdict.findings} for verdict in (before, after)]
    return _names("finding", *found)


def _names(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[NameChange]:
    for key, title in new.items():
        if key not in old:
            yield NameChange(kind, key, title, added=True)
    for key, title in old.items():
        if key not in new:
            yield NameChange(kind, key, title, added=False)
