"""A ledger of indicators: a column of names, one or more columns of values, perhaps units and notes."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from chuyi_desktop.app.ledgers.columns import samples_of
from chuyi_desktop.app.ledgers.heads import HeadRows, columns_of, depth_of, parts_of, shown_head
from chuyi_desktop.app.ledgers.layout import (
    LaidColumn,
    LaidRow,
    Layout,
    Role,
    Trust,
    Why,
    value_target,
    year_of,
)
from chuyi_desktop.app.ledgers.mapping import LedgerMapping
from chuyi_desktop.app.ledgers.matching import COMMON, Head, Matcher, decide
from chuyi_desktop.app.ledgers.ports import CellRule, Ledgers, LedgerSheet
from chuyi_desktop.app.ledgers.skips import Skipper
from chuyi_desktop.app.ledgers.targets import Destination, plain, words_of
from chuyi_desktop.app.ledgers.turned import MOST_ROWS, Turned
from chuyi_desktop.domain.assessment import EARLIEST_YEAR
from chuyi_desktop.domain.units import find_unit
from chuyi_desktop.domain.wording import say

_LOOKED_AT = 400
_MOST_NAMES = 5000
_LONGEST_NAME = 80
_YEAR = re.compile(r"(20\d\d)(?:年度?|年末|年底)?(?:\(.*\))?(?:数值|数据|数|实际数)?")
_FEWEST_NUMBERS = 0.5


def target_label(target: str) -> str:
    """What a column of an indicator ledger is for, in words."""
    year = year_of(target)
    if year is not None:
        return say("ledger.role.value", {"year": year})
    return say(f"ledger.role.{target.removeprefix('#')}") if target in set(Role) else ""


def better_side(sheet: LedgerSheet, matcher: Matcher) -> LedgerSheet:
    """The sheet, or the sheet on its side where more names of indicators stand beside one another than
    below one another."""
    if len(sheet.row_numbers) > MOST_ROWS:
        return sheet
    turned = Turned(sheet)
    return turned if known_names(turned, matcher) > max(known_names(sheet, matcher), 1) else sheet


def known_names(sheet: LedgerSheet, matcher: Matcher) -> int:
    """How many cells of the best column are names of indicators."""
    return max((len(_known(sheet, matcher, column)) for column in columns_of(sheet)), default=0)


def _known(sheet: LedgerSheet, matcher: Matcher, column: int) -> list[int]:
    """The rows in which a column has the name of an indicator."""
    rows = []
    for row in sheet.row_numbers[:_LOOKED_AT]:
        text = sheet.text(row, column)
        if text and len(text) <= _LONGEST_NAME and sheet.looks(row, column) == "text":
            found = matcher.candidates(Head((words_of(text),)))
            if found and found[0].score >= COMMON - 1:
                rows.append(row)
    return rows


def understand(
    ledgers: Ledgers,
    destination: Destination,
    year: int,
    sheet: LedgerSheet,
    mapping: LedgerMapping | None,
    head_row: int | None,
) -> Layout:
    """The sheet understood."""
    matcher = Matcher(ledgers, destination)
    turned = isinstance(sheet, Turned)
    known = {column: _known(sheet, matcher, column) for column in columns_of(sheet)}
    name_column = max(known, key=lambda column: len(known[column]), default=0)
    first = known[name_column][0] if name_column and known[name_column] else 0
    heads = _heads(sheet, first, name_column) if head_row is None else _said(sheet, head_row)
    columns = _columns(sheet, heads, name_column if first else 0, year, mapping)
    remembered = mapping is not None and any(
        column.head == each.key for column in mapping.columns for each in columns
    )
    layout = Layout(
        destination.id,
        destination.label,
        sheet.name,
        heads.row,
        heads.depth,
        heads.why,
        columns,
        remembered=remembered,
        turned=turned,
    )
    said = {row.name: row.into for row in mapping.rows if row.is_said} if mapping is not None else {}
    return with_names(ledgers, destination, sheet, layout, said)


def _said(sheet: LedgerSheet, row: int) -> HeadRows:
    return HeadRows(row, depth_of(sheet, row) if row else 0, Why("ledger.why.said"))


def _heads(sheet: LedgerSheet, first: int, name_column: int) -> HeadRows:
    """The heads above the first name that is known: the nearest row with words of heads."""
    words = {plain(word) for code in ("name", "unit", "note", "value") for word in _words(code)}
    above = [row for row in sheet.row_numbers if row < first]
    for row in reversed(above):
        texts = [plain(sheet.head(row, column)) for column in columns_of(sheet)]
        if any(text in words or _YEAR.fullmatch(text) for text in texts if text) and not sheet.spreads(row):
            depth = depth_of(sheet, row)
            return HeadRows(row, depth, Why("ledger.why.name_heads", {"row": row}))
    del name_column
    return HeadRows(0, 0, Why("ledger.why.no_name_heads"))


def _words(code: str) -> Sequence[str]:
    return say(f"ledger.words.{code}").split("、")


def _columns(
    sheet: LedgerSheet, heads: HeadRows, name_column: int, year: int, mapping: LedgerMapping | None
) -> tuple[LaidColumn, ...]:
    said = {column.head: column for column in mapping.columns} if mapping is not None else {}
    shift = year - mapping.year if mapping is not None and mapping.year else 0
    columns = []
    taken: set[str] = set()
    for number in columns_of(sheet):
        head = shown_head(parts_of(sheet, heads.row, heads.depth, number)) if heads.row else ""
        column = LaidColumn(number, _letters(number), head, samples=samples_of(sheet, heads.row + 1, number))
        known = said.get(column.key)
        if known is not None and known.into:
            target, why = _moved(known.into, head, shift), Why("ledger.why.remembered")
            column = replace(column, rule=CellRule(known.unit))
        else:
            target, why = _role(head, number, name_column, year)
        if target and target not in taken:
            taken.add(target)
            column = replace(
                column, target=target, label=target_label(target), trust=Trust.CERTAIN, reason=why
            )
        columns.append(column)
    if not any(year_of(column.target) is not None for column in columns):
        columns = _only_numbers(sheet, heads, columns, name_column, year)
    return tuple(columns)


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _moved(target: str, head: str, shift: int) -> str:
    """A remembered column of values, moved along with the year unless its head names the year itself."""
    year = year_of(target)
    return target if year is None or str(year) in head else value_target(year + shift)


def _role(head: str, number: int, name_column: int, year: int) -> tuple[str, Why]:
    known = plain(head.rpartition("/")[2])
    whole = plain(head)
    if number == name_column:
        return Role.NAME, Why("ledger.why.names")
    match = _YEAR.fullmatch(unicodedata.normalize("NFKC", known)) or _YEAR.fullmatch(whole)
    if match is not None:
        found = int(match[1])
        return (
            (value_target(found), Why("ledger.why.year_head"))
            if EARLIEST_YEAR <= found <= year
            else ("", Why("ledger.why.unknown"))
        )
    for back, code in enumerate(("this_year", "last_year", "before_last")):
        if known in {plain(word) for word in _words(code)}:
            return value_target(year - back), Why("ledger.why.year_head")
    for role in (Role.UNIT, Role.NOTE):
        if known in {plain(word) for word in _words(role.removeprefix("#"))}:
            return role, Why("ledger.why.role_head")
    if known in {plain(word) for word in _words("value")}:
        return value_target(year), Why("ledger.why.value_head", {"year": year})
    return "", Why("ledger.why.unknown")


def _only_numbers(
    sheet: LedgerSheet, heads: HeadRows, columns: list[LaidColumn], name_column: int, year: int
) -> list[LaidColumn]:
    """Where no head says so: the one column of numbers right of the names is that of the values."""
    numeric = []
    for column in columns:
        if column.number <= name_column or column.target:
            continue
        looks = [
            look for row in sheet.row_numbers if row > heads.row and (look := sheet.looks(row, column.number))
        ]
        if looks and sum(look in {"number", "percent"} for look in looks) >= _FEWEST_NUMBERS * len(looks):
            numeric.append(column.number)
    if len(numeric) != 1 or not name_column:
        return columns
    why = Why("ledger.why.only_numbers", {"year": year})
    target = value_target(year)
    return [
        replace(column, target=target, label=target_label(target), trust=Trust.LIKELY, reason=why)
        if column.number == numeric[0]
        else column
        for column in columns
    ]


def with_names(
    ledgers: Ledgers,
    destination: Destination,
    sheet: LedgerSheet,
    layout: Layout,
    said: Mapping[str, str],
) -> Layout:
    """The layout with its rows matched to indicators, by its column of names; ``said`` is what is known of
    names already, an empty id for none on purpose."""
    names = layout.column_of(Role.NAME)
    if names is None:
        return replace(layout, rows=())
    units = layout.column_of(Role.UNIT)
    skipper = Skipper(sheet, layout.first_row, {column.number: column.head for column in layout.taken})
    found: list[LaidRow] = []
    for number in sheet.row_numbers:
        if number < layout.first_row or len(found) == _MOST_NAMES:
            continue
        name = " ".join(sheet.text(number, names.number).split())
        if name and not skipper.skips(number):
            written = plain(sheet.text(number, units.number)) if units is not None else ""
            unit = written if written and find_unit(written) is not None else words_of(name).unit
            found.append(LaidRow(number, name, unit))
    matcher = Matcher(ledgers, destination)
    taken = {said[row.name] for row in found if said.get(row.name)}
    candidates = [
        []
        if row.name in said
        else [
            each
            for each in matcher.candidates(Head((words_of(row.name),), row.unit))
            if each.target.id not in taken
        ]
        for row in found
    ]
    rows = []
    for row, match in zip(found, decide(candidates), strict=True):
        target = destination.target(said.get(row.name, ""))
        if target is not None:
            why = Why("ledger.why.remembered")
            rows.append(replace(row, target=target.id, label=target.label, trust=Trust.CERTAIN, reason=why))
        elif match.target is None and words_of(row.name).base in destination.computed:
            rows.append(replace(row, trust=Trust.CERTAIN, reason=Why("ledger.why.computed")))
        elif row.name in said:
            rows.append(replace(row, trust=Trust.CERTAIN, reason=Why("ledger.why.said")))
        elif match.target is None:
            rows.append(replace(row, reason=match.why, suggestions=match.suggestions))
        else:
            rows.append(
                replace(
                    row,
                    target=match.target.id,
                    label=match.target.label,
                    trust=match.trust,
                    reason=match.why,
                    suggestions=match.suggestions,
                )
            )
    return replace(layout, rows=tuple(rows))


def assign_row(destination: Destination, layout: Layout, number: int, target_id: str) -> Layout:
    """The clerk says which indicator a row is; empty: none. Each indicator once."""
    target = destination.target(target_id)
    said = Why("ledger.why.said")
    rows = []
    for row in layout.rows:
        if row.number == number:
            label = target.label if target is not None else ""
            chosen = target.id if target is not None else ""
            rows.append(replace(row, target=chosen, label=label, trust=Trust.CERTAIN, reason=said))
        elif target_id and row.target == target_id:
            rows.append(replace(row, target="", label="", trust=Trust.OPEN, reason=said))
        else:
            rows.append(row)
    return replace(layout, rows=tuple(rows))
