"""The sheet 说明: what the workbook is, how to fill it in, and what happens on import. It also says in words
whose workbook it is, which is the last resort when the hidden marks are gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.values import Maybe, Missing
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.grid import plain_head
from chuyi_desktop.excel.identity import Identity, SheetKey, SheetKind, facts, from_facts
from chuyi_desktop.excel.plan import Look
from chuyi_desktop.excel.rendering import KEY_ROW, PROTECTION, TITLE_ROW
from chuyi_desktop.excel.sheet import Sheet
from chuyi_desktop.excel.styles import HEAD_FILL, Styles
from chuyi_desktop.excel.widths import row_height

_LABEL_WIDTH, _TEXT_WIDTH, _GUIDE_SLACK = 20, 100, 4
_STEPS = ("own_cells", "unit", "missing", "not_applicable", "rosters", "saving")
_IMPORT = ("by_key", "units", "blank", "bad", "reference")
_SEARCHED_ROWS = 60


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """A sheet as the guide lists it."""

    name: str
    about: str


def write_guide(
    book: Workbook,
    name: str,
    programme: Programme,
    identity: Identity,
    school: Maybe,
    sheets: Sequence[ListedSheet],
    styles: Styles,
) -> Worksheet:
    """The guide, first of the sheets."""
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 4, None, {"hidden": True})
    sheet.set_column(1, 1, _LABEL_WIDTH)
    sheet.set_column(2, 2, _TEXT_WIDTH)
    key = SheetKey(programme.id, identity.year, SheetKind.GUIDE)
    sheet.write_string(KEY_ROW, 0, str(key))
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    sheet.write_string(TITLE_ROW, 1, say("excel.guide.title", {"name": programme.name}), styles.title())
    sheet.set_row(TITLE_ROW, 36)
    writer = GuideWriter(sheet, styles, TITLE_ROW + 1)
    school_words = say("excel.guide.no_school") if isinstance(school, Missing) else show(school)
    for fact, text in (("school", school_words), *_facts_shown(identity)):
        writer.pair(say(f"excel.guide.{fact}"), text)
    if programme.purpose:
        writer.pair(say("excel.guide.purpose"), programme.purpose)
    writer.heading(say("excel.guide.how"))
    for number, step in enumerate(_STEPS, 1):
        writer.pair(f"{number}", say(f"excel.guide.how.{step}"))
    writer.heading(say("excel.guide.colours"))
    for look in (Look.INPUT, Look.LOCKED, Look.INFO):
        writer.swatch(look, say(f"excel.guide.colour.{look}"))
    writer.required(say("excel.guide.colour.required"))
    writer.heading(say("excel.guide.import"))
    for number, fact in enumerate(_IMPORT, 1):
        writer.pair(f"{number}", say(f"excel.guide.import.{fact}"))
    writer.heading(say("excel.guide.sheets"))
    for listed in sheets:
        writer.link(listed)
    sheet.protect("", PROTECTION)
    sheet.set_tab_color(HEAD_FILL)
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&C&8{say('excel.print.page', {'page': '&P', 'pages': '&N'})}")
    return sheet


def _facts_shown(identity: Identity) -> tuple[tuple[str, str], ...]:
    found = facts(identity)
    return tuple(
        (fact, found[fact])
        for fact in ("programme_name", "programme", "year", "pack_version", "pack_hash", "format")
        if found[fact]
    )


@dataclass(slots=True)
class GuideWriter:
    """Writes down a sheet of words, a line at a time."""

    sheet: Worksheet
    styles: Styles
    row: int

    def heading(self, words: str) -> None:
        """A sub-title."""
        self.row += 1
        self.sheet.write_string(self.row, 1, words, self.styles.band())
        self.sheet.write_blank(self.row, 2, None, self.styles.band())
        self.sheet.set_row(self.row, 24)
        self.row += 1

    def pair(self, label: str, words: str) -> None:
        """A label and words."""
        align = "center" if label.isdecimal() else "left"
        quiet = self.styles.of(font_color="#52606D", valign="top", align=align)
        self.sheet.write_string(self.row, 1, label, quiet)
        self.sheet.write_string(self.row, 2, words, self.styles.of(text_wrap=True, valign="top"))
        self.sheet.set_row(self.row, row_height([(words, _TEXT_WIDTH + _GUIDE_SLACK)], 20))
        self.row += 1

    def swatch(self, look: Look, words: str) -> None:
        """A colour and what it means."""
        self.sheet.write_string(self.row, 1, say(f"excel.guide.swatch.{look}"), self.styles.cell(look, "@"))
        self.sheet.write_string(self.row, 2, words, self.styles.of(indent=1))
        self.sheet.set_row(self.row, 22)
        self.row += 1

    def required(self, words: str) -> None:
        """The colour of required columns."""
        self.sheet.write_string(
            self.row, 1, say("excel.guide.swatch.required"), self.styles.head(required=True)
        )
        self.sheet.write_string(self.row, 2, words, self.styles.of(indent=1))
        self.sheet.set_row(self.row, 22)
        self.row += 1

    def link(self, listed: ListedSheet) -> None:
        """A sheet one can go to."""
        quoted = listed.name.replace("'", "''")
        style = self.styles.of(font_color="#2B6CB0", underline=1, valign="top")
        self.sheet.write_url(self.row, 1, f"internal:'{quoted}'!B2", style, listed.name)
        self.sheet.write_string(self.row, 2, listed.about, self.styles.of(text_wrap=True, valign="top"))
        self.sheet.set_row(self.row, row_height([(listed.about, _TEXT_WIDTH + _GUIDE_SLACK)], 20))
        self.row += 1


def identity_in_words(sheet: Sheet) -> Identity | None:
    """The identity as the guide says it in words; None on any other sheet."""
    labels = {plain_head(say(f"excel.guide.{fact}")): fact for fact in facts(Identity("", 0, department="-"))}
    found: dict[str, str] = {}
    for row in sorted(sheet.rows)[:_SEARCHED_ROWS]:
        cells = sheet.rows[row]
        ordered = sorted(cells)
        for column, following in pairwise(ordered):
            fact = labels.get(plain_head(cells[column].text))
            content = cells[following].content
            if fact is not None:
                found.setdefault(fact, str(content).strip())
    return from_facts(found)
