"""The cells of an .xlsx file, in one bounded streaming pass.

Why not a library: calamine gives neither error values nor number formats (35% and 0.35 look alike) and
allocates first cell × last cell, so that two cells at opposite corners of a sheet end the process;
openpyxl refuses whole files for one odd style. Here only filled cells are kept, their number is limited,
and what is not understood is left alone. Parts of the ordinary form are read quickly; what is unusual in any
way, damaged or hostile is left to the XML parser, whose word counts.
"""

import lzma
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import parse

from chuyi_desktop.domain.errors import ChuyiError, InputError
from chuyi_desktop.excel.archive import open_archive
from chuyi_desktop.excel.quick_parts import UnusualError, uncollected
from chuyi_desktop.excel.quick_sheet import read_sheet
from chuyi_desktop.excel.quick_strings import read_strings
from chuyi_desktop.excel.sheet import Sheet
from chuyi_desktop.excel.stored_cells import StoredCells
from chuyi_desktop.excel.xml_parts import (
    BookHandler,
    RelationsHandler,
    SheetHandler,
    StringsHandler,
    StylesHandler,
)

MOST_CELLS = 3_000_000
"""Filled cells of a workbook."""

_DAMAGE = (
    SAXException,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    ValueError,
    ArithmeticError,
    LookupError,
    NotImplementedError,
    RuntimeError,
)
"""What reading a damaged part raises; DefusedXmlException is a ValueError."""


_LEFT_ALONE = {
    "excel.macros_ignored": ("vbaproject.bin", "/macrosheets/"),
    "excel.links_ignored": ("externallinks/",),
    "excel.objects_ignored": ("/embeddings/", "/activex/", "/ctrlprops/"),
}
"""What a workbook may carry beside cells, by parts of the names of its parts."""


class WorkbookFile:
    """An open workbook. Every method raises InputError for a part that is damaged or hostile."""

    def __init__(self, source: Path) -> None:
        self._name = source.name
        self._archive = open_archive(source)
        self._cells = 0
        try:
            parts = {
                part.filename.replace("\\", "/").lstrip("/").casefold(): part
                for part in self._archive.infolist()
            }
            self._parts: Mapping[str, zipfile.ZipInfo] = parts
            self._read_directory()
        except BaseException:
            self._archive.close()
            raise

    def __enter__(self) -> "WorkbookFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """The worksheets in order, hidden ones too."""
        return tuple(name for name, _ in self._sheets)

    @property
    def defined_names(self) -> Mapping[str, str]:
        """The names defined for the whole workbook, with what they stand for."""
        return self._book.names

    @property
    def ignored(self) -> tuple[str, ...]:
        """What it carries that nothing here ever runs or opens, as codes of messages: macros, links to other
        workbooks and programs (DDE), embedded objects and controls."""
        return tuple(
            code
            for code, marks in _LEFT_ALONE.items()
            if any(mark in name for name in self._parts for mark in marks)
        )

    @property
    def since_1904(self) -> bool:
        """Whether its days count from 1904, as in workbooks of old Macintosh programs."""
        return self._book.since_1904

    def sheets(self) -> Iterator[Sheet]:
        """The worksheets with their cells, one after another."""
        for name, part in self._sheets:
            yield self._sheet(name, part)

    def _sheet(self, name: str, part: str) -> Sheet:
        """A worksheet. Whatever ends the quick reading but a refusal, the parser reads all of it and says
        what is wrong, if anything is."""
        before = self._cells
        with suppress(UnusualError, *_DAMAGE), self._open(part) as stream, uncollected():
            sheet = Sheet(name)
            read_sheet(stream, sheet, self._stored, self._count)
            return sheet
        self._cells = before
        sheet = Sheet(name)
        self._parse(part, SheetHandler(sheet, self._stored, self._count))
        return sheet

    def _shared_strings(self, part: str) -> list[str]:
        with suppress(UnusualError, *_DAMAGE), self._open(part) as stream, uncollected():
            return read_strings(stream)
        handler = StringsHandler()
        self._parse(part, handler)
        return handler.strings

    def _count(self, more: int) -> None:
        self._cells += more
        if self._cells > MOST_CELLS:
            raise InputError("excel.too_many_cells", file=self._name, limit=MOST_CELLS)

    def _read_directory(self) -> None:
        root = self._relations("_rels/.rels", "")
        book = next((part for kind, part in root.values() if kind == "officeDocument"), "xl/workbook.xml")
        self._book = BookHandler()
        self._parse(book, self._book)
        folder, _, name = book.rpartition("/")
        relations = self._relations(f"{folder}/_rels/{name}.rels".lstrip("/"), folder)
        self._sheets = [
            (title, relations[key][1])
            for title, key in self._book.sheets
            if key in relations and relations[key][0] == "worksheet"
        ]
        by_kind = dict(relations.values())
        strings: list[str] = []
        if by_kind.get("sharedStrings", "") in self._parts:
            strings = self._shared_strings(by_kind["sharedStrings"])
        styles = StylesHandler()
        if by_kind.get("styles", "") in self._parts:
            self._parse(by_kind["styles"], styles)
        self._stored = StoredCells(strings, styles.kinds(), since_1904=self._book.since_1904)

    def _relations(self, part: str, folder: str) -> dict[str, tuple[str, str]]:
        """Kind and part by relation id; of the kind, a long address, the last word is enough."""
        handler = RelationsHandler()
        if part.casefold() in self._parts:
            self._parse(part.casefold(), handler)
        return {
            key: (kind.rpartition("/")[2], _resolved(folder, target))
            for key, kind, target in handler.relations
        }

    def _parse(self, part: str, handler: ContentHandler) -> None:
        with self._faults(part), self._open(part) as stream:
            parse(stream, handler, forbid_dtd=True)

    def _open(self, part: str) -> IO[bytes]:
        info = self._parts.get(part.casefold())
        if info is None:
            raise InputError("excel.damaged", file=self._name, details=f"no part {part}")
        return self._archive.open(info)

    @contextmanager
    def _faults(self, part: str) -> Iterator[None]:
        try:
            yield
        except ChuyiError:
            raise
        except DefusedXmlException as error:
            raise InputError("excel.unsafe", file=self._name, details=f"{part}: {error!r}") from error
        except _DAMAGE as error:
            raise InputError("excel.damaged", file=self._name, details=f"{part}: {error!r}") from error


def _resolved(folder: str, target: str) -> str:
    """The part that a relation in ``folder`` points to."""
    plain = target.replace("\\", "/")
    steps = [] if plain.startswith("/") else [step for step in folder.split("/") if step]
    for step in plain.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps).casefold()
