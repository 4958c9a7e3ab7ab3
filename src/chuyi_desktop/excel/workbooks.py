"""The door of the excel room: workbooks written, read and marked."""

from collections.abc import Sequence
from pathlib import Path

from chuyi_desktop.app.ports import (
    JudgedSchool,
    PackBook,
    PackReading,
    PackSheet,
    Progress,
    ShareCover,
    ShareReading,
    WorkbookReading,
)
from chuyi_desktop.domain.assessment import Assessment
from chuyi_desktop.domain.errors import OutputError
from chuyi_desktop.domain.problem import Problem
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.excel.importing import read_share, read_workbook
from chuyi_desktop.excel.marking import marked_copy
from chuyi_desktop.excel.output import replacing
from chuyi_desktop.excel.pack_reading import read_pack_workbook
from chuyi_desktop.excel.pack_writing import pack_bytes
from chuyi_desktop.excel.twin.writing import write_twin
from chuyi_desktop.excel.writing import workbook_bytes

ENDING = ".xlsx"


class ExcelWorkbooks:
    """Excel workbooks for people; fills :class:`chuyi_desktop.app.ports.Workbooks`."""

    def write(self, programme: Programme, assessment: Assessment, target: Path, progress: Progress) -> None:
        """The programme's workbook with the assessment's fields filled in; a template where it has none.

        Raises OutputError where ``target`` cannot be written.
        """
        _demand_ending(target, ENDING)
        content = workbook_bytes(programme, assessment, progress)
        with replacing(target) as stream:
            stream.write(content)

    def write_live(
        self,
        programme: Programme,
        assessment: Assessment,
        judged: JudgedSchool,
        target: Path,
        progress: Progress,
    ) -> None:
        """The same workbook with everything that is computed standing in it as formulas.

        Raises OutputError where ``target`` cannot be written.
        """
        _demand_ending(target, ENDING)
        twin = write_twin(programme, assessment, judged, progress)
        with replacing(target) as stream:
            stream.write(twin.content)

    def read(self, source: Path, programme: Programme, year: int, progress: Progress) -> WorkbookReading:
        """What ``source`` says for the programme and year. Raises InputError for what is no such workbook."""
        return read_workbook(source, programme, year, progress)

    def write_share(
        self, part: Programme, assessment: Assessment, cover: ShareCover, target: Path, progress: Progress
    ) -> None:
        """The workbook of one department: ``part`` is the programme with nothing but what it is asked.

        Raises OutputError where ``target`` cannot be written.
        """
        _demand_ending(target, ENDING)
        content = workbook_bytes(part, assessment, progress, cover)
        with replacing(target) as stream:
            stream.write(content)

    def read_share(self, source: Path, programme: Programme, year: int, progress: Progress) -> ShareReading:
        """What a department's workbook says for the programme and year, whatever it was asked. Raises
        InputError for what is no such workbook."""
        return read_share(source, programme, year, progress)

    def mark(self, source: Path, problems: Sequence[Problem], target: Path) -> None:
        """A copy of the user's own workbook with the cells of ``problems`` coloured and commented.

        Raises InputError for what cannot be opened, OutputError where ``target`` cannot be written.
        """
        if target.resolve() == source.resolve():
            raise OutputError("excel.mark_over_source", file=target.name)
        _demand_ending(target, source.suffix or ENDING)
        copy = marked_copy(source, problems)
        with replacing(target) as stream:
            stream.write(copy)

    def write_pack(self, book: PackBook, target: Path) -> None:
        """A form pack as a workbook. Raises OutputError where ``target`` cannot be written."""
        _demand_ending(target, ".xlsx")
        content = pack_bytes(book)
        with replacing(target) as stream:
            stream.write(content)

    def read_pack(self, source: Path, form: Sequence[PackSheet]) -> PackReading:
        """What ``source`` says on the sheets of ``form``. Raises InputError for what is no such workbook."""
        return read_pack_workbook(source, form)


def _demand_ending(target: Path, ending: str) -> None:
    """By another ending Excel and WPS would not open the file."""
    if target.suffix.casefold() != ending.casefold() and not target.is_dir():
        raise OutputError("excel.wrong_ending", file=target.name, ending=ending)
