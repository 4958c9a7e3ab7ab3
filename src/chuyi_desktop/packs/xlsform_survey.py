"""An XLSForm's survey gone through: its pages, its questions and what has no meaning here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from chuyi_desktop.app.ports import PackColumn, PackSheet, ReadPackLine, ReadPackSheet
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.wording import say
from chuyi_desktop.packs.sheet_words import Entry, Vocabulary
from chuyi_desktop.packs.xlsform_expressions import Names

_KINDS = {
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "range": "decimal",
    "text": "text",
    "string": "text",
    "date": "date",
    "calculate": "decimal",
}
_UNSEEN = frozenset({"start", "end", "today", "deviceid", "phonenumber", "username", "email", "audit"})
"""Facts about the filling in, which nobody misses."""
_SELECT = re.compile(r"select[_ ]one\s+(\S+)(?:\s+or_other)?$")
_BOUND = re.compile(r"\.\s*(>=|<=)\s*(-?\d+(?:\.\d+)?)$")
YES = frozenset({"yes", "true", "true()", "1", "是", "y"})
_SURVEY = (
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
)
_TRANSLATED = frozenset({"label", "hint", "constraint_message"})
_CHINESE = (
    "中文(zh)",
    "中文",
    "Chinese(zh)",
    "Chinese",
    "zh",
    "zh-CN",
    "中文(zh-CN)",
    "Chinese(zh-CN)",
    "简体中文(zh)",
)
_MAIN = "main"
_LEFT_OUT = frozenset({"required", "relevant"})


def xlsform_sheets() -> tuple[PackSheet, ...]:
    """The sheets of an XLSForm, for a reader."""
    return (
        PackSheet("survey", "survey", "", _columns(_SURVEY)),
        PackSheet(
            "choices",
            "choices",
            "",
            (*_columns(("list_name", "name", "label")), _column("list_name", "list name")),
        ),
        PackSheet("settings", "settings", "", _columns(("form_title", "form_id", "version"))),
    )


def _columns(roles: tuple[str, ...]) -> tuple[PackColumn, ...]:
    plain = tuple(_column(role, role) for role in roles)
    chinese = tuple(
        _column(f"{role}_zh", f"{role}::{language}")
        for role in roles
        if role in _TRANSLATED
        for language in _CHINESE
    )
    return (*plain, *chinese)


def _column(role: str, head: str) -> PackColumn:
    return PackColumn(role, head, "")


Options = Mapping[str, Mapping[str, str]]
"""Labels by id, by list."""


@dataclass(slots=True)
class Question:
    """A row of the survey that becomes an indicator or a column."""

    line: ReadPackLine
    kind: str
    key: str
    page: int
    roster: str = ""
    choices: str = ""


@dataclass(slots=True)
class Survey:
    """The survey as it is gone through."""

    file: str
    survey: ReadPackSheet
    questions: list[Question] = field(default_factory=list)
    pages: list[tuple[str, str]] = field(default_factory=list)
    rosters: dict[str, tuple[str, ReadPackLine]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def note(
        self, line: ReadPackLine, role: str, code: str, severity: Severity = Severity.NOTE, **params: object
    ) -> None:
        """What was left out, or is wrong, at a cell."""
        letters = self.survey.letters.get(role) or self.survey.letters.get("name", "A")
        place = Place(self.file, self.survey.name, f"{letters}{line.number}")
        self.problems.append(Problem(code, severity, place, params))


def said(line: ReadPackLine, role: str) -> str:
    """What a cell says, in Chinese where the form has it."""
    return line.cells.get(f"{role}_zh") or line.cells.get(role, "")


def id_of(name: str) -> str:
    """A name as an id of the formula language."""
    key = re.sub(r"[^a-z0-9_]", "_", name.strip().lower())[:60]
    return key if re.match(r"[a-z]", key) else f"f_{key}"[:60]


def options_of(choices: ReadPackSheet | None) -> dict[str, dict[str, str]]:
    """The choices of the form."""
    found: dict[str, dict[str, str]] = {}
    for line in () if choices is None else choices.lines:
        group, name = line.cells.get("list_name", ""), line.cells.get("name", "")
        if group and name:
            found.setdefault(group, {})[id_of(name)] = said(line, "label") or name
    return found


def go_through(form: Survey, options: Options) -> None:
    """Every row of the survey, from the top down."""
    groups: list[int] = []
    roster = ""
    for line in form.survey.lines:
        kind = " ".join(line.cells.get("type", "").split())
        name = line.cells.get("name", "")
        match kind.replace("_", " "):
            case "":
                continue
            case "begin group":
                key = id_of(name or f"page_{line.number}")
                groups.append(_page(form, key, said(line, "label") or name))
            case "end group":
                del groups[-1:]
            case "begin repeat":
                roster = id_of(name)
                form.rosters[roster] = (name, line)
            case "end repeat":
                roster = ""
            case _:
                if not groups and not roster:
                    page = _page(form, _MAIN, say("sheets.xlsform_page"))
                else:
                    page = groups[-1] if groups else 0
                _question(form, line, kind, page, roster, options)


def _page(form: Survey, key: str, title: str) -> int:
    key = key.replace("_", "-")
    for number, (other, _) in enumerate(form.pages):
        if other == key:
            return number
    form.pages.append((key, title or key))
    return len(form.pages) - 1


def _question(
    form: Survey,
    line: ReadPackLine,
    kind: str,
    page: int,
    roster: str,
    options: Options,
) -> None:
    name = line.cells.get("name", "")
    select = _SELECT.match(kind)
    wanted = "choice" if select else _KINDS.get(kind, "")
    if kind in _UNSEEN:
        return
    if not wanted:
        form.note(line, "type", "sheets.xlsform_type", found=kind)
        return
    if not name:
        form.note(line, "name", "sheets.no_id", Severity.ERROR)
        return
    if kind == "calculate" and roster:
        form.note(line, "type", "sheets.xlsform_row_calculation", found=name)
        return
    if select and len(options.get(select[1], {})) < 2:  # noqa: PLR2004  # a choice is between two at least
        form.note(line, "type", "sheets.xlsform_list", Severity.ERROR, found=select[1])
        return
    key = id_of(name)
    if any(one.key == key and one.roster == roster for one in form.questions):
        form.note(line, "name", "sheets.xlsform_twice", Severity.ERROR, found=name)
        return
    form.questions.append(Question(line, wanted, key, page, roster, select[1] if select else ""))
    for role in sorted(_LEFT_OUT & set(line.cells)):
        constraint = line.cells.get("constraint", "")
        if role == "relevant" and constraint and not bounds(constraint):
            # Said in the check that the constraint becomes.
            continue
        if role == "relevant" or (not roster and line.cells[role].strip().lower() in YES):
            form.note(line, role, f"sheets.xlsform_{role}")


def reuse_or_rename(form: Survey, known: Vocabulary, options: Options) -> None:
    """A question that the catalogue has is the catalogue's; one that only has the same name gets another."""
    for one in form.questions:
        entry = known.indicators.get(one.key)
        if one.roster or entry is None:
            continue
        if _is_same(one, entry, options):
            form.note(one.line, "name", "sheets.xlsform_reused", id=one.key, name=entry.get("name", ""))
        else:
            form.note(one.line, "name", "sheets.xlsform_renamed", id=one.key, new=f"form_{one.key}"[:60])
            one.key = f"form_{one.key}"[:60]
    for key in [key for key in form.rosters if key in known.tables or key in known.indicators]:
        name, line = form.rosters.pop(key)
        new = f"form_{key}"[:60]
        form.rosters[new] = (name, line)
        form.note(line, "name", "sheets.xlsform_renamed", id=key, new=new)
        for one in form.questions:
            one.roster = new if one.roster == key else one.roster


