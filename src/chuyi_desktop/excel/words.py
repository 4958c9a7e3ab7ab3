"""Words that several sheets show: help on indicators and rules, options, sources."""

import re

from chuyi_desktop.domain.display import grouped
from chuyi_desktop.domain.indicator import Column, Fillable, Indicator, ValueKind
from chuyi_desktop.domain.provenance import Basis, Provenance
from chuyi_desktop.domain.wording import say

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOTE_FIELD = Column("note", "", ValueKind.TEXT)
"""Notes and other free words are read as texts."""


def writable(text: str) -> str:
    """``text`` without what XML has no way to say. Cells escape such characters; names, messages and page
    heads cannot."""
    return _NOT_IN_XML.sub("", text)


def yes_no_options() -> tuple[str, str]:
    """是 and 否."""
    return say("input.yes"), say("input.no")


def source_words(provenance: Provenance | None) -> str:
    """Where a rule comes from; a rule that no published text gives says so."""
    if provenance is None:
        return ""
    if provenance.basis is Basis.REFERENCE:
        return say("excel.basis.reference", {"note": provenance.note or provenance.citation}).rstrip("：")
    return say("excel.basis.published", {"citation": provenance.citation})


def indicator_help(indicator: Indicator) -> str:
    """Definition, 统计口径, period and source of an indicator, a line each."""
    parts = (
        indicator.definition,
        say("excel.help.scope", {"scope": indicator.scope}) if indicator.scope else "",
        say("excel.help.period", {"period": indicator.period}) if indicator.period else "",
        source_words(indicator.provenance),
    )
    return "\n".join(part for part in parts if part)


def kind_help(field: Fillable) -> str:
    """What may be typed into a field, in a short sentence."""
    if not field.kind.is_number:
        return say(f"excel.kind.{field.kind}")
    bounds = ""
    if field.minimum is not None and field.maximum is not None:
        bounds = say(
            "excel.kind.between", {"minimum": grouped(field.minimum), "maximum": grouped(field.maximum)}
        )
    elif field.minimum is not None:
        bounds = say("excel.kind.at_least", {"minimum": grouped(field.minimum)})
    unit = say("excel.kind.unit", {"unit": field.unit}) if field.unit else ""
    return say(f"excel.kind.{field.kind}") + unit + bounds
