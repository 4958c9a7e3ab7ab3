"""基本情况表: indicators as a label/value grid, and several years side by side."""

import unicodedata
from collections.abc import Iterable, Sequence

from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.programme import Asked, DossierPart
from chuyi_desktop.domain.wording import say
from chuyi_desktop.report.blocks import (
    Align,
    Block,
    Cell,
    DataTable,
    Form,
    Paragraph,
    Part,
    TableColumn,
    TextStyle,
)
from chuyi_desktop.report.material import Material, labelled, texts
from chuyi_desktop.report.numbering import numbered_sections

_WIDTHS = (11, 10, 11, 10)
_NUMBER_WIDTHS = (14, 7, 14, 7)
"""A form of figures: more room for their long names."""
_FITS_BESIDE, _FITS_NUMBER = 15, 11
"""Half-width characters of a value that fits beside another, and beside a long name."""
_NAME_WIDTH, _YEAR_WIDTH = 18, 8


def profile(material: Material, part: DossierPart) -> tuple[Part, ...]:
    """基本情况表. Settings: ``indicators`` (ids) or ``sections`` (ids); else the first section."""
    title = part.title or say("report.profile.title")
    sections = material.programme.sections
    wanted = texts(part, "indicators")
    if wanted is not None:
        return (Part(title, _grids(material, [_asked(material, part, name) for name in wanted])),)
    chosen = texts(part, "sections")
    if chosen is None:
        return (Part(title, _grids(material, sections[0].asked if sections else ())),)
    by_id = {section.id: section for section in sections}
    found = [material.found(part, by_id, name) for name in chosen]
    blocks = numbered_sections([(section.title, _grids(material, section.asked)) for section in found])
    return (Part(title, blocks),)


def _asked(material: Material, part: DossierPart, indicator_id: str) -> Asked:
    """How the programme asks for an indicator; a derived one is not asked for, but may be shown."""
    material.found(part, material.programme.indicators, indicator_id)
    for section in material.programme.sections:
        for asked in section.asked:
            if asked.indicator_id == indicator_id:
                return asked
    return Asked(indicator_id)


def _grids(material: Material, asked: Sequence[Asked]) -> tuple[Block, ...]:
    """This year's values as a form, those asked for over years as a table under it, then the notes."""
    indicators = material.programme.indicators
    single = [indicators[one.indicator_id] for one in asked if not one.earlier_years]
    over_years = [one for one in asked if one.earlier_years]
    blocks: list[Block] = []
    if single:
        figures = all(_width(_written(material, one)) <= _FITS_NUMBER for one in single)
        widths = _NUMBER_WIDTHS if figures else _WIDTHS
        blocks.append(Form(widths, tuple(_form_rows(material, single))))
    if over_years:
        blocks.append(_years(material, over_years))
    if not blocks:
        return (Paragraph(say("report.profile.empty"), TextStyle.NOTE),)
    return (*blocks, *_notes(material, asked))


def _form_rows(material: Material, indicators: Iterable[Indicator]) -> Iterable[tuple[Cell, ...]]:
    """Two short values a row, in order; a long one takes a row of its own."""
    waiting: Indicator | None = None
    for indicator in indicators:
        if _width(_written(material, indicator)) > _FITS_BESIDE:
            if waiting is not None:
                yield _row(material, waiting)
                waiting = None
            yield _row(material, indicator)
        elif waiting is None:
            waiting = indicator
        else:
            yield (*_pair(material, waiting), *_pair(material, indicator))
            waiting = None
    if waiting is not None:
        yield _row(material, waiting)


def _row(material: Material, indicator: Indicator) -> tuple[Cell, ...]:
    label, value = _pair(material, indicator)
    short = _width(value.text) <= _FITS_BESIDE
    return (label, Cell(value.text, span=3, align=Align.CENTER if short else Align.LEFT))


def _pair(material: Material, indicator: Indicator) -> tuple[Cell, Cell]:
    return Cell(labelled(indicator), label=True), Cell(_written(material, indicator), align=Align.CENTER)


def _written(material: Material, indicator: Indicator, year: int | None = None) -> str:
    """A value without its unit, which the label has; 不适用 with the school's reason."""
    entry = material.assessment.entry(indicator.id, year)
    if entry is not None and entry.not_applicable and not indicator.is_derived:
        return say("report.profile.not_applicable", {"reason": entry.not_applicable})
    return show(material.value(indicator, year), indicator, with_unit=False)


def _years(material: Material, asked: Sequence[Asked]) -> DataTable:
    """Values over the years, this year's last. A year that is not asked for an indicator is ``—``."""
    this_year = material.assessment.year
    earliest = this_year - max(one.earlier_years for one in asked)
    years = range(earliest, this_year + 1)
    columns = (
        TableColumn(say("report.profile.indicator"), _NAME_WIDTH),
        *(TableColumn(_year_head(year, this_year), _YEAR_WIDTH, Align.RIGHT) for year in years),
    )
    rows = []
    for one in asked:
        indicator = material.programme.indicators[one.indicator_id]
        cells = (
            _written(material, indicator, year)
            if year >= this_year - one.earlier_years
            else say("report.none")
            for year in years
        )
        rows.append((labelled(indicator), *cells))
    return DataTable(columns, tuple(rows), title=say("report.profile.years_title"))


def _year_head(year: int, this_year: int) -> str:
    return say("report.profile.this_year" if year == this_year else "report.profile.year", {"year": year})


def _notes(material: Material, asked: Sequence[Asked]) -> Iterable[Paragraph]:
    """What the school noted on its values."""
    this_year = material.assessment.year
    for one in asked:
        name = material.programme.indicators[one.indicator_id].name
        for year in range(this_year, this_year - one.earlier_years - 1, -1):
            entry = material.assessment.entry(one.indicator_id, year)
            if entry is not None and entry.note:
                code = "report.profile.note" if year == this_year else "report.profile.note_year"
                yield Paragraph(say(code, {"name": name, "year": year, "note": entry.note}), TextStyle.NOTE)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1 for character in text)
