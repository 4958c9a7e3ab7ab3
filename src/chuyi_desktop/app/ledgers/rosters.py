"""What a ledger would make of a roster: rows known again by their keys, cell by cell from old to new."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chuyi_desktop.app.changes import Plan
from chuyi_desktop.app.edit_roster import unused_row_ids
from chuyi_desktop.app.ledger_pairing import FileRow, pair
from chuyi_desktop.app.ledgers.cells import CellReader
from chuyi_desktop.app.ledgers.layout import Layout
from chuyi_desktop.app.ledgers.plan import Fate, LedgerPlan, Mode, PlannedRow, Skip
from chuyi_desktop.app.ledgers.ports import LedgerSheet
from chuyi_desktop.app.ledgers.problems import Gathered
from chuyi_desktop.app.ledgers.skips import Skipper
from chuyi_desktop.app.ports import Progress, Stamp
from chuyi_desktop.domain.assessment import (
    Assessment,
    Change,
    DeclaredEmpty,
    Field,
    FieldKind,
    Origin,
    OriginKind,
    Row,
)
from chuyi_desktop.domain.indicator import Table, ValueKind
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.values import Value
from chuyi_desktop.domain.wording import say

_STEP = 500
"""Rows between two words of progress."""
_NAMED = 5


@dataclass(slots=True)
class RosterPlanner:
    """Plans one roster from one sheet."""

    file: str
    sheet: LedgerSheet
    layout: Layout
    table: Table
    assessment: Assessment
    mode: Mode
    stamp: Stamp
    gathered: Gathered = field(init=False)

    def __post_init__(self) -> None:
        self.gathered = Gathered(Place(self.file, self.sheet.name))

    def plan(self, progress: Progress) -> LedgerPlan:
        """The plan; nothing is changed."""
        skipped: dict[Skip, list[int]] = {}
        self._tell_of_the_layout()
        rows = list(self._read(skipped, progress))
        existing = self.assessment.rows(self.table.id) or ()
        taken = [column.target for column in self.layout.taken]
        for shared in pair(rows, existing, self.layout.keys, taken):
            self._tell_same_key(shared)
        kept = {row.old.id for row in rows if row.old is not None}
        absent = tuple(row.id for row in existing if row.id not in kept)
        self._tell_of_rows(rows, skipped, len(absent))
        planned, changes = self._changes(rows, existing, absent)
        problems = self.gathered.problems()
        plan = Plan(tuple(changes), problems)
        return LedgerPlan(
            self.file,
            self.layout,
            self.mode,
            Plan((), problems) if plan.refused else plan,
            tuple(planned),
            skipped={why: tuple(numbers) for why, numbers in skipped.items()},
            absent_rows=absent,
        )

    def _tell_of_the_layout(self) -> None:
        tell = self.gathered.tell
        if not self.layout.taken:
            tell("ledger.nothing_matched", Severity.ERROR, name=self.layout.into_label)
        elif not self.layout.keys:
            names = "、".join(column.name for column in self.table.columns if column.required)
            tell("ledger.no_key", Severity.ERROR, names=names)
        elif self.layout.absent:
            names = "、".join(column.label for column in self.layout.absent)
            tell("ledger.required_absent", Severity.WARNING, names=names)
        head = self.layout.head_row
        for column in self.layout.taken:
            if column.share_trust == "open" and column.share_reason is not None:
                cell = f"{column.letters}{max(head, 1)}"
                tell("ledger.check_share", Severity.WARNING, cell, column.head, reason=column.share_reason)
        for column, word in self.layout.open_words:
            cell = f"{column.letters}{word.row}"
            near = "、".join(each.label for each in word.suggestions)
            code = "ledger.word_near" if near else "ledger.word_unknown"
            options = say("ledger.or").join(self._options(column.target))
            params = {"word": word.text[:40], "count": word.count, "near": near, "options": options}
            tell(code, Severity.ERROR, cell, column.label, **params)

    def _options(self, column_id: str) -> list[str]:
        column = self.table.by_id[column_id]
        if column.kind is ValueKind.YES_NO:
            return [say("input.yes"), say("input.no")]
        return [choice.label for choice in column.choices]

    def _read(self, skipped: dict[Skip, list[int]], progress: Progress) -> Iterator[FileRow]:
        taken = [(column, self.table.by_id[column.target]) for column in self.layout.taken]
        readers = [CellReader(self.sheet, column, target, self.gathered) for column, target in taken]
        skipper = Skipper(
            self.sheet, self.layout.first_row, {column.number: column.head for column, _ in taken}
        )
        numbers = [number for number in self.sheet.row_numbers if number >= self.layout.first_row]
        required = [column for column, target in taken if target.required]
        for done, number in enumerate(numbers):
            if done % _STEP == 0:
                progress(done, len(numbers), say("ledger.progress.rows", {"count": len(numbers)}))
            why = skipper.skips(number)
            if why is not None:
                skipped.setdefault(why, []).append(number)
                continue
            row = self._row(number, readers)
            for column in required:
                if not self.sheet.text(number, column.number):
                    cell = f"{column.letters}{number}"
                    self.gathered.tell(
                        "ledger.required_blank", Severity.WARNING, cell, column.label, name=column.label
                    )
            if row.cells or row.problems:
                yield row
            else:
                skipped.setdefault(Skip.BLANK, []).append(number)
        if numbers:
            last, first = numbers[-1], numbers[0]
            gaps = (
                sorted(set(range(first, last + 1)) - set(numbers)) if last - first < 10 * len(numbers) else []
            )
            if gaps:
                skipped.setdefault(Skip.BLANK, []).extend(gaps)
        progress(len(numbers), len(numbers), say("ledger.progress.rows", {"count": len(numbers)}))

    def _row(self, number: int, readers: Sequence[CellReader]) -> FileRow:
        cells: dict[str, Value] = {}
        problems: list[Problem] = []
        for reader in readers:
            value, problem = reader.read(number)
            if value is not None:
                cells[reader.target.id] = value
            if problem is not None:
                problems.append(problem)
        return FileRow(number, cells, tuple(problems))

    def _tell_same_key(self, rows: Sequence[FileRow]) -> None:
        column = self.layout.column_of(self.layout.keys[0])
        if column is None:
            return
        numbers = "、".join(str(row.number) for row in rows[:_NAMED])
        words = self.sheet.text(rows[0].number, column.number)[:40]
        more = say("ledger.and_more", {"count": len(rows)}) if len(rows) > _NAMED else ""
        cell = f"{column.letters}{rows[1].number}"
        self.gathered.tell(
            "ledger.same_key", Severity.WARNING, cell, column.label, words=words, rows=numbers + more
        )

    def _tell_of_rows(self, rows: Sequence[FileRow], skipped: Mapping[Skip, list[int]], absent: int) -> None:
        tell = self.gathered.tell
        if not rows and self.layout.taken:
            tell("ledger.no_rows", Severity.ERROR, row=self.layout.head_row)
        for why, numbers in skipped.items():
            shown = "、".join(str(number) for number in numbers[:_NAMED])
            more = say("ledger.and_more", {"count": len(numbers)}) if len(numbers) > _NAMED else ""
            tell(f"ledger.skipped.{why}", Severity.NOTE, count=len(numbers), rows=shown + more)
        for column in self.layout.columns:
            if not column.target and column.samples and column.reason.code != "ledger.why.order_number":
                cell = f"{column.letters}{max(self.layout.head_row, 1)}"
                code = "ledger.column_left" if column.head else "ledger.column_left_headless"
                said: dict[str, object] = {"head": column.head, "letters": column.letters}
                severity = Severity.WARNING if column.suggestions else Severity.NOTE
                tell(code, severity, cell, "", reason=column.reason, **said)
        if absent and self.mode is not Mode.ADD:
            code = "ledger.absent_removed" if self.mode is Mode.REPLACE else "ledger.absent_kept"
            tell(code, Severity.WARNING if self.mode is Mode.REPLACE else Severity.NOTE, count=absent)

    def _changes(
        self, rows: Sequence[FileRow], existing: Sequence[Row], absent: Sequence[str]
    ) -> tuple[list[PlannedRow], list[Change]]:
        year, table_id = self.assessment.year, self.table.id
        fresh = unused_row_ids({row.id for row in existing})
        after_last = 1 + max((row.position for row in existing), default=-1)
        planned: list[PlannedRow] = []
        changes: list[Change | None] = []
        if self.mode is Mode.REPLACE:
            changes += [
                self.assessment.change(Field(FieldKind.ROW, table_id, year, row_id), None)
                for row_id in absent
            ]
        for at, row in enumerate(rows):
            before = row.old.cells if row.old is not None else {}
            after = self._after(row, before)
            if row.refused:
                planned.append(PlannedRow(row.number, "", Fate.REFUSED, before, after, row.problems))
                continue
            if row.old is not None and self.mode is Mode.ADD:
                planned.append(PlannedRow(row.number, row.old.id, Fate.KEPT, before, before, row.problems))
                continue
            row_id = row.old.id if row.old is not None else next(fresh)
            if self.mode is Mode.REPLACE:
                position = at
            elif row.old is not None:
                position = row.old.position
            else:
                position, after_last = after_last, after_last + 1
            first = next(iter(self.layout.taken))
            source = say(
                "ledger.source",
                {"file": self.file, "sheet": self.sheet.name, "cell": f"{first.letters}{row.number}"},
            )
            origin = Origin(OriginKind.IMPORTED, self.stamp.who, self.stamp.when, source)
            change = self.assessment.change(
                Field(FieldKind.ROW, table_id, year, row_id), Row(row_id, position, after, origin)
            )
            changes.append(change)
            same = row.old is not None and after == before
            fate = Fate.NEW if row.old is None else Fate.SAME if same else Fate.CHANGED
            planned.append(PlannedRow(row.number, row_id, fate, before, after, row.problems))
        if any(row.fate is Fate.NEW for row in planned):
            empty = Field(FieldKind.EMPTY_TABLE, table_id, year)
            if isinstance(self.assessment.fields.get(empty), DeclaredEmpty):
                changes.append(self.assessment.change(empty, None))
        return planned, [change for change in changes if change is not None]

    def _after(self, row: FileRow, before: Mapping[str, Value]) -> dict[str, Value]:
        """The cells of a row afterwards. A blank clears a cell only where the file replaces the roster."""
        if self.mode is not Mode.REPLACE:
            return {**before, **row.cells}
        mapped = {column.target for column in self.layout.taken}
        return {**{name: value for name, value in before.items() if name not in mapped}, **row.cells}
