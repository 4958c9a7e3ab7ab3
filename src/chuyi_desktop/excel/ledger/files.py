"""The door for ledgers: any table file becomes sheets of cells, whatever its name says it is."""

from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import fuzz

from chuyi_desktop.app.ledgers.ports import LedgerFile
from chuyi_desktop.app.ports import Progress, silent
from chuyi_desktop.domain.errors import InputError
from chuyi_desktop.domain.problem import Place, Problem, Severity
from chuyi_desktop.domain.wording import say
from chuyi_desktop.excel.archive import LARGEST_FILE, unreadable
from chuyi_desktop.excel.ledger.old_workbook import read_old_workbook
from chuyi_desktop.excel.ledger.sheet_view import SheetView
from chuyi_desktop.excel.ledger.text_file import read_text_table
from chuyi_desktop.excel.workbook_file import WorkbookFile

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = b"PK\x03\x04"
_WEB = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")
_HEAD = 512
_MARKABLE = frozenset({".xlsx", ".xlsm"})


class FileLedgers:
    """Reads .xlsx, .xlsm, .xls, .csv and .txt; fills :class:`chuyi_desktop.app.ledger_ports.Ledgers`."""

    def open(self, source: Path, progress: Progress = silent) -> LedgerFile:
        """The cells of ``source``. Raises InputError for what is no table."""
        head = _first_bytes(source)
        progress(0, 1, say("ledger.progress.reading", {"file": source.name}))
        notes = _open_elsewhere(source)
        if head.startswith(_ZIP):
            return _workbook(source, notes, progress)
        content = _content(source)
        if head.startswith(_OLE):
            sheets, since_1904 = read_old_workbook(content, source)
            views = tuple(SheetView(sheet, since_1904=since_1904) for sheet in sheets)
        elif head.startswith(b"%PDF"):
            raise InputError("excel.pdf", file=source.name)
        elif head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB):
            raise InputError("excel.web_page", file=source.name)
        else:
            views = (SheetView(read_text_table(content, source)),)
        progress(1, 1, say("excel.progress.read"))
        return LedgerFile(source, views, notes)

    def likeness(self, words: str, others: Sequence[str]) -> Sequence[int]:
        """How alike ``words`` is to each of ``others``, 0 to 100: what share of their characters stays in
        the same order."""
        return [int(fuzz.ratio(words, other)) for other in others]


def _first_bytes(source: Path) -> bytes:
    if not source.is_file():
        code = "ledger.not_a_file" if source.exists() else "excel.no_such_file"
        raise InputError(code, file=source.name)
    try:
        with source.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise _unreadable(source, error) from error
    if not head.strip():
        raise InputError("excel.empty_file", file=source.name)
    return head


def _content(source: Path) -> bytes:
    try:
        size = source.stat().st_size
        if size > LARGEST_FILE:
            limit = LARGEST_FILE // 2**20
            raise InputError("excel.file_too_big", file=source.name, size=size // 2**20, limit=limit)
        return source.read_bytes()
    except OSError as error:
        raise _unreadable(source, error) from error


def _unreadable(source: Path, error: OSError) -> InputError:
    return InputError(unreadable(error), file=source.name, details=repr(error))


def _open_elsewhere(source: Path) -> tuple[Problem, ...]:
    """A warning where a program has the file open: what is not saved yet is not in it."""
    marks = (f"~${source.name}", f".~{source.name}", f".~lock.{source.name}#")
    if any(source.with_name(mark).exists() for mark in marks):
        return (Problem("ledger.maybe_unsaved", Severity.WARNING, Place(source.name), {"file": source.name}),)
    return ()


def _workbook(source: Path, notes: tuple[Problem, ...], progress: Progress) -> LedgerFile:
    with WorkbookFile(source) as book:
        views = []
        for done, sheet in enumerate(book.sheets()):
            progress(done, len(book.sheet_names), say("excel.progress.reading", {"sheet": sheet.name}))
            views.append(SheetView(sheet, since_1904=book.since_1904))
        ignored = [Problem(code, Severity.NOTE, Place(source.name)) for code in book.ignored]
    progress(1, 1, say("excel.progress.read"))
    markable = source.suffix.casefold() in _MARKABLE
    return LedgerFile(source, tuple(views), (*notes, *ignored), markable)
