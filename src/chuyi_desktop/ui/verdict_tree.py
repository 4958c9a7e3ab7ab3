"""The verdict as a tree: groups of conditions, sections of scored items, findings; each rule unfolds to its
explanation and source. Items stay the same from change to change, so that what is unfolded stays so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.programme import Grade, Programme
from chuyi_desktop.domain.verdict import Finding, Outcome, RuleOutcome, Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.material import marked
from chuyi_desktop.ui.card_text import cited
from chuyi_desktop.ui.look import Tone, tone_of

LINE = Qt.ItemDataRole.UserRole
"""The role under which an item keeps its ``Line``."""
CHECK = Qt.ItemDataRole.UserRole + 1
"""The role under which a finding keeps its check's id."""
ROW = Qt.ItemDataRole.UserRole + 2
"""The role under which a line of a roster row keeps a ``RowPlace``."""


@dataclass(frozen=True, slots=True)
class RowPlace:
    """A cell of a roster."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Line:
    """What an item shows: ``right`` stands at the right edge in the colour of ``tone``."""

    title: str
    detail: str = ""
    right: str = ""
    tone: Tone | None = None
    outcome: Outcome | None = None
    heading: bool = False
    note: bool = False


class VerdictTree(QStandardItemModel):
    """The tree of the verdict shown last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, QStandardItem] = {}

    def start(self) -> None:
        """Forget what is shown."""
        self.clear()
        self._items.clear()

    def show_verdict(self, programme: Programme, verdict: Verdict) -> None:
        """Show ``verdict``."""
        for group in programme.condition_groups:
            rules = [rule for rule in verdict.conditions if rule.group == group.id]
            self._group(f"group:{group.id}", group.title, _met(rules), rules)
        for section in verdict.sections:
            rules = [rule for rule in verdict.items if rule.group == section.id]
            right = say(
                "ui.verdict.points_of",
                {"points": grouped(section.points), "maximum": grouped(section.maximum)},
            )
            self._group(f"section:{section.id}", section.title, right, rules)
        self._findings(verdict.findings)

    def named(self, key: str) -> QStandardItem | None:
        """The item of a rule or finding, by ``rule:ID`` or ``finding:ID``."""
        return self._items.get(key)

    def _group(self, key: str, title: str, right: str, rules: Iterable[RuleOutcome]) -> None:
        group = self._at(key, self.invisibleRootItem())
        _put(group, Line(title, right=right, tone=Tone.MUTED, heading=True))
        for rule in rules:
            self._rule(group, rule)

    def _rule(self, parent: QStandardItem, rule: RuleOutcome) -> None:
        item = self._at(f"rule:{rule.programme_id}:{rule.id}", parent)
        _put(item, rule_line(rule))
        note = self._at(f"note:{rule.programme_id}:{rule.id}", item)
        _put(note, Line(_explained(rule), note=True))
        for option in rule.options:
            self._rule(item, option)

    def _findings(self, findings: tuple[Finding, ...]) -> None:
        group = self._at("findings", self.invisibleRootItem())
        open_ = sum(1 for finding in findings if not finding.settled)
        right = say("ui.verdict.findings_count" if findings else "ui.verdict.findings_none", {"count": open_})
        tone = Tone.BAD if any(finding.blocks for finding in findings) else Tone.OPEN if open_ else Tone.GOOD
        _put(group, Line(say("ui.verdict.findings"), right=right, tone=tone, heading=True))
        wanted = {f"finding:{finding.check.id}" for finding in findings}
        for key in [key for key in self._items if key.startswith("finding:") and key not in wanted]:
            self._rows_shown(self._items[key], key.removeprefix("finding:"), ())
            group.removeRow(self._items.pop(key).row())
            self._items.pop(key.replace("finding:", "advice:", 1), None)
        for finding in findings:
            self._finding(group, finding)

    def _finding(self, group: QStandardItem, finding: Finding) -> None:
        check = finding.check
        item = self._at(f"finding:{check.id}", group)
        item.setData(check.id, CHECK)
        # A hint asks nothing: it is never open, and never dealt with either.
        done = finding.settled and check.grade is not Grade.HINT
        state = say("report.findings.settled" if done else f"report.grade.{check.grade}")
        tone = Tone.MUTED if finding.settled else Tone.BAD if check.grade.blocks else Tone.OPEN
        outcome = Outcome.MET if finding.settled else Outcome.UNMET if check.grade.blocks else Outcome.MISSING
        words = "" if finding.explanation is None else finding.explanation.text
        _put(item, Line(finding.message, words, state, tone, outcome))
        where = (
            ()
            if finding.rows or not finding.where
            else (say("report.findings.where", {"where": finding.where}),)
        )
        advice = "\n".join(part for part in (*where, check.advice, cited(check.provenance)) if part)
        _put(self._at(f"advice:{check.id}", item), Line(advice, note=True))
        self._rows_shown(item, check.id, _row_lines(finding))

    def _rows_shown(
        self, item: QStandardItem, check_id: str, rows: Sequence[tuple[str, RowPlace | None]]
    ) -> None:
        """A line a row below the finding, as many as there are now."""
        for at, (text, place) in enumerate(rows):
            line = self._at(f"row:{check_id}:{at}", item)
            line.setData(place, ROW)
            _put(line, Line(text, note=True))
            line.setToolTip("" if place is None else say("ui.verdict.go_to_row"))
        at = len(rows)
        while (gone := self._items.pop(f"row:{check_id}:{at}", None)) is not None:
            item.removeRow(gone.row())
            at += 1

    def _at(self, key: str, parent: QStandardItem) -> QStandardItem:
        """The item of ``key``, made under ``parent`` where it is new."""
        found = self._items.get(key)
        if found is None:
            found = QStandardItem()
            found.setEditable(False)
            parent.appendRow(found)
            self._items[key] = found
        return found


