"""The whole workbook of a programme with an assessment's fields filled in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from io import BytesIO

from xlsxwriter import Workbook

from chuyi_desktop.app.ports import Progress, ShareCover
from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.indicator import SCHOOL_NAME
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.declarations import attested, plan_declarations, rubrics
from chuyi_desktop.excel.explanations import plan_explanations
from chuyi_desktop.excel.guide import ListedSheet, write_guide
from chuyi_desktop.excel.handed_out import write_handed_out
from chuyi_desktop.excel.identity import Identity, SheetKey, SheetKind, defined_name, facts, identity_of
from chuyi_desktop.excel.plan import SheetPlan, sheet_names
from chuyi_desktop.excel.rendering import render_plan
from chuyi_desktop.excel.roster_rendering import render_roster
from chuyi_desktop.excel.sections import plan_section
from chuyi_desktop.excel.share_cover import share_identity, write_cover
from chuyi_desktop.excel.styles import FACE, SIZE, Styles
from chuyi_desktop.excel.texts import plan_texts
from chuyi_desktop.excel.validation import Lists
from chuyi_desktop.excel.words import writable

OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}


@dataclass(frozen=True, slots=True)
class WantedSheet:
    """A sheet to come: its wished name, a line about it, and how to make it once names are settled."""

    title: str
    about: str
    plan: Callable[[str], SheetPlan] | None = None
    table_id: str = ""


def workbook_bytes(
    programme: Programme, assessment: Assessment, progress: Progress, cover: ShareCover | None = None
) -> bytes:
    """The workbook as the bytes of an .xlsx file; that of a department where there is a ``cover``. The same
    assessment gives the same bytes."""
    buffer = BytesIO()
    book = Workbook(buffer, OPTIONS)
    book.formats[0].set_font_name(FACE)
    book.formats[0].set_font_size(SIZE)
    _write(book, programme, assessment, progress, cover)
    book.close()
    return buffer.getvalue()


def _write(
    book: Workbook,
    programme: Programme,
    assessment: Assessment,
    progress: Progress,
    cover: ShareCover | None,
) -> None:
    identity = identity_of(programme, assessment.year)
    if cover is not None:
        identity = share_identity(identity, cover)
    name = writable(programme.name)
    caption = f"{name} {assessment.year}" + (f" {writable(cover.department)}" if cover else "")
    book.set_properties(
        {
            "title": caption,
            "subject": say("excel.guide.title", {"name": name}),
            "comments": say("excel.properties"),
            "created": datetime(assessment.year, 1, 1, tzinfo=UTC),
        }
    )
    wanted = tuple(wanted_sheets(programme, assessment, shows_last_year=cover is not None))
    titles = [say("excel.sheet.guide"), *(each.title for each in wanted)]
    hidden = [say(f"excel.sheet.{kind}") for kind in ("handed_out", "lists", "identity")]
    names = sheet_names([*titles, *hidden])
    styles = Styles(book)
    listed = [ListedSheet(name, each.about) for name, each in zip(names[1:], wanted, strict=False)]
    if cover is None:
        school = assessment.value(SCHOOL_NAME)
        front = write_guide(book, names[0], programme, identity, school, listed, styles)
    else:
        front = write_cover(book, names[0], programme, identity, cover, listed, styles)
    front.activate()
    lists = Lists(names[-2])
    for done, (name, each) in enumerate(zip(names[1:], wanted, strict=False)):
        label = say("excel.progress.writing", {"sheet": name})
        progress(done, len(wanted), label)
        if each.plan is not None:
            render_plan(book, each.plan(name), styles, lists, caption)
            continue
        table = programme.tables[each.table_id]
        for _ in render_roster(book, name, table, programme, assessment, styles, lists, caption):
            progress(done, len(wanted), label)
    lists.write(book, SheetKey(programme.id, assessment.year, SheetKind.LISTS))
    write_identity(book, names[-1], identity)
    if cover is not None:
        key = SheetKey(programme.id, assessment.year, SheetKind.HANDED_OUT)
        write_handed_out(book, names[-3], cover.handed_out, key)
    progress(len(wanted), len(wanted), say("excel.progress.saving"))


def wanted_sheets(
    programme: Programme, assessment: Assessment, *, shows_last_year: bool = False
) -> Iterator[WantedSheet]:
    """The data sheets in order."""
    elsewhere: dict[str, str] = {}
    for section in programme.sections:
        yield WantedSheet(
            section.title,
            say("excel.about.section", {"count": len(section.asked)}),
            partial(
                plan_section,
                section,
                programme,
                assessment,
                elsewhere=dict(elsewhere),
                shows_last_year=shows_last_year,
            ),
        )
        for asked in section.asked:
            elsewhere.setdefault(asked.indicator_id, section.title)
    for table in programme.tables.values():
        yield WantedSheet(table.name, table.definition or say("excel.about.roster"), table_id=table.id)
    if attested(programme) or rubrics(programme):
        yield WantedSheet(
            say("excel.sheet.declarations"),
            say("excel.about.declarations"),
            partial(plan_declarations, programme, assessment),
        )
    if programme.narratives:
        yield WantedSheet(
            say("excel.sheet.texts"),
            say("excel.about.texts", {"count": len(programme.narratives)}),
            partial(plan_texts, programme, assessment),
        )
    if programme.checks:
        yield WantedSheet(
            say("excel.sheet.explanations"),
            say("excel.about.explanations"),
            partial(plan_explanations, programme, assessment),
        )


def write_identity(book: Workbook, name: str, identity: Identity) -> None:
    """The hidden sheet that says whose workbook it is."""
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, str(SheetKey(identity.programme_id, identity.year, SheetKind.IDENTITY)))
    for row, (fact, text) in enumerate(facts(identity).items(), 1):
        sheet.write_string(row, 0, fact)
        sheet.write_string(row, 1, text)
        doubled = writable(text).replace('"', '""')
        book.define_name(defined_name(fact), f'="{doubled}"')
    sheet.very_hidden()
