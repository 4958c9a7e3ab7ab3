"""How long Excel workbooks take with a roster of 20,000 rows, beside the libraries alone, in one run.

    python benchmarks/excel.py [ROWS]

Prints Markdown rows for docs/measurements.md. Every job runs in a process of its own: its time is the
processor time of the quickest of several rounds, its memory the most that process ever had (of which Python
and the modules it needs are given apart). The workbook is that of the programme specialty-secondary, whose
roster of teachers has 12 columns, with every other sheet of the template around it.

Recalculation against LibreOffice is in ``benchmarks/scoring.py against``.
"""

# ruff: noqa: PLC0415  # a process has no more modules than its job needs: its memory is measured

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
PROGRAMME, TABLE, YEAR = "specialty-secondary", "group_teachers", 2026
ROUNDS = 5
Job = Callable[[Path], Callable[[], object]]
"""Makes a job ready, modules and all, for a workbook."""


def assessment(rows: int) -> tuple[object, object]:
    """The programme, and a school with so many teachers in its roster."""
    from chuyi_desktop.domain.assessment import Assessment, Field, FieldKind, Row
    from chuyi_desktop.domain.indicator import Column, ValueKind
    from chuyi_desktop.domain.values import Value
    from chuyi_desktop.packs.library import FormsFolder

    programme = FormsFolder(ROOT / "forms").programme(PROGRAMME)
    chance = Random(20260901)  # noqa: S311  # figures, no secrets

    def value(column: Column, number: int) -> Value | None:
        match column.kind:
            case ValueKind.CHOICE:
                return chance.choice(column.choices).id
            case ValueKind.YES_NO:
                return chance.choice((True, False))
            case ValueKind.DATE:
                return date(chance.randint(1960, 2001), chance.randint(1, 12), chance.randint(1, 28))
            case _ if column.id == "name":
                return "".join(chance.choice("赵钱孙李周吴郑王伟芳娜敏静丽强磊军洋勇艳") for _ in range(3))
            case _ if column.id == "enterprise":
                return f"湖南某某机械有限公司第{number}车间" if number % 3 == 0 else None
            case _:
                return chance.choice(("数控技术应用", "机电技术应用", "电子商务", "汽车运用与维修"))

    fields = {}
    for number in range(rows):
        cells = {column.id: value(column, number) for column in programme.tables[TABLE].columns}
        filled = {key: content for key, content in cells.items() if content is not None}
        row = Row(f"r{number}", number, filled)
        fields[Field(FieldKind.ROW, TABLE, YEAR, row.id)] = row
    school = Assessment("a1", programme.id, programme.version, programme.pack_hash, YEAR, fields)
    return programme, school


# Reading


def calamine(source: Path) -> Callable[[], object]:
    """Every sheet as values."""
    from python_calamine import CalamineWorkbook

    def read() -> object:
        book = CalamineWorkbook.from_path(source)
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    return read


