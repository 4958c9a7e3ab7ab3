"""What the use cases ask of the outside, as protocols. Adapters fill them; bootstrap picks which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from chuyi_desktop.domain.assessment import Assessment, Change, Content, Field
from chuyi_desktop.domain.formula import Expression, Facts
from chuyi_desktop.domain.formula.tree import Comparison
from chuyi_desktop.domain.indicator import Indicator
from chuyi_desktop.domain.problem import Problem
from chuyi_desktop.domain.programme import Programme
from chuyi_desktop.domain.values import Value
from chuyi_desktop.domain.verdict import Verdict
from chuyi_desktop.report.blocks import Dossier

Clock = Callable[[], datetime]
"""The present moment, with its time zone."""


class Progress(Protocol):
    """How far a long job is. An implementation may raise CancelledError to stop the job."""

    def __call__(self, done: int, total: int, label: str) -> None:
        """``done`` of ``total`` steps; ``label`` says in the user's words what is being done."""


def silent(done: int, total: int, label: str) -> None:
    """The progress of a job nobody watches."""
    del done, total, label


# Form packs


@dataclass(frozen=True, slots=True)
class ProgrammeSummary:
    """An installed form pack, as a list shows it."""

    id: str
    name: str
    version: str
    applicant: str
    purpose: str


class ProgrammeLibrary(Protocol):
    """The form packs of one forms folder."""

    def summaries(self) -> tuple[ProgrammeSummary, ...]:
        """Every pack, ordered by id. Raises PackError for a pack without a readable head."""

    def programme(self, programme_id: str) -> Programme:
        """A pack, resolved. Raises InputError for an unknown id, PackError for a faulty pack."""

    def check(self) -> tuple[Problem, ...]:
        """Every mistake in every pack and in the catalogue, each with file, line and remedy."""

    def texts(self, programme_id: str) -> Mapping[str, str]:
        """The files a pack is read from, by name: put into a folder, they give the same pack again.
        Raises as ``programme`` does."""

    def at(self, folder: Path) -> "ProgrammeLibrary":
        """The packs of another forms folder."""

    def write_schema(self, folder: Path) -> tuple[Path, ...]:
        """Write the JSON Schemas for editors of packs; the files written."""

    def as_book(self, programme_id: str) -> "PackBook":
        """A pack as the sheets of a workbook. Raises as ``programme`` does."""

    def book_form(self) -> "tuple[PackSheet, ...]":
        """The sheets that every such workbook has, without their lines."""

    def take_book(self, reading: "PackReading", folder: Path, new_id: str = "") -> "TakenPack":
        """Put the pack of a workbook into ``folder``, a forms folder or a new one begun from this one;
        nothing is written where the answer is refused. Raises PackError for a forms folder that is faulty
        as it is, OutputError where the disk refuses."""

    def xlsform_sheets(self) -> "tuple[PackSheet, ...]":
        """The sheets that an XLSForm has."""

    def take_xlsform(self, reading: "PackReading", folder: Path, new_id: str = "") -> "TakenPack":
        """The same with a pack made of an XLSForm; the problems say what of it was left out."""


# Packs as workbooks


