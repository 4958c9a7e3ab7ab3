"""An XLSForm as the sheets of a pack's workbook.

Groups become pages, questions indicators, repeats rosters, calculations derived indicators and constraints
bounds or checks. The cells keep their places in the user's own workbook; what was left out is told there.
"""

import re
from collections.abc import Mapping

from chuyi_desktop.app.ports import PackReading, ReadPackLine, ReadPackSheet
from chuyi_desktop.domain.problem import Severity
from chuyi_desktop.domain.wording import say
from chuyi_desktop.packs.sheet_export import row_cells
from chuyi_desktop.packs.sheet_layout import kind_word
from chuyi_desktop.packs.sheet_words import CellFault, Vocabulary
from chuyi_desktop.packs.xlsform_expressions import Names, translated
from chuyi_desktop.packs.xlsform_survey import (
    YES,
    Options,
    Question,
    Survey,
    bounds,
    go_through,
    id_of,
    names_of,
    options_of,
    reuse_or_rename,
    said,
)

_DIGITS = "2"
"""Decimals of what is calculated: an XLSForm does not say."""


def as_pack(reading: PackReading, known: Vocabulary) -> PackReading:
    """The XLSForm in ``reading`` as a pack's workbook; ``known`` is the catalogue it comes to."""
    sheets = {sheet.key: sheet for sheet in reading.sheets}
    # choices and settings need not be there, and columns that mean nothing here are told as left out.
    problems = [
        one for one in reading.problems if one.code != "sheets.no_sheet" or one.place.sheet == "survey"
    ]
    if "survey" not in sheets:
        return PackReading(reading.file, (), tuple(problems))
    form = Survey(reading.file, sheets["survey"], problems=problems)
    choices = sheets.get("choices")
    options = options_of(choices)
    go_through(form, options)
    reuse_or_rename(form, known, options)
    names = names_of(form, choices)
    found = (
        _project(form, sheets.get("settings")),
        _indicators(form, names, options, known),
        _tables(form, options),
        _checks(form, names),
        _fixed(form, "tiers", ({"id": "filled", "title": say("sheets.xlsform_tier")},)),
        _dossier(form),
    )
    return PackReading(reading.file, found, tuple(form.problems))


def _sheet(form: Survey, key: str, lines: list[ReadPackLine], letters: Mapping[str, str]) -> ReadPackSheet:
    return ReadPackSheet(key, form.survey.name, letters, tuple(lines))


def _fixed(form: Survey, key: str, rows: tuple[dict[str, str], ...]) -> ReadPackSheet:
    """Rows that the form has no cell for."""
    return ReadPackSheet(key, form.survey.name, {}, tuple(ReadPackLine(1, row) for row in rows))


def _project(form: Survey, settings: ReadPackSheet | None) -> ReadPackSheet:
    cells: Mapping[str, str] = settings.lines[0].cells if settings is not None and settings.lines else {}
    stem = form.file.rpartition(".")[0]
    title = cells.get("form_title") or stem
    key = id_of(cells.get("form_id") or stem).replace("_", "-")
    version = re.sub(r"[^0-9A-Za-z.\-]", "-", cells.get("version", "")) or "1"
    note = {"basis": "reference", "source_note": say("sheets.xlsform_source", {"file": form.file})}
    rows = [("id", key), ("name", title), ("version", version[:30])]
    rows += [("applicant", say("sheets.xlsform_applicant")), ("purpose", say("sheets.xlsform_purpose"))]
    lines = [{"kind": kind_word("project", kind), "content": content} for kind, content in rows]
    lines += [{"kind": kind_word("project", kind), **note} for kind in ("source", "default_source")]
    return _fixed(form, "project", tuple(lines))


def _letters(form: Survey) -> dict[str, str]:
    """The columns of the survey by the roles of a pack's sheets."""
    of = form.survey.letters
    label = of.get("label_zh") or of.get("label", "A")
    found = {
        "id": of.get("name", "A"),
        "name": label,
        "type": of.get("type", "A"),
        "kind": of.get("type", "A"),
    }
    found |= {
        "definition": of.get("hint_zh") or of.get("hint", label),
        "formula": of.get("calculation", label),
    }
    constraint = of.get("constraint", label)
    return found | {
        "minimum": constraint,
        "maximum": constraint,
        "choices": found["type"],
        "digits": found["type"],
    }


