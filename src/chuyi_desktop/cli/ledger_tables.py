"""How the import of a ledger is shown in a terminal, and its JSON."""

from decimal import Decimal

from rich.table import Column, Table

from chuyi_desktop.app.ledgers.layout import Layout, Trust
from chuyi_desktop.app.ledgers.plan import Fate, LedgerPlan, Mode, PlannedRow
from chuyi_desktop.app.ledgers.ports import LedgerFile
from chuyi_desktop.app.session import Session
from chuyi_desktop.cli.console import Console
from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.indicator import Table as Roster
from chuyi_desktop.domain.values import Missing, Value, canonical
from chuyi_desktop.domain.wording import say

MOST_SHOWN = 20
"""Rows of a preview in the terminal; the JSON has all."""
_LONGEST = 24


def print_layout(console: Console, layout: Layout) -> None:
    """What the columns, and the names of an indicator ledger, are taken for."""
    params = {"sheet": layout.sheet, "into": layout.into_label, "heads": layout.head_reason}
    console.say(say("ledger.layout", params))
    table = _table("letters", "head", "into", "reason", "samples")
    for column in layout.columns:
        if not (column.head or column.samples):
            continue
        samples = "、".join(_short(each) for each in column.samples)
        reason = str(column.reason)
        if column.share_reason is not None:
            reason = f"{reason}；{column.share_reason}"
        mark = "？" if column.trust is Trust.LIKELY else ""
        into = f"{column.label}{mark}" if column.target else say("ledger.not_taken")
        table.add_row(column.letters, column.head, into, reason, samples)
    console.out.print(table)
    if layout.keys and layout.into != "indicators":
        names = "、".join(column.label for column in layout.taken if column.target in layout.keys)
        console.say(say("ledger.keys", {"names": names}))
    _print_words(console, layout)
    if layout.rows:
        rows = _table("row", "name", "indicator", "reason")
        for row in layout.rows:
            mark = "？" if row.trust is Trust.LIKELY else ""
            into = f"{row.label}{mark}" if row.target else say("ledger.not_taken")
            rows.add_row(str(row.number), row.name, into, str(row.reason))
        console.out.print(rows)


def _print_words(console: Console, layout: Layout) -> None:
    words = [
        (column, word) for column in layout.taken for word in column.words if word.trust is not Trust.CERTAIN
    ]
    if not words:
        return
    table = _table("column", "word", "count", "meaning", "reason")
    for column, word in words:
        near = "、".join(each.label for each in word.suggestions)
        meaning = word.label or (say("ledger.perhaps", {"near": near}) if near else "—")
        table.add_row(column.label, word.text, str(word.count), meaning, str(word.reason))
    console.out.print(table)


def print_plan(console: Console, session: Session, plan: LedgerPlan) -> None:
    """The first rows or values that would be new or another."""
    if plan.values:
        table = _table("cell", "indicator", "year", "found", "before", "after")
        for value in plan.values:
            one = session.programme.indicators[value.indicator_id]
            before = show(Missing() if value.before is None else value.before, one)
            after = "—" if value.after is None else show(value.after, one)
            table.add_row(value.cell, one.name, str(value.year), _short(value.found), before, after)
        console.out.print(table)
        return
    roster = session.programme.tables.get(plan.layout.into)
    shown = [row for row in plan.rows if row.fate in {Fate.NEW, Fate.CHANGED}]
    if roster is None or not shown:
        return
    table = _table("row", "fate", "cells")
    for row in shown[:MOST_SHOWN]:
        table.add_row(str(row.number), say(f"ledger.fate.{row.fate}"), _cells(row, roster))
    console.out.print(table)
    if len(shown) > MOST_SHOWN:
        console.say(say("ledger.more_rows", {"count": len(shown) - MOST_SHOWN}))


def _cells(row: PlannedRow, roster: Roster) -> str:
    parts = []
    for name in row.changed:
        column = roster.by_id.get(name)
        before, after = row.before.get(name), row.after.get(name)
        new = "—" if after is None else show(after, column)
        old = "" if before is None else f"{show(before, column)} → "
        parts.append(f"{column.name if column else name}：{old}{new}")
    return "；".join(parts)


def print_counts(console: Console, plan: LedgerPlan) -> None:
    """How many rows or values become what."""
    what = "ledger.counts.values" if plan.values else "ledger.counts.rows"
    params = {str(fate): plan.count(fate) for fate in Fate}
    console.say(say(what, params | {"skipped": sum(len(each) for each in plan.skipped.values())}))


def as_json(file: LedgerFile, plan: LedgerPlan, *, taken: bool) -> dict[str, object]:
    """Everything for a program."""
    layout = plan.layout
    return {
        "file": file.name,
        "sheet": layout.sheet,
        "into": layout.into,
        "header_row": layout.head_row,
        "mode": str(plan.mode),
        "taken": taken,
        "refused": plan.refused,
        "counts": {str(fate): plan.count(fate) for fate in Fate},
        "skipped": {str(why): list(rows) for why, rows in plan.skipped.items()},
        "absent_rows": list(plan.absent_rows),
        "removed": len(plan.absent_rows) if plan.mode is Mode.REPLACE else 0,
        "keys": list(layout.keys),
        "columns": [
            {
                "column": column.letters,
                "head": column.head,
                "into": column.target,
                "trust": str(column.trust),
                "reason": str(column.reason),
                "unit": column.rule.unit,
                "share": str(column.rule.share) if column.share_reason is not None else "",
                "words": {word.text: word.meaning for word in column.words},
            }
            for column in layout.columns
        ],
        "names": [
            {"row": row.number, "name": row.name, "into": row.target, "reason": str(row.reason)}
            for row in layout.rows
        ],
        "rows": [
            {
                "row": row.number,
                "id": row.row_id,
                "fate": str(row.fate),
                "before": {name: _plain(value) for name, value in row.before.items()},
                "after": {name: _plain(value) for name, value in row.after.items()},
            }
            for row in plan.rows
            if row.fate is not Fate.SAME
        ],
        "values": [
            {
                "cell": value.cell,
                "indicator": value.indicator_id,
                "year": value.year,
                "found": value.found,
                "fate": str(value.fate),
                "before": _plain(value.before),
                "after": _plain(value.after),
            }
            for value in plan.values
        ],
        "problems": [
            {
                "severity": str(problem.severity),
                "code": problem.code,
                "sheet": problem.place.sheet,
                "cell": problem.place.cell,
                "message": problem.sentence,
            }
            for problem in (*file.notes, *plan.plan.problems)
        ],
    }


def _plain(value: Value | None) -> object:
    if value is None or isinstance(value, bool | str):
        return value
    return canonical(value) if isinstance(value, Decimal) else value.isoformat()


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _LONGEST else f"{one_line[:_LONGEST]}…"


def _table(*columns: str) -> Table:
    return Table(*(Column(say(f"ledger.column.{each}"), overflow="fold") for each in columns))
