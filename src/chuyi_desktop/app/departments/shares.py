"""Who supplies what: the usual department of each thing a programme asks for, or the one the school named,
and the share of the programme that each department fills in by itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from chuyi_desktop.domain.assessment import Assessment, Entry, Field, FieldKind
from chuyi_desktop.domain.programme import (
    Asked,
    Attested,
    ConditionGroup,
    Programme,
    Rubric,
    ScoredSection,
    Section,
)
from chuyi_desktop.domain.wording import say

OFFICE = say("departments.office")
"""Supplies what no department is named for: texts, attestations, ratings and explanations too."""
_SHARE = "share"


@dataclass(frozen=True, slots=True)
class Owners:
    """What the school changed: departments it calls otherwise, and who supplies single things, by id."""

    departments: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)

    def of(self, item_id: str, usual: str) -> str:
        """Who supplies a thing whose usual department is ``usual``."""
        return self.items.get(item_id) or self.departments.get(usual, usual)

    def moved(self, item_id: str, department: str) -> "Owners":
        """The same, but ``department`` supplies the thing; the usual one where that is empty."""
        items = {key: name for key, name in self.items.items() if key != item_id}
        return Owners(self.departments, items | ({item_id: department} if department else {}))

    def renamed(self, old: str, new: str, *, is_usual: bool) -> "Owners":
        """The same, but all that ``old`` supplies is supplied by ``new``; ``is_usual`` says whether the
        catalogue knows a department by the old name."""
        departments = {key: new if name == old else name for key, name in self.departments.items()}
        departments = {
            key: name for key, name in (departments | ({old: new} if is_usual else {})).items() if key != name
        }
        return Owners(departments, {key: new if name == old else name for key, name in self.items.items()})

    def restored(self, usual: str) -> "Owners":
        """The same, but the department ``usual`` goes by its usual name again."""
        return Owners({key: name for key, name in self.departments.items() if key != usual}, self.items)


@dataclass(frozen=True, slots=True)
class Supplied:
    """One thing a programme asks for: an indicator with its years, a roster, a narrative, the answer to a
    condition, a rubric's level or the explanation of a check. ``fields`` are what can be filled in; of a
    roster the one without a row's id."""

    kind: FieldKind
    id: str
    title: str
    usual: str
    owner: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What one department supplies, in the order of the programme."""

    department: str
    items: tuple[Supplied, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field of it."""
        return tuple(place for item in self.items for place in item.fields)

    def count(self, *kinds: FieldKind) -> int:
        """How many things of these kinds it has."""
        return sum(1 for item in self.items if item.kind in kinds)


@dataclass(frozen=True, slots=True)
class Filling:
    """How far a department's share is filled in: titles of what is still blank. Explanations do not count,
    since only findings ask for them."""

    asked: int
    blank: tuple[str, ...]

    @property
    def filled(self) -> int:
        """How much is there."""
        return self.asked - len(self.blank)


def shares(programme: Programme, year: int, owners: Owners) -> tuple[Share, ...]:
    """The programme divided among departments: everything it asks, once. The office comes last."""
    divided: dict[str, list[Supplied]] = {}
    for item in supplied(programme, year, owners):
        divided.setdefault(item.owner, []).append(item)
    office = owners.departments.get(OFFICE, OFFICE)
    ordered = sorted(divided.items(), key=lambda pair: pair[0] == office)
    return tuple(Share(department, tuple(items)) for department, items in ordered)


def supplied(programme: Programme, year: int, owners: Owners) -> Iterator[Supplied]:
    """Everything that somebody has to fill in, with who that is."""
    for one in _asked(programme).values():
        indicator = programme.indicators[one.indicator_id]
        years = range(year, year - one.earlier_years - 1, -1)
        places = tuple(Field(FieldKind.VALUE, indicator.id, each) for each in years)
        yield _item(FieldKind.VALUE, indicator.id, indicator.name, indicator.owner, owners, places)
    for table in programme.tables.values():
        places = (Field(FieldKind.ROW, table.id, year),)
        yield _item(FieldKind.ROW, table.id, table.name, table.owner, owners, places)
    for kind, item_id, title in _of_the_assessment(programme):
        yield _item(kind, item_id, title, "", owners, (Field(kind, item_id),))


