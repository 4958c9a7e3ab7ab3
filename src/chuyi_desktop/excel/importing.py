"""What a filled-in workbook says for a programme and year."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chuyi_desktop.app.ports import Progress, ShareReading, WorkbookReading
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.indicator import Table
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.programme import Programme, Section
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.declarations import DeclarationReader
from chuyi_desktop.excel.explanations import ExplanationReader
from chuyi_desktop.excel.grid import find_key, plain_head
from chuyi_desktop.excel.guide import identity_in_words
from chuyi_desktop.excel.handed_out import read_handed_out
from chuyi_desktop.excel.identity import (
    FORMAT_VERSION,
    Identity,
    SheetKey,
    SheetKind,
    from_defined_names,
    from_facts,
)
from chuyi_desktop.excel.reading import Gathered
from chuyi_desktop.excel.rosters import RosterReader
from chuyi_desktop.excel.section_reading import SectionReader
from chuyi_desktop.excel.sheet import Sheet, column_letters
from chuyi_desktop.excel.texts import TextReader
from chuyi_desktop.excel.workbook_file import WorkbookFile

_CUT_NAME = 20
"""Letters of a sheet's name from which on it may be the beginning of a longer title."""
_NOT_DATA = frozenset(
    {
        SheetKind.GUIDE,
        SheetKind.LISTS,
        SheetKind.IDENTITY,
        SheetKind.PROBLEMS,
        SheetKind.HANDED_OUT,
        SheetKind.LIVE,
    }
)


def read_workbook(source: Path, programme: Programme, year: int, progress: Progress) -> WorkbookReading:
    """The reading of ``source``. Raises InputError for what is no workbook of the programme and year."""
    return _read(source, programme, year, progress)[0]


def read_share(source: Path, programme: Programme, year: int, progress: Progress) -> ShareReading:
    """The same of a department's workbook, with whose it is and what it was handed out with."""
    reading, identity, sheets = _read(source, programme, year, progress)
    lists = (read_handed_out(sheet) for sheet in sheets if _kind(sheet) is SheetKind.HANDED_OUT)
    handed_out = next(lists, None)
    if identity is None:
        return ShareReading("", "", "", handed_out, reading)
    return ShareReading(identity.department, identity.school, identity.workspace, handed_out, reading)


def _kind(sheet: Sheet) -> SheetKind | None:
    found = find_key(sheet)
    return found[0].kind if found else None


def _read(
    source: Path, programme: Programme, year: int, progress: Progress
) -> tuple[WorkbookReading, Identity | None, list[Sheet]]:
    with WorkbookFile(source) as book:
        sheets = []
        names = book.sheet_names
        for done, sheet in enumerate(book.sheets()):
            progress(done, len(names), say("excel.progress.reading", {"sheet": sheet.name}))
            sheets.append(sheet)
        identity = _identity(book, sheets)
        _refuse_others(identity, programme, year, source.name)
        gathered = Gathered(source.name, year)
        _tell_of_the_book(book, identity, programme, gathered)
    importer = _Importer(programme, gathered)
    for sheet in sheets:
        importer.take(sheet)
    progress(len(names), len(names), say("excel.progress.read"))
    reading = WorkbookReading(
        tuple(gathered.cells.values()), tuple(gathered.rosters.values()), tuple(gathered.problems)
    )
    return reading, identity, sheets


def _identity(book: WorkbookFile, sheets: list[Sheet]) -> Identity | None:
    """Who the workbook says it is, from the surest mark to the last resort."""
    keys: dict[str, SheetKey] = {}
    for sheet in sheets:
        found = find_key(sheet)
        if found is not None and found[0].programme_id:
            keys[sheet.name] = found[0]
    for sheet in sheets:
        if sheet.name in keys and keys[sheet.name].kind is SheetKind.IDENTITY:
            whole = from_facts(_pairs(sheet))
            if whole is not None:
                return whole
    named = from_defined_names(book.defined_names)
    if named is not None:
        return named
    in_words = next((said for sheet in sheets if (said := identity_in_words(sheet))), None)
    if in_words is not None:
        return in_words
    key = next(iter(keys.values()), None)
    return Identity(key.programme_id, key.year, version=key.version) if key else None


def _pairs(sheet: Sheet) -> dict[str, str]:
    pairs = {}
    for row in sheet.rows.values():
        first, second = row.get(1), row.get(2)
        if first is not None and second is not None:
            pairs[first.text] = str(second.content)
    return pairs


def _refuse_others(identity: Identity | None, programme: Programme, year: int, file: str) -> None:
    if identity is None:
        raise InputError("excel.no_identity", file=file)
    if identity.version > FORMAT_VERSION:
        raise InputError("excel.newer_format", file=file, found=identity.version, known=FORMAT_VERSION)
    if identity.programme_id != programme.id:
        found = identity.programme_name or identity.programme_id
        raise InputError("excel.other_programme", file=file, found=found[:60], wanted=programme.name)
    if identity.year != year:
        raise InputError("excel.other_year", file=file, found=identity.year, wanted=year)