def _is_same(one: Question, entry: Entry, options: Options) -> bool:
    """Whether the catalogue's entry asks the same: it is typed, of the same kind, with the same options."""
    if entry.get("kind") != one.kind or "formula" in entry or "calculation" in one.line.cells:
        return False
    choices = entry.get("choices")
    return not one.choices or (isinstance(choices, Mapping) and set(choices) == set(options[one.choices]))


def names_of(form: Survey, choices: ReadPackSheet | None) -> Names:
    """What expressions may speak of."""
    named = [(one.line.cells.get("name", ""), one) for one in form.questions]
    options = [line.cells.get("name", "") for line in (() if choices is None else choices.lines)]
    return Names(
        {name: one.key for name, one in named},
        {name: one.roster for name, one in named if one.roster},
        {name: key for key, (name, _) in form.rosters.items()},
        {name: id_of(name) for name in options if name},
    )


def bounds(constraint: str) -> dict[str, str] | None:
    """``. >= 0 and . <= 100`` as bounds; None for anything else."""
    found: dict[str, str] = {}
    for part in re.split(r"\s+and\s+", constraint.strip()):
        match = _BOUND.match(part.strip())
        if match is None:
            return None
        found["minimum" if match[1] == ">=" else "maximum"] = match[2]
    return found
