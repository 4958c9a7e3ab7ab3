"""A section's sheet read back: which indicator a row is about, and what each year's cell says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chuyi_desktop.domain.assessment import Entry, Field, FieldKind
from chuyi_desktop.domain.indicator import Indicator, ValueKind
from chuyi_desktop.domain.problem import Problem, Severity
from chuyi_desktop.domain.programme import Asked, Programme, Section
from chuyi_desktop.domain.typed_input import read_typed
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.grid import (
    HeadFound,
    HeadReader,
    LineFound,
    Located,
    by_unique_words,
    head_reader,
    locate,
    plain_head,
)
from chuyi_desktop.excel.reading import Gathered
from chuyi_desktop.excel.sections import (
    BLANK,
    LAST_YEAR_ROLE,
    NOT_APPLICABLE,
    NOTHING_TYPED,
    is_option,
    note_role,
    section_heads,
    value_role,
)
from chuyi_desktop.excel.sheet import Cell, Sheet
from chuyi_desktop.excel.words import NOTE_FIELD

_YEAR_HEAD = re.compile(r"(\d{4})年")


def _names(indicator: Indicator) -> tuple[str, ...]:
    return (indicator.name, *indicator.aliases)


@dataclass(slots=True)
class SectionReader:
    """Reads sheets of sections for a programme and year."""

    programme: Programme
    gathered: Gathered

    def asked(self) -> dict[str, Asked]:
        """Every indicator the programme asks for, with the most years any section asks."""
        found: dict[str, Asked] = {}
        for section in self.programme.sections:
            for asked in section.asked:
                known = found.get(asked.indicator_id)
                if known is None or known.earlier_years < asked.earlier_years:
                    found[asked.indicator_id] = asked
        return found

    def head_reader(self, section: Section) -> HeadReader:
        """Understands the heads of a section's sheet, also ``2025年`` and ``2025年备注``."""
        heads = section_heads(section, self.gathered.year, frozenset())
        by_words = head_reader([head for head in heads if not head.role.startswith(("value:", "note:"))], ())
        note, known_last_year = say("excel.head.note"), plain_head(say("excel.head.known_last_year"))

        def read(text: str) -> HeadFound | None:
            plain = plain_head(text)
            match = _YEAR_HEAD.search(plain)
            if match:
                role = note_role if note in plain else value_role
                return HeadFound(role(int(match[1])))
            if plain == known_last_year:
                return HeadFound(LAST_YEAR_ROLE)
            return HeadFound(note_role(self.gathered.year)) if plain == note else by_words(text)

        return read

    def read(self, sheet: Sheet, section: Section) -> bool:
        """Take what the sheet says; False where its heads cannot be found."""
        heads = section_heads(section, self.gathered.year, frozenset())
        roles = {head.role for head in heads} | {LAST_YEAR_ROLE}
        located = locate(sheet, self.head_reader(section), roles, self.gathered.reporter)
        if located is None:
            return False
        located.report_strangers(self.gathered.reporter)
        asked = self.asked()
        by_name = self._by_name(asked)
        for line in located.lines():
            self._line(line, located, asked, by_name)
        return True

    def _by_name(self, asked: Mapping[str, Asked]) -> dict[str, str | None]:
        return by_unique_words(
            (name, indicator_id)
            for indicator_id in asked
            for name in _names(self.programme.indicators[indicator_id])
        )

    def _line(
        self, line: LineFound, located: Located, asked: Mapping[str, Asked], by_name: Mapping[str, str | None]
    ) -> None:
        values = [role for role in line.cells if role.startswith(("value:", "note:"))]
        if not values:
            return
        name = line.title
        # By its words before its key, as ``LineFound.meant``.
        indicator_id = by_name.get(plain_head(name)) or (line.key if line.key in asked else "")
        if not indicator_id:
            self._stranger(line, located, values, name or line.key)
            return
        indicator = self.programme.indicators[indicator_id]
        if name and plain_head(name) not in {plain_head(each) for each in _names(indicator)}:
            place = located.place(line.number, "name")
            self.gathered.reporter.report(
                "excel.renamed",
                Severity.WARNING,
                place.sheet,
                place.cell,
                found=name[:40],
                name=indicator.name,
            )
        for year in sorted({int(role.partition(":")[2]) for role in values}, reverse=True):
            self._take(line, located, indicator, asked[indicator_id], year)

    def _stranger(self, line: LineFound, located: Located, values: list[str], name: str) -> None:
        """A row about no asked indicator: said, unless nothing is typed in it."""
        for role in sorted(values):
            if line.cells[role].text not in NOTHING_TYPED:
                place = located.place(line.number, role)
                self.gathered.reporter.report(
                    "excel.unknown_indicator",
                    Severity.WARNING,
                    place.sheet,
                    place.cell,
                    found=name[:40] or BLANK,
                )
                return

    def _take(self, line: LineFound, located: Located, indicator: Indicator, asked: Asked, year: int) -> None:
        cell, note_cell = line.cells.get(value_role(year)), line.cells.get(note_role(year))
        if cell is not None and self._is_placeholder(cell, indicator, asked, year):
            cell = None
        note = ""
        if note_cell is not None:
            place = located.place(line.number, note_role(year), indicator.name)
            note = str(self.gathered.value(note_cell, NOTE_FIELD, "", place) or "")
        if cell is None and not note:
            return
        role = value_role(year) if cell is not None else note_role(year)
        place = located.place(line.number, role, indicator.name)
        if indicator.is_derived or not 0 <= self.gathered.year - year <= asked.earlier_years:
            code = "excel.derived_ignored" if indicator.is_derived else "excel.year_not_asked"
            params = {"name": indicator.name, "year": year}
            self.gathered.tell(Problem(code, Severity.WARNING, place, params))
            return
        at = Field(FieldKind.VALUE, indicator.id, year)
        if cell is None:
            self.gathered.fill(at, Entry(None, note=note), place)
            return
        for entry in self._entry(cell, note, line, located, indicator, year):
            self.gathered.fill(at, entry, place)

    def _is_placeholder(self, cell: Cell, indicator: Indicator, asked: Asked, year: int) -> bool:
        """Whether the cell holds the words the program itself puts where nothing is to be typed, or a formula
        of the live workbook."""
        if indicator.is_derived and cell.formula:
            return True
        words = {say("excel.kept_in_program")}
        askers = [
            section.title
            for section in self.programme.sections
            if any(asked.indicator_id == indicator.id for asked in section.asked)
        ]
        if len(askers) > 1:
            words |= {say("excel.asked_elsewhere", {"sheet": title}) for title in askers}
        if indicator.is_derived:
            words.add(say("excel.derived"))
        if indicator.is_derived or self.gathered.year - year > asked.earlier_years or len(askers) > 1:
            words |= NOTHING_TYPED
        return cell.text in words

    def _entry(
        self, cell: Cell, note: str, line: LineFound, located: Located, indicator: Indicator, year: int
    ) -> Iterator[Entry]:
        """The entry of a cell, none where it was refused."""
        place = located.place(line.number, value_role(year), indicator.name)
        words = cell.content if isinstance(cell.content, str) else ""
        if indicator.kind is not ValueKind.TEXT:
            words = words.strip()
        not_applicable = NOT_APPLICABLE.fullmatch(words)
        if not_applicable and not is_option(words, indicator):
            reading = read_typed(not_applicable["reason"] or "", NOTE_FIELD, place=place)
            if reading.problem is not None:
                self.gathered.tell(reading.problem)
                return
            yield Entry(
                None, note=note, not_applicable=str(reading.value or say("input.missing.not_applicable"))
            )
            return
        value = self.gathered.value(cell, indicator, self._stated_unit(line, indicator), place)
        if value is not None:
            yield Entry(value, note=note)

    def _stated_unit(self, line: LineFound, indicator: Indicator) -> str:
        """The unit the clerk left in the row's unit cell, where it is another one than asked; an unknown
        one is passed on too, so that the number is refused and not taken for something else."""
        cell = line.cells.get("unit")
        text = cell.text if cell else ""
        return "" if text in NOTHING_TYPED or text == indicator.unit else text
