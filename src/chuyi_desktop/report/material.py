"""What a dossier is composed of, and the questions every part asks of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.display import grouped, in_unit, show
from chuyi_desktop.domain.errors import PackError
from chuyi_desktop.domain.indicator import SCHOOL_NAME, Fillable, Indicator, is_ratio
from chuyi_desktop.domain.programme import Condition, DossierPart, Programme, ScoredItem
from chuyi_desktop.domain.provenance import Basis, Provenance
from chuyi_desktop.domain.units import YEARS
from chuyi_desktop.domain.values import Maybe, Missing
from chuyi_desktop.domain.verdict import Input, Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.evidence_numbers import NumberedEvidence
from chuyi_desktop.scoring.facts import SchoolFacts

Named = TypeVar("Named")
"""What a pack names by id: an indicator, a table, a section, a narrative."""


@dataclass(frozen=True, slots=True)
class Material:
    """One programme, one assessment and its verdict, with the evidence numbered."""

    programme: Programme
    assessment: Assessment
    verdict: Verdict
    made: date
    evidence: NumberedEvidence

    facts: SchoolFacts = field(init=False, repr=False, compare=False)
    """The figures of other years too, derived ones computed, as scoring reads them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", SchoolFacts(self.programme, self.assessment))

    def value(self, indicator: Indicator, year: int | None = None) -> Maybe:
        """An indicator's value; a derived one of this year is the verdict's."""
        wanted = self.assessment.year if year is None else year
        trace = self.verdict.derived.get(indicator.id)
        if trace is not None and wanted == self.assessment.year:
            return trace.result
        return self.facts.value(indicator.id, self.assessment.year - wanted)

    def known(self, indicator_id: str) -> str:
        """A filled-in value by a well-known id; empty where not asked for or 未填, to be written by hand."""
        indicator = self.programme.indicators.get(indicator_id)
        value = Missing() if indicator is None else self.value(indicator)
        return "" if isinstance(value, Missing) else show(value, indicator)

    @property
    def school(self) -> str:
        """The school's name; empty where 未填."""
        return self.known(SCHOOL_NAME)

    def found(self, part: DossierPart, known: Mapping[str, Named], name: str) -> Named:
        """What a part's settings name. Raises PackError for a name the pack does not have."""
        if name not in known:
            programme = self.programme.name
            raise PackError("report.unknown_setting", programme=programme, kind=part.kind, found=name)
        return known[name]


def texts(part: DossierPart, key: str) -> tuple[str, ...] | None:
    """A list of texts in a part's settings; None where the part does not say."""
    setting = part.settings.get(key)
    if isinstance(setting, str):
        return (setting,)
    return tuple(str(entry) for entry in setting) if isinstance(setting, list | tuple) else None


def labelled(asked: Fillable) -> str:
    """The name of a field with its unit in brackets, as column heads and forms have it."""
    # 建成年份 needs no （年）, 培训人次 no （人次）.
    said = asked.name.endswith(asked.unit) or (asked.unit == YEARS and asked.unit in asked.name)
    if not asked.unit or is_ratio(asked) or said:
        return asked.name
    return say("report.with_unit", {"name": asked.name, "unit": asked.unit})


def quantity(amount: Decimal, unit: str) -> str:
    """``1,200 人``, ``30%``, ``85``."""
    return in_unit(grouped(amount), unit)


def given(each: Input, year: int) -> str:
    """A number that was read: ``在校生：3,091 人``, with its year where that is not ``year``."""
    code = "report.verdict.input" if each.year == year else "report.verdict.input_year"
    return say(code, {"label": each.label, "year": each.year, "value": each.shown})


def reference_notes(material: Material, rules: Iterable[Condition | ScoredItem]) -> tuple[str, ...]:
    """What 参考 means, and the notes that ``rules`` share with others."""
    noted = {rule.provenance.note for rule in rules}
    shared = (note for note in shared_notes(material.programme) if note in noted)
    notes = (say("report.reference_note", {"note": note}) for note in shared)
    return (say("report.reference_mark"), *notes)


def marked(title: str, provenance: Provenance) -> str:
    """``title``, marked 参考 where no published text stands behind it."""
    if provenance.basis is not Basis.REFERENCE:
        return title
    return say("report.reference", {"title": title})


def basis(provenance: Provenance) -> str:
    """官方, 国标 or 参考."""
    return say(f"report.basis.{provenance.basis}")


def source(provenance: Provenance) -> str:
    """The citation; what stands in its place where there is none; and the note."""
    reference = provenance.basis is Basis.REFERENCE
    fallback = say("report.reference_source") if reference and not provenance.note else ""
    return joined_sentences(provenance.citation or fallback, provenance.note)


def source_in_row(material: Material, provenance: Provenance) -> str:
    """Basis and source as a table's row has them: a note that many rules share stands once, beside the
    tables."""
    if provenance.note in shared_notes(material.programme):
        cited = "report.source_cited_below" if provenance.citation else "report.source_below"
        return say(cited, {"basis": basis(provenance), "source": provenance.citation})
    return say("report.source", {"basis": basis(provenance), "source": source(provenance)})


def shared_notes(programme: Programme) -> tuple[str, ...]:
    """What rules without a published text say of themselves in the same words, each wording once."""
    rules: list[Condition | ScoredItem] = [*programme.conditions(), *programme.scored_items()]
    counted = Counter(
        rule.provenance.note
        for rule in rules
        if rule.provenance.basis is Basis.REFERENCE and rule.provenance.note
    )
    return tuple(note for note, count in counted.items() if count > 1)


def joined(*parts: str) -> str:
    """``甲、乙、丙``; empty parts left out."""
    return say("report.join").join(part for part in parts if part)


def joined_sentences(*parts: str) -> str:
    """``甲；乙``; empty parts left out, a part's own full stop dropped before the mark."""
    filled = [part for part in parts if part]
    heads = [part.rstrip("。；") for part in filled[:-1]]
    return say("report.join_sentences").join([*heads, *filled[-1:]])