def _indicators(form: Survey, names: Names, options: Options, known: Vocabulary) -> ReadPackSheet:
    lines: list[ReadPackLine] = []
    for number, (key, title) in enumerate(form.pages):
        asked = [one for one in form.questions if one.page == number and not one.roster]
        if not asked:
            continue
        page = {"kind": kind_word("indicators", "page"), "id": key, "name": title}
        lines.append(ReadPackLine(asked[0].line.number, page))
        for one in asked:
            cells = _field(one, options)
            formula = one.line.cells.get("calculation", "")
            if one.line.cells.get("type") == "calculate":
                try:
                    cells |= {"formula": translated(formula, one.key, names), "digits": _DIGITS}
                except CellFault as fault:
                    form.note(one.line, "calculation", fault.code, Severity.ERROR, **fault.params)
            if one.key in known.indicators:
                cells = row_cells("indicators", "asked", one.key, known)
            cells["kind"] = kind_word("indicators", "asked")
            lines.append(ReadPackLine(one.line.number, cells))
    return _sheet(form, "indicators", lines, _letters(form))


def _field(one: Question, options: Options) -> dict[str, str]:
    cells = {"id": one.key, "name": said(one.line, "label") or one.key, "type": one.kind}
    if hint := said(one.line, "hint"):
        cells["definition"] = hint
    if one.choices:
        cells["choices"] = "\n".join(f"{key}: {label}" for key, label in options[one.choices].items())
    if one.kind in {"integer", "decimal"} and (limits := bounds(one.line.cells.get("constraint", ""))):
        cells |= limits
    return cells


def _tables(form: Survey, options: Options) -> ReadPackSheet:
    lines: list[ReadPackLine] = []
    for key, (name, line) in form.rosters.items():
        title = {"kind": kind_word("tables", "table"), "id": key, "name": said(line, "label") or name}
        lines.append(ReadPackLine(line.number, title | {"asked": say("sheets.option.yes_no.true")}))
        for one in form.questions:
            if one.roster == key:
                cells = _field(one, options) | {"kind": kind_word("tables", "column")}
                if one.line.cells.get("required", "").strip().lower() in YES:
                    cells["required"] = say("sheets.option.yes_no.true")
                lines.append(ReadPackLine(one.line.number, cells))
    return _sheet(form, "tables", lines, _letters(form))


def _checks(form: Survey, names: Names) -> ReadPackSheet:
    lines: list[ReadPackLine] = []
    for one in form.questions:
        constraint = one.line.cells.get("constraint", "")
        if not constraint or (one.kind in {"integer", "decimal"} and bounds(constraint)):
            continue
        try:
            holds = translated(constraint, one.key, names)
            if relevant := one.line.cells.get("relevant", ""):
                holds = f"not ({translated(relevant, one.key, names)}) or ({holds})"
        except CellFault as fault:
            form.note(
                one.line, "constraint", "sheets.xlsform_constraint", reason=say(fault.code, fault.params)
            )
            continue
        label = said(one.line, "label") or one.key
        message = said(one.line, "constraint_message") or say("sheets.xlsform_advice", {"name": label})
        cells = {"id": f"{one.key}-constraint".replace("_", "-")[:60], "title": label, "grade": "mandatory"}
        cells |= {"formula": holds, "advice": message}
        if one.roster:
            cells["rows"] = one.roster
        lines.append(ReadPackLine(one.line.number, cells))
    of = form.survey.letters
    constraint_column = of.get("constraint", "A")
    letters = dict.fromkeys(("id", "title", "grade", "formula", "rows"), constraint_column)
    return _sheet(
        form, "checks", lines, letters | {"advice": of.get("constraint_message", constraint_column)}
    )


def _dossier(form: Survey) -> ReadPackSheet:
    pages = [
        key
        for number, (key, _) in enumerate(form.pages)
        if any(one.page == number and not one.roster for one in form.questions)
    ]
    parts = [{"part": "cover"}, {"part": "contents"}]
    parts += [{"part": "profile", "sections": "、".join(pages)}] if pages else []
    parts += [{"part": "tables"}] if form.rosters else []
    return _fixed(form, "dossier", (*parts, {"part": "findings"}))
