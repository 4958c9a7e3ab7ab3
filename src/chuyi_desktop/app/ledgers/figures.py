"""What a ledger of indicators would change: a value for each name and year."""

import re
import unicodedata
from dataclasses import dataclass, field

from chuyi_desktop.app.changes import Plan
from chuyi_desktop.app.ledgers.columns import is_dash, share_of
from chuyi_desktop.app.ledgers.layout import LaidColumn, LaidRow, Layout, Trust, year_of
from chuyi_desktop.app.ledgers.plan import Fate, LedgerPlan, Mode, PlannedValue, Skip
from chuyi_desktop.app.ledgers.ports import CellRule, LedgerSheet, Share
from chuyi_desktop.app.ledgers.problems import Gathered
from chuyi_desktop.app.ledgers.skips import Skipper
from chuyi_desktop.app.ledgers.targets import plain
from chuyi_desktop.app.ports import Stamp
from chuyi_desktop.domain import office_words
from chuyi_desktop.domain.assessment import (
    EARLIEST_YEAR,
    Assessment,
    Change,
    Entry,
    Field,
    FieldKind,
    Origin,
    OriginKind,
)
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.typed_input import Reading
from chuyi_desktop.domain.wording import say

_NOT_APPLICABLE = re.compile(r"不适用\s*[::]\s*(.+)", re.DOTALL)
_NAMED = 5