def _tell_of_the_book(
    book: WorkbookFile, identity: Identity | None, programme: Programme, gathered: Gathered
) -> None:
    """What the user should know about the workbook as a whole."""
    tell = gathered.reporter.report
    for code in book.ignored:
        tell(code, Severity.NOTE, "")
    if identity is not None and identity.pack_hash not in {"", programme.pack_hash}:
        found = identity.pack_version or "—"
        code = "excel.changed_pack" if found == programme.version else "excel.other_pack"
        tell(code, Severity.NOTE, "", found=found, current=programme.version)


@dataclass(slots=True)
class _Importer:
    """Hands each sheet to the reader of its kind."""

    programme: Programme
    gathered: Gathered
    sections: Mapping[str, Section] = field(init=False)
    _own_names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.sections = {section.id: section for section in self.programme.sections}
        own = ("guide", "problems", "lists", "identity", "handed_out")
        self._own_names = frozenset(plain_head(say(f"excel.sheet.{kind}")) for kind in own)

    def take(self, sheet: Sheet) -> None:
        """Read a sheet, or say why not."""
        if not sheet.rows:
            return
        found = find_key(sheet)
        key = found[0] if found else None
        if key is None:
            self._keyless(sheet)
        elif key.kind in _NOT_DATA:
            return
        elif (key.programme_id, key.year) != (self.programme.id, self.gathered.year):
            self._warn("excel.foreign_sheet", sheet, found=f"{key.programme_id} {key.year}")
        elif not self._known(sheet, key):
            self._warn("excel.no_heads", sheet)

    def _warn(self, code: str, sheet: Sheet, **params: object) -> None:
        row = min(sheet.rows)
        cell = f"{column_letters(min(sheet.rows[row]))}{row}"
        self.gathered.tell(
            Problem(code, Severity.WARNING, Place(self.gathered.file, sheet.name, cell), params)
        )

    def _known(self, sheet: Sheet, key: SheetKey) -> bool:
        """Read a sheet by its key; False where it says nothing that can be understood."""
        match key.kind:
            case SheetKind.SECTION:
                # The indicators of a section that is no more may be asked elsewhere: any section's heads do.
                section = self.sections.get(key.id) or next(iter(self.programme.sections), None)
                return section is not None and SectionReader(self.programme, self.gathered).read(
                    sheet, section
                )
            case SheetKind.ROSTER:
                table = self.programme.tables.get(key.id)
                return table is not None and RosterReader(self.gathered).read(sheet, table)
            case SheetKind.TEXTS:
                return TextReader(self.programme, self.gathered).read(sheet)
            case SheetKind.DECLARATIONS:
                return DeclarationReader(self.programme, self.gathered).read(sheet)
            case SheetKind.EXPLANATIONS:
                return ExplanationReader(self.programme, self.gathered).read(sheet)
            case _:
                return True

    def _keyless(self, sheet: Sheet) -> None:
        """A sheet whose key is gone: known by its name, else a stranger."""
        name = plain_head(sheet.name)
        if name in self._own_names:
            return
        key = self._key_by_name(name)
        if key is None or not self._known(sheet, key):
            self._warn("excel.unknown_sheet", sheet)

    def _key_by_name(self, name: str) -> SheetKey | None:
        def key(kind: SheetKind, item: str = "") -> SheetKey:
            return SheetKey(self.programme.id, self.gathered.year, kind, item)

        for section in self.programme.sections:
            if _same_name(section.title, name):
                return key(SheetKind.SECTION, section.id)
        table = self._table_by_name(name)
        if table is not None:
            return key(SheetKind.ROSTER, table.id)
        for kind in (SheetKind.TEXTS, SheetKind.DECLARATIONS, SheetKind.EXPLANATIONS):
            if _same_name(say(f"excel.sheet.{kind}"), name):
                return key(kind)
        return None

    def _table_by_name(self, name: str) -> Table | None:
        tables = self.programme.tables.values()
        return next(
            (
                table
                for table in tables
                if any(_same_name(each, name) for each in (table.name, *table.aliases))
            ),
            None,
        )


def _same_name(title: str, name: str) -> bool:
    """Whether a sheet's plain name can be the one made from ``title``, which Excel may have cut short."""
    wanted, given = _letters(title), _letters(name)
    return bool(given) and (wanted == given or (len(given) >= _CUT_NAME and wanted.startswith(given)))


def _letters(words: str) -> str:
    """Words without what a sheet's name cannot have."""
    return "".join(character for character in plain_head(words) if character not in "[]:*?/\\'")
