"""自评: what one school says for one programme and one year, and changes to it as values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from chuyi_desktop.domain.values import Maybe, Missing, MissingReason, Value

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100
"""Years that an assessment, and a value typed for a year, may have."""


class OriginKind(StrEnum):
    """How a value came in."""

    TYPED = "typed"
    IMPORTED = "imported"
    SAMPLE = "sample"
    TAKEN_OVER = "taken_over"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from: who brought it in when; for an import ``source`` names file, sheet, cell,
    for what was taken over from another year's assessment that year."""

    kind: OriginKind
    who: str
    when: datetime
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """The content of an indicator's field. ``not_applicable`` is a reason and stands instead of a value."""

    value: Value | None
    origin: Origin | None = field(default=None, compare=False)
    note: str = ""
    not_applicable: str = ""

    @property
    def maybe(self) -> Maybe:
        """The value, or why there is none."""
        if self.not_applicable:
            return Missing(MissingReason.NOT_APPLICABLE)
        return Missing() if self.value is None else self.value


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a roster; ``position`` orders rows, ``cells`` hold values by column id, blanks left out."""

    id: str
    position: int
    cells: Mapping[str, Value]
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class DeclaredEmpty:
    """本表无数据, said by the school: the roster counts as zero rows, not as 未填."""

    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A narrative."""

    text: str
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Attestation:
    """The school's answer to an attested condition."""

    holds: bool
    note: str = ""
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Rating:
    """The level of a rubric on which the school places itself."""

    level_id: str
    note: str = ""
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The school's words on a finding of a check."""

    text: str
    confirmed_by_head: bool = False
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """佐证材料 that proves a rule or indicator: a stored file by its SHA-256, named and ordered."""

    sha256: str
    name: str
    media_type: str
    size: int
    position: int
    origin: Origin | None = field(default=None, compare=False)


Content = Entry | Row | DeclaredEmpty | Text | Attestation | Rating | Explanation | EvidenceLink


class FieldKind(StrEnum):
    """The kind of a field; ``Field`` says what its key and item mean for each."""

    VALUE = "value"
    ROW = "row"
    EMPTY_TABLE = "empty_table"
    TEXT = "text"
    ATTESTATION = "attestation"
    RATING = "rating"
    EXPLANATION = "explanation"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Field:
    """The address of one thing that can be filled in.

    ========== =================== ================ ==========================
    kind       key                 year             item
    ========== =================== ================ ==========================
    value      indicator id        the value's      –
    row        table id            the roster's     row id
    empty_table table id           the roster's     –
    text       narrative id        –                –
    attestation condition id       –                –
    rating     scored item id      –                –
    explanation check id           –                –
    evidence   rule or indicator   –                SHA-256 of the file
    ========== =================== ================ ==========================

    Values and rosters belong to the school and are shared by its programmes; the others belong to one
    assessment.
    """

    kind: FieldKind
    key: str
    year: int | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One field from ``old`` to ``new``; None is nothing there. Swapped, it undoes itself."""

    field: Field
    old: Content | None
    new: Content | None

    @property
    def undone(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.field, self.new, self.old)


@dataclass(frozen=True, slots=True)
class Assessment:
    """自评: every filled-in field of one school × programme × year.

    ``fields`` also holds the school's values of earlier years. An assessment never changes: ``after``
    gives another one.
    """

    id: str
    programme_id: str
    pack_version: str
    pack_hash: str
    year: int
    fields: Mapping[Field, Content]

    def entry(self, indicator_id: str, year: int | None = None) -> Entry | None:
        """What is filled in for an indicator, of the assessment's year unless said otherwise."""
        found = self.fields.get(Field(FieldKind.VALUE, indicator_id, year or self.year))
        return found if isinstance(found, Entry) else None

    def value(self, indicator_id: str, year: int | None = None) -> Maybe:
        """The filled-in value of an indicator, or why there is none."""
        entry = self.entry(indicator_id, year)
        found = Missing() if entry is None else entry.maybe
        return replace(found, fields=(indicator_id,)) if isinstance(found, Missing) else found

    def rows(self, table_id: str, year: int | None = None) -> tuple[Row, ...] | None:
        """The rows of a roster in order; empty for 本表无数据, None where nothing was said."""
        wanted = year or self.year
        found = [
            content
            for place, content in self.fields.items()
            if isinstance(content, Row) and place.key == table_id and place.year == wanted
        ]
        if found:
            return tuple(sorted(found, key=lambda row: (row.position, row.id)))
        return () if Field(FieldKind.EMPTY_TABLE, table_id, wanted) in self.fields else None

    def text(self, narrative_id: str) -> str:
        """A narrative; empty where not written."""
        found = self.fields.get(Field(FieldKind.TEXT, narrative_id))
        return found.text if isinstance(found, Text) else ""

    def attestation(self, condition_id: str) -> Attestation | None:
        """The answer to an attested condition."""
        found = self.fields.get(Field(FieldKind.ATTESTATION, condition_id))
        return found if isinstance(found, Attestation) else None

    def rating(self, item_id: str) -> Rating | None:
        """The level the school chose for a rubric."""
        found = self.fields.get(Field(FieldKind.RATING, item_id))
        return found if isinstance(found, Rating) else None

    def explanation(self, check_id: str) -> Explanation | None:
        """The explanation of a check's finding."""
        found = self.fields.get(Field(FieldKind.EXPLANATION, check_id))
        return found if isinstance(found, Explanation) else None

    def evidence(self, key: str | None = None) -> tuple[tuple[str, EvidenceLink], ...]:
        """Evidence of a rule or indicator, or all, as (what it proves, link) in order."""
        found = [
            (place.key, content)
            for place, content in self.fields.items()
            if isinstance(content, EvidenceLink) and (key is None or place.key == key)
        ]
        return tuple(sorted(found, key=lambda pair: (pair[1].position, pair[1].name, pair[0])))

    def after(self, changes: Iterable[Change]) -> "Assessment":
        """The assessment with ``changes`` made in order; what-if overlays and undo use the same."""
        fields = dict(self.fields)
        for change in changes:
            if change.new is None:
                fields.pop(change.field, None)
            else:
                fields[change.field] = change.new
        return replace(self, fields=fields)

    def change(self, place: Field, new: Content | None) -> Change | None:
        """The change that puts ``new`` at ``place``; None where it is there already (origin apart)."""
        old = self.fields.get(place)
        return None if old == new else Change(place, old, new)