def rule_line(rule: RuleOutcome) -> Line:
    """How a judged rule reads in one or two lines."""
    title = marked(rule.title, rule.provenance)
    code = "ui.verdict.value_threshold" if rule.shown_threshold else "ui.verdict.value"
    detail = say(code, {"value": rule.shown, "threshold": rule.shown_threshold}) if rule.shown else ""
    if rule.maximum is None:
        right = say(f"report.outcome.{rule.outcome}")
    elif rule.points is None:
        right = say("ui.verdict.points_missing", {"maximum": grouped(rule.maximum)})
    else:
        params = {"points": grouped(rule.points), "maximum": grouped(rule.maximum)}
        right = say("ui.verdict.points_of", params)
    return Line(title, detail, right, tone_of(rule.outcome), rule.outcome)


def _explained(rule: RuleOutcome) -> str:
    """How it came out, step by step, why this standard, and where it comes from."""
    reason = "" if rule.threshold_reason in rule.explanation else rule.threshold_reason
    source = say("ui.verdict.source", {"citation": cited(rule.provenance)})
    return "\n".join(part for part in (rule.explanation, reason, source) if part)


def _row_lines(finding: Finding) -> list[tuple[str, RowPlace | None]]:
    places: list[RowPlace | None] = [
        RowPlace(finding.check.table, row.row_id, next(iter(row.columns), "")) for row in finding.rows
    ]
    texts = finding.row_messages
    return list(zip(texts, [*places, None][: len(texts)], strict=True))


def _met(rules: list[RuleOutcome]) -> str:
    counted = [rule for rule in rules if rule.outcome is not Outcome.NOT_APPLICABLE]
    met = sum(1 for rule in counted if rule.outcome is Outcome.MET)
    return say("ui.verdict.group_count", {"met": met, "total": len(counted)})


def _put(item: QStandardItem, line: Line) -> None:
    """Show ``line``; nothing is told to the view where nothing is different."""
    if item.data(LINE) == line:
        return
    item.setData(line, LINE)
    item.setText(line.title)
    outcome = "" if line.outcome is None else say(f"report.outcome.{line.outcome}")
    spoken = "，".join(part for part in (line.title, outcome, line.detail, line.right) if part)
    item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
    item.setToolTip("" if line.note or line.heading else line.title)
