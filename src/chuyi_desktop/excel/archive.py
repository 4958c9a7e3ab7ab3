"""What may be opened at all: files from outside are looked at before any reader touches them."""

import zipfile
from pathlib import Path

from chuyi_desktop.domain.errors import InputError

LARGEST_FILE = 100 * 2**20
"""Bytes of a workbook on disk; a roster of 20,000 rows takes about 2 MB."""
LARGEST_CONTENT = 250 * 2**20
"""Bytes of all parts of a workbook when unpacked."""
MOST_PARTS = 10_000
_BOMB_SIZE = 30 * 2**20
_BOMB_RATIO = 250
"""A big part that shrank more than this is made to hurt: real sheets shrink about 10 to 60 times."""
_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 0x1
_HEAD = 4096


def open_archive(source: Path) -> zipfile.ZipFile:
    """The parts of an .xlsx or .xlsm file whose sizes are sane. Raises InputError for anything else."""
    _look_at_file(source)
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError("excel.damaged", file=source.name, details=repr(error)) from error
    try:
        _look_at_parts(archive, source.name)
    except BaseException:
        archive.close()
        raise
    return archive


def _look_at_file(source: Path) -> None:
    name = source.name
    if not source.is_file():
        raise InputError("excel.no_such_file" if not source.exists() else "excel.not_a_file", file=name)
    try:
        size = source.stat().st_size
        if size > LARGEST_FILE:
            raise InputError("excel.file_too_big", file=name, size=size // 2**20, limit=LARGEST_FILE // 2**20)
        with source.open("rb") as stream:
            head = stream.read(_HEAD)
            rest = stream.read() if head.startswith(_OLE) else b""
    except OSError as error:
        raise InputError(unreadable(error), file=name, details=repr(error)) from error
    if head.startswith(_OLE):
        encrypted = _ENCRYPTED in head + rest
        raise InputError("excel.password" if encrypted else "excel.old_format", file=name)
    if not head.startswith(_ZIP):
        raise InputError(_other_kind(head), file=name)


def unreadable(error: OSError) -> str:
    """The message for a file that the system does not let be read: on Windows an open workbook is held."""
    return "excel.held" if isinstance(error, PermissionError) else "excel.unreadable"


def _other_kind(head: bytes) -> str:
    """The message for a file that is no zip archive."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not text:
        return "excel.empty_file"
    if head.startswith(b"%PDF"):
        return "excel.pdf"
    if text.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        return "excel.web_page"
    return "excel.no_workbook"


def _look_at_parts(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_CONTENT:
        raise InputError("excel.bomb", file=name)
    for part in parts:
        if part.flag_bits & _ENCRYPTED_FLAG:
            raise InputError("excel.password", file=name)
        if part.file_size > _BOMB_SIZE and part.file_size > _BOMB_RATIO * max(part.compress_size, 1):
            raise InputError("excel.bomb", file=name)
    names = {part.filename.replace("\\", "/").casefold() for part in parts}
    if "mimetype" in names and "content.xml" in names:
        raise InputError("excel.open_document", file=name)
    if "xl/workbook.bin" in names:
        raise InputError("excel.binary_workbook", file=name)
    if not any(part.endswith("workbook.xml") for part in names):
        raise InputError("excel.no_workbook", file=name)
