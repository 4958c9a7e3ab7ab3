"""Fields and what stands in them in people's words: what a conflict is called by, and what each side says."""

from collections.abc import Mapping, Sequence

from chuyi_desktop.app.departments.field_marks import row_mark
from chuyi_desktop.app.ports import SheetRoster
from chuyi_desktop.domain.assessment import (
    Attestation,
    Content,
    Entry,
    Explanation,
    Field,
    Rating,
    Row,
    Text,
)
from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.programme import Programme, Rubric
from chuyi_desktop.domain.values import Value
from chuyi_desktop.domain.wording import say

Cells = Mapping[str, Value]
"""A row by column."""
_MOST_ROWS = 3
_LONGEST = 40
"""Characters of a text that are shown."""


def field_id(field: Field, year: int) -> str:
    """What a person types to name a field: the id, with the year where it is not the assessment's."""
    return field.key if field.year in {None, year} else f"{field.key}@{field.year}"


def content_words(
    programme: Programme, field: Field, content: Content | SheetRoster | tuple[Row, ...] | None
) -> str:
    """What stands there, in a few words; 未填 for nothing."""
    match content:
        case SheetRoster():
            return _roster(len(content.rows))
        case tuple():
            return _roster(len(content))
        case Entry():
            return _noted(_entry(programme, field, content), content.note)
        case Text():
            return say("departments.words.text", {"count": len(content.text), "text": _short(content.text)})
        case Attestation():
            return _noted(say("input.yes") if content.holds else say("input.no"), content.note)
        case Rating():
            return _noted(_level(programme, field.key, content.level_id), content.note)
        case Explanation():
            return _short(content.text)
        case _:
            return say("input.missing.not_filled")


def rosters_words(programme: Programme, table_id: str, sides: Sequence[Sequence[Cells]]) -> list[str]:
    """How many rows each side has, and which of them no side with another roster has."""
    marked = [[row_mark(cells) for cells in side] for side in sides]
    words = []
    for side, marks in zip(sides, marked, strict=True):
        elsewhere = {mark for other in marked if other != marks for mark in other}
        own = [cells for cells, mark in zip(side, marks, strict=True) if mark not in elsewhere]
        named = [_row_name(programme, table_id, cells) for cells in own[:_MOST_ROWS]]
        count = _roster(len(side)) if side else say("departments.words.no_rows")
        params = {"rows": count, "own": len(own), "named": "、".join(named)}
        code = "departments.words.own_rows_more" if len(own) > _MOST_ROWS else "departments.words.own_rows"
        words.append(say(code, params) if own and len(sides) > 1 else count)
    return words


def _row_name(programme: Programme, table_id: str, cells: Cells) -> str:
    """What a row is called by: its first filled cell."""
    columns = programme.tables[table_id].columns
    first = next((column for column in columns if column.id in cells), None)
    return "" if first is None else _short(show(cells[first.id], first))


def _entry(programme: Programme, field: Field, entry: Entry) -> str:
    if entry.not_applicable:
        return say("departments.words.not_applicable", {"reason": _short(entry.not_applicable)})
    return _short(show(entry.maybe, programme.indicators.get(field.key)))


def _level(programme: Programme, item_id: str, level_id: str) -> str:
    for item in programme.scored_items():
        if item.id == item_id and isinstance(item.method, Rubric):
            return next((level.title for level in item.method.levels if level.id == level_id), level_id)
    return level_id


def _roster(count: int) -> str:
    return say("departments.words.rows" if count else "excel.roster.empty", {"count": count})


def _noted(words: str, note: str) -> str:
    return say("departments.words.noted", {"words": words, "note": _short(note)}) if note else words


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
