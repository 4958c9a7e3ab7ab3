"""A pack's own files as the sheets of a workbook: what the pack itself says, and every indicator and roster
it rests on as the catalogue has it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from chuyi_desktop.app.ports import PackBook, PackLine, PackSheet
from chuyi_desktop.domain.problem import Problem
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.wording import say
from chuyi_desktop.packs.files import yaml_files
from chuyi_desktop.packs.sheet_forms import FORMS
from chuyi_desktop.packs.sheet_layout import (
    ASKED,
    EARLIER,
    KEY,
    KIND,
    METHOD,
    OTHERS,
    PACK_ID,
    ROWS,
    TABLES,
    CellRule,
    Kind,
    SheetForm,
    empty_sheet,
    kind_word,
    method_word,
)
from chuyi_desktop.packs.sheet_words import Entry, Vocabulary
from chuyi_desktop.packs.source import Source, read_source

Data = dict[str, object]
_WHERE = "#where"
"""Where an entry of the catalogue stands, for information."""


def pack_book(root: Path, programme: Programme) -> PackBook:
    """The workbook of a pack that reads without a mistake."""
    catalogue = read_vocabulary(catalogue_sources(root))
    own = own_data(root / programme.id, root)
    documents = dict(catalogue.documents) | _entries(own.get("documents"))
    words = replace(catalogue, documents=documents)
    data = _for_sheets(own, programme, words, _homes(root))
    titles = tuple(words.document_names.shown(key) for key in documents)
    sheets = tuple(_filled(form, data, words, titles) for form in FORMS)
    return PackBook(programme.name, _guide(programme, own), sheets)


def catalogue_sources(root: Path) -> list[Source]:
    """The readable files of the catalogue."""
    problems: list[Problem] = []
    folder = root / "catalogue"
    files = yaml_files(folder, root, problems) if folder.is_dir() else []
    found = (read_source(path, file, problems) for path, file in files)
    return [source for source in found if source is not None]


def read_vocabulary(sources: Iterable[Source]) -> Vocabulary:
    """Everything that the catalogue names."""
    found: dict[str, dict[str, Entry]] = {"indicators": {}, "tables": {}, "documents": {}}
    for source in sources:
        data = source.data if isinstance(source.data, dict) else {}
        for key, entries in found.items():
            entries.update(_entries(data.get(key)))
    return Vocabulary(found["indicators"], found["tables"], found["documents"])


def own_data(folder: Path, root: Path) -> Data:
    """What the files of a pack say, as one, nothing resolved."""
    problems: list[Problem] = []
    found: Data = {}
    for path, file in yaml_files(folder, root, problems):
        source = read_source(path, file, problems)
        if source is not None and isinstance(source.data, dict):
            found |= source.data
    return found


def _entries(value: object) -> dict[str, Entry]:
    return {str(key): entry for key, entry in value.items()} if isinstance(value, dict) else {}


def _homes(root: Path) -> dict[str, str]:
    """The file of the catalogue that each indicator and roster stands in."""
    found: dict[str, str] = {}
    for source in catalogue_sources(root):
        data = source.data if isinstance(source.data, dict) else {}
        for kind in ("indicators", "tables"):
            found |= dict.fromkeys(_entries(data.get(kind)), source.file)
    return found


def _for_sheets(own: Data, programme: Programme, words: Vocabulary, homes: Mapping[str, str]) -> Data:
    """The pack's data with indicators and rosters where the sheets have them."""
    asked: set[str] = set()
    pages: list[Data] = []
    for page in _list(own.get("sections")):
        rows: Data = {}
        earlier = page.get("earlier_years") or {}
        for key in _texts(page.get("indicators")):
            entry: Data = dict(words.indicators[key]) | {_WHERE: homes.get(key, "")}
            if isinstance(earlier, dict) and key in earlier:
                entry[EARLIER] = earlier[key]
            rows[key] = entry
            asked.add(key)
        pages.append({"id": page.get("id"), "title": page.get("title"), ROWS: rows})
    others = {
        key: dict(words.indicators[key]) | {_WHERE: homes.get(key, "")}
        for key in programme.indicators
        if key not in asked and key in words.indicators
    }
    own_tables = _texts(own.get("tables"))
    tables = {
        key: dict(words.tables[key]) | {ASKED: key in own_tables, _WHERE: homes.get(key, "")}
        for key in dict.fromkeys([*own_tables, *programme.tables])
        if key in words.tables
    }
    return {**own, PACK_ID: programme.id, "sections": pages, OTHERS: others, TABLES: tables}


