"""What stands in a section: the asked indicators, then the derived ones its numbers feed."""

from collections.abc import Iterator

from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.formula import references
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.programme import Asked, Programme, Section


def shown_in(programme: Programme, section: Section) -> tuple[Asked, ...]:
    """The rows of a section's grid. A derived indicator that no section lists stands under the section that
    asks for the first number it is computed from."""
    listed = {asked.indicator_id for each in programme.sections for asked in each.asked}
    here = {asked.indicator_id for asked in section.asked}
    extra = [
        Asked(indicator.id)
        for indicator in programme.indicators.values()
        if indicator.is_derived
        and indicator.id not in listed
        and _first_asked(programme, indicator, listed) in here
    ]
    return (*section.asked, *extra)


def progress(programme: Programme, section: Section, assessment: Assessment) -> tuple[int, int]:
    """How many of the section's fields are filled in, of how many, earlier years too."""
    fields = [
        (asked.indicator_id, assessment.year - back)
        for asked in section.asked
        if not programme.indicators[asked.indicator_id].is_derived
        for back in range(asked.earlier_years + 1)
    ]
    return sum(1 for one, year in fields if is_filled(assessment, one, year)), len(fields)


def is_filled(assessment: Assessment, indicator_id: str, year: int | None = None) -> bool:
    """Whether a field holds a value, or a reason why it does not apply."""
    entry = assessment.entry(indicator_id, year)
    return entry is not None and (entry.value is not None or bool(entry.not_applicable))


def _first_asked(programme: Programme, indicator: Indicator, listed: set[str]) -> str:
    return next((leaf for leaf in _leaves(programme, indicator) if leaf in listed), "")


def _leaves(programme: Programme, indicator: Indicator) -> Iterator[str]:
    """The typed indicators below a derived one, in reading order."""
    if indicator.formula is None:
        yield indicator.id
        return
    for reference in references(indicator.formula):
        below = programme.indicators.get(reference.id)
        if below is not None:
            yield from _leaves(programme, below)
