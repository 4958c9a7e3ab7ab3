"""The first understanding of a ledger's sheet, and the clerk's corrections to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from chuyi_desktop.app.ledgers import names as ledger_names
from chuyi_desktop.app.ledgers.columns import misfit, samples_of, with_share_guess, with_words
from chuyi_desktop.app.ledgers.heads import (
    HeadRows,
    columns_of,
    depth_of,
    find_heads,
    head_of,
    parts_of,
    shown_head,
    table_unit,
)
from chuyi_desktop.app.ledgers.layout import INDICATORS, Absent, LaidColumn, Layout, Trust, Why
from chuyi_desktop.app.ledgers.mapping import LedgerMapping, MappedColumn
from chuyi_desktop.app.ledgers.matching import Candidate, Match, Matcher, decide
from chuyi_desktop.app.ledgers.ports import CellRule, LedgerFile, Ledgers, LedgerSheet
from chuyi_desktop.app.ledgers.skips import Skipper
from chuyi_desktop.app.ledgers.targets import Destination, plain
from chuyi_desktop.domain import office_words
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.indicator import ValueKind
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.units import convert, same_unit


@dataclass(frozen=True, slots=True)
class Desk:
    """What understanding a sheet needs: who compares words, what the programme asks, the year."""

    ledgers: Ledgers
    programme: Programme
    year: int
    destination: Destination


def choose_sheet(desk: Desk, file: LedgerFile, name: str, mapping: LedgerMapping | None) -> LedgerSheet:
    """The sheet asked for, the remembered one, or that whose heads fit best. Raises InputError where there
    is no such sheet or none with anything on it."""
    filled = [sheet for sheet in file.sheets if sheet.row_numbers]
    there = "、".join(sheet.name for sheet in filled)
    if name:
        found = file.sheet(name)
        if found is None or not found.row_numbers:
            raise InputError("ledger.no_sheet", file=file.name, sheet=name, there=there)
        return found
    if not filled:
        raise InputError("ledger.empty", file=file.name)
    if mapping is not None:
        found = next((sheet for sheet in filled if sheet.name == mapping.sheet), None)
        if found is not None:
            return found
    if len(filled) == 1:
        return filled[0]
    return max(filled, key=lambda sheet: _fit(desk, sheet))


def _fit(desk: Desk, sheet: LedgerSheet) -> float:
    """How well a sheet goes into the destination."""
    matcher = Matcher(desk.ledgers, desk.destination)
    if desk.destination.id == INDICATORS:
        return float(ledger_names.known_names(ledger_names.better_side(sheet, matcher), matcher))
    heads = find_heads(sheet, matcher)
    return float(heads.known)


def understand_sheet(
    desk: Desk, sheet: LedgerSheet, mapping: LedgerMapping | None, head_row: int | None = None
) -> Layout:
    """The sheet understood: as remembered where ``mapping`` knows its heads, guessed elsewhere. ``head_row``
    is the last row of the heads where the clerk says so, 0 for none."""
    if desk.destination.id == INDICATORS:
        sheet = ledger_names.better_side(sheet, Matcher(desk.ledgers, desk.destination))
        return ledger_names.understand(desk.ledgers, desk.destination, desk.year, sheet, mapping, head_row)
    matcher = Matcher(desk.ledgers, desk.destination)
    if head_row is None:
        heads = _remembered_heads(sheet, mapping) or find_heads(sheet, matcher)
    else:
        heads = HeadRows(head_row, depth_of(sheet, head_row) if head_row else 0, Why("ledger.why.said"))
    found = _matched(desk, sheet, heads, matcher, mapping)
    columns = [column for column, _ in found]
    layout = Layout(
        desk.destination.id,
        desk.destination.label,
        sheet.name,
        heads.row,
        heads.depth,
        heads.why,
        tuple(columns),
        remembered=mapping is not None and any(said for _, said in found),
    )
    layout = _with_contents(desk, sheet, layout, mapping)
    keys = mapping.keys if mapping is not None else ()
    return _with_keys(desk, layout, keys)


def assign_column(desk: Desk, sheet: LedgerSheet, layout: Layout, number: int, target_id: str) -> Layout:
    """The clerk says what a column goes into; empty: nothing. The column that went there before goes
    nowhere now. Raises InputError for what is no target."""
    target = desk.destination.target(target_id) if target_id else None
    if desk.destination.id != INDICATORS and target_id and target is None:
        raise InputError("ledger.no_target", found=target_id, into=layout.into_label)
    said = Why("ledger.why.said")
    columns = []
    for column in layout.columns:
        if column.number == number:
            unit = column.rule.unit
            columns.append(
                replace(
                    _bare(column),
                    target=target_id,
                    label=ledger_names.target_label(target_id) if target is None else target.label,
                    trust=Trust.CERTAIN,
                    reason=said,
                    rule=CellRule(unit if target is None or target.field.kind.is_number else ""),
                )
            )
        elif target_id and column.target == target_id:
            columns.append(replace(_bare(column), reason=said))
        else:
            columns.append(column)
    changed = replace(layout, columns=tuple(columns))
    if desk.destination.id == INDICATORS:
        known = {
            row.name: row.target
            for row in layout.rows
            if row.reason.code in {"ledger.why.said", "ledger.why.remembered"}
        }
        return ledger_names.with_names(desk.ledgers, desk.destination, sheet, changed, known)
    return _with_keys(desk, _with_contents(desk, sheet, changed, None, only=number), layout.keys)


def _bare(column: LaidColumn) -> LaidColumn:
    return replace(column, target="", label="", trust=Trust.OPEN, words=(), share_reason=None)


def _remembered_heads(sheet: LedgerSheet, mapping: LedgerMapping | None) -> HeadRows | None:
    """The row with most of the remembered heads, where it has at least half of them."""
    if mapping is None:
        return None
    wanted = {column.head for column in mapping.columns if column.into}
    if wanted and all(head.startswith("[") for head in wanted):
        return HeadRows(0, 0, Why("ledger.why.remembered"))
    best = HeadRows(0, 0, Why("ledger.why.no_heads"))
    for row in sheet.row_numbers[:30]:
        for depth in (1, 2, 3):
            heads = {shown_head(parts_of(sheet, row, depth, column)) for column in columns_of(sheet)}
            known = len(wanted & heads)
            if known > best.known:
                why = Why("ledger.why.remembered_heads", {"row": row, "known": known})
                best = HeadRows(row, depth, why, known)
    return best if best.known and 2 * best.known >= len(wanted) else None


def _matched(
    desk: Desk, sheet: LedgerSheet, heads: HeadRows, matcher: Matcher, mapping: LedgerMapping | None
) -> list[tuple[LaidColumn, bool]]:
    """Every column with what it is taken for, and whether that was remembered."""
    known = mapping.columns if mapping is not None else ()
    said = {column.head: column for column in known if column.is_said}
    numbers = list(columns_of(sheet))
    parts = [parts_of(sheet, heads.row, heads.depth, number) if heads.row else () for number in numbers]
    shown = [shown_head(each) for each in parts]
    keys = [head or f"[{column_letters(number)}]" for head, number in zip(shown, numbers, strict=True)]
    remembered = {
        key: said[key]
        for key in keys
        if key in said and (not said[key].into or desk.destination.target(said[key].into))
    }
    taken = {column.into for column in remembered.values()}
    candidates: list[Sequence[Candidate]] = []
    for number, key, each in zip(numbers, keys, parts, strict=True):
        found = matcher.candidates(head_of(each)) if each and key not in remembered else []
        candidates.append(
            sorted(
                (
                    replace(one, score=one.score - misfit(sheet, heads.row + 1, number, one.target.field))
                    for one in found
                    if one.target.id not in taken
                ),
                key=lambda one: -one.score,
            )
        )
    columns = []
    whole = table_unit(sheet, heads)
    for number, head, each, match in zip(numbers, shown, parts, decide(candidates), strict=True):
        column = LaidColumn(
            number,
            column_letters(number),
            head,
            samples=samples_of(sheet, heads.row + 1, number),
        )
        if column.key in remembered:
            columns.append((_as_remembered(desk, column, remembered[column.key]), True))
        else:
            columns.append((_as_matched(column, match, head_of(each).unit, whole), False))
    return columns


def _as_remembered(desk: Desk, column: LaidColumn, said: MappedColumn) -> LaidColumn:
    target = desk.destination.target(said.into)
    return replace(
        column,
        target=said.into,
        label=target.label if target is not None else "",
        trust=Trust.CERTAIN,
        reason=Why("ledger.why.remembered"),
        rule=CellRule(said.unit),
    )


def _as_matched(column: LaidColumn, match: Match, unit: str, whole: str) -> LaidColumn:
    column = replace(column, trust=match.trust, reason=match.why, suggestions=match.suggestions)
    target = match.target
    if target is None and plain(column.head.rpartition("/")[2]) in office_words.ORDER_NUMBERS:
        return replace(column, trust=Trust.CERTAIN, reason=Why("ledger.why.order_number"))
    if target is None:
        return column
    column = replace(column, target=target.id, label=target.label)
    if not target.field.kind.is_number:
        return column
    wanted = target.field.unit
    if unit and (same_unit(unit, wanted) or convert(Decimal(1), unit, wanted) is not None):
        return replace(column, rule=CellRule(unit))
    if whole and not same_unit(whole, wanted) and convert(Decimal(1), whole, wanted) is not None:
        why = Why("ledger.why.with_table_unit", {"reason": match.why, "unit": whole, "wanted": wanted})
        return replace(column, rule=CellRule(whole), reason=why)
    return column


def _with_contents(
    desk: Desk, sheet: LedgerSheet, layout: Layout, mapping: LedgerMapping | None, only: int = 0
) -> Layout:
    """With how shares and choice words of the taken columns are written."""
    said = {column.head: column for column in mapping.columns} if mapping is not None else {}
    skipper = Skipper(sheet, layout.first_row, {column.number: column.head for column in layout.taken})
    columns = []
    for column in layout.columns:
        target = desk.destination.target(column.target) if column.target else None
        if target is not None and only in {0, column.number}:
            before = said.get(column.key, MappedColumn(column.key, ""))
            column = with_share_guess(column, target, sheet, skipper, before.share)  # noqa: PLW2901  # the same column, told more
            column = with_words(column, target, sheet, skipper, desk.ledgers, before.words)  # noqa: PLW2901  # as above
        columns.append(column)
    return replace(layout, columns=tuple(columns))


def _with_keys(desk: Desk, layout: Layout, keys: Sequence[str]) -> Layout:
    """With the columns by which rows are known again, and the required ones that are not there."""
    taken = {column.target for column in layout.taken}
    table = desk.destination.table
    if table is None:
        return layout
    absent = tuple(
        Absent(column.id, column.name)
        for column in table.columns
        if column.required and column.id not in taken
    )
    if not keys or not set(keys) <= taken:
        unique = [check.unique for check in desk.programme.checks if check.table == table.id and check.unique]
        required = [column for column in table.columns if column.required and column.id in taken]
        texts = tuple(column.id for column in required if column.kind is ValueKind.TEXT)
        fitting = [each for each in unique if set(each) <= taken]
        keys = next(iter(fitting), ()) or texts or tuple(column.id for column in required)
    return replace(layout, keys=tuple(keys), absent=absent)


def column_letters(number: int) -> str:
    """1 is ``A``, 27 ``AA``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
