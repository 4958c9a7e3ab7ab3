"""What an assessment holds, sorted once: values by id and year, rosters in order, how many proofs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chuyi_desktop.domain.assessment import (
    Assessment,
    Content,
    DeclaredEmpty,
    Entry,
    EvidenceLink,
    Field,
    FieldKind,
    Row,
)

Place = tuple[str, int]
"""Which indicator or roster, of which year."""


@dataclass(frozen=True, slots=True)
class Filed:
    """The parts of an assessment that scoring asks for again and again."""

    entries: Mapping[Place, Entry]
    rosters: Mapping[Place, tuple[Row, ...]]
    """The rows in order; none for 本表无数据, no key where nothing was said."""
    proofs: Mapping[str, int]
    """How many files are attached, by what they prove."""

    @staticmethod
    def of(assessment: Assessment) -> "Filed":
        """Everything of ``assessment``."""
        entries: dict[Place, Entry] = {}
        proofs: Counter[str] = Counter()
        for place, content in assessment.fields.items():
            if isinstance(content, Entry) and place.year is not None:
                entries[place.key, place.year] = content
            elif isinstance(content, EvidenceLink):
                proofs[place.key] += 1
        return Filed(entries, _rosters(assessment.fields, None), proofs)

    def after(self, assessment: Assessment, changed: Iterable[Field]) -> "Filed":
        """The same for ``assessment``, which differs in ``changed`` only."""
        entries, rosters, proofs = self.entries, self.rosters, self.proofs
        tables: set[Place] = set()
        for place in changed:
            match place.kind:
                case FieldKind.VALUE:
                    entries = dict(entries) if entries is self.entries else entries
                    _put(entries, place, assessment.fields.get(place))
                case FieldKind.ROW | FieldKind.EMPTY_TABLE if place.year is not None:
                    tables.add((place.key, place.year))
                case FieldKind.EVIDENCE:
                    proofs = {**proofs, place.key: len(assessment.evidence(place.key))}
        if tables:
            others = {key: rows for key, rows in rosters.items() if key not in tables}
            rosters = others | _rosters(assessment.fields, tables)
        return Filed(entries, rosters, proofs)


def _put(entries: Mapping[Place, Entry], place: Field, content: Content | None) -> None:
    if not isinstance(entries, dict) or place.year is None:
        return
    if isinstance(content, Entry):
        entries[place.key, place.year] = content
    else:
        entries.pop((place.key, place.year), None)


def _rosters(fields: Mapping[Field, Content], wanted: set[Place] | None) -> dict[Place, tuple[Row, ...]]:
    """The rosters of ``wanted``; all where None."""
    found: defaultdict[Place, list[Row]] = defaultdict(list)
    empty: set[Place] = set()
    for place, content in fields.items():
        if not isinstance(content, Row | DeclaredEmpty) or place.year is None:
            continue
        key = (place.key, place.year)
        if wanted is not None and key not in wanted:
            continue
        if isinstance(content, Row):
            found[key].append(content)
        else:
            empty.add(key)
    rosters: dict[Place, tuple[Row, ...]] = dict.fromkeys(empty, ())
    for key, rows in found.items():
        rosters[key] = tuple(sorted(rows, key=lambda row: (row.position, row.id)))
    return rosters
