"""The first sheet of a department's workbook: who fills in what until when, how, to whom it goes back, and
where the head of the department signs. It also says in words whose workbook it is."""

from collections.abc import Sequence
from dataclasses import replace

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from chuyi_desktop.app.ports import ShareCover
from chuyi_desktop.domain.assessment import FieldKind
from chuyi_desktop.domain.display import show
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.guide import GuideWriter, ListedSheet
from chuyi_desktop.excel.identity import Identity, SheetKey, SheetKind, facts
from chuyi_desktop.excel.plan import Look
from chuyi_desktop.excel.rendering import KEY_ROW, PROTECTION, TITLE_ROW
from chuyi_desktop.excel.styles import HEAD_FILL, Styles

_LABEL_WIDTH, _TEXT_WIDTH = 20, 100
_STEPS = ("own_cells", "known", "unit", "missing", "not_applicable", "rosters", "saving")
_SIGNATURES = ("clerk", "head", "day")
_SIGNING_HEIGHT = 34
_A4 = 9


def share_identity(identity: Identity, cover: ShareCover) -> Identity:
    """The identity of a department's workbook."""
    return replace(identity, department=cover.department, school=cover.school, workspace=cover.workspace)


def write_cover(
    book: Workbook,
    name: str,
    programme: Programme,
    identity: Identity,
    cover: ShareCover,
    sheets: Sequence[ListedSheet],
    styles: Styles,
) -> Worksheet:
    """The cover."""
    sheet = _started(book, name, programme, identity, cover, styles)
    writer = GuideWriter(sheet, styles, TITLE_ROW + 1)
    for label, words in _who_what_when(programme, identity, cover, sheets):
        writer.pair(label, words)
    writer.heading(say("excel.cover.sheets"))
    for listed in sheets:
        writer.link(listed)
    writer.heading(say("excel.guide.how"))
    for number, step in enumerate(_STEPS, 1):
        code = "excel.cover.how.known" if step == "known" else f"excel.guide.how.{step}"
        writer.pair(f"{number}", say(code))
    for look in (Look.INPUT, Look.LOCKED, Look.INFO):
        writer.swatch(look, say(f"excel.guide.colour.{look}"))
    writer.required(say("excel.guide.colour.required"))
    writer.heading(say("excel.cover.back"))
    for number, step in enumerate(("send", "ask", "once_more"), 1):
        writer.pair(f"{number}", say(f"excel.cover.back.{step}"))
    writer.heading(say("excel.cover.signatures"))
    for signature in _SIGNATURES:
        sheet.write_string(writer.row, 1, say(f"excel.cover.sign.{signature}"), styles.of(valign="vcenter"))
        sheet.write_blank(writer.row, 2, None, styles.signing())
        sheet.set_row(writer.row, _SIGNING_HEIGHT)
        writer.row += 1
    writer.heading(say("excel.cover.for_the_program"))
    for fact, text in facts(identity).items():
        if fact not in {"school", "department", "programme_name", "year"} and text:
            writer.pair(say(f"excel.guide.{fact}"), text)
    return sheet


def _started(
    book: Workbook, name: str, programme: Programme, identity: Identity, cover: ShareCover, styles: Styles
) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 4, None, {"hidden": True})
    sheet.set_column(1, 1, _LABEL_WIDTH)
    sheet.set_column(2, 2, _TEXT_WIDTH)
    sheet.write_string(KEY_ROW, 0, str(SheetKey(programme.id, identity.year, SheetKind.GUIDE)))
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    title = say("excel.cover.title", {"department": cover.department, "year": identity.year})
    sheet.write_string(TITLE_ROW, 1, title, styles.title())
    sheet.set_row(TITLE_ROW, 36)
    sheet.protect("", PROTECTION)
    sheet.set_tab_color(HEAD_FILL)
    sheet.set_paper(_A4)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&C&8{say('excel.print.page', {'page': '&P', 'pages': '&N'})}")
    return sheet


def _who_what_when(
    programme: Programme, identity: Identity, cover: ShareCover, sheets: Sequence[ListedSheet]
) -> tuple[tuple[str, str], ...]:
    due = say("excel.cover.no_due") if cover.due is None else show(cover.due)
    return (
        (say("excel.guide.school"), cover.school or say("excel.guide.no_school")),
        (say("excel.guide.department"), cover.department),
        (say("excel.guide.programme_name"), programme.name),
        (say("excel.guide.year"), str(identity.year)),
        (say("excel.cover.what"), _what(cover, len(sheets))),
        (say("excel.cover.due"), due),
        (say("excel.cover.contact"), cover.contact or say("excel.cover.no_contact")),
    )


def _what(cover: ShareCover, sheets: int) -> str:
    """How much there is to do, and how much of it is known already. Explanations do not count: only findings
    ask for them."""
    counted = (line for line in cover.handed_out if line.field.kind is not FieldKind.EXPLANATION)
    asked = [line for line in counted if not line.field.item]
    known = sum(1 for line in asked if line.value)
    params = {"count": len(asked), "sheets": sheets, "known": known}
    return say("excel.cover.what.some_known" if known else "excel.cover.what.nothing_known", params)
