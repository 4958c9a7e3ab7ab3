"""A form pack out to a workbook that people change in Excel, and back into a forms folder."""

from pathlib import Path

from chuyi_desktop.app.ports import TakenPack
from chuyi_desktop.app.program import Program


def export_pack(program: Program, programme_id: str, target: Path) -> None:
    """Write the whole pack as a workbook."""
    program.workbooks.write_pack(program.library.as_book(programme_id), target)


def import_pack(
    program: Program, source: Path, folder: Path, *, new_id: str = "", report: Path | None = None
) -> TakenPack:
    """Put the workbook's pack into ``folder``, whole or not at all. With a ``report``, the problems are also
    marked in a copy of the workbook."""
    reading = program.workbooks.read_pack(source, program.library.book_form())
    taken = program.library.take_book(reading, folder, new_id)
    return _reported(program, source, taken, report)


def import_xlsform(
    program: Program, source: Path, folder: Path, *, new_id: str = "", report: Path | None = None
) -> TakenPack:
    """The same with a pack made of an XLSForm."""
    reading = program.workbooks.read_pack(source, program.library.xlsform_sheets())
    taken = program.library.take_xlsform(reading, folder, new_id)
    return _reported(program, source, taken, report)


def _reported(program: Program, source: Path, taken: TakenPack, report: Path | None) -> TakenPack:
    if report is not None and taken.problems:
        program.workbooks.mark(source, taken.problems, report)
    return taken