def openpyxl_reading(source: Path) -> Callable[[], object]:
    """Every sheet as values, streaming."""
    from openpyxl import load_workbook

    def read() -> object:
        book = load_workbook(source, read_only=True, data_only=True)
        found = [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
        book.close()
        return found

    return read


def ours(source: Path) -> Callable[[], object]:
    """Every sheet as cells, with types, percent formats, formulas and merged blocks."""
    from chuyi_desktop.excel.workbook_file import WorkbookFile

    def read() -> object:
        with WorkbookFile(source) as book:
            return list(book.sheets())

    return read


def validated(source: Path) -> Callable[[], object]:
    """The reading an import shows: every value held against its column."""
    from chuyi_desktop.app.ports import silent
    from chuyi_desktop.excel.workbooks import ExcelWorkbooks
    from chuyi_desktop.packs.library import FormsFolder

    programme = FormsFolder(ROOT / "forms").programme(PROGRAMME)

    def read() -> object:
        reading = ExcelWorkbooks().read(source, programme, YEAR, silent)
        if reading.problems:
            raise RuntimeError(reading.problems[:3])
        return reading

    return read


def stored(source: Path) -> Callable[[], object]:
    """A whole import into a new workspace, journal and all."""
    from chuyi_desktop.app.begin import begin
    from chuyi_desktop.app.import_workbook import import_workbook
    from chuyi_desktop.app.program import Program
    from chuyi_desktop.excel.workbooks import ExcelWorkbooks
    from chuyi_desktop.packs.library import FormsFolder
    from chuyi_desktop.storage.workspaces import SqliteWorkspaces

    folder = Path(os.environ["CHUYI_BENCHMARK_FOLDER"])
    program = Program(
        FormsFolder(ROOT / "forms"),
        SqliteWorkspaces(host="benchmark", user="benchmark"),
        ExcelWorkbooks(),
        renderer=None,  # type: ignore[arg-type]  # nothing is printed here
        pages=None,  # type: ignore[arg-type]
        clock=lambda: datetime(2026, 9, 1, tzinfo=UTC),
        who="benchmark",
        samples=folder,
    )
    ready = [
        begin(program, folder / f"workspace-{number}", PROGRAMME, YEAR, {"school_name": "某校"})
        for number in range(ROUNDS)
    ]

    def take() -> object:
        plan = import_workbook(ready.pop(), source)
        if plan.refused or not plan.changes:
            raise RuntimeError(plan.problems[:3])
        return plan

    return take


# Writing


def rows_of(source: Path) -> Mapping[str, list[tuple[int, int, object]]]:
    """The filled cells of a workbook: row and column from 0, content."""
    from chuyi_desktop.excel.workbook_file import WorkbookFile

    def plain(content: object) -> object:
        return float(content) if isinstance(content, Decimal) else content

    with WorkbookFile(source) as book:
        return {
            sheet.name: [
                (row - 1, column - 1, plain(cell.content))
                for row, filled in sorted(sheet.rows.items())
                for column, cell in sorted(filled.items())
            ]
            for sheet in book.sheets()
        }


def our_writing(source: Path) -> Callable[[], object]:
    """The template with its looks, rules, heights and protection."""
    from chuyi_desktop.app.ports import silent
    from chuyi_desktop.excel.workbooks import ExcelWorkbooks

    programme, school = assessment(int(os.environ["CHUYI_BENCHMARK_ROWS"]))
    return lambda: ExcelWorkbooks().write(programme, school, source, silent)  # type: ignore[arg-type]


def xlsxwriter_writing(source: Path) -> Callable[[], object]:
    """The same filled cells, nothing else."""
    from xlsxwriter import Workbook

    sheets = rows_of(source)

    def write() -> object:
        with Workbook(source.with_name("x.xlsx"), {"default_date_format": "yyyy-mm-dd"}) as book:
            for name, cells in sheets.items():
                sheet = book.add_worksheet(name)
                for row, column, content in cells:
                    if isinstance(content, str):
                        sheet.write_string(row, column, content)
                    else:
                        sheet.write(row, column, content)
        return None

    return write


def openpyxl_writing(source: Path) -> Callable[[], object]:
    """The same filled cells, nothing else."""
    from openpyxl import Workbook

    sheets = rows_of(source)

    def write() -> object:
        book = Workbook()
        book.remove(book.active)
        for name, cells in sheets.items():
            sheet = book.create_sheet(name)
            for row, column, content in cells:
                sheet.cell(row + 1, column + 1).value = content
        book.save(source.with_name("o.xlsx"))
        return None

    return write


READING: Mapping[str, Job] = {
    "python-calamine alone": calamine,
    "openpyxl alone, read only": openpyxl_reading,
    "ours, all cells": ours,
    "ours, every value validated": validated,
    "ours, validated and stored (SQLite, journal)": stored,
}
WRITING: Mapping[str, Job] = {
    "XlsxWriter alone, the filled cells only": xlsxwriter_writing,
    "openpyxl alone, the filled cells only": openpyxl_writing,
    "ours: looks, rules, heights, protection": our_writing,
}
MAKING = "the workbook of it all"
JOBS: Mapping[str, Job] = {**READING, **WRITING, MAKING: our_writing}


def one(what: str, source: Path, rounds: int) -> None:
    """One job in this process: seconds, and MiB before and at most."""
    job = JOBS[what](source)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        job()
        spent.append(time.process_time() - start)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(f"{min(spent)} {before / 1024} {most / 1024}\n")


def told(what: str, source: Path, rows: int, rounds: int = ROUNDS) -> tuple[float, float, float]:
    """What ``one`` says in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        more = {"CHUYI_BENCHMARK_FOLDER": folder, "CHUYI_BENCHMARK_ROWS": str(rows)}
        command = [sys.executable, __file__, "one", what, str(source), str(rounds)]
        done = subprocess.run(command, env=os.environ | more, stdout=subprocess.PIPE, text=True, check=True)
    seconds, before, most = map(float, done.stdout.split())
    return seconds, before, most


def row(*cells: str) -> None:
    """One line of a table."""
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


def table(title: str, jobs: Mapping[str, Job], source: Path, rows: int) -> None:
    """Each job, as times of the first."""
    row(title, "processor time", f"× {next(iter(jobs))}", "peak memory", "of which before the work")
    row(*["---"] * 5)
    first = 0.0
    for what in jobs:
        seconds, before, most = told(what, source, rows)
        first = first or seconds
        row(
            what, f"{seconds * 1000:.0f} ms", f"{seconds / first:.2f}", f"{most:.0f} MiB", f"{before:.0f} MiB"
        )


def main(rows: int) -> None:
    """Write the workbook, then read and write it in every way. Nothing big happens in this process: its
    children would inherit its memory."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "roster.xlsx"
        told(MAKING, source, rows, 1)
        size = source.stat().st_size / 2**20
        table(f"reading {rows:,} roster rows of 12 columns ({size:.1f} MiB)", READING, source, rows)
        table(f"writing the full template with {rows:,} roster rows", WRITING, source, rows)


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