def _list(value: object) -> list[Data]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [str(entry) for entry in value] if isinstance(value, list) else []


def _filled(form: SheetForm, data: Data, words: Vocabulary, documents: tuple[str, ...]) -> PackSheet:
    roots = [kind for kind in form.kinds if not kind.under]
    lines = [line for kind in roots for line in _lines_of(form, kind, data, words)]
    return replace(empty_sheet(form, documents), lines=tuple(lines))


def _lines_of(form: SheetForm, kind: Kind, parent: Data, words: Vocabulary) -> Iterator[PackLine]:
    for entry in _entries_at(kind, parent):
        cells = _cells(form, kind, entry, words)
        if kind.shape == "part" and len(cells) <= 1:
            continue
        yield PackLine(kind.level, cells)
        if isinstance(entry, dict):
            for child in form.kinds:
                if kind.name in child.under:
                    yield from _lines_of(form, child, entry, words)


def _entries_at(kind: Kind, parent: Data) -> list[object]:
    if kind.shape == "part":
        return [parent]
    found = at(parent, kind.into)
    if isinstance(found, dict):
        return [{KEY[0]: key, **entry} for key, entry in found.items()]
    return list(found) if isinstance(found, list) else []


def at(data: object, path: tuple[str, ...]) -> object:
    """What stands at ``path``; None where nothing does."""
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return data


def _cells(form: SheetForm, kind: Kind, entry: object, words: Vocabulary) -> dict[str, str]:
    found: dict[str, str] = {KIND: kind_word(form.key, kind.name)} if form.has_kinds else {}
    method = next((name for name in kind.methods if isinstance(entry, dict) and name in entry), "")
    if method:
        found[METHOD] = method_word(method)
    for rule in kind.cells:
        text = _text(rule, entry, method, words)
        if text:
            found[rule.role] = text
    if isinstance(entry, dict) and "where" in form.roles and (where := entry.get(_WHERE)):
        found["where"] = str(where)
    return found


def row_cells(sheet: str, kind: str, key: str, words: Vocabulary) -> dict[str, str]:
    """The cells of an indicator as the catalogue has it."""
    form = next(form for form in FORMS if form.key == sheet)
    return _cells(form, form.kind(kind), {KEY[0]: key, **words.indicators[key]}, words)


def _text(rule: CellRule, entry: object, method: str, words: Vocabulary) -> str:
    if rule.variant and rule.variant != method:
        return ""
    value = at(entry, rule.path)
    table = str(at(entry, (rule.within,)) or "") if rule.within else ""
    return "" if value is None else rule.codec.show(value, words, table)


_STEPS = ("order", "kinds", "ids", "formula", "source", "points", "version", "lists")
_LANGUAGE = ("signs", "words", "functions", "years", "rosters", "brackets", "missing")


def _guide(programme: Programme, own: Data) -> tuple[tuple[str, str], ...]:
    """说明: what the workbook is, how to change it, how to bring it back."""
    found = [
        (say("sheets.guide.pack"), f"{programme.name}（{programme.id} {programme.version}）"),
        (say("sheets.guide.purpose"), say("sheets.guide.about")),
        (say("sheets.guide.back"), say("sheets.guide.import")),
        (say("sheets.guide.how"), ""),
        *((f"{number}", say(f"sheets.guide.{step}")) for number, step in enumerate(_STEPS, 1)),
        (say("sheets.guide.language"), ""),
        *((say(f"sheets.word.{step}"), say(f"sheets.formula.{step}")) for step in _LANGUAGE),
    ]
    elsewhere = [(say("sheets.guide.shared"), name) for name in _texts(own.get("parts"))]
    elsewhere += [
        (say("sheets.guide.included"), say("sheets.guide.export", {"id": include.get("pack")}))
        for include in _list(own.get("include"))
    ]
    if elsewhere:
        found += [(say("sheets.guide.elsewhere"), ""), *elsewhere]
    found += [(say("sheets.guide.sheets"), "")]
    found += [(say(f"sheets.sheet.{form.key}"), say(f"sheets.about.{form.key}")) for form in FORMS]
    return tuple(found)
