"""One assessment judged under its own pack and under another: rule by rule what changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from chuyi_desktop.app.begin import choose_head
from chuyi_desktop.app.own_pack import kept_pack
from chuyi_desktop.app.program import Program
from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.scoring import assess
from chuyi_desktop.scoring.differences import FindingChange, RuleChange, difference


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
    found = difference(assess(before, assessment), assess(after, assessment))
    others = (*_asked(before, after), *_findings(found.findings))
    return PackComparison(found.before, found.after, found.rules, others)


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


def _findings(changes: Iterable[FindingChange]) -> Iterator[NameChange]:
    for change in changes:
        if change.kind in {"added", "gone"}:
            yield NameChange("finding", change.id, change.message, added=change.kind == "added")


def _names(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[NameChange]:
    for key, title in new.items():
        if key not in old:
            yield NameChange(kind, key, title, added=True)
    for key, title in old.items():
        if key not in new:
            yield NameChange(kind, key, title, added=False)