@dataclass(slots=True)
class FigurePlanner:
    """Plans the values of indicators from one sheet."""

    file: str
    sheet: LedgerSheet
    layout: Layout
    programme: Programme
    assessment: Assessment
    mode: Mode
    stamp: Stamp
    gathered: Gathered = field(init=False)

    def __post_init__(self) -> None:
        self.gathered = Gathered(Place(self.file, self.sheet.name))

    def plan(self) -> LedgerPlan:
        """The plan; nothing is changed."""
        columns = [column for column in self.layout.taken if year_of(column.target) is not None]
        values: list[PlannedValue] = []
        changes: list[Change] = []
        self._tell_of_the_layout(columns)
        for row in self.layout.rows:
            one = self.programme.indicators.get(row.target)
            if one is None or one.is_derived:
                continue
            share = self._share(row, columns, one)
            for column in columns:
                self._value(row, column, one, share, values, changes)
        skipped = self._skipped()
        problems = self.gathered.problems()
        plan = Plan(tuple(changes), problems)
        return LedgerPlan(
            self.file,
            self.layout,
            self.mode,
            Plan((), problems) if plan.refused else plan,
            values=tuple(values),
            skipped=skipped,
        )

    def _tell_of_the_layout(self, columns: list[LaidColumn]) -> None:
        tell = self.gathered.tell
        if not self.layout.rows or not any(row.target for row in self.layout.rows):
            tell("ledger.nothing_matched", Severity.ERROR, name=self.layout.into_label)
        elif not columns:
            tell("ledger.no_values", Severity.ERROR)
        for column in self.layout.columns:
            ordinal = plain(column.head) in office_words.ORDER_NUMBERS
            if not column.target and column.samples and column.head and not ordinal:
                cell = self.sheet.cell(max(self.layout.head_row, 1), column.number)
                said: dict[str, object] = {"head": column.head, "reason": column.reason}
                tell("ledger.column_left", Severity.NOTE, cell, "", **said)

    def _share(self, row: LaidRow, columns: list[LaidColumn], one: Indicator) -> Share:
        """How a row writes its shares: 0.65, 0.7 and 65, 70 both mean percent; where a row has both, the
        clerk is told."""
        if one.unit != "%" or row.unit == "%":
            return Share.PERCENT
        guess = share_of(self.sheet, [(row.number, column.number) for column in columns])
        if guess is None:
            return Share.PERCENT
        if guess.trust is Trust.OPEN:
            cell = self.sheet.cell(row.number, columns[0].number)
            self.gathered.tell("ledger.check_row_share", Severity.WARNING, cell, one.name, reason=guess.why)
        return guess.share

    def _value(
        self,
        row: LaidRow,
        column: LaidColumn,
        one: Indicator,
        share: Share,
        values: list[PlannedValue],
        changes: list[Change],
    ) -> None:
        found = self.sheet.text(row.number, column.number)
        year = year_of(column.target)
        if not found or year is None or is_dash(found):
            return
        cell = self.sheet.cell(row.number, column.number)
        place = Place(self.file, self.sheet.name, cell, label=one.name)
        old = self.assessment.entry(one.id, year)
        before = old.value if old is not None else None
        if not EARLIEST_YEAR <= year <= self.assessment.year:
            params = {"found": year, "earliest": EARLIEST_YEAR, "latest": self.assessment.year}
            problem = Problem("app.year", Severity.ERROR, place, params)
            self.gathered.take(problem)
            values.append(PlannedValue(cell, one.id, year, found, Fate.REFUSED, before, None, problem))
            return
        source = say("ledger.source", {"file": self.file, "sheet": self.sheet.name, "cell": cell})
        origin = Origin(OriginKind.IMPORTED, self.stamp.who, self.stamp.when, source)
        note = old.note if old is not None else ""
        match = _NOT_APPLICABLE.fullmatch(unicodedata.normalize("NFKC", found))
        if match is not None:
            entry, reading = Entry(None, origin, note, match[1].strip()), Reading(None)
        else:
            rule = CellRule(row.unit or column.rule.unit, share)
            reading = self.sheet.read(row.number, column.number, one, rule, place)
            entry = Entry(reading.value, origin, note)
        if reading.problem is not None:
            self.gathered.take(reading.problem)
        if match is None and reading.value is None:
            values.append(
                PlannedValue(cell, one.id, year, found, Fate.REFUSED, before, None, reading.problem)
            )
            return
        if self.mode is Mode.ADD and old is not None and (old.value is not None or old.not_applicable):
            values.append(PlannedValue(cell, one.id, year, found, Fate.KEPT, before, before, reading.problem))
            return
        change = self.assessment.change(Field(FieldKind.VALUE, one.id, year), entry)
        if change is not None:
            changes.append(change)
        empty = old is None or (old.value is None and not old.not_applicable)
        fate = Fate.SAME if change is None else Fate.NEW if empty else Fate.CHANGED
        values.append(PlannedValue(cell, one.id, year, found, fate, before, entry.value, reading.problem))

    def _skipped(self) -> dict[Skip, tuple[int, ...]]:
        """The rows passed over, said in notes."""
        heads = {column.number: column.head for column in self.layout.taken}
        skipper = Skipper(self.sheet, self.layout.first_row, heads)
        skipped: dict[Skip, list[int]] = {}
        named = {row.number: row for row in self.layout.rows}
        for number in self.sheet.row_numbers:
            if number < self.layout.first_row:
                continue
            row = named.get(number)
            if row is None:
                skipped.setdefault(skipper.skips(number) or Skip.BLANK, []).append(number)
            elif not row.target:
                skipped.setdefault(Skip.NO_TARGET, []).append(number)
        for why, numbers in skipped.items():
            if why is Skip.NO_TARGET:
                continue
            shown = "、".join(str(number) for number in numbers[:_NAMED])
            more = say("ledger.and_more", {"count": len(numbers)}) if len(numbers) > _NAMED else ""
            params: dict[str, object] = {"count": len(numbers), "rows": shown + more}
            self.gathered.tell(f"ledger.skipped.{why}", Severity.NOTE, "", "", **params)
        names = self.layout.column_of("#name")
        for number in skipped.get(Skip.NO_TARGET, ()):
            row, at = named[number], names.number if names is not None else 1
            severity = Severity.WARNING if row.suggestions else Severity.NOTE
            left: dict[str, object] = {"name": row.name[:40], "reason": row.reason}
            self.gathered.tell("ledger.row_left", severity, self.sheet.cell(number, at), "", **left)
        return {why: tuple(numbers) for why, numbers in skipped.items()}
