"""What is filled in that another pack does not ask for: it stays stored, and is told by name."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from chuyi_desktop.domain.assessment import Assessment, Content, Field, FieldKind, Rating, Row
from chuyi_desktop.domain.programme import Attested, Programme, Rubric

_Name = tuple[str, str]
_COLUMN, _LEVEL = "column", "level"
_ORDER = (
    FieldKind.VALUE,
    FieldKind.ROW,
    _COLUMN,
    FieldKind.EMPTY_TABLE,
    FieldKind.TEXT,
    FieldKind.ATTESTATION,
    FieldKind.RATING,
    _LEVEL,
    FieldKind.EXPLANATION,
    FieldKind.EVIDENCE,
)


@dataclass(frozen=True, slots=True)
class Left:
    """Contents with no place in a pack. ``kind`` is that of their fields, or column or level; ``count`` is
    how many there are: years of a value, rows of a roster, files."""

    kind: str
    id: str
    title: str
    count: int


def left_behind(before: Programme, after: Programme, assessment: Assessment) -> tuple[Left, ...]:
    """What of ``assessment`` has no place in ``after``. Of what the school shares only what ``before`` has a
    place for: the rest belongs to other programmes."""
    old, new = _places(before), _places(after)
    counts: Counter[_Name] = Counter()
    for field, content in assessment.fields.items():
        for name in _names(field, content, new):
            if name not in new and (name in old or field.year is None):
                counts[name] += 1
    left = (Left(kind, key, old.get((kind, key), key), count) for (kind, key), count in counts.items())
    return tuple(sorted(left, key=lambda each: _ORDER.index(each.kind)))


def _names(field: Field, content: Content, places: dict[_Name, str]) -> Iterator[_Name]:
    """What a field must find in a pack; where the whole has no place, its parts are not told as well."""
    whole = (str(field.kind), field.key)
    yield whole
    if whole in places:
        match content:
            case Row():
                yield from ((_COLUMN, f"{field.key}.{column}") for column in content.cells)
            case Rating():
                yield _LEVEL, f"{field.key}.{content.level_id}"
            case _:
                pass


def _places(programme: Programme) -> dict[_Name, str]:
    """Everything that can be filled in under ``programme``, with its title."""
    return dict([*_of_the_school(programme), *_of_the_assessment(programme)])


def _of_the_school(programme: Programme) -> Iterator[tuple[_Name, str]]:
    for one in programme.indicators.values():
        if not one.is_derived:
            yield (FieldKind.VALUE, one.id), one.name
    for table in programme.tables.values():
        yield (FieldKind.ROW, table.id), table.name
        yield (FieldKind.EMPTY_TABLE, table.id), table.name
        for column in table.columns:
            yield (_COLUMN, f"{table.id}.{column.id}"), f"{table.name}·{column.name}"


def _of_the_assessment(programme: Programme) -> Iterator[tuple[_Name, str]]:
    for narrative in programme.narratives:
        yield (FieldKind.TEXT, narrative.id), narrative.title
    for condition in programme.conditions():
        if isinstance(condition.rule, Attested):
            yield (FieldKind.ATTESTATION, condition.id), condition.title
    for item in programme.scored_items():
        if isinstance(item.method, Rubric):
            yield (FieldKind.RATING, item.id), item.title
            for level in item.method.levels:
                yield (_LEVEL, f"{item.id}.{level.id}"), f"{item.title}·{level.title}"
    for check in programme.checks:
        yield (FieldKind.EXPLANATION, check.id), check.title
    for key, title in programme.provable().items():
        yield (FieldKind.EVIDENCE, key), title