def part_of(programme: Programme, share: Share) -> Programme:
    """The programme with nothing but what ``share`` is asked; its id, version and hash stay."""
    has = {(item.kind, item.id): item.owner for item in share.items}
    asked = _asked(programme)
    indicators = {
        key: replace(one, owner=has.get((FieldKind.VALUE, key), one.owner))
        for key, one in programme.indicators.items()
    }
    attested = [each for each in programme.conditions() if (FieldKind.ATTESTATION, each.id) in has]
    rated = [each for each in programme.scored_items() if (FieldKind.RATING, each.id) in has]
    return replace(
        programme,
        indicators=indicators,
        tables={key: one for key, one in programme.tables.items() if (FieldKind.ROW, key) in has},
        sections=tuple(_sections(programme, asked, lambda key: (FieldKind.VALUE, key) in has)),
        condition_groups=(ConditionGroup(_SHARE, "", programme.id, tuple(attested)),) if attested else (),
        scored_sections=(ScoredSection(_SHARE, "", tuple(rated)),) if rated else (),
        tiers=(),
        checks=tuple(each for each in programme.checks if (FieldKind.EXPLANATION, each.id) in has),
        narratives=tuple(each for each in programme.narratives if (FieldKind.TEXT, each.id) in has),
        dossier=(),
    )


def filling(share: Share, assessment: Assessment) -> Filling:
    """How far ``assessment`` has what the department supplies."""
    counted = [item for item in share.items if item.kind is not FieldKind.EXPLANATION]
    blank = [
        title_of(item, place, assessment.year)
        for item in counted
        for place in item.fields
        if not _is_filled(assessment, place)
    ]
    return Filling(sum(len(item.fields) for item in counted), tuple(blank))


def title_of(item: Supplied, place: Field, year: int) -> str:
    """What people call a field; the year is named where it is not the assessment's."""
    if place.year in {None, year}:
        return item.title
    return say("departments.title_of_year", {"title": item.title, "year": place.year})


def _is_filled(assessment: Assessment, place: Field) -> bool:
    if place.kind is FieldKind.ROW:
        return assessment.rows(place.key, place.year) is not None
    content = assessment.fields.get(place)
    if isinstance(content, Entry):
        return content.value is not None or bool(content.not_applicable)
    return content is not None


def _item(
    kind: FieldKind, item_id: str, title: str, usual: str, owners: Owners, places: tuple[Field, ...]
) -> Supplied:
    # Of several named departments the first leads.
    usual = usual.partition(say("departments.several"))[0].strip() or OFFICE
    return Supplied(kind, item_id, title, usual, owners.of(item_id, usual), places)


def _asked(programme: Programme) -> dict[str, Asked]:
    """Every indicator that is typed, once, with the most years any section asks."""
    found: dict[str, Asked] = {}
    for section in programme.sections:
        for one in section.asked:
            known = found.get(one.indicator_id)
            if programme.indicators[one.indicator_id].is_derived:
                continue
            if known is None or known.earlier_years < one.earlier_years:
                found[one.indicator_id] = one
    return found


def _sections(
    programme: Programme, asked: Mapping[str, Asked], wanted: Callable[[str], bool]
) -> Iterator[Section]:
    """The sections with what is wanted of them; what several ask stands where it is asked first."""
    seen: set[str] = set()
    for section in programme.sections:
        kept = []
        for one in section.asked:
            if one.indicator_id in asked and one.indicator_id not in seen and wanted(one.indicator_id):
                kept.append(asked[one.indicator_id])
            seen.add(one.indicator_id)
        if kept:
            yield replace(section, asked=tuple(kept))


def _of_the_assessment(programme: Programme) -> Iterable[tuple[FieldKind, str, str]]:
    for condition in programme.conditions():
        if isinstance(condition.rule, Attested):
            yield FieldKind.ATTESTATION, condition.id, condition.title
    for item in programme.scored_items():
        if isinstance(item.method, Rubric):
            yield FieldKind.RATING, item.id, item.title
    for narrative in programme.narratives:
        yield FieldKind.TEXT, narrative.id, narrative.title
    for check in programme.checks:
        yield FieldKind.EXPLANATION, check.id, check.title
