"""What a dossier is composed of, and the questions every part asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.display import grouped, show
from chuyi_desktop.domain.errors import PackError
from chuyi_desktop.domain.indicator import Column, Display, Indicator
from chuyi_desktop.domain.programme import DossierPart, Programme
from chuyi_desktop.domain.provenance import Basis, Provenance
from chuyi_desktop.domain.values import Maybe, Missing
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.evidence_numbers import NumberedEvidence
from chuyi_desktop.scoring.facts import SchoolFacts

Named = TypeVar("Named")
"""What a pack names by id: an indicator, a table, a section, a narrative."""
SCHOOL_NAME = "school_name"
"""The catalogue's indicator that holds the school's name."""


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


def labelled(asked: Indicator | Column) -> str:
    """The name of a field with its unit in brackets, as column heads and forms have it."""
    ratio = isinstance(asked, Indicator) and asked.display is not Display.PLAIN
    said = asked.unit == "年" and asked.unit in asked.name  # 建成年份 needs no （年）
    if not asked.unit or ratio or said:
        return asked.name
    return say("report.with_unit", {"name": asked.name, "unit": asked.unit})


def quantity(amount: Decimal, unit: str) -> str:
    """``1,200 人``, ``30%``, ``85``."""
    return with_unit(grouped(amount), unit)


def with_unit(number: str, unit: str) -> str:
    """A number already written, with its unit."""
    if not unit:
        return number
    return say("report.share" if unit in {"%", "‰"} else "report.unit", {"number": number, "unit": unit})


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


def joined(*parts: str) -> str:
    """``甲、乙、丙``; empty parts left out."""
    return say("report.join").join(part for part in parts if part)


def joined_sentences(*parts: str) -> str:
    """``甲；乙``; empty parts left out, a part's own full stop dropped before the mark."""
    filled = [part for part in parts if part]
    heads = [part.rstrip("。；") for part in filled[:-1]]
    return say("report.join_sentences").join([*heads, *filled[-1:]])