@dataclass(frozen=True, slots=True)
class PackColumn:
    """A column of a sheet: ``role`` is what it means, ``options`` what there is to pick from."""

    role: str
    head: str
    help: str
    width: int = 14
    options: tuple[str, ...] = ()
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class PackLine:
    """A row as texts by role. Level 0 begins a block; a higher level belongs to the lower one above it."""

    level: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PackSheet:
    """A sheet of a pack's workbook."""

    key: str
    name: str
    about: str
    columns: tuple[PackColumn, ...]
    lines: tuple[PackLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PackBook:
    """A pack as a workbook; ``guide`` are the lines of 说明, a label and words each, a heading without
    words."""

    title: str
    guide: tuple[tuple[str, str], ...]
    sheets: tuple[PackSheet, ...]


@dataclass(frozen=True, slots=True)
class ReadPackLine:
    """A row of the user's workbook: its number and its filled cells by role."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadPackSheet:
    """A sheet as the user calls it; ``letters`` are its columns by role."""

    key: str
    name: str
    letters: Mapping[str, str]
    lines: tuple[ReadPackLine, ...]


@dataclass(frozen=True, slots=True)
class PackReading:
    """What a pack's workbook says."""

    file: str
    sheets: tuple[ReadPackSheet, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class TakenPack:
    """What became of a pack's workbook: ``written`` are the files, none where it was refused; ``begun``
    says that the folder was new and the other packs were copied into it."""

    id: str
    folder: Path
    written: tuple[str, ...]
    problems: tuple[Problem, ...]
    begun: bool = False

    @property
    def refused(self) -> bool:
        """Whether nothing was taken."""
        return not self.written


# Workspaces


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who did something when; ``label`` names the deed in the user's words."""

    who: str
    when: datetime
    label: str


@dataclass(frozen=True, slots=True)
class AssessmentHead:
    """Which assessments a workspace holds, and the pack each is bound to."""

    id: str
    programme_id: str
    year: int
    pack_version: str
    pack_hash: str
    created: datetime


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One deed in the change journal. ``undone`` says it is taken back at present."""

    number: int
    assessment_id: str
    stamp: Stamp
    changes: tuple[Change, ...]
    undone: bool


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file kept once under its SHA-256."""

    sha256: str
    size: int
    media_type: str


class Workspace(Protocol):
    """One open workspace folder. Every write is one committed transaction with its journal entry."""

    @property
    def folder(self) -> Path:
        """Where it lies."""

    @property
    def read_only(self) -> bool:
        """Whether writes are refused, for whatever reason."""

    @property
    def holder(self) -> str:
        """Who holds it for writing, if somebody else does; it is then read only."""

    def heads(self) -> tuple[AssessmentHead, ...]:
        """Its assessments, oldest first."""

    def add_assessment(
        self, head: AssessmentHead, changes: Sequence[Change], stamp: Stamp, then: Sequence[Change] = ()
    ) -> None:
        """A new assessment with its first fields, which undoing leaves, and the changes ``then`` as a deed
        of its own, which undoing takes back; all in one transaction. Raises WorkspaceError if the id or the
        pair programme and year exists."""

    def assessment(self, assessment_id: str) -> Assessment:
        """An assessment whole, with the school's values of all years."""

    def apply(self, assessment_id: str, changes: Sequence[Change], stamp: Stamp) -> None:
        """Make ``changes``, all or none. Raises WorkspaceError where a field no longer holds its ``old``."""

    def undo(self, assessment_id: str, stamp: Stamp) -> tuple[Change, ...]:
        """Take the latest deed back that is not undone; the changes made, none where nothing is left."""

    def redo(self, assessment_id: str, stamp: Stamp) -> tuple[Change, ...]:
        """Make the last undone deed again, if nothing was done since."""

    def journal(self, limit: int = 500) -> tuple[JournalEntry, ...]:
        """The latest deeds, newest first."""

    def store_evidence(self, source: Path) -> StoredFile:
        """Keep a copy of ``source`` under its hash. Raises InputError for what cannot be read."""

    def keep_pack(self, pack_hash: str, files: Mapping[str, str]) -> None:
        """Keep the ``files`` of a form pack, by name, under its hash; what is kept already stays."""

    def kept_pack(self, pack_hash: str) -> Path | None:
        """The forms folder with the pack of that hash; None where it was not kept."""

    def bind_pack(self, head: AssessmentHead, version: str, pack_hash: str, stamp: Stamp) -> AssessmentHead:
        """Bind the assessment to another kept pack; its head from now on. Undoing passes this deed over.
        Raises WorkspaceError where the assessment is not bound any more as ``head`` says."""

    def evidence_path(self, sha256: str) -> Path:
        """Where a stored file lies. Raises WorkspaceError where it is gone or damaged."""

    def close(self) -> None:
        """Let go of the folder."""


class Workspaces(Protocol):
    """Makes and opens workspaces."""

    def create(self, folder: Path) -> Workspace:
        """A new, empty workspace in an absent or empty folder, open for writing."""

    def open(self, folder: Path, *, write: bool = True) -> Workspace:
        """An existing one; read only where ``write`` is false or somebody else holds it."""


# Workbooks


@dataclass(frozen=True, slots=True)
class FilledCell:
    """Content a workbook gives for a field; ``source`` names file, sheet and cell. No origin yet."""

    field: Field
    content: Content
    source: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A roster row as a workbook has it; ``row_id`` is empty for a row the clerk added."""

    row_id: str
    cells: Mapping[str, Value]
    source: str


@dataclass(frozen=True, slots=True)
class SheetRoster:
    """A roster sheet with something on it: its rows in order, or ``declared_empty`` for 本表无数据."""

    table_id: str
    rows: tuple[SheetRow, ...]
    declared_empty: bool = False


@dataclass(frozen=True, slots=True)
class WorkbookReading:
    """What a filled-in workbook says. Blank cells say nothing: they clear no field."""

    cells: tuple[FilledCell, ...]
    rosters: tuple[SheetRoster, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A field of a department's workbook, and marks of the value and the note that stood in it when it was
    handed out (see :mod:`chuyi_desktop.app.departments.field_marks`); empty for a blank cell."""

    field: Field
    value: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShareCover:
    """What a department's workbook says beside its fields: who is to fill it in for which school until when,
    and to whom it goes back. ``workspace`` tells schools apart that changed their name meanwhile."""

    department: str
    school: str
    workspace: str
    handed_out: tuple[HandedOut, ...]
    due: date | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class ShareReading:
    """What a department's workbook says. ``handed_out`` is None where the workbook lost the list;
    ``department`` is empty for a workbook that is no department's."""

    department: str
    school: str
    workspace: str
    handed_out: tuple[HandedOut, ...] | None
    reading: WorkbookReading


@dataclass(frozen=True, slots=True)
class JudgedSchool:
    """How a school stands, for a workbook that computes it again by itself: the verdict, the ``facts`` that
    every step has its value from, ``words`` that read a formula out, and ``signed``, which writes a threshold
    as ``≥ 20 ㎡``."""

    verdict: Verdict
    facts: Facts
    words: Callable[[Expression], str]
    signed: Callable[[Comparison, Decimal, Indicator | None], str]


class Workbooks(Protocol):
    """Excel workbooks for people."""

    def write(self, programme: Programme, assessment: Assessment, target: Path, progress: Progress) -> None:
        """The programme's workbook with the assessment's fields filled in; a template where it has none."""

    def write_live(
        self,
        programme: Programme,
        assessment: Assessment,
        judged: JudgedSchool,
        target: Path,
        progress: Progress,
    ) -> None:
        """The same workbook with everything that is computed standing in it as formulas. Raises OutputError
        where ``target`` cannot be written."""

    def read(self, source: Path, programme: Programme, year: int, progress: Progress) -> WorkbookReading:
        """What ``source`` says for the programme and year. Raises InputError for what is no such workbook."""

    def write_share(
        self, part: Programme, assessment: Assessment, cover: ShareCover, target: Path, progress: Progress
    ) -> None:
        """The workbook of one department: ``part`` is the programme with nothing but what it is asked."""

    def read_share(self, source: Path, programme: Programme, year: int, progress: Progress) -> ShareReading:
        """What a department's workbook says for the programme and year, whatever it was asked. Raises as
        ``read`` does."""

    def mark(self, source: Path, problems: Sequence[Problem], target: Path) -> None:
        """A copy of the user's own workbook with the cells of ``problems`` coloured and commented."""

    def write_pack(self, book: PackBook, target: Path) -> None:
        """A form pack as a workbook. Raises OutputError where ``target`` cannot be written."""

    def read_pack(self, source: Path, form: Sequence[PackSheet]) -> PackReading:
        """What ``source`` says on the sheets of ``form``. Raises InputError for what is no such workbook."""


# Dossiers


@dataclass(frozen=True, slots=True)
class PrintedDossier:
    """A dossier on paper: how many pages, and what of the evidence could not be placed."""

    pages: int
    problems: tuple[Problem, ...]


class DossierRenderer(Protocol):
    """Puts a dossier on paper."""

    def render(
        self, dossier: Dossier, evidence: Callable[[str], Path], target: Path, progress: Progress
    ) -> PrintedDossier:
        """Write ``target`` whole or not at all; ``evidence`` finds a stored file by its SHA-256."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as RGB pixels, three bytes each, row after row."""

    width: int
    height: int
    pixels: bytes


class PageReader(Protocol):
    """Shows pages of a printed file."""

    def page_count(self, source: Path) -> int:
        """How many pages it has. Raises InputError for what is no readable PDF."""

    def page(self, source: Path, number: int, width: int) -> PageImage:
        """Page ``number`` (from 0), ``width`` pixels wide."""
