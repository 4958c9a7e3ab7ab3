"""The sheet of a section of indicators as it is laid out, and how it writes 不适用."""

import re
from collections.abc import Mapping
from dataclasses import replace

from chuyi_desktop.domain.assessment import Assessment, Entry
from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.indicator import Indicator, ValueKind
from chuyi_desktop.domain.programme import Asked, Programme, Section
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.cells import fits_cell, shown_in_cell
from chuyi_desktop.excel.grid import KEY_ROLE
from chuyi_desktop.excel.identity import HEAD_MARK, SheetKey, SheetKind
from chuyi_desktop.excel.plan import Head, Line, Look, SheetPlan, Slot
from chuyi_desktop.excel.words import NOTE_FIELD, indicator_help, yes_no_options

NOT_APPLICABLE = re.compile(r"不适用(?:[:：](?P<reason>.*))?", re.DOTALL)
"""The words that stand instead of a value, with the reason behind them."""
BLANK = "—"
"""Stands where nothing is to be typed."""
NOTHING_TYPED = frozenset({BLANK, "-", "–", "－"})
_TAB = "#5B7F95"


LAST_YEAR_ROLE = "last_year"
"""The column of what is known of last year where the programme does not ask for it: to be read only."""


def value_role(year: int) -> str:
    """The column of the values of a year."""
    return f"value:{year}"


def note_role(year: int) -> str:
    """The column of the notes on the values of a year."""
    return f"note:{year}"


def section_heads(section: Section, assessment_year: int, noted_years: frozenset[int]) -> tuple[Head, ...]:
    """The columns of a section's sheet; notes on earlier years are hidden where there are none."""
    most = max((asked.earlier_years for asked in section.asked), default=0)
    years = [assessment_year - back for back in range(most + 1)]
    values = tuple(Head(value_role(year), _year_words(year, assessment_year), 16) for year in years)
    earlier_notes = tuple(
        Head(note_role(year), say("excel.head.note_of", {"year": year}), 18, hidden=year not in noted_years)
        for year in years[1:]
    )
    return (
        Head(KEY_ROLE, HEAD_MARK, 4, hidden=True),
        Head("seq", say("excel.head.seq"), 6),
        Head("name", say("excel.head.indicator"), 26),
        Head("unit", say("excel.head.unit"), 9),
        *values,
        Head(note_role(assessment_year), say("excel.head.note"), 18),
        Head("guide", say("excel.head.guide"), 46),
        Head("owner", say("excel.head.owner"), 13),
        Head("evidence", say("excel.head.evidence"), 20),
        *earlier_notes,
    )


def _year_words(year: int, this_year: int) -> str:
    codes = {this_year: "excel.head.this_year", this_year - 1: "excel.head.last_year"}
    return say(codes.get(year, "excel.head.year"), {"year": year})


def plan_section(
    section: Section,
    programme: Programme,
    assessment: Assessment,
    name: str,
    elsewhere: Mapping[str, str],
    *,
    shows_last_year: bool = False,
) -> SheetPlan:
    """The sheet of ``section``. ``elsewhere`` are indicators asked on an earlier sheet, with its title;
    ``shows_last_year`` adds what is known of last year where it is not asked."""
    noted = frozenset(
        place.year
        for place, content in assessment.fields.items()
        if isinstance(content, Entry) and content.note and place.year is not None
    )
    heads = section_heads(section, assessment.year, noted)
    years = [int(head.role.partition(":")[2]) for head in heads if head.role.startswith("value:")]
    lines = tuple(
        _line(number, asked, programme.indicators[asked.indicator_id], assessment, years, elsewhere)
        for number, asked in enumerate(section.asked, 1)
    )
    if shows_last_year:
        heads, lines = _with_last_year(section, programme, assessment, heads, lines)
    key = SheetKey(programme.id, assessment.year, SheetKind.SECTION, section.id)
    hint = say("excel.hint.section", {"year": assessment.year})
    return SheetPlan(key, name, section.title, hint, heads, lines, frozen=3, tab=_TAB)


