"""What an overlay assumes and brings, in words: the same on the screen and in the terminal."""

from collections.abc import Sequence
from dataclasses import dataclass

from chuyi_desktop.app.what_if import Overlay, Tried, WhatIf
from chuyi_desktop.domain.assessment import (
    Attestation,
    Change,
    Content,
    Entry,
    Field,
    FieldKind,
    Rating,
    Row,
    Text,
)
from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.programme import Programme, Rubric
from chuyi_desktop.domain.verdict import Trace
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.difference_words import points, result, rule_title, said_value, tier
from chuyi_desktop.scoring.differences import DerivedChange, VerdictDifference, every_rule
from chuyi_desktop.scoring.reading import shown


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """A change of an overlay in words."""

    label: str
    before: str
    after: str

    @property
    def line(self) -> str:
        """``专任教师数：157 人 → 180 人``."""
        return say("what_if.change", {"label": self.label, "before": self.before, "after": self.after})


def changes_told(programme: Programme, overlay: Overlay, year: int) -> list[ChangeTold]:
    """What an overlay assumes, a change each; another year than ``year`` is named. Rows of a roster are told
    by their roster, once."""
    told = [
        ChangeTold(_label(programme, change.field, year), _said(programme, change, change.old), after)
        for change in overlay.changes
        if change.field.kind is not FieldKind.ROW
        for after in (_said(programme, change, change.new),)
    ]
    return told + _rosters(programme, overlay.changes)


def derived_told(programme: Programme, change: DerivedChange) -> ChangeTold:
    """A derived indicator that comes out otherwise."""
    indicator = programme.indicators.get(change.id)
    label = change.id if indicator is None else indicator.name

    def said(trace: Trace | None) -> str:
        return say("what_if.content.none") if trace is None else shown(trace.result, indicator)

    return ChangeTold(label, said(change.before), said(change.after))


def side_by_side(programme: Programme, found: WhatIf) -> list[tuple[str, ...]]:
    """Lines of a table: what each overlay assumes, tier, points, and every rule that any of them changes; a
    cell for how it is now, then one for each overlay: empty where it assumes nothing, as now where nothing
    changes."""
    year = found.before.year
    lines = _assumed(programme, found, year)
    verdicts = [found.before, *(each.verdict for each in found.tried)]
    lines.append((say("what_if.tier"), *(tier(each) for each in verdicts)))
    if found.before.maximum:
        lines.append((say("what_if.points"), *(points(each) for each in verdicts)))
    return lines + _rules(found.tried)


def _assumed(programme: Programme, found: WhatIf, year: int) -> list[tuple[str, ...]]:
    columns = [
        {told.label: told for told in changes_told(programme, each.overlay, year)} for each in found.tried
    ]
    labels = dict.fromkeys(label for column in columns for label in column)
    lines: list[tuple[str, ...]] = []
    for label in labels:
        now = next(column[label].before for column in columns if label in column)
        cells = [column[label].after if label in column else "" for column in columns]
        lines.append((say("what_if.assumed", {"label": label}), now, *cells))
    return lines


def _rules(tried: Sequence[Tried]) -> list[tuple[str, ...]]:
    columns = [{change.id: change for change in each.difference.rules} for each in tried]
    lines: list[tuple[str, ...]] = []
    for key in _in_order(tried):
        change = next(column[key] for column in columns if key in column)
        now = change.before
        cells = []
        for column in columns:
            rule = column[key].after if key in column else now
            cells.append("" if rule is None else "　".join(filter(None, (said_value(rule), result(rule)))))
        before = "" if now is None else "　".join(filter(None, (said_value(now), result(now))))
        lines.append((rule_title(change), before, *cells))
    return lines


def _in_order(tried: Sequence[Tried]) -> list[str]:
    """The rules that any overlay changes, as the programme orders them."""
    changed = {change.id for each in tried for change in each.difference.rules}
    known = dict.fromkeys(key for each in tried for key in every_rule(each.verdict))
    return [key for key in known if key in changed]


def derived_beside(found: VerdictDifference) -> list[DerivedChange]:
    """The derived indicators that come out otherwise, but for those that a changed rule is judged by."""
    told = {
        (change.before.value, change.after.value)
        for change in found.rules
        if change.before is not None and change.after is not None
    }
    return [
        change
        for change in found.derived
        if change.before is None
        or change.after is None
        or (change.before.result, change.after.result) not in told
    ]


def _label(programme: Programme, field: Field, year: int) -> str:
    titles = programme.rule_titles() | {one.id: one.title for one in programme.narratives}
    titles |= {one.id: one.title for one in programme.checks}
    names = {key: indicator.name for key, indicator in programme.indicators.items()}
    names |= {key: table.name for key, table in programme.tables.items()}
    shared = field.kind in {FieldKind.VALUE, FieldKind.ROW, FieldKind.EMPTY_TABLE}
    label = (names if shared else titles).get(field.key, field.key)
    if field.year in {None, year}:
        return label
    return say("what_if.year_label", {"year": field.year, "label": label})


def _said(programme: Programme, change: Change, content: Content | None) -> str:
    match content:
        case None:
            return say("what_if.content.none")
        case Entry():
            return show(content.maybe, programme.indicators.get(change.field.key))
        case Attestation(holds):
            return say("input.yes") if holds else say("input.no")
        case Rating(level_id):
            return _level(programme, change.field.key, level_id)
        case Text():
            return say("what_if.content.filled")
        case _:
            return say("what_if.content.filled")


def _level(programme: Programme, item_id: str, level_id: str) -> str:
    for item in programme.scored_items():
        if item.id == item_id and isinstance(item.method, Rubric):
            return next((each.title for each in item.method.levels if each.id == level_id), level_id)
    return level_id


def _rosters(programme: Programme, changes: Sequence[Change]) -> list[ChangeTold]:
    """Rows that an overlay adds, changes and takes away, counted by roster."""
    counts: dict[str, tuple[int, int]] = {}
    for change in changes:
        if change.field.kind is FieldKind.ROW:
            before, after = counts.get(change.field.key, (0, 0))
            old, new = isinstance(change.old, Row), isinstance(change.new, Row)
            counts[change.field.key] = (before + old, after + new)
    return [
        ChangeTold(
            programme.tables[key].name if key in programme.tables else key,
            say("what_if.rows", {"count": before}),
            say("what_if.rows", {"count": after}),
        )
        for key, (before, after) in counts.items()
    ]