def _with_last_year(
    section: Section,
    programme: Programme,
    assessment: Assessment,
    heads: tuple[Head, ...],
    lines: tuple[Line, ...],
) -> tuple[tuple[Head, ...], tuple[Line, ...]]:
    """Beside this year's column; nothing where nothing is known."""
    known = {
        one.indicator_id: show(entry.maybe, programme.indicators[one.indicator_id], with_unit=False)
        for one in section.asked
        if not one.earlier_years
        and (entry := assessment.entry(one.indicator_id, assessment.year - 1)) is not None
        and entry.value is not None
    }
    if not known:
        return heads, lines
    at = next(place for place, head in enumerate(heads) if head.role.startswith("value:")) + 1
    head = Head(LAST_YEAR_ROLE, say("excel.head.known_last_year"), 14)
    shown = tuple(
        replace(line, slots={**line.slots, LAST_YEAR_ROLE: Slot(Look.LOCKED, known.get(line.key, BLANK))})
        for line in lines
    )
    return (*heads[:at], head, *heads[at:]), shown


def _line(
    number: int,
    asked: Asked,
    indicator: Indicator,
    assessment: Assessment,
    years: list[int],
    elsewhere: Mapping[str, str],
) -> Line:
    guide = indicator_help(indicator)
    slots = {
        "seq": Slot(Look.NUMBERING, str(number)),
        "name": Slot(Look.NAME, indicator.name),
        "unit": Slot(Look.NUMBERING, indicator.unit or BLANK),
        "guide": Slot(Look.INFO, guide),
        "owner": Slot(Look.INFO, indicator.owner),
        "evidence": Slot(Look.INFO, indicator.evidence),
    }
    locked = _locked_words(indicator, elsewhere)
    asked_years = years[: asked.earlier_years + 1]
    for year in years:
        open_cell = not locked and year in asked_years
        entry = assessment.entry(indicator.id, year)
        words = (locked or BLANK) if year in asked_years else BLANK
        slots[value_role(year)] = (
            _value_slot(indicator, entry, guide) if open_cell else Slot(Look.LOCKED, words)
        )
        slots[note_role(year)] = (
            Slot(Look.INPUT, entry.note if entry else None, NOTE_FIELD) if open_cell else Slot(Look.LOCKED)
        )
    return Line(indicator.id, slots)


def _locked_words(indicator: Indicator, elsewhere: Mapping[str, str]) -> str:
    if indicator.is_derived:
        return say("excel.derived")
    if indicator.id in elsewhere:
        return say("excel.asked_elsewhere", {"sheet": elsewhere[indicator.id]})
    return ""


def _value_slot(indicator: Indicator, entry: Entry | None, guide: str) -> Slot:
    options: tuple[str, ...] = yes_no_options() if indicator.kind is ValueKind.YES_NO else ()
    if indicator.kind is ValueKind.CHOICE:
        options = tuple(choice.label for choice in indicator.choices)
    if entry is None or (entry.value is None and not entry.not_applicable):
        return Slot(Look.INPUT, None, indicator, options, help=guide)
    if entry.not_applicable:
        return Slot(
            Look.INPUT, _not_applicable(entry.not_applicable, indicator), indicator, options, help=guide
        )
    value = shown_in_cell(entry.value, indicator) if entry.value is not None else None
    if isinstance(value, str) and not fits_cell(value):
        return Slot(Look.LOCKED, say("excel.kept_in_program"))
    if isinstance(value, str) and NOT_APPLICABLE.fullmatch(value):
        # A text that says the words of 不适用 is told apart by a space, which typed texts never begin with.
        value = f" {value}"
    return Slot(Look.INPUT, value, indicator, options, help=guide)


def _not_applicable(reason: str, indicator: Indicator) -> str:
    word = say("input.missing.not_applicable")
    return word if reason == word and not is_option(word, indicator) else f"{word}：{reason}"


def is_option(words: str, indicator: Indicator) -> bool:
    """Whether 不适用 is an option of the indicator itself."""
    return indicator.kind is ValueKind.CHOICE and any(words == choice.label for choice in indicator.choices)
